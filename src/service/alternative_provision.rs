//! The register of alternative provision: every child who is or was in it, also those without a plan or a case.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::placements::{PlacementView, shown};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::PlacementId;
use crate::store::alternative_provision::{self, Alternative};

/// A child's place in alternative provision.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeProvisionLine {
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Whether the child has a case: a request for an assessment, whatever became of it.
    pub has_case: bool,
    /// Whether the child has an education, health and care plan.
    pub has_plan: bool,
    /// The place, with its hours and the day by which the child is to be back in `terms`, and the day they were in `reintegratedOn`.
    pub placement: PlacementView,
    /// Whether the day by which the child was to be back has passed without it.
    pub reintegration_overdue: bool,
    /// What the place did for the child, as it was said when they came back.
    pub impact: Option<String>,
}

/// The places in alternative provision that held on some day of a time, today unless told, the latest first.
pub fn list(
    tx: &mut Tx<'_>,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
) -> Result<Vec<AlternativeProvisionLine>, Error> {
    let from = from.or(to).unwrap_or(tx.today());
    let to = to.unwrap_or(tx.today().max(from));
    if to < from {
        return Err(wrong("?to", "ends_before_it_begins", "Must not be before from."));
    }
    let rows = alternative_provision::list(tx, (from, to), before, limit)?;
    Ok(rows.into_iter().map(|row| line(tx, row)).collect())
}

fn line(tx: &Tx<'_>, row: Alternative) -> AlternativeProvisionLine {
    let placement = shown(tx, row.placement);
    let by = placement.terms.reintegrate_by.filter(|_| placement.reintegrated_on.is_none() && placement.until.is_none());
    AlternativeProvisionLine {
        given_name: row.identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: row.identity.map(|identity| identity.family_name),
        has_case: row.has_case,
        has_plan: row.has_plan,
        reintegration_overdue: by.is_some_and(|by| by < tx.today()),
        placement,
        impact: row.impact,
    }
}
