//! How does a plan come to its end: the steps before the decision, the decision, its notice, and the day it is no longer maintained?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::appeal::Appeal;
use super::decision::ReviewOutcome;
use super::fact::Fact;
use super::file::File;
use super::ids::*;
use crate::law::Matter;

/// A step that the authority takes before it decides to cease a plan (SEND Regulations 2014, reg. 31(1)): `family_told` that it is
/// considering to, `family_consulted`, `setting_consulted`: the head or principal of the setting that the plan names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, VariantArray, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CessationStep {
    /// The child's parent or the young person was told that it is being considered.
    FamilyTold,
    /// They were consulted.
    FamilyConsulted,
    /// The setting that the plan names was consulted.
    SettingConsulted,
}

impl CessationStep {
    /// The name the API writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Why a plan ceased, as the Department's return counts it: `maximum_age`, at the end of the academic year in which the young person
/// turned 25; `needs_met` without a plan, while education or training goes on; `higher_education`; `paid_employment` that is no
/// apprenticeship; `transferred` to another authority in England; `no_engagement`: no wish to go on in education or training;
/// `left_england`; `died`; `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CeaseReason {
    /// 1. Reached the maximum age.
    MaximumAge,
    /// 2. Needs are met without a plan.
    NeedsMet,
    /// 3. Moved on to higher education.
    HigherEducation,
    /// 4. Moved on to paid employment.
    PaidEmployment,
    /// 5. Transferred to another authority in England.
    Transferred,
    /// 6. Does not wish to engage in education or training any more.
    NoEngagement,
    /// 7. Moved outside England.
    LeftEngland,
    /// 8. Died.
    Died,
    /// 9. Another reason.
    Other,
}

impl CeaseReason {
    /// Whether it rests on the authority's view that the plan is no longer necessary, so that it is decided after consultation and can be
    /// appealed (Children and Families Act 2014, s. 45(1)(b) and (4)). Otherwise the authority is no longer responsible.
    pub const fn is_decided(self) -> bool {
        match self {
            Self::NeedsMet | Self::HigherEducation | Self::PaidEmployment | Self::NoEngagement | Self::Other => true,
            Self::MaximumAge | Self::Transferred | Self::LeftEngland | Self::Died => false,
        }
    }
}

/// A decision to cease a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CessationDecision {
    /// The entry, whose detail holds the reasons.
    pub event: EventId,
    /// The officer who decided.
    pub officer: StaffId,
    /// The review at which it was decided; none: otherwise.
    pub review: Option<ReviewId>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family was notified.
    pub notified_on: Option<NaiveDate>,
}

/// The way of a plan to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cessation {
    /// The steps taken, by their day.
    pub steps: Vec<(CessationStep, EventId, Option<NaiveDate>)>,
    /// The decision that stands.
    pub decision: Option<CessationDecision>,
    /// That the plan ceased: the reason and the day.
    pub ceased: Option<(CeaseReason, Option<NaiveDate>)>,
}

impl Cessation {
    /// What the standing facts say of the end of a plan. A review that keeps it takes the place of an earlier decision to cease, and so
    /// does an appeal against it that succeeded.
    pub(super) fn of(file: &File, id: PlanId, appeals: &[Appeal]) -> Self {
        let mut cessation = Self::default();
        let won = |of: EventId| appeals.iter().any(|one| one.event == of && one.about == Matter::Cease && one.succeeded());
        for standing in file.standing() {
            let (event, on) = (standing.event, standing.day());
            let decided = |officer, review| CessationDecision {
                event,
                officer,
                review,
                decided_on: on,
                notified_on: notified_on(file, id, review),
            };
            match &standing.fact {
                Fact::CessationStepTaken { plan, step } if *plan == id => cessation.steps.push((*step, event, on)),
                Fact::CessationDecided { plan, officer } if *plan == id => cessation.decision = Some(decided(*officer, None)),
                Fact::ReviewDecided { plan, review, outcome, officer } if *plan == id => {
                    let ceases = *outcome == ReviewOutcome::Cease;
                    cessation.decision = ceases.then(|| decided(*officer, Some(*review)));
                }
                Fact::AppealEnded { appeal, .. } if won(*appeal) => cessation.decision = None,
                Fact::PlanCeased { plan, reason } if *plan == id => cessation.ceased = Some((*reason, on)),
                _ => {}
            }
        }
        cessation
    }

    /// The day the plan ceased, if it did and the day is known.
    pub fn ceased_on(&self) -> Option<NaiveDate> {
        self.ceased.and_then(|(_, on)| on)
    }

    /// Whether a step was taken by a day; of a day that is not known, whether it was taken at all.
    pub fn taken(&self, step: CessationStep, by: Option<NaiveDate>) -> bool {
        let early_enough = |on: Option<NaiveDate>| !matches!((on, by), (Some(on), Some(by)) if on > by);
        self.steps.iter().any(|(taken, _, on)| *taken == step && early_enough(*on))
    }
}

/// The day the family was notified of the decision at a review, or otherwise.
fn notified_on(file: &File, id: PlanId, at: Option<ReviewId>) -> Option<NaiveDate> {
    let tells = |fact: &Fact| match fact {
        Fact::CessationNotified { plan } => at.is_none() && *plan == id,
        Fact::ReviewDecisionNotified { review, .. } => Some(*review) == at,
        _ => false,
    };
    file.standing().iter().find(|standing| tells(&standing.fact))?.day()
}
