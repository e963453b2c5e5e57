//! Does the child have a plan already, or was the child assessed lately, and what becomes of the request then?

use serde::Serialize;
use utoipa::ToSchema;

use super::case::Case;
use super::decision::{PlanOutcome, ReviewOutcome};
use super::fact::Fact;
use super::file::{File, Standing};
use super::plan::Plan;
use crate::law::counting::months_after;
use crate::law::{self, Citation, FactKind, Outcome};

/// A request for a child with a plan is one for a reassessment.
const REASSESSMENT: Citation =
    Citation::new("Children and Families Act 2014, s.44(2)", "https://www.legislation.gov.uk/ukpga/2014/6/section/44");
/// The duty to consider an assessment takes that there was none in the last six months; the answer is owed all the same.
const ASSESSED_LATELY: Citation =
    Citation::new("Children and Families Act 2014, s.36(6)(b)", "https://www.legislation.gov.uk/ukpga/2014/6/section/36");
/// The same of a reassessment.
const REASSESSED_LATELY: Citation =
    Citation::new("SEND Regulations 2014, reg. 24", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/24");

/// Something an officer should know before deciding. It turns no request away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Flag {
    /// Stable name.
    #[schema(example = "plan_in_force")]
    pub flag: &'static str,
    /// What it is, and what follows.
    pub words: &'static str,
    /// The provision.
    pub citation: Citation,
}

/// What an officer should know of the child's other cases before deciding this one.
pub fn flags(file: &File, case: &Case) -> Vec<Flag> {
    let mut found = Vec::new();
    let planned = has_plan(file, case);
    if planned {
        found.push(Flag {
            flag: "plan_in_force",
            words: "The child has a plan. The request is offered as one for a reassessment, which an officer may take it as: the answer \
                    is then due in fifteen days.",
            citation: REASSESSMENT,
        });
    }
    if assessed_lately(file, case) {
        found.push(Flag {
            flag: "assessed_within_six_months",
            words: "The child was assessed in the six months before the request. It is still to be determined, and the family told.",
            citation: if planned { REASSESSED_LATELY } else { ASSESSED_LATELY },
        });
    }
    found
}

/// Whether a plan of another case was in force when the request came.
pub fn has_plan(file: &File, case: &Case) -> bool {
    let others = file.plans().filter(|(_, from)| *from != case.id).filter_map(|(id, _)| Plan::of(file, id));
    let mut plans = others.filter(|plan| match (plan.made_on, case.received_on) {
        (Some(made), Some(received)) => made <= received,
        _ => true,
    });
    plans.any(|plan| !plan.reviews.iter().any(|review| review.outcome == Some(ReviewOutcome::Cease)))
}

/// Whether another case's assessment ended in the six months before the request, by the corresponding date (Dodds v Walker, HL 1981):
/// an assessment that ended on 5 January counts up to 5 July.
fn assessed_lately(file: &File, case: &Case) -> bool {
    let Some(received) = case.received_on else { return false };
    let others = file.cases().filter(|id| *id != case.id).filter_map(|id| Case::of(file, id));
    let mut ended = others.filter_map(|other| {
        let no_plan = other.plan_decision.as_ref().filter(|decision| decision.outcome == PlanOutcome::NoPlan);
        let sent = other.plan_sent().and_then(|plan| plan.sent_on);
        sent.or_else(|| no_plan.and_then(|decision| decision.notified_on.or(decision.decided_on)))
    });
    ended.any(|on| on <= received && received <= months_after(on, 6))
}

/// Whether an officer took the request as one for a reassessment.
pub(super) fn is_taken(standing: &[&Standing]) -> bool {
    standing.iter().any(|s| matches!(s.fact, Fact::TakenAsReassessment { .. }))
}

/// The facts of an assessment as those of a reassessment: other limits run from the same days. The plan that follows also starts
/// its own year of review.
pub(super) fn of_reassessment(facts: Vec<law::Fact>) -> Vec<law::Fact> {
    let mut out = Vec::with_capacity(facts.len());
    for mut fact in facts {
        match fact.fact {
            FactKind::RequestReceived => {
                fact.fact = FactKind::ReassessmentRequested;
                fact.detained = None;
            }
            FactKind::AssessmentDecisionNotified => {
                fact.fact = FactKind::ReassessmentDecisionNotified;
                fact.outcome = fact.outcome.map(|outcome| if outcome == Outcome::Assess { Outcome::Reassess } else { outcome });
            }
            FactKind::FinalPlanSent => out.push(law::Fact::on(FactKind::ReassessedPlanSent, fact.on)),
            _ => {}
        }
        out.push(fact);
    }
    out
}
