//! The child has a plan already: an officer takes the request as one for a reassessment.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::decisions::officer;
use super::recording::{Receipt, dated, open_case, record};
use super::{Error, must_match};
use crate::db::Tx;
use crate::record::*;

/// Takes a request as one for a reassessment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "She has had a plan since May 2026; the letter asks for new advice."}))]
pub struct TakeAsReassessment {
    /// Why.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
    /// The officer; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records that a request is one for a reassessment.
pub fn take(tx: &mut Tx<'_>, case: CaseId, body: &TakeAsReassessment, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let officer = officer(tx, body.officer)?;
    let step = dated(tx, "/on", body.on, Fact::TakenAsReassessment { case, officer })?.words(body.reasons.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::TakeAsReassessment, case, entry, vec![step], &[])
}
