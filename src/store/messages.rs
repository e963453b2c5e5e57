//! Messages about cases: who wrote what to whom, who has read it, and when it was answered.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::covers::lists_of;
use super::scope::{party_to, scoped};
use super::statement::{Statement, statement};
use crate::access::Reach;
use crate::db::{Error, Tx};
use crate::record::{CaseId, ChildId, MessageId, StaffId};

/// A message as it is kept, with what the caller may know of its answer.
#[derive(QueryableByName)]
pub struct MessageRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The case.
    #[diesel(sql_type = SqlUuid)]
    pub case_id: Uuid,
    /// The first message of its thread.
    #[diesel(sql_type = SqlUuid)]
    pub thread: Uuid,
    /// The message it replies to.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub in_reply_to: Option<Uuid>,
    /// When it was sent.
    #[diesel(sql_type = Timestamptz)]
    pub sent_at: DateTime<Utc>,
    /// Who wrote it.
    #[diesel(sql_type = Text)]
    pub sender: String,
    /// The member of staff who wrote it, where the directory knows them.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub staff: Option<Uuid>,
    /// The name of that member of staff, or of the setting.
    #[diesel(sql_type = Nullable<Text>)]
    pub sender_name: Option<String>,
    /// To whom.
    #[diesel(sql_type = Array<Text>)]
    pub audience: Vec<String>,
    /// What it says, as JSON.
    #[diesel(sql_type = Text)]
    pub content: String,
    /// When it was put aside as needing no reply.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub closed_why: Option<String>,
    /// When the caller read it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub read_at: Option<DateTime<Utc>>,
    /// The first message with which somebody it was addressed to answered it.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub reply: Option<Uuid>,
    /// When that was sent.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub replied_at: Option<DateTime<Utc>>,
    /// The case's human reference; only in the list across cases.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    /// The case's case worker; only in the list across cases.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_worker: Option<Uuid>,
    /// The child's identity, beside the record; only in the list across cases.
    #[diesel(sql_type = Nullable<Text>)]
    pub identity: Option<String>,
}

macro_rules! messages {
    ($columns:literal, $joins:literal, $where:expr) => {
        concat!(
            "SELECT m.id, m.child, m.case_id, m.thread, m.in_reply_to, m.sent_at, m.sender, s.id AS staff, \
             coalesce(s.name, o.name) AS sender_name, m.audience, m.content, m.closed_at, m.closed_why, seen.read_at, \
             r.id AS reply, r.sent_at AS replied_at, ",
            $columns,
            " FROM message m LEFT JOIN staff s ON s.authority = m.authority AND s.subject = m.sent_by AND m.sender = 'case_worker' \
             LEFT JOIN setting o ON o.id = m.sender \
             LEFT JOIN message_read seen ON seen.authority = m.authority AND seen.message = m.id AND seen.reader = $5 \
             LEFT JOIN LATERAL (SELECT a.id, a.sent_at FROM message a WHERE a.authority = m.authority AND a.thread = m.thread \
             AND (a.sent_at, a.id) > (m.sent_at, m.id) AND a.sender = ANY (m.audience) AND ",
            party_to!("a.child", "a.audience || a.sender"),
            " ORDER BY a.sent_at, a.id LIMIT 1) r ON true ",
            $joins,
            " WHERE m.authority = $1 AND ",
            party_to!("m.child", "m.audience || m.sender"),
            $where
        )
    };
}

macro_rules! of_one_case {
    ($where:literal) => {
        messages!(
            "NULL::text AS reference, NULL::uuid AS case_worker, NULL::text AS identity",
            "",
            concat!(" AND m.case_id = $6", $where)
        )
    };
}

fn load(tx: &mut Tx<'_>, query: Statement, shown: usize) -> Result<Vec<MessageRow>, Error> {
    let rows = query.load::<MessageRow>(tx.conn());
    let rows = tx.sql(rows)?;
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

fn read_by(tx: &Tx<'_>, sql: &'static str) -> Statement {
    scoped(tx, sql).bind(tx.permit().caller().subject.clone())
}

/// The place of a message in the order of lists.
pub type Place = (DateTime<Utc>, MessageId);

fn shown(limit: i64) -> usize {
    usize::try_from(limit - 1).unwrap_or_default()
}

/// The messages of a case that the caller wrote or was sent, in the order they were sent, after one. A row that fills the limit only
/// says that there are more: it is not shown.
pub fn of_case(
    tx: &mut Tx<'_>,
    case: CaseId,
    thread: Option<MessageId>,
    since: Option<DateTime<Utc>>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<MessageRow>, Error> {
    let (at, id) = after.unzip();
    let query = read_by(
        tx,
        of_one_case!(
            " AND ($7::uuid IS NULL OR m.thread = $7) AND m.sent_at >= $8 AND ($10::uuid IS NULL OR (m.sent_at, m.id) > ($9, $10)) \
             ORDER BY m.sent_at, m.id LIMIT $11"
        ),
    )
    .bind(case.0)
    .bind(thread.map(|id| id.0))
    .bind(since.unwrap_or(DateTime::UNIX_EPOCH))
    .bind(at.unwrap_or(DateTime::UNIX_EPOCH))
    .bind(id.map(|id| id.0))
    .bind(limit);
    load(tx, query, shown(limit))
}

/// One message of a case that the caller wrote or was sent.
pub fn find(tx: &mut Tx<'_>, case: CaseId, id: MessageId) -> Result<Option<MessageRow>, Error> {
    let query = read_by(tx, of_one_case!(" AND m.id = $7")).bind(case.0).bind(id.0);
    Ok(load(tx, query, 1)?.pop())
}

/// Which messages a list across cases holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those sent to the caller's side that it has not answered.
    Unanswered,
    /// Those sent to the caller's side that the caller has not read.
    Unread,
    /// All that the caller wrote or was sent.
    All,
}

/// What a list across cases is narrowed to.
pub struct Filter {
    /// Which messages.
    pub wanted: Wanted,
    /// Only of this case worker's cases, and of those whose lists are lent to them today.
    pub case_worker: Option<StaffId>,
    /// Only of cases that nobody has.
    pub unallocated: bool,
    /// Only sent at this instant or after it.
    pub since: Option<DateTime<Utc>>,
}

/// Messages across cases, the oldest first, after one.
pub fn across_cases(tx: &mut Tx<'_>, filter: &Filter, after: Option<Place>, limit: i64) -> Result<Vec<MessageRow>, Error> {
    let (at, id) = after.unzip();
    let query = read_by(
        tx,
        messages!(
            "c.reference, c.case_worker, d.content AS identity",
            "JOIN case_view c ON c.authority = m.authority AND c.case_id = m.case_id AND c.known_to IS NULL \
             LEFT JOIN child_view i ON i.authority = m.authority AND i.child = m.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
             CROSS JOIN LATERAL (SELECT CASE WHEN $6 THEN ARRAY['case_worker'] ELSE $3 || ARRAY(SELECT v.reason FROM visible v \
             WHERE v.authority = $1 AND v.child = m.child AND v.grantee = ANY ($3) AND v.known_to IS NULL \
             AND v.from_on <= $4 AND (v.to_on IS NULL OR v.to_on > $4)) END AS names) me",
            concat!(" AND m.sent_at >= $7 AND ($9::uuid IS NULL OR (m.sent_at, m.id) > ($8, $9)) AND ($10::uuid IS NULL OR c.case_worker = ANY (", lists_of!("$10", "$4"), ")) \
             AND ($11 = 'all' OR m.audience && me.names) AND ($11 <> 'unread' OR seen.read_at IS NULL) \
             AND ($11 <> 'unanswered' OR (m.closed_at IS NULL AND NOT EXISTS (SELECT FROM message a WHERE a.authority = m.authority \
             AND a.thread = m.thread AND (a.sent_at, a.id) > (m.sent_at, m.id) AND a.sender = ANY (me.names)))) \
             AND (NOT $13 OR c.case_worker IS NULL) ORDER BY m.sent_at, m.id LIMIT $12")
        ),
    )
    .bind(tx.permit().reach() == Reach::Authority)
    .bind(filter.since.unwrap_or(DateTime::UNIX_EPOCH))
    .bind(at.unwrap_or(DateTime::UNIX_EPOCH))
    .bind(id.map(|id| id.0))
    .bind(filter.case_worker.map(|id| id.0))
    .bind(match filter.wanted {
        Wanted::Unanswered => "unanswered",
        Wanted::Unread => "unread",
        Wanted::All => "all",
    })
    .bind(limit)
    .bind(filter.unallocated);
    load(tx, query, shown(limit))
}

/// A message to be kept.
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// The child.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The first message of its thread.
    pub thread: MessageId,
    /// The message it replies to.
    pub in_reply_to: Option<MessageId>,
    /// Who writes.
    pub sender: String,
    /// To whom.
    pub audience: Vec<String>,
    /// What it says, as JSON.
    pub content: String,
}

/// Keeps a message.
pub fn add(tx: &mut Tx<'_>, new: NewMessage) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO message (authority, id, child, case_id, thread, in_reply_to, sent_at, sender, sent_by, audience, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(tx.permit().authority().0)
    .bind(new.id.0)
    .bind(new.child.0)
    .bind(new.case.0)
    .bind(new.thread.0)
    .bind(new.in_reply_to.map(|id| id.0))
    .bind(tx.now())
    .bind(new.sender)
    .bind(tx.permit().caller().subject.clone())
    .bind(new.audience)
    .bind(new.content)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Notes that the caller has read a message; the first time counts.
pub fn mark_read(tx: &mut Tx<'_>, message: &MessageRow) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO message_read (authority, message, child, reader, read_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT ON CONSTRAINT message_read_pkey DO NOTHING",
    )
    .bind(tx.permit().authority().0)
    .bind(message.id)
    .bind(message.child)
    .bind(tx.permit().caller().subject.clone())
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Puts a message aside as needing no reply; says whether it was not yet.
pub fn close(tx: &mut Tx<'_>, id: MessageId, why: &str) -> Result<bool, Error> {
    let done = statement(
        "UPDATE message SET closed_at = $3, closed_by = $4, closed_why = $5 WHERE authority = $1 AND id = $2 AND closed_at IS NULL",
    )
    .bind(tx.permit().authority().0)
    .bind(id.0)
    .bind(tx.now())
    .bind(tx.permit().caller().subject.clone())
    .bind(why)
    .execute(tx.conn());
    Ok(tx.sql(done)? > 0)
}

/// A message that reached the authority, and what became of it: for counting alone, so nobody's data is shown.
#[derive(QueryableByName)]
pub struct Counted {
    /// When it was sent.
    #[diesel(sql_type = Timestamptz)]
    pub sent_at: DateTime<Utc>,
    /// When the authority first answered it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub replied_at: Option<DateTime<Utc>>,
    /// When it was put aside as needing no reply.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub closed_at: Option<DateTime<Utc>>,
    /// The case worker of the case, or their team.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub of: Option<Uuid>,
    /// Its name.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
}

/// The messages sent to the authority from one day to another, with the case worker of each case, or with the team.
pub fn counted(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate, by_team: bool) -> Result<Vec<Counted>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT m.sent_at, r.sent_at AS replied_at, m.closed_at, CASE WHEN $7 THEN t.id ELSE s.id END AS of, \
             CASE WHEN $7 THEN t.name ELSE s.name END AS name FROM message m \
             JOIN case_view c ON c.authority = m.authority AND c.case_id = m.case_id AND c.known_to IS NULL \
             LEFT JOIN staff s ON s.authority = c.authority AND s.id = c.case_worker \
             LEFT JOIN team t ON t.authority = s.authority AND t.id = s.team \
             LEFT JOIN LATERAL (SELECT a.sent_at FROM message a WHERE a.authority = m.authority AND a.thread = m.thread \
             AND (a.sent_at, a.id) > (m.sent_at, m.id) AND a.sender = 'case_worker' ORDER BY a.sent_at, a.id LIMIT 1) r ON true \
             WHERE m.authority = $1 AND ",
            party_to!("m.child", "m.audience || m.sender"),
            " AND 'case_worker' = ANY (m.audience) AND (m.sent_at AT TIME ZONE 'Europe/London')::date BETWEEN $5 AND $6"
        ),
    )
    .bind(from)
    .bind(to)
    .bind(by_team);
    let rows = query.load::<Counted>(tx.conn());
    tx.sql(rows)
}
