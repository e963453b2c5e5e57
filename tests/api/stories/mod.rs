//! Whole cases, told end to end: each step one HTTP request by the person whose part it is, on its day.

mod drafted;
mod absence;
mod christmas;
mod granted;
mod held_back;
mod panel;
mod late_review;
mod phases;
mod locum;
mod refused;
mod reversed;
mod summer;
mod separated;
mod teller;
mod therapy;
mod told;
