//! What cannot be in the reviews of a plan: steps without the one before, or out of their order.

use super::Found;
use crate::record::{Fact, File, Plan, Review, ReviewRequest};

pub(super) fn look_at(file: &File, plan: &Plan, found: &mut Found) {
    let requests = ReviewRequest::all(file, plan.id);
    for review in &plan.reviews {
        let about = review.id.0;
        let led_to_something = review.report.is_some() || review.outcome.is_some() || review.notified_on.is_some();
        if led_to_something && review.held.is_none() {
            found.add(about, "no_review_meeting", "no meeting of this review stands");
        }
        let announced = !review.missed.is_empty() || !review.invitations.is_empty() || !review.papers.is_empty();
        if announced && review.planned.is_empty() && review.held.is_none() {
            found.add(about, "no_review_planned", "no day stands on which this review was to be held");
        }
        if review.request.is_some_and(|asked| !requests.iter().any(|known| known.id == asked)) {
            found.add(about, "no_review_request", "no request stands that this review could follow");
        }
        let same_day = |other: &Review| other.id < review.id && other.meeting_on == review.meeting_on;
        if review.meeting_on.is_some() && plan.reviews.iter().any(same_day) {
            found.add(about, "held_already", "the meeting of that day is on record, as that of another review");
        }
        for missed in &review.missed {
            if missed.on.is_some() && missed.on == review.meeting_on {
                found.add(about, "missed_and_held", "the meeting was held on that day");
            }
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
    for request in &requests {
        let answered = request.answer.as_ref().and_then(|answer| answer.on);
        let words = "answered before it was received";
        found.order(request.id.0, request.received_on, answered, "answered_before_request", words);
    }
    let unasked = file.standing().iter().filter_map(|s| match s.fact {
        Fact::ReviewRequestAnswered { plan: of, request, .. } if of == plan.id => Some(request),
        _ => None,
    });
    for request in unasked.filter(|id| !requests.iter().any(|known| known.id == *id)) {
        found.add(request.0, "no_review_request", "no such request for a review stands");
    }
}
