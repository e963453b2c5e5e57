//! Which children are or were in alternative provision, on what terms, and what it did for them.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::children::identity;
use super::placements::{PlacementRow, columns};
use super::scope::{in_scope, searched};
use crate::db::{Error, Tx};
use crate::record::{Detail, Identity, PlacementId};

#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    placement: PlacementRow,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    impact: Option<String>,
    #[diesel(sql_type = Bool)]
    has_case: bool,
    #[diesel(sql_type = Bool)]
    has_plan: bool,
}

/// A child's place in alternative provision.
pub struct Alternative {
    /// The place.
    pub placement: PlacementRow,
    /// Who the child is.
    pub identity: Option<Identity>,
    /// What the place did for them.
    pub impact: Option<String>,
    /// Whether the child has a case.
    pub has_case: bool,
    /// Whether the child has a plan.
    pub has_plan: bool,
}

/// Places in alternative provision that held on some day of a time, the latest first: those recorded as such, and any at a setting that is
/// such provision.
pub fn list(
    tx: &mut Tx<'_>,
    (from, to): (NaiveDate, NaiveDate),
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
) -> Result<Vec<Alternative>, Error> {
    let query = searched(
        tx,
        concat!(
            "SELECT ",
            columns!(),
            ", d.content, e.content AS impact, \
             EXISTS (SELECT FROM case_view c WHERE c.authority = $1 AND c.child = p.child AND c.known_to IS NULL) AS has_case, \
             EXISTS (SELECT FROM plan_view n WHERE n.authority = $1 AND n.child = p.child AND n.known_to IS NULL \
             AND (n.ceased_on IS NULL OR n.ceased_on > $4)) AS has_plan \
             FROM placement_view p LEFT JOIN setting s ON s.id = p.setting \
             LEFT JOIN child_view i ON i.authority = $1 AND i.child = p.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = $1 AND d.id = i.identity \
             LEFT JOIN detail e ON e.authority = $1 AND e.id = p.impact \
             WHERE p.authority = $1 AND p.known_to IS NULL AND ",
            in_scope!("p.child"),
            " AND (p.kind = 'alternative_provision' OR s.setting_type = 'alternative_provision') \
             AND p.from_on <= $6 AND (p.last_on IS NULL OR p.last_on >= $5) \
             AND ($7::date IS NULL OR (p.from_on, p.placement) < ($7, $8)) ORDER BY p.from_on DESC, p.placement DESC LIMIT $9"
        ),
    )
    .bind(from)
    .bind(to)
    .bind(before.map(|(from, _)| from))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.placement.child));
    let words = |content: Option<String>| content.and_then(|text| serde_json::from_str::<Detail>(&text).ok()?.words);
    let place = |row: Row| Alternative {
        identity: identity(row.content.as_deref()),
        impact: words(row.impact),
        has_case: row.has_case,
        has_plan: row.has_plan,
        placement: row.placement,
    };
    Ok(rows.into_iter().map(place).collect())
}
