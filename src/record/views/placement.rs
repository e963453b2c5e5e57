//! The rows that say at which setting a child is taught, from when to when.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::sealing::is_sealed;
use crate::record::{File, Schooling};

/// Adds each placement; what was recorded before an adoption leads back to the child and is put away.
pub(super) fn add(rows: &mut Rows, file: &File) {
    for one in Schooling::all(file).into_iter().filter(|one| !is_sealed(file, one.event)) {
        rows.add(
            View::Placements,
            PlacementRow {
                child: file.child.0,
                placement: one.id.0,
                setting: one.setting.as_str(),
                from_on: one.from,
                last_on: one.until,
                alongside: one.alongside,
            },
        );
    }
}

#[derive(Serialize)]
struct PlacementRow<'a> {
    child: Uuid,
    placement: Uuid,
    setting: &'a str,
    from_on: NaiveDate,
    last_on: Option<NaiveDate>,
    alongside: bool,
}
