//! What can happen: every kind of fact the record knows, at its present version.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::codes::SettingType;
use super::ids::*;
use super::organisation::Organisation;
use crate::law::{AdviceGiver, Matter};

/// Who asked for the assessment (Children and Families Act 2014, s.36(1)), or brought the child to attention (s.24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestedBy {
    /// The child's parent.
    Parent,
    /// The young person themselves.
    YoungPerson,
    /// A person acting for a school.
    School,
    /// A person acting for a post-16 institution.
    #[serde(rename = "post_16")]
    Post16,
    /// Brought to the authority's attention by a health body or professional.
    Health,
    /// Brought to the authority's attention by social care.
    SocialCare,
    /// Brought to the authority's attention by anyone else.
    Other,
}

/// Whether the authority will assess (Children and Families Act 2014, s. 36(3), (8)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentOutcome {
    /// The authority will assess.
    Assess,
    /// The authority will not assess.
    Refuse,
}

/// Whether a plan is made after the assessment (Children and Families Act 2014, ss. 36(9), 37(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanOutcome {
    /// A plan will be prepared.
    Issue,
    /// No plan will be made.
    NoPlan,
}

/// What a review led to (SEND Regulations 2014, regs 20(10), 21(9)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The plan stays as it is.
    Maintain,
    /// The plan is to be amended.
    Amend,
    /// The plan is to end.
    Cease,
}

/// What section I of a final plan names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "names", rename_all = "snake_case", deny_unknown_fields)]
pub enum Placement {
    /// A particular setting.
    Setting {
        /// The setting named.
        setting: Organisation,
    },
    /// A type of setting only.
    #[serde(rename_all = "camelCase")]
    Type {
        /// The type named.
        setting_type: SettingType,
    },
    /// Neither, because education is arranged otherwise than in a setting (Children and Families Act 2014, s. 61).
    Neither,
}

/// What a panel advises. It never decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    /// Assess.
    Assess,
    /// Do not assess.
    Refuse,
    /// Prepare a plan.
    Issue,
    /// Make no plan.
    NoPlan,
    /// Not yet: something is missing.
    Defer,
}

/// Something that happened, as the statutes name it. Dates are in the envelope (`occurredOn`); personal data is beside the record.
#[expect(missing_docs, reason = "each field is the thing or the person its name says")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fact {
    /// A child's file was opened.
    ChildRegistered {},
    /// The child's identity was set anew.
    IdentityChanged {},
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
    },
    /// The case was given to a case worker.
    CaseAllocated { case: CaseId, case_worker: StaffId },
    /// The officer decided whether to assess.
    AssessmentDecided { case: CaseId, outcome: AssessmentOutcome, officer: StaffId, item: Option<ItemId> },
    /// The family was notified of that decision.
    AssessmentDecisionNotified { case: CaseId },
    /// Advice was asked for.
    AdviceRequested { case: CaseId, advice: AdviceId, giver: AdviceGiver, organisation: Option<Organisation> },
    /// The body received the request for advice: its six weeks begin.
    AdviceRequestReceived { case: CaseId, advice: AdviceId },
    /// The advice came back.
    AdviceReturned { case: CaseId, advice: AdviceId },
    /// The authority claims that an exception made a limit impractical to meet.
    ExceptionClaimed { case: CaseId, paragraph: String, from: NaiveDate, to: NaiveDate },
    /// A mediation meeting took place.
    MediationHeld { case: CaseId, about: Matter },
    /// The Tribunal registered an appeal.
    AppealRegistered { case: CaseId, about: Matter },
    /// The officer decided whether a plan will be made.
    PlanDecided { case: CaseId, outcome: PlanOutcome, officer: StaffId, item: Option<ItemId> },
    /// The family was notified of that decision.
    PlanDecisionNotified { case: CaseId },
    /// A draft plan was served on the family. Whether it names a placement is a fact of its own: s.38(5) forbids it.
    DraftPlanServed { case: CaseId, draft: DraftId, names_placement: bool },
    /// The final plan was sent.
    FinalPlanSent { case: CaseId, plan: PlanId, placement: Placement },
    /// The request was withdrawn.
    RequestWithdrawn { case: CaseId },
    /// The meeting of a review was held.
    ReviewMeetingHeld { plan: PlanId, review: ReviewId },
    /// The report of the meeting was sent to everyone invited.
    ReviewReportSent { plan: PlanId, review: ReviewId },
    /// The authority decided what follows from the review.
    ReviewDecided { plan: PlanId, review: ReviewId, outcome: ReviewOutcome, officer: StaffId },
    /// The family and the setting were notified of that decision.
    ReviewDecisionNotified { plan: PlanId, review: ReviewId },
    /// A panel's meeting was convened.
    MeetingConvened { panel: String, members: Vec<String> },
    /// A case was put on the agenda.
    ItemAdded { item: ItemId, child: ChildId, case: CaseId },
    /// The panel made its recommendation on an item.
    Recommended { item: ItemId, child: ChildId, case: CaseId, recommendation: Recommendation },
    /// An entry was put right: the fact as it should have stood.
    Corrected { of: EventId, occurred_on: Option<NaiveDate>, fact: Box<Fact> },
    /// An entry should never have been made.
    Struck { of: EventId },
    /// Another version of the law register took the place of the one before: what is due was computed anew from here on.
    /// The digest is of the rows that were computed under earlier versions, which stay as they are.
    RegisterAdopted { version: String, from: String, digest: String },
    /// Read-trail rows up to this one were sealed into the chain.
    TrailSealed { up_to: i64, rows: i64, digest: String },
}

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
        match self {
            Fact::ChildRegistered { .. } => "child_registered",
            Fact::IdentityChanged { .. } => "identity_changed",
            Fact::RequestReceived { .. } => "request_received",
            Fact::CaseAllocated { .. } => "case_allocated",
            Fact::AssessmentDecided { .. } => "assessment_decided",
            Fact::AssessmentDecisionNotified { .. } => "assessment_decision_notified",
            Fact::AdviceRequested { .. } => "advice_requested",
            Fact::AdviceRequestReceived { .. } => "advice_request_received",
            Fact::AdviceReturned { .. } => "advice_returned",
            Fact::ExceptionClaimed { .. } => "exception_claimed",
            Fact::MediationHeld { .. } => "mediation_held",
            Fact::AppealRegistered { .. } => "appeal_registered",
            Fact::PlanDecided { .. } => "plan_decided",
            Fact::PlanDecisionNotified { .. } => "plan_decision_notified",
            Fact::DraftPlanServed { .. } => "draft_plan_served",
            Fact::FinalPlanSent { .. } => "final_plan_sent",
            Fact::RequestWithdrawn { .. } => "request_withdrawn",
            Fact::ReviewMeetingHeld { .. } => "review_meeting_held",
            Fact::ReviewReportSent { .. } => "review_report_sent",
            Fact::ReviewDecided { .. } => "review_decided",
            Fact::ReviewDecisionNotified { .. } => "review_decision_notified",
            Fact::MeetingConvened { .. } => "meeting_convened",
            Fact::ItemAdded { .. } => "item_added",
            Fact::Recommended { .. } => "recommended",
            Fact::Corrected { .. } => "corrected",
            Fact::Struck { .. } => "struck",
            Fact::RegisterAdopted { .. } => "register_adopted",
            Fact::TrailSealed { .. } => "trail_sealed",
        }
    }

    /// What the fact is about.
    pub fn subject(&self) -> Subject {
        match self {
            Fact::ChildRegistered {} | Fact::IdentityChanged {} => Subject::Child,
            Fact::RequestReceived { case, .. }
            | Fact::CaseAllocated { case, .. }
            | Fact::AssessmentDecided { case, .. }
            | Fact::AssessmentDecisionNotified { case }
            | Fact::AdviceRequested { case, .. }
            | Fact::AdviceRequestReceived { case, .. }
            | Fact::AdviceReturned { case, .. }
            | Fact::ExceptionClaimed { case, .. }
            | Fact::MediationHeld { case, .. }
            | Fact::AppealRegistered { case, .. }
            | Fact::PlanDecided { case, .. }
            | Fact::PlanDecisionNotified { case }
            | Fact::DraftPlanServed { case, .. }
            | Fact::FinalPlanSent { case, .. }
            | Fact::RequestWithdrawn { case } => Subject::Case(*case),
            Fact::ReviewMeetingHeld { plan, .. }
            | Fact::ReviewReportSent { plan, .. }
            | Fact::ReviewDecided { plan, .. }
            | Fact::ReviewDecisionNotified { plan, .. } => Subject::Plan(*plan),
            Fact::ItemAdded { item, .. } | Fact::Recommended { item, .. } => Subject::Item(*item),
            Fact::Corrected { of, .. } | Fact::Struck { of } => Subject::Event(*of),
            Fact::MeetingConvened { .. } | Fact::RegisterAdopted { .. } | Fact::TrailSealed { .. } => Subject::Whole,
        }
    }

    /// The entry this one puts right or strikes, if it does.
    pub fn corrects(&self) -> Option<EventId> {
        match self {
            Fact::Corrected { of, .. } | Fact::Struck { of } => Some(*of),
            _ => None,
        }
    }
}
