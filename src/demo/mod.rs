//! Fictional children held to published figures: who they are and what happened (pure), and the journal that tells it.

pub mod allocation;
pub mod caseload;
mod cast;
mod codes;
#[cfg(test)]
mod counting;
mod deeds;
pub mod figures;
pub mod history;
mod ledger;
pub mod load;
pub mod names;
mod office;
mod panels;
mod prepare;
pub mod settings;
mod steps;
pub mod stock;
mod tale;
mod timeline;
mod welcome;
mod wordings;
mod words;

pub use load::{Error, Loaded, Options, load};
pub use prepare::prepare;
pub use welcome::welcome;
