//! When a decision is disputed: mediation meetings, and appeals that the Tribunal registered.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Error;
use super::recording::dated;
use super::recording::{Receipt, open_case, record};
use super::wrong;
use crate::db::Tx;
use crate::law::Matter;
use crate::record::*;

/// Records a mediation meeting or an appeal about a decision.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"about": "refusal_to_assess", "on": "2026-04-20"}))]
pub struct AboutDecision {
    /// Which decision it is about.
    pub about: Matter,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// An appeal, with the case it is about.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"case": "0190b0a0-0000-7000-8000-000000000002", "about": "refusal_to_assess", "registeredOn": "2026-04-20"}))]
pub struct RegisterAppeal {
    /// The case.
    pub case: CaseId,
    /// Which decision is appealed.
    pub about: Matter,
    /// The day the Tribunal registered it; today unless told.
    pub registered_on: Option<NaiveDate>,
}

/// Records a mediation meeting.
pub fn hold_mediation(tx: &mut Tx<'_>, case: CaseId, body: &AboutDecision) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let step = dated(tx, "/on", body.on, Fact::MediationHeld { case, about: body.about })?;
    let entry = step.event.0;
    record(tx, loaded, Action::RecordMediation, case, entry, vec![step], &[])
}

/// Records an appeal that the Tribunal registered.
pub fn register_appeal(tx: &mut Tx<'_>, body: &RegisterAppeal) -> Result<Receipt, Error> {
    let loaded = match open_case(tx, body.case) {
        Err(Error::NotFound(_)) => return Err(wrong("/case", "unknown_case", "Is no case that you can see.")),
        other => other?,
    };
    let fact = Fact::AppealRegistered { case: body.case, about: body.about };
    let step = dated(tx, "/registeredOn", body.registered_on, fact)?;
    let entry = step.event.0;
    record(tx, loaded, Action::RegisterAppeal, body.case, entry, vec![step], &[])
}
