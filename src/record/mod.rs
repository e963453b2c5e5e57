//! PURE. Events, the standing facts they add up to, and what may be recorded next.

pub mod codes;
mod refusal;

pub use refusal::{Concern, Refusal};
