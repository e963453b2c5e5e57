//! Which letter about a delay was sent, as far as this caller may know: staff see all, a family what was sent to them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::file_of;
use crate::service::identity::{is_staff, known_and_now};
use crate::service::notices::Reader as OfNotices;
use crate::store::journal::{self, Details};

/// Somebody to whom a letter was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DelayLetterSentTo)]
pub struct DelaySentToView {
    /// Which of the people around the child; null for a family of whom nobody was recorded.
    pub relationship: Option<RelationshipId>,
    /// By what means.
    pub means: Means,
    /// The day.
    pub sent_on: NaiveDate,
}

/// A letter about a delay that was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SentDelayLetter)]
pub struct DelayLetterSentView {
    /// The entry that recorded it.
    pub id: EventId,
    /// Why.
    pub reason: DelayReason,
    /// The advice awaited, if it is advice.
    pub advice: Option<AdviceId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day by which the family was told to expect what is late.
    pub expected_by: NaiveDate,
    /// To whom it was sent, where that was recorded. A member of the family is shown only themselves.
    pub recipients: Vec<DelaySentToView>,
    /// What it says, as it was sent; null where it was written elsewhere, and once erased.
    pub letter: Option<DelayLetterText>,
    /// What the answer was computed from.
    pub known: Known,
}

/// One letter about a delay as it was sent.
pub fn show(tx: &mut Tx<'_>, case: CaseId, id: EventId, as_of: Option<AsOf>) -> Result<DelayLetterSentView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, None, Details::Shown)?;
    let child = stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))?;
    let (stored, now) = known_and_now(stored, child, known.position);
    let case = Case::of(&file_of(&stored)?, case).ok_or(Error::NotFound("case"))?;
    let found = case.delay_letters.into_iter().find(|letter| letter.event == id);
    let letter = found.ok_or(Error::NotFound("delay_letter"))?;
    let reader = OfNotices::of(tx, &now);
    if !reads(tx, &reader, &letter) {
        return Err(Error::NotFound("delay_letter"));
    }
    let is_theirs = |to: &&DelayRecipient| is_staff(tx) || reader.is_one_of(to.relationship, to.account.as_ref());
    let detail = stored.iter().find(|s| s.entry.id == id).and_then(|s| s.detail.as_ref());
    Ok(DelayLetterSentView {
        id,
        reason: letter.reason,
        advice: letter.advice,
        sent_on: letter.sent_on,
        expected_by: letter.expected_by,
        recipients: letter
            .recipients
            .iter()
            .filter(is_theirs)
            .map(|to| DelaySentToView { relationship: to.relationship, means: to.means, sent_on: to.on })
            .collect(),
        letter: detail.and_then(|detail| detail.delay_letter.clone()),
        known,
    })
}

/// Whether the caller reads what a letter says: staff do, and whom it was sent to.
pub(in crate::service) fn reads(tx: &Tx<'_>, reader: &OfNotices, letter: &DelayLetter) -> bool {
    // Where nobody wrote down to whom it went, it was for the family.
    let to_the_family = letter.recipients.is_empty() && tx.permit().acts_as(Role::Family);
    is_staff(tx) || to_the_family || letter.recipients.iter().any(|to| reader.is_one_of(to.relationship, to.account.as_ref()))
}
