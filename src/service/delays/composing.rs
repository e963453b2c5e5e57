//! What would a letter about a delay say if it were sent, and who would receive it?

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::TellDelay;
use crate::db::Tx;
use crate::law;
use crate::record::*;
use crate::service::cases::file_of;
use crate::service::identity::identity_of;
use crate::service::notices::in_force;
use crate::service::{Error, wrong};
use crate::store::directory;
use crate::store::journal::{self, Details, Stored};

/// Somebody who receives the letter.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DelayLetterRecipient)]
pub struct DelayRecipientView {
    /// Which of the people around the child; null for a family of whom nobody is recorded.
    pub relationship: Option<RelationshipId>,
    /// Their name, where the record knows it. How they are reached is with the relationship, and never in the letter.
    pub name: Option<String>,
    /// The language they prefer.
    pub language: Option<String>,
    /// The ways of writing they can read.
    pub formats: Vec<AccessibleFormat>,
}

/// A letter about a delay as it would be sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ComposedDelayLetter)]
pub struct DelayPreview {
    /// What it says.
    pub letter: DelayLetterText,
    /// The wordings that would tell the family where to turn and that the authority has not set: `PUT /v1/notice-wordings/{kind}`
    /// sets one. The letter can be sent without.
    pub missing: Vec<WordingKind>,
    /// Everybody who receives notices on the day it carries.
    pub recipients: Vec<DelayRecipientView>,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// Composes a letter about a delay.
///
/// # Errors
/// [`Error::Refused`] once the child has died.
pub fn preview(tx: &mut Tx<'_>, case: CaseId, body: &TellDelay) -> Result<DelayPreview, Error> {
    let stored = journal::of_case(tx, case, None, Details::Relationships)?;
    let file = file_of(&stored)?;
    let of_case = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    offered(Action::TellDelay, &file, case, tx.today())?;
    let dated = body.sent_on.unwrap_or(tx.today());
    let people = Related::all(&file);
    let recipients = family_recipients(&of_case, &people, dated);
    let contact = |recipient: &FamilyRecipient| {
        let person = people.iter().find(|person| Some(person.id) == recipient.relationship)?;
        stored.iter().find(|s| s.entry.id == person.event)?.detail.as_ref()?.contact.clone()
    };
    let view = |recipient: &FamilyRecipient| {
        let contact = contact(recipient);
        DelayRecipientView {
            relationship: recipient.relationship,
            name: contact.as_ref().map(|contact| contact.name.clone()),
            language: contact.as_ref().and_then(|contact| contact.language.clone()),
            formats: contact.map(|contact| contact.formats).unwrap_or_default(),
        }
    };
    let recipients = recipients.iter().map(view).collect();
    let named = journal::of_child(tx, file.child, None, Details::Identity)?;
    let (letter, missing) = composed(tx, &named, &file, &of_case, body, dated)?;
    Ok(DelayPreview { letter, missing, recipients, version: file.version })
}

/// The letter that a day and these words give. `stored` holds the child's identity.
pub(super) fn composed(
    tx: &mut Tx<'_>,
    stored: &[Stored],
    file: &File,
    case: &Case,
    body: &TellDelay,
    dated: NaiveDate,
) -> Result<(DelayLetterText, Vec<WordingKind>), Error> {
    let advice = body.advice.map(|id| case.advice.iter().find(|advice| advice.id == id));
    let advice =
        advice.map(|known| known.ok_or_else(|| wrong("/advice", "unknown_advice", "Is no request for advice in this case.")));
    let authority = directory::authority(tx)?.map(|authority| authority.name).unwrap_or_default();
    let case_worker = case.case_worker.map(|id| directory::staff_name(tx, id)).transpose()?.flatten();
    let wordings = in_force(tx, dated)?;
    let identity = identity_of(stored);
    let ground = DelayGround {
        dated,
        reference: &case.reference,
        authority: &authority,
        child: identity.as_ref().map(|child| (child.given_name.as_str(), child.family_name.as_str())),
        deadlines: &law::deadlines(&facts(file, case.id), dated),
        why: &body.why,
        awaited: &body.awaited,
        awaited_from: body.awaited_from.as_deref(),
        advice: advice.transpose()?,
        expected_by: body.expected_by,
        case_worker: case_worker.as_deref(),
        wordings: &wordings,
    };
    Ok(compose_delay_letter(&ground))
}
