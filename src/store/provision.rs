//! Provision of plans: when it was not delivered, and how much of it was.

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{all_in_scope, in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};
use crate::record::ShortfallId;

/// A time in which provision was not delivered, as it is listed.
#[derive(QueryableByName)]
pub struct ShortfallRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub shortfall: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The plan.
    #[diesel(sql_type = SqlUuid)]
    pub plan: Uuid,
    /// The provision.
    #[diesel(sql_type = SqlUuid)]
    pub provision: Uuid,
    /// What kind it is.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Who gives it.
    #[diesel(sql_type = Nullable<Text>)]
    pub provider: Option<String>,
    /// The first day without it.
    #[diesel(sql_type = Date)]
    pub from_on: NaiveDate,
    /// The last.
    #[diesel(sql_type = Nullable<Date>)]
    pub to_on: Option<NaiveDate>,
    /// Why.
    #[diesel(sql_type = Text)]
    pub why: String,
    /// Whether some of it was delivered.
    #[diesel(sql_type = Bool)]
    pub partly: bool,
    /// How it was made good.
    #[diesel(sql_type = Nullable<Text>)]
    pub remedy: Option<String>,
}

/// Times in which provision was not delivered, the longest ago first. A row that fills the limit only says that there are more: it is
/// not shown.
pub fn shortfalls(
    tx: &mut Tx<'_>,
    (remedied, kind): (Option<bool>, Option<&'static str>),
    after: Option<(NaiveDate, ShortfallId)>,
    limit: i64,
) -> Result<Vec<ShortfallRow>, Error> {
    let query = searched(
        tx,
        concat!(
            "SELECT s.shortfall, s.child, s.plan, s.provision, s.kind, s.provider, s.from_on, s.to_on, s.why, s.partly, s.remedy \
             FROM shortfall_view s WHERE s.authority = $1 AND s.known_to IS NULL AND ",
            in_scope!("s.child"),
            " AND ($5 OR $6 = (s.remedy IS NOT NULL)) AND ($7::text IS NULL OR s.kind = $7) \
             AND ($8::date IS NULL OR (s.from_on, s.shortfall) > ($8, $9)) ORDER BY s.from_on, s.shortfall LIMIT $10"
        ),
    )
    .bind(remedied.is_none())
    .bind(remedied == Some(true))
    .bind(kind.map(str::to_owned))
    .bind(after.map(|(from, _)| from))
    .bind(after.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<ShortfallRow>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// How provision of one kind was delivered by one provider.
#[derive(QueryableByName)]
pub struct DeliveryRow {
    /// What kind it is.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Who gives it.
    #[diesel(sql_type = Nullable<Text>)]
    pub provider: Option<String>,
    /// Pieces of it that were due.
    #[diesel(sql_type = BigInt)]
    pub arranged: i64,
    /// Children to whom they were due.
    #[diesel(sql_type = BigInt)]
    pub children: i64,
    /// Of the pieces, those that were at some time not delivered.
    #[diesel(sql_type = BigInt)]
    pub undelivered: i64,
    /// Children who went without.
    #[diesel(sql_type = BigInt)]
    pub children_without: i64,
    /// Days without it.
    #[diesel(sql_type = BigInt)]
    pub days: i64,
    /// Why it was not delivered, once for each time.
    #[diesel(sql_type = Array<Text>)]
    pub why: Vec<String>,
    /// Of these times, those that were made good.
    #[diesel(sql_type = BigInt)]
    pub remedied: i64,
}

/// Provision that was due in a period, by kind and provider; what goes on is counted to the end of the period or to today.
pub fn delivery(
    tx: &mut Tx<'_>,
    (from, to, today): (NaiveDate, NaiveDate, NaiveDate),
    position: Option<i64>,
) -> Result<Vec<DeliveryRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH due AS (SELECT p.* FROM provision_view p WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.from_on <= $7 AND coalesce(p.last_on >= $6, true)), \
                 missed AS (SELECT s.*, greatest(least(coalesce(s.to_on, $8), $7) - greatest(s.from_on, $6) + 1, 0) AS days \
                 FROM shortfall_view s WHERE s.authority = $1 AND ",
                $known!("s"),
                " AND s.from_on <= $7 AND coalesce(s.to_on >= $6, true)) \
                 SELECT p.kind, p.provider, count(DISTINCT p.provision) AS arranged, count(DISTINCT p.child) AS children, \
                 count(DISTINCT s.provision) AS undelivered, count(DISTINCT s.child) AS children_without, \
                 coalesce(sum(s.days), 0)::bigint AS days, \
                 coalesce(array_agg(s.why) FILTER (WHERE s.shortfall IS NOT NULL), '{}') AS why, count(s.remedy) AS remedied \
                 FROM due p LEFT JOIN missed s ON s.provision = p.provision GROUP BY 1, 2 ORDER BY 1, 2 NULLS FIRST"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(from).bind(to).bind(today);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
