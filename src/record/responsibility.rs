//! Why is the authority no longer, or was it never, responsible for the child?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::AuthorityCode;
use super::ids::EventId;

/// Why the authority is not responsible (Children and Families Act 2014, s.24(1): it is for those in its area).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyNotResponsible {
    /// The child or young person did not live in the area when the request came: it is for another authority.
    NotResident,
    /// The child or young person moved to another area during the assessment. The new authority decides afresh, on a clock of its own.
    Moved,
    /// The child or young person turned out to live in the area no longer.
    NoLongerResident,
}

/// That the authority's responsibility ended before there was a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsibilityEnd {
    /// The entry that recorded it.
    pub event: EventId,
    /// Why.
    pub why: WhyNotResponsible,
    /// The authority the request was forwarded to, if it was.
    pub forwarded_to: Option<AuthorityCode>,
    /// The day it ended.
    pub on: Option<NaiveDate>,
}
