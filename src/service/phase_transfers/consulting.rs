//! Settings are consulted for many children's changes of phase at once: all that is sent, or nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::consultations::ConsultedSetting;
use crate::service::recording::{Step, not_future};
use crate::service::together::Together;
use crate::store::transfers;

/// Consults settings for changes of phase.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "sentOn": "2027-10-04",
    "consultations": [{"transfer": "0190b0a0-0000-7000-8000-000000000081", "settings": [{"setting": "urn:900002"}]}]
}))]
pub struct ConsultForTransfers {
    /// For whom, and which settings.
    #[schema(min_items = 1, max_items = 200)]
    pub consultations: Vec<ConsultForTransfer>,
    /// The day the consultations were sent; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Settings to consult for one change of phase.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsultForTransfer {
    /// The change of phase, once it is confirmed.
    pub transfer: TransferId,
    /// The settings, each once.
    #[schema(min_items = 1, max_items = 20)]
    pub settings: Vec<ConsultedSetting>,
}

/// What was recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransfersConsulted {
    /// Each consultation, in the order they were sent.
    pub consultations: Vec<ConsultedForTransfer>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// One consultation of one setting.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultedForTransfer {
    /// Its id, by which the setting answers.
    pub id: ConsultationId,
    /// The case under which it is kept: `/v1/cases/{caseId}/consultations/{consultationId}/answer` takes the answer.
    pub case: CaseId,
    /// The change of phase.
    pub transfer: TransferId,
    /// The setting.
    pub setting: Organisation,
}

/// Records that settings were consulted, each by an entry in the child's file.
///
/// # Errors
/// [`Error::Invalid`] with the place of every line that is unknown or told twice; nothing is recorded then.
pub fn consult(tx: &mut Tx<'_>, body: &ConsultForTransfers) -> Result<TransfersConsulted, Error> {
    let on = not_future(tx, "/sentOn", body.sent_on.unwrap_or(tx.today()))?;
    let wanted: Vec<_> = body.consultations.iter().map(|line| line.transfer).collect();
    let cases = transfers::cases_of_transfers(tx, &wanted)?;
    let mut together = Together::open(tx, &cases.iter().map(|(_, case)| *case).collect::<Vec<_>>())?;
    let mut consulted = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, line) in body.consultations.iter().enumerate() {
        let (transfer, at) = (line.transfer, format!("/consultations/{place}"));
        let Some((_, case)) = cases.iter().find(|(known, _)| *known == transfer).copied() else {
            together.refuse(&format!("{at}/transfer"), "unknown_transfer", "Is no change of phase that you can see.");
            continue;
        };
        if !is_due(together.file(case), transfer) {
            let words = "Is not due: an officer found that the child does not move.";
            together.refuse(&format!("{at}/transfer"), "not_due", words);
            continue;
        }
        let mut steps = Vec::with_capacity(line.settings.len());
        for (index, one) in line.settings.iter().enumerate() {
            if !seen.insert((transfer, &one.setting)) {
                together.refuse(&format!("{at}/settings/{index}/setting"), "named_twice", "Is named twice.");
                continue;
            }
            let id: ConsultationId = tx.new_id();
            let (setting, other_authority) = (one.setting.clone(), one.other_authority.clone());
            consulted.push(ConsultedForTransfer { id, case, transfer, setting: setting.clone() });
            let fact = Fact::ConsultationSent { case, consultation: id, setting, other_authority, transfer: Some(transfer) };
            steps.push(Step::on(tx, on, fact));
        }
        together.add(tx, &at, Action::ConsultSettings, case, steps)?;
    }
    let (_, recorded_at) = together.record(tx)?;
    Ok(TransfersConsulted { consultations: consulted, recorded_at })
}

fn is_due(file: Option<&File>, transfer: TransferId) -> bool {
    let Some((file, plan)) = file.and_then(|file| Some((file, Transfer::plan_of(file, transfer)?))) else { return false };
    Transfer::all(file, plan).iter().any(|one| one.id == transfer && one.is_due())
}
