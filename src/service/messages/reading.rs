//! Which messages are there for this caller, in a case and across cases, and which of them wait for an answer?

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::london_day;
use crate::db::Tx;
use crate::law::counting::working_days_from_to;
use crate::record::*;
use crate::service::contacts::{Logged, read};
use crate::service::identity::is_staff;
use crate::service::reminders::own_staff;
use crate::service::{Error, wrong};
use crate::store::cases;
use crate::store::children::identity;
use crate::store::messages::{self, Filter, MessageRow, Place, Wanted};

/// Somebody who wrote a message, or to whom it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Correspondent)]
pub struct CorrespondentView {
    /// Which side.
    pub party: Party,
    /// Which of the people around the child. For staff.
    pub relationship: Option<RelationshipId>,
    /// Which setting.
    pub organisation: Option<Organisation>,
    /// Which member of staff wrote.
    pub staff: Option<StaffId>,
    /// The name of whoever wrote: of the member of staff or the setting as the directory has it, of a member of the family as the
    /// record had it when they wrote.
    pub name: Option<String>,
}

/// How long somebody waited: the authority's service standards speak of working days, and hours tell more of a short wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyTime {
    /// Working days after the day it was sent, up to and with the day of the answer: nought on the same day. Monday to Friday
    /// without bank holidays, as the register of law counts them.
    #[schema(example = 2)]
    pub working_days: u32,
    /// Whole hours by the clock.
    #[schema(example = 51)]
    pub hours: i64,
}

impl ReplyTime {
    /// From one instant to another.
    pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self { working_days: working_days_from_to(london_day(from), london_day(to)), hours: (to - from).num_hours() }
    }
}

/// The answer to a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MessageReply)]
pub struct ReplyView {
    /// The message that answered it: the first that somebody it was sent to wrote after it in the same thread.
    pub message: MessageId,
    /// When.
    pub at: DateTime<Utc>,
    /// After how long.
    pub after: ReplyTime,
}

/// That a message was put aside as needing no reply here.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageClosed {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: Closing,
}

/// A message.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Message)]
pub struct MessageView {
    /// Its id.
    pub id: MessageId,
    /// The case.
    pub case: CaseId,
    /// The first message of its thread.
    pub thread: MessageId,
    /// The message it replies to.
    pub in_reply_to: Option<MessageId>,
    /// Who wrote it.
    pub from: CorrespondentView,
    /// To whom. Outside the authority, other members of the family are told only as the family.
    pub to: Vec<CorrespondentView>,
    /// What it is about.
    pub subject: Option<String>,
    /// What it says.
    pub words: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the caller said that they have read it; null: unread, unless the caller wrote it.
    pub read_at: Option<DateTime<Utc>>,
    /// Its answer, where one was given that the caller may read.
    pub reply: Option<ReplyView>,
    /// How long it has waited for its answer until now; null once it was answered or put aside.
    pub waiting: Option<ReplyTime>,
    /// That it was put aside as needing no reply here. For staff.
    pub closed: Option<MessageClosed>,
}

/// A message among those of several cases.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InboxLine {
    /// The message.
    pub message: MessageView,
    /// The case's human reference.
    #[schema(example = "2026/00042")]
    pub reference: Option<String>,
    /// The child.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The case's case worker.
    pub case_worker: Option<StaffId>,
    /// Whose list it is on, where somebody else covers for them and it is shown as part of theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub covering_for: Option<StaffId>,
}

/// Says that a message needs no reply here.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"why": "answered_otherwise"}))]
pub struct CloseMessage {
    /// Why.
    pub why: Closing,
}

/// Nothing more is said: the message is in the path, the reader in the token.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct ReadMessage {}

/// That the caller has read a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MessageRead)]
pub struct Read {
    /// When they first said so.
    pub read_at: DateTime<Utc>,
}

/// The messages of a case that the caller wrote or was sent, in the order they were sent.
pub fn list(
    tx: &mut Tx<'_>,
    case: CaseId,
    thread: Option<MessageId>,
    since: Option<DateTime<Utc>>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<MessageView>, Error> {
    cases::child_of(tx, case)?.ok_or(Error::NotFound("case"))?;
    let rows = messages::of_case(tx, case, thread, since, after, limit)?;
    let shown = Shown::to(tx);
    rows.into_iter().map(|row| shown.message(row)).collect()
}

/// Which messages a list across cases holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InboxState {
    /// Those sent to the caller's side that wait for its answer.
    #[default]
    Unanswered,
    /// Those sent to the caller's side that the caller has not read.
    Unread,
    /// All that the caller wrote or was sent.
    All,
}

/// What a list across cases is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    /// Which messages.
    pub state: InboxState,
    /// For staff: this case worker's cases instead of the caller's own.
    pub case_worker: Option<StaffId>,
    /// For staff: the cases of the whole authority.
    pub everyone: bool,
    /// For staff: the cases that nobody has.
    pub unallocated: bool,
    /// Only sent at this instant or after it.
    pub since: Option<DateTime<Utc>>,
}

/// Messages across cases, the oldest first. For staff those of their own cases, and of those they cover for, unless told.
pub fn inbox(tx: &mut Tx<'_>, filter: &InboxFilter, after: Option<Place>, limit: i64) -> Result<Vec<InboxLine>, Error> {
    let case_worker = match filter.case_worker {
        _ if !is_staff(tx) && (filter.case_worker.is_some() || filter.everyone || filter.unallocated) => {
            return Err(wrong("?caseWorker", "for_staff", "Is for staff."));
        }
        Some(_) if filter.everyone || filter.unallocated => {
            return Err(wrong("?everyone", "one_or_all", "Neither everyone nor unallocated is said together with caseWorker."));
        }
        Some(worker) => Some(worker),
        None if filter.everyone || filter.unallocated || !is_staff(tx) => None,
        None => Some(own_staff(tx, "?caseWorker")?),
    };
    let wanted = match filter.state {
        InboxState::Unanswered => Wanted::Unanswered,
        InboxState::Unread => Wanted::Unread,
        InboxState::All => Wanted::All,
    };
    let rows = messages::across_cases(
        tx,
        &Filter { wanted, case_worker, unallocated: filter.unallocated, since: filter.since },
        after,
        limit,
    )?;
    let shown = Shown::to(tx);
    let line = |row: MessageRow| {
        let who = identity(row.identity.as_deref());
        Ok(InboxLine {
            reference: row.reference.clone(),
            child: ChildId(row.child),
            given_name: who.as_ref().map(|who| who.given_name.clone()),
            family_name: who.map(|who| who.family_name),
            case_worker: row.case_worker.map(StaffId),
            covering_for: row.case_worker.map(StaffId).filter(|of| case_worker.is_some_and(|list| list != *of)),
            message: shown.message(row)?,
        })
    };
    rows.into_iter().map(line).collect()
}

/// Notes that the caller has read a message; the first time counts.
pub fn mark_read(tx: &mut Tx<'_>, case: CaseId, id: MessageId) -> Result<Read, Error> {
    let message = messages::find(tx, case, id)?.ok_or(Error::NotFound("message"))?;
    messages::mark_read(tx, &message)?;
    Ok(Read { read_at: message.read_at.unwrap_or(tx.now()) })
}

/// Puts a message aside as needing no reply here.
///
/// # Errors
/// [`Error::Refused`] when it was not sent to the authority, or was put aside before.
pub fn close(tx: &mut Tx<'_>, case: CaseId, id: MessageId, body: &CloseMessage) -> Result<Logged, Error> {
    let message = messages::find(tx, case, id)?.ok_or(Error::NotFound("message"))?;
    let refused = |code, words: &str| Error::Refused(Refusal { code, words: words.to_owned(), citation: None });
    if !message.audience.contains(&Correspondent::CaseWorker.to_string()) {
        return Err(refused("not_to_the_authority", "the message was not sent to the authority, whose answer it does not await"));
    }
    if !messages::close(tx, id, body.why.as_str())? {
        return Err(refused("already_recorded", "the message was put aside before"));
    }
    Ok(Logged { id: id.0, recorded_at: tx.now() })
}

/// How messages are shown to a caller.
struct Shown {
    staff: bool,
    now: DateTime<Utc>,
}

impl Shown {
    fn to(tx: &Tx<'_>) -> Self {
        Self { staff: is_staff(tx), now: tx.now() }
    }

    fn message(&self, row: MessageRow) -> Result<MessageView, Error> {
        let MessageContent { subject, words, written_by } = read(&row.content)?;
        let from = CorrespondentView {
            staff: row.staff.map(StaffId),
            name: row.sender_name.clone().or(written_by),
            ..self.correspondent(&row.sender)
        };
        let mut to: Vec<CorrespondentView> = Vec::new();
        for one in row.audience.iter().map(|kept| self.correspondent(kept)) {
            if !to.contains(&one) {
                to.push(one);
            }
        }
        let reply = row.reply.zip(row.replied_at).map(|(reply, at)| ReplyView {
            message: MessageId(reply),
            at,
            after: ReplyTime::between(row.sent_at, at),
        });
        let waits = reply.is_none() && row.closed_at.is_none();
        let closed = row.closed_at.zip(row.closed_why.as_deref().and_then(|why| why.parse().ok()));
        Ok(MessageView {
            id: MessageId(row.id),
            case: CaseId(row.case_id),
            thread: MessageId(row.thread),
            in_reply_to: row.in_reply_to.map(MessageId),
            from,
            to,
            subject,
            words,
            sent_at: row.sent_at,
            read_at: row.read_at,
            waiting: waits.then(|| ReplyTime::between(row.sent_at, self.now)),
            reply,
            closed: closed.filter(|_| self.staff).map(|(at, why)| MessageClosed { at, why }),
        })
    }

    fn correspondent(&self, kept: &str) -> CorrespondentView {
        let who = kept.parse().unwrap_or(Correspondent::CaseWorker);
        let mut view = CorrespondentView { party: who.party(), relationship: None, organisation: None, staff: None, name: None };
        match who {
            // Which relative wrote or was written to is for staff.
            Correspondent::Related(id) if self.staff => view.relationship = Some(id),
            Correspondent::Setting(setting) => view.organisation = Some(setting),
            Correspondent::CaseWorker | Correspondent::Related(_) | Correspondent::Account(_) => {}
        }
        view
    }
}
