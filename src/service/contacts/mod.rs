//! The log of contacts: calls, letters, emails and meetings about a case, with whom, what was said and what was agreed.

mod list;
mod recording;

pub use list::{AgreedView, ContactView, RecordedBy, StruckView, list};
pub use recording::{AgreedInput, Logged, RecordContact, StrikeContact, record, strike};

use super::{Cause, Error};

/// What is kept as JSON, read.
pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Unexpected(Cause::new(error)))
}

/// What is to be kept as JSON, written.
pub(super) fn written<T: serde::Serialize>(content: &T) -> Result<String, Error> {
    serde_json::to_string(content).map_err(|error| Error::Unexpected(Cause::new(error)))
}
