//! Existing advice in the place of new: what it is, and who agreed that it is sufficient.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::law::AdviceGiver;
use crate::record::*;
use crate::service::Error;
use crate::service::recording::{Acknowledge, Receipt, dated, not_future, open_case, record};

/// Takes up existing advice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "giver": "health", "organisation": "ods:RF4", "adviceOf": "2025-12-03", "giverAgreedOn": "2026-02-13",
    "authorityAgreedOn": "2026-02-16", "familyAgreedOn": "2026-02-16"
}))]
pub struct ReuseAdvice {
    /// Whose advice it is.
    pub giver: AdviceGiver,
    /// Their organisation.
    pub organisation: Option<Organisation>,
    /// The day of the existing advice.
    pub advice_of: NaiveDate,
    /// The day whoever gave it agreed that it is sufficient.
    pub giver_agreed_on: Option<NaiveDate>,
    /// The day the authority agreed.
    pub authority_agreed_on: Option<NaiveDate>,
    /// The day the child's parent or the young person agreed.
    pub family_agreed_on: Option<NaiveDate>,
    /// The day it was taken up; today unless told.
    pub on: Option<NaiveDate>,
    /// The advice, or its summary.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that existing advice takes the place of new.
pub fn reuse(tx: &mut Tx<'_>, case: CaseId, body: &ReuseAdvice) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let agreements = [
        ("/giverAgreedOn", body.giver_agreed_on),
        ("/authorityAgreedOn", body.authority_agreed_on),
        ("/familyAgreedOn", body.family_agreed_on),
    ];
    for (pointer, day) in agreements {
        if let Some(day) = day {
            not_future(tx, pointer, day)?;
        }
    }
    let advice: AdviceId = tx.new_id();
    let fact = Fact::AdviceReused {
        case,
        advice,
        giver: body.giver,
        organisation: body.organisation.clone(),
        advice_of: body.advice_of,
        giver_agreed_on: body.giver_agreed_on,
        authority_agreed_on: body.authority_agreed_on,
        family_agreed_on: body.family_agreed_on,
    };
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::ReuseAdvice, case, advice.0, vec![step], &body.acknowledge)
}
