//! What cannot be in a case: steps out of their order, and steps that speak of what is not there.

use super::Found;
use crate::record::{Case, Fact, File, Standing};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    let about = case.id.0;
    let received = case.received_on;
    let decided = case.assessment.iter().map(|decision| (decision.decided_on, decision.notified_on));
    let planned = case.plan_decision.iter().map(|decision| (decision.decided_on, decision.notified_on));
    for (decided_on, notified_on) in decided.chain(planned) {
        found.order(about, received, decided_on, "decided_before_request", "decided before the request was received");
        found.order(about, decided_on, notified_on, "notified_before_decision", "notified before it was decided");
    }
    if let Some(plan) = case.plan_sent() {
        let first_draft = case.drafts.iter().filter_map(|d| d.served_on).min();
        found.order(
            about,
            first_draft,
            plan.sent_on,
            "final_before_draft",
            "the final plan cannot be sent before its draft was served",
        );
    }
    for standing in file.of_case(case.id) {
        missing_referent(case, standing, found);
        after_the_end(case, standing, found);
    }
}

/// A fact that speaks of something the record does not hold.
fn missing_referent(case: &Case, standing: &Standing, found: &mut Found) {
    let about = case.id.0;
    match &standing.fact {
        Fact::AssessmentDecisionNotified { .. } if case.assessment.is_none() => {
            found.add(about, "not_decided", "no decision whether to assess stands that could be notified");
        }
        Fact::PlanDecisionNotified { .. } if case.plan_decision.is_none() => {
            found.add(about, "not_decided", "no decision whether to make a plan stands that could be notified");
        }
        Fact::FinalPlanSent { .. } if case.drafts.is_empty() => {
            found.add(
                about,
                "no_draft_to_finalise",
                "there is no draft plan to finalise; record the draft that was served first",
            );
        }
        _ => {}
    }
}

/// Steps of the assessment itself cannot follow its end; notices, mediation and corrections can.
fn after_the_end(case: &Case, standing: &Standing, found: &mut Found) {
    let step = matches!(
        standing.fact,
        Fact::AssessmentDecided { .. }
            | Fact::AdviceRequested { .. }
            | Fact::AdviceReused { .. }
            | Fact::PlanDecided { .. }
            | Fact::DraftPlanServed { .. }
            | Fact::FinalPlanSent { .. }
    );
    if step && case.final_plan.as_ref().is_some_and(|plan| plan.taken_over) {
        let words = "the plan was taken over: its assessment is not on this record; a new request opens a case of its own";
        found.add(case.id.0, "plan_taken_over", words);
    }
    let Some(day) = standing.day().filter(|_| step) else { return };
    let ended = case.responsibility_ended.as_ref().and_then(|end| end.on);
    if ended.is_some_and(|ended| day >= ended) {
        let words = "the authority was not responsible by then; strike the end of its responsibility if that did not happen";
        found.add(case.id.0, "responsibility_ended", words);
    }
    if case.withdrawn.flatten().is_some_and(|withdrawn| day >= withdrawn) {
        let words = "the request was withdrawn by then; strike the withdrawal if it did not happen";
        found.add(case.id.0, "request_withdrawn", words);
    }
}
