//! When was each plan in force in January 2025 last reviewed, and what followed, so that it counts as published?

use chrono::{Days, NaiveDate};
use rand::RngExt;
use rand::seq::SliceRandom;

use super::{HeldPlan, january};
use crate::demo::figures::{Caseload, Reviews};
use crate::demo::history::{Decision, History, Review, ReviewOutcome};
use crate::demo::names::Inventor;

/// What became of the last review of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// There never was one.
    Never,
    /// Held between two days, and nothing decided yet.
    Undecided(Span),
    /// Held between two days, decided so many days later, or, where the second span is given, in it.
    Decided(Span, (u64, u64), Option<Span>),
}

type Span = (NaiveDate, NaiveDate);

/// Within four weeks of the meeting.
const IN_TIME: (u64, u64) = (18, 28);
/// Later.
const LATE: (u64, u64) = (30, 80);
/// From the plan to its first review at the soonest.
const TO_REVIEW: Days = Days::new(180);
/// From the day on which a child came to a review at the soonest.
const AFTER_MOVE: Days = Days::new(20);

/// Whose last review it is.
enum Of<'a> {
    Native(&'a mut History),
    Held(&'a mut HeldPlan),
}

/// Gives every plan of which a review is expected its last review by January 2025. Natives keep the reviews of later.
pub(super) fn allot(published: &Caseload, natives: &mut [History], plans: &mut [HeldPlan], inventor: &mut Inventor) {
    let (survey_day, new_year) = (january(2025), day(2024, 1, 1));
    let mut all: Vec<(NaiveDate, Of<'_>)> = Vec::new();
    for native in natives {
        let Some(sent_on) = native.final_plan_sent_on.filter(|on| *on <= survey_day) else { continue };
        native.reviews.retain(|review| review.meeting_on > survey_day + Days::new(14));
        if sent_on < new_year {
            all.push((sent_on + TO_REVIEW, Of::Native(native)));
        }
    }
    for plan in plans.iter_mut().filter(|plan| plan.made_on < new_year && plan.in_force(survey_day)) {
        let earliest = plan.moved_on.map_or(plan.made_on + TO_REVIEW, |came| (plan.made_on + TO_REVIEW).max(came + AFTER_MOVE));
        all.push((earliest, Of::Held(plan)));
    }
    // Whose review cannot have been long ago chooses first.
    all.shuffle(&mut inventor.rng);
    all.sort_by_key(|(earliest, _)| std::cmp::Reverse(*earliest));
    let mut kinds = kinds(&published.reviews);
    let mut decided: Vec<(Of<'_>, Review)> = Vec::new();
    for (earliest, of) in all {
        let review = take(earliest, &mut kinds, inventor).and_then(|last| held(last, earliest, inventor));
        match review {
            Some(review) if review.decision.is_some() => decided.push((of, review)),
            Some(review) => of.reviewed(review),
            None => {}
        }
    }
    // Who is to cease was told so last, and still has the plan.
    decided.shuffle(&mut inventor.rng);
    let outcomes = outcomes(&published.reviews, inventor);
    let ceasing = published.reviews.cease as usize;
    decided.sort_by_key(|(_, review)| std::cmp::Reverse(review.decision.map(|made| made.notified_on)));
    let rest = decided.split_off(ceasing.min(decided.len()));
    for (of, review) in decided {
        of.reviewed(with_outcome(review, ReviewOutcome::Cease));
    }
    for ((of, review), outcome) in rest.into_iter().zip(outcomes) {
        of.reviewed(with_outcome(review, outcome));
    }
}

impl Of<'_> {
    fn reviewed(self, review: Review) {
        match self {
            Of::Native(native) => {
                native.reviews.retain(|later| later.meeting_on > review.meeting_on + TO_REVIEW);
                native.reviews.insert(0, review);
            }
            Of::Held(plan) => plan.review = Some(review),
        }
    }
}

/// The decisions to amend and to maintain, in random order. Decisions whose outcome nobody reported maintain the plan.
fn outcomes(published: &Reviews, inventor: &mut Inventor) -> Vec<ReviewOutcome> {
    let repeat = |outcome, many: u32| std::iter::repeat_n(outcome, many as usize);
    let maintained = published.maintain + published.unreported;
    let mut outcomes: Vec<_> =
        repeat(ReviewOutcome::Amend, published.amend).chain(repeat(ReviewOutcome::Maintain, maintained)).collect();
    outcomes.shuffle(&mut inventor.rng);
    outcomes
}

fn with_outcome(review: Review, outcome: ReviewOutcome) -> Review {
    Review { decision: review.decision.map(|made| Decision { outcome, ..made }), ..review }
}

/// How many plans were last reviewed in each way. The columns tell when the meeting was and when the decision, not which decision
/// followed which meeting: the earliest decisions follow the earliest meetings.
fn kinds(of: &Reviews) -> Vec<(Last, u32)> {
    let survey_day = january(2025);
    let this_january = (day(2025, 1, 2), survey_day - Days::new(1));
    let not_due_now = of.not_due.min(of.met_2025);
    let decided_at_once = of.met_2025 - not_due_now;
    let not_due_before = of.not_due - not_due_now;
    let left_before = of.met_before.saturating_sub(of.decided_before);
    let long_outstanding = of.outstanding.min(left_before);
    let carried = left_before - long_outstanding;
    let outstanding = of.outstanding - long_outstanding;
    let (late_january, in_2024) = (of.decided_2025.saturating_sub(decided_at_once), of.decided_2024.saturating_sub(carried));
    let in_time = of.within_four_weeks.saturating_sub(decided_at_once);
    let in_time_2024 = (in_time * in_2024 / (in_2024 + of.decided_before).max(1)).min(in_2024);
    let in_time_before = in_time - in_time_2024;
    let in_2024_span = |last| (day(2024, 1, 8), last);
    let before = |last| (day(2022, 9, 6), last);
    vec![
        (Last::Never, of.never_met),
        (Last::Undecided(this_january), not_due_now),
        (Last::Decided((day(2025, 1, 2), day(2025, 1, 4)), (8, 11), None), decided_at_once),
        (Last::Undecided((day(2024, 12, 19), day(2024, 12, 23))), not_due_before),
        (Last::Undecided(in_2024_span(day(2024, 12, 13))), outstanding),
        (Last::Undecided(before(day(2023, 12, 8))), long_outstanding),
        (Last::Decided((day(2024, 9, 10), day(2024, 12, 2)), LATE, Some((day(2025, 1, 2), survey_day))), late_january),
        (Last::Decided(in_2024_span(day(2024, 11, 20)), IN_TIME, None), in_time_2024),
        (Last::Decided(in_2024_span(day(2024, 9, 27)), LATE, None), in_2024 - in_time_2024),
        (Last::Decided((day(2023, 9, 6), day(2023, 12, 1)), LATE, Some((day(2024, 1, 8), day(2024, 3, 22)))), carried),
        (Last::Decided(before(day(2023, 11, 20)), IN_TIME, None), in_time_before),
        (Last::Decided(before(day(2023, 9, 27)), LATE, None), of.decided_before - in_time_before),
    ]
}

/// A way that is left, at random by how often, for a plan that cannot have been reviewed before a day.
fn take(earliest: NaiveDate, kinds: &mut [(Last, u32)], inventor: &mut Inventor) -> Option<Last> {
    let fits = |last: &Last| match last {
        Last::Never => true,
        Last::Undecided((_, end)) | Last::Decided((_, end), ..) => earliest + Days::new(3) <= *end,
    };
    let all: u32 = kinds.iter().filter(|(last, _)| fits(last)).map(|(_, many)| many).sum();
    if all == 0 {
        return None;
    }
    let mut drawn = inventor.rng.random_range(0..all);
    for (last, many) in kinds.iter_mut().filter(|(last, _)| fits(last)) {
        if drawn < *many {
            *many -= 1;
            return Some(*last);
        }
        drawn -= *many;
    }
    None
}

/// The review, held when it can have been.
fn held(last: Last, earliest: NaiveDate, inventor: &mut Inventor) -> Option<Review> {
    let (span, decided) = match last {
        Last::Never => return None,
        Last::Undecided(span) => (span, None),
        Last::Decided(span, after, between) => (span, Some((after, between))),
    };
    let meeting_on = inventor.day(span.0.max(earliest).min(span.1), span.1);
    let notified = decided.map(|((soonest, latest), between)| {
        let (first, last) = between.unwrap_or((meeting_on + Days::new(soonest), meeting_on + Days::new(latest)));
        inventor.day(first, last)
    });
    let latest = notified.map_or(meeting_on + Days::new(16), |on| (meeting_on + Days::new(16)).min(on - Days::new(2)));
    let report_on = Some(inventor.day((meeting_on + Days::new(4)).min(latest), latest));
    let decision = notified.map(|notified_on| {
        let decided_on = inventor.decided(latest, notified_on);
        Decision { outcome: ReviewOutcome::Maintain, decided_on, notified_on }
    });
    Some(Review { meeting_on, report_on, decision })
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
