//! Which notices were sent, as far as this caller may know: staff see all, others those that were sent to them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::file_of;
use crate::service::identity::{is_staff, known_and_now};
use crate::store::journal::{self, Details, Stored};

/// One recipient to whom a notice was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeSentTo)]
pub struct SentToView {
    /// Who.
    pub recipient: RecipientKind,
    /// Which of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// Which body.
    pub organisation: Option<Organisation>,
    /// By what means.
    pub means: Means,
    /// The day.
    pub sent_on: Option<NaiveDate>,
}

/// A request for a notice in another form.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeFormatRequest)]
pub struct FormatView {
    /// Its id.
    pub id: NoticeFormatId,
    /// Which form.
    pub format: NoticeFormat,
    /// Who asked, of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// What was said with it, such as which language.
    pub words: Option<String>,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day by which it was promised.
    pub due_on: Option<NaiveDate>,
    /// Whether it was provided.
    pub provided: bool,
    /// The day it was provided.
    pub provided_on: Option<NaiveDate>,
    /// By what means.
    pub means: Option<Means>,
}

/// A notice that was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SentNotice)]
pub struct SentNoticeView {
    /// Its id.
    pub id: NoticeId,
    /// Which notice.
    pub kind: NoticeKind,
    /// The day the letter carries.
    pub dated: NaiveDate,
    /// The first day on which it was sent to the family.
    pub sent_on: Option<NaiveDate>,
    /// The draft it came with.
    pub draft: Option<DraftId>,
    /// The plan it is about.
    pub plan: Option<PlanId>,
    /// The review it follows.
    pub review: Option<ReviewId>,
    /// The amendment it is about, as `/v1/plans/{planId}/amendments` has it.
    pub amendment: Option<AmendmentId>,
    /// Whether another system sent it, so that its letter is not kept here.
    pub elsewhere: bool,
    /// What it lacked of what the law asks for.
    pub missing: Vec<NoticeItem>,
    /// To whom it was sent. A member of the family, or a setting, is shown only themselves.
    pub recipients: Vec<SentToView>,
    /// In which other forms it was asked for. A member of the family is shown only what they asked for.
    pub formats: Vec<FormatView>,
    /// What it says, as it was sent; null in a list, where it was sent elsewhere, and once erased.
    pub letter: Option<Letter>,
}

/// The notices that were sent in a case, and those of the plan it led to, in the order they were sent.
pub fn list(tx: &mut Tx<'_>, case: CaseId, as_of: Option<AsOf>) -> Result<(Known, i32, Vec<SentNoticeView>), Error> {
    let (known, stored, reader) = read(tx, case, as_of)?;
    let file = file_of(&stored)?;
    let case = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let own = case.notices.iter().filter(|notice| reader.may_see(notice));
    Ok((known, file.version, own.map(|notice| view(notice, &stored, reader.only(), false)).collect()))
}

/// One notice as it was sent, with its letter.
pub fn show(tx: &mut Tx<'_>, case: CaseId, id: NoticeId, as_of: Option<AsOf>) -> Result<(Known, i32, SentNoticeView), Error> {
    let (known, stored, reader) = read(tx, case, as_of)?;
    let file = file_of(&stored)?;
    let case = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let notice = case.notices.iter().find(|notice| notice.id == id && reader.may_see(notice));
    let notice = notice.ok_or(Error::NotFound("notice"))?;
    Ok((known, file.version, view(notice, &stored, reader.only(), true)))
}

fn read(tx: &mut Tx<'_>, case: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<Stored>, Reader), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, None, Details::All)?;
    let child = stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))?;
    let (stored, now) = known_and_now(stored, child, known.position);
    Ok((known, stored, Reader::of(tx, &now)))
}

/// Who reads: what was sent to somebody else is not theirs to know of.
pub(in crate::service) struct Reader {
    staff: bool,
    account: String,
    organisation: Option<Organisation>,
    own: BTreeSet<RelationshipId>,
}

impl Reader {
    /// The caller, and who of the people around the child they are.
    pub(in crate::service) fn of(tx: &Tx<'_>, file: &File) -> Self {
        let caller = tx.permit().caller();
        let own = Related::all(file).into_iter().filter(|person| person.is_of(&caller.subject)).map(|person| person.id);
        Self {
            staff: is_staff(tx),
            account: caller.subject.clone(),
            organisation: caller.organisation.clone(),
            own: own.collect(),
        }
    }

    /// Whether the notice was sent to them.
    pub(super) fn may_see(&self, notice: &Notice) -> bool {
        self.staff || notice.sent_to.iter().any(|to| self.is(to))
    }

    fn is(&self, to: &SentTo) -> bool {
        self.is_one_of(to.relationship, to.account.as_ref())
            || (to.organisation.is_some() && to.organisation == self.organisation)
    }

    /// Whether somebody to whom something was sent is the reader.
    pub(in crate::service) fn is_one_of(&self, relationship: Option<RelationshipId>, account: Option<&String>) -> bool {
        account == Some(&self.account) || relationship.is_some_and(|relationship| self.own.contains(&relationship))
    }

    /// Themselves, unless they see everybody.
    fn only(&self) -> Option<&Self> {
        (!self.staff).then_some(self)
    }

    /// Who of the people around the child asks through the API.
    pub(super) fn relationship(&self) -> Option<RelationshipId> {
        self.own.first().copied()
    }
}

/// A notice as it is shown, to somebody who sees only themselves or to staff.
pub(super) fn view(notice: &Notice, stored: &[Stored], only: Option<&Reader>, with_letter: bool) -> SentNoticeView {
    let detail = |event: EventId| stored.iter().find(|s| s.entry.id == event).and_then(|s| s.detail.as_ref());
    let shown_to = |to: &&SentTo| only.is_none_or(|reader| reader.is(to));
    let asked_by =
        |asked: &&FormatRequest| only.is_none_or(|reader| reader.is_one_of(asked.relationship, asked.account.as_ref()));
    SentNoticeView {
        id: notice.id,
        kind: notice.kind,
        dated: notice.dated,
        sent_on: notice.sent_on,
        draft: notice.draft,
        plan: notice.plan,
        review: notice.review,
        amendment: notice.amendment,
        elsewhere: notice.elsewhere,
        missing: notice.missing.clone(),
        recipients: notice.sent_to.iter().filter(shown_to).map(sent_to).collect(),
        formats: notice
            .formats
            .iter()
            .filter(asked_by)
            .map(|asked| FormatView {
                id: asked.id,
                format: asked.format,
                relationship: asked.relationship,
                words: detail(asked.event).and_then(|detail| detail.words.clone()),
                requested_on: asked.requested_on,
                due_on: asked.due_on,
                provided: asked.provided.is_some(),
                provided_on: asked.provided.and_then(|provided| provided.on),
                means: asked.provided.map(|provided| provided.means),
            })
            .collect(),
        letter: detail(notice.event).filter(|_| with_letter).and_then(|detail| detail.letter.clone()),
    }
}

fn sent_to(to: &SentTo) -> SentToView {
    SentToView {
        recipient: to.recipient,
        relationship: to.relationship,
        organisation: to.organisation.clone(),
        means: to.means,
        sent_on: to.on,
    }
}
