//! On which days was a child out of school, and why?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::{EventId, PlacementId};

/// Why a child was out of school: `absence`, `suspension` for a time, or `permanent_exclusion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutBecause {
    /// Absent, whether authorised or not.
    Absence,
    /// Suspended: excluded for a time.
    Suspension,
    /// Permanently excluded.
    PermanentExclusion,
}

/// A time out of school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysOut {
    /// The entry, whose detail holds the reason in words.
    pub event: EventId,
    /// The placement that the child was out of.
    pub placement: PlacementId,
    /// Why.
    pub because: OutBecause,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none: the child does not come back.
    pub to: Option<NaiveDate>,
    /// How many half days of school it came to.
    pub sessions: u16,
}

impl DaysOut {
    /// Every time out of school in the file, by its first day.
    pub fn all(file: &File) -> Vec<Self> {
        let all = file.standing().iter().filter_map(|s| match &s.fact {
            Fact::DaysOut { placement, because, from, to, sessions } => {
                Some(Self { event: s.event, placement: *placement, because: *because, from: *from, to: *to, sessions: *sessions })
            }
            _ => None,
        });
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|out| (out.from, out.event));
        all
    }
}
