//! What happened to one fictional child? Pure data that the demonstration tells to the services, step by step.

use chrono::NaiveDate;

use super::stock::Place;
use crate::record::codes::{Ethnicity, NeedType, Postcode, Sex, Upn, UpnUnknownReason, Urn};

/// A child or young person who does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FictionalChild {
    /// Given name.
    pub given_name: &'static str,
    /// Family name, invented.
    pub family_name: &'static str,
    /// Date of birth.
    pub born_on: NaiveDate,
    /// Sex.
    pub sex: Sex,
    /// Ethnicity.
    pub ethnicity: Ethnicity,
    /// A real outward part with an inward part that is never assigned.
    pub postcode: Postcode,
    /// UPN, with an establishment number no school has; none before the first school.
    pub upn: Option<Upn>,
    /// Why there is no UPN; given exactly when there is none.
    pub upn_unknown: Option<UpnUnknownReason>,
    /// Needs, the primary one first; one or two.
    pub needs: Vec<NeedType>,
}

/// Who asked for the assessment, or brought the child to the authority's attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The child's parent.
    Parent,
    /// The young person.
    YoungPerson,
    /// A school or nursery.
    School,
    /// A post-16 institution.
    Post16,
    /// A health professional brought the child to attention.
    Health,
    /// A social worker brought the child to attention.
    SocialCare,
    /// Somebody else brought the child to attention.
    Other,
}

/// The decision on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssessmentOutcome {
    /// There will be an assessment.
    Assess,
    /// There will be none.
    Refuse,
}

/// The decision after an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanOutcome {
    /// There will be a plan.
    Issue,
    /// There will be none.
    NoPlan,
}

/// The decision after a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewOutcome {
    /// The plan stays as it is.
    Maintain,
    /// The plan will be amended.
    Amend,
    /// The plan will end.
    Cease,
}

/// A decision and when the family was told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision<Outcome> {
    /// What was decided.
    pub outcome: Outcome,
    /// The day an officer decided.
    pub decided_on: NaiveDate,
    /// The day the family was notified: never before the decision, and in the same calendar year.
    pub notified_on: NaiveDate,
}

/// Who writes advice for an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdviceGiver {
    /// The setting the child attends.
    Setting,
    /// An educational psychologist.
    EducationalPsychology,
    /// A health professional the commissioning body names.
    Health,
    /// Children's or adults' social care.
    SocialCare,
    /// A speech and language therapist.
    SpeechAndLanguageTherapy,
}

/// Advice asked of one giver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Who was asked.
    pub giver: AdviceGiver,
    /// The day the authority asked.
    pub requested_on: NaiveDate,
    /// The day the body received the request; its six weeks run from then.
    pub received_on: Option<NaiveDate>,
    /// The day the advice came back.
    pub returned_on: Option<NaiveDate>,
}

/// A statutory exception: it excuses a missed limit and moves no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    /// What happened.
    pub ground: ExceptionGround,
    /// The first day it lasted.
    pub from: NaiveDate,
    /// The last day it lasted.
    pub to: NaiveDate,
}

/// The grounds the demonstration uses (SEND Regulations 2014, reg. 10(4)(c) and (d), which reg. 13(3) takes over).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExceptionGround {
    /// Exceptional personal circumstances of the child, parent or young person.
    PersonalCircumstances,
    /// Absence from the authority's area for at least four weeks together.
    AbsentFromArea,
}

/// One annual review of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The day of the meeting.
    pub meeting_on: NaiveDate,
    /// The day the report of the meeting was sent.
    pub report_on: Option<NaiveDate>,
    /// What the authority decided after it.
    pub decision: Option<Decision<ReviewOutcome>>,
}

/// What happened to one child, from the request on. Its dates are in lawful order; which limits they miss is the point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The child.
    pub child: FictionalChild,
    /// Who asked.
    pub source: Source,
    /// The day the authority received the request.
    pub received_on: NaiveDate,
    /// Whether the authority's files still hold that day. Where they do not, nothing measured from it can be counted.
    pub received_on_is_known: bool,
    /// The first decision on the request, which the national return keeps even when it is reversed.
    pub assessment_decision: Option<Decision<AssessmentOutcome>>,
    /// The day the authority told the family that it will assess after all, having refused.
    pub assessment_conceded_on: Option<NaiveDate>,
    /// Advice asked for; each giver once.
    pub advice: Vec<Advice>,
    /// The exception recorded, if any.
    pub exception: Option<Exception>,
    /// The first decision after the assessment.
    pub plan_decision: Option<Decision<PlanOutcome>>,
    /// The day the authority told the family that there will be a plan after all, having refused one.
    pub plan_conceded_on: Option<NaiveDate>,
    /// The days drafts were served, in order; the last is at least 15 days before the final plan.
    pub draft_served_on: Vec<NaiveDate>,
    /// The day the final plan was sent.
    pub final_plan_sent_on: Option<NaiveDate>,
    /// The day the request was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// Mediation about the refusal to assess.
    pub request_mediation_on: Option<NaiveDate>,
    /// Appeal to the Tribunal about the refusal to assess.
    pub request_appeal_on: Option<NaiveDate>,
    /// Mediation about the refusal of a plan.
    pub plan_mediation_on: Option<NaiveDate>,
    /// Appeal to the Tribunal about the refusal of a plan.
    pub plan_appeal_on: Option<NaiveDate>,
    /// Mediation about anything else, such as what the plan says.
    pub other_mediation_on: Option<NaiveDate>,
    /// Appeal to the Tribunal about anything else.
    pub other_appeal_on: Option<NaiveDate>,
    /// Whether a panel recommended before the officer decided.
    pub panel: bool,
    /// The setting attended when the request was made.
    pub setting: Urn,
    /// The setting the final plan names; none where it names only a type.
    pub named_setting: Option<Urn>,
    /// Where the child is once there is a plan, as the caseload counts it; not said of plans that no published caseload counts.
    pub place: Option<Place>,
    /// The reviews of the plan, in order.
    pub reviews: Vec<Review>,
}

impl History {
    /// The history as it stood at the end of a day: later steps are left out. None if the request had not come by then.
    pub fn as_known_on(mut self, day: NaiveDate) -> Option<Self> {
        if self.received_on > day {
            return None;
        }
        let by_then = |on: &NaiveDate| *on <= day;
        self.assessment_decision = self.assessment_decision.filter(|made| by_then(&made.notified_on));
        self.plan_decision = self.plan_decision.filter(|made| by_then(&made.notified_on));
        self.exception = self.exception.filter(|exception| by_then(&exception.to));
        self.advice.retain(|advice| by_then(&advice.requested_on));
        for advice in &mut self.advice {
            advice.received_on = advice.received_on.filter(by_then);
            advice.returned_on = advice.returned_on.filter(by_then);
        }
        self.draft_served_on.retain(by_then);
        self.reviews.retain(|review| by_then(&review.meeting_on));
        for review in &mut self.reviews {
            review.report_on = review.report_on.filter(by_then);
            review.decision = review.decision.filter(|made| by_then(&made.notified_on));
        }
        for on in [
            &mut self.assessment_conceded_on,
            &mut self.plan_conceded_on,
            &mut self.final_plan_sent_on,
            &mut self.withdrawn_on,
            &mut self.request_mediation_on,
            &mut self.request_appeal_on,
            &mut self.plan_mediation_on,
            &mut self.plan_appeal_on,
            &mut self.other_mediation_on,
            &mut self.other_appeal_on,
        ] {
            *on = on.filter(by_then);
        }
        if self.final_plan_sent_on.is_none() {
            self.named_setting = None;
        }
        Some(self)
    }
}
