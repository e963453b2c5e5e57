//! The rows that say where a child is taught, from when to when and on what terms.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::sealing::is_sealed;
use crate::record::{File, Schooling};

/// Adds each placement; what was recorded before an adoption leads back to the child and is put away.
pub(super) fn add(rows: &mut Rows, file: &File) {
    let all: Vec<_> = Schooling::all(file).into_iter().filter(|one| !is_sealed(file, one.event)).collect();
    for one in &all {
        let back = one.reintegrated.as_ref();
        rows.add(
            View::Placements,
            PlacementRow {
                child: file.child.0,
                placement: one.id.0,
                kind: one.kind.as_str(),
                setting: one.setting.as_ref().map(|setting| setting.as_str()),
                from_on: one.from,
                last_on: one.until,
                alongside: one.alongside,
                registration: one.registration(&all).as_str(),
                planned_end: one.terms.last().and_then(|(_, terms)| terms.planned_end),
                terms: serde_json::to_string(&one.terms).unwrap_or_default(),
                reintegrated_on: back.and_then(|back| back.on),
                impact: back.and_then(|back| file.find(back.event)).and_then(|entry| entry.detail).map(|detail| detail.0),
            },
        );
    }
}

#[derive(Serialize)]
struct PlacementRow<'a> {
    child: Uuid,
    placement: Uuid,
    kind: &'static str,
    setting: Option<&'a str>,
    from_on: NaiveDate,
    last_on: Option<NaiveDate>,
    alongside: bool,
    registration: &'static str,
    planned_end: Option<NaiveDate>,
    /// Each with the day it holds from.
    terms: String,
    reintegrated_on: Option<NaiveDate>,
    impact: Option<Uuid>,
}
