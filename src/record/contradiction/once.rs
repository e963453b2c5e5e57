//! What can stand only once for the thing it is about?

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Found;
use crate::record::reversal::tells_of_reversal;
use crate::record::{Fact, File, Refused, Standing};

/// What can stand only once for the thing it is about.
pub(super) fn look_at(file: &File, found: &mut Found) {
    let mut seen: BTreeMap<(&str, Uuid, Option<Refused>), usize> = BTreeMap::new();
    for standing in file.standing() {
        if let Some(about) = single(&standing.fact) {
            *seen.entry((standing.fact.kind(), about, reversed(file, standing))).or_default() += 1;
        }
    }
    for ((kind, about, _), times) in seen {
        if times > 1 {
            let words = match kind {
                "assessment_decided" => "a decision whether to assess already stands; correct or strike that one",
                "plan_decided" => "a decision whether to make a plan already stands; correct or strike that one",
                "plan_taken_over" => "the plan is already recorded",
                "final_plan_sent" => "a final plan was already sent; what follows is an amendment",
                "refusal_reversed" => "the refusal was already reversed",
                "responsibility_ended" => "the end of responsibility is already recorded; correct or strike that entry",
                "notification_effect_recorded" => {
                    "what the notification amounts to is already recorded; correct or strike that entry"
                }
                "taken_as_reassessment" => "the request is already taken as one for a reassessment",
                "appeal_ended" => "the end of this appeal is already recorded; correct or strike that entry",
                "told_apart" => "the two children are told apart already",
                "representations_complete" => "the family already said that it has nothing more to say on this draft",
                "placement_ended" => "the end of this placement is already recorded",
                "request_received" => "the request is already recorded",
                "amended_plan_sent" => "the amended plan was already sent; what follows is another amendment",
                "review_request_answered" => "the request for a review is already answered; correct or strike that answer",
                "review_decided" => "a decision already stands for this review; correct or strike that one",
                _ => "this is already recorded; correct or strike the entry that stands",
            };
            found.add(about, "already_recorded", words);
        }
    }
}

fn single(fact: &Fact) -> Option<Uuid> {
    match fact {
        Fact::RequestReceived { case, .. }
        | Fact::AssessmentDecided { case, .. }
        | Fact::AssessmentDecisionNotified { case }
        | Fact::PlanDecided { case, .. }
        | Fact::PlanDecisionNotified { case }
        | Fact::RefusalReversed { case, .. }
        | Fact::FinalPlanSent { case, .. }
        | Fact::PlanTakenOver { case, .. }
        | Fact::TakenAsReassessment { case, .. }
        | Fact::ResponsibilityEnded { case, .. } => Some(case.0),
        Fact::ToldApart { from } => Some(from.0),
        Fact::NotificationEffectRecorded { request, .. } => Some(request.0),
        Fact::AdviceRequested { advice, .. }
        | Fact::AdviceRequestReceived { advice, .. }
        | Fact::AdviceSignedOff { advice, .. }
        | Fact::AdviceReused { advice, .. } => Some(advice.0),
        Fact::AppealEnded { appeal, .. } => Some(appeal.0),
        Fact::ExceptionTold { claim, .. } | Fact::ExceptionWithdrawn { claim, .. } => Some(claim.0),
        Fact::ReferralMade { referral, .. }
        | Fact::ReferralSeen { referral }
        | Fact::ReferralTreated { referral }
        | Fact::ReferralEnded { referral, .. } => Some(referral.0),
        Fact::RepresentationsComplete { draft, .. } => Some(draft.0),
        Fact::ConsultationSent { consultation, .. }
        | Fact::ConsultationReceived { consultation, .. }
        | Fact::ConsultationAnswered { consultation, .. }
        | Fact::ConsultationWithdrawn { consultation, .. } => Some(consultation.0),
        Fact::NoticeSent { notice, .. } => Some(notice.0),
        Fact::NoticeFormatRequested { request, .. } | Fact::NoticeFormatProvided { request, .. } => Some(request.0),
        Fact::PhaseTransferPlanned { transfer, .. } | Fact::PhaseTransferNotDue { transfer, .. } => Some(transfer.0),
        Fact::PlacementBegan { placement, .. } | Fact::PlacementEnded { placement, .. } => Some(placement.0),
        Fact::ReviewRequested { request, .. } | Fact::ReviewRequestAnswered { request, .. } => Some(request.0),
        Fact::TransportArranged { transport, .. } | Fact::TransportEnded { transport, .. } => Some(transport.0),
        Fact::DirectPaymentsStarted { payments, .. } | Fact::DirectPaymentsEnded { payments, .. } => Some(payments.0),
        Fact::ReviewMeetingHeld { review, .. }
        | Fact::ReviewReportSent { review, .. }
        | Fact::ReviewDecided { review, .. }
        | Fact::ReviewDecisionNotified { review, .. } => Some(review.0),
        Fact::AmendmentNoticeSent { amendment, .. }
        | Fact::AmendmentNoticeServed { amendment, .. }
        | Fact::AmendmentDeclined { amendment, .. }
        | Fact::AmendedPlanSent { amendment, .. } => Some(amendment.0),
        Fact::ProvisionArranged { provision, .. } | Fact::ProvisionEnded { provision, .. } => Some(provision.0),
        Fact::ProvisionUndelivered { shortfall, .. } | Fact::ProvisionRemedied { shortfall, .. } => Some(shortfall.0),
        Fact::CessationDecided { plan, .. } | Fact::CessationNotified { plan } | Fact::PlanCeased { plan, .. } => Some(plan.0),
        _ => None,
    }
}

/// Which refusal a reversal reverses, or a notification tells the reversal of: each can happen once beside the refusal's own.
fn reversed(file: &File, standing: &Standing) -> Option<Refused> {
    let told = |case, about| tells_of_reversal(standing, about, file.of_case(case)).then_some(about);
    match standing.fact {
        Fact::RefusalReversed { about, .. } => Some(about),
        Fact::AssessmentDecisionNotified { case } => told(case, Refused::RefusalToAssess),
        Fact::PlanDecisionNotified { case } => told(case, Refused::NoPlan),
        _ => None,
    }
}
