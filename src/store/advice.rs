//! Requests for advice: the queue that services and staff read, and what it adds up to.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Bool, Date, Double, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use super::changes::{Window, changed, within};
use super::children::identity;
use super::scope::{in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};
use crate::record::{AdviceId, CaseId, ChildId, Detail, Identity};

/// What the queue is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of these givers, by name; all when empty.
    pub givers: Vec<String>,
    /// Only of this kind of service.
    pub specialism: Option<String>,
    /// Only of this organisation: asked of it, or written by its people.
    pub organisation: Option<String>,
    /// Only in these states, by name.
    pub states: Vec<String>,
    /// Whether all of those states are of requests that are still awaited.
    pub awaited: bool,
    /// Only with somebody named to write it (true), or only with nobody (false).
    pub allocated: Option<bool>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Only of children who changed in this window.
    pub changed: Option<Window>,
}

/// A line of the queue.
#[derive(QueryableByName)]
pub struct Row {
    /// The request for advice.
    #[diesel(sql_type = SqlUuid)]
    pub advice: Uuid,
    /// Its case.
    #[diesel(sql_type = SqlUuid)]
    pub case_id: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The case's human reference.
    #[diesel(sql_type = Text)]
    pub reference: String,
    /// Who was asked.
    #[diesel(sql_type = Text)]
    pub giver: String,
    /// Which kind of service.
    #[diesel(sql_type = Nullable<Text>)]
    pub specialism: Option<String>,
    /// Their organisation.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation: Option<String>,
    /// The day it was asked for.
    #[diesel(sql_type = Nullable<Date>)]
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request.
    #[diesel(sql_type = Nullable<Date>)]
    pub received_on: Option<NaiveDate>,
    /// The day it is due.
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
    /// How it stands.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// What was answered.
    #[diesel(sql_type = Nullable<Text>)]
    pub answer: Option<String>,
    /// The day of the answer.
    #[diesel(sql_type = Nullable<Date>)]
    pub answered_on: Option<NaiveDate>,
    /// Since when it is with its giver again.
    #[diesel(sql_type = Nullable<Date>)]
    pub sent_back_on: Option<NaiveDate>,
    /// Whether somebody was named to write it.
    #[diesel(sql_type = Bool)]
    pub allocated: bool,
    /// Since when.
    #[diesel(sql_type = Nullable<Date>)]
    pub allocated_on: Option<NaiveDate>,
    /// The organisation of whoever writes it.
    #[diesel(sql_type = Nullable<Text>)]
    pub writers_organisation: Option<String>,
    /// The day on which they are to see the child.
    #[diesel(sql_type = Nullable<Date>)]
    pub visit_on: Option<NaiveDate>,
    /// The day on which the child was last seen for it.
    #[diesel(sql_type = Nullable<Date>)]
    pub visited_on: Option<NaiveDate>,
    /// The day it was signed off.
    #[diesel(sql_type = Nullable<Date>)]
    pub signed_off_on: Option<NaiveDate>,
    /// How often it was chased.
    #[diesel(sql_type = Integer)]
    pub chased: i32,
    /// When last.
    #[diesel(sql_type = Nullable<Date>)]
    pub last_chased_on: Option<NaiveDate>,
    /// How the last time.
    #[diesel(sql_type = Nullable<Text>)]
    pub last_chased_by: Option<String>,
    /// Why it is late.
    #[diesel(sql_type = Nullable<Text>)]
    pub late_reason: Option<String>,
    /// When it is expected.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    identity: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    writer: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    asked: Option<String>,
}

impl Row {
    /// Its id.
    pub fn id(&self) -> AdviceId {
        AdviceId(self.advice)
    }

    /// Its case.
    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    /// The child.
    pub fn child(&self) -> ChildId {
        ChildId(self.child)
    }

    /// Who the child is.
    pub fn identity(&self) -> Option<Identity> {
        identity(self.identity.as_deref())
    }

    /// Who writes it.
    pub fn writer(&self) -> Option<String> {
        detail(self.writer.as_deref())?.name
    }

    /// What was asked.
    pub fn asked(&self) -> Option<String> {
        detail(self.asked.as_deref())?.words
    }
}

fn detail(content: Option<&str>) -> Option<Detail> {
    content.and_then(|text| serde_json::from_str(text).ok())
}

/// How a request stands on the day `$6`. The one home of its states.
macro_rules! state {
    () => {
        "CASE WHEN a.sent_back_on IS NOT NULL AND a.awaited THEN 'sent_back' WHEN a.answer = 'given' THEN 'returned' \
         WHEN a.answer IS NOT NULL THEN 'nil_return' WHEN NOT a.awaited THEN 'no_longer_awaited' \
         WHEN a.received_on IS NULL THEN 'awaiting_receipt' \
         WHEN a.due_on < $6 THEN CASE WHEN a.excused THEN 'excused' ELSE 'overdue' END ELSE 'outstanding' END"
    };
}

/// Requests for advice by the day they are due, those without one last, then by id. A row that fills the limit only says that there
/// are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    position: Option<i64>,
    today: NaiveDate,
    after: Option<(Option<NaiveDate>, AdviceId)>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    // The order's key is total: requests without a date stand at infinity. The first page begins before every date.
    macro_rules! sql {
        ($known:ident, $awaited:literal) => {
            concat!(
                "SELECT a.*, s.state, c.reference, d.content AS identity, w.content AS writer, q.content AS asked FROM (\
                 SELECT a.advice, a.case_id, a.child, a.giver, a.specialism, a.organisation, a.requested_on, a.received_on, a.due_on, \
                 a.answer, a.answered_on, a.sent_back_on, a.allocated, a.allocated_on, a.writers_organisation, a.visit_on, \
                 a.visited_on, a.signed_off_on, a.chased, a.last_chased_on, a.last_chased_by, a.late_reason, a.expected_on, \
                 a.authority, a.awaited, a.excused, a.organisations, a.asked AS asked_in, a.writer AS written_by \
                 FROM advice_view a WHERE a.authority = $1 AND ",
                $known!("a"),
                $awaited,
                ") a CROSS JOIN LATERAL (SELECT ",
                state!(),
                " AS state) s JOIN case_view c ON c.authority = a.authority AND c.case_id = a.case_id AND ",
                $known!("c"),
                " JOIN child_view i ON i.authority = a.authority AND i.child = a.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 LEFT JOIN detail w ON w.authority = a.authority AND w.id = a.written_by \
                 LEFT JOIN detail q ON q.authority = a.authority AND q.id = a.asked_in WHERE ($2 OR a.organisations && $3) AND ",
                in_scope!("a.child"),
                " AND (cardinality($7::text[]) = 0 OR a.giver = ANY ($7)) AND ($8::text IS NULL OR a.specialism = $8) \
                 AND ($9::text IS NULL OR $9 = ANY (a.organisations)) AND s.state = ANY ($10) \
                 AND ($11 = 0 OR a.allocated = ($11 = 1)) \
                 AND ($12::date IS NULL OR a.due_on >= $12) AND ($13::date IS NULL OR a.due_on <= $13) AND ",
                changed!("a.child", "$17", "$18", "$19", "$20"),
                " \
                 AND (coalesce(a.due_on, 'infinity'), a.advice) > (coalesce($14::date, \
                 CASE WHEN $15::uuid IS NULL THEN '-infinity' ELSE 'infinity' END::date), \
                 coalesce($15::uuid, '00000000-0000-0000-0000-000000000000')) \
                 ORDER BY coalesce(a.due_on, 'infinity'), a.advice LIMIT $16"
            )
        };
    }
    macro_rules! awaited {
        ($known:ident) => {
            sql!($known, " AND a.awaited")
        };
    }
    macro_rules! any {
        ($known:ident) => {
            sql!($known, "")
        };
    }
    let sql = if filter.awaited { known_at!(position, awaited) } else { known_at!(position, any) };
    let query = searched(tx, sql)
        .bind(position)
        .bind(today)
        .bind(filter.givers.clone())
        .bind(filter.specialism.clone())
        .bind(filter.organisation.clone())
        .bind(filter.states.clone())
        .bind(match filter.allocated {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        })
        .bind(filter.due_from)
        .bind(filter.due_to)
        .bind(after.and_then(|(on, _)| on))
        .bind(after.map(|(_, id)| id.0))
        .bind(limit);
    let rows = within(query, filter.changed).load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// The requests of one service or organisation, counted.
#[derive(QueryableByName)]
pub struct CountRow {
    /// Who was asked; none when counted by organisation.
    #[diesel(sql_type = Nullable<Text>)]
    pub giver: Option<String>,
    /// Their organisation; none when counted by service, or unknown.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation: Option<String>,
    /// How many of each state, by its name.
    #[diesel(sql_type = Text)]
    states: String,
    /// How many of each answer that was no advice, by its name.
    #[diesel(sql_type = Text)]
    nil: String,
    /// All.
    #[diesel(sql_type = BigInt)]
    pub asked: i64,
    /// Came back on the day they were due or before.
    #[diesel(sql_type = BigInt)]
    pub in_time: i64,
    /// Came back later, without an exception.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    /// Came back later, with one.
    #[diesel(sql_type = BigInt)]
    pub late_excused: i64,
    /// Came back, of those who have no time limit or whose dates are not known.
    #[diesel(sql_type = BigInt)]
    pub untimed: i64,
    /// Awaited, and nobody named to write them.
    #[diesel(sql_type = BigInt)]
    pub unallocated: i64,
    /// Median age in days of those received and awaited.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_age: Option<f64>,
    /// Age in days of the oldest of them.
    #[diesel(sql_type = Nullable<Integer>)]
    pub oldest_age: Option<i32>,
}

impl CountRow {
    /// How many stand so.
    pub fn of_state(&self, state: &str) -> i64 {
        counted(&self.states, state)
    }

    /// How many were answered so.
    pub fn of_answer(&self, answer: &str) -> i64 {
        counted(&self.nil, answer)
    }
}

fn counted(object: &str, name: &str) -> i64 {
    serde_json::from_str::<Value>(object).ok().and_then(|all| all[name].as_i64()).unwrap_or_default()
}

/// Requests asked for in a time, by service or by organisation; the caller's own where their reach is not the authority's.
pub fn count(
    tx: &mut Tx<'_>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    by_organisation: bool,
    position: Option<i64>,
    today: NaiveDate,
) -> Result<Vec<CountRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH asked AS (SELECT CASE WHEN $9 THEN NULL ELSE a.giver END AS giver, \
                 CASE WHEN $9 THEN a.organisation END AS organisation, a.answer, a.answered_on, a.due_on, a.excused, a.allocated, \
                 a.received_on, ",
                state!(),
                " AS state FROM advice_view a WHERE a.authority = $1 AND ($2 OR a.organisations && $3) AND $4::date IS NOT NULL AND ",
                $known!("a"),
                " AND ($7::date IS NULL OR a.requested_on >= $7) AND ($8::date IS NULL OR a.requested_on <= $8)), \
                 aged AS (SELECT *, CASE WHEN state IN ('outstanding', 'overdue', 'excused') THEN $6 - received_on END AS age FROM asked) \
                 SELECT a.giver, a.organisation, count(*) AS asked, \
                 count(*) FILTER (WHERE answer = 'given' AND answered_on <= due_on) AS in_time, \
                 count(*) FILTER (WHERE answer = 'given' AND answered_on > due_on AND NOT excused) AS late, \
                 count(*) FILTER (WHERE answer = 'given' AND answered_on > due_on AND excused) AS late_excused, \
                 count(*) FILTER (WHERE answer = 'given' AND (answered_on IS NULL OR due_on IS NULL)) AS untimed, \
                 count(*) FILTER (WHERE state IN ('awaiting_receipt', 'outstanding', 'overdue', 'excused') AND NOT allocated) \
                 AS unallocated, \
                 (percentile_cont(0.5) WITHIN GROUP (ORDER BY age))::double precision AS median_age, max(age) AS oldest_age, \
                 (SELECT coalesce(jsonb_object_agg(x.state, x.n), '{}')::text FROM (SELECT b.state, count(*) AS n FROM aged b \
                 WHERE b.giver IS NOT DISTINCT FROM a.giver AND b.organisation IS NOT DISTINCT FROM a.organisation GROUP BY 1) x) AS states, \
                 (SELECT coalesce(jsonb_object_agg(x.answer, x.n), '{}')::text FROM (SELECT b.answer, count(*) AS n FROM aged b \
                 WHERE b.state = 'nil_return' AND b.giver IS NOT DISTINCT FROM a.giver \
                 AND b.organisation IS NOT DISTINCT FROM a.organisation GROUP BY 1) x) AS nil \
                 FROM aged a GROUP BY a.giver, a.organisation ORDER BY a.giver, a.organisation"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(today).bind(from).bind(to).bind(by_organisation);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
