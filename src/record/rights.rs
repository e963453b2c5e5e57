//! Who acts for somebody over compulsory school age, once an officer has confirmed it?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::relationship::{Related, RelationshipKind};
use super::request::RequestedBy;
use super::sealing::Seal;

/// What a decision is about for which capacity was considered: it is asked for each decision, never of a person as a whole (Mental
/// Capacity Act 2005, ss. 2 and 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityFor {
    /// Asking for an assessment.
    Request,
    /// What to say about a draft plan.
    DraftPlan,
    /// Which setting to ask for.
    Setting,
    /// Taking part in a review.
    Review,
    /// A personal budget.
    PersonalBudget,
    /// Mediation or an appeal.
    Appeal,
    /// Another decision, said in words.
    Other,
}

/// On what footing somebody acts for a young person who lacks capacity (Children and Families Act 2014, s. 80; SEND Regulations
/// 2014, reg. 64).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActsAs {
    /// A deputy appointed by the Court of Protection.
    Deputy,
    /// An attorney.
    Attorney,
    /// The parent, where there is no representative.
    Parent,
    /// Another representative.
    Representative,
}

/// Who holds the rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "held", rename_all = "snake_case", deny_unknown_fields)]
pub enum RightsHeld {
    /// The young person acts for themselves.
    ByYoungPerson {},
    /// The young person lacks capacity for one kind of decision, and somebody else makes it.
    ByRepresentative {
        /// For which decision capacity is lacking.
        #[serde(rename = "for")]
        decision: CapacityFor,
        /// Who makes it: a relationship of the young person's.
        relationship: RelationshipId,
        /// On what footing.
        #[serde(rename = "actsAs")]
        acts_as: ActsAs,
    },
}

/// An officer's confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The entry.
    pub event: EventId,
    /// The day from which it holds.
    pub on: Option<NaiveDate>,
    /// Who holds the rights.
    pub held: RightsHeld,
    /// Whether the young person consents to their family's access, or it is in their best interests.
    pub parents_keep_access: bool,
    /// The officer who confirmed it.
    pub officer: StaffId,
}

impl Confirmed {
    /// Every confirmation that stands, by its day.
    pub fn all(file: &File) -> Vec<Self> {
        let seal = Seal::of(file);
        let standing = file.standing().iter().filter(|s| !seal.as_ref().is_some_and(|seal| seal.covers(s)));
        standing
            .filter_map(|s| match s.fact {
                Fact::RightsConfirmed { held, parents_keep_access, officer } => {
                    Some(Self { event: s.event, on: s.day(), held, parents_keep_access, officer })
                }
                _ => None,
            })
            .collect()
    }
}

/// The day on which the family's access ended, as last confirmed; none while it goes on.
pub fn family_access_ended_on(confirmed: &[Confirmed]) -> Option<NaiveDate> {
    let since_then = confirmed.iter().rev().take_while(|confirmation| !confirmation.parents_keep_access);
    since_then.filter_map(|confirmation| confirmation.on).min()
}

/// Whether somebody makes a decision in the young person's place, as last confirmed for it.
pub fn represents(confirmed: &[Confirmed], person: RelationshipId) -> bool {
    let mut seen = Vec::new();
    for confirmation in confirmed.iter().rev() {
        match confirmation.held {
            RightsHeld::ByYoungPerson {} => return false,
            RightsHeld::ByRepresentative { decision, relationship, .. } => {
                if !seen.contains(&decision) && relationship == person {
                    return true;
                }
                seen.push(decision);
            }
        }
    }
    false
}

/// Whether an account is the young person's own: recorded as theirs, or the one under which they asked for the assessment themselves.
pub fn speaks_as_young_person(file: &File, account: &str) -> bool {
    let recorded =
        Related::all(file).iter().any(|one| one.is_of(account) && one.relationship.kind == RelationshipKind::YoungPerson);
    recorded
        || file.standing().iter().any(|s| match &s.fact {
            Fact::RequestReceived { by: RequestedBy::YoungPerson, requester, .. }
            | Fact::RequestJoined { by: RequestedBy::YoungPerson, requester, .. } => requester.as_deref() == Some(account),
            _ => false,
        })
}

/// Whether somebody of the family may act in a matter: anybody until an officer has confirmed who holds the rights; then the young
/// person and whoever acts for them, and in a matter that another decides in their place, that person.
pub fn may_act(file: &File, account: &str, decision: CapacityFor, today: NaiveDate) -> bool {
    let confirmed = Confirmed::all(file);
    let mut held = confirmed.iter().filter(|one| one.on.is_none_or(|on| on <= today)).peekable();
    if held.peek().is_none() {
        return true;
    }
    let people = Related::all(file);
    let mine = || people.iter().filter(|one| one.is_of(account));
    for confirmation in held.rev() {
        match confirmation.held {
            RightsHeld::ByYoungPerson {} => break,
            RightsHeld::ByRepresentative { decision: of, relationship, .. } if of == decision => {
                return mine().any(|one| one.id == relationship);
            }
            RightsHeld::ByRepresentative { .. } => {}
        }
    }
    speaks_as_young_person(file, account) || mine().any(|one| one.relationship.kind == RelationshipKind::Representative)
}
