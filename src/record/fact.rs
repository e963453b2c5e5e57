//! What can happen: every kind of fact the record knows, at its present version.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use uuid::Uuid;

use super::advice::{AdviceAnswer, AdviceCriterion, AdviceJudgement, ChaserMeans, DelayReason, Employment, Specialism};
use super::cessation::{CeaseReason, CessationStep};
use super::child_flag::ChildFlag;
use super::codes::{AuthorityCode, SettingType};
use super::consultation::ConsultationAnswer;
use super::days_out::OutBecause;
use super::decision::{AssessmentOutcome, PlanOutcome, ReviewOutcome};
use super::delay_letter::DelayRecipient;
use super::direct_payments::DirectPaymentsOutcome;
use super::document::DocumentRole;
use super::draft::DraftChange;
use super::ids::*;
use super::notice::{Means, NoticeFormat, NoticeItem, NoticeKind, RecipientKind};
use super::organisation::Organisation;
use super::panel::{Agency, Limb, Missing, Question, Recommendation, Why};
use super::phase_transfer::WhyNotDue;
use super::placement::Placement;
use super::placement_terms::{PlacementKind, PlacementTerms, Shares};
use super::provision::{PerTime, ProvisionKind, Remedy, WhyUndelivered};
use super::referral::ReferralEnd;
use super::relationship::Relationship;
use super::request::{NotificationEffect, RequestedBy};
use super::responsibility::WhyNotResponsible;
use super::reversal::{Refused, ReversedBy};
use super::review::{
    AdulthoodTransition, ChildInvolvement, Convener, HealthCheck, MissedBecause, OutcomeProgress, Pathway, ReviewParty,
    ReviewPurpose, ReviewRequestAnswer,
};
use super::rights::RightsHeld;
use super::transport::TransportMeans;
use super::visibility::Visibility;
use super::voice::Voice;
use super::year_group::{SchoolYear, YearGroup, YearGroupReason};
use crate::law::{AdviceGiver, Matter, PhaseTransfer};

/// Something that happened, as the statutes name it. Dates are in the envelope (`occurredOn`); personal data is beside the record.
#[expect(missing_docs, reason = "each field is the thing or the person its name says")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
#[strum(serialize_all = "snake_case")]
pub enum Fact {
    /// A child's file was opened.
    ChildRegistered {},
    /// The child's identity was set anew.
    IdentityChanged {},
    /// Staff know this child and another, who looked alike on file, to be two.
    ToldApart { from: ChildId },
    /// The child was adopted: a new identity stands, and what was recorded of them before is put away.
    IdentitySealed {},
    /// The child died.
    ChildDied {},
    /// After compulsory school age an officer confirmed who holds the rights.
    RightsConfirmed { held: RightsHeld, parents_keep_access: bool, officer: StaffId },
    /// What somebody is to the child; recorded again under the same id, it takes the place of what was said before.
    RelationshipRecorded { relationship: RelationshipId, terms: Relationship },
    /// That is over.
    RelationshipEnded { relationship: RelationshipId },
    /// The child was referred to a service; why is beside the record.
    ReferralMade { referral: ReferralId, service: Specialism, organisation: Option<Organisation>, case: Option<CaseId> },
    /// The child had the first appointment of a referral.
    ReferralSeen { referral: ReferralId },
    /// The treatment a child was referred for began.
    ReferralTreated { referral: ReferralId },
    /// A referral came to its end.
    ReferralEnded { referral: ReferralId, why: ReferralEnd },
    /// The child is taught somewhere from a day on, which may lie ahead: where they really are, whatever a plan names.
    PlacementBegan {
        placement: PlacementId,
        /// What kind of place; an ordinary one at a setting unless told.
        #[serde(default, skip_serializing_if = "PlacementKind::is_ordinary")]
        placement_kind: PlacementKind,
        /// None where the child is taught at no setting, or not at all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setting: Option<Organisation>,
        from: NaiveDate,
        /// Whether they go there beside another setting.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        alongside: bool,
        /// On what terms, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        terms: Option<Box<PlacementTerms>>,
    },
    /// From a day on the child is there on other terms; those of before stand no more.
    PlacementTermsChanged { placement: PlacementId, from: NaiveDate, terms: Box<PlacementTerms> },
    /// The child came back from alternative provision; what it did for them is beside the record.
    Reintegrated { placement: PlacementId, setting: Option<Organisation>, full_time: bool },
    /// That is over after a day, which may lie ahead.
    PlacementEnded { placement: PlacementId, last_day: NaiveDate },
    /// It was settled that the child is in another year group than others of their age, or with them again; why in full is beside
    /// the record.
    YearGroupSet {
        /// By how many year groups they are ahead from then on; below 0: behind.
        offset: i8,
        /// The first school year in which they are.
        from: SchoolYear,
        why: YearGroupReason,
    },
    /// The child was out of school; why in words is beside the record.
    DaysOut {
        placement: PlacementId,
        because: OutBecause,
        from: NaiveDate,
        /// None: they do not come back.
        to: Option<NaiveDate>,
        /// Half days of school.
        sessions: u16,
    },
    /// Something about the child was put under the authority's eye.
    ChildFlagged { flag: ChildFlag },
    /// That is over.
    ChildUnflagged { flag: ChildFlag },
    /// Transport to school was arranged, from a day on which may lie ahead.
    TransportArranged {
        transport: TransportId,
        means: TransportMeans,
        from: NaiveDate,
        /// In whole pounds.
        yearly_cost: u32,
        /// Percent by agency.
        #[serde(default, skip_serializing_if = "Shares::is_empty")]
        shares: Shares,
    },
    /// That is over after a day, which may lie ahead.
    TransportEnded { transport: TransportId, last_day: NaiveDate },
    /// A request for an assessment arrived, or the child was otherwise brought to attention.
    RequestReceived {
        case: CaseId,
        by: RequestedBy,
        /// The setting the child attends, if any.
        setting: Option<Organisation>,
        /// The family member who asked through the API, by their token's subject.
        requester: Option<String>,
        /// The case's human reference.
        reference: String,
        /// Files of what may be the same child, for staff to tell apart.
        possible_duplicates: Vec<ChildId>,
        /// Whether the child or young person is in youth accommodation.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        detained: bool,
    },
    /// Somebody else asked for the same assessment: their request joined the open case.
    RequestJoined {
        case: CaseId,
        by: RequestedBy,
        /// The setting the child attends, if they said.
        setting: Option<Organisation>,
        /// The family member who asked through the API, by their token's subject.
        requester: Option<String>,
        /// Whether the child or young person is in youth accommodation.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        detained: bool,
    },
    /// The officer recorded what a health body's notification amounts to.
    NotificationEffectRecorded { case: CaseId, request: EventId, effect: NotificationEffect, officer: StaffId },
    /// The child has a plan: an officer took the request as one for a reassessment.
    TakenAsReassessment { case: CaseId, officer: StaffId },
    /// The case was given to a case worker.
    CaseAllocated { case: CaseId, case_worker: StaffId },
    /// The officer decided whether to assess.
    AssessmentDecided { case: CaseId, outcome: AssessmentOutcome, officer: StaffId, item: Option<ItemId> },
    /// The family was notified of that decision.
    AssessmentDecisionNotified { case: CaseId },
    /// Advice was asked for.
    AdviceRequested {
        case: CaseId,
        advice: AdviceId,
        giver: AdviceGiver,
        organisation: Option<Organisation>,
        /// Which kind of service, where the giver leaves that open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        specialism: Option<Specialism>,
    },
    /// The body received the request for advice: its six weeks begin.
    AdviceRequestReceived { case: CaseId, advice: AdviceId },
    /// The advice came back, or an answer in its place.
    AdviceReturned {
        case: CaseId,
        advice: AdviceId,
        /// What was answered; the advice itself unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<AdviceAnswer>,
        /// Who may read what is beside the record; the authority's staff alone unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visibility: Option<Visibility>,
        /// The document of the case that it came as.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
    },
    /// Whoever was asked was reminded of the advice.
    AdviceChased { case: CaseId, advice: AdviceId, means: ChaserMeans },
    /// The case worker judged how good the advice is; the reasons are beside the record. The clock stays that of the request.
    AdviceJudged {
        case: CaseId,
        advice: AdviceId,
        judgement: AdviceJudgement,
        /// What it lacks.
        unmet: Vec<AdviceCriterion>,
        /// Whether it went back to its giver to be made good.
        sent_back: bool,
        visibility: Visibility,
    },
    /// It was said why the advice is late.
    AdviceDelayed { case: CaseId, advice: AdviceId, reason: DelayReason, expected_on: Option<NaiveDate> },
    /// It was settled who writes the advice; the name is beside the record. The clock stays that of the request.
    AdviceAllocated {
        case: CaseId,
        advice: AdviceId,
        employment: Employment,
        organisation: Option<Organisation>,
        /// The day on which they are to see the child.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visit_on: Option<NaiveDate>,
    },
    /// The child was seen for the advice.
    AdviceVisited { case: CaseId, advice: AdviceId },
    /// The advice was signed off; by whom is beside the record.
    AdviceSignedOff { case: CaseId, advice: AdviceId },
    /// Existing advice was taken up in the place of new.
    AdviceReused {
        case: CaseId,
        advice: AdviceId,
        giver: AdviceGiver,
        organisation: Option<Organisation>,
        /// The day of the existing advice.
        advice_of: NaiveDate,
        /// The days on which each agreed that it is sufficient.
        giver_agreed_on: Option<NaiveDate>,
        authority_agreed_on: Option<NaiveDate>,
        family_agreed_on: Option<NaiveDate>,
    },
    /// The authority claims that an exception made a limit impractical to meet.
    ExceptionClaimed {
        case: CaseId,
        paragraph: String,
        from: NaiveDate,
        to: NaiveDate,
        /// The setting that was closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setting: Option<Organisation>,
        /// The advice it made late; every advice unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advice: Option<AdviceId>,
        /// The day the setting was asked, where no request for advice shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_on: Option<NaiveDate>,
    },
    /// The family was told that an exception is relied on.
    ExceptionTold { case: CaseId, claim: EventId },
    /// The authority no longer relies on an exception.
    ExceptionWithdrawn { case: CaseId, claim: EventId },
    /// The family was told of a delay: why, what is awaited, and by when.
    DelayTold {
        case: CaseId,
        reason: DelayReason,
        advice: Option<AdviceId>,
        expected_by: NaiveDate,
        /// To whom the letter was sent, where that is known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        recipients: Vec<DelayRecipient>,
    },
    /// The family gave its views, or the child's; what they are is beside the record.
    ViewsGiven {
        case: CaseId,
        whose: Voice,
        visibility: Visibility,
        /// The family member who gave them through the API, by their token's subject.
        account: Option<String>,
    },
    /// The family told the authority that it wants mediation.
    MediationAsked {
        case: CaseId,
        about: Matter,
        /// The family member who said so through the API, by their token's subject.
        account: Option<String>,
    },
    /// A mediation meeting took place.
    MediationHeld { case: CaseId, about: Matter },
    /// The Tribunal registered an appeal.
    AppealRegistered { case: CaseId, about: Matter },
    /// The officer decided whether a plan will be made.
    PlanDecided { case: CaseId, outcome: PlanOutcome, officer: StaffId, item: Option<ItemId> },
    /// The family was notified of that decision.
    PlanDecisionNotified { case: CaseId },
    /// A refusal to assess, or to make a plan, was reversed; the decision stays what it was.
    RefusalReversed { case: CaseId, about: Refused, by: ReversedBy },
    /// A draft plan was served on the family. Whether it names a placement is a fact of its own: s.38(5) forbids it.
    DraftPlanServed {
        case: CaseId,
        draft: DraftId,
        names_placement: bool,
        /// Why it was served; unknown in entries older than the question.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<DraftChange>,
    },
    /// The family made representations on a draft; what they say of each section is beside the record.
    RepresentationsMade {
        case: CaseId,
        draft: DraftId,
        /// The letters of the sections they speak of.
        sections: Vec<String>,
        /// The family member who made them through the API, by their token's subject.
        account: Option<String>,
    },
    /// The family said that it has nothing more to say on a draft.
    RepresentationsComplete { case: CaseId, draft: DraftId, account: Option<String> },
    /// The family asked for a setting.
    SettingRequested { case: CaseId, setting: Organisation, account: Option<String> },
    /// An officer met the family about the draft.
    OfficerMet { case: CaseId, officer: StaffId },
    /// A setting was consulted on the draft.
    ConsultationSent {
        case: CaseId,
        consultation: ConsultationId,
        setting: Organisation,
        /// The other authority that maintains the setting, where one does.
        other_authority: Option<AuthorityCode>,
        /// The change of phase of a plan it is about; a draft plan where it is about none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transfer: Option<TransferId>,
    },
    /// The setting received the consultation.
    ConsultationReceived { case: CaseId, consultation: ConsultationId },
    /// The setting answered.
    ConsultationAnswered {
        case: CaseId,
        consultation: ConsultationId,
        answer: ConsultationAnswer,
        /// What a place would cost, in whole pounds a year.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        yearly_cost: Option<u32>,
    },
    /// The authority took the consultation back.
    ConsultationWithdrawn { case: CaseId, consultation: ConsultationId },
    /// The health body agreed the health provision that section G is to name.
    HealthProvisionAgreed { case: CaseId, health_body: Organisation },
    /// The final plan was sent.
    FinalPlanSent {
        case: CaseId,
        plan: PlanId,
        placement: Placement,
        /// Whether its section G names health provision; unknown in entries older than the question.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        health_provision: Option<bool>,
    },
    /// The child has a plan that was made before the authority's record of them begins here: in an older system, or by another authority.
    /// It opens a case, of whose assessment nothing is known. What the plan says is beside the record.
    PlanTakenOver {
        case: CaseId,
        plan: PlanId,
        /// The case's human reference.
        reference: String,
        placement: Placement,
        /// The day of the last decision after a review, of those that are not on this record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_reviewed_on: Option<NaiveDate>,
        /// The authority that made it, where that is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_by: Option<AuthorityCode>,
        /// The day from which this authority maintains it, where another made it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maintained_from: Option<NaiveDate>,
        /// The case worker who has the case from the start, where one was named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case_worker: Option<StaffId>,
    },
    /// A statutory notice was sent; what it says is beside the record.
    NoticeSent {
        case: CaseId,
        notice: NoticeId,
        notice_kind: NoticeKind,
        /// The day the letter carries.
        dated: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<DraftId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<PlanId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewId>,
        /// The entry by which the family is recorded as notified.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notification: Option<EventId>,
        /// Whether another system sent it, so that its letter is not kept here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        elsewhere: bool,
        /// What it lacked of what the law asks for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<NoticeItem>,
    },
    /// It was sent to one recipient.
    NoticeSentTo {
        case: CaseId,
        notice: NoticeId,
        recipient: RecipientKind,
        relationship: Option<RelationshipId>,
        organisation: Option<Organisation>,
        /// The account of a family member who is known only by it.
        account: Option<String>,
        means: Means,
    },
    /// Somebody asked for a notice in another form.
    NoticeFormatRequested {
        case: CaseId,
        notice: NoticeId,
        request: NoticeFormatId,
        format: NoticeFormat,
        relationship: Option<RelationshipId>,
        /// The account of a family member who is known only by it.
        account: Option<String>,
        /// The day by which it was promised.
        due_on: Option<NaiveDate>,
    },
    /// It was provided in that form.
    NoticeFormatProvided { case: CaseId, notice: NoticeId, request: NoticeFormatId, means: Means },
    /// A version of a document was filed. What it is called is beside the record, what it holds is in the file.
    DocumentFiled {
        case: CaseId,
        document: DocumentId,
        file: FileId,
        role: DocumentRole,
        /// What it belongs to: a request, advice, an item, a draft, representations or a notice, as the role says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Uuid>,
        visibility: Visibility,
        /// SHA-256 of its content, in hexadecimal.
        sha256: String,
        bytes: u64,
        media_type: String,
        /// The organisation that brought it, when it is not the authority.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<Organisation>,
        /// The family member who brought it, by their token's subject.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
    },
    /// A request was withdrawn: this one, or without one, that which opened the case.
    RequestWithdrawn {
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<EventId>,
    },
    /// The authority is not, or no longer, responsible for the child.
    ResponsibilityEnded { case: CaseId, why: WhyNotResponsible, forwarded_to: Option<AuthorityCode> },
    /// Somebody asked for a review of a plan before it is due; why is beside the record.
    ReviewRequested {
        plan: PlanId,
        request: ReviewRequestId,
        by: RequestedBy,
        /// The family member who asked through the API, by their token's subject.
        account: Option<String>,
        /// The setting that asked.
        organisation: Option<Organisation>,
    },
    /// They were answered; the reasons are beside the record.
    ReviewRequestAnswered { plan: PlanId, request: ReviewRequestId, answer: ReviewRequestAnswer, officer: StaffId },
    /// The day was set on which the meeting of a review is to be held.
    ReviewMeetingPlanned {
        plan: PlanId,
        review: ReviewId,
        meets_on: NaiveDate,
        /// Why it is held, where that is told with its day; the reason of one that is not yearly is beside the record.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        purposes: Vec<ReviewPurpose>,
        /// Who convenes it, where that is told with its day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        convened_by: Option<Convener>,
        /// The type of the setting the plan named then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setting_type: Option<SettingType>,
        /// The request it follows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<ReviewRequestId>,
    },
    /// Everyone named was invited to the meeting of a review.
    ReviewInvitationsSent { plan: PlanId, review: ReviewId, to: Vec<ReviewParty> },
    /// The advice and information for the meeting was sent round.
    ReviewPapersSent { plan: PlanId, review: ReviewId, to: Vec<ReviewParty> },
    /// The meeting of a review was not held on its day.
    ReviewMeetingMissed { plan: PlanId, review: ReviewId, because: MissedBecause },
    /// Views were given for a review; what they are is beside the record.
    ReviewViewsGiven {
        plan: PlanId,
        review: ReviewId,
        whose: Voice,
        /// The family member who gave them through the API, by their token's subject.
        account: Option<String>,
        /// The setting that gave them, its own or as it was told.
        organisation: Option<Organisation>,
    },
    /// The meeting of a review was held.
    ReviewMeetingHeld {
        plan: PlanId,
        review: ReviewId,
        /// Why it was held, where that was not told with its day.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        purposes: Vec<ReviewPurpose>,
        /// Who convened it, where that was not told with its day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        convened_by: Option<Convener>,
        /// The type of the setting the plan named then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setting_type: Option<SettingType>,
        /// Who came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        came: Option<Vec<ReviewParty>>,
        /// How the child or young person had part in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        child: Option<ChildInvolvement>,
        /// The national curriculum year they were in on that day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year_group: Option<YearGroup>,
    },
    /// The report of the meeting was sent to everyone invited; what it says is beside the record.
    ReviewReportSent {
        plan: PlanId,
        review: ReviewId,
        /// What it recommends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recommends: Option<ReviewOutcome>,
        /// How far each outcome is met; the outcomes are beside the record, in the same order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<Vec<OutcomeProgress>>,
        /// The pathways to adulthood that were considered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathways: Option<Vec<Pathway>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        health_check: Option<HealthCheck>,
        /// How far the move to adults' services is prepared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transition: Option<AdulthoodTransition>,
    },
    /// The authority decided what follows from the review.
    ReviewDecided { plan: PlanId, review: ReviewId, outcome: ReviewOutcome, officer: StaffId },
    /// The family and the setting were notified of that decision.
    ReviewDecisionNotified { plan: PlanId, review: ReviewId },
    /// The notice of proposed amendments was sent to the family; why, and what each section would say, is beside the record.
    AmendmentNoticeSent {
        plan: PlanId,
        amendment: AmendmentId,
        /// The review it follows; none of an amendment without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewId>,
        officer: StaffId,
        /// The letters of the sections that would change.
        sections: Vec<String>,
    },
    /// That notice was served, on another day than it was sent.
    AmendmentNoticeServed { plan: PlanId, amendment: AmendmentId },
    /// The family made representations on proposed amendments; what they say of each section is beside the record.
    AmendmentRepresentationsMade {
        plan: PlanId,
        amendment: AmendmentId,
        /// The letters of the sections they speak of.
        sections: Vec<String>,
        /// Whether the family has nothing more to say.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        complete: bool,
        /// The family member who made them through the API, by their token's subject.
        account: Option<String>,
    },
    /// The family was told that the plan is not amended after all; why is beside the record.
    AmendmentDeclined { plan: PlanId, amendment: AmendmentId, officer: StaffId },
    /// The amended plan was sent: another version of the plan, whose sections are beside the record, as is why.
    AmendedPlanSent {
        plan: PlanId,
        amendment: AmendmentId,
        /// The review it follows, where no notice of proposals says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewId>,
        placement: Placement,
        officer: StaffId,
        /// The letters of the sections that changed.
        sections: Vec<String>,
        /// Whether section G names health provision that it did not name before.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        health_provision: bool,
    },
    /// A step was taken that comes before a plan is ceased.
    CessationStepTaken { plan: PlanId, step: CessationStep },
    /// It was decided to cease the plan, otherwise than at a review; the reasons are beside the record.
    CessationDecided { plan: PlanId, officer: StaffId },
    /// The family was notified of that decision.
    CessationNotified { plan: PlanId },
    /// The authority no longer maintains the plan.
    PlanCeased { plan: PlanId, reason: CeaseReason },
    /// A piece of the provision that section F names was arranged; what the plan says of it is beside the record.
    ProvisionArranged {
        plan: PlanId,
        provision: ProvisionId,
        provision_kind: ProvisionKind,
        provider: Option<Organisation>,
        from: NaiveDate,
        /// How many minutes it is, in a time.
        minutes: Option<u32>,
        per: Option<PerTime>,
    },
    /// It is due no more after a day.
    ProvisionEnded { plan: PlanId, provision: ProvisionId, last_day: NaiveDate },
    /// It was known to be delivered.
    ProvisionDelivered { plan: PlanId, provision: ProvisionId },
    /// It was not delivered, or not in full.
    ProvisionUndelivered {
        plan: PlanId,
        provision: ProvisionId,
        shortfall: ShortfallId,
        from: NaiveDate,
        /// The last day; unknown while it goes on.
        to: Option<NaiveDate>,
        why: WhyUndelivered,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        partly: bool,
    },
    /// That was made good; how is beside the record.
    ProvisionRemedied { plan: PlanId, provision: ProvisionId, shortfall: ShortfallId, remedy: Remedy },
    /// An officer confirmed that the child changes the phase of education on a day: the setting after it is to be named in time.
    PhaseTransferPlanned {
        plan: PlanId,
        transfer: TransferId,
        transfer_kind: PhaseTransfer,
        transfer_on: NaiveDate,
        /// The setting they move on from, where one is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_setting: Option<Organisation>,
    },
    /// An officer found that a change of phase that seemed to be due, or was confirmed, is not; the words are beside the record.
    PhaseTransferNotDue { plan: PlanId, transfer: TransferId, transfer_on: NaiveDate, why: WhyNotDue },
    /// The first direct payment was made for what a plan provides.
    DirectPaymentsStarted {
        plan: PlanId,
        payments: DirectPaymentsId,
        /// In whole pounds.
        yearly_amount: u32,
        /// Percent by agency.
        #[serde(default, skip_serializing_if = "Shares::is_empty")]
        shares: Shares,
    },
    /// Direct payments were reviewed; with an amount, they go on at that from then on.
    DirectPaymentsReviewed {
        plan: PlanId,
        payments: DirectPaymentsId,
        outcome: DirectPaymentsOutcome,
        /// In whole pounds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        yearly_amount: Option<u32>,
    },
    /// Direct payments stopped.
    DirectPaymentsEnded { plan: PlanId, payments: DirectPaymentsId },
    /// A panel's meeting was convened, on terms that its kind had then.
    MeetingConvened {
        panel: String,
        members: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        panel_kind: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        chair: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agencies: Option<BTreeMap<String, Agency>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quorum: Option<u16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quorum_agencies: Option<Vec<Agency>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interval_days: Option<u16>,
    },
    /// A case was put on the agenda.
    ItemAdded {
        item: ItemId,
        child: ChildId,
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Vec<Why>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<Question>,
        /// In whole pounds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        yearly_cost: Option<u32>,
        /// The deferred item of an earlier meeting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follows: Option<ItemId>,
    },
    /// The agenda's order was set, and when each item's turn is.
    AgendaSet { order: Vec<ItemId>, times: BTreeMap<ItemId, NaiveTime> },
    /// Entries of the case were chosen for the members to read; all of them, each time.
    PapersChosen { item: ItemId, child: ChildId, case: CaseId, papers: Vec<EventId> },
    /// A member declared a conflict of interest.
    ConflictDeclared { item: ItemId, child: ChildId, case: CaseId, member: String },
    /// Who came to the meeting.
    AttendanceRecorded { present: Vec<String>, apologies: Vec<String> },
    /// The panel made its recommendation on an item.
    Recommended {
        item: ItemId,
        child: ChildId,
        case: CaseId,
        recommendation: Recommendation,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met: Option<Vec<Limb>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_met: Option<Vec<Limb>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dissent: Option<Vec<String>>,
        /// Percent by agency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shares: Option<BTreeMap<Agency, u8>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        health_agreed: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Vec<Missing>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        short_of_quorum: Option<bool>,
    },
    /// The minutes of an item were taken, or of the meeting as a whole.
    MinutesTaken { item: Option<ItemId>, child: Option<ChildId>, case: Option<CaseId> },
    /// The meeting was closed: from here on it is only put right.
    MeetingClosed {},
    /// An entry was put right: the fact as it should have stood.
    Corrected { of: EventId, occurred_on: Option<NaiveDate>, fact: Box<Fact> },
    /// An entry should never have been made.
    Struck { of: EventId },
    /// Another version of the law register took the place of the one before: what is due was computed anew from here on.
    /// The digest is of the rows that were computed under earlier versions, which stay as they are.
    RegisterAdopted { version: String, from: String, digest: String },
    /// Settings were sent the list of the reviews that are due in a term, by the term's first day.
    ReviewListSent { term: NaiveDate, settings: Vec<Organisation> },
    /// Read-trail rows up to this one were sealed into the chain.
    TrailSealed { up_to: i64, rows: i64, digest: String },
}
