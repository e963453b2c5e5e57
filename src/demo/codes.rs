//! How does the record call what a history says?

use super::deeds::Limit;
use super::history::{self, ExceptionGround, Source};
use crate::record::{AssessmentOutcome, PlanOutcome, RequestedBy, ReviewOutcome};

/// The decision whether to assess.
pub(super) fn assessment(outcome: history::AssessmentOutcome) -> AssessmentOutcome {
    match outcome {
        history::AssessmentOutcome::Assess => AssessmentOutcome::Assess,
        history::AssessmentOutcome::Refuse => AssessmentOutcome::Refuse,
    }
}

/// The decision whether to make a plan.
pub(super) fn plan(outcome: history::PlanOutcome) -> PlanOutcome {
    match outcome {
        history::PlanOutcome::Issue => PlanOutcome::Issue,
        history::PlanOutcome::NoPlan => PlanOutcome::NoPlan,
    }
}

/// The decision after a review.
pub(super) fn review_outcome(outcome: history::ReviewOutcome) -> ReviewOutcome {
    match outcome {
        history::ReviewOutcome::Maintain => ReviewOutcome::Maintain,
        history::ReviewOutcome::Amend => ReviewOutcome::Amend,
        history::ReviewOutcome::Cease => ReviewOutcome::Cease,
    }
}

/// Who asked.
pub(super) fn requested_by(source: Source) -> RequestedBy {
    match source {
        Source::Parent => RequestedBy::Parent,
        Source::YoungPerson => RequestedBy::YoungPerson,
        Source::School => RequestedBy::School,
        Source::Post16 => RequestedBy::Post16,
        Source::Health => RequestedBy::Health,
        Source::SocialCare => RequestedBy::SocialCare,
        Source::Other => RequestedBy::Other,
    }
}

/// The paragraph that excuses a limit on a ground.
pub(super) fn paragraph(ground: ExceptionGround, limit: Limit) -> &'static str {
    match (ground, limit) {
        (ExceptionGround::PersonalCircumstances, Limit::SixteenWeeks) => "X10.4c",
        (ExceptionGround::PersonalCircumstances, Limit::TwentyWeeks) => "X13.3c",
        (ExceptionGround::AbsentFromArea, Limit::SixteenWeeks) => "X10.4d",
        (ExceptionGround::AbsentFromArea, Limit::TwentyWeeks) => "X13.3d",
    }
}
