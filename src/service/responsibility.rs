//! The authority is not responsible: the child lives elsewhere, or moved there during the assessment.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::recording::{Acknowledge, Receipt, dated, open_case, record};
use super::{Error, must_match};
use crate::db::Tx;
use crate::record::codes::AuthorityCode;
use crate::record::*;

/// Says that the authority is not, or no longer, responsible.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"why": "moved", "forwardedTo": "309", "on": "2026-02-20", "reasons": "The family moved to Tottenham."}))]
pub struct EndResponsibility {
    /// Why.
    pub why: WhyNotResponsible,
    /// The authority the papers were forwarded to, by the Department's code. Left out where it is outside England, or not known yet:
    /// say so in `reasons`.
    pub forwarded_to: Option<AuthorityCode>,
    /// The day; today unless told. For a child who moved, the day of the move.
    pub on: Option<NaiveDate>,
    /// How it became known, and what was done.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records the end of the authority's responsibility for a case that has led to no plan yet.
pub fn end(tx: &mut Tx<'_>, case: CaseId, body: &EndResponsibility, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let fact = Fact::ResponsibilityEnded { case, why: body.why, forwarded_to: body.forwarded_to.clone() };
    let step = dated(tx, "/on", body.on, fact)?.words(body.reasons.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::EndResponsibility, case, entry, vec![step], &body.acknowledge)
}
