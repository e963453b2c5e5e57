//! What cannot be in a plan: settings that leave no room for one another, and reviews out of their order.

use super::Found;
use crate::record::{Fact, File, Placement, Plan};

pub(super) fn look_at(file: &File, plan: &Plan, found: &mut Found) {
    let held =
        |review| file.standing().iter().any(|s| matches!(s.fact, Fact::ReviewMeetingHeld { review: of, .. } if of == review));
    for version in &plan.versions {
        let settings = version.placement.settings();
        if settings.len() == 2 && settings[0] == settings[1] {
            found.add(version.id.0, "same_setting_twice", "the same setting is named twice; name it once");
        }
        if let Placement::SuccessiveSettings { until, from, .. } = version.placement
            && from <= until
        {
            let words = "the second setting begins before the first ends; two at once are two settings";
            found.add(version.id.0, "settings_overlap", words);
        }
    }
    for review in &plan.reviews {
        let about = review.id.0;
        let led_to_something = review.report_on.is_some() || review.outcome.is_some() || review.notified_on.is_some();
        if led_to_something && !held(review.id) {
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
