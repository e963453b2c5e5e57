//! An exception the authority claims: it excuses a missed limit and never moves it.

use chrono::NaiveDate;

use super::ids::*;

/// An exception the authority claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The entry that claimed it.
    pub event: EventId,
    /// The paragraph of the Regulations, as the register names it.
    pub paragraph: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}
