//! An officer confirms the list of those who change the phase of education: all that is sent, or nothing.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::from_setting;
use crate::db::Tx;
use crate::law::PhaseTransfer;
use crate::record::*;
use crate::service::recording::{Step, not_future};
use crate::service::together::Together;
use crate::service::{Error, wrong};
use crate::store::transfers;

/// Confirms who changes the phase of education, and says who does not.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "due": [{"plan": "0190b0a0-0000-7000-8000-000000000006", "kind": "primary_to_secondary", "transferOn": "2028-09-01"}],
    "notDue": []
}))]
pub struct ConfirmTransfers {
    /// Those who do.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub due: Vec<ConfirmTransfer>,
    /// Those who do not.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub not_due: Vec<TransferNotDue>,
    /// The day it was settled; today unless told.
    pub on: Option<NaiveDate>,
}

/// A child who changes the phase of education.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmTransfer {
    /// The plan.
    pub plan: PlanId,
    /// Which change of phase, as the list proposes it or as the officer knows better.
    pub kind: PhaseTransfer,
    /// The day of the move, as the list has it; of a move between colleges the day that was agreed.
    pub transfer_on: NaiveDate,
}

/// A child who does not, although the list has them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransferNotDue {
    /// The plan.
    pub plan: PlanId,
    /// The day of the move that does not happen, as the list has it.
    pub transfer_on: NaiveDate,
    /// Why.
    pub why: WhyNotDue,
    /// Why in full. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// What was recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransfersSettled {
    /// Those who move, in the order they were sent, and after them those who do not.
    pub transfers: Vec<SettledTransfer>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A change of phase that an officer settled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettledTransfer {
    /// The change of phase.
    pub transfer: TransferId,
    /// The plan.
    pub plan: PlanId,
    /// The entry's place in the authority's journal.
    pub position: i64,
}

/// Records what an officer settled, an entry in each child's file.
///
/// # Errors
/// [`Error::Invalid`] with the place of every line that is unknown, told twice or cannot be; nothing is recorded then.
pub fn confirm(tx: &mut Tx<'_>, body: &ConfirmTransfers) -> Result<TransfersSettled, Error> {
    let on = not_future(tx, "/on", body.on.unwrap_or(tx.today()))?;
    let due = body.due.iter().enumerate().map(|(place, line)| (format!("/due/{place}"), line.plan, Line::Due(line)));
    let not_due =
        body.not_due.iter().enumerate().map(|(place, line)| (format!("/notDue/{place}"), line.plan, Line::NotDue(line)));
    let lines: Vec<_> = due.chain(not_due).collect();
    if lines.is_empty() {
        return Err(wrong("", "nothing_to_record", "Name those who move, or those who do not."));
    }
    let plans: Vec<_> = lines.iter().map(|(_, plan, _)| *plan).collect();
    let cases = transfers::cases_of_plans(tx, &plans)?;
    let mut together = Together::open(tx, &cases.iter().map(|(_, case)| *case).collect::<Vec<_>>())?;
    let mut settled = Vec::with_capacity(lines.len());
    for (place, (at, plan, line)) in lines.into_iter().enumerate() {
        let case = cases.iter().find(|(known, _)| *known == plan).map(|(_, case)| *case);
        let known = case.and_then(|case| Some((case, together.file(case)?, Plan::of(together.file(case)?, plan)?)));
        let Some((case, file, known)) = known else {
            together.refuse(&format!("{at}/plan"), "unknown_plan", "Is no plan that you can see.");
            continue;
        };
        if plans[..place].contains(&plan) {
            together.refuse(&format!("{at}/plan"), "told_twice", "Is told already.");
            continue;
        }
        let (transfer, step) = match line {
            Line::Due(line) => {
                let transfer: TransferId = tx.new_id();
                let (transfer_kind, transfer_on) = (line.kind, line.transfer_on);
                let from_setting = from_setting(file, &known, tx.today(), transfer_on);
                let fact = Fact::PhaseTransferPlanned { plan, transfer, transfer_kind, transfer_on, from_setting };
                (transfer, Step::on(tx, on, fact))
            }
            Line::NotDue(line) => {
                let year = SchoolYear::of(line.transfer_on);
                let confirmed = Transfer::all(file, plan).into_iter().find(|one| one.is_due() && one.school_year() == year);
                let transfer: TransferId = confirmed.map_or_else(|| tx.new_id(), |one| one.id);
                let fact = Fact::PhaseTransferNotDue { plan, transfer, transfer_on: line.transfer_on, why: line.why };
                (transfer, Step::on(tx, on, fact).words(line.words.clone()))
            }
        };
        settled.push((transfer, plan));
        together.add(tx, &at, Action::ConfirmPhaseTransfers, case, vec![step])?;
    }
    let (positions, recorded_at) = together.record(tx)?;
    let of_plan = |((transfer, plan), position)| SettledTransfer { transfer, plan, position };
    Ok(TransfersSettled { transfers: settled.into_iter().zip(positions).map(of_plan).collect(), recorded_at })
}

enum Line<'a> {
    Due(&'a ConfirmTransfer),
    NotDue(&'a TransferNotDue),
}
