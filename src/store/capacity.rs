//! How many places settings have, by designation and school year, and how many of them are taken.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::{all_in_scope, scoped};
use super::statement::statement;
use crate::db::{Error, Tx};

/// Places of one designation.
#[derive(QueryableByName)]
pub struct CapacityRow {
    /// What kind of place.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The need they are designated for; empty: none in particular.
    #[diesel(sql_type = Text)]
    pub need: String,
    /// How many there are.
    #[diesel(sql_type = BigInt)]
    pub places: i64,
    /// How many are taken.
    #[diesel(sql_type = BigInt)]
    pub taken: i64,
}

/// The places of a setting in a school year, and who of the authority's children is there on a day.
pub fn of_setting(tx: &mut Tx<'_>, setting: &str, year: i32, on: NaiveDate) -> Result<Vec<CapacityRow>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT coalesce(c.kind, t.kind) AS kind, coalesce(c.need, t.need) AS need, coalesce(c.places, 0)::bigint AS places, \
             coalesce(t.taken, 0) AS taken FROM (SELECT kind, need, places FROM setting_capacity \
             WHERE authority = $1 AND setting = $5 AND year = $6) c \
             FULL JOIN (SELECT p.kind, coalesce(h.need, '') AS need, count(*) AS taken FROM placement_view p \
             CROSS JOIN LATERAL (SELECT (SELECT e.value #>> '{1,need}' FROM jsonb_array_elements(p.terms::jsonb) WITH ORDINALITY e(value, at) \
             WHERE (e.value ->> 0)::date <= $7 ORDER BY e.at DESC LIMIT 1) AS need) h \
             WHERE p.authority = $1 AND ",
            all_in_scope!(),
            " AND p.known_to IS NULL AND p.setting = $5 AND p.from_on <= $7 AND (p.last_on IS NULL OR p.last_on >= $7) GROUP BY 1, 2) t \
             ON t.kind = c.kind AND t.need = c.need ORDER BY 1, 2"
        ),
    )
    .bind(setting)
    .bind(year)
    .bind(on);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// Takes away all that was said of a setting's places in a school year.
pub fn clear(tx: &mut Tx<'_>, setting: &str, year: i32) -> Result<(), Error> {
    let done = statement("DELETE FROM setting_capacity WHERE authority = $1 AND setting = $2 AND year = $3")
        .bind(tx.permit().authority().0)
        .bind(setting)
        .bind(year)
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Says how many places of a designation a setting has in a school year.
pub fn add(
    tx: &mut Tx<'_>,
    setting: &str,
    year: i32,
    (kind, need, places): (&str, &str, i32),
    set_at: DateTime<Utc>,
) -> Result<(), Error> {
    let permit = tx.permit();
    let done = statement(
        "INSERT INTO setting_capacity (authority, setting, year, kind, need, places, set_by, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(permit.authority().0)
    .bind(setting)
    .bind(year)
    .bind(kind)
    .bind(need)
    .bind(places)
    .bind(permit.caller().subject.as_str())
    .bind(set_at)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}
