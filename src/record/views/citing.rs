//! The rows of decisions that cite an item of a panel's agenda.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::{Case, Decision, File};

pub(super) fn add(rows: &mut Rows, file: &File, case: &Case) {
    let again = case.plan_decision.as_ref().and_then(|decision| decision.item);
    // Of two decisions that cite one item, the later tells what became of it.
    cite(rows, file, case, case.assessment.as_ref().filter(|decision| decision.item != again));
    cite(rows, file, case, case.plan_decision.as_ref());
}

fn cite<O: Serialize>(rows: &mut Rows, file: &File, case: &Case, decision: Option<&Decision<O>>) {
    if let Some(decision) = decision
        && let Some(item) = decision.item
    {
        rows.add(
            View::Citing,
            CitingRow {
                child: case.child.0,
                item: item.0,
                case_id: case.id.0,
                outcome: text(&decision.outcome),
                decided_on: decision.decided_on,
                detail: file.find(decision.event).and_then(|standing| standing.detail).map(|id| id.0),
            },
        );
    }
}

#[derive(Serialize)]
struct CitingRow {
    child: Uuid,
    item: Uuid,
    case_id: Uuid,
    outcome: String,
    decided_on: Option<NaiveDate>,
    detail: Option<Uuid>,
}
