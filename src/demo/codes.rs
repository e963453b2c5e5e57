//! How does the record call what a history says?

use chrono::{Datelike, NaiveDate};

use super::deeds::Limit;
use super::history::{self, ExceptionGround, FictionalChild, Source};
use super::stock::Place;
use crate::record::codes::SettingType;
use crate::record::*;

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

/// That the meeting of a child's review was held on a day.
pub(super) fn meeting_held(plan: PlanId, review: ReviewId, child: &FictionalChild, on: NaiveDate) -> Fact {
    let mut fact = Fact::review_meeting_held(plan, review);
    if let Fact::ReviewMeetingHeld { purposes, year_group, .. } = &mut fact {
        purposes.push(ReviewPurpose::Annual);
        *year_group = Some(YearGroup::by_age(child.born_on, SchoolYear::of(on)));
    }
    fact
}

const PATHWAYS: [Pathway; 4] = [Pathway::Employment, Pathway::IndependentLiving, Pathway::Community, Pathway::Health];

/// That the report of the meeting held on a day was sent. Three of four tell how they look to adulthood
/// once that is due.
pub(super) fn report_sent(plan: PlanId, review: ReviewId, child: &FictionalChild, met_on: NaiveDate) -> Fact {
    let mut fact = Fact::review_report_sent(plan, review);
    let looks = YearGroup::by_age(child.born_on, SchoolYear::of(met_on)) >= ADULTHOOD_FROM_YEAR;
    if let Fact::ReviewReportSent { pathways, .. } = &mut fact {
        *pathways = (looks && !child.born_on.day().is_multiple_of(4)).then(|| PATHWAYS.to_vec());
    }
    fact
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

/// A child as a file opens with them.
pub(super) fn identity(child: &FictionalChild) -> Identity {
    Identity {
        given_name: child.given_name.to_owned(),
        family_name: child.family_name.to_owned(),
        born_on: Some(child.born_on),
        sex: Some(child.sex),
        ethnicity: Some(child.ethnicity),
        upn: child.upn.clone(),
        uln: None,
        upn_unknown: child.upn_unknown,
        postcode: Some(child.postcode.clone()),
        needs: child.needs.clone(),
    }
}

/// What section I names for a child at a place.
pub(super) fn section_i(place: Place, setting: Option<Organisation>) -> Placement {
    match (setting, place) {
        (Some(setting), _) => Placement::Setting { setting },
        (None, Place::HomeEducation) => Placement::ParentsArrangements,
        (None, Place::Otherwise) => Placement::Neither,
        (None, Place::NotInEducation) => Placement::Type { setting_type: SettingType::FurtherEducation },
        (None, of) => {
            let setting_type = of.setting_type().unwrap_or(SettingType::MaintainedSchool);
            Placement::Type { setting_type }
        }
    }
}
