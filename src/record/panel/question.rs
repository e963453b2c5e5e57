//! Why does a case come to a panel, what is asked of it, and what can it answer?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::record::decision::DecisionOutcome;

/// Why a case is put before a panel instead of being decided by an officer alone. No provision asks for panels; which cases
/// come is the authority's own practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The needs or the evidence are not straightforward.
    Complex,
    /// More than one agency has to act.
    MultiAgency,
    /// Agencies are to share the cost.
    JointFunding,
    /// A legal time limit is at risk.
    RiskIfLate,
    /// Something else, said in words.
    Other,
}

/// What the panel is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Whether to assess (Children and Families Act 2014, s. 36(8)).
    Assess,
    /// Whether to make a plan (s. 37(1)).
    Plan,
    /// Where the child is taught, or who pays for what. No test of its own in the Act.
    PlacementOrFunding,
}

impl Question {
    /// Whether a recommendation answers it. A panel can always defer.
    pub fn is_answered_by(self, recommendation: Recommendation) -> bool {
        use Recommendation::*;
        match self {
            Question::Assess => matches!(recommendation, Assess | Refuse | Defer),
            Question::Plan => matches!(recommendation, Issue | NoPlan | Defer),
            Question::PlacementOrFunding => matches!(recommendation, Agree | Decline | Defer),
        }
    }

    /// The limbs of the legal test behind it; none where the Act sets none.
    pub fn limbs(self) -> &'static [Limb] {
        match self {
            Question::Assess => &[Limb::HasOrMayHaveNeeds, Limb::MayNeedPlan],
            Question::Plan => &[Limb::PlanNecessary],
            Question::PlacementOrFunding => &[],
        }
    }
}

/// What a panel advises. It never decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    /// Assess.
    Assess,
    /// Do not assess.
    Refuse,
    /// Prepare a plan.
    Issue,
    /// Make no plan.
    NoPlan,
    /// Agree the placement or the funding asked for.
    Agree,
    /// Do not agree the placement or the funding asked for.
    Decline,
    /// Not yet: something is missing.
    Defer,
}

impl Recommendation {
    /// Whether a decision is another than this. Advice on something else leaves every decision open.
    pub fn differs_from(self, decided: DecisionOutcome) -> bool {
        use DecisionOutcome as Decided;
        match self {
            Recommendation::Assess => decided == Decided::Refuse,
            Recommendation::Refuse => decided == Decided::Assess,
            Recommendation::Issue => decided == Decided::NoPlan,
            Recommendation::NoPlan => decided == Decided::Issue,
            Recommendation::Defer => true,
            Recommendation::Agree | Recommendation::Decline => false,
        }
    }
}

/// One limb of the legal test a recommendation is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Limb {
    /// The child or young person has or may have special educational needs (Children and Families Act 2014, s. 36(8)(a)).
    HasOrMayHaveNeeds,
    /// It may be necessary for provision to be made in accordance with an EHC plan (s. 36(8)(b)).
    MayNeedPlan,
    /// In the light of the assessment, it is necessary for provision to be made in accordance with an EHC plan (s. 37(1)).
    PlanNecessary,
}

/// What kept a panel from advising yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Advice has not come back, or does not say enough.
    Advice,
    /// What the family thinks is not known.
    FamilyViews,
    /// What was tried at the setting, and with what effect.
    SettingEvidence,
    /// What the provision would be, or cost.
    Costs,
    /// Another agency has not said whether it agrees or pays.
    AgencyAgreement,
    /// The panel ran out of time, or of members.
    Time,
    /// Something else, said in the reasons.
    Other,
}
