//! What a request tells of the child and of the people around them, and where it is kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::Tx;
use crate::law::young_person_from;
use crate::record::*;
use crate::service::recording::Step;
use crate::service::relationships::{ContactInput, contact};
use crate::service::{Error, FieldError, wrong};

/// Somebody around the child: a parent or whoever else cares for them, as the requester knows them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestPerson {
    /// What they are to the child: `parent`, `step_parent`, `grandparent`, `relative`, `foster_carer` or `other`.
    pub kind: RelationshipKind,
    /// Whether they hold parental responsibility (Children Act 1989, s. 3), as far as the requester knows.
    #[serde(default)]
    pub parental_responsibility: bool,
    /// Whether the child lives with them.
    #[serde(default)]
    pub lives_with: bool,
    /// Whether notices are to go to them.
    #[serde(default)]
    pub receives_notices: bool,
    /// Whether their address is to be hidden from everybody but staff.
    #[serde(default)]
    pub hidden_address: bool,
    /// How they are reached.
    pub contact: ContactInput,
}

/// The people named, once every field keeps its rule.
pub(super) fn people(named: &[RequestPerson]) -> Result<Vec<PersonNamed>, Error> {
    let mut errors = Vec::new();
    let mut people = Vec::new();
    for (place, person) in named.iter().enumerate() {
        let at = format!("/people/{place}");
        if !person.kind.cares_for_the_child() {
            let words = "A request names family and carers; staff record anybody else around the child.";
            errors.push(FieldError::new(format!("{at}/kind"), "not_family", words));
        }
        match contact(&format!("{at}/contact"), &person.contact) {
            Ok(contact) => people.push(PersonNamed {
                kind: person.kind,
                parental_responsibility: person.parental_responsibility,
                lives_with: person.lives_with,
                receives_notices: person.receives_notices,
                hidden_address: person.hidden_address,
                contact,
            }),
            Err(Error::Invalid(more)) => errors.extend(more),
            Err(other) => return Err(other),
        }
    }
    if errors.is_empty() { Ok(people) } else { Err(Error::Invalid(errors)) }
}

/// The relationships that the people named in a new file's first request are.
pub(super) fn relationships(tx: &Tx<'_>, on: NaiveDate, people: Vec<PersonNamed>) -> Vec<Step> {
    let step = |person: PersonNamed| {
        let terms = Relationship {
            kind: person.kind,
            parental_responsibility: person.parental_responsibility,
            lives_with: person.lives_with,
            receives_notices: person.receives_notices,
            court_restriction: None,
            hidden_address: person.hidden_address,
            account: None,
            authority: None,
            from: on,
            to: None,
        };
        let mut step = Step::on(tx, on, Fact::RelationshipRecorded { relationship: tx.new_id(), terms });
        step.detail.contact = Some(person.contact);
        step
    };
    people.into_iter().map(step).collect()
}

/// That whoever asks as a young person is one: over compulsory school age on the day they ask, where the date of birth is known.
pub(super) fn is_young_person(identity: Option<&Identity>, on: NaiveDate) -> Result<(), Error> {
    if identity.and_then(|identity| identity.born_on).is_some_and(|born| on < young_person_from(born)) {
        let words = "Compulsory school age is not over on that day: until then the child's parent asks.";
        return Err(wrong("/requestedBy", "not_yet_a_young_person", words));
    }
    Ok(())
}
