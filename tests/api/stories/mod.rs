//! Whole cases, told end to end: each step one HTTP request by the person whose part it is, on its day.

mod christmas;
mod granted;
mod refused;
mod reversed;
mod teller;
mod told;
