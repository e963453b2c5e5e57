//! What of a history is recorded at once, and on which day?

use chrono::{Days, NaiveDate};

use super::history::History;
use super::office::recorded_on;
use crate::law::Matter;
use crate::record::Refused;

/// Something of a history that is recorded at once.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Receive,
    Allocate,
    DecideAssessment,
    NotifyAssessment,
    RequestAdvice(usize),
    AdviceReceived(usize),
    AdviceReturned(usize),
    ClaimException(Limit),
    Mediate(Matter),
    Appeal(Matter),
    /// The family was told that a refusal is reversed.
    Concede(Refused),
    DecidePlan,
    NotifyPlan,
    ServeDraft,
    SendFinal,
    Withdraw,
    HoldReview,
    SendReport(usize),
    DecideReview(usize),
    NotifyReview(usize),
}

/// A limit that an exception excuses; each is claimed for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    SixteenWeeks,
    TwentyWeeks,
}

/// The deeds of a history with the day of each, in the order they are recorded.
pub(super) fn deeds(history: &History) -> Vec<(NaiveDate, Deed)> {
    let mut found = Vec::new();
    let mut add = |on: Option<NaiveDate>, deed| found.extend(on.map(|on| (on, deed)));
    let assessment = history.assessment_decision;
    // Where the day of the request is lost, the request is found again when there is something to decide.
    let opened_on = match assessment {
        Some(made) if !history.received_on_is_known => made.decided_on,
        _ => history.received_on,
    };
    add(Some(opened_on), Deed::Receive);
    add(recorded_on(opened_on).checked_add_days(Days::new(1)), Deed::Allocate);
    add(assessment.map(|made| made.decided_on), Deed::DecideAssessment);
    add(assessment.map(|made| made.notified_on), Deed::NotifyAssessment);
    add(history.request_mediation_on, Deed::Mediate(Matter::RefusalToAssess));
    add(history.request_appeal_on, Deed::Appeal(Matter::RefusalToAssess));
    add(history.assessment_conceded_on, Deed::Concede(Refused::RefusalToAssess));
    for (place, advice) in history.advice.iter().enumerate() {
        add(Some(advice.requested_on), Deed::RequestAdvice(place));
        add(advice.received_on, Deed::AdviceReceived(place));
        add(advice.returned_on, Deed::AdviceReturned(place));
    }
    for limit in [Limit::SixteenWeeks, Limit::TwentyWeeks] {
        add(history.exception.map(|exception| exception.to), Deed::ClaimException(limit));
    }
    add(history.plan_decision.map(|made| made.decided_on), Deed::DecidePlan);
    add(history.plan_decision.map(|made| made.notified_on), Deed::NotifyPlan);
    add(history.plan_mediation_on, Deed::Mediate(Matter::NoPlan));
    add(history.plan_appeal_on, Deed::Appeal(Matter::NoPlan));
    add(history.plan_conceded_on, Deed::Concede(Refused::NoPlan));
    for served_on in &history.draft_served_on {
        add(Some(*served_on), Deed::ServeDraft);
    }
    add(history.final_plan_sent_on, Deed::SendFinal);
    add(history.other_mediation_on, Deed::Mediate(Matter::Contents));
    add(history.other_appeal_on, Deed::Appeal(Matter::Contents));
    for (place, review) in history.reviews.iter().enumerate() {
        add(Some(review.meeting_on), Deed::HoldReview);
        add(review.report_on, Deed::SendReport(place));
        add(review.decision.map(|made| made.decided_on), Deed::DecideReview(place));
        add(review.decision.map(|made| made.notified_on), Deed::NotifyReview(place));
    }
    add(history.withdrawn_on, Deed::Withdraw);
    // A stable sort: what is recorded on one day is in the order above.
    found.sort_by_key(|(on, _)| (recorded_on(*on), *on));
    found
}
