//! Stored files: which are arriving, which belong to whom, and what a scan found.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::statement::{Statement, statement};
use crate::db::{Error, Tx};
use crate::record::{ChildId, FileId};

#[derive(QueryableByName)]
struct FileRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    verdict: Option<String>,
}

/// Notes that a file is about to arrive.
pub fn expect(tx: &mut Tx<'_>, file: FileId) -> Result<(), Error> {
    let now = tx.now();
    run(tx, of(tx, "INSERT INTO stored_file (authority, id, began_at) VALUES ($1, $2, $3)").bind(file.0).bind(now)).map(drop)
}

/// Notes whose it is; false where it is being removed, or was.
pub fn keep(tx: &mut Tx<'_>, file: FileId, child: ChildId) -> Result<bool, Error> {
    let query = of(tx, "UPDATE stored_file SET child = $3 WHERE authority = $1 AND id = $2 AND child IS NULL AND NOT dropped");
    Ok(run(tx, query.bind(file.0).bind(child.0))? > 0)
}

/// Notes that one which was not filed is being removed, so that nobody files it any more; false where it was filed.
pub fn drop_unfiled(tx: &mut Tx<'_>, file: FileId) -> Result<bool, Error> {
    let query = of(tx, "UPDATE stored_file SET dropped = true WHERE authority = $1 AND id = $2 AND child IS NULL").bind(file.0);
    Ok(run(tx, query)? > 0)
}

/// Forgets one that was removed.
pub fn forget(tx: &mut Tx<'_>, file: FileId) -> Result<(), Error> {
    let query = of(tx, "DELETE FROM stored_file WHERE authority = $1 AND id = $2 AND child IS NULL AND dropped").bind(file.0);
    run(tx, query).map(drop)
}

/// Those that began to arrive before an instant and were never filed, and those whose removal was begun.
pub fn never_filed(tx: &mut Tx<'_>, before: DateTime<Utc>, limit: i64) -> Result<Vec<FileId>, Error> {
    let query = of(
        tx,
        "SELECT id, verdict FROM stored_file WHERE authority = $1 AND child IS NULL AND (dropped OR began_at < $2) ORDER BY began_at LIMIT $3",
    );
    Ok(rows(tx, query.bind(before).bind(limit))?.into_iter().map(|row| FileId(row.id)).collect())
}

/// Those that were filed and not scanned yet, the earliest first.
pub fn unscanned(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<FileId>, Error> {
    let query = of(
        tx,
        "SELECT id, verdict FROM stored_file WHERE authority = $1 AND child IS NOT NULL AND verdict IS NULL \
         ORDER BY began_at LIMIT $2",
    );
    Ok(rows(tx, query.bind(limit))?.into_iter().map(|row| FileId(row.id)).collect())
}

/// Keeps what a scan found; the first verdict stands.
pub fn judge(tx: &mut Tx<'_>, file: FileId, infected: bool) -> Result<(), Error> {
    let verdict = if infected { "infected" } else { "clean" };
    let query =
        of(tx, "UPDATE stored_file SET verdict = $3 WHERE authority = $1 AND id = $2 AND child IS NOT NULL AND verdict IS NULL");
    run(tx, query.bind(file.0).bind(verdict)).map(drop)
}

/// What scans found in these files: true for a virus, nothing for what was not scanned yet.
pub fn verdicts(tx: &mut Tx<'_>, files: &[FileId]) -> Result<Vec<(FileId, Option<bool>)>, Error> {
    let query = of(tx, "SELECT id, verdict FROM stored_file WHERE authority = $1 AND id = ANY ($2)");
    let found = rows(tx, query.bind(files.iter().map(|file| file.0).collect::<Vec<_>>()))?;
    Ok(found.into_iter().map(|row| (FileId(row.id), row.verdict.map(|verdict| verdict == "infected"))).collect())
}

fn of(tx: &Tx<'_>, sql: &'static str) -> Statement {
    statement(sql).bind(tx.permit().authority().0)
}

fn run(tx: &mut Tx<'_>, query: Statement) -> Result<usize, Error> {
    let done = query.execute(tx.conn());
    tx.sql(done)
}

fn rows(tx: &mut Tx<'_>, query: Statement) -> Result<Vec<FileRow>, Error> {
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
