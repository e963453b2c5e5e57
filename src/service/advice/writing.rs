//! How the advice is being written: by whom, when the child was seen, why it is late, when it was chased, who signed it off.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_own;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::recording::{Receipt, dated, record};

/// Says why advice is late.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "staff_shortage", "expectedOn": "2026-05-22", "words": "Two posts are vacant."}))]
pub struct ExplainLateAdvice {
    /// Why.
    pub reason: DelayReason,
    /// When the advice is expected now. It moves no limit.
    pub expected_on: Option<NaiveDate>,
    /// The reason in the advice giver's own words.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
    /// The day it was said; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records why advice is late, or will be.
pub fn explain_late(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &ExplainLateAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let fact = Fact::AdviceDelayed { case, advice, reason: body.reason, expected_on: body.expected_on };
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::ExplainLateAdvice, case, advice.0, vec![step], &[])
}

/// Says who writes the advice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Dr Sam Example", "employment": "locum", "organisation": "local:locum-psychologists", "visitOn": "2026-03-10"}))]
pub struct AllocateAdvice {
    /// Their name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Employed by the service that was asked, or a locum.
    pub employment: Employment,
    /// Their organisation, where it is not the one that was asked; it sees the child until the advice is there, and records of this
    /// request as its own.
    pub organisation: Option<Organisation>,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// The day on which they are to see the child, which may lie ahead: the week in which the request takes one of the service's
    /// places. No provision asks for it.
    pub visit_on: Option<NaiveDate>,
}

/// Records who writes the advice. The latest one named is who does; the six weeks stay those of the request.
pub fn allocate(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &AllocateAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let (employment, organisation, visit_on) = (body.employment, body.organisation.clone(), body.visit_on);
    let fact = Fact::AdviceAllocated { case, advice, employment, organisation, visit_on };
    let mut step = dated(tx, "/on", body.on, fact)?;
    step.detail.name = Some(body.name.clone());
    record(tx, loaded, Action::AllocateAdvice, case, advice.0, vec![step], &[])
}

/// Says when the child was seen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-10"}))]
pub struct RecordAdviceVisit {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// A note of the visit.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records that the child was seen for the advice.
pub fn record_visit(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &RecordAdviceVisit) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let step = dated(tx, "/on", body.on, Fact::AdviceVisited { case, advice })?.words(body.words.clone());
    record(tx, loaded, Action::RecordAdviceVisit, case, advice.0, vec![step], &[])
}

/// Signs the advice off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Alex Example, principal psychologist", "on": "2026-03-27"}))]
pub struct SignOffAdvice {
    /// Who signed it off.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records that the advice was signed off, and by whom.
pub fn sign_off(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &SignOffAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let mut step = dated(tx, "/on", body.on, Fact::AdviceSignedOff { case, advice })?;
    step.detail.name = Some(body.name.clone());
    record(tx, loaded, Action::SignOffAdvice, case, advice.0, vec![step], &[])
}

/// Says that whoever was asked was reminded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"means": "telephone", "on": "2026-03-24", "words": "Left word with the duty desk."}))]
pub struct ChaseAdvice {
    /// How.
    pub means: ChaserMeans,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// What was said. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records that advice was chased.
pub fn chase(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &ChaseAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let fact = Fact::AdviceChased { case, advice, means: body.means };
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::ChaseAdvice, case, advice.0, vec![step], &[])
}
