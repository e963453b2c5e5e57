//! When something happened, and how exactly that is known.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A date and how exactly it is known: history brought in from elsewhere may know only the month, the year, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurred {
    /// The day, or the first day of the month or year; none when unknown.
    pub on: Option<NaiveDate>,
    /// How exactly.
    pub precision: Precision,
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Not at all.
    Unknown,
}

impl Precision {
    /// The name the journal writes.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
            Precision::Unknown => "unknown",
        }
    }
}

impl Occurred {
    /// On a known day.
    pub fn on(day: NaiveDate) -> Self {
        Self { on: Some(day), precision: Precision::Day }
    }

    /// On a day nobody knows any more.
    pub fn unknown() -> Self {
        Self { on: None, precision: Precision::Unknown }
    }

    /// The day, only where it is known to the day: the law counts from nothing less.
    pub fn day(self) -> Option<NaiveDate> {
        if self.precision == Precision::Day { self.on } else { None }
    }
}
