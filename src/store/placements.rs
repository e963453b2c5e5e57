//! Placements: at which setting each child is really taught.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, scoped};
use crate::db::{Error, Tx};
use crate::record::{ChildId, PlacementId};

/// A placement as it is listed.
#[derive(QueryableByName)]
pub struct PlacementRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub placement: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The setting.
    #[diesel(sql_type = Text)]
    pub setting: String,
    /// Its name, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_name: Option<String>,
    /// The first day there.
    #[diesel(sql_type = Date)]
    pub from_on: NaiveDate,
    /// The last day there.
    #[diesel(sql_type = Nullable<Date>)]
    pub last_on: Option<NaiveDate>,
    /// Whether beside another.
    #[diesel(sql_type = Bool)]
    pub alongside: bool,
}

/// What the list is narrowed to.
pub struct Wanted {
    /// Only this child's.
    pub child: Option<ChildId>,
    /// Only at this setting.
    pub setting: Option<String>,
    /// Only those that hold on this day.
    pub on: Option<NaiveDate>,
}

/// Placements, the latest first. Whoever is granted children as a setting is told of those at itself. A row that fills the limit only
/// says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    wanted: Wanted,
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
) -> Result<Vec<PlacementRow>, Error> {
    let all = tx.permit().reach() == crate::access::Reach::Authority;
    let query = scoped(
        tx,
        concat!(
            "SELECT p.placement, p.child, p.setting, s.name AS setting_name, p.from_on, p.last_on, p.alongside FROM placement_view p \
             LEFT JOIN setting s ON s.id = p.setting WHERE p.authority = $1 AND p.known_to IS NULL AND ",
            in_scope!("p.child"),
            " AND ($5 OR p.setting = ANY ($3)) AND ($6::uuid IS NULL OR p.child = $6) AND ($7::text IS NULL OR p.setting = $7) \
             AND ($8::date IS NULL OR (p.from_on <= $8 AND (p.last_on IS NULL OR p.last_on >= $8))) \
             AND ($9::date IS NULL OR (p.from_on, p.placement) < ($9, $10)) ORDER BY p.from_on DESC, p.placement DESC LIMIT $11"
        ),
    )
    .bind(all)
    .bind(wanted.child.map(|child| child.0))
    .bind(wanted.setting)
    .bind(wanted.on)
    .bind(before.map(|(from, _)| from))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<PlacementRow>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// The child whose placement it is; none when there is no such placement in scope.
pub fn child_of(tx: &mut Tx<'_>, placement: PlacementId) -> Result<Option<ChildId>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        child: Uuid,
    }
    let query = scoped(
        tx,
        concat!(
            "SELECT p.child FROM placement_view p WHERE p.authority = $1 AND ",
            in_scope!("p.child"),
            " AND p.placement = $5 LIMIT 1"
        ),
    )
    .bind(placement.0);
    let row = query.get_result::<Row>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| ChildId(row.child)))
}
