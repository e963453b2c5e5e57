//! What cannot be among a case's requests: withdrawn before or twice, joined when the case was over, responsibility ended after a plan.

use chrono::NaiveDate;

use super::Found;
use crate::record::{Case, Fact, File, RequestedBy, Stage, has_plan};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    let sent = case.final_plan.as_ref().and_then(|plan| plan.sent_on);
    for request in case.requests.iter() {
        let about = request.event.0;
        if let Some(withdrawal) = request.withdrawn {
            let words = "withdrawn before the request was received";
            found.order(about, request.received_on, withdrawal.on, "withdrawn_before_request", words);
            if withdrawal.on.zip(sent).is_some_and(|(withdrawn, sent)| withdrawn >= sent) {
                found.add(about, "plan_already_sent", "the final plan was sent by then; a request can be withdrawn only before");
            }
        }
        if request.event != case.event && joined_too_late(case, request.event, request.received_on) {
            let words = "the case was over by then; a request after it opens a case of its own";
            found.add(about, "case_over", words);
        }
    }
    for standing in file.of_case(case.id) {
        match &standing.fact {
            Fact::RequestWithdrawn { request, .. } => {
                let withdrawn = case.requests.find(request.unwrap_or(case.event));
                match withdrawn.map(|request| request.withdrawn.map(|w| w.event)) {
                    None => found.add(standing.event.0, "no_such_request", "no such request stands in this case"),
                    Some(by) if by != Some(standing.event) => {
                        found.add(standing.event.0, "already_recorded", "the request was already withdrawn");
                    }
                    Some(_) => {}
                }
            }
            Fact::TakenAsReassessment { .. } => {
                let about = case.id.0;
                if !has_plan(file, case) {
                    let words = "no plan of this child stands that could be reassessed; record the plan first";
                    found.add(about, "no_plan_to_reassess", words);
                }
                let words = "taken before the request was received";
                found.order(about, case.received_on, standing.day(), "taken_before_request", words);
            }
            Fact::NotificationEffectRecorded { request, .. } => {
                let notified = case.requests.find(*request).is_some_and(|r| r.by == RequestedBy::HealthNotification);
                if !notified {
                    let words = "no health notification stands in this case under that id";
                    found.add(standing.event.0, "no_such_notification", words);
                }
            }
            _ => {}
        }
    }
    if let Some(end) = &case.responsibility_ended {
        let about = case.id.0;
        let words = "the responsibility for a request cannot end before it was received";
        found.order(about, case.received_on, end.on, "ended_before_request", words);
        if end.on.zip(sent).is_some_and(|(ended, sent)| ended >= sent) {
            let words = "the final plan was sent by then; what follows a move is the transfer of the plan";
            found.add(about, "plan_already_sent", words);
        }
    }
}

/// Whether a request came when the case it joined was over: a closed case never takes in a new request, nor turns one away.
fn joined_too_late(case: &Case, event: crate::record::EventId, received_on: Option<NaiveDate>) -> bool {
    let Some(received_on) = received_on else { return false };
    let others_withdrawn = || {
        let others = case.requests.iter().filter(|other| other.event != event && other.received_on <= Some(received_on));
        let mut any = false;
        let all = others.into_iter().all(|other| {
            any = true;
            other.withdrawn.and_then(|w| w.on).is_some_and(|on| on < received_on)
        });
        any && all
    };
    let over_on = match case.stage() {
        Stage::AssessmentRefused => case.assessment.as_ref().and_then(|decision| decision.decided_on),
        Stage::NoPlan => case.plan_decision.as_ref().and_then(|decision| decision.decided_on),
        Stage::PlanIssued => case.final_plan.as_ref().and_then(|plan| plan.sent_on),
        Stage::ResponsibilityEnded => case.responsibility_ended.as_ref().and_then(|end| end.on),
        _ => None,
    };
    over_on.is_some_and(|over| received_on > over) || others_withdrawn()
}
