//! USE CASES. One function per thing a person asks for. No HTTP, no SQL.

mod error;

pub use error::{Cause, Error, FieldError};
