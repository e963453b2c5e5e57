//! Every way a use case can end other than well. Knows no status codes: `api/problem.rs` does.

use std::fmt;

use serde::Serialize;
use utoipa::ToSchema;

use crate::db;
use crate::record::{Concern, Lack, Refusal};

/// One field of a request that is wrong, named so that a form can show it beside the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// Where: a JSON pointer into the body (`/child/upn`), or `?name` for a query parameter, or the header's name.
    #[schema(example = "/child/upn")]
    pub pointer: String,
    /// Stable name of the rule that failed.
    #[schema(example = "upn_check_letter")]
    pub code: &'static str,
    /// The rule in words. Never repeats the value.
    pub detail: String,
}

impl FieldError {
    /// A field error.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into() }
    }
}

/// What went wrong inside, for the log only: it has no way into an answer.
pub struct Cause(String);

impl Cause {
    /// Keeps the cause for the log.
    pub fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a use case said no.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or it is not the caller's to know of. Holds the resource's name (`case`, `panel`).
    NotFound(&'static str),
    /// The caller may see it, and may not do this. Holds the action's name.
    NotPermitted(&'static str),
    /// What stands on the record leaves no room for it.
    Refused(Refusal),
    /// Possible but unlawful: accepted once each concern is acknowledged with a reason.
    Unacknowledged(Vec<Concern>),
    /// A notice that is ours lacks what the law asks for: it cannot be marked as sent.
    Lacking(Vec<Lack>),
    /// Fields that break a rule, all of them.
    Invalid(Vec<FieldError>),
    /// The file was not scanned for viruses yet.
    Unscanned,
    /// A virus was found in the file.
    Infected,
    /// `If-Match` was needed and not sent.
    PreconditionRequired,
    /// The thing has changed since it was read.
    Stale,
    /// `Idempotency-Key` was needed and not sent.
    KeyRequired,
    /// The same `Idempotency-Key` came with another request.
    KeyReused,
    /// The first request with this `Idempotency-Key` is still being carried out.
    KeyInFlight,
    /// No answer from PostgreSQL in time; trying again later is right.
    Unavailable(Cause),
    /// Our fault.
    Unexpected(Cause),
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Unavailable(_) => Error::Unavailable(Cause::new(format!("{error:?}"))),
            db::Error::Sql(_) | db::Error::Panicked => Error::Unexpected(Cause::new(format!("{error:?}"))),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

/// One field that breaks a rule, alone.
pub fn wrong(pointer: &str, code: &'static str, words: &str) -> Error {
    Error::Invalid(vec![FieldError::new(pointer, code, words)])
}
