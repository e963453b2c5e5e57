//! Which kinds of fact the law knows: those that start its clocks, meet its duties, end them, or excuse them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attribute::Attribute;

/// What kind of fact it is. Facts that several rules share have one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// The authority received a request for an assessment, or the child otherwise came to its attention.
    RequestReceived,
    /// Whoever asked took the request back.
    RequestWithdrawn,
    /// The authority stopped being responsible: the child moved away, or died.
    ResponsibilityEnded,
    /// The family was notified whether there will be an assessment.
    AssessmentDecisionNotified,
    /// Somebody received the authority's request for advice.
    AdviceRequestReceived,
    /// That advice reached the authority.
    AdviceReturned,
    /// The family was notified whether a plan will be issued.
    PlanDecisionNotified,
    /// The authority, or whoever was late, relies on an exception.
    ExceptionClaimed,
    /// The draft plan was served on the family.
    DraftPlanServed,
    /// The family confirmed that it has nothing more to say on them.
    RepresentationsComplete,
    /// A setting received the authority's consultation.
    ConsultationReceived,
    /// The setting's reply reached the authority.
    ConsultationReplied,
    /// The final plan was sent.
    FinalPlanSent,
    /// The authority stopped maintaining the plan.
    PlanCeased,
    /// Written notice of a decision that can be appealed was sent.
    DecisionNoticeSent,
    /// The family contacted a mediation adviser.
    MediationAdviserContacted,
    /// The family told the mediation adviser that it will not mediate.
    MediationDeclined,
    /// The family told the authority that it wants mediation.
    MediationRequested,
    /// The authority learned that the mediation concerns health provision.
    HealthIssueRaised,
    /// The authority told the health body of the mediation.
    HealthBodyToldOfMediation,
    /// The health body was told of a mediation that concerns health provision alone.
    HealthMediationRequested,
    /// The mediation took place.
    MediationHeld,
    /// The authority said that it cannot arrange the mediation in time.
    MediationNotArranged,
    /// The mediation came to its end.
    MediationEnded,
    /// The mediation adviser issued the certificate; its date of issue.
    MediationCertificateIssued,
    /// A mediation ended in an agreement about something to be done.
    MediationAgreementReached,
    /// What was agreed was done.
    AgreementCarriedOut,
    /// The health body told the authority what was agreed.
    AgreementToldToAuthority,
    /// The Tribunal received the appeal; for the authority's response, the day it received it.
    AppealReceived,
    /// The authority's response reached the Tribunal.
    AppealResponseSent,
    /// The authority told the Tribunal that it will not oppose the appeal, before it responded.
    AppealConceded,
    /// The appeal was withdrawn or finally determined.
    AppealEnded,
    /// The Tribunal made an order.
    OrderMade,
    /// What the order asked was done, where no other fact says so.
    OrderCarriedOut,
    /// The Tribunal recommended health or social care provision.
    RecommendationMade,
    /// The body it was addressed to answered the recommendation.
    RecommendationAnswered,
    /// A review meeting is to be held on this day.
    ReviewMeetingPlanned,
    /// The review meeting was held.
    ReviewMeetingHeld,
    /// The invitations to the review meeting were sent.
    ReviewInvitationsSent,
    /// The advice gathered for the review meeting was sent round.
    ReviewPapersSent,
    /// The report of the review meeting was sent.
    ReviewReportSent,
    /// The family was notified whether the plan is maintained, amended or ceased.
    ReviewDecisionNotified,
    /// The notice of proposed amendments was sent.
    AmendmentNoticeSent,
    /// The notice of proposed amendments was served on the family.
    AmendmentNoticeServed,
    /// The family was notified that the plan is not amended after all.
    AmendmentDeclinedNotified,
    /// The amended plan was sent.
    AmendedPlanSent,
    /// A school term starts on this day.
    TermStarts,
    /// The settings were sent the list of reviews due in a term.
    ReviewListSent,
    /// The child's date of birth; it tells who is under five.
    ChildBorn,
    /// It became known that the child changes phase of education on `transferOn`.
    PhaseTransferPlanned,
    /// The plan was amended to name what the child will attend after the transfer.
    TransferSettingNamed,
    /// The authority received a request for a reassessment.
    ReassessmentRequested,
    /// The requester was notified whether there will be a reassessment, or the authority decided on one itself.
    ReassessmentDecisionNotified,
    /// The plan that follows the reassessment was sent.
    ReassessedPlanSent,
    /// The old authority became aware that the child moves or moved, on `movesOn`, to another area.
    MoveKnown,
    /// The plan was transferred to the new authority.
    PlanTransferred,
    /// The new authority told the family of the transfer, and what it will do.
    TransferToldToFamily,
    /// The old health body became aware of the move on `movesOn`.
    HealthBodyMoveKnown,
    /// The old health body became aware that another becomes responsible without a move between authorities.
    HealthBodyChangeKnown,
    /// The new health body was notified.
    NewHealthBodyNotified,
    /// The new health body became aware that it cannot practicably arrange the provision.
    HealthProvisionImpracticable,
    /// The new health body asked the authority for an assessment or a review.
    HealthBodyAskedForReview,
    /// The first direct payment was made.
    DirectPaymentsStarted,
    /// The direct payments were reviewed.
    DirectPaymentsReviewed,
    /// The direct payments stopped.
    DirectPaymentsEnded,
    /// The child became looked after.
    BecameLookedAfter,
    /// A review of the care plan was held.
    CareReviewHeld,
    /// The child stopped being looked after.
    LookedAfterEnded,
}

impl FactKind {
    /// Every kind, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::RequestReceived,
        Self::RequestWithdrawn,
        Self::ResponsibilityEnded,
        Self::AssessmentDecisionNotified,
        Self::AdviceRequestReceived,
        Self::AdviceReturned,
        Self::PlanDecisionNotified,
        Self::ExceptionClaimed,
        Self::DraftPlanServed,
        Self::RepresentationsComplete,
        Self::ConsultationReceived,
        Self::ConsultationReplied,
        Self::FinalPlanSent,
        Self::PlanCeased,
        Self::DecisionNoticeSent,
        Self::MediationAdviserContacted,
        Self::MediationDeclined,
        Self::MediationRequested,
        Self::HealthIssueRaised,
        Self::HealthBodyToldOfMediation,
        Self::HealthMediationRequested,
        Self::MediationHeld,
        Self::MediationNotArranged,
        Self::MediationEnded,
        Self::MediationCertificateIssued,
        Self::MediationAgreementReached,
        Self::AgreementCarriedOut,
        Self::AgreementToldToAuthority,
        Self::AppealReceived,
        Self::AppealResponseSent,
        Self::AppealConceded,
        Self::AppealEnded,
        Self::OrderMade,
        Self::OrderCarriedOut,
        Self::RecommendationMade,
        Self::RecommendationAnswered,
        Self::ReviewMeetingPlanned,
        Self::ReviewMeetingHeld,
        Self::ReviewInvitationsSent,
        Self::ReviewPapersSent,
        Self::ReviewReportSent,
        Self::ReviewDecisionNotified,
        Self::AmendmentNoticeSent,
        Self::AmendmentNoticeServed,
        Self::AmendmentDeclinedNotified,
        Self::AmendedPlanSent,
        Self::TermStarts,
        Self::ReviewListSent,
        Self::ChildBorn,
        Self::PhaseTransferPlanned,
        Self::TransferSettingNamed,
        Self::ReassessmentRequested,
        Self::ReassessmentDecisionNotified,
        Self::ReassessedPlanSent,
        Self::MoveKnown,
        Self::PlanTransferred,
        Self::TransferToldToFamily,
        Self::HealthBodyMoveKnown,
        Self::HealthBodyChangeKnown,
        Self::NewHealthBodyNotified,
        Self::HealthProvisionImpracticable,
        Self::HealthBodyAskedForReview,
        Self::DirectPaymentsStarted,
        Self::DirectPaymentsReviewed,
        Self::DirectPaymentsEnded,
        Self::BecameLookedAfter,
        Self::CareReviewHeld,
        Self::LookedAfterEnded,
    ];

    /// The attributes a fact of this kind must have, and those it may have beside `about`.
    pub fn attributes(self) -> (&'static [Attribute], &'static [Attribute]) {
        use Attribute::*;
        match self {
            Self::RequestReceived => (&[], &[Detained]),
            Self::AssessmentDecisionNotified => (&[Outcome], &[]),
            Self::AdviceRequestReceived => (&[], &[AdviceGiver, AskedOn]),
            Self::PlanDecisionNotified => (&[Outcome], &[]),
            Self::ExceptionClaimed => (&[Paragraph, From], &[To, AskedOn]),
            Self::DecisionNoticeSent => (&[Matter], &[LetterDatedOn]),
            Self::MediationAgreementReached => (&[Order], &[FixedDueOn, AuthorityTookPart]),
            Self::AppealConceded => (&[Matter], &[]),
            Self::OrderMade => (&[Order], &[FixedDueOn, SentOn]),
            Self::ReviewDecisionNotified => (&[Outcome], &[]),
            Self::PhaseTransferPlanned => (&[Kind, TransferOn], &[]),
            Self::ReassessmentDecisionNotified => (&[Outcome], &[]),
            Self::MoveKnown => (&[], &[MovesOn]),
            Self::HealthBodyMoveKnown => (&[], &[MovesOn]),
            _ => (&[], &[]),
        }
    }

    /// Whether `on` may lie in the future, because the fact is a plan.
    pub fn may_be_planned(self) -> bool {
        matches!(self, Self::ReviewMeetingPlanned | Self::TermStarts)
    }

    /// Whether there is one such fact for the whole case, so that what it is about does not set it apart from an advice
    /// request, a draft or a review.
    pub const fn is_of_the_case(self) -> bool {
        matches!(
            self,
            Self::RequestReceived
                | Self::RequestWithdrawn
                | Self::ResponsibilityEnded
                | Self::AssessmentDecisionNotified
                | Self::PlanDecisionNotified
                | Self::FinalPlanSent
                | Self::PlanCeased
                | Self::PlanTransferred
        )
    }

    /// What happened, as a clause that "on" and a date can follow.
    pub const fn words(self) -> &'static str {
        match self {
            Self::RequestReceived => "the authority received the request",
            Self::RequestWithdrawn => "the request was withdrawn",
            Self::ResponsibilityEnded => "the authority stopped being responsible",
            Self::AssessmentDecisionNotified => "the family was told whether there will be an assessment",
            Self::AdviceRequestReceived => "the request for advice was received",
            Self::AdviceReturned => "the advice was given",
            Self::PlanDecisionNotified => "the family was told whether there will be a plan",
            Self::ExceptionClaimed => "an exception was claimed",
            Self::DraftPlanServed => "the draft plan was served",
            Self::RepresentationsComplete => "the family said that it has nothing more to say",
            Self::ConsultationReceived => "the setting received the consultation",
            Self::ConsultationReplied => "the setting replied",
            Self::FinalPlanSent => "the final plan was sent",
            Self::PlanCeased => "the plan was ceased",
            Self::DecisionNoticeSent => "the notice of the decision was sent",
            Self::MediationAdviserContacted => "the family contacted the mediation adviser",
            Self::MediationDeclined => "the mediation adviser was told that the family will not mediate",
            Self::MediationRequested => "the family asked the authority for mediation",
            Self::HealthIssueRaised => "the authority learned that the mediation concerns health provision",
            Self::HealthBodyToldOfMediation => "the health body was told of the mediation",
            Self::HealthMediationRequested => "the health body was told of a mediation about health provision alone",
            Self::MediationHeld => "the mediation was held",
            Self::MediationNotArranged => "the authority said that it cannot arrange the mediation in time",
            Self::MediationEnded => "the mediation ended",
            Self::MediationCertificateIssued => "the mediation certificate was issued",
            Self::MediationAgreementReached => "the agreement was reached",
            Self::AgreementCarriedOut => "the agreement was carried out",
            Self::AgreementToldToAuthority => "the authority was told of the agreement",
            Self::AppealReceived => "the appeal was received",
            Self::AppealResponseSent => "the authority responded to the appeal",
            Self::AppealConceded => "the authority told the Tribunal that it will not oppose the appeal",
            Self::AppealEnded => "the appeal ended",
            Self::OrderMade => "the order was made",
            Self::OrderCarriedOut => "the order was carried out",
            Self::RecommendationMade => "the Tribunal made the recommendation",
            Self::RecommendationAnswered => "the recommendation was answered",
            Self::ReviewMeetingPlanned => "the review meeting is to be held",
            Self::ReviewMeetingHeld => "the review meeting was held",
            Self::ReviewInvitationsSent => "the invitations were sent",
            Self::ReviewPapersSent => "the papers were sent",
            Self::ReviewReportSent => "the report was sent",
            Self::ReviewDecisionNotified => "the family was told the decision after the review",
            Self::AmendmentNoticeSent => "the proposed amendments were sent",
            Self::AmendmentNoticeServed => "the proposed amendments were served",
            Self::AmendmentDeclinedNotified => "the family was told that the plan is not amended",
            Self::AmendedPlanSent => "the amended plan was sent",
            Self::TermStarts => "the term starts",
            Self::ReviewListSent => "the list of reviews was sent",
            Self::ChildBorn => "the child was born",
            Self::PhaseTransferPlanned => "the transfer became known",
            Self::TransferSettingNamed => "the plan named the next setting",
            Self::ReassessmentRequested => "the request for a reassessment was received",
            Self::ReassessmentDecisionNotified => "the decision whether to reassess was told",
            Self::ReassessedPlanSent => "the plan after the reassessment was sent",
            Self::MoveKnown => "the old authority knew of the move",
            Self::PlanTransferred => "the plan was transferred",
            Self::TransferToldToFamily => "the family was told of the transfer",
            Self::HealthBodyMoveKnown => "the old health body knew of the move",
            Self::HealthBodyChangeKnown => "the old health body knew of the change",
            Self::NewHealthBodyNotified => "the new health body was notified",
            Self::HealthProvisionImpracticable => "the new health body knew that it cannot arrange the provision",
            Self::HealthBodyAskedForReview => "the new health body asked for an assessment or a review",
            Self::DirectPaymentsStarted => "the first direct payment was made",
            Self::DirectPaymentsReviewed => "the direct payments were reviewed",
            Self::DirectPaymentsEnded => "the direct payments stopped",
            Self::BecameLookedAfter => "the child became looked after",
            Self::CareReviewHeld => "the review of the care plan was held",
            Self::LookedAfterEnded => "the child stopped being looked after",
        }
    }

    /// The name in lower_snake words, as the API writes it.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_named_as_the_api_writes_it() {
        for kind in FactKind::ALL {
            assert_eq!(serde_json::to_value(kind).expect("a name"), kind.name());
        }
    }
}
