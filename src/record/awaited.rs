//! Whom does an open duty wait for, and which step would move it on?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use super::action::Action;
use super::advice::{Advice, Specialism};
use super::amendment::Amendment;
use super::case::Case;
use super::consultation::Consultation;
use super::ids::ReviewId;
use super::organisation::Organisation;
use super::panel::Question;
use super::plan::Plan;
use super::review::{Convener, Review};
use crate::law::{Actor, AdviceGiver, Duty, Fact, FactKind, Nature};

/// Whom a duty waits for: `case_worker`; `decision_maker`, once a panel has recommended or a review's report is out; `panel`, while
/// the case is on its agenda; `family`; `advice_giver`; `setting`; `mediation_adviser`; `health_body`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Awaited {
    /// Whoever runs the case for the authority.
    CaseWorker,
    /// An officer with the power to decide.
    DecisionMaker,
    /// A panel on whose agenda the case is.
    Panel,
    /// The child's parent or the young person.
    Family,
    /// Whoever was asked for advice.
    AdviceGiver,
    /// A setting: consulted on a draft, or asked to review a plan.
    Setting,
    /// The mediation adviser.
    MediationAdviser,
    /// A health body.
    HealthBody,
}

impl Awaited {
    /// The name the API and the views write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Whom a duty waits for, and what moves it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Whom.
    pub on: Awaited,
    /// For an advice giver: which kind.
    pub service: Option<AdviceGiver>,
    /// And of what speciality, where one was asked for.
    pub specialism: Option<Specialism>,
    /// Their organisation, where it is known.
    pub organisation: Option<Organisation>,
    /// The step that would meet the duty, or come next on the way to it; none where nothing here records one.
    pub act: Option<Action>,
    /// The review the step is about.
    pub review: Option<ReviewId>,
    /// What a panel can be asked about it.
    pub question: Option<Question>,
}

impl Waiting {
    fn on(on: Awaited, act: Option<Action>) -> Self {
        Self { on, service: None, specialism: None, organisation: None, act, review: None, question: None }
    }
}

/// What a duty is met by, as far as the record knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    WhetherToAssess,
    WhetherToPlan,
    Draft,
    FinalPlan,
    Advice,
    Consultation,
    Representations,
    ReviewInvitations,
    ReviewPapers,
    ReviewReport,
    Review,
    Amendments,
    AmendedPlan,
    TransferSetting,
    Ceasing,
    Other,
}

impl Goal {
    /// Two rules with one goal are met by the same kind of fact, whichever clock they run on.
    pub(super) fn of(duty: &Duty) -> Self {
        match duty.rule.met_by.first().map(|when| when.fact) {
            Some(FactKind::AssessmentDecisionNotified | FactKind::ReassessmentDecisionNotified) => Self::WhetherToAssess,
            Some(FactKind::PlanDecisionNotified) => Self::WhetherToPlan,
            Some(FactKind::DraftPlanServed) => Self::Draft,
            Some(FactKind::FinalPlanSent | FactKind::ReassessedPlanSent) => Self::FinalPlan,
            Some(FactKind::AdviceReturned) => Self::Advice,
            Some(FactKind::ConsultationReplied) => Self::Consultation,
            Some(FactKind::RepresentationsComplete) => Self::Representations,
            Some(FactKind::ReviewInvitationsSent) => Self::ReviewInvitations,
            Some(FactKind::ReviewPapersSent) => Self::ReviewPapers,
            Some(FactKind::ReviewReportSent) => Self::ReviewReport,
            Some(FactKind::ReviewDecisionNotified) => Self::Review,
            Some(FactKind::AmendmentNoticeSent) => Self::Amendments,
            Some(FactKind::AmendedPlanSent) => Self::AmendedPlan,
            Some(FactKind::TransferSettingNamed) => Self::TransferSetting,
            Some(FactKind::PlanCeased) => Self::Ceasing,
            _ => Self::Other,
        }
    }
}

/// Whether the duty is somebody's open work: it is still owed, or a time that has to be given is running. What somebody may do, or
/// may not do yet, is nobody's work.
pub(super) fn is_work(duty: &Duty) -> bool {
    let undone = duty.met_on.is_none() && duty.fell_away_on.is_none() && duty.cut_short_on.is_none();
    undone && matches!(duty.rule.nature, Nature::Duty | Nature::Window)
}

/// Whom the duty waits for; none when it is nobody's work. `facts` are those it was computed from.
pub(super) fn waiting(case: &Case, plan: Option<&Plan>, facts: &[Fact], duty: &Duty) -> Option<Waiting> {
    if !is_work(duty) {
        return None;
    }
    let about = about(facts, duty);
    Some(match Goal::of(duty) {
        Goal::WhetherToAssess => whether_to_assess(case),
        Goal::WhetherToPlan | Goal::Draft | Goal::FinalPlan => step_of_case(case),
        Goal::Advice => match case.advice.iter().find(|advice| Some(advice.id.to_string()).as_deref() == about) {
            // Without advice or anybody to write it, the duty stands and somebody else has to be found.
            Some(advice) if advice.nil_that_stands().is_some() => Waiting::on(Awaited::CaseWorker, Some(Action::RequestAdvice)),
            advice => on_advice(advice, Action::RecordAdvice),
        },
        Goal::Consultation => {
            let asked = case.consultations.iter().find(|one| Some(one.id.to_string()).as_deref() == about);
            let organisation = asked.map(|one| one.setting.clone());
            Waiting { organisation, ..Waiting::on(Awaited::Setting, Some(Action::AnswerConsultation)) }
        }
        Goal::Representations => Waiting::on(Awaited::Family, Some(Action::MakeRepresentations)),
        Goal::ReviewInvitations => of_convener(plan, about, Action::SendReviewInvitations),
        Goal::ReviewPapers => of_convener(plan, about, Action::SendReviewPapers),
        Goal::ReviewReport => of_convener(plan, about, Action::SendReviewReport),
        Goal::Review => review(plan, about, duty.starts_on),
        Goal::Amendments | Goal::AmendedPlan => amendment(plan, about, duty.starts_on),
        Goal::TransferSetting => {
            let mine = |one: &&Consultation| one.transfer.map(|id| id.to_string()).as_deref() == about && one.is_open();
            match case.consultations.iter().find(mine) {
                Some(one) => {
                    let organisation = Some(one.setting.clone());
                    Waiting { organisation, ..Waiting::on(Awaited::Setting, Some(Action::AmendPlan)) }
                }
                None => Waiting::on(Awaited::CaseWorker, Some(Action::AmendPlan)),
            }
        }
        Goal::Ceasing => Waiting::on(Awaited::CaseWorker, Some(Action::CeasePlan)),
        Goal::Other => Waiting::on(by_actor(duty.rule.actor), None),
    })
}

/// The thing a duty is about, as the fact that started it names it.
pub(super) fn about<'a>(facts: &'a [Fact], duty: &Duty) -> Option<&'a str> {
    facts.get(duty.started_by)?.about.as_deref()
}

fn whether_to_assess(case: &Case) -> Waiting {
    match case.assessment {
        None => Waiting { question: Some(Question::Assess), ..Waiting::on(Awaited::CaseWorker, Some(Action::DecideAssessment)) },
        Some(_) => Waiting::on(Awaited::CaseWorker, Some(Action::NotifyAssessmentDecision)),
    }
}

/// The next step of an assessment on its way to a plan.
fn step_of_case(case: &Case) -> Waiting {
    let mine = |act| Waiting::on(Awaited::CaseWorker, Some(act));
    let untold = |notified: Option<Option<NaiveDate>>| notified == Some(None);
    if case.assessment.is_none() && !case.assesses() || untold(case.assessment.as_ref().map(|d| d.notified_on)) {
        return Waiting { question: None, ..whether_to_assess(case) };
    }
    if case.plan_decision.is_none() && !case.plans() {
        if !asks_a_body(case) {
            return mine(Action::RequestAdvice);
        }
        let outstanding = bodies(case).find(|advice| advice.is_awaited() && advice.nil_that_stands().is_none());
        let waiting = outstanding.map_or_else(|| mine(Action::DecidePlan), |advice| on_advice(Some(advice), Action::DecidePlan));
        return Waiting { question: Some(Question::Plan), ..waiting };
    }
    if untold(case.plan_decision.as_ref().map(|d| d.notified_on)) {
        return mine(Action::NotifyPlanDecision);
    }
    if case.drafts.is_empty() {
        return mine(Action::ServeDraftPlan);
    }
    match case.consultations.iter().find(|one| one.is_open()) {
        Some(one) => {
            Waiting { organisation: Some(one.setting.clone()), ..Waiting::on(Awaited::Setting, Some(Action::SendFinalPlan)) }
        }
        None => mine(Action::SendFinalPlan),
    }
}

/// The advice that has a limit: the family's own views and private advice have none.
pub(super) fn bodies(case: &Case) -> impl Iterator<Item = &Advice> {
    case.advice.iter().filter(|advice| !matches!(advice.giver, AdviceGiver::Family | AdviceGiver::Private))
}

/// Whether advice of any body was asked for, or existing advice taken up.
pub(super) fn asks_a_body(case: &Case) -> bool {
    bodies(case).next().is_some()
}

fn on_advice(advice: Option<&Advice>, act: Action) -> Waiting {
    Waiting {
        service: advice.map(|advice| advice.giver),
        specialism: advice.and_then(|advice| advice.specialism),
        organisation: advice.and_then(|advice| advice.organisation.clone()),
        ..Waiting::on(Awaited::AdviceGiver, Some(act))
    }
}

/// What precedes and follows the meeting is the head's where the setting holds it, as it does unless the authority is known to (SEND
/// Regulations 2014, reg. 20(3), (4) and (9)).
fn of_convener(plan: Option<&Plan>, about: Option<&str>, act: Action) -> Waiting {
    let review = plan.and_then(|plan| plan.reviews.iter().find(|review| Some(review.id.to_string()).as_deref() == about));
    let by_authority = review.is_some_and(|review| review.convener == Some(Convener::Authority));
    let setting =
        plan.filter(|_| !by_authority).and_then(|plan| plan.placement.settings().first().map(|setting| (*setting).clone()));
    let on = if setting.is_some() { Awaited::Setting } else { Awaited::CaseWorker };
    Waiting { organisation: setting, review: review.map(|review| review.id), ..Waiting::on(on, Some(act)) }
}

/// A review from its meeting to the decision; that of the thing where the duty is about one, otherwise the last since a day.
fn review(plan: Option<&Plan>, about: Option<&str>, since: NaiveDate) -> Waiting {
    let Some(review) = review_under_way(plan, about, since) else {
        return Waiting::on(Awaited::CaseWorker, Some(Action::HoldReviewMeeting));
    };
    let waiting = match (review.outcome, review.report_on) {
        (Some(_), _) => Waiting::on(Awaited::CaseWorker, Some(Action::NotifyReviewDecision)),
        (None, Some(_)) => Waiting::on(Awaited::DecisionMaker, Some(Action::DecideReview)),
        (None, None) => Waiting::on(Awaited::CaseWorker, Some(Action::DecideReview)),
    };
    Waiting { review: Some(review.id), ..waiting }
}

/// The amendments that a review leads to: its decision first, then the notice, then the amended plan. What an appeal leads to is not
/// proposed first.
fn amendment(plan: Option<&Plan>, about: Option<&str>, since: NaiveDate) -> Waiting {
    if review_under_way(plan, about, since).is_some_and(|review| review.outcome.is_none()) {
        return review(plan, about, since);
    }
    let is_it = |one: &&Amendment| {
        about.is_none_or(|about| one.id.to_string() == about || one.review.is_some_and(|review| review.to_string() == about))
    };
    let proposed = plan.is_some_and(|plan| plan.amendments.iter().any(|one| is_it(&one) && one.sent_on.is_some()));
    let appealed = plan.is_some_and(|plan| plan.appeals.iter().any(|one| Some(one.event.to_string()).as_deref() == about));
    let act = if proposed || appealed { Action::AmendPlan } else { Action::ProposeAmendments };
    Waiting::on(Awaited::CaseWorker, Some(act))
}

/// The review whose meeting was held and whose decision was not told.
pub(super) fn review_under_way<'a>(plan: Option<&'a Plan>, about: Option<&str>, since: NaiveDate) -> Option<&'a Review> {
    let of_it = |review: &&Review| match about {
        Some(id) => review.id.to_string() == id,
        None => review.meeting_on.is_some_and(|on| on >= since),
    };
    plan?.reviews.iter().rev().find(|review| of_it(review) && review.notified_on.is_none())
}

fn by_actor(actor: Actor) -> Awaited {
    match actor {
        Actor::AdviceGiver => Awaited::AdviceGiver,
        Actor::Family => Awaited::Family,
        Actor::Setting => Awaited::Setting,
        Actor::MediationAdviser => Awaited::MediationAdviser,
        Actor::HealthBody | Actor::OldHealthBody | Actor::NewHealthBody => Awaited::HealthBody,
        Actor::LocalAuthority
        | Actor::SettingOrAuthority
        | Actor::AuthorityOrHealthBody
        | Actor::OldAuthority
        | Actor::NewAuthority
        | Actor::HomeAuthority => Awaited::CaseWorker,
    }
}
