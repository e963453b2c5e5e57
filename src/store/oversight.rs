//! Which children the authority keeps an eye on, and why.

use chrono::NaiveDate;
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::children::identity;
use super::placements::in_borough;
use super::scope::{in_scope, searched};
use crate::db::{Error, Tx};
use crate::record::{ChildId, Identity};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    #[diesel(sql_type = Text)]
    reasons: String,
}

/// A child, and why.
pub struct Watched {
    /// The child.
    pub child: ChildId,
    /// Who they are.
    pub identity: Option<Identity>,
    /// The reasons, as a JSON array of objects with `reason`, `since`, `setting` and `settingName`.
    pub reasons: String,
}

/// The children for whom any of these reasons holds on a day, by id, after one. A row that fills the limit only says that there are more:
/// it is not shown. Of a setting whose area is not known nobody can say that it lies in the borough: it counts as out of it.
pub fn vulnerable(
    tx: &mut Tx<'_>,
    reasons: Vec<String>,
    on: NaiveDate,
    after: Option<ChildId>,
    limit: i64,
) -> Result<Vec<Watched>, Error> {
    let query = searched(
        tx,
        concat!(
            "WITH reasons AS (SELECT o.child, CASE o.reason WHEN 'residential' THEN 'residential_out_of_borough' ELSE o.reason END AS reason, \
             o.from_on, o.setting, s.name FROM oversight_view o LEFT JOIN setting s ON s.id = o.setting \
             WHERE o.authority = $1 AND o.known_to IS NULL AND o.from_on <= $5 AND (o.last_on IS NULL OR o.last_on >= $5) \
             AND (o.reason <> 'residential' OR (",
            in_borough!(),
            ") IS NOT TRUE) \
             UNION ALL SELECT p.child, CASE s.setting_type WHEN 'non_maintained_special_school' THEN 'non_maintained' ELSE 'independent' END, \
             p.from_on, p.setting, s.name FROM placement_view p JOIN setting s ON s.id = p.setting \
             WHERE p.authority = $1 AND p.known_to IS NULL AND p.from_on <= $5 AND (p.last_on IS NULL OR p.last_on >= $5) \
             AND s.setting_type IN ('independent_school', 'independent_special_school', 'section_41_institution', 'special_post_16_institution', \
             'non_maintained_special_school')) \
             SELECT r.child, max(d.content) AS content, jsonb_agg(jsonb_build_object('reason', r.reason, 'since', r.from_on, \
             'setting', r.setting, 'settingName', r.name) ORDER BY r.reason, r.from_on)::text AS reasons FROM reasons r \
             LEFT JOIN child_view i ON i.authority = $1 AND i.child = r.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = $1 AND d.id = i.identity \
             WHERE ",
            in_scope!("r.child"),
            " AND (cardinality($6::text[]) = 0 OR r.reason = ANY ($6)) AND ($7::uuid IS NULL OR r.child > $7) \
             GROUP BY r.child ORDER BY r.child LIMIT $8"
        ),
    )
    .bind(on)
    .bind(reasons)
    .bind(after.map(|child| child.0))
    .bind(limit);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    let watched =
        |row: Row| Watched { child: ChildId(row.child), identity: identity(row.content.as_deref()), reasons: row.reasons };
    Ok(rows.into_iter().map(watched).collect())
}
