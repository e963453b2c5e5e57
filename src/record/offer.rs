//! What may be recorded next (`may`), and the decision to record it (`decide`): an offer is the only way in.

use chrono::NaiveDate;
use strum::VariantArray;
use uuid::Uuid;

use super::action::Action;
use super::advice::{Advice, AdviceJudgement, ChaserMeans, DelayReason, Employment};
use super::appeal::{Appeal, AppealOutcome};
use super::case::Case;
use super::concern::{Finding, OMISSIONS, findings};
use super::consultation::ConsultationAnswer;
use super::contradiction::contradictions;
use super::decision::{AssessmentOutcome, PlanOutcome};
use super::exception::Exception;
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::*;
use super::notice::{NoticeKind, Told};
use super::occurred::Occurred;
use super::placement::Placement;
use super::refusal::{Concern, Refusal};
use super::request::{NotificationEffect, Request, RequestedBy};
use super::responsibility::WhyNotResponsible;
use super::reversal::{Refused, ReversedBy};
use super::visibility::Visibility;
use super::voice::Voice;
use crate::law::{AdviceGiver, Matter};

/// A fact somebody wants to record, and when it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The id its entry will have.
    pub event: EventId,
    /// When it happened.
    pub occurred: Occurred,
    /// What happened.
    pub fact: Fact,
}

impl Proposal {
    /// The fact as it would stand.
    pub fn standing(&self) -> Standing {
        Standing { event: self.event, occurred: self.occurred, seq: i32::MAX, fact: self.fact.clone(), detail: None }
    }
}

/// That something may be recorded in this file today. Made only by [`may`].
#[derive(Debug)]
pub struct Offer<'a> {
    file: &'a File,
    today: NaiveDate,
    concerns: Vec<Concern>,
}

/// Why a proposal is not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// It contradicts what stands.
    Impossible(Refusal),
    /// It raises concerns that were not acknowledged; these.
    Unacknowledged(Vec<Concern>),
}

/// Whether the action may be recorded on the case today: whether a fact of its kind, dated today, would contradict what stands.
/// Actions on reviews and entries speak of a thing the caller names, so only the proposal itself can tell.
pub fn may<'a>(action: Action, file: &'a File, case: CaseId, today: NaiveDate) -> Result<Offer<'a>, Refusal> {
    let Some(probe) = probe(action, file, case) else {
        return Ok(Offer { file, today, concerns: Vec::new() });
    };
    let fact = probe?;
    let proposal = Proposal { event: EventId(Uuid::max()), occurred: Occurred::on(today), fact };
    let after = file.with([proposal.standing()]);
    if let Some(refusal) = new_contradiction(file, &after, today) {
        return Err(refusal);
    }
    Ok(Offer { file, today, concerns: new_concerns(file, &after) })
}

impl Offer<'_> {
    /// The concerns a recorder would have to acknowledge, if it happened today.
    pub fn concerns(&self) -> &[Concern] {
        &self.concerns
    }

    /// Checks the proposals, taken together, against everything that stands. On success returns the names of the concerns
    /// that were raised and acknowledged, for the entry to keep.
    pub fn decide(self, proposals: &[Proposal], acknowledged: &[&str]) -> Result<Vec<String>, Rejection> {
        let after = self.file.with(proposals.iter().map(Proposal::standing));
        if let Some(refusal) = new_contradiction(self.file, &after, self.today) {
            return Err(Rejection::Impossible(refusal));
        }
        let raised = new_concerns(self.file, &after);
        let open: Vec<_> = raised.iter().filter(|c| !acknowledged.contains(&c.concern)).cloned().collect();
        if open.is_empty() {
            Ok(raised.into_iter().map(|c| c.concern.to_owned()).collect())
        } else {
            Err(Rejection::Unacknowledged(open))
        }
    }
}

fn new_contradiction(before: &File, after: &File, today: NaiveDate) -> Option<Refusal> {
    let mut found = contradictions(after, today);
    if found.is_empty() {
        return None;
    }
    // A contradiction that stood before is not this entry's doing.
    let known = contradictions(before, today);
    found.retain(|new| !known.iter().any(|old| old.0 == new.0 && old.1.code == new.1.code));
    found.into_iter().next().map(|(_, refusal)| refusal)
}

fn new_concerns(before: &File, after: &File) -> Vec<Concern> {
    let mut found = findings(after);
    found.retain(|(_, concern)| !OMISSIONS.contains(&concern.concern));
    if found.is_empty() {
        return Vec::new();
    }
    let known = findings(before);
    let times = |all: &[Finding], of: &Finding| all.iter().filter(|one| one.0 == of.0 && one.1.concern == of.1.concern).count();
    // One more of a kind that stood before is new as well; one that only words itself otherwise is not.
    let after = found.clone();
    found.retain(|new| times(&after, new) > times(&known, new) && !known.contains(new));
    found.into_iter().map(|(_, concern)| concern).collect()
}

/// What concerns the child as a whole can be recorded whatever stage a case of theirs is at: only the proposal itself can tell.
pub fn may_of_child(file: &File, today: NaiveDate) -> Offer<'_> {
    Offer { file, today, concerns: Vec::new() }
}

/// A fact such as the action would record, for [`may`] to try. None where the action has no single typical fact;
/// an error where what it needs is not there at all.
fn probe(action: Action, file: &File, case: CaseId) -> Option<Result<Fact, Refusal>> {
    let officer = StaffId(Uuid::nil());
    let fact = match action {
        Action::AllocateCase => Fact::CaseAllocated { case, case_worker: officer },
        Action::DecideAssessment => Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Assess, officer, item: None },
        Action::NotifyAssessmentDecision => Fact::AssessmentDecisionNotified { case },
        Action::RequestAdvice => {
            let (advice, giver) = (AdviceId(Uuid::nil()), AdviceGiver::Other);
            Fact::AdviceRequested { case, advice, giver, organisation: None, specialism: None }
        }
        Action::RecordAdvice
        | Action::ExplainLateAdvice
        | Action::AllocateAdvice
        | Action::RecordAdviceVisit
        | Action::SignOffAdvice
        | Action::ChaseAdvice
        | Action::JudgeAdvice => return Some(advice_probe(action, file, case)),
        Action::TellException | Action::WithdrawException => return Some(claim_probe(action, file, case)),
        Action::TellDelay => Fact::DelayTold {
            case,
            reason: DelayReason::Other,
            advice: None,
            expected_by: NaiveDate::MAX,
            recipients: Vec::new(),
        },
        Action::ReuseAdvice => Fact::AdviceReused {
            case,
            advice: AdviceId(Uuid::nil()),
            giver: AdviceGiver::Other,
            organisation: None,
            advice_of: NaiveDate::MIN,
            giver_agreed_on: Some(NaiveDate::MIN),
            authority_agreed_on: Some(NaiveDate::MIN),
            family_agreed_on: Some(NaiveDate::MIN),
        },
        Action::GiveViews => Fact::ViewsGiven { case, whose: Voice::Parent, visibility: Visibility::Shared, account: None },
        Action::AskMediation => Fact::MediationAsked { case, about: Matter::Contents, account: None },
        Action::RecordMediation => Fact::MediationHeld { case, about: Matter::Contents },
        Action::RegisterAppeal => Fact::AppealRegistered { case, about: Matter::Contents },
        Action::EndAppeal => match Appeal::all(file.of_case(case)).into_iter().find(|appeal| appeal.end.is_none()) {
            Some(Appeal { event: appeal, .. }) => {
                Fact::AppealEnded { case, appeal, outcome: AppealOutcome::Withdrawn, order: None, comply_by: None }
            }
            None => {
                let words = "no appeal is open in this case".to_owned();
                return Some(Err(Refusal { code: "no_appeal_open", words, citation: None }));
            }
        },
        Action::DecidePlan => Fact::PlanDecided { case, outcome: PlanOutcome::Issue, officer, item: None },
        Action::NotifyPlanDecision => Fact::PlanDecisionNotified { case },
        Action::ReverseRefusal => {
            let refused = Case::of(file, case).is_some_and(|case| case.assessment.is_some() && !case.assesses());
            let about = if refused { Refused::RefusalToAssess } else { Refused::NoPlan };
            Fact::RefusalReversed { case, about, by: ReversedBy::Concession }
        }
        Action::JoinRequest => {
            Fact::RequestJoined { case, by: RequestedBy::Other, setting: None, requester: None, detained: false }
        }
        Action::RecordNotificationEffect => match awaited_effect(file, case) {
            Some(request) => {
                let effect = NotificationEffect::BroughtToAttention;
                Fact::NotificationEffectRecorded { case, request, effect, officer }
            }
            None => {
                let words = "no health notification waits for its effect to be recorded in this case".to_owned();
                return Some(Err(Refusal { code: "no_notification_waits", words, citation: None }));
            }
        },
        Action::TakeAsReassessment => Fact::TakenAsReassessment { case, officer },
        Action::WithdrawRequest => Fact::RequestWithdrawn { case, request: last_alive(file, case) },
        Action::EndResponsibility => Fact::ResponsibilityEnded { case, why: WhyNotResponsible::Moved, forwarded_to: None },
        Action::ServeDraftPlan => {
            Fact::DraftPlanServed { case, draft: DraftId(Uuid::nil()), names_placement: false, change: None }
        }
        Action::MakeRepresentations => match last_draft(file, case) {
            Some(draft) => Fact::RepresentationsMade { case, draft, sections: Vec::new(), account: None },
            None => {
                let words = "no draft plan stands that the family could answer".to_owned();
                return Some(Err(Refusal { code: "no_draft_to_answer", words, citation: None }));
            }
        },
        Action::RecordOfficerMeeting => Fact::OfficerMet { case, officer },
        Action::SendFinalPlan => {
            let (plan, placement) = (PlanId(Uuid::nil()), Placement::Neither);
            Fact::FinalPlanSent { case, plan, placement, health_provision: None }
        }
        Action::AnswerConsultation => match open_consultation(file, case) {
            Some(consultation) => {
                let answer = ConsultationAnswer::CanMeetNeed;
                Fact::ConsultationAnswered { case, consultation, answer, yearly_cost: None }
            }
            None => {
                let words = "no answer of a setting is awaited in this case".to_owned();
                return Some(Err(Refusal { code: "no_answer_awaited", words, citation: None }));
            }
        },
        Action::SendNotice => {
            if NoticeKind::VARIANTS.iter().any(|kind| Told::last(*kind, file, case).is_some()) {
                return None;
            }
            let words = "no decision, draft or plan stands that a notice could tell of".to_owned();
            return Some(Err(Refusal { code: "nothing_to_tell", words, citation: None }));
        }
        Action::SubmitRequest
        | Action::TakeOverPlan
        | Action::KeepRelationships
        | Action::KeepReferrals
        | Action::KeepPlacements
        | Action::RecordDaysOut
        | Action::KeepTransport
        | Action::KeepDirectPayments
        | Action::FlagChild
        | Action::ConfirmRights
        | Action::SealIdentity
        | Action::RecordDeath
        | Action::ClaimException
        | Action::RequestSetting
        | Action::ConsultSettings
        | Action::WithdrawConsultation
        | Action::RecordHealthAgreement
        | Action::RequestNoticeFormat
        | Action::ProvideNoticeFormat
        | Action::FileDocument
        | Action::RequestReview
        | Action::AnswerReviewRequest
        | Action::PlanReview
        | Action::SendReviewInvitations
        | Action::SendReviewPapers
        | Action::RecordMissedReview
        | Action::SendReviewList
        | Action::GiveReviewViews
        | Action::HoldReviewMeeting
        | Action::SendReviewReport
        | Action::DecideReview
        | Action::NotifyReviewDecision
        | Action::ProposeAmendments
        | Action::AnswerAmendments
        | Action::DeclineAmendments
        | Action::AmendPlan
        | Action::PrepareCessation
        | Action::DecideCessation
        | Action::CeasePlan
        | Action::ArrangeProvision
        | Action::ReportDelivery
        | Action::RemedyProvision
        | Action::ConfirmPhaseTransfers
        | Action::SetYearGroup
        | Action::TellApart
        | Action::CorrectEntry
        | Action::StrikeEntry => return None,
    };
    Some(Ok(fact))
}

/// A fact about the first claim of an exception that leaves room for one.
fn claim_probe(action: Action, file: &File, case: CaseId) -> Result<Fact, Refusal> {
    let wanted = |claim: &Exception| match action {
        Action::TellException => claim.told.is_none(),
        _ => claim.withdrawn.is_none(),
    };
    let found = Case::of(file, case).and_then(|case| case.exceptions.iter().find(|claim| wanted(claim)).map(|claim| claim.event));
    match (found, action) {
        (Some(claim), Action::TellException) => Ok(Fact::ExceptionTold { case, claim }),
        (Some(claim), _) => Ok(Fact::ExceptionWithdrawn { case, claim }),
        (None, _) => {
            let words = "no exception is claimed in this case of which that is not recorded".to_owned();
            Err(Refusal { code: "no_such_claim", words, citation: None })
        }
    }
}

/// A fact about the first request for advice that leaves room for one.
fn advice_probe(action: Action, file: &File, case: CaseId) -> Result<Fact, Refusal> {
    let wanted = |advice: &Advice| match action {
        Action::RecordAdvice | Action::ChaseAdvice => advice.is_awaited() || advice.sent_back_on().is_some(),
        Action::JudgeAdvice => advice.given().is_some(),
        Action::SignOffAdvice => advice.reused.is_none() && advice.signed_off.is_none(),
        // Why it was late, who wrote it and when the child was seen can become known after it came back.
        _ => advice.reused.is_none(),
    };
    let found = Case::of(file, case).and_then(|case| case.advice.iter().find(|advice| wanted(advice)).map(|advice| advice.id));
    let Some(advice) = found else {
        if action == Action::JudgeAdvice {
            let words = "no advice has come back in this case that could be judged".to_owned();
            return Err(Refusal { code: "no_advice_to_judge", words, citation: None });
        }
        let words = "no advice is awaited in this case".to_owned();
        return Err(Refusal { code: "no_advice_awaited", words, citation: None });
    };
    Ok(match action {
        Action::ExplainLateAdvice => Fact::AdviceDelayed { case, advice, reason: DelayReason::Other, expected_on: None },
        Action::AllocateAdvice => {
            let employment = Employment::Employed;
            Fact::AdviceAllocated { case, advice, employment, organisation: None, visit_on: None }
        }
        Action::RecordAdviceVisit => Fact::AdviceVisited { case, advice },
        Action::SignOffAdvice => Fact::AdviceSignedOff { case, advice },
        Action::ChaseAdvice => Fact::AdviceChased { case, advice, means: ChaserMeans::Email },
        Action::JudgeAdvice => {
            let (judgement, visibility) = (AdviceJudgement::Sufficient, Visibility::Internal);
            Fact::AdviceJudged { case, advice, judgement, unmet: Vec::new(), sent_back: false, visibility }
        }
        _ => Fact::AdviceReturned { case, advice, answer: None, visibility: None, document: None },
    })
}

fn last_alive(file: &File, case: CaseId) -> Option<EventId> {
    let case = Case::of(file, case)?;
    case.requests.iter().rfind(|request| request.is_alive()).map(|request| request.event)
}

fn awaited_effect(file: &File, case: CaseId) -> Option<EventId> {
    let case = Case::of(file, case)?;
    let waits = |request: &&Request| request.by == RequestedBy::HealthNotification && request.effect.is_none();
    case.requests.iter().find(waits).map(|request| request.event)
}

fn last_draft(file: &File, case: CaseId) -> Option<DraftId> {
    Case::of(file, case)?.drafts.last().map(|draft| draft.id)
}

fn open_consultation(file: &File, case: CaseId) -> Option<ConsultationId> {
    let case = Case::of(file, case)?;
    case.consultations.iter().find(|one| one.is_open()).map(|one| one.id)
}
