//! A plan after it is made: its reviews and what each led to.

use chrono::NaiveDate;

use super::decision::ReviewOutcome;
use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::placement::Placement;

/// One review of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The day the meeting was held.
    pub meeting_on: Option<NaiveDate>,
    /// The day the report was sent to everyone invited.
    pub report_on: Option<NaiveDate>,
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
    /// The entry that recorded the final plan, whose detail holds the sections.
    pub event: EventId,
    /// The day the plan was made.
    pub made_on: Option<NaiveDate>,
    /// What section I names.
    pub placement: Placement,
    /// Its reviews, by the day of their meeting.
    pub reviews: Vec<Review>,
}

impl Plan {
    /// The plan as the file's standing facts describe it; none when no final plan stands.
    pub fn of(file: &File, id: PlanId) -> Option<Self> {
        let mut plan = file.standing().iter().find_map(|s| match &s.fact {
            Fact::FinalPlanSent { case, plan, placement, .. } if *plan == id => Some(Self {
                id,
                child: file.child,
                case: *case,
                event: s.event,
                made_on: s.day(),
                placement: placement.clone(),
                reviews: Vec::new(),
            }),
            _ => None,
        })?;
        for standing in file.standing() {
            let on = standing.day();
            match &standing.fact {
                Fact::ReviewMeetingHeld { plan: of, review } if *of == id => plan.review(*review).meeting_on = on,
                Fact::ReviewReportSent { plan: of, review } if *of == id => plan.review(*review).report_on = on,
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
        plan.reviews.sort_by_key(|r| (r.meeting_on, r.id));
        Some(plan)
    }

    fn review(&mut self, id: ReviewId) -> &mut Review {
        let at = self.reviews.iter().position(|r| r.id == id).unwrap_or_else(|| {
            self.reviews.push(Review {
                id,
                meeting_on: None,
                report_on: None,
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
