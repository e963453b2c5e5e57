//! How many places a setting has, by designation and school year, and how many of them are taken.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Error, FieldError};
use crate::db::Tx;
use crate::record::codes::NeedType;
use crate::record::{Organisation, PlacementKind, SchoolYear};
use crate::store::{capacity, closures};

/// Places of one designation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DesignatedPlaces {
    /// What kind of place.
    pub kind: PlacementKind,
    /// The need they are designated for; left out: none in particular.
    pub need: Option<NeedType>,
    /// How many there are for the authority's children.
    #[schema(minimum = 0, maximum = 10_000, example = 12)]
    pub places: i32,
}

/// Says how many places a setting has in a school year.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"year": 2026, "places": [
    {"kind": "resourced_provision", "need": "ASD", "places": 12}, {"kind": "sen_unit", "need": "SLCN", "places": 8}
]}))]
pub struct PutPlaces {
    /// The calendar year in which the school year begins: 2026 is from September 2026 to August 2027.
    #[schema(minimum = 2014, maximum = 2100)]
    pub year: i32,
    /// The places of each designation.
    #[schema(max_items = 100)]
    pub places: Vec<DesignatedPlaces>,
}

/// The places of one designation, and how many are taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacesLine {
    /// The calendar year in which the school year begins.
    #[schema(example = 2026)]
    pub year: i32,
    /// What kind of place.
    pub kind: PlacementKind,
    /// The need they are designated for. Null: none in particular.
    pub need: Option<NeedType>,
    /// How many there are for the authority's children; 0 where nothing was said.
    #[schema(example = 12)]
    pub places: i64,
    /// How many of the authority's children have such a place on the day.
    #[schema(example = 11)]
    pub taken: i64,
    /// How many are left; less than 0 where more children are there than there are places for.
    #[schema(example = 1)]
    pub free: i64,
    /// The day.
    pub on: NaiveDate,
}

/// The places of a setting in the school year that holds a day, today unless told, and who is there on it.
pub fn list(tx: &mut Tx<'_>, setting: &Organisation, on: Option<NaiveDate>) -> Result<Vec<PlacesLine>, Error> {
    must_be_known(tx, setting)?;
    let on = on.unwrap_or(tx.today());
    let year = SchoolYear::of(on).0;
    let rows = capacity::of_setting(tx, setting.as_str(), year, on)?;
    let line = |row: capacity::CapacityRow| {
        let (kind, need) = (row.kind.parse().ok()?, row.need.parse().ok());
        Some(PlacesLine { year, kind, need, places: row.places, taken: row.taken, free: row.places - row.taken, on })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// Says how many places a setting has in a school year, in the place of what was said of it before.
///
/// # Errors
/// [`Error::Invalid`] for a designation that stands twice.
pub fn put(tx: &mut Tx<'_>, setting: &Organisation, body: &PutPlaces) -> Result<Vec<PlacesLine>, Error> {
    must_be_known(tx, setting)?;
    let mut seen = BTreeSet::new();
    let twice = |(_, one): &(usize, &DesignatedPlaces)| !seen.insert((one.kind, one.need));
    let errors: Vec<_> = body.places.iter().enumerate().filter(twice).map(|(at, _)| at).collect();
    if !errors.is_empty() {
        let error = |at| FieldError::new(format!("/places/{at}"), "named_twice", "Names a designation twice.");
        return Err(Error::Invalid(errors.into_iter().map(error).collect()));
    }
    capacity::clear(tx, setting.as_str(), body.year)?;
    let now = tx.now();
    for one in &body.places {
        let need = one.need.map(NeedType::code).unwrap_or_default();
        capacity::add(tx, setting.as_str(), body.year, (one.kind.as_str(), need, one.places), now)?;
    }
    let year = SchoolYear(body.year);
    let on = if SchoolYear::of(tx.today()) == year { tx.today() } else { year.starts_on() };
    list(tx, setting, Some(on))
}

fn must_be_known(tx: &mut Tx<'_>, setting: &Organisation) -> Result<(), Error> {
    if closures::is_setting(tx, setting.as_str())? { Ok(()) } else { Err(Error::NotFound("setting")) }
}
