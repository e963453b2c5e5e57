//! What is a fact about, within its stream?

use uuid::Uuid;

use super::fact::Fact;
use super::ids::*;
use super::{referral, schooling};

/// What a fact is about, within its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The child themselves.
    Child,
    /// A case of theirs.
    Case(CaseId),
    /// A plan of theirs.
    Plan(PlanId),
    /// An item of a panel's agenda.
    Item(ItemId),
    /// Another entry of the journal.
    Event(EventId),
    /// The meeting or the authority that the stream is.
    Whole,
}

impl Subject {
    /// The id, where the subject has one of its own.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Subject::Case(id) => Some(id.0),
            Subject::Plan(id) => Some(id.0),
            Subject::Item(id) => Some(id.0),
            Subject::Event(id) => Some(id.0),
            Subject::Child | Subject::Whole => None,
        }
    }
}

impl Fact {
    /// The name of the kind, as the journal and the change feed write it.
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// What the fact is about.
    pub fn subject(&self) -> Subject {
        match self {
            Fact::ChildRegistered {}
            | Fact::IdentityChanged {}
            | Fact::ToldApart { .. }
            | Fact::IdentitySealed {}
            | Fact::ChildDied {}
            | Fact::RightsConfirmed { .. }
            | Fact::RelationshipRecorded { .. }
            | Fact::RelationshipEnded { .. }
            | Fact::ReferralMade { .. }
            | Fact::ReferralSeen { .. }
            | Fact::ReferralTreated { .. }
            | Fact::ReferralEnded { .. }
            | Fact::PlacementBegan { .. }
            | Fact::PlacementTermsChanged { .. }
            | Fact::Reintegrated { .. }
            | Fact::PlacementEnded { .. }
            | Fact::DaysOut { .. }
            | Fact::ChildFlagged { .. }
            | Fact::ChildUnflagged { .. }
            | Fact::TransportArranged { .. }
            | Fact::TransportEnded { .. }
            | Fact::YearGroupSet { .. } => Subject::Child,
            Fact::RequestReceived { case, .. }
            | Fact::RequestJoined { case, .. }
            | Fact::NotificationEffectRecorded { case, .. }
            | Fact::TakenAsReassessment { case, .. }
            | Fact::CaseAllocated { case, .. }
            | Fact::AssessmentDecided { case, .. }
            | Fact::AssessmentDecisionNotified { case }
            | Fact::AdviceRequested { case, .. }
            | Fact::AdviceRequestReceived { case, .. }
            | Fact::AdviceReturned { case, .. }
            | Fact::AdviceDelayed { case, .. }
            | Fact::AdviceAllocated { case, .. }
            | Fact::AdviceVisited { case, .. }
            | Fact::AdviceSignedOff { case, .. }
            | Fact::AdviceChased { case, .. }
            | Fact::AdviceJudged { case, .. }
            | Fact::AdviceReused { case, .. }
            | Fact::ExceptionClaimed { case, .. }
            | Fact::ExceptionTold { case, .. }
            | Fact::ExceptionWithdrawn { case, .. }
            | Fact::DelayTold { case, .. }
            | Fact::ViewsGiven { case, .. }
            | Fact::MediationAsked { case, .. }
            | Fact::MediationHeld { case, .. }
            | Fact::AppealRegistered { case, .. }
            | Fact::AppealEnded { case, .. }
            | Fact::PlanDecided { case, .. }
            | Fact::PlanDecisionNotified { case }
            | Fact::RefusalReversed { case, .. }
            | Fact::DraftPlanServed { case, .. }
            | Fact::RepresentationsMade { case, .. }
            | Fact::RepresentationsComplete { case, .. }
            | Fact::SettingRequested { case, .. }
            | Fact::OfficerMet { case, .. }
            | Fact::ConsultationSent { case, .. }
            | Fact::ConsultationReceived { case, .. }
            | Fact::ConsultationAnswered { case, .. }
            | Fact::ConsultationWithdrawn { case, .. }
            | Fact::HealthProvisionAgreed { case, .. }
            | Fact::FinalPlanSent { case, .. }
            | Fact::PlanTakenOver { case, .. }
            | Fact::NoticeSent { case, .. }
            | Fact::NoticeSentTo { case, .. }
            | Fact::NoticeFormatRequested { case, .. }
            | Fact::NoticeFormatProvided { case, .. }
            | Fact::DocumentFiled { case, .. }
            | Fact::RequestWithdrawn { case, .. }
            | Fact::ResponsibilityEnded { case, .. } => Subject::Case(*case),
            Fact::ReviewRequested { plan, .. }
            | Fact::ReviewRequestAnswered { plan, .. }
            | Fact::ReviewMeetingPlanned { plan, .. }
            | Fact::ReviewInvitationsSent { plan, .. }
            | Fact::ReviewPapersSent { plan, .. }
            | Fact::ReviewMeetingMissed { plan, .. }
            | Fact::ReviewViewsGiven { plan, .. }
            | Fact::ReviewMeetingHeld { plan, .. }
            | Fact::ReviewReportSent { plan, .. }
            | Fact::ReviewDecided { plan, .. }
            | Fact::ReviewDecisionNotified { plan, .. }
            | Fact::AmendmentNoticeSent { plan, .. }
            | Fact::AmendmentNoticeServed { plan, .. }
            | Fact::AmendmentRepresentationsMade { plan, .. }
            | Fact::AmendmentDeclined { plan, .. }
            | Fact::AmendedPlanSent { plan, .. }
            | Fact::CessationStepTaken { plan, .. }
            | Fact::CessationDecided { plan, .. }
            | Fact::CessationNotified { plan }
            | Fact::PlanCeased { plan, .. }
            | Fact::ProvisionArranged { plan, .. }
            | Fact::ProvisionEnded { plan, .. }
            | Fact::ProvisionDelivered { plan, .. }
            | Fact::ProvisionUndelivered { plan, .. }
            | Fact::ProvisionRemedied { plan, .. }
            | Fact::PhaseTransferPlanned { plan, .. }
            | Fact::PhaseTransferNotDue { plan, .. }
            | Fact::DirectPaymentsStarted { plan, .. }
            | Fact::DirectPaymentsReviewed { plan, .. }
            | Fact::DirectPaymentsEnded { plan, .. } => Subject::Plan(*plan),
            Fact::ItemAdded { item, .. }
            | Fact::PapersChosen { item, .. }
            | Fact::ConflictDeclared { item, .. }
            | Fact::Recommended { item, .. }
            | Fact::MinutesTaken { item: Some(item), .. } => Subject::Item(*item),
            Fact::Corrected { of, .. } | Fact::Struck { of } => Subject::Event(*of),
            Fact::MeetingConvened { .. }
            | Fact::AgendaSet { .. }
            | Fact::AttendanceRecorded { .. }
            | Fact::MinutesTaken { item: None, .. }
            | Fact::MeetingClosed {}
            | Fact::RegisterAdopted { .. }
            | Fact::ReviewListSent { .. }
            | Fact::TrailSealed { .. } => Subject::Whole,
        }
    }

    /// The entry this one puts right or strikes, if it does.
    pub fn corrects(&self) -> Option<EventId> {
        match self {
            Fact::Corrected { of, .. } | Fact::Struck { of } => Some(*of),
            _ => None,
        }
    }

    /// The item of a panel's agenda that it is about, if it is.
    pub fn item(&self) -> Option<ItemId> {
        match self.subject() {
            Subject::Item(item) => Some(item),
            _ => None,
        }
    }

    /// The thing of the child as a whole that it speaks of, if of one: a placement, a referral, transport.
    pub fn thing(&self) -> Option<Uuid> {
        match self {
            Fact::TransportArranged { transport, .. } | Fact::TransportEnded { transport, .. } => Some(transport.0),
            fact => schooling::spoken_of(fact).map(|id| id.0).or_else(|| referral::spoken_of(fact).map(|id| id.0)),
        }
    }
}
