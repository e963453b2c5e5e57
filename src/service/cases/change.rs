//! What is done to a case as a whole: it is allocated, excused.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::law;
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

/// Claims an exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"paragraph": "X10.4d", "from": "2026-03-02", "to": "2026-04-06", "evidence": "Letter from the family of 20 February."}))]
pub struct ClaimException {
    /// The paragraph, as `/v1/law/exceptions` names it with what it takes and what it excuses.
    #[schema(max_length = 20)]
    pub paragraph: String,
    /// First day of what made the limit impractical to meet.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The day it was claimed; today unless told.
    pub on: Option<NaiveDate>,
    /// What shows it.
    #[schema(min_length = 1, max_length = 5000)]
    pub evidence: String,
}

/// Records that an exception is claimed.
pub fn claim_exception(tx: &mut Tx<'_>, id: CaseId, body: &ClaimException) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    if !law::exceptions().any(|exception| exception.paragraph == body.paragraph) {
        let words = "Is no paragraph of the register; /v1/law/rules lists each rule's exceptions.";
        return Err(Error::Invalid(vec![crate::service::FieldError::new("/paragraph", "unknown_exception", words)]));
    }
    let fact = Fact::ExceptionClaimed { case: id, paragraph: body.paragraph.clone(), from: body.from, to: body.to };
    let step = dated(tx, "/on", body.on, fact)?.words(Some(body.evidence.clone()));
    let entry = step.event.0;
    record(tx, loaded, Action::ClaimException, id, entry, vec![step], &[])
}
