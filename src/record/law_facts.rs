//! The bridge to the law.
