//! What a file's facts are to the law: one exhaustive match, which the calculator's vocabulary and the case's share.

use super::advice::AdviceAnswer;
use super::amendment;
use super::appeal;
use super::death::died;
use super::decision::{AssessmentOutcome, PlanOutcome, ReviewOutcome};
use super::draft::DraftChange;
use super::exception;
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::{CaseId, ConsultationId, DraftId, EventId, ReviewId};
use super::notice::windows;
use super::phase_transfer;
use super::reassessment;
use super::request::Requests;
use super::reversal::{Refused, ReversedBy, tells_of_reversal};
use crate::law::{self, FactKind, Outcome};

/// The facts of a case and of the plan it led to, as the law sees them. What happened on an unknown day starts and meets nothing.
pub fn facts(file: &File, case: CaseId) -> Vec<law::Fact> {
    let standing: Vec<_> = file.of_case(case).collect();
    let requests = Requests::of(&standing);
    let mut facts: Vec<_> = standing.iter().filter_map(|s| fact(s, &standing, &requests)).collect();
    facts.extend(exception::law_facts(file.of_case(case)));
    facts.extend(windows(&standing));
    facts.extend(amendment::law_facts(&standing));
    facts.extend(appeal::law_facts(&standing));
    let plans = file.plans().filter(|(_, from)| *from == case);
    facts.extend(plans.flat_map(|(plan, _)| phase_transfer::law_facts(file, plan)));
    if reassessment::is_taken(&standing) {
        facts = reassessment::of_reassessment(facts);
    }
    if let Some(died) = died(file).flatten() {
        // After the child's death nothing begins any more, and nothing is owed.
        facts.retain(|fact| fact.on <= died);
    }
    facts
}

/// The duties that follow, with the facts they follow from.
pub fn duties(file: &File, case: CaseId) -> (Vec<law::Fact>, Vec<law::Duty>) {
    let facts = facts(file, case);
    let mut duties = law::duties(&facts);
    if let Some(died) = died(file).flatten() {
        let open = duties.iter_mut().filter(|d| d.met_on.is_none() && d.fell_away_on.is_none() && d.cut_short_on.is_none());
        // Not only what the authority owes: a time the family has for its answer does not go on running either.
        open.for_each(|duty| duty.fell_away_on = Some(died));
    }
    (facts, duties)
}

/// One fact; what it leaves to another entry, such as the outcome of the decision it notifies, is found among `all`.
fn fact(standing: &Standing, all: &[&Standing], requests: &Requests) -> Option<law::Fact> {
    let on = |kind| standing.day().map(|day| law::Fact::on(kind, day));
    let told_of_reversal = |about| tells_of_reversal(standing, about, all.iter().copied());
    let will = |about| match about {
        Refused::RefusalToAssess => Some(on(FactKind::AssessmentDecisionNotified)?.outcome(Outcome::Assess)),
        Refused::NoPlan => Some(on(FactKind::PlanDecisionNotified)?.outcome(Outcome::Issue)),
    };
    let among = |of: &dyn Fn(&Fact) -> Option<Outcome>| all.iter().find_map(|s| of(&s.fact));
    match &standing.fact {
        Fact::ChildDied {} => on(FactKind::ResponsibilityEnded),
        Fact::AssessmentDecisionNotified { .. } if told_of_reversal(Refused::RefusalToAssess) => will(Refused::RefusalToAssess),
        Fact::PlanDecisionNotified { .. } if told_of_reversal(Refused::NoPlan) => will(Refused::NoPlan),
        Fact::RefusalReversed { about, by, .. } => match by {
            // To concede is to tell the family; no clock starts with it.
            ReversedBy::Concession => will(*about),
            ReversedBy::UnopposedAppeal => Some(on(FactKind::AppealConceded)?.matter(about.matter())),
            ReversedBy::Mediation => {
                Some(on(FactKind::MediationAgreementReached)?.order(about.undone_by()).authority_took_part(true))
            }
            ReversedBy::Order => Some(on(FactKind::OrderMade)?.order(about.undone_by())),
        },
        // To the law there is one request, the earliest, and one withdrawal, that of the last request still alive.
        Fact::RequestReceived { .. } | Fact::RequestJoined { .. } => {
            let first = requests.first().filter(|first| first.event == standing.event)?;
            let received = on(FactKind::RequestReceived)?;
            Some(if first.detained { received.detained(true) } else { received })
        }
        Fact::RequestWithdrawn { .. } => {
            requests.withdrawal().filter(|last| last.event == standing.event)?;
            on(FactKind::RequestWithdrawn)
        }
        Fact::ResponsibilityEnded { .. } => on(FactKind::ResponsibilityEnded),
        Fact::AssessmentDecisionNotified { .. } => {
            let outcome = among(&|fact| match fact {
                Fact::AssessmentDecided { outcome: AssessmentOutcome::Assess, .. } => Some(Outcome::Assess),
                Fact::AssessmentDecided { outcome: AssessmentOutcome::Refuse, .. } => Some(Outcome::Refuse),
                _ => None,
            })?;
            Some(on(FactKind::AssessmentDecisionNotified)?.outcome(outcome))
        }
        Fact::PlanDecisionNotified { .. } => {
            let outcome = among(&|fact| match fact {
                Fact::PlanDecided { outcome: PlanOutcome::Issue, .. } => Some(Outcome::Issue),
                Fact::PlanDecided { outcome: PlanOutcome::NoPlan, .. } => Some(Outcome::NoPlan),
                _ => None,
            })?;
            Some(on(FactKind::PlanDecisionNotified)?.outcome(outcome))
        }
        Fact::ReviewDecisionNotified { review, .. } => {
            let outcome = among(&|fact| match fact {
                Fact::ReviewDecided { review: of, outcome, .. } if of == review => Some(match outcome {
                    ReviewOutcome::Maintain => Outcome::Maintain,
                    ReviewOutcome::Amend => Outcome::Amend,
                    ReviewOutcome::Cease => Outcome::Cease,
                }),
                _ => None,
            })?;
            Some(on(FactKind::ReviewDecisionNotified)?.about(review.to_string()).outcome(outcome))
        }
        Fact::AdviceRequestReceived { advice, .. } => {
            let mut fact = on(FactKind::AdviceRequestReceived)?.about(advice.to_string());
            for s in all {
                if let Fact::AdviceRequested { advice: of, giver, .. } = s.fact
                    && of == *advice
                {
                    fact.advice_giver = Some(giver);
                    fact.asked_on = s.day();
                }
            }
            Some(fact)
        }
        // Only advice meets the duty to give it (SEND Regulations 2014, reg. 8(1)): a nil return leaves it owed, and what was sent
        // back and came again had met it when it first came.
        Fact::AdviceReturned { advice, answer: None | Some(AdviceAnswer::Given), .. } => {
            Some(on(FactKind::AdviceReturned)?.about(advice.to_string()))
        }
        Fact::AdviceReturned { .. } => None,
        Fact::DirectPaymentsStarted { payments, .. } => Some(on(FactKind::DirectPaymentsStarted)?.about(payments.to_string())),
        Fact::DirectPaymentsReviewed { payments, .. } => Some(on(FactKind::DirectPaymentsReviewed)?.about(payments.to_string())),
        Fact::DirectPaymentsEnded { payments, .. } => Some(on(FactKind::DirectPaymentsEnded)?.about(payments.to_string())),
        // What a claim comes to depends on what became of it, and on when the setting was asked: `exception` tells.
        Fact::ExceptionClaimed { .. } | Fact::ExceptionTold { .. } | Fact::ExceptionWithdrawn { .. } | Fact::DelayTold { .. } => {
            None
        }
        // What the family asked for begins no time of its own.
        Fact::DraftPlanServed { change: Some(DraftChange::AskedByFamily), .. } => None,
        Fact::DraftPlanServed { draft, .. } => Some(on(FactKind::DraftPlanServed)?.about(draft.to_string())),
        Fact::RepresentationsComplete { draft, .. } => {
            Some(on(FactKind::RepresentationsComplete)?.about(time_of(*draft, all)?.to_string()))
        }
        // Of a setting no answer is awaited once the consultation was taken back.
        Fact::ConsultationReceived { consultation, .. } if is_withdrawn(*consultation, all) => None,
        Fact::ConsultationReceived { consultation, .. } => {
            Some(on(FactKind::ConsultationReceived)?.about(consultation.to_string()))
        }
        Fact::ConsultationAnswered { consultation, .. } => {
            Some(on(FactKind::ConsultationReplied)?.about(consultation.to_string()))
        }
        // Its year of review begins with the last review, wherever that was recorded.
        Fact::PlanTakenOver { last_reviewed_on: Some(day), .. } => {
            Some(law::Fact::on(FactKind::ReviewDecisionNotified, *day).outcome(Outcome::Maintain).about(standing.event.to_string()))
        }
        Fact::FinalPlanSent { .. } | Fact::PlanTakenOver { .. } => on(FactKind::FinalPlanSent),
        Fact::PlanCeased { .. } => on(FactKind::PlanCeased),
        // Each amendment is looked at as a whole: `amendment` tells.
        Fact::AmendmentNoticeSent { .. }
        | Fact::AmendmentNoticeServed { .. }
        | Fact::AmendmentRepresentationsMade { .. }
        | Fact::AmendmentDeclined { .. }
        | Fact::AmendedPlanSent { .. } => None,
        // Once it was held, the day it was to be held on counts no more, and a day that was set before another never does.
        Fact::ReviewMeetingPlanned { review, .. } if is_held(*review, all) || last_planned(*review, all) != Some(standing.event) => None,
        Fact::ReviewMeetingPlanned { review, meets_on, .. } => {
            Some(law::Fact::on(FactKind::ReviewMeetingPlanned, *meets_on).about(review.to_string()))
        }
        Fact::ReviewInvitationsSent { review, .. } => Some(on(FactKind::ReviewInvitationsSent)?.about(review.to_string())),
        Fact::ReviewPapersSent { review, .. } => Some(on(FactKind::ReviewPapersSent)?.about(review.to_string())),
        Fact::ReviewMeetingHeld { review, .. } => Some(on(FactKind::ReviewMeetingHeld)?.about(review.to_string())),
        Fact::ReviewReportSent { review, .. } => Some(on(FactKind::ReviewReportSent)?.about(review.to_string())),
        // Each matter has a mediation of its own.
        Fact::MediationAsked { about, .. } => Some(on(FactKind::MediationRequested)?.about(about.as_str())),
        Fact::MediationHeld { about, .. } => Some(on(FactKind::MediationHeld)?.about(about.as_str())),
        // The authority's response to an appeal is not on the record, so the clock of it could never be met. The rest start, meet and
        // excuse nothing.
        Fact::AppealRegistered { .. }
        // What follows depends on the appeal, and on whether its end is told as a reversal: `appeal` tells.
        | Fact::AppealEnded { .. }
        | Fact::NotificationEffectRecorded { .. }
        // Says of which kind all the others are.
        | Fact::TakenAsReassessment { .. }
        | Fact::RepresentationsMade { .. }
        | Fact::SettingRequested { .. }
        | Fact::OfficerMet { .. }
        | Fact::ConsultationSent { .. }
        | Fact::ConsultationWithdrawn { .. }
        | Fact::HealthProvisionAgreed { .. }
        | Fact::ChildRegistered {}
        | Fact::IdentityChanged {}
        | Fact::ToldApart { .. }
        | Fact::IdentitySealed {}
        | Fact::RightsConfirmed { .. }
        | Fact::RelationshipRecorded { .. }
        | Fact::RelationshipEnded { .. }
        | Fact::PlacementBegan { .. }
        | Fact::PlacementTermsChanged { .. }
        | Fact::Reintegrated { .. }
        | Fact::PlacementEnded { .. }
        | Fact::YearGroupSet { .. }
        // Each change of phase is looked at as a whole: `phase_transfer` tells.
        | Fact::PhaseTransferPlanned { .. }
        | Fact::PhaseTransferNotDue { .. }
        | Fact::DaysOut { .. }
        | Fact::ChildFlagged { .. }
        | Fact::ChildUnflagged { .. }
        | Fact::TransportArranged { .. }
        | Fact::TransportEnded { .. }
        | Fact::ViewsGiven { .. }
        | Fact::ReviewRequested { .. }
        | Fact::ReviewRequestAnswered { .. }
        | Fact::ReviewMeetingMissed { .. }
        | Fact::ReviewViewsGiven { .. }
        | Fact::CaseAllocated { .. }
        // What is sent counts once for each decision, however many entries tell of it: `notice::windows`.
        | Fact::NoticeSent { .. }
        | Fact::NoticeSentTo { .. }
        | Fact::NoticeFormatRequested { .. }
        | Fact::NoticeFormatProvided { .. }
        | Fact::DocumentFiled { .. }
        | Fact::AssessmentDecided { .. }
        | Fact::AdviceRequested { .. }
        | Fact::AdviceDelayed { .. }
        | Fact::AdviceAllocated { .. }
        | Fact::AdviceVisited { .. }
        | Fact::AdviceSignedOff { .. }
        | Fact::AdviceChased { .. }
        | Fact::AdviceJudged { .. }
        | Fact::ReferralMade { .. }
        | Fact::ReferralSeen { .. }
        | Fact::ReferralTreated { .. }
        | Fact::ReferralEnded { .. }
        | Fact::AdviceReused { .. }
        | Fact::PlanDecided { .. }
        | Fact::ReviewDecided { .. }
        | Fact::CessationStepTaken { .. }
        | Fact::CessationDecided { .. }
        // The notice counts once, whoever tells of it: `notice::windows`.
        | Fact::CessationNotified { .. }
        | Fact::ProvisionArranged { .. }
        | Fact::ProvisionEnded { .. }
        | Fact::ProvisionDelivered { .. }
        | Fact::ProvisionUndelivered { .. }
        | Fact::ProvisionRemedied { .. }
        | Fact::MeetingConvened { .. }
        | Fact::ItemAdded { .. }
        | Fact::AgendaSet { .. }
        | Fact::PapersChosen { .. }
        | Fact::ConflictDeclared { .. }
        | Fact::AttendanceRecorded { .. }
        | Fact::Recommended { .. }
        | Fact::MinutesTaken { .. }
        | Fact::MeetingClosed {}
        | Fact::Corrected { .. }
        | Fact::Struck { .. }
        | Fact::RegisterAdopted { .. }
        // Between the authority and a setting: of no child.
        | Fact::ReviewListSent { .. }
        | Fact::TrailSealed { .. } => None,
    }
}

/// The draft that began the time in which this one was served: itself, unless the family asked for it.
fn time_of(draft: DraftId, all: &[&Standing]) -> Option<DraftId> {
    let served = all.iter().filter_map(|s| match s.fact {
        Fact::DraftPlanServed { draft, change, .. } => Some((draft, s.day()?, change)),
        _ => None,
    });
    let day = served.clone().find(|(id, ..)| *id == draft).map(|(_, day, _)| day)?;
    let mut begins = served.filter(|(_, on, change)| *on <= day && *change != Some(DraftChange::AskedByFamily));
    begins.next_back().map(|(id, ..)| id)
}

/// Whether the meeting of a review was held.
fn is_held(review: ReviewId, all: &[&Standing]) -> bool {
    all.iter().any(|s| matches!(s.fact, Fact::ReviewMeetingHeld { review: of, .. } if of == review))
}

/// The entry that last set the day of a review's meeting.
fn last_planned(review: ReviewId, all: &[&Standing]) -> Option<EventId> {
    let plans = |s: &&&Standing| matches!(s.fact, Fact::ReviewMeetingPlanned { review: of, .. } if of == review);
    all.iter().rfind(plans).map(|s| s.event)
}

/// Whether a consultation was taken back unanswered.
fn is_withdrawn(consultation: ConsultationId, all: &[&Standing]) -> bool {
    let stands = |of: &dyn Fn(&Fact) -> bool| all.iter().any(|s| of(&s.fact));
    stands(&|fact| matches!(fact, Fact::ConsultationWithdrawn { consultation: id, .. } if *id == consultation))
        && !stands(&|fact| matches!(fact, Fact::ConsultationAnswered { consultation: id, .. } if *id == consultation))
}
