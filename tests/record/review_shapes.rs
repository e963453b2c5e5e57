//! What can be told of a review beside that it happened: each kind of fact with everything in it.

use ehc_casework::record::codes::SettingType;
use ehc_casework::record::*;

use crate::worlds::{REVIEW, day, id};

/// Facts of a review in full, each with a name of its own.
pub fn review_shapes(plan: PlanId, review: ReviewId) -> Vec<(&'static str, Fact)> {
    vec![
        (
            "all_told",
            Fact::ReviewMeetingPlanned {
                plan,
                review,
                meets_on: day(400),
                purposes: vec![ReviewPurpose::Annual, ReviewPurpose::PhaseTransfer],
                convened_by: Some(Convener::SettingAsked),
                setting_type: Some(SettingType::FurtherEducation),
                request: Some(id(REVIEW, 2)),
            },
        ),
        (
            "all_told",
            Fact::ReviewMeetingHeld {
                plan,
                review,
                purposes: vec![ReviewPurpose::Emergency],
                convened_by: Some(Convener::Authority),
                setting_type: None,
                came: Some(vec![ReviewParty::Family, ReviewParty::Health]),
                child: Some(ChildInvolvement::AttendedInPart),
                year_group: None,
            },
        ),
        (
            "in_year",
            Fact::ReviewMeetingHeld {
                plan,
                review,
                purposes: Vec::new(),
                convened_by: None,
                setting_type: None,
                came: None,
                child: None,
                year_group: Some(YearGroup(9)),
            },
        ),
        (
            "all_told",
            Fact::ReviewReportSent {
                plan,
                review,
                recommends: Some(ReviewOutcome::Amend),
                progress: Some(vec![OutcomeProgress::Met, OutcomeProgress::NoLongerSought]),
                pathways: Some(vec![Pathway::Employment, Pathway::IndependentLiving]),
                health_check: Some(HealthCheck::Offered),
                transition: Some(AdulthoodTransition::UnderWay),
            },
        ),
    ]
}
