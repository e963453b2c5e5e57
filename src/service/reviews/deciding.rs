//! The authority's decision after a review, and telling the family and the setting.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_review;
use crate::db::Tx;
use crate::record::*;
use crate::service::decisions::officer;
use crate::service::recording::{Receipt, Step, dated, not_future, record};
use crate::service::{Error, must_match};

/// Decides what follows from a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "maintain", "reasons": "Progress against each outcome is as hoped.", "notifiedOn": "2027-02-26"}))]
pub struct DecideReview {
    /// What was decided.
    pub outcome: ReviewOutcome,
    /// The reasons.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// Of a decision to amend: the amendments proposed. The notice to the family tells them, and must go with the decision (R (L, M
    /// and P) v Devon County Council 2022, EWHC 493 (Admin)).
    #[schema(max_length = 50_000)]
    pub proposed_amendments: Option<String>,
    /// The officer who decided; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day it was decided; today unless told.
    pub decided_on: Option<NaiveDate>,
    /// The day the family and the setting were notified, if that is done already. The review is concluded then.
    pub notified_on: Option<NaiveDate>,
}

/// Records the decision, and the notification if it is given.
pub fn decide(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &DecideReview, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case, _) = open_review(tx, plan, review)?;
    must_match(&loaded.file, read)?;
    let fact = Fact::ReviewDecided { plan, review, outcome: body.outcome, officer };
    let mut step = dated(tx, "/decidedOn", body.decided_on, fact)?.words(Some(body.reasons.clone()));
    step.detail.proposed_amendments = body.proposed_amendments.clone();
    let mut steps = vec![step];
    if let Some(day) = body.notified_on {
        let day = not_future(tx, "/notifiedOn", day)?;
        steps.push(Step::on(tx, day, Fact::ReviewDecisionNotified { plan, review }));
    }
    record(tx, loaded, Action::DecideReview, case, review.0, steps, &[])
}

/// Records that the family and the setting were notified.
pub fn notify(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, notified_on: Option<NaiveDate>) -> Result<Receipt, Error> {
    let (loaded, case, _) = open_review(tx, plan, review)?;
    let step = dated(tx, "/notifiedOn", notified_on, Fact::ReviewDecisionNotified { plan, review })?;
    record(tx, loaded, Action::NotifyReviewDecision, case, review.0, vec![step], &[])
}
