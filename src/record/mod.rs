//! PURE. Events, the standing facts they add up to, and what may be recorded next.

mod refusal;

pub use refusal::{Concern, Refusal};
