//! A plan after it is made: its versions, its reviews and what each led to, its amendments and its end.

use chrono::NaiveDate;

use super::amendment::Amendment;
use super::cessation::Cessation;
use super::decision::ReviewOutcome;
use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::organisation::Organisation;
use super::placement::Placement;
use super::version::PlanVersion;
use super::voice::Voice;

/// Views that were given for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewViews {
    /// The entry, whose detail holds them.
    pub event: EventId,
    /// Whose they are.
    pub whose: Voice,
    /// The family member who gave them through the API.
    pub account: Option<String>,
    /// The setting that gave them.
    pub organisation: Option<Organisation>,
    /// The day they were given.
    pub given_on: Option<NaiveDate>,
}

/// One review of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The day on which the meeting is to be held, as last set.
    pub meets_on: Option<NaiveDate>,
    /// The views given for it, the earliest first.
    pub views: Vec<ReviewViews>,
    /// The day the meeting was held.
    pub meeting_on: Option<NaiveDate>,
    /// The day the report was sent to everyone invited.
    pub report_on: Option<NaiveDate>,
    /// The entry that recorded the report, whose detail holds it.
    pub report_event: Option<EventId>,
    /// The officer who decided.
    pub officer: Option<StaffId>,
    /// What was decided.
    pub outcome: Option<ReviewOutcome>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family and the setting were notified.
    pub notified_on: Option<NaiveDate>,
}

/// One plan as its standing facts describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Whose plan.
    pub child: ChildId,
    /// The case that led to it.
    pub case: CaseId,
    /// The entry that recorded the version in force, whose detail holds the sections.
    pub event: EventId,
    /// The day the plan was made.
    pub made_on: Option<NaiveDate>,
    /// The day from which the authority maintains it: that on which it was made, unless another authority made it.
    pub maintained_from: Option<NaiveDate>,
    /// The day of the last decision after a review of which there is no other record here.
    pub reviewed_before: Option<NaiveDate>,
    /// What section I of the version in force names.
    pub placement: Placement,
    /// Its versions, the first first; the last is in force.
    pub versions: Vec<PlanVersion>,
    /// Its reviews, by the day of their meeting.
    pub reviews: Vec<Review>,
    /// Its amendments, by the day they were proposed.
    pub amendments: Vec<Amendment>,
    /// Its way to its end.
    pub cessation: Cessation,
}

impl Plan {
    /// The plan as the file's standing facts describe it; none when no final plan stands.
    pub fn of(file: &File, id: PlanId) -> Option<Self> {
        let mut plan = file.standing().iter().find_map(|s| match &s.fact {
            Fact::FinalPlanSent { case, plan, placement, .. } | Fact::PlanTakenOver { case, plan, placement, .. }
                if *plan == id =>
            {
                Some(Self {
                    id,
                    child: file.child,
                    case: *case,
                    event: s.event,
                    made_on: s.day(),
                    maintained_from: s.day(),
                    reviewed_before: None,
                    placement: placement.clone(),
                    versions: vec![PlanVersion::first(s.event, s.day(), placement.clone())],
                    reviews: Vec::new(),
                    amendments: Amendment::all(file.standing(), id),
                    cessation: Cessation::of(file, id),
                })
            }
            _ => None,
        })?;
        let taken_over = file.standing().iter().find_map(|s| match s.fact {
            Fact::PlanTakenOver { plan, last_reviewed_on, maintained_from, .. } if plan == id => {
                Some((last_reviewed_on, maintained_from))
            }
            _ => None,
        });
        if let Some((reviewed, maintained)) = taken_over {
            plan.reviewed_before = reviewed;
            plan.maintained_from = maintained.or(plan.made_on);
        }
        plan.versions.extend(PlanVersion::amended(file, id));
        if let Some(last) = plan.versions.last() {
            plan.event = last.event;
            plan.placement = last.placement.clone();
        }
        for standing in file.standing() {
            let on = standing.day();
            match &standing.fact {
                Fact::ReviewMeetingPlanned { plan: of, review, meets_on } if *of == id => {
                    plan.review(*review).meets_on = Some(*meets_on);
                }
                Fact::ReviewViewsGiven { plan: of, review, whose, account, organisation } if *of == id => {
                    let (account, organisation) = (account.clone(), organisation.clone());
                    let views = ReviewViews { event: standing.event, whose: *whose, account, organisation, given_on: on };
                    plan.review(*review).views.push(views);
                }
                Fact::ReviewMeetingHeld { plan: of, review } if *of == id => plan.review(*review).meeting_on = on,
                Fact::ReviewReportSent { plan: of, review } if *of == id => {
                    let review = plan.review(*review);
                    review.report_on = on;
                    review.report_event = Some(standing.event);
                }
                Fact::ReviewDecided { plan: of, review, outcome, officer } if *of == id => {
                    let review = plan.review(*review);
                    review.outcome = Some(*outcome);
                    review.officer = Some(*officer);
                    review.decided_on = on;
                }
                Fact::ReviewDecisionNotified { plan: of, review } if *of == id => plan.review(*review).notified_on = on,
                _ => {}
            }
        }
        plan.reviews.sort_by_key(|r| (r.meeting_on.or(r.meets_on), r.id));
        Some(plan)
    }

    /// The review whose meeting is still to be held: the last for which a day was set.
    pub fn planned_review(&self) -> Option<&Review> {
        let planned = self.reviews.iter().filter(|review| review.meets_on.is_some() && review.meeting_on.is_none());
        planned.max_by_key(|review| (review.meets_on, review.id))
    }

    fn review(&mut self, id: ReviewId) -> &mut Review {
        let at = self.reviews.iter().position(|r| r.id == id).unwrap_or_else(|| {
            self.reviews.push(Review {
                id,
                meets_on: None,
                views: Vec::new(),
                meeting_on: None,
                report_on: None,
                report_event: None,
                officer: None,
                outcome: None,
                decided_on: None,
                notified_on: None,
            });
            self.reviews.len() - 1
        });
        &mut self.reviews[at]
    }
}
