//! PURE. Fictional children held to published figures.

pub mod figures;
