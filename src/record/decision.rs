//! What does an officer decide, and when was the family told?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::action::Action;
use super::fact::Fact;
use super::ids::*;

/// Whether the authority will assess (Children and Families Act 2014, s. 36(3), (8)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentOutcome {
    /// The authority will assess.
    Assess,
    /// The authority will not assess.
    Refuse,
}

/// Whether a plan is made after the assessment (Children and Families Act 2014, ss. 36(9), 37(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanOutcome {
    /// A plan will be prepared.
    Issue,
    /// No plan will be made.
    NoPlan,
}

/// What an officer can decide in an assessment: the outcomes of its two decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// The authority will assess.
    Assess,
    /// The authority will not assess.
    Refuse,
    /// A plan will be prepared.
    Issue,
    /// No plan will be made.
    NoPlan,
}

impl DecisionOutcome {
    /// What is done by deciding it.
    pub const fn action(self) -> Action {
        match self {
            DecisionOutcome::Assess | DecisionOutcome::Refuse => Action::DecideAssessment,
            DecisionOutcome::Issue | DecisionOutcome::NoPlan => Action::DecidePlan,
        }
    }

    /// The fact that it was decided.
    pub const fn decided(self, case: CaseId, officer: StaffId, item: Option<ItemId>) -> Fact {
        match self {
            DecisionOutcome::Assess => Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Assess, officer, item },
            DecisionOutcome::Refuse => Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Refuse, officer, item },
            DecisionOutcome::Issue => Fact::PlanDecided { case, outcome: PlanOutcome::Issue, officer, item },
            DecisionOutcome::NoPlan => Fact::PlanDecided { case, outcome: PlanOutcome::NoPlan, officer, item },
        }
    }

    /// The fact that the family was notified of it.
    pub const fn notified(self, case: CaseId) -> Fact {
        match self {
            DecisionOutcome::Assess | DecisionOutcome::Refuse => Fact::AssessmentDecisionNotified { case },
            DecisionOutcome::Issue | DecisionOutcome::NoPlan => Fact::PlanDecisionNotified { case },
        }
    }
}

impl From<AssessmentOutcome> for DecisionOutcome {
    fn from(outcome: AssessmentOutcome) -> Self {
        match outcome {
            AssessmentOutcome::Assess => DecisionOutcome::Assess,
            AssessmentOutcome::Refuse => DecisionOutcome::Refuse,
        }
    }
}

impl From<PlanOutcome> for DecisionOutcome {
    fn from(outcome: PlanOutcome) -> Self {
        match outcome {
            PlanOutcome::Issue => DecisionOutcome::Issue,
            PlanOutcome::NoPlan => DecisionOutcome::NoPlan,
        }
    }
}

/// What a review led to (SEND Regulations 2014, regs 20(10), 21(9)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The plan stays as it is.
    Maintain,
    /// The plan is to be amended.
    Amend,
    /// The plan is to end.
    Cease,
}

/// One support that the child gets where a plan or an assessment was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WayForward {
    /// What support.
    #[schema(example = "A speech and language programme in class.", min_length = 1, max_length = 2000)]
    pub support: String,
    /// From whom.
    #[schema(example = "The school, with the authority's outreach team.", min_length = 1, max_length = 500)]
    pub from: String,
    /// By when; null where no day was set.
    pub by: Option<NaiveDate>,
}

/// A decision and when the family was notified of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<O> {
    /// The entry that recorded it.
    pub event: EventId,
    /// What was decided.
    pub outcome: O,
    /// The officer who decided.
    pub officer: StaffId,
    /// The panel item it cites.
    pub item: Option<ItemId>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family was notified: the law's clocks stop here.
    pub notified_on: Option<NaiveDate>,
}
