//! THE POLICY: what each role may ask for, and how far it reaches. One `match`; a test prints it as a table.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use strum::VariantArray;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{Caller, Role};
use crate::record::{Action, AuthorityId, Reader, person};

/// Something a person can ask the API for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Record something in a child's file.
    Record(Action),
    /// See cases, their timelines and deadlines.
    SeeCases,
    /// See a child's identity.
    SeeChildren,
    /// Register a child, or set their identity anew.
    KeepChildren,
    /// Keep the requests a setting has begun and not yet sent.
    KeepRequestForms,
    /// See what people are to a child, and how they are reached.
    SeeRelationships,
    /// See the requests for advice as a queue, and what they add up to.
    SeeAdvice,
    /// Say how many requests for advice a service can take on in a week.
    KeepAdviceCapacity,
    /// See to which services a child was referred.
    SeeReferrals,
    /// See where children are taught.
    SeePlacements,
    /// See the register of alternative provision and the list of vulnerable children.
    SeeOversight,
    /// See the transport and the direct payments of a child, with what they cost.
    SeeFunding,
    /// Set how many places a setting has.
    KeepCapacity,
    /// See plans and their reviews.
    SeePlans,
    /// See who was shown a child's data.
    SeeReaders,
    /// See panels' meetings and agendas.
    SeePanels,
    /// Convene a panel's meeting and set its agenda.
    KeepPanels,
    /// Record a panel's recommendation.
    Recommend,
    /// Declare a conflict of interest in an item of a panel.
    DeclareConflict,
    /// See what was recorded although the law says otherwise.
    SeeConcerns,
    /// See which documents there are in a case.
    SeeDocuments,
    /// Read what a document of a case holds.
    ReadDocuments,
    /// Compose statutory notices, and see what each lacks.
    ComposeNotices,
    /// See the statutory notices that were sent.
    SeeNotices,
    /// See what the authority itself puts into its notices.
    SeeWordings,
    /// Keep what the authority itself puts into its notices.
    KeepWordings,
    /// See the contacts of a case: calls, letters, emails and meetings.
    SeeContacts,
    /// Record contacts, put them right, or strike them.
    RecordContacts,
    /// See messages about cases, and say that they were read.
    SeeMessages,
    /// Write messages about cases.
    WriteMessages,
    /// Say that a message needs no reply here.
    SettleMessages,
    /// Make reminders, see them, and mark them as done.
    KeepReminders,
    /// Read statistics.
    SeeStatistics,
    /// Follow the change feed.
    FollowEvents,
    /// Read who saw what.
    SeeAudit,
    /// See what is due in cases, and who has how much of it.
    SeeWorklists,
    /// Lend worklists.
    KeepCovers,
    /// See staff, teams and settings.
    SeeDirectory,
    /// Keep staff, teams and settings.
    KeepDirectory,
    /// Keep the calendars: the terms, and when settings are closed.
    KeepClosures,
    /// Read who the caller is and what they may do.
    SeeSelf,
}

impl Ask {
    /// Everything that can be asked, in the order the policy is printed.
    pub fn all() -> impl Iterator<Item = Ask> {
        Action::VARIANTS.iter().copied().map(Ask::Record).chain([
            Ask::SeeCases,
            Ask::SeeChildren,
            Ask::KeepChildren,
            Ask::KeepRequestForms,
            Ask::SeeRelationships,
            Ask::SeeAdvice,
            Ask::KeepAdviceCapacity,
            Ask::SeeReferrals,
            Ask::SeePlacements,
            Ask::SeeOversight,
            Ask::SeeFunding,
            Ask::KeepCapacity,
            Ask::SeePlans,
            Ask::SeeReaders,
            Ask::SeePanels,
            Ask::KeepPanels,
            Ask::Recommend,
            Ask::DeclareConflict,
            Ask::SeeConcerns,
            Ask::SeeDocuments,
            Ask::ReadDocuments,
            Ask::ComposeNotices,
            Ask::SeeNotices,
            Ask::SeeWordings,
            Ask::KeepWordings,
            Ask::SeeContacts,
            Ask::RecordContacts,
            Ask::SeeMessages,
            Ask::WriteMessages,
            Ask::SettleMessages,
            Ask::KeepReminders,
            Ask::SeeStatistics,
            Ask::FollowEvents,
            Ask::SeeAudit,
            Ask::SeeWorklists,
            Ask::KeepCovers,
            Ask::SeeDirectory,
            Ask::KeepDirectory,
            Ask::KeepClosures,
            Ask::SeeSelf,
        ])
    }

    /// The name the API and the policy's table use.
    pub fn as_str(self) -> &'static str {
        match self {
            Ask::Record(action) => action.as_str(),
            Ask::SeeCases => "see_cases",
            Ask::SeeChildren => "see_children",
            Ask::KeepChildren => "keep_children",
            Ask::KeepRequestForms => "keep_request_forms",
            Ask::SeeRelationships => "see_relationships",
            Ask::SeeAdvice => "see_advice",
            Ask::KeepAdviceCapacity => "keep_advice_capacity",
            Ask::SeeReferrals => "see_referrals",
            Ask::SeePlacements => "see_placements",
            Ask::SeeOversight => "see_oversight",
            Ask::SeeFunding => "see_funding",
            Ask::KeepCapacity => "keep_capacity",
            Ask::SeePlans => "see_plans",
            Ask::SeeReaders => "see_readers",
            Ask::SeePanels => "see_panels",
            Ask::KeepPanels => "keep_panels",
            Ask::Recommend => "recommend",
            Ask::DeclareConflict => "declare_conflict",
            Ask::SeeConcerns => "see_concerns",
            Ask::SeeDocuments => "see_documents",
            Ask::ReadDocuments => "read_documents",
            Ask::ComposeNotices => "compose_notices",
            Ask::SeeNotices => "see_notices",
            Ask::SeeWordings => "see_wordings",
            Ask::KeepWordings => "keep_wordings",
            Ask::SeeContacts => "see_contacts",
            Ask::RecordContacts => "record_contacts",
            Ask::SeeMessages => "see_messages",
            Ask::WriteMessages => "write_messages",
            Ask::SettleMessages => "settle_messages",
            Ask::KeepReminders => "keep_reminders",
            Ask::SeeStatistics => "see_statistics",
            Ask::FollowEvents => "follow_events",
            Ask::SeeAudit => "see_audit",
            Ask::SeeWorklists => "see_worklists",
            Ask::KeepCovers => "keep_covers",
            Ask::SeeDirectory => "see_directory",
            Ask::KeepDirectory => "keep_directory",
            Ask::KeepClosures => "keep_closures",
            Ask::SeeSelf => "see_self",
        }
    }
}

impl From<Action> for Ask {
    fn from(action: Action) -> Self {
        Ask::Record(action)
    }
}

impl Serialize for Ask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialSchema for Ask {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Something a role may or may not ask for."))
            .enum_values(Some(Ask::all().map(Ask::as_str)))
            .into()
    }
}

impl ToSchema for Ask {}

/// How far a permit reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The children granted to the caller, by `visible`.
    Granted,
    /// Every child of the authority.
    Authority,
}

impl Reach {
    /// The name the database's context uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Reach::Granted => "granted",
            Reach::Authority => "authority",
        }
    }
}

/// The policy. None: the role may not ask for it at all.
pub fn reach(role: Role, ask: Ask) -> Option<Reach> {
    use Action::*;
    use Ask::*;
    use Reach::{Authority, Granted};
    match (role, ask) {
        (_, SeeSelf) => Some(Granted),
        // A form is the setting's alone until it is sent.
        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, KeepRequestForms) => None,

        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeeRelationships | Record(RecordDeath)) => Some(Authority),
        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeePlacements | SeeOversight | SeeFunding) => Some(Authority),
        (_, SeeOversight | SeeFunding) => None,
        (Role::Manager | Role::Administrator, KeepCapacity) => Some(Authority),
        (_, KeepCapacity) => None,
        // What the trail tells a family; the auditor reads the trail itself.
        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeeReaders) => None,
        (Role::DecisionMaker, Record(ConfirmRights)) | (Role::Manager, Record(SealIdentity)) => Some(Authority),
        (Role::CaseWorker, Record(ConfirmRights | SealIdentity)) => None,

        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeeWorklists) => Some(Authority),
        // A case worker lends their own list, a manager anybody's: `service::covers` tells them apart.
        (Role::CaseWorker | Role::Manager, KeepCovers) => Some(Authority),
        (_, SeeWorklists | KeepCovers) => None,
        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, ComposeNotices | SeeNotices | SeeWordings) => Some(Authority),
        (Role::Family, SeeNotices | Record(RequestNoticeFormat)) | (Role::School, SeeNotices) => Some(Granted),
        (Role::Manager | Role::Administrator, KeepWordings) | (Role::Administrator, SeeWordings) => Some(Authority),
        (_, ComposeNotices | SeeNotices | SeeWordings | KeepWordings) => None,
        (Role::DecisionMaker, Record(SendNotice)) => Some(Authority),

        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeeAdvice | SeeReferrals) => Some(Authority),
        // A service sees and keeps its own, and so does a school of what it was asked.
        (Role::School | Role::AdviceGiver, SeeAdvice) | (Role::AdviceGiver, KeepAdviceCapacity | SeeReferrals) => Some(Granted),
        (Role::Manager, KeepAdviceCapacity) => Some(Authority),
        (_, SeeAdvice | KeepAdviceCapacity | SeeReferrals) => None,
        (
            Role::CaseWorker | Role::DecisionMaker | Role::Manager,
            SeeContacts | RecordContacts | SeeMessages | WriteMessages | SettleMessages | KeepReminders,
        ) => Some(Authority),
        // Of these only what is shared with them, and what they wrote or were sent.
        (Role::Family | Role::School, SeeContacts | SeeMessages | WriteMessages) => Some(Granted),
        (_, SeeContacts | RecordContacts | SeeMessages | WriteMessages | SettleMessages | KeepReminders) => None,

        (Role::CaseWorker | Role::DecisionMaker | Role::Manager, SeeDocuments | ReadDocuments | Record(FileDocument)) => {
            Some(Authority)
        }
        // Each what is for them, and what they brought themselves.
        (Role::School | Role::AdviceGiver | Role::Family, SeeDocuments | ReadDocuments | Record(FileDocument)) => Some(Granted),
        (_, SeeDocuments | ReadDocuments) => None,

        (
            Role::CaseWorker,
            Record(DecideAssessment | DecidePlan | ReverseRefusal | DecideReview | DeclineAmendments | DecideCessation),
        ) => None,
        (Role::CaseWorker, Record(_) | SeeCases | SeeChildren | KeepChildren | SeePlans | SeePanels | KeepPanels) => {
            Some(Authority)
        }
        (Role::CaseWorker, Recommend | DeclareConflict | SeeConcerns | FollowEvents | SeeDirectory | KeepClosures) => {
            Some(Authority)
        }
        (Role::CaseWorker, SeeStatistics | SeeAudit | KeepDirectory) => None,

        (Role::DecisionMaker, Record(DecideAssessment | NotifyAssessmentDecision | DecidePlan | NotifyPlanDecision)) => {
            Some(Authority)
        }
        (
            Role::DecisionMaker,
            Record(ReverseRefusal | RecordOfficerMeeting | DecideReview | NotifyReviewDecision | CorrectEntry | StrikeEntry),
        ) => Some(Authority),
        (Role::DecisionMaker, Record(RecordNotificationEffect | TakeAsReassessment | DeclineAmendments | DecideCessation)) => {
            Some(Authority)
        }
        (Role::DecisionMaker, Record(AnswerReviewRequest)) => Some(Authority),
        (Role::DecisionMaker, Record(ConfirmPhaseTransfers)) => Some(Authority),
        (Role::DecisionMaker, Record(_) | KeepChildren | KeepPanels | FollowEvents | SeeAudit | KeepDirectory | KeepClosures) => {
            None
        }
        (
            Role::DecisionMaker,
            SeeCases | SeeChildren | SeePlans | SeePanels | Recommend | DeclareConflict | SeeConcerns | SeeStatistics
            | SeeDirectory,
        ) => Some(Authority),

        (Role::Manager, Record(AllocateCase | CorrectEntry | StrikeEntry)) => Some(Authority),
        (
            Role::Manager,
            Record(_) | KeepChildren | KeepPanels | Recommend | DeclareConflict | SeeAudit | KeepDirectory | KeepClosures,
        ) => None,
        (
            Role::Manager,
            SeeCases | SeeChildren | SeePlans | SeePanels | SeeConcerns | SeeStatistics | FollowEvents | SeeDirectory,
        ) => Some(Authority),

        (Role::School, Record(SubmitRequest | JoinRequest | WithdrawRequest)) => Some(Granted),
        (Role::School, Record(AnswerConsultation | HoldReviewMeeting | SendReviewReport)) => Some(Granted),
        // What an advice giver records of a request is its own.
        (
            Role::School | Role::AdviceGiver,
            Record(RecordAdvice | ExplainLateAdvice | AllocateAdvice | RecordAdviceVisit | SignOffAdvice),
        ) => Some(Granted),
        // Of the referrals made to its organisation.
        (Role::AdviceGiver, Record(KeepReferrals)) => Some(Granted),
        (
            Role::School,
            Record(PlanReview | ReportDelivery | SendReviewInvitations | SendReviewPapers | RecordMissedReview | GiveReviewViews),
        ) => Some(Granted),
        (Role::School | Role::Family, Record(RequestReview)) => Some(Granted),
        (Role::School, Record(RecordDaysOut)) => Some(Granted),
        (Role::School, SeeCases | SeeChildren | SeePlacements | SeePlans | KeepRequestForms) => Some(Granted),
        (Role::AdviceGiver, SeeCases | SeeChildren) => Some(Granted),
        (Role::Family, Record(SubmitRequest | JoinRequest | WithdrawRequest)) => Some(Granted),
        (Role::Family, Record(MakeRepresentations | RequestSetting) | SeeCases | SeeChildren | SeePlans) => Some(Granted),
        (
            Role::Family,
            Record(GiveViews | AskMediation | GiveReviewViews | AnswerAmendments | ReportDelivery)
            | SeeRelationships
            | SeeReaders,
        ) => Some(Granted),
        // The items and papers of their meetings, and nothing else of a case.
        (Role::PanelMember, SeePanels | DeclareConflict) => Some(Granted),
        (Role::School | Role::AdviceGiver | Role::Family | Role::PanelMember, _) => None,

        (Role::Auditor, SeeAudit) => Some(Authority),
        (Role::Auditor, _) => None,
        (Role::Administrator, SeeDirectory | KeepDirectory | KeepClosures) => Some(Authority),
        (Role::Administrator, _) => None,
    }
}

/// Proof that a caller may ask for something, and how far it reaches. The database bridge opens no transaction without one.
#[derive(Debug, Clone)]
pub struct Permit {
    caller: Caller,
    ask: Ask,
    /// None: the system itself.
    capacity: Option<Role>,
    reach: Reach,
}

/// The caller may not ask for this, whatever it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPermitted(pub Ask);

/// A permit for the caller, in the role that reaches furthest.
pub fn permit(caller: &Caller, ask: Ask) -> Result<Permit, NotPermitted> {
    caller
        .roles
        .iter()
        .filter_map(|role| reach(*role, ask).map(|reach| (reach, *role)))
        // The first role in the policy's order, among those that reach equally far.
        .max_by_key(|(reach, role)| (*reach, std::cmp::Reverse(*role)))
        .map(|(reach, capacity)| Permit { caller: caller.clone(), ask, capacity: Some(capacity), reach })
        .ok_or(NotPermitted(ask))
}

/// A permit for what the system does by itself in an authority: sealing, verifying, rebuilding. No request ever gets one.
pub fn system_permit(authority: AuthorityId, request_id: uuid::Uuid) -> Permit {
    let caller = Caller { subject: "system".into(), roles: BTreeSet::new(), authority, organisation: None, request_id };
    Permit { caller, ask: Ask::SeeSelf, capacity: None, reach: Reach::Authority }
}

impl Permit {
    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What for.
    pub fn ask(&self) -> Ask {
        self.ask
    }

    /// Whether it is this role that allows it.
    pub fn acts_as(&self, role: Role) -> bool {
        self.capacity == Some(role)
    }

    /// From where the caller reads what is kept with a case. None: they read none of it.
    pub fn reads_as(&self) -> Option<Reader> {
        self.capacity.and_then(Role::reads_as)
    }

    /// The name of the role that allows it.
    pub fn capacity(&self) -> &'static str {
        self.capacity.map_or("system", Role::as_str)
    }

    /// How far it reaches.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The authority it reaches into.
    pub fn authority(&self) -> AuthorityId {
        self.caller.authority
    }

    /// The names under which children can be granted to the caller in this capacity.
    pub fn grantees(&self) -> BTreeSet<String> {
        self.capacity.map(|capacity| grantees(&self.caller, capacity)).unwrap_or_default()
    }
}

/// A person is granted children as a person, an organisation's staff as the organisation.
fn grantees(caller: &Caller, capacity: Role) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match capacity {
        Role::School | Role::AdviceGiver => {
            names.extend(caller.organisation.iter().map(|organisation| organisation.as_str().to_owned()));
        }
        Role::Family | Role::PanelMember => {
            names.insert(person(&caller.subject));
        }
        _ => {}
    }
    names
}
