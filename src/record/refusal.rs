//! Why the record says no (impossible), and what it accepts only with eyes open (concerns).

use serde::Serialize;
use utoipa::ToSchema;

use crate::law::Citation;

/// Something that cannot be recorded, because what stands on the record leaves no room for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable name of the rule, in lower_snake words; part of the API.
    pub code: &'static str,
    /// What stands in the way, and what to do instead. Never holds personal data.
    pub words: String,
    /// The provision that makes it impossible, where it is law and not logic.
    pub citation: Option<Citation>,
}

/// A step that can be recorded because it happened, although the law says it should not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Concern {
    /// Stable name of the concern; what `acknowledge` quotes.
    #[schema(example = "final_plan_before_response_time")]
    pub concern: &'static str,
    /// What is unlawful about it, in plain words.
    pub words: String,
    /// The provision it departs from.
    pub citation: Citation,
}
