//! The journal, added to: its end is locked, entries get their place and hash, and the views move with them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Binary, Integer, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use serde::Serialize;
use uuid::Uuid;

use crate::db::{Error, Tx};
use crate::record::{
    AuthorityId, Body, CaseId, Change, ChildId, Entry, EventId, HASH_VERSION, Occurred, Recorder, Stream, VIEWS_VERSION, View,
};
use crate::store::statement::statement;
use crate::store::views;

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

/// Locks the files that hold any of the cases, by id, which is the order in which files are locked; gives whose they are.
pub fn lock_children_of_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<ChildId>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let rows = statement(
        "SELECT id FROM child WHERE authority = $1 AND id IN (SELECT c.child FROM case_view c WHERE c.authority = $1 \
         AND c.case_id = ANY ($2)) ORDER BY id FOR UPDATE",
    )
    .bind(tx.permit().authority().0)
    .bind(cases.iter().map(|case| case.0).collect::<Vec<_>>())
    .load::<Row>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| ChildId(row.id)).collect())
}

/// The end of the journal, locked until the transaction ends.
#[derive(Clone)]
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
    pub id: EventId,
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
    /// Whose it is; none where it is of a meeting as a whole.
    pub child: Option<ChildId>,
    /// Its canonical text.
    pub content: String,
    /// The random key of its HMAC.
    pub key: Vec<u8>,
}

/// Entries to be added together, with what they change, each row as the text of a JSON object. Rows opened and closed within one
/// batch are stored once, complete.
#[derive(Default)]
pub struct Batch {
    children: Vec<String>,
    details: Vec<String>,
    journal: Vec<String>,
    views: BTreeMap<View, ViewBatch>,
}

#[derive(Default)]
struct ViewBatch {
    closed: Vec<String>,
    opened: Vec<Opened>,
    open_at: HashMap<String, usize>,
}

/// A row of a view, and from which position to which it holds.
struct Opened {
    authority: AuthorityId,
    columns: String,
    from: i64,
    to: Option<i64>,
}

impl Opened {
    fn row(&self) -> String {
        let to = self.to.map(|to| format!(",\"known_to\":{to}")).unwrap_or_default();
        format!("{{\"authority\":{},\"known_from\":{}{to},{}", self.authority.0, self.from, rest(&self.columns))
    }
}

/// An object's text after its opening brace: its columns follow others.
fn rest(object: &str) -> &str {
    object.strip_prefix('{').unwrap_or(object)
}

#[derive(Serialize)]
struct ChildRow {
    authority: AuthorityId,
    id: ChildId,
}

#[derive(Serialize)]
struct DetailRow {
    authority: AuthorityId,
    id: Uuid,
    child: Option<ChildId>,
    content: String,
    key: String,
}

#[derive(Serialize)]
struct JournalRow<'a> {
    authority: AuthorityId,
    position: i64,
    id: EventId,
    stream_kind: &'static str,
    stream: Uuid,
    seq: i32,
    child: Option<ChildId>,
    subject: Option<Uuid>,
    kind: &'static str,
    version: i16,
    occurred_on: Option<NaiveDate>,
    occurred_precision: &'static str,
    recorded_at: DateTime<Utc>,
    actor: &'a str,
    capacity: &'a str,
    organisation: Option<&'a str>,
    on_behalf_of: Option<&'a str>,
    request_id: Uuid,
    corrects: Option<EventId>,
    body: String,
    hash_version: i16,
    previous_hash: String,
    hash: String,
}

/// Bytes, as PostgreSQL reads them.
fn bytes(bytes: &[u8]) -> String {
    format!("\\x{}", hex::encode(bytes))
}

fn text(row: impl Serialize) -> String {
    serde_json::to_string(&row).unwrap_or_default()
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
        self.children.push(text(ChildRow { authority, id: child }));
    }

    /// Personal data beside the record.
    pub fn add_detail(&mut self, authority: AuthorityId, detail: NewDetail) {
        let NewDetail { id, child, content, key } = detail;
        self.details.push(text(DetailRow { authority, id, child, content, key: bytes(&key) }));
    }

    /// An entry, given its place by the head.
    pub fn add_entry(&mut self, head: &mut Head, new: NewEntry) -> Entry {
        let (entry, previous) = head.enter(new);
        self.journal.push(text(JournalRow {
            authority: entry.authority,
            position: entry.position,
            id: entry.id,
            stream_kind: entry.stream.kind(),
            stream: entry.stream.id(),
            seq: entry.seq,
            child: entry.child,
            subject: entry.body.fact.subject().id(),
            kind: entry.body.fact.kind(),
            version: Entry::VERSION,
            occurred_on: entry.occurred.on,
            occurred_precision: entry.occurred.precision.as_str(),
            recorded_at: entry.recorded_at,
            actor: &entry.by.actor,
            capacity: &entry.by.capacity,
            organisation: entry.by.organisation.as_deref(),
            on_behalf_of: entry.by.on_behalf_of.as_deref(),
            request_id: entry.by.request_id,
            corrects: entry.body.fact.corrects(),
            body: entry.body.to_text(),
            hash_version: HASH_VERSION,
            previous_hash: bytes(&previous),
            hash: bytes(&head.hash),
        }));
        entry
    }

    /// What an entry at a position changes in the views.
    pub fn add_change(&mut self, authority: AuthorityId, position: i64, change: Change) {
        for (view, row) in change.closed {
            let batch = self.views.entry(view).or_default();
            match batch.open_at.remove(&row.key).and_then(|index| batch.opened.get_mut(index)) {
                Some(opened) => opened.to = Some(position),
                None => {
                    let key = rest(&row.key);
                    batch.closed.push(format!("{{\"authority\":{},\"known_to\":{position},{key}", authority.0));
                }
            }
        }
        for (view, row) in change.opened {
            let batch = self.views.entry(view).or_default();
            batch.open_at.insert(row.key, batch.opened.len());
            batch.opened.push(Opened { authority, columns: row.text, from: position, to: None });
        }
    }
}

impl Batch {
    /// The same batch without what followed from the law register before it was adopted at a position: those rows were computed
    /// with an earlier version, and stand as that version left them.
    pub fn since_adoption(mut self, position: i64) -> Self {
        for (_, batch) in self.views.iter_mut().filter(|(view, _)| view.follows_the_register()) {
            batch.opened.retain(|row| row.to.is_none_or(|to| to > position));
            for row in &mut batch.opened {
                row.from = row.from.max(position);
            }
        }
        self
    }

    /// The rows of each view, as canonical text: what [`views::rows`] reads back.
    pub fn into_rows(self) -> BTreeMap<View, Vec<String>> {
        let text = |row: Opened| views::canonical(serde_json::from_str(&row.row()).unwrap_or_default());
        self.views.into_iter().map(|(view, batch)| (view, batch.opened.into_iter().map(text).collect())).collect()
    }
}

/// Puts a batch's rows in the place of every row that this version of the law register gave. Gives how many.
pub fn replace_views(tx: &mut Tx<'_>, batch: Batch, version: &str) -> Result<usize, Error> {
    let mut count = 0;
    views::empty(tx, version)?;
    for (view, rows) in batch.views {
        let (_, open) = views::statements(view);
        count += rows.opened.len();
        insert(tx, open, rows.opened.iter().map(Opened::row))?;
    }
    let made = statement("UPDATE journal_head SET views_version = $2 WHERE authority = $1")
        .bind(tx.permit().authority().0)
        .bind(VIEWS_VERSION)
        .execute(tx.conn());
    tx.sql(made)?;
    Ok(count)
}

/// Writes the batch, and moves the head to its end.
pub fn write(tx: &mut Tx<'_>, head: Head, batch: Batch) -> Result<(), Error> {
    insert(tx, "INSERT INTO child SELECT * FROM jsonb_populate_recordset(NULL::child, $1::jsonb)", batch.children.into_iter())?;
    insert(tx, "INSERT INTO detail SELECT * FROM jsonb_populate_recordset(NULL::detail, $1::jsonb)", batch.details.into_iter())?;
    insert(
        tx,
        "INSERT INTO journal (authority, position, id, stream_kind, stream, seq, child, subject, kind, version, occurred_on, \
         occurred_precision, recorded_at, actor, capacity, organisation, on_behalf_of, request_id, corrects, body, \
         hash_version, previous_hash, hash) \
         SELECT authority, position, id, stream_kind, stream, seq, child, subject, kind, version, occurred_on, \
         occurred_precision, recorded_at, actor, capacity, organisation, on_behalf_of, request_id, corrects, body, \
         hash_version, previous_hash, hash FROM jsonb_populate_recordset(NULL::journal, $1::jsonb)",
        batch.journal.into_iter(),
    )?;
    for (view, rows) in batch.views {
        let (close, open) = views::statements(view);
        insert(tx, close, rows.closed.into_iter())?;
        insert(tx, open, rows.opened.iter().map(Opened::row))?;
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

/// So many rows at a time as PostgreSQL writes well within the time a statement may take.
const ROWS_AT_A_TIME: usize = 2_000;

fn insert(tx: &mut Tx<'_>, sql: &'static str, rows: impl Iterator<Item = String>) -> Result<(), Error> {
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(ROWS_AT_A_TIME).collect();
        let done = statement(sql).bind(format!("[{}]", some.join(","))).execute(tx.conn());
        tx.sql(done)?;
    }
    Ok(())
}
