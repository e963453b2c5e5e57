//! Amendments of a plan: proposed to the family, answered, and made or not.

mod amending;
mod proposing;
mod shown;

pub use amending::*;
pub use proposing::*;
pub use shown::*;
