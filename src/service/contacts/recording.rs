//! A contact is recorded, put right by another, or struck: nothing that was recorded is ever changed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::written;
use crate::db::Tx;
use crate::record::*;
use crate::service::cases::file_of;
use crate::service::messages::{PartyInput, addressed};
use crate::service::recording::not_future;
use crate::service::{Error, FieldError};
use crate::store::contacts::{self, NewAction, NewContact, NewContactKeys};
use crate::store::directory;
use crate::store::journal::{self, Details};

/// Something that was kept beside the record. Holds no personal data, so that it can be replayed to a repeated request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Logged {
    /// The id of what came to be.
    pub id: Uuid,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// Something that was agreed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AgreedActionInput)]
pub struct AgreedInput {
    /// What.
    #[schema(example = "Send the school's last two reviews", min_length = 1, max_length = 2000)]
    pub what: String,
    /// Who does it.
    pub who: Whom,
    /// By when. With a day it stands among `/v1/reminders` until it is done: those of the member of staff who does it, or else of
    /// the case's case worker.
    pub by: Option<NaiveDate>,
}

/// Records a contact.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "means": "call", "direction": "incoming", "on": "2026-02-18", "time": "14:30",
    "with": [{"name": "Jo Named, the school's SENCO"}], "said": "The school has the last two reviews at hand.",
    "agreed": [{"what": "Send the last two reviews", "who": {"name": "Jo Named"}, "by": "2026-02-25"}],
    "visibility": "internal"
}))]
pub struct RecordContact {
    /// By what means.
    pub means: ContactMeans,
    /// Who turned to whom. Needed for a call, a letter, an email and a text message; left out for a meeting and a visit.
    pub direction: Option<Direction>,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// The time of the day in London.
    pub time: Option<TimeOfDay>,
    /// With whom.
    #[schema(min_items = 1, max_items = 30)]
    pub with: Vec<Whom>,
    /// What was said.
    #[schema(min_length = 1, max_length = 20_000)]
    pub said: String,
    /// What was agreed, with whom, and by when.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub agreed: Vec<AgreedInput>,
    /// Who may read it: staff alone (`internal`, unless told; `third_party`, `safeguarding` and `privileged` say why), or with
    /// `shared` also those it was with, or those in `sharedWith`.
    #[serde(default)]
    pub visibility: Visibility,
    /// Who outside the authority reads it, where that is somebody else than those it was with. Only with `shared`.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub shared_with: Vec<PartyInput>,
    /// The contact it puts right: that one no longer stands, and stays for staff to see. What was agreed in both alike and was done
    /// stays done.
    pub replaces: Option<ContactId>,
}

/// Strikes a contact.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"why": "It was recorded for the wrong child."}))]
pub struct StrikeContact {
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub why: String,
}

/// Records a contact.
///
/// # Errors
/// [`Error::Refused`] when the contact it replaces no longer stands.
pub fn record(tx: &mut Tx<'_>, case: CaseId, body: &RecordContact) -> Result<Logged, Error> {
    let stored = journal::of_case(tx, case, None, Details::Identity)?;
    let file = file_of(&stored)?;
    Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let on = not_future(tx, "/on", body.on.unwrap_or(tx.today()))?;
    checked(tx, body, &file)?;
    let parties = parties(tx, body, &file)?;

    let id: ContactId = tx.new_id();
    if let Some(replaced) = body.replaces {
        contacts::find(tx, case, replaced)?.ok_or_else(|| {
            let words = "Is no contact of this case; GET /v1/cases/{caseId}/contacts lists them.";
            Error::Invalid(vec![FieldError::new("/replaces", "unknown_contact", words)])
        })?;
        if !contacts::replace(tx, replaced, id)? {
            return Err(no_longer_stands());
        }
    }
    let content = ContactContent {
        means: body.means,
        direction: body.direction,
        time: body.time.clone(),
        with: body.with.clone(),
        said: body.said.clone(),
    };
    let of = NewContactKeys { id, child: file.child, case, replaces: body.replaces };
    let new = NewContact {
        id,
        child: file.child,
        case,
        happened_on: on,
        visibility: body.visibility.as_str(),
        parties: parties.iter().map(Correspondent::to_string).collect(),
        content: written(&content)?,
        replaces: body.replaces,
    };
    contacts::add(tx, new)?;
    let action = |(place, agreed): (i32, &AgreedInput)| {
        let content = written(&Agreed { what: agreed.what.clone(), who: agreed.who.clone() })?;
        let staff = agreed.who.staff.map(|staff| staff.0);
        Ok(NewAction { id: tx.new_id(), place, due_on: agreed.by, staff, content })
    };
    let actions = (0..).zip(&body.agreed).map(action).collect::<Result<Vec<_>, Error>>()?;
    if !actions.is_empty() {
        contacts::add_actions(tx, &of, &actions)?;
    }
    Ok(Logged { id: id.0, recorded_at: tx.now() })
}

/// Strikes a contact: it no longer stands, and stays for staff to see.
///
/// # Errors
/// [`Error::Refused`] when it no longer stands.
pub fn strike(tx: &mut Tx<'_>, case: CaseId, id: ContactId, body: &StrikeContact) -> Result<Logged, Error> {
    contacts::find(tx, case, id)?.ok_or(Error::NotFound("contact"))?;
    if !contacts::strike(tx, id, &body.why)? {
        return Err(no_longer_stands());
    }
    Ok(Logged { id: id.0, recorded_at: tx.now() })
}

fn no_longer_stands() -> Error {
    let words = "the contact was replaced or struck before; the list says by what".to_owned();
    Error::Refused(Refusal { code: "no_longer_stands", words, citation: None })
}

/// Every field keeps its own rule, and whoever is named is known.
fn checked(tx: &mut Tx<'_>, body: &RecordContact, file: &File) -> Result<(), Error> {
    let mut errors = Vec::new();
    match (body.means.has_a_direction(), body.direction) {
        (true, None) => {
            let words = "Is needed for this means: incoming or outgoing.";
            errors.push(FieldError::new("/direction", "direction_needed", words));
        }
        (false, Some(_)) => {
            errors.push(FieldError::new("/direction", "no_direction", "A meeting and a visit have no direction; leave it out."));
        }
        _ => {}
    }
    let named = body.with.iter().enumerate().map(|(at, whom)| (format!("/with/{at}"), whom));
    let doing = body.agreed.iter().enumerate().map(|(at, agreed)| (format!("/agreed/{at}/who"), &agreed.who));
    let people = Related::all(file);
    let all: Vec<_> = named.chain(doing).collect();
    let staff: Vec<_> = all.iter().filter_map(|(_, whom)| whom.staff).collect();
    let known = if staff.is_empty() { Vec::new() } else { directory::staff_among(tx, &staff)? };
    for (at, whom) in all {
        if !whom.is_clear() {
            let words = "Says exactly one of relationship, staff, organisation (with a name or without), or a name alone.";
            errors.push(FieldError::new(at, "unclear_who", words));
            continue;
        }
        if whom.relationship.is_some_and(|id| !people.iter().any(|person| person.id == id)) {
            let words = "Is nobody of the people around the child; /v1/children/{childId}/relationships lists them.";
            errors.push(FieldError::new(format!("{at}/relationship"), "unknown_relationship", words));
        }
        if whom.staff.is_some_and(|staff| !known.contains(&staff)) {
            let words = "Is no member of the authority's staff; /v1/staff lists them.";
            errors.push(FieldError::new(format!("{at}/staff"), "unknown_staff", words));
        }
    }
    if !body.shared_with.is_empty() && body.visibility != Visibility::Shared {
        let words = "Is said only of a contact whose visibility is shared.";
        errors.push(FieldError::new("/sharedWith", "not_shared", words));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Who outside the authority reads it: nobody unless it is shared, and then those it was with unless others are named.
fn parties(tx: &Tx<'_>, body: &RecordContact, file: &File) -> Result<Vec<Correspondent>, Error> {
    if !body.visibility.seen_by(Reader::Family) {
        return Ok(Vec::new());
    }
    if !body.shared_with.is_empty() {
        return addressed(file, tx.today(), "/sharedWith", &body.shared_with);
    }
    let outside = |whom: &Whom| match (whom.relationship, &whom.organisation) {
        (Some(relationship), _) => Some(Correspondent::Related(relationship)),
        (None, organisation) => organisation.clone().map(Correspondent::Setting),
    };
    let with: Vec<_> = body.with.iter().filter_map(outside).collect();
    if with.is_empty() {
        let words = "Shares it with nobody: say in sharedWith who reads it, or name a relationship or an organisation in with.";
        return Err(Error::Invalid(vec![FieldError::new("/visibility", "shared_with_nobody", words)]));
    }
    Ok(with)
}
