//! Concerns: what was recorded although the law says otherwise, listed and counted.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{all_in_scope, in_scope, known_at, now, searched, then};
use super::statistics::Window;
use crate::db::{Error, Tx};
use crate::record::StaffId;

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this name.
    pub concern: Option<String>,
    /// Only in cases of this case worker.
    pub case_worker: Option<StaffId>,
    /// Only acknowledged (true) or only not (false).
    pub acknowledged: Option<bool>,
}

/// One concern of one case or placement.
#[derive(QueryableByName)]
pub struct ConcernRow {
    /// Its name.
    #[diesel(sql_type = Text)]
    pub concern: String,
    /// What is unlawful about it.
    #[diesel(sql_type = Text)]
    pub words: String,
    /// The provision, as JSON.
    #[diesel(sql_type = Text)]
    pub citation: String,
    /// The case or the placement.
    #[diesel(sql_type = SqlUuid)]
    pub about: Uuid,
    /// The case; of a placement the child's last, if there is one.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_id: Option<Uuid>,
    /// Its reference.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The case worker.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_worker: Option<Uuid>,
    /// When it was recorded.
    #[diesel(sql_type = Timestamptz)]
    pub recorded_at: DateTime<Utc>,
    /// The entry in which it was acknowledged.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub acknowledged_in: Option<Uuid>,
    /// Who acknowledged it.
    #[diesel(sql_type = Nullable<Text>)]
    pub acknowledged_by: Option<String>,
    /// The detail of that entry, which holds the reason.
    #[diesel(sql_type = Nullable<Text>)]
    pub content: Option<String>,
}

/// Concerns by what they are about, then by name, after one. A row that fills the limit only says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    position: Option<i64>,
    after: Option<(Uuid, String)>,
    limit: i64,
) -> Result<Vec<ConcernRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT o.concern, o.words, o.citation, o.about, o.case_id, c.reference, o.child, c.case_worker, r.recorded_at, \
                 o.acknowledged_in, a.actor AS acknowledged_by, d.content FROM concern_view o \
                 LEFT JOIN case_view c ON c.authority = o.authority AND c.case_id = o.case_id AND ",
                $known!("c"),
                " JOIN journal r ON r.authority = o.authority AND r.position = o.known_from \
                 LEFT JOIN journal a ON a.id = o.acknowledged_in \
                 LEFT JOIN detail d ON d.authority = a.authority AND d.id = a.detail \
                 WHERE o.authority = $1 AND ",
                in_scope!("o.child"),
                " AND ",
                $known!("o"),
                " AND ($6::text IS NULL OR o.concern = $6) AND ($7::uuid IS NULL OR c.case_worker = $7) \
                 AND ($8 = 0 OR (o.acknowledged_in IS NOT NULL) = ($8 = 1)) \
                 AND ($9::uuid IS NULL OR (o.about, o.concern) > ($9, $10::text)) \
                 ORDER BY o.about, o.concern LIMIT $11"
            )
        };
    }
    let (after_about, after_concern) = after.unzip();
    let query = searched(tx, known_at!(position, sql))
        .bind(position)
        .bind(filter.concern.clone())
        .bind(filter.case_worker.map(|id| id.0))
        .bind(match filter.acknowledged {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        })
        .bind(after_about)
        .bind(after_concern)
        .bind(limit);
    let rows = query.load::<ConcernRow>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// How often one concern stands, by the period it was recorded in.
#[derive(QueryableByName)]
pub struct CountRow {
    /// First day of the period.
    #[diesel(sql_type = diesel::sql_types::Date)]
    pub period: NaiveDate,
    /// The concern's name.
    #[diesel(sql_type = Text)]
    pub concern: String,
    /// In how many cases, or of how many placements.
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
    /// In how many of these it was acknowledged.
    #[diesel(sql_type = BigInt)]
    pub acknowledged: i64,
}

/// Concerns that stand, by the period in which each was recorded and by name.
pub fn count(tx: &mut Tx<'_>, window: Window, position: Option<i64>) -> Result<Vec<CountRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT date_trunc($8, r.recorded_at AT TIME ZONE 'Europe/London')::date AS period, o.concern, \
                 count(*) AS cases, count(o.acknowledged_in) AS acknowledged FROM concern_view o \
                 JOIN journal r ON r.authority = o.authority AND r.position = o.known_from WHERE o.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("o"),
                " AND (r.recorded_at AT TIME ZONE 'Europe/London')::date BETWEEN $6 AND $7 \
                 GROUP BY period, o.concern ORDER BY period, o.concern"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
