//! What cannot be: facts that leave no room for one another, whatever the law says of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::case::Case;
use super::fact::{Fact, Subject};
use super::file::{File, Standing};
use super::plan::Plan;
use super::refusal::Refusal;

/// A contradiction and the thing it is about.
pub type Contradiction = (Uuid, Refusal);

/// Every contradiction in the file, looked at on the given day. A sound file has none.
pub fn contradictions(file: &File, today: NaiveDate) -> Vec<Contradiction> {
    let mut found = Found(Vec::new());
    let cases: BTreeMap<_, _> = file.cases().filter_map(|id| Case::of(file, id).map(|case| (id, case))).collect();
    let plans: BTreeMap<_, _> = file.plans().filter_map(|(id, _)| Plan::of(file, id).map(|plan| (id, plan))).collect();

    for standing in file.standing() {
        if standing.day().is_some_and(|day| day > today) {
            found.add(standing.event.0, "not_happened_yet", "the date is in the future; record it once it has happened");
        }
        match standing.fact.subject() {
            Subject::Case(id) if !cases.contains_key(&id) => {
                found.add(id.0, "no_request", "no request stands for this case");
            }
            Subject::Plan(id) if !plans.contains_key(&id) => {
                found.add(id.0, "no_such_plan", "no final plan stands with this id");
            }
            _ => {}
        }
    }
    once_each(file, &mut found);
    for case in cases.values() {
        in_case(file, case, &mut found);
    }
    for plan in plans.values() {
        in_plan(file, plan, &mut found);
    }
    found.0
}

struct Found(Vec<Contradiction>);

impl Found {
    fn add(&mut self, about: Uuid, code: &'static str, words: &str) {
        self.0.push((about, Refusal { code, words: words.to_owned(), citation: None }));
    }

    /// Reports when `later` is known to be before `earlier`.
    fn order(&mut self, about: Uuid, earlier: Option<NaiveDate>, later: Option<NaiveDate>, code: &'static str, words: &str) {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later < earlier
        {
            self.add(about, code, words);
        }
    }
}

/// What can stand only once for the thing it is about.
fn once_each(file: &File, found: &mut Found) {
    let mut seen: BTreeMap<(&str, Uuid), usize> = BTreeMap::new();
    for standing in file.standing() {
        if let Some(about) = single(&standing.fact) {
            *seen.entry((standing.fact.kind(), about)).or_default() += 1;
        }
    }
    for ((kind, about), times) in seen {
        if times > 1 {
            let words = match kind {
                "assessment_decided" => "a decision whether to assess already stands; correct or strike that one",
                "plan_decided" => "a decision whether to make a plan already stands; correct or strike that one",
                "final_plan_sent" => "a final plan was already sent; what follows is an amendment",
                "request_withdrawn" => "the request was already withdrawn",
                "request_received" => "the request is already recorded",
                "review_decided" => "a decision already stands for this review; correct or strike that one",
                _ => "this is already recorded; correct or strike the entry that stands",
            };
            found.add(about, "already_recorded", words);
        }
    }
}

fn single(fact: &Fact) -> Option<Uuid> {
    match fact {
        Fact::RequestReceived { case, .. }
        | Fact::AssessmentDecided { case, .. }
        | Fact::AssessmentDecisionNotified { case }
        | Fact::PlanDecided { case, .. }
        | Fact::PlanDecisionNotified { case }
        | Fact::FinalPlanSent { case, .. }
        | Fact::RequestWithdrawn { case } => Some(case.0),
        Fact::AdviceRequested { advice, .. }
        | Fact::AdviceRequestReceived { advice, .. }
        | Fact::AdviceReturned { advice, .. } => Some(advice.0),
        Fact::ReviewMeetingHeld { review, .. }
        | Fact::ReviewReportSent { review, .. }
        | Fact::ReviewDecided { review, .. }
        | Fact::ReviewDecisionNotified { review, .. } => Some(review.0),
        _ => None,
    }
}

fn in_case(file: &File, case: &Case, found: &mut Found) {
    let about = case.id.0;
    let received = case.received_on;
    if let Some(decision) = &case.assessment {
        found.order(about, received, decision.decided_on, "decided_before_request", "decided before the request was received");
        found.order(
            about,
            decision.decided_on,
            decision.notified_on,
            "notified_before_decision",
            "notified before it was decided",
        );
    }
    if let Some(decision) = &case.plan_decision {
        found.order(about, received, decision.decided_on, "decided_before_request", "decided before the request was received");
        found.order(
            about,
            decision.decided_on,
            decision.notified_on,
            "notified_before_decision",
            "notified before it was decided",
        );
    }
    for advice in &case.advice {
        let about = advice.id.0;
        found.order(
            about,
            received,
            advice.requested_on,
            "advice_before_request",
            "advice asked for before the request was received",
        );
        found.order(
            about,
            advice.requested_on,
            advice.received_on,
            "received_before_sent",
            "the body cannot receive the request before it was sent",
        );
        found.order(
            about,
            advice.requested_on,
            advice.returned_on,
            "returned_before_asked",
            "advice returned before it was asked for",
        );
    }
    for draft in &case.drafts {
        found.order(about, received, draft.served_on, "draft_before_request", "a draft served before the request was received");
    }
    if let Some(plan) = &case.final_plan {
        let first_draft = case.drafts.iter().filter_map(|d| d.served_on).min();
        found.order(
            about,
            first_draft,
            plan.sent_on,
            "final_before_draft",
            "the final plan cannot be sent before its draft was served",
        );
    }
    if let Some(withdrawn) = case.withdrawn {
        found.order(about, received, withdrawn, "withdrawn_before_request", "withdrawn before the request was received");
        let sent = case.final_plan.as_ref().and_then(|plan| plan.sent_on);
        if let (Some(withdrawn), Some(sent)) = (withdrawn, sent)
            && withdrawn >= sent
        {
            found.add(about, "plan_already_sent", "the final plan was sent by then; a request can be withdrawn only before");
        }
    }
    for standing in file.of_case(case.id) {
        missing_referent(case, standing, found);
        after_withdrawal(case, standing, found);
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
        Fact::AdviceRequestReceived { advice, .. } | Fact::AdviceReturned { advice, .. }
            if !case.advice.iter().any(|a| a.id == *advice) =>
        {
            found.add(advice.0, "no_such_advice_request", "no request for this advice stands");
        }
        Fact::FinalPlanSent { .. } if case.drafts.is_empty() => {
            found.add(
                about,
                "no_draft_to_finalise",
                "there is no draft plan to finalise; record the draft that was served first",
            );
        }
        Fact::ExceptionClaimed { from, to, .. } if to < from => {
            found.add(standing.event.0, "ends_before_it_begins", "the exception ends before it begins");
        }
        _ => {}
    }
}

/// Steps of the assessment itself cannot follow its withdrawal; notices, mediation and corrections can.
fn after_withdrawal(case: &Case, standing: &Standing, found: &mut Found) {
    let step = matches!(
        standing.fact,
        Fact::AssessmentDecided { .. }
            | Fact::AdviceRequested { .. }
            | Fact::PlanDecided { .. }
            | Fact::DraftPlanServed { .. }
            | Fact::FinalPlanSent { .. }
    );
    if let (true, Some(Some(withdrawn)), Some(day)) = (step, case.withdrawn, standing.day())
        && day >= withdrawn
    {
        let words = "the request was withdrawn by then; strike the withdrawal if it did not happen";
        found.add(case.id.0, "request_withdrawn", words);
    }
}

fn in_plan(file: &File, plan: &Plan, found: &mut Found) {
    let held =
        |review| file.standing().iter().any(|s| matches!(s.fact, Fact::ReviewMeetingHeld { review: of, .. } if of == review));
    for review in &plan.reviews {
        let about = review.id.0;
        if !held(review.id) {
            found.add(about, "no_review_meeting", "no meeting of this review stands");
        }
        if review.notified_on.is_some() && review.outcome.is_none() {
            found.add(about, "not_decided", "no decision at this review stands that could be notified");
        }
        found.order(about, plan.made_on, review.meeting_on, "review_before_plan", "the meeting was before the plan was made");
        found.order(
            about,
            review.meeting_on,
            review.report_on,
            "report_before_meeting",
            "the report was sent before the meeting",
        );
        found.order(about, review.meeting_on, review.decided_on, "decided_before_meeting", "decided before the meeting");
        found.order(about, review.decided_on, review.notified_on, "notified_before_decision", "notified before it was decided");
    }
}
