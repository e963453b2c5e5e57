//! The journal: reading a stream's entries, and adding to the end of it with the views kept in step.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Binary, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::scope::{in_scope, scoped};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{
    AuthorityId, Body, CaseId, Change, ChildId, Detail, Entry, HASH_VERSION, MeetingId, Occurred, Precision, Recorder, Stream,
    View,
};

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
        concat!(
            "SELECT j.authority, j.position, j.id, j.stream_kind, j.stream, j.seq, j.child, j.kind, j.version, j.occurred_on, \
             j.occurred_precision, j.recorded_at, j.actor, j.capacity, j.organisation, j.on_behalf_of, j.request_id, j.body, \
             j.previous_hash, j.hash, d.content \
             FROM journal j LEFT JOIN detail d ON d.authority = j.authority AND d.id = j.detail \
             AND ($6 = '' OR j.kind = ANY (string_to_array($6, ','))) \
             WHERE j.authority = $1 AND ",
            in_scope!("j.child"),
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
    /// All of them.
    All,
}

impl Details {
    fn kinds(self) -> &'static str {
        match self {
            Details::Identity => "child_registered,identity_changed",
            Details::All => "",
        }
    }
}

/// The entries of a child's file, in order, as known at a position.
pub fn of_child(tx: &mut Tx<'_>, child: ChildId, as_of: Option<i64>, details: Details) -> Result<Vec<Stored>, Error> {
    let query = scoped(tx, entries!("j.stream_kind = 'child' AND j.stream = $7 ORDER BY j.stream_kind, j.stream, j.seq"))
        .bind(as_of)
        .bind(details.kinds())
        .bind(child.0);
    load(tx, query)
}

/// The entries of the file that holds a case, in order, as known at a position.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, as_of: Option<i64>, details: Details) -> Result<Vec<Stored>, Error> {
    let query = scoped(
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
    let query = scoped(tx, entries!("j.position > $7 ORDER BY j.position LIMIT $8"))
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
    let query = scoped(tx, entries!("j.position > $7 ORDER BY j.position LIMIT $8"))
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

fn load(tx: &mut Tx<'_>, query: super::statement::Statement) -> Result<Vec<Stored>, Error> {
    let rows = query.load::<JournalRow>(tx.conn());
    let entries = tx.sql(rows)?.into_iter().map(JournalRow::stored).collect::<Result<Vec<_>, _>>()?;
    entries.iter().filter_map(|stored| stored.entry.child).for_each(|child| tx.saw(child.0));
    Ok(entries)
}

/// The last position recorded no later than an instant.
pub fn position_at(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<i64, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
    }
    let row = statement(
        "SELECT coalesce((SELECT j.position FROM journal j WHERE j.authority = $1 AND j.recorded_at <= $2 \
         ORDER BY j.authority DESC, j.recorded_at DESC, j.position DESC LIMIT 1), 0) AS position",
    )
    .bind(tx.permit().authority().0)
    .bind(at)
    .get_result::<Row>(tx.conn());
    Ok(tx.sql(row)?.position)
}

/// Locks a child's file, so that nothing else is added to it until this transaction ends.
pub fn lock_child(tx: &mut Tx<'_>, child: ChildId) -> Result<(), Error> {
    let done = statement("SELECT FROM child WHERE authority = $1 AND id = $2 FOR UPDATE")
        .bind(tx.permit().authority().0)
        .bind(child.0)
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Locks the file that holds a case.
pub fn lock_child_of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<(), Error> {
    let done = statement(
        "SELECT FROM child WHERE authority = $1 AND id = (SELECT c.child FROM case_view c WHERE c.authority = $1 \
         AND c.case_id = $2 LIMIT 1) FOR UPDATE",
    )
    .bind(tx.permit().authority().0)
    .bind(case.0)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// The end of the journal, locked until the transaction ends.
pub struct Head {
    authority: AuthorityId,
    position: i64,
    recorded_at: DateTime<Utc>,
    hash: Vec<u8>,
    case_number: i32,
}

/// What an entry is made of, before the head gives it its place.
pub struct NewEntry {
    /// Its id.
    pub id: crate::record::EventId,
    /// Its stream.
    pub stream: Stream,
    /// Its place in the stream.
    pub seq: i32,
    /// The child it shows.
    pub child: Option<ChildId>,
    /// When it happened.
    pub occurred: Occurred,
    /// When it is recorded; the head moves it forward if the entry before was later.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Recorder,
    /// What happened.
    pub body: Body,
}

/// Locks the end of the journal. Always last, after the children's files and the meetings.
pub fn lock_head(tx: &mut Tx<'_>) -> Result<Head, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
        #[diesel(sql_type = Timestamptz)]
        recorded_at: DateTime<Utc>,
        #[diesel(sql_type = Binary)]
        hash: Vec<u8>,
        #[diesel(sql_type = Integer)]
        case_number: i32,
    }
    tx.act_for_authority()?;
    let authority = tx.permit().authority();
    let row = statement("SELECT position, recorded_at, hash, case_number FROM journal_head WHERE authority = $1 FOR UPDATE")
        .bind(authority.0)
        .get_result::<Row>(tx.conn());
    let Row { position, recorded_at, hash, case_number } = tx.sql(row)?;
    Ok(Head { authority, position, recorded_at, hash, case_number })
}

impl Head {
    /// The position of the last entry; 0 before the first.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// The hash of the last entry; empty before the first.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The human reference of the next new case.
    pub fn next_reference(&mut self, received_year: i32) -> String {
        self.case_number += 1;
        format!("{received_year}/{:05}", self.case_number)
    }

    /// Gives an entry its place at the end.
    fn enter(&mut self, new: NewEntry) -> (Entry, Vec<u8>) {
        self.position += 1;
        self.recorded_at = self.recorded_at.max(new.at);
        let entry = Entry {
            authority: self.authority,
            position: self.position,
            id: new.id,
            stream: new.stream,
            seq: new.seq,
            child: new.child,
            occurred: new.occurred,
            recorded_at: self.recorded_at,
            by: new.by,
            body: new.body,
        };
        let hash = entry.hash(&self.hash);
        let previous = std::mem::replace(&mut self.hash, hash);
        (entry, previous)
    }
}

/// A row of personal data, to be stored with the entry that cites it.
pub struct NewDetail {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub child: ChildId,
    /// Its canonical text.
    pub content: String,
    /// The random key of its HMAC.
    pub key: Vec<u8>,
}

/// Entries to be added together, with what they change. Rows opened and closed within one batch are stored once, complete.
#[derive(Default)]
pub struct Batch {
    children: Vec<Value>,
    details: Vec<Value>,
    journal: Vec<Value>,
    views: BTreeMap<View, ViewBatch>,
}

#[derive(Default)]
struct ViewBatch {
    closed: Vec<Value>,
    opened: Vec<Map<String, Value>>,
    open_at: HashMap<String, usize>,
}

impl Batch {
    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.journal.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.journal.is_empty()
    }

    /// A new child's file.
    pub fn add_child(&mut self, authority: AuthorityId, child: ChildId) {
        self.children.push(json!({"authority": authority, "id": child}));
    }

    /// Personal data beside the record.
    pub fn add_detail(&mut self, authority: AuthorityId, detail: NewDetail) {
        self.details.push(json!({
            "authority": authority,
            "id": detail.id,
            "child": detail.child,
            "content": detail.content,
            "key": format!("\\x{}", hex::encode(&detail.key)),
        }));
    }

    /// An entry, given its place by the head.
    pub fn add_entry(&mut self, head: &mut Head, new: NewEntry) -> Entry {
        let (entry, previous) = head.enter(new);
        self.journal.push(json!({
            "authority": entry.authority,
            "position": entry.position,
            "id": entry.id,
            "stream_kind": entry.stream.kind(),
            "stream": entry.stream.id(),
            "seq": entry.seq,
            "child": entry.child,
            "subject": entry.body.fact.subject().id(),
            "kind": entry.body.fact.kind(),
            "version": Entry::VERSION,
            "occurred_on": entry.occurred.on,
            "occurred_precision": entry.occurred.precision.as_str(),
            "recorded_at": entry.recorded_at,
            "actor": entry.by.actor,
            "capacity": entry.by.capacity,
            "organisation": entry.by.organisation,
            "on_behalf_of": entry.by.on_behalf_of,
            "request_id": entry.by.request_id,
            "corrects": entry.body.fact.corrects(),
            "body": entry.body.to_text(),
            "hash_version": HASH_VERSION,
            "previous_hash": format!("\\x{}", hex::encode(&previous)),
            "hash": format!("\\x{}", hex::encode(&head.hash)),
        }));
        entry
    }

    /// What an entry at a position changes in the views.
    pub fn add_change(&mut self, authority: AuthorityId, position: i64, change: Change) {
        for (view, mut key) in change.closed {
            let batch = self.views.entry(view).or_default();
            match batch.open_at.remove(&key_text(view, &key)) {
                Some(index) => {
                    batch.opened[index].insert("known_to".into(), position.into());
                }
                None => {
                    key.insert("authority".into(), json!(authority));
                    key.insert("known_to".into(), position.into());
                    batch.closed.push(Value::Object(key));
                }
            }
        }
        for (view, mut row) in change.opened {
            let batch = self.views.entry(view).or_default();
            batch.open_at.insert(key_text(view, &row), batch.opened.len());
            row.insert("authority".into(), json!(authority));
            row.insert("known_from".into(), position.into());
            batch.opened.push(row);
        }
    }
}

impl Batch {
    /// The rows of each view, as canonical text: what [`super::views::rows`] reads back.
    pub fn into_rows(self) -> BTreeMap<View, Vec<String>> {
        let text = |row: Map<String, Value>| super::views::canonical(Value::Object(row));
        self.views.into_iter().map(|(view, batch)| (view, batch.opened.into_iter().map(text).collect())).collect()
    }
}

/// Puts a batch's rows in the place of every row of the views. Gives how many.
pub fn replace_views(tx: &mut Tx<'_>, batch: Batch) -> Result<usize, Error> {
    let mut count = 0;
    super::views::empty(tx)?;
    for (view, rows) in batch.views {
        let (_, open) = super::views::statements(view);
        count += rows.opened.len();
        for some in rows.opened.chunks(10_000) {
            insert(tx, open, some.iter().cloned().map(Value::Object).collect())?;
        }
    }
    Ok(count)
}

fn key_text(view: View, row: &Map<String, Value>) -> String {
    view.key().iter().map(|column| row.get(*column).map(Value::to_string).unwrap_or_default()).collect::<Vec<_>>().join("\u{1f}")
}

/// Writes the batch, and moves the head to its end.
pub fn write(tx: &mut Tx<'_>, head: Head, batch: Batch) -> Result<(), Error> {
    insert(tx, "INSERT INTO child SELECT * FROM jsonb_populate_recordset(NULL::child, $1::jsonb)", batch.children)?;
    insert(tx, "INSERT INTO detail SELECT * FROM jsonb_populate_recordset(NULL::detail, $1::jsonb)", batch.details)?;
    insert(
        tx,
        "INSERT INTO journal (authority, position, id, stream_kind, stream, seq, child, subject, kind, version, occurred_on, \
         occurred_precision, recorded_at, actor, capacity, organisation, on_behalf_of, request_id, corrects, body, \
         hash_version, previous_hash, hash) \
         SELECT authority, position, id, stream_kind, stream, seq, child, subject, kind, version, occurred_on, \
         occurred_precision, recorded_at, actor, capacity, organisation, on_behalf_of, request_id, corrects, body, \
         hash_version, previous_hash, hash FROM jsonb_populate_recordset(NULL::journal, $1::jsonb)",
        batch.journal,
    )?;
    for (view, rows) in batch.views {
        let (close, open) = super::views::statements(view);
        insert(tx, close, rows.closed)?;
        insert(tx, open, rows.opened.into_iter().map(Value::Object).collect())?;
    }
    let done =
        statement("UPDATE journal_head SET position = $2, recorded_at = $3, hash = $4, case_number = $5 WHERE authority = $1")
            .bind(head.authority.0)
            .bind(head.position)
            .bind(head.recorded_at)
            .bind(head.hash)
            .bind(head.case_number)
            .execute(tx.conn());
    tx.sql(done).map(drop)
}

fn insert(tx: &mut Tx<'_>, sql: &'static str, rows: Vec<Value>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let done = statement(sql).bind(Value::Array(rows).to_string()).execute(tx.conn());
    tx.sql(done).map(drop)
}
