//! What is done to a case as a whole: it is allocated, withdrawn.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::dated;
use crate::service::recording::{Receipt, open_case, record};
use crate::service::{Error, must_match};

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

/// Withdraws the request.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "The family is moving abroad."}))]
pub struct WithdrawRequest {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// Why, in the family's words.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
}

/// Records that the request was withdrawn. A family may withdraw only a request of its own.
pub fn withdraw(tx: &mut Tx<'_>, id: CaseId, body: &WithdrawRequest, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    must_match(&loaded.file, read)?;
    let permit = tx.permit();
    let own = loaded.case(id)?.requester.as_ref() == Some(&permit.caller().subject);
    if permit.acts_as(Role::Family) && !own {
        return Err(Error::NotPermitted("withdraw_request"));
    }
    let step = dated(tx, "/on", body.on, Fact::RequestWithdrawn { case: id })?.words(body.reasons.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::WithdrawRequest, id, entry, vec![step], &[])
}
