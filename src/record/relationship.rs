//! Who is somebody to the child, what may they know, and how are they reached?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{AuthorityCode, Postcode};
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::*;
use super::sealing::Seal;

/// What somebody is to the child: family (`parent`, `step_parent`, `grandparent`, `relative`), `foster_carer`, `social_worker` and
/// `virtual_school` (the head of the Virtual School) of an authority, `young_person` for the child themselves once they are over
/// compulsory school age, `representative` for a person acting for a young person, or `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationshipKind {
    /// A parent.
    Parent,
    /// A step-parent.
    StepParent,
    /// A grandparent.
    Grandparent,
    /// Another relative.
    Relative,
    /// A foster carer.
    FosterCarer,
    /// The child's social worker.
    SocialWorker,
    /// The head of the Virtual School, where the child is looked after.
    VirtualSchool,
    /// The young person themselves.
    YoungPerson,
    /// A person acting for a young person: a deputy, an attorney, or somebody the young person asked.
    Representative,
    /// Anybody else.
    Other,
}

impl RelationshipKind {
    /// What it is in words, for a document.
    pub const fn words(self) -> &'static str {
        match self {
            RelationshipKind::Parent => "Parent",
            RelationshipKind::StepParent => "Step-parent",
            RelationshipKind::Grandparent => "Grandparent",
            RelationshipKind::Relative => "Relative",
            RelationshipKind::FosterCarer => "Foster carer",
            RelationshipKind::SocialWorker => "Social worker",
            RelationshipKind::VirtualSchool => "Head of the Virtual School",
            RelationshipKind::YoungPerson => "The young person",
            RelationshipKind::Representative => "Representative",
            RelationshipKind::Other => "Other",
        }
    }

    /// Whether it comes from an authority's duty, so that the record says which authority's.
    pub const fn is_of_an_authority(self) -> bool {
        matches!(self, RelationshipKind::SocialWorker | RelationshipKind::VirtualSchool)
    }

    /// Whether access comes with the care of a child, and so is the young person's to give once they hold the rights.
    pub const fn cares_for_the_child(self) -> bool {
        use RelationshipKind::*;
        matches!(self, Parent | StepParent | Grandparent | Relative | FosterCarer | Other)
    }
}

/// What a court has restricted. Access through this system ends with it, unless it only reserves steps to the court; what the
/// order says is kept with the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CourtRestriction {
    /// No contact with the child.
    NoContact,
    /// No information about the child.
    NoInformation,
    /// Steps that need the court's consent.
    ProhibitedSteps,
    /// Another order.
    Other,
}

impl CourtRestriction {
    /// Whether whoever it restricts may no longer see the child here. An order of unknown terms is read with caution.
    pub const fn ends_access(self) -> bool {
        !matches!(self, CourtRestriction::ProhibitedSteps)
    }
}

/// One relationship, without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Relationship {
    /// What they are to the child.
    pub kind: RelationshipKind,
    /// Whether they hold parental responsibility.
    pub parental_responsibility: bool,
    /// Whether the child lives with them.
    pub lives_with: bool,
    /// Whether notices go to them.
    pub receives_notices: bool,
    /// What a court has restricted.
    pub court_restriction: Option<CourtRestriction>,
    /// Whether their address is hidden from everybody but staff.
    pub hidden_address: bool,
    /// Who they are to the API: their token's subject, as staff were shown it.
    pub account: Option<String>,
    /// The authority they work for.
    pub authority: Option<AuthorityCode>,
    /// First day.
    pub from: NaiveDate,
    /// The day it ends, where that is known ahead.
    pub to: Option<NaiveDate>,
}

/// A way of writing that the person can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessibleFormat {
    /// Large print.
    LargePrint,
    /// Easy read.
    EasyRead,
    /// British Sign Language.
    BritishSignLanguage,
    /// Braille.
    Braille,
    /// Spoken word.
    Audio,
    /// Plain text for a screen reader.
    ScreenReader,
}

/// How somebody is reached: kept beside the record, never in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ContactDetails)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Email address.
    pub email: Option<String>,
    /// Telephone number.
    pub telephone: Option<String>,
    /// Postal address, a line each.
    #[serde(default)]
    #[schema(required = true)]
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// The language they prefer.
    pub language: Option<String>,
    /// Whether an interpreter is needed.
    #[serde(default)]
    #[schema(required = true)]
    pub interpreter: bool,
    /// The ways of writing they can read.
    #[serde(default)]
    #[schema(required = true)]
    pub formats: Vec<AccessibleFormat>,
}

/// A relationship as last recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its id.
    pub id: RelationshipId,
    /// The entry that last said what it is; its detail holds the contact.
    pub event: EventId,
    /// What it is.
    pub relationship: Relationship,
    /// The day it ended, once that was recorded.
    pub ended_on: Option<NaiveDate>,
}

impl Related {
    /// Everybody recorded in the file, since an adoption if there was one, in the order they were first recorded.
    pub fn all(file: &File) -> Vec<Self> {
        let seal = Seal::of(file);
        let mut told: Vec<&Standing> =
            file.standing().iter().filter(|s| !seal.as_ref().is_some_and(|seal| seal.covers(s))).collect();
        // A change takes the place of what was recorded before it, whatever day either speaks of.
        told.sort_by_key(|standing| standing.seq);
        let mut all: Vec<Self> = Vec::new();
        for standing in told {
            match &standing.fact {
                Fact::RelationshipRecorded { relationship: id, terms } => {
                    let related = Self { id: *id, event: standing.event, relationship: terms.clone(), ended_on: None };
                    match all.iter_mut().find(|known| known.id == *id) {
                        Some(known) => *known = related,
                        None => all.push(related),
                    }
                }
                Fact::RelationshipEnded { relationship: id } => {
                    if let Some(known) = all.iter_mut().find(|known| known.id == *id) {
                        known.ended_on = standing.day();
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The day from which it is no more, where one is known.
    pub fn until(&self) -> Option<NaiveDate> {
        [self.relationship.to, self.ended_on].into_iter().flatten().min()
    }

    /// Whether it is this account's.
    pub fn is_of(&self, account: &str) -> bool {
        self.relationship.account.as_deref() == Some(account)
    }
}

/// Whether somebody with whom the child lives hides the address. It stays hidden until that is changed or ended on the record: a
/// day that was only foreseen reveals nothing.
pub fn address_hidden(people: &[Related]) -> bool {
    people.iter().any(|person| person.relationship.lives_with && person.relationship.hidden_address && person.ended_on.is_none())
}
