//! What does a notice say if it carries this day, what does it lack, and who must receive it?

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::sent::{SentNoticeView, view};
use super::wordings::in_force;
use crate::db::Tx;
use crate::law::Citation;
use crate::record::*;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::{detail_of, file_of};
use crate::service::identity::identity_of;
use crate::service::relationships::contact_of;
use crate::service::{Error, plans};
use crate::store::directory;
use crate::store::journal::{self, Details, Stored};

/// Somebody who must receive the notice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeRecipient)]
pub struct RecipientView {
    /// Who.
    pub recipient: RecipientKind,
    /// Which of the people around the child, as `/v1/children/{childId}/relationships` has them.
    pub relationship: Option<RelationshipId>,
    /// Which body, where the record knows it.
    pub organisation: Option<Organisation>,
    /// Their name, where the record knows it.
    pub name: Option<String>,
    /// The language they prefer.
    pub language: Option<String>,
    /// The ways of writing they can read.
    pub formats: Vec<AccessibleFormat>,
    /// The provision that says they receive it.
    pub citation: Citation,
}

/// A notice as it would be sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ComposedNotice)]
pub struct NoticeView {
    /// What it says.
    pub letter: Letter,
    /// What it lacks of what the law asks for. While anything is here, it cannot be marked as sent.
    pub missing: Vec<Lack>,
    /// Everybody who must receive it on the day it carries.
    pub recipients: Vec<RecipientView>,
    /// The notices of the same decision, draft or plan that were sent before.
    pub sent: Vec<SentNoticeView>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// A notice as composed from a file: the letter, what it lacks, what it tells of, and who must receive it.
pub(super) struct Composed {
    pub letter: Letter,
    pub missing: Vec<Lack>,
    pub told: Told,
    pub recipients: Vec<Recipient>,
}

/// Composes a notice of a case.
///
/// # Errors
/// [`Error::NotFound`] while there is no decision, draft or plan that it could tell of.
pub fn compose(
    tx: &mut Tx<'_>,
    case: CaseId,
    kind: NoticeKind,
    dated: Option<NaiveDate>,
    as_of: Option<AsOf>,
) -> Result<NoticeView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, known.position, Details::All)?;
    shown(tx, &stored, case, kind, dated, known)
}

/// Composes a notice of a plan once it is made.
///
/// # Errors
/// [`Error::NotFound`] while no review decided so, and there is no such amendment.
pub fn compose_of_plan(
    tx: &mut Tx<'_>,
    plan: PlanId,
    kind: NoticeKind,
    dated: Option<NaiveDate>,
    as_of: Option<AsOf>,
) -> Result<NoticeView, Error> {
    let known = Known::at(tx, as_of)?;
    let (case, stored) = plans::stored_with_case(tx, plan, known.position)?;
    shown(tx, &stored, case, kind, dated, known)
}

fn shown(
    tx: &mut Tx<'_>,
    stored: &[Stored],
    case: CaseId,
    kind: NoticeKind,
    dated: Option<NaiveDate>,
    known: Known,
) -> Result<NoticeView, Error> {
    let file = file_of(stored)?;
    let case = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let composed = composed(tx, stored, &file, &case, kind, dated.unwrap_or(known.today))?;
    let same = |notice: &&Notice| notice.kind == kind && Told::by(notice, &file, case.id) == Some(composed.told);
    let sent = case.notices.iter().filter(same).map(|notice| view(notice, stored, None, false)).collect();
    Ok(NoticeView {
        recipients: composed.recipients.iter().map(|recipient| recipient_view(recipient, stored, &file)).collect(),
        letter: composed.letter,
        missing: composed.missing,
        sent,
        known,
        version: file.version,
    })
}

/// Composes a notice from what is stored.
pub(super) fn composed(
    tx: &mut Tx<'_>,
    stored: &[Stored],
    file: &File,
    case: &Case,
    kind: NoticeKind,
    dated: NaiveDate,
) -> Result<Composed, Error> {
    let told = Told::last(kind, file, case.id).ok_or(Error::NotFound("notice"))?;
    let detail = detail_of(stored, told.event);
    let authority = directory::authority(tx)?.map(|authority| authority.name).unwrap_or_default();
    let wordings = in_force(tx, dated)?;
    let plan = case.final_plan.as_ref().and_then(|made| Plan::of(file, made.plan));
    let enclosed = if kind.encloses_a_plan() {
        let version = plan.as_ref().and_then(|plan| plan.versions.iter().find(|version| version.event == told.event));
        Some(Enclosed {
            // What the family asked for begins no time of its own.
            served_on: told.on.and_then(|on| time_running(&case.drafts, on)).and_then(|draft| draft.served_on),
            says_something: detail.is_some_and(|detail| !detail.sections.is_empty()),
            placement: match version {
                Some(version) => plans::placement_in_words(tx, &version.placement)?,
                None => None,
            },
        })
    } else {
        None
    };
    let proposal = plan.as_ref().and_then(|plan| proposal(plan, told));
    let sections =
        proposal.and_then(|one| one.notice).and_then(|notice| detail_of(stored, notice)).map(|detail| &detail.sections);
    let decided = enclosed.is_none().then(|| Decided {
        // Of amendments that were declined the day is that on which the family was told.
        on: told.on.filter(|_| kind != NoticeKind::AmendmentDeclined),
        met_on: plan.as_ref().and_then(|plan| plan.reviews.iter().find(|one| Some(one.id) == told.review)?.meeting_on),
        proposed: proposal.filter(|_| kind.proposes()).zip(sections).map(|(one, sections)| Proposed {
            sections,
            sent_on: one.sent_on,
            served_on: one.time_begins_on(),
        }),
        // Why amendments are proposed is noted for staff.
        reasons: detail.and_then(|detail| detail.words.as_deref()).filter(|_| kind != NoticeKind::AmendmentWithoutReview),
        way_forward: detail.map(|detail| detail.way_forward.as_slice()).unwrap_or_default(),
        proposed_amendments: detail.and_then(|detail| detail.proposed_amendments.as_deref()),
    });
    let identity = identity_of(stored);
    let ground = Ground {
        kind,
        dated,
        reference: &case.reference,
        authority: &authority,
        child: identity.as_ref().map(|child| (child.given_name.as_str(), child.family_name.as_str())),
        decided,
        enclosed,
        wordings: &wordings,
    };
    let (letter, missing) = crate::record::compose(&ground);
    let recipients = recipients(kind, case, plan.as_ref(), &Related::all(file), dated);
    Ok(Composed { letter, missing, told, recipients })
}

/// The amendment that a notice is about: its own, or that of the review it follows.
fn proposal(plan: &Plan, told: Told) -> Option<&Amendment> {
    let its_own = |one: &&Amendment| Some(one.id) == told.amendment;
    let of_review = |one: &&Amendment| told.review.is_some() && one.review == told.review && one.notice.is_some();
    plan.amendments.iter().rev().find(|one| its_own(one) || of_review(one))
}

fn recipient_view(recipient: &Recipient, stored: &[Stored], file: &File) -> RecipientView {
    let person = recipient.relationship.and_then(|id| Related::all(file).into_iter().find(|known| known.id == id));
    let contact = person.as_ref().and_then(|person| contact_of(person, stored));
    RecipientView {
        recipient: recipient.kind,
        relationship: recipient.relationship,
        organisation: recipient.organisation.clone(),
        citation: recipient.citation.clone(),
        name: contact.map(|contact| contact.name.clone()),
        language: contact.and_then(|contact| contact.language.clone()),
        formats: contact.map(|contact| contact.formats.clone()).unwrap_or_default(),
    }
}
