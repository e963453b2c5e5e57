//! Notices: what the authority itself puts into them, from which day on.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::statement::statement;
use crate::db::{Error, Tx};

/// One wording, from a day on.
#[derive(QueryableByName)]
pub struct WordingRow {
    /// Which part of a notice.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// From which day.
    #[diesel(sql_type = Date)]
    pub valid_from: NaiveDate,
    /// What it says.
    #[diesel(sql_type = Nullable<Text>)]
    pub words: Option<String>,
    /// Who.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// How they are reached.
    #[diesel(sql_type = Nullable<Text>)]
    pub telephone: Option<String>,
    /// The same.
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// The same.
    #[diesel(sql_type = Nullable<Text>)]
    pub website: Option<String>,
    /// The same.
    #[diesel(sql_type = Nullable<Text>)]
    pub address: Option<String>,
}

/// The authority's wordings in force on a day, one of each kind at most.
pub fn wordings_on(tx: &mut Tx<'_>, day: NaiveDate) -> Result<Vec<WordingRow>, Error> {
    let query = statement(
        "SELECT DISTINCT ON (kind) kind, valid_from, words, name, telephone, email, website, address FROM notice_wording \
         WHERE authority = $1 AND valid_from <= $2 ORDER BY kind, valid_from DESC",
    );
    let rows = query.bind(tx.permit().authority().0).bind(day).load(tx.conn());
    tx.sql(rows)
}

/// Every wording of a kind, the latest first.
pub fn wordings_of(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<WordingRow>, Error> {
    let query = statement(
        "SELECT kind, valid_from, words, name, telephone, email, website, address FROM notice_wording \
         WHERE authority = $1 AND kind = $2 ORDER BY valid_from DESC LIMIT 1000",
    );
    let rows = query.bind(tx.permit().authority().0).bind(kind).load(tx.conn());
    tx.sql(rows)
}

/// Sets a wording from a day on.
pub fn set_wording(tx: &mut Tx<'_>, row: WordingRow) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO notice_wording AS w (authority, kind, valid_from, words, name, telephone, email, website, address, set_by, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (authority, kind, valid_from) DO UPDATE SET words = excluded.words, name = excluded.name, \
         telephone = excluded.telephone, email = excluded.email, website = excluded.website, address = excluded.address, \
         set_by = excluded.set_by, set_at = excluded.set_at",
    )
    .bind(tx.permit().authority().0)
    .bind(row.kind)
    .bind(row.valid_from)
    .bind(row.words)
    .bind(row.name)
    .bind(row.telephone)
    .bind(row.email)
    .bind(row.website)
    .bind(row.address)
    .bind(tx.permit().caller().subject.clone())
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}
