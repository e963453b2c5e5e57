//! The rows that say to what yearly cost the authority is committed for a child, and which agency bears it.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::{File, commitments};

/// Adds each agency's part of each commitment.
pub(super) fn add(rows: &mut Rows, file: &File) {
    for one in commitments(file) {
        rows.add(
            View::Commitments,
            CommitmentRow {
                child: file.child.0,
                budget: one.budget.into(),
                about: one.about,
                agency: text(one.agency),
                from_on: one.from,
                last_on: one.until,
                yearly_cost: one.yearly_cost,
                percent: one.percent,
            },
        );
    }
}

#[derive(Serialize)]
struct CommitmentRow {
    child: Uuid,
    budget: &'static str,
    about: Uuid,
    agency: String,
    from_on: NaiveDate,
    last_on: Option<NaiveDate>,
    yearly_cost: u32,
    percent: u8,
}
