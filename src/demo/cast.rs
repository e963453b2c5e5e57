//! Who works for the fictional authority, and who advises it?

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::history::AdviceGiver;
use crate::access::{Caller, Role};
use crate::chance::Chance;
use crate::law;
use crate::record::codes::Urn;
use crate::record::{AuthorityId, NotAnOrganisation, Organisation, StaffId};

/// The organisation that an educational psychologist's token names.
pub(super) const PSYCHOLOGY_SERVICE: &str = "local:educational-psychology";

const TEAMS: [&str; 2] = ["Assessments East", "Assessments West"];

/// Name and team of each; the first of each role is whom the development token of that role names.
const CASE_WORKERS: [(&str, usize); 8] = [
    ("Orla Penhaligon", 0),
    ("Desmond Larkspur", 0),
    ("Hyacinth Mbeki-Rowe", 0),
    ("Tobias Fennimore", 0),
    ("Zeynep Applegarth", 1),
    ("Marcus Thimbleby", 1),
    ("Gwendoline Osei-Brook", 1),
    ("Ravi Cloudesley", 1),
];
const DECISION_MAKERS: [&str; 2] = ["Philippa Stonecrop", "Ambrose Wintergreen"];
const MANAGERS: [&str; 1] = ["Cordelia Marchbanks"];

/// Who sits on the panel, by the subjects of their tokens.
const PANEL: [&str; 3] = ["panel_member", "head-of-driftwood", "principal-psychologist"];

/// A member of staff.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: StaffId,
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) team: Option<Uuid>,
    pub(super) subject: String,
}

/// Everybody who acts in the demonstration, but for the families.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) teams: Vec<(Uuid, &'static str)>,
    pub(super) case_workers: Vec<Person>,
    pub(super) decision_makers: Vec<Person>,
    pub(super) managers: Vec<Person>,
    pub(super) panel: Vec<String>,
    pub(super) family: Sender,
}

impl Cast {
    /// The same people each time, known to one issuer of tokens.
    pub(super) fn engage(issuer: &str, at: DateTime<Utc>, chance: &Chance) -> Self {
        let teams: Vec<_> = TEAMS.iter().map(|name| (chance.id::<Uuid>(at), *name)).collect();
        let subject = |of: &str| format!("{issuer}|{of}");
        let engage = |role: Role, place: usize, name: &'static str, team: Option<Uuid>| Person {
            id: chance.id(at),
            name,
            role,
            team,
            subject: if place == 0 { subject(role.as_str()) } else { subject(&format!("{role}-{}", place + 1)) },
        };
        let case_workers = CASE_WORKERS.iter().enumerate();
        let officers = DECISION_MAKERS.iter().enumerate();
        let managers = MANAGERS.iter().enumerate();
        Self {
            case_workers: case_workers.map(|(n, (name, team))| engage(Role::CaseWorker, n, name, Some(teams[*team].0))).collect(),
            decision_makers: officers.map(|(n, name)| engage(Role::DecisionMaker, n, name, None)).collect(),
            managers: managers.map(|(n, name)| engage(Role::Manager, n, name, None)).collect(),
            panel: PANEL.iter().map(|member| subject(member)).collect(),
            family: Sender::named(issuer, Role::Family),
            teams,
        }
    }

    /// All staff.
    pub(super) fn staff(&self) -> impl Iterator<Item = &Person> {
        self.case_workers.iter().chain(&self.decision_makers).chain(&self.managers)
    }
}

/// Who sends a request: a subject and the one role they send it in.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    pub(super) subject: String,
    pub(super) role: Role,
}

impl Sender {
    /// Whom the development token of a role names.
    pub(super) fn named(issuer: &str, role: Role) -> Self {
        Self { subject: format!("{issuer}|{role}"), role }
    }

    /// As the token of one request names them.
    pub(super) fn caller(&self, authority: AuthorityId, request_id: Uuid) -> Caller {
        let roles = BTreeSet::from([self.role]);
        Caller { subject: self.subject.clone(), roles, authority, organisation: None, request_id }
    }
}

impl From<&Person> for Sender {
    fn from(person: &Person) -> Self {
        Self { subject: person.subject.clone(), role: person.role }
    }
}

/// A setting as an organisation.
pub(super) fn setting(urn: &Urn) -> Result<Organisation, NotAnOrganisation> {
    format!("urn:{}", urn.as_str()).parse()
}

/// How the law calls an advice giver, and the organisation asked.
pub(super) fn advice_giver(
    giver: AdviceGiver,
    attended: &Organisation,
) -> Result<(law::AdviceGiver, Organisation), NotAnOrganisation> {
    let (called, organisation) = match giver {
        AdviceGiver::Setting => return Ok((law::AdviceGiver::Education, attended.clone())),
        AdviceGiver::EducationalPsychology => (law::AdviceGiver::Psychology, PSYCHOLOGY_SERVICE),
        AdviceGiver::Health => (law::AdviceGiver::Health, "local:community-paediatrics"),
        AdviceGiver::SocialCare => (law::AdviceGiver::SocialCare, "local:childrens-social-care"),
        AdviceGiver::SpeechAndLanguageTherapy => (law::AdviceGiver::Other, "local:speech-therapy"),
    };
    Ok((called, organisation.parse()?))
}
