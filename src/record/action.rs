//! What can a person record?

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Something a person can record.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    /// Ask for an assessment, or record that somebody asked.
    SubmitRequest,
    /// Record that somebody else asks for the same assessment.
    JoinRequest,
    /// Record what a health body's notification amounts to.
    RecordNotificationEffect,
    /// Take the request as one for a reassessment.
    TakeAsReassessment,
    /// Give the case to a case worker.
    AllocateCase,
    /// Decide whether to assess.
    DecideAssessment,
    /// Record that the family was notified of that decision.
    NotifyAssessmentDecision,
    /// Ask an advice giver for advice.
    RequestAdvice,
    /// Record the day the body received the request, or that its advice came back.
    RecordAdvice,
    /// Say why advice is late.
    ExplainLateAdvice,
    /// Say who writes the advice.
    AllocateAdvice,
    /// Record that the child was seen for it.
    RecordAdviceVisit,
    /// Sign the advice off.
    SignOffAdvice,
    /// Record that whoever was asked for advice was reminded.
    ChaseAdvice,
    /// Judge how good advice is that came back, and send it back.
    JudgeAdvice,
    /// Take up existing advice in the place of new.
    ReuseAdvice,
    /// Claim an exception.
    ClaimException,
    /// Record that the family was told of an exception.
    TellException,
    /// Withdraw the claim of an exception.
    WithdrawException,
    /// Record a letter to the family about a delay.
    TellDelay,
    /// Give views for the assessment: the parent's, the child's or the young person's.
    GiveViews,
    /// Say that the family wants mediation.
    AskMediation,
    /// Record a mediation meeting.
    RecordMediation,
    /// Record an appeal the Tribunal registered.
    RegisterAppeal,
    /// Record how an appeal ended.
    EndAppeal,
    /// Record that a refusal was reversed.
    ReverseRefusal,
    /// Decide whether to make a plan.
    DecidePlan,
    /// Record that the family was notified of that decision.
    NotifyPlanDecision,
    /// Serve a draft plan.
    ServeDraftPlan,
    /// Make representations on the draft, or say that there is nothing more to say.
    MakeRepresentations,
    /// Ask for a setting.
    RequestSetting,
    /// Record that an officer met the family about the draft.
    RecordOfficerMeeting,
    /// Consult settings on the draft.
    ConsultSettings,
    /// Record that a setting received a consultation, or what it answered.
    AnswerConsultation,
    /// Take a consultation back.
    WithdrawConsultation,
    /// Record that the health body agreed the health provision.
    RecordHealthAgreement,
    /// Send the final plan.
    SendFinalPlan,
    /// Record that a statutory notice was sent, or to whom.
    SendNotice,
    /// Ask for a notice in another form.
    RequestNoticeFormat,
    /// Record that a notice was provided in another form.
    ProvideNoticeFormat,
    /// File a document, or another version of one.
    FileDocument,
    /// Withdraw a request.
    WithdrawRequest,
    /// Record that the authority is not, or no longer, responsible.
    EndResponsibility,
    /// Take over a plan that was made before the record begins.
    TakeOverPlan,
    /// Ask for a review of a plan before it is due.
    RequestReview,
    /// Answer somebody who asked for a review.
    AnswerReviewRequest,
    /// Set the day of a review's meeting.
    PlanReview,
    /// Record that a review's invitations were sent.
    SendReviewInvitations,
    /// Record that the papers for a review's meeting were sent.
    SendReviewPapers,
    /// Record that a review's meeting was not held on its day.
    RecordMissedReview,
    /// Give views for a review.
    GiveReviewViews,
    /// Record the meeting of a review.
    HoldReviewMeeting,
    /// Record that the report of a review was sent.
    SendReviewReport,
    /// Decide what follows from a review.
    DecideReview,
    /// Record that the family and the setting were notified of that decision.
    NotifyReviewDecision,
    /// Record that amendments of a plan were proposed to the family.
    ProposeAmendments,
    /// Say what the family thinks of proposed amendments.
    AnswerAmendments,
    /// Decide that the plan is not amended after all, and tell the family.
    DeclineAmendments,
    /// Send an amended plan.
    AmendPlan,
    /// Record a step that comes before a plan is ceased, or that the family was notified of the decision.
    PrepareCessation,
    /// Decide to cease a plan.
    DecideCessation,
    /// Record that a plan ceased.
    CeasePlan,
    /// Record that settings were sent the list of the reviews due in a term.
    SendReviewList,
    /// Record with whom a plan's provision was arranged, or that it is due no more.
    ArrangeProvision,
    /// Record that provision was delivered, or that it was not.
    ReportDelivery,
    /// Record how undelivered provision was made good.
    RemedyProvision,
    /// Confirm that children change the phase of education, or say that they do not.
    ConfirmPhaseTransfers,
    /// Record that a child is in another year group than others of their age.
    SetYearGroup,
    /// Record that two children who look alike on file are two.
    TellApart,
    /// Record what somebody is to a child, change it, or end it.
    KeepRelationships,
    /// Record that a child was referred to a service, was seen, was treated, or that it is over.
    KeepReferrals,
    /// Record where a child is taught, on what terms, and until when.
    KeepPlacements,
    /// Record that a child was out of school.
    RecordDaysOut,
    /// Record transport to school and its end.
    KeepTransport,
    /// Record direct payments for a plan, their reviews and their end.
    KeepDirectPayments,
    /// Put something about a child under the authority's eye, or say that it is over.
    FlagChild,
    /// Confirm who holds the rights after compulsory school age.
    ConfirmRights,
    /// Give an adopted child a new identity and seal the one before.
    SealIdentity,
    /// Record that a child has died.
    RecordDeath,
    /// Put an entry right.
    CorrectEntry,
    /// Strike an entry.
    StrikeEntry,
}

impl Action {
    /// What can be done to a case, in the order a case meets it: the candidates for `allowedActions`.
    pub const ON_A_CASE: &'static [Action] = &[
        Action::JoinRequest,
        Action::RecordNotificationEffect,
        Action::TakeAsReassessment,
        Action::AllocateCase,
        Action::DecideAssessment,
        Action::NotifyAssessmentDecision,
        Action::RequestAdvice,
        Action::RecordAdvice,
        Action::ExplainLateAdvice,
        Action::AllocateAdvice,
        Action::RecordAdviceVisit,
        Action::SignOffAdvice,
        Action::ChaseAdvice,
        Action::JudgeAdvice,
        Action::ReuseAdvice,
        Action::ClaimException,
        Action::TellException,
        Action::WithdrawException,
        Action::TellDelay,
        Action::GiveViews,
        Action::AskMediation,
        Action::RecordMediation,
        Action::RegisterAppeal,
        Action::EndAppeal,
        Action::DecidePlan,
        Action::NotifyPlanDecision,
        Action::ReverseRefusal,
        Action::ServeDraftPlan,
        Action::MakeRepresentations,
        Action::RequestSetting,
        Action::RecordOfficerMeeting,
        Action::ConsultSettings,
        Action::AnswerConsultation,
        Action::RecordHealthAgreement,
        Action::SendFinalPlan,
        Action::SendNotice,
        Action::FileDocument,
        Action::WithdrawRequest,
        Action::EndResponsibility,
    ];

    /// The name used in the API and in the policy's table.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
