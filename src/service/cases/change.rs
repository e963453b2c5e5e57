//! What is done to a case as a whole: it is allocated.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::recording::dated;
use crate::service::recording::{Receipt, open_case, record};

/// Gives the case to a case worker.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"caseWorker": "0190b0a0-0000-7000-8000-000000000001"}))]
pub struct AllocateCase {
    /// The case worker, from `/v1/staff`.
    pub case_worker: StaffId,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Allocates a case.
pub fn allocate(tx: &mut Tx<'_>, id: CaseId, body: &AllocateCase) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    crate::service::directory::must_be_staff(tx, "/caseWorker", body.case_worker)?;
    let fact = Fact::CaseAllocated { case: id, case_worker: body.case_worker };
    let step = dated(tx, "/on", body.on, fact)?;
    let entry = step.event.0;
    record(tx, loaded, Action::AllocateCase, id, entry, vec![step], &[])
}
