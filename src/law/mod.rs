//! PURE. What the statutes require: the register of duties, how their time is counted, what excuses them.

mod citation;

pub use citation::Citation;
