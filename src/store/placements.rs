//! Placements: where each child is really taught, and on what terms.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::changes::{Window, within};
use super::scope::{in_scope, scoped, searched};
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
    /// What kind of place.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The setting.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting: Option<String>,
    /// Its name, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_name: Option<String>,
    /// Its type, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_type: Option<String>,
    /// The authority in whose area it lies, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_authority: Option<String>,
    /// Whether that is this authority.
    #[diesel(sql_type = Nullable<Bool>)]
    pub in_borough: Option<bool>,
    /// The first day there.
    #[diesel(sql_type = Date)]
    pub from_on: NaiveDate,
    /// The last day there.
    #[diesel(sql_type = Nullable<Date>)]
    pub last_on: Option<NaiveDate>,
    /// Whether beside another.
    #[diesel(sql_type = Bool)]
    pub alongside: bool,
    /// How it stands beside the child's others.
    #[diesel(sql_type = Text)]
    pub registration: String,
    /// The terms, each with the day it holds from, as JSON.
    #[diesel(sql_type = Text)]
    pub terms: String,
    /// The day the child came back from it.
    #[diesel(sql_type = Nullable<Date>)]
    pub reintegrated_on: Option<NaiveDate>,
    /// Whether a plan of the child's names the setting.
    #[diesel(sql_type = Bool)]
    pub named_in_plan: bool,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only this one.
    pub placement: Option<PlacementId>,
    /// Only this child's.
    pub child: Option<ChildId>,
    /// Only at this setting.
    pub setting: Option<String>,
    /// Only those that hold on this day.
    pub on: Option<NaiveDate>,
    /// Only of these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Only in the borough (true), or only out of it.
    pub in_borough: Option<bool>,
    /// Only with a planned end before this day.
    pub planned_end_before: Option<NaiveDate>,
    /// Only what changed in this window.
    pub changed: Option<Window>,
}

/// Whether the setting `s` lies in the area of the authority `$1`; null where the directory does not say.
macro_rules! in_borough {
    () => {
        "CASE WHEN s.authority_code IS NULL THEN NULL ELSE \
         EXISTS (SELECT FROM authority_code o WHERE o.authority = $1 AND o.code = s.authority_code) END"
    };
}
pub(super) use in_borough;

/// What is shown of the placement `p` at the setting `s`.
macro_rules! columns {
    () => {
        concat!(
            "p.placement, p.child, p.kind, p.setting, s.name AS setting_name, s.setting_type, s.authority_code AS setting_authority, ",
            crate::store::placements::in_borough!(),
            " AS in_borough, p.from_on, p.last_on, p.alongside, p.registration, p.terms, p.reintegrated_on, \
             EXISTS (SELECT FROM plan_view n WHERE n.authority = p.authority AND n.child = p.child AND n.known_to IS NULL \
             AND (n.ceased_on IS NULL OR n.ceased_on > $4) AND (n.setting = p.setting OR n.other_setting = p.setting)) AS named_in_plan"
        )
    };
}
pub(super) use columns;

/// Placements, the latest first. Whoever is granted children as a setting is told of those at itself. A row that fills the limit only
/// says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    wanted: Wanted,
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
) -> Result<Vec<PlacementRow>, Error> {
    let query = searched(
        tx,
        concat!(
            "SELECT ",
            columns!(),
            " FROM placement_view p LEFT JOIN setting s ON s.id = p.setting WHERE p.authority = $1 AND p.known_to IS NULL AND ",
            in_scope!("p.child"),
            " AND ($2 OR p.setting = ANY ($3)) AND ($5::uuid IS NULL OR p.child = $5) AND ($6::text IS NULL OR p.setting = $6) \
             AND ($7::date IS NULL OR (p.from_on <= $7 AND (p.last_on IS NULL OR p.last_on >= $7))) \
             AND (cardinality($8::text[]) = 0 OR p.kind = ANY ($8)) \
             AND ($9 = 0 OR ",
            in_borough!(),
            " = ($9 = 1)) AND ($10::date IS NULL OR p.planned_end < $10) AND ($11::uuid IS NULL OR p.placement = $11) \
             AND ($12::date IS NULL OR (p.from_on, p.placement) < ($12, $13)) \
             AND ($15::bigint IS NULL OR (p.known_from > $15 AND p.known_from <= $17) OR (NOT $2 AND EXISTS (SELECT FROM visible w \
             WHERE w.authority = $1 AND w.child = p.child AND w.grantee = ANY ($3) AND w.known_to IS NULL AND w.from_on > $16 \
             AND w.from_on <= $18))) ORDER BY p.from_on DESC, p.placement DESC LIMIT $14"
        ),
    )
    .bind(wanted.child.map(|child| child.0))
    .bind(wanted.setting)
    .bind(wanted.on)
    .bind(wanted.kinds)
    .bind(match wanted.in_borough {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    })
    .bind(wanted.planned_end_before)
    .bind(wanted.placement.map(|placement| placement.0))
    .bind(before.map(|(from, _)| from))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    let rows = within(query, wanted.changed).load::<PlacementRow>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// The child whose placement it is; none when there is no such placement in scope. Whoever is granted children as a setting knows
/// only of those at itself.
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
            " AND ($2 OR p.setting = ANY ($3)) AND p.placement = $5 LIMIT 1"
        ),
    )
    .bind(placement.0);
    let row = query.get_result::<Row>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| ChildId(row.child)))
}
