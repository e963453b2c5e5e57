//! The people around a child: what they are to them, what they may know, and how they are reached.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::identity::{identity_of, is_staff};
use super::recording::{Loaded, Receipt, Step, dated, open_child, record_of_child};
use super::{Error, FieldError, must_match};
use crate::db::Tx;
use crate::law::young_person_from;
use crate::record::codes::{AuthorityCode, Malformed, Postcode};
use crate::record::*;
use crate::store::journal::{self, Details, Stored};

/// How somebody is reached, as it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactInput {
    /// Their name.
    #[schema(example = "Rana Example", min_length = 1, max_length = 200)]
    pub name: String,
    /// Email address.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Telephone number.
    #[schema(max_length = 40)]
    pub telephone: Option<String>,
    /// Postal address, a line each.
    #[serde(default)]
    #[schema(max_items = 8)]
    pub address: Vec<AddressLine>,
    /// Postcode.
    #[schema(value_type = Option<Postcode>)]
    pub postcode: Option<String>,
    /// The language they prefer, in a word: `Bengali`.
    #[schema(max_length = 60)]
    pub language: Option<String>,
    /// Whether an interpreter is needed to speak with them.
    #[serde(default)]
    pub interpreter: bool,
    /// The ways of writing they can read.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub formats: Vec<AccessibleFormat>,
}

/// A line of a postal address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(max_length = 120)]
pub struct AddressLine(pub String);

/// What somebody is to a child, and what follows from it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "parent", "parentalResponsibility": true, "livesWith": true, "receivesNotices": true, "hiddenAddress": true,
    "account": "https://login.example|rana", "from": "2026-01-05",
    "contact": {
        "name": "Rana Example", "email": "rana@example.org", "telephone": "01708 000000", "address": ["1 Example Road", "Romford"],
        "postcode": "RM1 0CC", "language": "Bengali", "interpreter": true, "formats": ["large_print"]
    }
}))]
pub struct RecordRelationship {
    /// What they are to the child.
    pub kind: RelationshipKind,
    /// Whether they hold parental responsibility (Children Act 1989, s. 3).
    #[serde(default)]
    pub parental_responsibility: bool,
    /// Whether the child lives with them.
    #[serde(default)]
    pub lives_with: bool,
    /// Whether notices of decisions, drafts and plans go to them.
    #[serde(default)]
    pub receives_notices: bool,
    /// What a court has restricted. Any restriction ends their access at once, also the one they had because they asked for the
    /// assessment; it comes back only when the relationship is recorded without one.
    pub court_restriction: Option<CourtRestriction>,
    /// What the order says, and where it is kept. For staff.
    #[schema(max_length = 5000)]
    pub restriction_words: Option<String>,
    /// Whether their address is hidden. Where the child lives with them, the child's own postcode is then for staff alone.
    #[serde(default)]
    pub hidden_address: bool,
    /// Their account here: the subject of their token (issuer, a bar, subject). With it they see the child, from `from` to `to`.
    #[schema(min_length = 1, max_length = 600)]
    pub account: Option<String>,
    /// The Department's code of the authority they work for. Needed for a social worker and a Virtual School.
    #[schema(value_type = Option<AuthorityCode>)]
    pub authority: Option<String>,
    /// First day; today unless told. A young person's own account begins at the earliest on the day after compulsory school age.
    pub from: Option<NaiveDate>,
    /// The day it ends, where that is known ahead.
    pub to: Option<NaiveDate>,
    /// How they are reached.
    pub contact: ContactInput,
}

/// That a relationship is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-02-20", "reasons": "The placement with this foster carer came to an end."}))]
pub struct EndRelationship {
    /// The day from which it is over; today unless told. Access ends with it.
    pub on: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
}

/// A relationship, and how the person is reached.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelationshipView {
    /// Its id.
    pub id: RelationshipId,
    /// The entry that last said what it is.
    pub entry: EventId,
    /// What they are to the child.
    pub kind: RelationshipKind,
    /// Whether they hold parental responsibility.
    pub parental_responsibility: bool,
    /// Whether the child lives with them.
    pub lives_with: bool,
    /// Whether notices go to them.
    pub receives_notices: bool,
    /// What a court has restricted; null: nothing.
    pub court_restriction: Option<CourtRestriction>,
    /// What the order says. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub restriction_words: Option<String>,
    /// Whether their address is hidden from everybody but staff and themselves.
    pub hidden_address: bool,
    /// Their account here.
    pub account: Option<String>,
    /// The authority they work for.
    pub authority: Option<AuthorityCode>,
    /// First day.
    pub from: NaiveDate,
    /// The day it ends, where that is known ahead.
    pub to: Option<NaiveDate>,
    /// The day it ended, once that was recorded.
    pub ended_on: Option<NaiveDate>,
    /// How they are reached; null when erased.
    pub contact: Option<Contact>,
}

/// The relationships of a child that the caller may know of: staff see all, a member of the family only their own. Gives the
/// version of the child's file with them.
pub fn list(tx: &mut Tx<'_>, child: ChildId) -> Result<(i32, Vec<RelationshipView>), Error> {
    let stored = journal::of_child(tx, child, None, Details::Relationships)?;
    if stored.is_empty() {
        return Err(Error::NotFound("child"));
    }
    let file = File::fold(child, stored.iter().map(|s| &s.entry));
    let (staff, account) = (is_staff(tx), tx.permit().caller().subject.as_str());
    let known = Related::all(&file).into_iter().filter(|person| staff || person.is_of(account));
    Ok((file.version, known.map(|person| view(person, &stored, staff)).collect()))
}

fn view(person: Related, stored: &[Stored], staff: bool) -> RelationshipView {
    let detail = stored.iter().find(|s| s.entry.id == person.event).and_then(|s| s.detail.as_ref());
    let contact = contact_of(&person, stored).cloned();
    let terms = person.relationship;
    RelationshipView {
        id: person.id,
        entry: person.event,
        kind: terms.kind,
        parental_responsibility: terms.parental_responsibility,
        lives_with: terms.lives_with,
        receives_notices: terms.receives_notices,
        court_restriction: terms.court_restriction,
        restriction_words: detail.filter(|_| staff).and_then(|d| d.words.clone()),
        hidden_address: terms.hidden_address,
        account: terms.account,
        authority: terms.authority,
        from: terms.from,
        to: terms.to,
        ended_on: person.ended_on,
        contact,
    }
}

/// How somebody is reached, as the entry says that last told what they are to the child.
pub(super) fn contact_of<'a>(person: &Related, stored: &'a [Stored]) -> Option<&'a Contact> {
    stored.iter().find(|s| s.entry.id == person.event)?.detail.as_ref()?.contact.as_ref()
}

/// Records what somebody is to a child.
pub fn add(tx: &mut Tx<'_>, child: ChildId, body: &RecordRelationship) -> Result<Receipt, Error> {
    let (loaded, stored) = open(tx, child)?;
    let id: RelationshipId = tx.new_id();
    tell(tx, loaded, &stored, id, body)
}

/// Records what somebody is to a child anew: it takes the place of what was recorded before.
pub fn change(
    tx: &mut Tx<'_>,
    child: ChildId,
    id: RelationshipId,
    body: &RecordRelationship,
    read: &[u64],
) -> Result<Receipt, Error> {
    let (loaded, stored) = open(tx, child)?;
    find(&loaded.file, id)?;
    must_match(&loaded.file, read)?;
    tell(tx, loaded, &stored, id, body)
}

/// Records that a relationship is over.
pub fn end(tx: &mut Tx<'_>, child: ChildId, id: RelationshipId, body: &EndRelationship) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    if find(&loaded.file, id)?.ended_on.is_some() {
        let words = "the relationship has already ended".to_owned();
        return Err(Error::Refused(Refusal { code: "already_recorded", words, citation: None }));
    }
    let step = dated(tx, "/on", body.on, Fact::RelationshipEnded { relationship: id })?.words(body.reasons.clone());
    record_of_child(tx, loaded, id.0, vec![step])
}

fn open(tx: &mut Tx<'_>, child: ChildId) -> Result<(Loaded, Vec<Stored>), Error> {
    let loaded = open_child(tx, child)?;
    let stored = journal::of_child(tx, child, None, Details::Identity)?;
    Ok((loaded, stored))
}

fn find(file: &File, id: RelationshipId) -> Result<Related, Error> {
    Related::all(file).into_iter().find(|known| known.id == id).ok_or(Error::NotFound("relationship"))
}

fn tell(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    stored: &[Stored],
    id: RelationshipId,
    body: &RecordRelationship,
) -> Result<Receipt, Error> {
    let terms = checked(tx, body, stored)?;
    let contact = contact("/contact", &body.contact)?;
    let mut step = Step::on(tx, tx.today(), Fact::RelationshipRecorded { relationship: id, terms });
    step.detail.contact = Some(contact);
    record_of_child(tx, loaded, id.0, vec![step.words(body.restriction_words.clone())])
}

/// The relationship, once every field keeps its own rule.
fn checked(tx: &Tx<'_>, body: &RecordRelationship, stored: &[Stored]) -> Result<Relationship, Error> {
    let mut errors = Vec::new();
    let authority = parsed(&mut errors, "/authority", &body.authority);
    if body.kind.is_of_an_authority() && body.authority.is_none() {
        let words = "Is needed for a social worker and a Virtual School: the code of the authority they work for.";
        errors.push(FieldError::new("/authority", "authority_needed", words));
    }
    if body.restriction_words.is_some() && body.court_restriction.is_none() {
        let words = "Is given only with what the court has restricted.";
        errors.push(FieldError::new("/restrictionWords", "no_restriction", words));
    }
    let from = body.from.unwrap_or(match body.kind {
        RelationshipKind::YoungPerson => young_from(stored).map_or(tx.today(), |young| young.max(tx.today())),
        _ => tx.today(),
    });
    if body.kind == RelationshipKind::YoungPerson && young_from(stored).is_some_and(|young| from < young) {
        let words = "Is before the rights become the young person's: the day after compulsory school age ends.";
        errors.push(FieldError::new("/from", "before_young_person", words));
    }
    if body.to.is_some_and(|to| to < from) {
        errors.push(FieldError::new("/to", "ends_before_it_begins", "Is before the first day."));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(Relationship {
        kind: body.kind,
        parental_responsibility: body.parental_responsibility,
        lives_with: body.lives_with,
        receives_notices: body.receives_notices,
        court_restriction: body.court_restriction,
        hidden_address: body.hidden_address,
        account: body.account.clone(),
        authority,
        from,
        to: body.to,
    })
}

/// The day on which the child's rights become their own; none when the date of birth was erased.
fn young_from(stored: &[Stored]) -> Option<NaiveDate> {
    identity_of(stored).and_then(|identity| identity.born_on).map(young_person_from)
}

/// A contact, once its fields keep their rules; `at` is where it stands in the body.
pub(super) fn contact(at: &str, sent: &ContactInput) -> Result<Contact, Error> {
    let mut errors = Vec::new();
    let postcode: Option<Postcode> = parsed(&mut errors, &format!("{at}/postcode"), &sent.postcode);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(Contact {
        name: sent.name.trim().to_owned(),
        email: sent.email.clone(),
        telephone: sent.telephone.clone(),
        address: sent.address.iter().map(|line| line.0.clone()).collect(),
        postcode,
        language: sent.language.clone(),
        interpreter: sent.interpreter,
        formats: sent.formats.clone(),
    })
}

fn parsed<T: std::str::FromStr<Err = Malformed>>(errors: &mut Vec<FieldError>, at: &str, text: &Option<String>) -> Option<T> {
    match text.as_deref().map(str::parse) {
        Some(Ok(value)) => Some(value),
        Some(Err(malformed)) => {
            errors.push(FieldError::new(at, malformed.code(), malformed.words()));
            None
        }
        None => None,
    }
}
