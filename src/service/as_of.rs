//! Looking at the past: an answer as it would have been given at an earlier instant.

use std::borrow::Cow;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Error, FieldError};
use crate::clock::london_day;
use crate::db::Tx;
use crate::law;
use crate::store::journal;

/// The moment asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// The end of a London day.
    Day(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl AsOf {
    /// Reads a day (`2026-02-01`) or an instant (`2026-02-01T09:30:00Z`).
    ///
    /// # Errors
    /// [`Error::Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Ok(AsOf::Day(day));
        }
        DateTime::parse_from_rfc3339(text).map(|at| AsOf::Instant(at.with_timezone(&Utc))).map_err(|_| {
            let words = "Must be a day (2026-02-01) or an instant (2026-02-01T09:30:00Z).";
            Error::Invalid(vec![FieldError::new("?asOf", "format", words)])
        })
    }

    /// The last instant that counts.
    pub(super) fn instant(self) -> DateTime<Utc> {
        match self {
            AsOf::Instant(at) => at,
            AsOf::Day(day) => {
                // The first instant of the next London day, less a microsecond; midnight always exists in London.
                let next = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
                let midnight = London.from_local_datetime(&next).earliest().map(|at| at.with_timezone(&Utc));
                midnight.unwrap_or_else(|| next.and_utc()) - chrono::TimeDelta::microseconds(1)
            }
        }
    }
}

/// What an answer was computed from: the same question about the same moment gets the same answer for ever.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// The position of the journal it was computed at. Null: now.
    pub position: Option<i64>,
    /// The London day it was computed for.
    pub today: NaiveDate,
    /// The version of the law register.
    #[schema(example = "2026-11-22")]
    pub law_version: Cow<'static, str>,
}

impl Known {
    /// What was known at that moment; without one, what is known now.
    pub fn at(tx: &mut Tx<'_>, as_of: Option<AsOf>) -> Result<Self, Error> {
        let law_version = Cow::Borrowed(law::REGISTER_VERSION);
        match as_of {
            None => Ok(Self { position: None, today: tx.today(), law_version }),
            Some(as_of) => {
                let at = as_of.instant();
                // Until it is over, more can be recorded in it, and the answer would not stay the same.
                if at > tx.now() {
                    let words = "Must be a day that is over, or an instant that has passed.";
                    return Err(Error::Invalid(vec![FieldError::new("?asOf", "not_over_yet", words)]));
                }
                let (position, earlier) = journal::position_at(tx, at)?;
                let law_version = earlier.map_or(law_version, Cow::Owned);
                Ok(Self { position: Some(position), today: london_day(at), law_version })
            }
        }
    }
}
