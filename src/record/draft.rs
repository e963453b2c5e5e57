//! The drafts served on the family, and the final plan that follows.

use chrono::NaiveDate;

use super::ids::*;
use super::placement::Placement;

/// A draft plan as served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The entry that recorded it, whose detail holds the sections.
    pub event: EventId,
    /// The day it was served on the family.
    pub served_on: Option<NaiveDate>,
    /// Whether its section I is filled in.
    pub names_placement: bool,
}

/// The final plan as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalPlan {
    /// The plan it made.
    pub plan: PlanId,
    /// The entry that recorded it, whose detail holds the sections.
    pub event: EventId,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// What section I names.
    pub placement: Placement,
}
