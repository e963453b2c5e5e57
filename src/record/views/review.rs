//! The rows of the reviews whose meeting was held, as they are counted.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::Plan;
use crate::record::review::ChildInvolvement;

/// Adds each review of a plan whose meeting was held on a known day.
pub(super) fn add(rows: &mut Rows, plan: &Plan) {
    for review in &plan.reviews {
        let Some(held_on) = review.meeting_on else { continue };
        let pathways = review.report.as_ref().and_then(|report| report.pathways.as_ref());
        rows.add(
            View::Reviews,
            ReviewRow {
                child: plan.child.0,
                plan: plan.id.0,
                review: review.id.0,
                held_on,
                reported: review.report.is_some(),
                outcome: review.outcome.map(text),
                notified_on: review.notified_on,
                year_group: review.year_group.map(|year| year.0),
                adulthood: pathways.is_some_and(|pathways| !pathways.is_empty()),
                child_took_part: review.child.map(|part| part != ChildInvolvement::None),
            },
        );
    }
}

#[derive(Serialize)]
struct ReviewRow {
    child: Uuid,
    plan: Uuid,
    review: Uuid,
    held_on: NaiveDate,
    reported: bool,
    outcome: Option<String>,
    notified_on: Option<NaiveDate>,
    year_group: Option<i32>,
    adulthood: bool,
    child_took_part: Option<bool>,
}
