//! A message is sent: by one of the parties of a case, to the others, and never to somebody who could not read it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::service::cases::file_of;
use crate::service::contacts::{Logged, written};
use crate::service::identity::is_staff;
use crate::service::{Error, FieldError, wrong};
use crate::store::journal::{self, Details, Stored};
use crate::store::messages::{self, MessageRow, NewMessage};

/// Somebody to write to or to share with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PartyAddressed, example = json!({"party": "family"}))]
pub struct PartyInput {
    /// Which side. `family` without a `relationship` is everybody of the family who has an account here and may see the case today.
    pub party: Party,
    /// One of the people around the child, as `/v1/children/{childId}/relationships` has them. For staff.
    pub relationship: Option<RelationshipId>,
    /// Which setting, where more than one teaches the child.
    pub organisation: Option<Organisation>,
}

/// Sends a message.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "to": [{"party": "case_worker"}], "subject": "The visit next week", "words": "Could the visit be in the morning?"
}))]
pub struct SendMessage {
    /// To whom. Left out in a reply, it is whoever wrote the message replied to.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub to: Vec<PartyInput>,
    /// What it is about; left out in a reply.
    #[schema(max_length = 200)]
    pub subject: Option<String>,
    /// What it says.
    #[schema(min_length = 1, max_length = 20_000)]
    pub words: String,
    /// The message it replies to.
    pub in_reply_to: Option<MessageId>,
}

/// Sends a message about a case.
///
/// # Errors
/// [`Error::Refused`] when the child has died and it would go to the family or a school.
pub fn send(tx: &mut Tx<'_>, case: CaseId, body: &SendMessage) -> Result<Logged, Error> {
    let stored = journal::of_case(tx, case, None, Details::Relationships)?;
    let file = file_of(&stored)?;
    Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let grants = Grants::on(&file, tx.today());
    let sender = sender(tx, &grants)?;
    let replied = body.in_reply_to.map(|id| replied_to(tx, case, id)).transpose()?;
    let audience = audience(&grants, body, &sender, replied.as_ref())?;
    if died(&file).is_some() && audience.iter().any(|who| who.party() != Party::CaseWorker) {
        let words = "the child has died: nothing more is sent to the family or the school from here".to_owned();
        return Err(Error::Refused(Refusal { code: "child_died", words, citation: None }));
    }
    let written_by = name(&stored, &file, &sender);
    let id: MessageId = tx.new_id();
    let new = NewMessage {
        id,
        child: file.child,
        case,
        thread: replied.as_ref().map_or(id, |message| MessageId(message.thread)),
        in_reply_to: body.in_reply_to,
        sender: sender.to_string(),
        audience: audience.iter().map(Correspondent::to_string).collect(),
        content: written(&MessageContent { subject: body.subject.clone(), words: body.words.clone(), written_by })?,
    };
    messages::add(tx, new)?;
    Ok(Logged { id: id.0, recorded_at: tx.now() })
}

/// Who the caller is among those who write to one another about the case.
fn sender(tx: &Tx<'_>, grants: &Grants) -> Result<Correspondent, Error> {
    let (permit, caller) = (tx.permit(), tx.permit().caller());
    if is_staff(tx) {
        return Ok(Correspondent::CaseWorker);
    }
    if permit.acts_as(Role::Family) {
        return Ok(grants.of_account(&caller.subject).cloned().unwrap_or_else(|| Correspondent::Account(caller.subject.clone())));
    }
    let own = caller.organisation.clone().map(Correspondent::Setting);
    own.ok_or(Error::NotPermitted(permit.ask().as_str()))
}

/// The name of a member of the family, as the record has it.
fn name(stored: &[Stored], file: &File, sender: &Correspondent) -> Option<String> {
    let Correspondent::Related(id) = sender else { return None };
    let person = Related::all(file).into_iter().find(|person| person.id == *id)?;
    Some(stored.iter().find(|s| s.entry.id == person.event)?.detail.as_ref()?.contact.as_ref()?.name.clone())
}

fn replied_to(tx: &mut Tx<'_>, case: CaseId, id: MessageId) -> Result<MessageRow, Error> {
    let words = "Is no message of this case that was sent to you or by you.";
    messages::find(tx, case, id)?.ok_or_else(|| wrong("/inReplyTo", "unknown_message", words))
}

fn audience(
    grants: &Grants,
    body: &SendMessage,
    sender: &Correspondent,
    replied: Option<&MessageRow>,
) -> Result<Vec<Correspondent>, Error> {
    let mut errors = Vec::new();
    for (at, to) in body.to.iter().enumerate() {
        if to.party == sender.party() {
            let words = match sender.party() {
                Party::Family => "Members of a family write to the case worker and the school here, not to one another.",
                _ => "Is your own side.",
            };
            errors.push(FieldError::new(format!("/to/{at}/party"), "own_side", words));
        }
        if to.relationship.is_some() && *sender != Correspondent::CaseWorker {
            let words = "Is for staff: write to the family, or reply to the message of one of its members.";
            errors.push(FieldError::new(format!("/to/{at}/relationship"), "for_staff", words));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    match replied {
        _ if !body.to.is_empty() => all_of(grants, "/to", &body.to),
        None => Err(wrong("/to", "required", "Is needed in a message that is no reply.")),
        Some(message) => {
            let of = |kept: &str| kept.parse::<Correspondent>().ok();
            let wrote = of(&message.sender).filter(|wrote| wrote != sender);
            let all: Vec<_> = match wrote {
                Some(wrote) => vec![wrote],
                // Somebody adds to what they wrote themselves.
                None => message.audience.iter().filter_map(|kept| of(kept)).collect(),
            };
            if !all.iter().all(|who| grants.can_read(who)) {
                let words = "Whoever it would go to may no longer see the case.";
                return Err(wrong("/inReplyTo", "cannot_read_here", words));
            }
            Ok(all)
        }
    }
}

/// Those addressed, each able to read it.
pub fn addressed(file: &File, today: NaiveDate, at: &str, to: &[PartyInput]) -> Result<Vec<Correspondent>, Error> {
    all_of(&Grants::on(file, today), at, to)
}

fn all_of(grants: &Grants, at: &str, to: &[PartyInput]) -> Result<Vec<Correspondent>, Error> {
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for (place, to) in to.iter().enumerate() {
        match one(grants, to) {
            Ok(found) => all.extend(found),
            Err((field, code, words)) => errors.push(FieldError::new(format!("{at}/{place}/{field}"), code, words)),
        }
    }
    all.sort();
    all.dedup();
    if errors.is_empty() { Ok(all) } else { Err(Error::Invalid(errors)) }
}

type Fault = (&'static str, &'static str, &'static str);

fn one(grants: &Grants, to: &PartyInput) -> Result<Vec<Correspondent>, Fault> {
    if to.relationship.is_some() && to.party != Party::Family {
        return Err(("relationship", "not_of_this_party", "Is said only of the family."));
    }
    if to.organisation.is_some() && to.party != Party::School {
        return Err(("organisation", "not_of_this_party", "Is said only of a school."));
    }
    match to.party {
        Party::CaseWorker => Ok(vec![Correspondent::CaseWorker]),
        Party::Family => {
            let family = grants.family().filter(|who| to.relationship.is_none_or(|id| **who == Correspondent::Related(id)));
            let found: Vec<_> = family.cloned().collect();
            match (found.is_empty(), to.relationship) {
                (false, _) => Ok(found),
                (true, Some(_)) => Err((
                    "relationship",
                    "cannot_read_here",
                    "Is nobody of the people around the child who has an account here and may see the case today.",
                )),
                (true, None) => Err((
                    "party",
                    "cannot_read_here",
                    "Nobody of the family has an account here with which they may see the case.",
                )),
            }
        }
        Party::School => match (grants.settings(), &to.organisation) {
            ([], _) => Err(("party", "cannot_read_here", "No setting that teaches the child is known.")),
            (known, Some(wanted)) if known.contains(wanted) => Ok(vec![Correspondent::Setting(wanted.clone())]),
            (_, Some(_)) => Err(("organisation", "cannot_read_here", "Is no setting that teaches the child.")),
            ([only], None) => Ok(vec![Correspondent::Setting(only.clone())]),
            (_, None) => Err(("organisation", "which_school", "Is needed: more than one setting teaches the child.")),
        },
    }
}
