//! The journal: reading a stream's entries, and adding to the end of it with the views kept in step.

mod append;
mod read;

pub use append::*;
pub use read::*;
