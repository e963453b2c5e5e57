//! `/v1/cases/{caseId}/messages` and `/v1/messages`: what the case worker, the family and the school write to one another.

use actix_web::{get, post, put, web};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Page, Whole};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{CaseId, MessageId, StaffId};
use crate::service::contacts::Logged;
use crate::service::messages::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_messages).service(send_message).service(read_message).service(close_message);
    cfg.service(list_inbox).service(count_messages);
}

/// Which messages of a case, in which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListMessages {
    /// Only of this thread, by its first message.
    #[param(inline)]
    thread: Option<MessageId>,
    /// Only sent at this instant or after it.
    since: Option<DateTime<Utc>>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// Which messages across cases, in which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListInbox {
    /// `unanswered` (unless told): sent to the caller's side and waiting for its answer; `unread`: sent to the caller's side and not
    /// marked as read by the caller; `all`: also what the caller's side wrote.
    #[serde(default)]
    #[param(inline, required = false)]
    state: InboxState,
    /// For staff: the cases of this case worker, by their id in `/v1/staff`, instead of the caller's own.
    #[param(inline)]
    case_worker: Option<StaffId>,
    /// For staff: `true` for the cases of the whole authority instead of the caller's own.
    #[serde(default)]
    everyone: bool,
    /// For staff: `true` for the cases that no case worker has instead of the caller's own.
    #[serde(default)]
    unallocated: bool,
    /// Only sent at this instant or after it, so that another system can keep in step.
    since: Option<DateTime<Utc>>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// Which messages are counted, and how.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountMessages {
    /// First day on which they were sent; unless told, twelve weeks before the last.
    from: Option<NaiveDate>,
    /// Last day; today unless told.
    to: Option<NaiveDate>,
    /// By case worker, unless told, or by team.
    #[serde(default)]
    #[param(inline, required = false)]
    by: MessagesBy,
    /// Count apart what waits for more than so many working days; five unless told.
    #[param(maximum = 260)]
    older_than: Option<u32>,
}

fn place(message: &MessageView) -> (DateTime<Utc>, MessageId) {
    (message.sent_at, message.id)
}

/// List the messages of a case
///
/// What the case worker, the family and the school wrote to one another about the case, in the order it was sent, each with how long
/// it waited for its answer in working days and in hours. Staff of the authority see all of it. A member of the family, and a school,
/// see what they wrote and what was sent to them, and nothing else: separated parents do not see each other's messages, and a school
/// does not see the family's unless it is among those written to. A school that the child has left sees none any more, and the new
/// one nothing of what the old one was sent. After an adoption nothing from before it is here.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, ListMessages), responses(
    (status = 200, description = "A page of messages.", body = Page<MessageView>,
     example = json!(example::page(example::message())))))]
#[get("/cases/{caseId}/messages")]
async fn list_messages(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    ValidQuery(query): ValidQuery<ListMessages>,
) -> Result<Page<MessageView>, Problem> {
    let ListMessages { thread, since, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("messages")).transpose()?;
    let work = move |tx: &mut crate::db::Tx<'_>| messages::list(tx, case, thread, since, after, limit.rows_to_read());
    let rows = asker.read(Ask::SeeMessages, work).await?;
    Ok(Page::of("messages", limit, rows, place))
}

/// Send a message about a case
///
/// Writes to the case worker, to the family (one of its members, or everybody of it who may see the case today) or to the school. It
/// is there for them to read here; nothing is emailed, and telling them that a message waits is for the program in front of this one.
/// Whoever has no account here could not read it and cannot be written to: send a letter, and record it as a contact. A reply names
/// the message in `inReplyTo` and goes to whoever wrote it, unless `to` says otherwise. Members of a family write to the case worker
/// and the school, never to one another. A message is no request, no representation and no answer in law: those are recorded as what
/// they are. Once a child has died nothing more goes to the family or the school; the family can still write to the case worker. For
/// staff, families and schools.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, IdempotencyKey), request_body = SendMessage, responses(
    (status = 201, description = "Sent; `id` is the message.", body = Logged, example = json!(example::logged()))))]
#[post("/cases/{caseId}/messages")]
async fn send_message(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<SendMessage>,
) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::WriteMessages, key, body, move |tx, body| messages::send(tx, case, body)).await
}

/// Mark a message as read
///
/// Says that the caller has read it; each reader for themselves, and the first time counts. For whoever may read it.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, PathId<MessageId>), request_body = ReadMessage, responses(
    (status = 200, description = "When it was first read.", body = Read, example = json!(example::message_read()))))]
#[put("/cases/{caseId}/messages/{messageId}/read")]
async fn read_message(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(message): PathId<MessageId>,
    body: ValidJson<ReadMessage>,
) -> Result<web::Json<Read>, Problem> {
    asker.set(Ask::SeeMessages, body, move |tx, _| messages::mark_read(tx, case, message)).await
}

/// Put a message aside
///
/// Says that a message to the authority needs no reply here, because it asks for nothing or was answered in another way, such as by a
/// call that stands among the contacts. It is then no longer unanswered, and counts as put aside. For case workers, decision makers
/// and managers.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, PathId<MessageId>, IdempotencyKey), request_body = CloseMessage, responses(
    (status = 201, description = "Put aside; `id` is the message.", body = Logged, example = json!(example::logged()))))]
#[post("/cases/{caseId}/messages/{messageId}/closing")]
async fn close_message(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(message): PathId<MessageId>,
    key: IdempotencyKey,
    body: ValidJson<CloseMessage>,
) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::SettleMessages, key, body, move |tx, body| messages::close(tx, case, message, body)).await
}

/// List messages across cases
///
/// The caller's inbox: messages that wait for an answer of the caller's side, the oldest first, with the case and the child. For a
/// case worker those of their own cases and of the colleagues they cover for today (`coveringFor`); `caseWorker` looks at a colleague's and
/// `everyone` at the whole authority's; what nobody has is in `unallocated`. A member of the
/// family sees what was sent to them and they have not answered; a school what was sent to it. A message is answered by the next one
/// that somebody it was sent to writes in its thread.
#[utoipa::path(tag = "contact", params(ListInbox), responses(
    (status = 200, description = "A page of messages.", body = Page<InboxLine>,
     example = json!(example::page(example::inbox_line())))))]
#[get("/messages")]
async fn list_inbox(asker: Asker, ValidQuery(query): ValidQuery<ListInbox>) -> Result<Page<InboxLine>, Problem> {
    let ListInbox { state, case_worker, everyone, unallocated, since, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("inbox")).transpose()?;
    let filter = InboxFilter { state, case_worker, everyone, unallocated, since };
    let rows = asker.read(Ask::SeeMessages, move |tx| messages::inbox(tx, &filter, after, limit.rows_to_read())).await?;
    Ok(Page::of("inbox", limit, rows, |line: &InboxLine| place(&line.message)))
}

/// Count messages and their reply times
///
/// Of the messages that families and schools sent to the authority in the time asked about: how many were answered and after how long
/// (the median, in working days and in hours), how many were put aside, how many wait, and how many of these for longer than
/// `olderThan` working days; by the case worker who has the case today, or by their team. No provision sets a time for replies. Counts
/// only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(CountMessages), responses(
    (status = 200, description = "One row for each case worker or team.", body = Whole<MessagesLine>,
     example = json!(example::whole(example::messages_line())))))]
#[get("/statistics/messages")]
async fn count_messages(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountMessages>,
) -> Result<web::Json<Whole<MessagesLine>>, Problem> {
    let to = query.to.unwrap_or(asker.today());
    let from = query.from.unwrap_or_else(|| to.checked_sub_days(Days::new(84)).unwrap_or(to));
    let (by, older_than) = (query.by, query.older_than.unwrap_or(5));
    let data = asker.read(Ask::SeeStatistics, move |tx| messages::count(tx, (from, to), by, older_than)).await?;
    Ok(web::Json(Whole { data }))
}
