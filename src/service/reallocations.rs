//! Many cases at once are given to a case worker: all of them, or none.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::directory::must_be_staff;
use super::recording::dated;
use super::together::Together;
use crate::db::Tx;
use crate::record::{Action, CaseId, EventId, Fact, StaffId};

/// Gives cases to a case worker.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "cases": ["0190b0a0-0000-7000-8000-000000000002"], "caseWorker": "0190b0a0-0000-7000-8000-000000000001"
}))]
pub struct Reallocate {
    /// The cases, each once.
    #[schema(min_items = 1, max_items = 200)]
    pub cases: Vec<CaseId>,
    /// The case worker, from `/v1/staff`.
    pub case_worker: StaffId,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// What was recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reallocated {
    /// Who has them now.
    pub case_worker: StaffId,
    /// The cases, in the order they were sent, each with its entry.
    pub cases: Vec<ReallocatedCase>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// One case that was given to another case worker.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReallocatedCase {
    /// The case.
    pub case: CaseId,
    /// The entry that says so, as in its timeline.
    pub entry: EventId,
    /// The entry's place in the authority's journal.
    pub position: i64,
}

/// Allocates the cases, one entry for each.
///
/// # Errors
/// [`Error::Invalid`] with the place of every case that is unknown, told twice, or cannot be allocated; nothing is recorded then.
pub fn reallocate(tx: &mut Tx<'_>, body: &Reallocate) -> Result<Reallocated, Error> {
    must_be_staff(tx, "/caseWorker", body.case_worker)?;
    let mut together = Together::open(tx, &body.cases)?;
    let mut entries = Vec::with_capacity(body.cases.len());
    for (place, case) in body.cases.iter().copied().enumerate() {
        let at = format!("/cases/{place}");
        if body.cases.iter().take(place).any(|earlier| *earlier == case) {
            together.refuse(&at, "told_twice", "Is among the cases already.");
            continue;
        }
        let step = dated(tx, "/on", body.on, Fact::CaseAllocated { case, case_worker: body.case_worker })?;
        entries.push((case, step.event));
        together.add(tx, &at, Action::AllocateCase, case, vec![step])?;
    }
    let (positions, recorded_at) = together.record(tx)?;
    let of_case = |((case, entry), position)| ReallocatedCase { case, entry, position };
    Ok(Reallocated {
        case_worker: body.case_worker,
        cases: entries.into_iter().zip(positions).map(of_case).collect(),
        recorded_at,
    })
}
