//! When is a plan to be reviewed next, as the law counts from the plan and from the last decision?

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::law::{self, FactKind, last_day_to_meet};
use crate::record::{CaseId, File, duties};

/// When a plan is to be reviewed next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NextReview {
    /// The day by which the review is to be concluded by the authority's decision: within twelve months of the plan, and then of the
    /// last decision (Children and Families Act 2014, s. 44(1)).
    pub due_on: NaiveDate,
    /// The last day of the meeting that leaves the authority its four weeks to decide.
    pub meet_by: NaiveDate,
    /// For a child under five: the day by which a review should be considered, every three to six months (SEND Code of Practice, 9.178).
    /// Null: older than that, or the date of birth is not known.
    pub consider_by: Option<NaiveDate>,
}

/// The next review of the plan a case led to; none where none is owed any more.
pub fn next_review(file: &File, case: CaseId, born_on: Option<NaiveDate>) -> Option<NextReview> {
    let (_, duties) = duties(file, case);
    let owed = duties.iter().filter(|duty| duty.rule.id == "D-AR12" && duty.met_on.is_none() && duty.fell_away_on.is_none());
    let next = owed.max_by_key(|duty| duty.due_on)?;
    Some(NextReview {
        due_on: next.due_on,
        meet_by: last_day_to_meet(next.due_on),
        consider_by: consider_by(born_on, next.starts_on),
    })
}

/// For a child under five, when a review should be considered that counts from a day.
pub(super) fn consider_by(born_on: Option<NaiveDate>, since: NaiveDate) -> Option<NaiveDate> {
    let facts = [law::Fact::on(FactKind::ChildBorn, born_on?), law::Fact::on(FactKind::FinalPlanSent, since)];
    law::duties(&facts).iter().find(|duty| duty.rule.id == "D-AR-U5").map(|duty| duty.due_on)
}
