//! Letters about delays: why something is late, what is awaited, and by when the family can expect it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Error;
use super::recording::{Receipt, dated, open_case, record};
use crate::db::Tx;
use crate::record::*;

/// Tells the family of a delay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "reason": "staff_shortage", "why": "We have too few educational psychologists.",
    "awaited": "The psychologist's advice.", "expectedBy": "2026-07-10"
}))]
pub struct TellDelay {
    /// Why, as a word that can be counted.
    pub reason: DelayReason,
    /// Why, as the letter says.
    #[schema(min_length = 1, max_length = 5000)]
    pub why: String,
    /// What is awaited, as the letter says.
    #[schema(min_length = 1, max_length = 2000)]
    pub awaited: String,
    /// The day by which the family can expect what is late. It moves no limit.
    pub expected_by: NaiveDate,
    /// The request for advice that is awaited, if it is advice.
    pub advice: Option<AdviceId>,
    /// The day the letter was sent; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Records that the family was told of a delay.
pub fn tell(tx: &mut Tx<'_>, case: CaseId, body: &TellDelay) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let fact = Fact::DelayTold { case, reason: body.reason, advice: body.advice, expected_by: body.expected_by };
    let mut step = dated(tx, "/sentOn", body.sent_on, fact)?.words(Some(body.why.clone()));
    step.detail.awaited = Some(body.awaited.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::TellDelay, case, entry, vec![step], &[])
}
