//! How many requests for advice a service can take on in a week, and how many it has.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::searched;
use super::statement::statement;
use crate::db::{Error, Tx};

/// Which service's.
#[derive(Debug, Clone, Default)]
pub struct Of {
    /// Who is asked, by name; every service when none.
    pub service: Option<String>,
    /// Its organisation; every organisation the caller may know of when none.
    pub organisation: Option<String>,
}

/// A number of one week; of no week, what is counted as a whole.
#[derive(QueryableByName)]
pub struct Number {
    /// `places`, `allocated`, `due` or `unallocated`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// The Monday the week starts on.
    #[diesel(sql_type = Nullable<Date>)]
    pub week_starting: Option<NaiveDate>,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
}

/// The numbers of the weeks that start from a Monday on and before another.
pub fn numbers(tx: &mut Tx<'_>, of: &Of, from: NaiveDate, before: NaiveDate) -> Result<Vec<Number>, Error> {
    let query = searched(
        tx,
        "WITH own AS (SELECT a.* FROM advice_view a WHERE a.authority = $1 AND ($2 OR a.organisations && $3) \
         AND $4::date IS NOT NULL AND a.known_to IS NULL AND ($5::text IS NULL OR a.giver = $5)), \
         asked AS (SELECT * FROM own WHERE ($2 OR organisation = ANY ($3)) AND ($6::text IS NULL OR organisation = $6) \
         AND awaited AND sent_back_on IS NULL) \
         SELECT 'places' AS what, c.week_starting, sum(c.places) AS number FROM advice_capacity c WHERE c.authority = $1 \
         AND ($2 OR c.organisation = ANY ($3)) AND ($5::text IS NULL OR c.service = $5) \
         AND ($6::text IS NULL OR c.organisation = $6) AND c.week_starting >= $7 AND c.week_starting < $8 GROUP BY 2 \
         UNION ALL SELECT 'allocated', date_trunc('week', coalesce(visit_on, allocated_on))::date, count(*) FROM own \
         WHERE allocated AND ($2 OR writers_organisation = ANY ($3)) AND ($6::text IS NULL OR writers_organisation = $6) \
         AND coalesce(visit_on, allocated_on) >= $7 AND coalesce(visit_on, allocated_on) < $8 GROUP BY 2 \
         UNION ALL SELECT 'due', date_trunc('week', due_on)::date, count(*) FROM asked WHERE due_on >= $7 AND due_on < $8 GROUP BY 2 \
         UNION ALL SELECT 'unallocated', NULL, count(*) FROM asked WHERE NOT allocated",
    )
    .bind(of.service.clone())
    .bind(of.organisation.clone())
    .bind(from)
    .bind(before);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// Sets how many places a service has in a week.
pub fn set(
    tx: &mut Tx<'_>,
    service: &str,
    organisation: &str,
    (week_starting, places): (NaiveDate, i32),
    set_at: DateTime<Utc>,
) -> Result<(), Error> {
    let permit = tx.permit();
    let done = statement(
        "INSERT INTO advice_capacity (authority, service, organisation, week_starting, places, set_by, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (authority, service, organisation, week_starting) \
         DO UPDATE SET places = excluded.places, set_by = excluded.set_by, set_at = excluded.set_at",
    )
    .bind(permit.authority().0)
    .bind(service)
    .bind(organisation)
    .bind(week_starting)
    .bind(places)
    .bind(permit.caller().subject.as_str())
    .bind(set_at)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}
