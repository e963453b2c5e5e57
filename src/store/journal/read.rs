//! The journal, read: a stream's entries in order, as known at a position.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Binary, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use crate::db::{Error, Tx};
use crate::record::{
    AuthorityId, Body, CaseId, ChildId, Detail, Entry, EventId, MeetingId, Occurred, Precision, Recorder, Stream,
};
use crate::store::scope::{ByReach, all_in_scope, in_scope, scoped, scoped_by_reach};
use crate::store::statement::{Statement, statement};

/// A row of the journal with the text of the detail it cites, where that was asked for.
#[derive(QueryableByName)]
pub struct JournalRow {
    #[diesel(sql_type = Integer)]
    authority: i32,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    stream_kind: String,
    #[diesel(sql_type = SqlUuid)]
    stream: Uuid,
    #[diesel(sql_type = Integer)]
    seq: i32,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    child: Option<Uuid>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SmallInt)]
    version: i16,
    #[diesel(sql_type = Nullable<Date>)]
    occurred_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    occurred_precision: String,
    #[diesel(sql_type = Timestamptz)]
    recorded_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    capacity: String,
    #[diesel(sql_type = Nullable<Text>)]
    organisation: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    on_behalf_of: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    request_id: Uuid,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Binary)]
    previous_hash: Vec<u8>,
    #[diesel(sql_type = Binary)]
    hash: Vec<u8>,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// An entry as stored: with its hashes, and the text of its detail where that was asked for.
pub struct Stored {
    /// The entry.
    pub entry: Entry,
    /// The personal data that belongs to it, unless it was erased or not asked for.
    pub detail: Option<Detail>,
    /// The hash it was chained to.
    pub previous_hash: Vec<u8>,
    /// Its own hash.
    pub hash: Vec<u8>,
}

impl JournalRow {
    fn stored(self) -> Result<Stored, Error> {
        let unreadable = |what: &str| Error::Sql(diesel::result::Error::DeserializationError(what.to_owned().into()));
        let stream = Stream::from_parts(&self.stream_kind, self.stream).ok_or_else(|| unreadable("unknown kind of stream"))?;
        let body = Body::from_text(&self.kind, self.version, &self.body).map_err(|e| unreadable(&e.0))?;
        let detail = match self.content {
            Some(text) => Some(serde_json::from_str(&text).map_err(|_| unreadable("a detail of no known shape"))?),
            None => None,
        };
        let precision = match self.occurred_precision.as_str() {
            "day" => Precision::Day,
            "month" => Precision::Month,
            "year" => Precision::Year,
            _ => Precision::Unknown,
        };
        Ok(Stored {
            entry: Entry {
                authority: AuthorityId(self.authority),
                position: self.position,
                id: self.id.into(),
                stream,
                seq: self.seq,
                child: self.child.map(ChildId),
                occurred: Occurred { on: self.occurred_on, precision },
                recorded_at: self.recorded_at,
                by: Recorder {
                    actor: self.actor,
                    capacity: self.capacity,
                    organisation: self.organisation,
                    on_behalf_of: self.on_behalf_of,
                    request_id: self.request_id,
                },
                body,
            },
            detail,
            previous_hash: self.previous_hash,
            hash: self.hash,
        })
    }
}

macro_rules! entries {
    ($where:expr) => {
        ByReach { all: entries!(all_in_scope!(), $where), granted: entries!(in_scope!("j.child"), $where) }
    };
    ($scope:expr, $where:expr) => {
        concat!(
            "SELECT j.authority, j.position, j.id, j.stream_kind, j.stream, j.seq, j.child, j.kind, j.version, j.occurred_on, \
             j.occurred_precision, j.recorded_at, j.actor, j.capacity, j.organisation, j.on_behalf_of, j.request_id, j.body, \
             j.previous_hash, j.hash, d.content \
             FROM journal j LEFT JOIN detail d ON d.authority = j.authority AND d.id = j.detail \
             AND ($6 = '' OR j.kind = ANY (string_to_array($6, ','))) \
             WHERE j.authority = $1 AND ",
            $scope,
            " AND ($5::bigint IS NULL OR j.position <= $5) AND ",
            $where
        )
    };
}

/// Which entries' details to read with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// None but the child's identity.
    Identity,
    /// The child's identity, what the requests say, the names of professionals, letters about delays, what was written with the
    /// decisions: what a case shows of its details.
    Shown,
    /// What was asked of advice givers, what they sent, and what was found of it.
    Advice,
    /// None but how the people around the child are reached.
    Relationships,
    /// All of them.
    All,
}

impl Details {
    fn kinds(self) -> &'static str {
        match self {
            Details::Identity => "child_registered,identity_changed,identity_sealed",
            Details::Shown => {
                "child_registered,identity_changed,identity_sealed,request_received,request_joined,advice_allocated,\
                 advice_signed_off,delay_told,assessment_decided,plan_decided"
            }
            Details::Advice => "advice_requested,advice_returned,advice_allocated,advice_signed_off,advice_judged",
            Details::Relationships => "relationship_recorded",
            Details::All => "",
        }
    }
}

/// The entries of a child's file, in order, as known at a position.
pub fn of_child(tx: &mut Tx<'_>, child: ChildId, as_of: Option<i64>, details: Details) -> Result<Vec<Stored>, Error> {
    let query =
        scoped_by_reach(tx, entries!("j.stream_kind = 'child' AND j.stream = $7 ORDER BY j.stream_kind, j.stream, j.seq"))
            .bind(as_of)
            .bind(details.kinds())
            .bind(child.0);
    load(tx, query)
}

/// The entries of several children's files, file by file, each in order.
pub fn of_children(tx: &mut Tx<'_>, children: &[ChildId], details: Details) -> Result<Vec<Stored>, Error> {
    let query =
        scoped_by_reach(tx, entries!("j.stream_kind = 'child' AND j.stream = ANY ($7) ORDER BY j.stream_kind, j.stream, j.seq"))
            .bind(None::<i64>)
            .bind(details.kinds())
            .bind(children.iter().map(|child| child.0).collect::<Vec<_>>());
    load(tx, query)
}

/// The entries of the file that holds a case, in order, as known at a position.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, as_of: Option<i64>, details: Details) -> Result<Vec<Stored>, Error> {
    let query = scoped_by_reach(
        tx,
        entries!(
            "j.stream_kind = 'child' AND j.stream = (SELECT c.child FROM case_view c WHERE c.authority = $1 AND c.case_id = $7 \
             LIMIT 1) ORDER BY j.stream_kind, j.stream, j.seq"
        ),
    )
    .bind(as_of)
    .bind(details.kinds())
    .bind(case.0);
    load(tx, query)
}

/// Entries of a child's file by their ids, and those that put them right, with what belongs to each.
pub fn of_entries(tx: &mut Tx<'_>, child: ChildId, entries: &[EventId]) -> Result<Vec<Stored>, Error> {
    let query = scoped_by_reach(
        tx,
        entries!("j.stream_kind = 'child' AND j.stream = $7 AND (j.id = ANY ($8) OR j.corrects = ANY ($8)) ORDER BY j.seq"),
    )
    .bind(None::<i64>)
    .bind(Details::All.kinds())
    .bind(child.0)
    .bind(entries.iter().map(|entry| entry.0).collect::<Vec<_>>());
    load(tx, query)
}

/// The entries of a panel's meeting, in order, as known at a position. The caller's scope is the meeting's, in `panels`.
pub fn of_meeting(tx: &mut Tx<'_>, meeting: MeetingId, as_of: Option<i64>) -> Result<Vec<Stored>, Error> {
    let query = scoped(
        tx,
        "SELECT j.authority, j.position, j.id, j.stream_kind, j.stream, j.seq, j.child, j.kind, j.version, j.occurred_on, \
         j.occurred_precision, j.recorded_at, j.actor, j.capacity, j.organisation, j.on_behalf_of, j.request_id, j.body, \
         j.previous_hash, j.hash, d.content \
         FROM journal j LEFT JOIN detail d ON d.authority = j.authority AND d.id = j.detail \
         WHERE j.authority = $1 AND ($2 OR EXISTS (SELECT FROM meeting_view m WHERE m.authority = $1 AND m.meeting = $6 \
         AND m.known_to IS NULL AND m.members && $3 AND $4 IS NOT NULL)) \
         AND ($5::bigint IS NULL OR j.position <= $5) AND j.stream_kind = 'meeting' AND j.stream = $6 ORDER BY j.seq",
    )
    .bind(as_of)
    .bind(meeting.0);
    load(tx, query)
}

/// A stretch of the authority's journal after a position, in order: the change feed.
pub fn after(tx: &mut Tx<'_>, position: i64, limit: i64) -> Result<Vec<Stored>, Error> {
    let query = scoped_by_reach(tx, entries!("j.position > $7 ORDER BY j.position LIMIT $8"))
        .bind(None::<i64>)
        .bind("none")
        .bind(position)
        .bind(limit);
    load(tx, query)
}

/// Where an entry stands in the chain, whether or not it still reads as one.
pub struct Link {
    /// Its position.
    pub position: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The hash it was chained to.
    pub previous_hash: Vec<u8>,
    /// Its own hash.
    pub hash: Vec<u8>,
}

/// As [`after`], for the check of the record: the details are left out and nobody is shown anything. No entry beside a link
/// says that its row is none any more.
pub fn unseen_after(tx: &mut Tx<'_>, position: i64, limit: i64) -> Result<Vec<(Link, Option<Entry>)>, Error> {
    let query = scoped_by_reach(tx, entries!("j.position > $7 ORDER BY j.position LIMIT $8"))
        .bind(None::<i64>)
        .bind("none")
        .bind(position)
        .bind(limit);
    let rows = query.load::<JournalRow>(tx.conn());
    let read = |row: JournalRow| {
        let (previous_hash, hash) = (row.previous_hash.clone(), row.hash.clone());
        let link = Link { position: row.position, recorded_at: row.recorded_at, previous_hash, hash };
        (link, row.stored().ok().map(|stored| stored.entry))
    };
    Ok(tx.sql(rows)?.into_iter().map(read).collect())
}

fn load(tx: &mut Tx<'_>, query: Statement) -> Result<Vec<Stored>, Error> {
    let rows = query.load::<JournalRow>(tx.conn());
    let entries = tx.sql(rows)?.into_iter().map(JournalRow::stored).collect::<Result<Vec<_>, _>>()?;
    entries.iter().filter_map(|stored| stored.entry.child).for_each(|child| tx.saw(child.0));
    Ok(entries)
}

/// The last position recorded no later than an instant, and the version of the law register that held there, where another
/// has taken its place since.
pub fn position_at(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<(i64, Option<String>), Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
        #[diesel(sql_type = Nullable<Text>)]
        law_version: Option<String>,
    }
    let row = statement(
        "SELECT p.position, coalesce((SELECT a.body::jsonb #>> '{facts,version}' FROM journal a WHERE a.authority = $1 \
         AND a.kind = 'register_adopted' AND a.position <= p.position ORDER BY a.position DESC LIMIT 1), \
         (SELECT a.body::jsonb #>> '{facts,from}' FROM journal a WHERE a.authority = $1 \
         AND a.kind = 'register_adopted' AND a.position > p.position ORDER BY a.position LIMIT 1)) AS law_version \
         FROM (SELECT coalesce((SELECT j.position FROM journal j WHERE j.authority = $1 AND j.recorded_at <= $2 \
         ORDER BY j.authority DESC, j.recorded_at DESC, j.position DESC LIMIT 1), 0) AS position) p",
    )
    .bind(tx.permit().authority().0)
    .bind(at)
    .get_result::<Row>(tx.conn());
    let row = tx.sql(row)?;
    Ok((row.position, row.law_version))
}
