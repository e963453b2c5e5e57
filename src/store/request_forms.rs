//! Request forms: what a setting has begun to write and not yet sent. Ordinary rows, fenced by authority and organisation.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Integer, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::statement::{Statement, statement};
use crate::db::{Error, Tx};

/// A form as it is kept.
#[derive(QueryableByName)]
pub struct FormRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// How often it was written.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// What is filled in, as JSON.
    #[diesel(sql_type = Text)]
    pub content: String,
    /// When it was written last.
    #[diesel(sql_type = Timestamptz)]
    pub changed_at: DateTime<Utc>,
}

/// A statement whose first two placeholders are the authority and the caller's own organisations.
fn own(tx: &Tx<'_>, sql: &'static str) -> Statement {
    let grantees: Vec<_> = tx.permit().grantees().into_iter().collect();
    statement(sql).bind(tx.permit().authority().0).bind(grantees)
}

/// The setting's forms, the one written last first.
pub fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<FormRow>, Error> {
    let query = own(
        tx,
        "SELECT id, version, content, changed_at FROM request_form WHERE authority = $1 AND organisation = ANY ($2) \
         ORDER BY changed_at DESC, id LIMIT $3",
    )
    .bind(limit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// One of the setting's forms, locked until the transaction ends where it is to be changed.
pub fn find(tx: &mut Tx<'_>, id: Uuid, to_change: bool) -> Result<Option<FormRow>, Error> {
    let sql = if to_change {
        "SELECT id, version, content, changed_at FROM request_form WHERE authority = $1 AND organisation = ANY ($2) AND id = $3 FOR UPDATE"
    } else {
        "SELECT id, version, content, changed_at FROM request_form WHERE authority = $1 AND organisation = ANY ($2) AND id = $3"
    };
    let row = own(tx, sql).bind(id).get_result(tx.conn()).optional();
    tx.sql(row)
}

/// Keeps a new form for the organisation.
pub fn add(tx: &mut Tx<'_>, id: Uuid, organisation: &str, content: &str) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO request_form (authority, id, organisation, version, content, changed_at) VALUES ($1, $2, $3, 1, $4, $5)",
    )
    .bind(tx.permit().authority().0)
    .bind(id)
    .bind(organisation)
    .bind(content)
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Writes a form anew.
pub fn replace(tx: &mut Tx<'_>, id: Uuid, content: &str) -> Result<(), Error> {
    let query = own(
        tx,
        "UPDATE request_form SET content = $4, changed_at = $5, version = version + 1 \
         WHERE authority = $1 AND organisation = ANY ($2) AND id = $3",
    )
    .bind(id)
    .bind(content)
    .bind(tx.now());
    let done = query.execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Removes a form; says whether there was one.
pub fn remove(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, Error> {
    let query = own(tx, "DELETE FROM request_form WHERE authority = $1 AND organisation = ANY ($2) AND id = $3").bind(id);
    let done = query.execute(tx.conn());
    Ok(tx.sql(done)? > 0)
}
