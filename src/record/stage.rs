//! Where does a case stand?

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Where a case stands, derived from its facts: `considering` whether to assess, then `assessing` (or `assessment_refused`), then
/// `drafting` a plan (or `no_plan`), `draft_served` on the family, `plan_issued`; or `withdrawn`; or `responsibility_ended`, when the
/// child lives or moved elsewhere, or died before it was closed; or `not_a_request`, when a health notification was for information
/// only.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    /// Whether to assess is being considered.
    Considering,
    /// The authority will not assess.
    AssessmentRefused,
    /// The assessment is being carried out.
    Assessing,
    /// The assessment led to no plan.
    NoPlan,
    /// A plan is being drafted.
    Drafting,
    /// A draft plan is with the family.
    DraftServed,
    /// The final plan was sent.
    PlanIssued,
    /// Every request was withdrawn.
    Withdrawn,
    /// The authority is not, or no longer, responsible: the child lives elsewhere, or has died.
    ResponsibilityEnded,
    /// Nobody asked for anything: a health notification was for information only.
    NotARequest,
}

impl Stage {
    /// The name the API and the views write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether the assessment is over.
    pub const fn is_closed(self) -> bool {
        matches!(
            self,
            Stage::AssessmentRefused
                | Stage::NoPlan
                | Stage::PlanIssued
                | Stage::Withdrawn
                | Stage::ResponsibilityEnded
                | Stage::NotARequest
        )
    }
}
