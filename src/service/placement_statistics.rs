//! How many children are in which kind of place, in and out of the borough, on a day.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use crate::db::Tx;
use crate::record::PlacementKind;
use crate::record::codes::SettingType;
use crate::store::placement_statistics::{self, CountRow};

/// The children in one kind of place.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacementsLine {
    /// What kind of place.
    pub kind: PlacementKind,
    /// The type of setting. Null: at none, or the directory does not say.
    #[schema(value_type = Option<SettingType>)]
    pub setting_type: Option<String>,
    /// Whether the setting lies in your authority's own area. Null: at none, or the directory does not say.
    pub in_borough: Option<bool>,
    /// How many placements hold on the day.
    #[schema(example = 310)]
    pub placements: i64,
    /// Of these, beside another place of the same child, who is counted there as well.
    #[schema(example = 4)]
    pub alongside: i64,
}

/// The placements that hold on a day, today unless told, by kind, type of setting and borough.
pub fn count(tx: &mut Tx<'_>, on: Option<NaiveDate>, as_of: Option<AsOf>) -> Result<(Known, Vec<PlacementsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = placement_statistics::on(tx, on.unwrap_or(known.today), known.position)?;
    let line = |row: CountRow| PlacementsLine {
        kind: row.kind.parse().unwrap_or_default(),
        setting_type: row.setting_type,
        in_borough: row.in_borough,
        placements: row.placements,
        alongside: row.alongside,
    };
    Ok((known, rows.into_iter().map(line).collect()))
}
