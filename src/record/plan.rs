//! A plan after it is made: its versions, its reviews and what each led to, its amendments and its end.

use chrono::NaiveDate;

use super::amendment::Amendment;
use super::appeal::Appeal;
use super::cessation::Cessation;
use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::placement::Placement;
use super::review::Review;
use super::version::PlanVersion;

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
    /// What was appealed in the case that led to it.
    pub appeals: Vec<Appeal>,
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
                    reviews: Review::all(file, id),
                    amendments: Amendment::all(file.standing(), id),
                    appeals: Appeal::all(file.of_case(*case)),
                    cessation: Cessation::default(),
                })
            }
            _ => None,
        })?;
        plan.cessation = Cessation::of(file, id, &plan.appeals);
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
        Some(plan)
    }

    /// The review whose meeting is still to be held: that with the latest day set.
    pub fn planned_review(&self) -> Option<&Review> {
        let planned = self.reviews.iter().filter(|review| review.is_to_come());
        planned.max_by_key(|review| (review.meets_on, review.id))
    }
}
