//! What the check of the record reads: entries with the keys of their details, the head, the trail as it was sealed.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Binary, Integer, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use std::collections::HashMap;
use uuid::Uuid;

use super::journal::{self, Link};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{Entry, HASH_VERSION};

/// An entry as the check of the record reads it.
pub struct Read {
    /// Where it stands in the chain.
    pub link: Link,
    /// The entry; none when the row is no entry any more.
    pub entry: Option<Entry>,
    /// Whether every column that the entry gives, its text among them, is as it gives it: what the hash alone would not show.
    pub as_written: bool,
    /// The text and key of the detail it cites: none when there is no such row, both empty when it was erased.
    pub detail: Option<(Option<String>, Option<Vec<u8>>)>,
}

/// The columns that an entry gives and that it is not read from, and its text.
#[derive(QueryableByName)]
struct GivenRow {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    subject: Option<Uuid>,
    #[diesel(sql_type = SmallInt)]
    version: i16,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    corrects: Option<Uuid>,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = SmallInt)]
    hash_version: i16,
}

impl GivenRow {
    fn is_of(&self, entry: &Entry) -> bool {
        let fact = &entry.body.fact;
        self.subject == fact.subject().id()
            && self.version == Entry::VERSION
            && self.corrects == fact.corrects().map(|id| id.0)
            && self.body == entry.body.to_text()
            && self.hash_version == HASH_VERSION
    }
}

#[derive(QueryableByName)]
struct DetailRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    key: Option<Vec<u8>>,
}

/// Entries after a position, in order, with their details. The system reads them; nobody is shown them.
pub fn after(tx: &mut Tx<'_>, position: i64, limit: i64) -> Result<Vec<Read>, Error> {
    let read = journal::unseen_after(tx, position, limit)?;
    let rows = statement(
        "SELECT position, subject, version, corrects, body, hash_version FROM journal \
         WHERE authority = $1 AND position > $2 ORDER BY position LIMIT $3",
    )
    .bind(tx.permit().authority().0)
    .bind(position)
    .bind(limit)
    .load::<GivenRow>(tx.conn());
    let mut given: HashMap<_, _> = tx.sql(rows)?.into_iter().map(|row| (row.position, row)).collect();
    let ids: Vec<Uuid> = read.iter().filter_map(|(_, entry)| entry.as_ref()?.body.detail.as_ref()).map(|d| d.id.0).collect();
    let rows = statement("SELECT id, content, key FROM detail WHERE authority = $1 AND id = ANY ($2)")
        .bind(tx.permit().authority().0)
        .bind(ids)
        .load::<DetailRow>(tx.conn());
    let mut details: HashMap<_, _> = tx.sql(rows)?.into_iter().map(|row| (row.id, (row.content, row.key))).collect();
    let with = read.into_iter().map(|(link, entry)| {
        let cited = entry.as_ref().and_then(|entry| entry.body.detail.as_ref());
        let detail = cited.and_then(|cited| details.remove(&cited.id.0));
        let given = given.remove(&link.position);
        let as_written = given.zip(entry.as_ref()).is_some_and(|(given, entry)| given.is_of(entry));
        Read { link, entry, as_written, detail }
    });
    Ok(with.collect())
}

/// The position and hash of the journal's end.
pub fn head(tx: &mut Tx<'_>) -> Result<(i64, Vec<u8>), Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
        #[diesel(sql_type = Binary)]
        hash: Vec<u8>,
    }
    let row = statement("SELECT position, hash FROM journal_head WHERE authority = $1")
        .bind(tx.permit().authority().0)
        .get_result::<Row>(tx.conn());
    let row = tx.sql(row)?;
    Ok((row.position, row.hash))
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
}

/// The last trail row that was sealed; 0 when none was.
pub fn last_seal(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let row = statement(
        "SELECT (body::jsonb #>> '{facts,upTo}')::bigint AS number FROM journal \
         WHERE authority = $1 AND stream_kind = 'authority' AND kind = 'trail_sealed' ORDER BY seq DESC LIMIT 1",
    )
    .bind(tx.permit().authority().0)
    .get_result::<Number>(tx.conn())
    .optional();
    Ok(tx.sql(row)?.and_then(|row| row.number).unwrap_or_default())
}

/// The last trail row after one that was written before an instant.
pub fn last_trail_before(tx: &mut Tx<'_>, after: i64, before: DateTime<Utc>) -> Result<Option<i64>, Error> {
    let row = statement("SELECT max(id) AS number FROM trail WHERE authority = $1 AND id > $2 AND at < $3")
        .bind(tx.permit().authority().0)
        .bind(after)
        .bind(before)
        .get_result::<Number>(tx.conn());
    Ok(tx.sql(row)?.number)
}

/// The trail's rows after one and up to another, as the text that is sealed, and how many they are.
pub fn trail_text(tx: &mut Tx<'_>, after: i64, up_to: i64) -> Result<(i64, String), Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
        #[diesel(sql_type = Text)]
        text: String,
    }
    let row = statement(
        "SELECT count(*) AS rows, coalesce(string_agg(to_jsonb(t)::text, E'\\n' ORDER BY id), '') AS text FROM trail t \
         WHERE authority = $1 AND id > $2 AND id <= $3",
    )
    .bind(tx.permit().authority().0)
    .bind(after)
    .bind(up_to)
    .get_result::<Row>(tx.conn());
    let row = tx.sql(row)?;
    Ok((row.rows, row.text))
}

/// The version of the law register that rows which hold now were computed with, where it is not this one.
pub fn outdated(tx: &mut Tx<'_>, version: &str) -> Result<Option<String>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        law_version: String,
    }
    let row = statement(
        "SELECT law_version FROM case_view WHERE authority = $1 AND known_to IS NULL AND law_version <> $2 \
         UNION ALL SELECT law_version FROM duty_view WHERE authority = $1 AND known_to IS NULL AND law_version <> $2 LIMIT 1",
    )
    .bind(tx.permit().authority().0)
    .bind(version)
    .get_result::<Row>(tx.conn())
    .optional();
    Ok(tx.sql(row)?.map(|row| row.law_version))
}

/// The version of the program's views that the rows were made with.
pub fn views_version(tx: &mut Tx<'_>) -> Result<i32, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        views_version: i32,
    }
    let row = statement("SELECT views_version FROM journal_head WHERE authority = $1")
        .bind(tx.permit().authority().0)
        .get_result::<Row>(tx.conn());
    Ok(tx.sql(row)?.views_version)
}

/// How many entries a stream has.
pub fn length_of_stream(tx: &mut Tx<'_>, stream: Uuid) -> Result<i32, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        seq: i32,
    }
    let row = statement("SELECT coalesce(max(seq), 0) AS seq FROM journal WHERE authority = $1 AND stream = $2")
        .bind(tx.permit().authority().0)
        .bind(stream)
        .get_result::<Row>(tx.conn());
    Ok(tx.sql(row)?.seq)
}
