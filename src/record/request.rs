//! Who asked for the assessment, when, and whose request is still alive?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::Standing;
use super::ids::EventId;
use super::organisation::Organisation;

/// Who asked for the assessment (Children and Families Act 2014, s.36(1); of a detained person, s.71(2)), or brought the child or
/// young person to the authority's attention (s.24(1)). Either starts the same clock.
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
    /// A nursery or another early years provider, which brings the child to attention.
    EarlyYearsProvider,
    /// A general practitioner.
    Gp,
    /// Another health body or professional.
    Health,
    /// A health body's notification of a child under school age (s.23(3)). An officer records what it amounts to.
    HealthNotification,
    /// A social worker, or social care.
    SocialCare,
    /// A member of the family who is not the child's parent.
    FamilyMember,
    /// The person in charge of the youth accommodation where the child or young person is detained (s.71(2)(b)).
    YouthAccommodation,
    /// Anyone else.
    Other,
}

impl RequestedBy {
    /// The source as the national return counts it (SEN2 item 2.2): 1 young person or parent, 2 school or other education setting,
    /// 3 health care professional, 4 social care professional, 5 other.
    pub const fn return_code(self) -> u8 {
        match self {
            Self::Parent | Self::YoungPerson => 1,
            Self::School | Self::Post16 | Self::EarlyYearsProvider => 2,
            Self::Gp | Self::Health | Self::HealthNotification => 3,
            Self::SocialCare => 4,
            Self::FamilyMember | Self::YouthAccommodation | Self::Other => 5,
        }
    }

    /// Whether whoever asks says by it that the child or young person is detained.
    pub const fn of_the_detained(self) -> bool {
        matches!(self, Self::YouthAccommodation)
    }
}

/// What a health body's notification under s.23 amounts to, as an officer recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotificationEffect {
    /// It brought the child to the authority's attention (s.24(1)): the clock runs from the day it was received.
    BroughtToAttention,
    /// It was for information: nobody asked for an assessment, and no clock runs.
    InformationOnly,
}

/// One request in a case: the one that opened it, or one that joined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The entry that recorded it.
    pub event: EventId,
    /// Who asked.
    pub by: RequestedBy,
    /// The setting the child attends, as this request has it.
    pub setting: Option<Organisation>,
    /// The family member who asked through the API.
    pub requester: Option<String>,
    /// Whether the child or young person was in youth accommodation.
    pub detained: bool,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// What a notification under s.23 amounts to, once an officer has said so.
    pub effect: Option<NotificationEffect>,
    /// The withdrawal, if it was withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

/// That a request was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// The entry that recorded it.
    pub event: EventId,
    /// The day; unknown only in imported history.
    pub on: Option<NaiveDate>,
}

impl Request {
    fn received(standing: &Standing) -> Option<Self> {
        let (by, setting, requester, detained) = match &standing.fact {
            Fact::RequestReceived { by, setting, requester, detained, .. }
            | Fact::RequestJoined { by, setting, requester, detained, .. } => (*by, setting, requester, *detained),
            _ => return None,
        };
        Some(Self {
            event: standing.event,
            by,
            setting: setting.clone(),
            requester: requester.clone(),
            detained: detained || by.of_the_detained(),
            received_on: standing.day(),
            effect: None,
            withdrawn: None,
        })
    }

    /// Whether it asks for anything. A notification does until an officer has recorded that it was for information only: the
    /// cautious reading, under which its clock runs.
    pub fn counts(&self) -> bool {
        self.effect != Some(NotificationEffect::InformationOnly)
    }

    /// Whether it still asks for something.
    pub fn is_alive(&self) -> bool {
        self.counts() && self.withdrawn.is_none()
    }
}

/// The requests of a case, by the day they were received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests(Vec<Request>);

impl Requests {
    /// The requests among a case's standing facts.
    pub fn of(standing: &[&Standing]) -> Self {
        let mut requests = Self(standing.iter().filter_map(|s| Request::received(s)).collect());
        for s in standing {
            match &s.fact {
                Fact::RequestWithdrawn { request, .. } => {
                    let of = request.or_else(|| opening(standing));
                    if let Some(request) = requests.0.iter_mut().find(|r| Some(r.event) == of && r.withdrawn.is_none()) {
                        request.withdrawn = Some(Withdrawal { event: s.event, on: s.day() });
                    }
                }
                Fact::NotificationEffectRecorded { request, effect, .. } => {
                    if let Some(request) = requests.0.iter_mut().find(|r| r.event == *request) {
                        request.effect = Some(*effect);
                    }
                }
                _ => {}
            }
        }
        requests
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Request> {
        self.0.iter()
    }

    /// The account of the parent or young person who asks through the API.
    pub fn family_account(&self) -> Option<String> {
        let of_family = |request: &&Request| matches!(request.by, RequestedBy::Parent | RequestedBy::YoungPerson);
        self.iter().filter(|request| request.is_alive()).filter(of_family).find_map(|request| request.requester.clone())
    }

    /// One of them, by the entry that recorded it.
    pub fn find(&self, event: EventId) -> Option<&Request> {
        self.0.iter().find(|request| request.event == event)
    }

    /// The one the clock runs from: the earliest that asks for something, also when it was withdrawn while another is alive. By it
    /// the child came to the authority's attention, which made the authority responsible (Children and Families Act 2014, s.24(1))
    /// and bound it to decide (s.36(3)); taking the request back does not undo that day.
    pub fn first(&self) -> Option<&Request> {
        let counting = || self.0.iter().filter(|request| request.counts());
        let dated = counting().filter(|request| request.received_on.is_some());
        dated.min_by_key(|request| request.received_on).or_else(|| counting().next())
    }

    /// The withdrawal that ended the last of them, once none is alive.
    pub fn withdrawal(&self) -> Option<Withdrawal> {
        let counting: Vec<_> = self.0.iter().filter(|request| request.counts()).collect();
        let withdrawn: Vec<_> = counting.iter().filter_map(|request| request.withdrawn).collect();
        if withdrawn.len() < counting.len() {
            return None;
        }
        // A withdrawal on a day nobody knows any more may have been the last.
        withdrawn.into_iter().max_by_key(|w| (w.on.is_none(), w.on, w.event))
    }

    /// Whether nobody asked for anything: every one of them turned out to be for information only.
    pub fn ask_for_nothing(&self) -> bool {
        !self.0.iter().any(Request::counts)
    }
}

/// The request that opened the case.
fn opening(standing: &[&Standing]) -> Option<EventId> {
    standing.iter().find(|s| matches!(s.fact, Fact::RequestReceived { .. })).map(|s| s.event)
}
