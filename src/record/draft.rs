//! The drafts served on the family, and the final plan that follows.

use chrono::NaiveDate;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ids::*;
use super::placement::Placement;

/// Why a draft was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftChange {
    /// It is the first.
    First,
    /// The authority changed it: the family has a fresh fifteen days.
    ByAuthority,
    /// It takes in only what the family asked for: the fifteen days go on from the draft before.
    AskedByFamily,
}

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
    /// Why it was served, where that is known.
    pub change: Option<DraftChange>,
}

impl Draft {
    /// Whether at least fifteen days begin with it (SEND Code of Practice, 9.125: a final plan differs from the draft only by what
    /// the family said and by the setting; any other change takes another draft).
    pub fn begins_time(&self) -> bool {
        self.change != Some(DraftChange::AskedByFamily)
    }
}

/// The final plan as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalPlan {
    /// The plan it made.
    pub plan: PlanId,
    /// The entry that recorded it, whose detail holds the sections.
    pub event: EventId,
    /// The day it was sent; of one that was taken over, the day it was made.
    pub sent_on: Option<NaiveDate>,
    /// What section I names.
    pub placement: Placement,
    /// Whether section G names health provision.
    pub health_provision: bool,
    /// Whether it was taken over, so that its assessment is not on record.
    pub taken_over: bool,
}
