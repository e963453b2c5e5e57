//! When a decision is disputed: mediation meetings, appeals that the Tribunal registered, and refusals that were reversed.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::recording::{Receipt, Step, dated, not_future, open_case, record};
use super::{Error, must_match, wrong};
use crate::db::Tx;
use crate::law::{Matter, Order};
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

/// Records how an appeal ended.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "allowed", "order": "amend_contents", "on": "2026-07-03", "words": "Two hours of therapy a week."}))]
pub struct EndAppeal {
    /// How it ended.
    pub outcome: AppealOutcome,
    /// What the Tribunal ordered, of an appeal that was `allowed` or ended by `consent_order`; left out of any other. Against a refusal to
    /// assess or reassess: `assess`; against making no plan: `make_plan`, `reconsider`; about what the plan says: `amend_contents`, or
    /// `amend_setting` where section I alone changes; against ceasing: `continue`, `continue_and_amend`.
    pub order: Option<Order>,
    /// The day it was withdrawn or conceded, or the order was made; today unless told. The time to do what was ordered runs from it.
    pub on: Option<NaiveDate>,
    /// The day by which the Tribunal directed it to be done, where it set one: it takes the place of the counted day.
    pub comply_by: Option<NaiveDate>,
    /// What was ordered or agreed, in words.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
}

/// Records how an appeal ended.
pub fn end_appeal(tx: &mut Tx<'_>, case: CaseId, appeal: EventId, body: &EndAppeal) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    if !Appeal::all(loaded.file.of_case(case)).iter().any(|known| known.event == appeal) {
        return Err(Error::NotFound("appeal"));
    }
    let ended = Fact::AppealEnded { case, appeal, outcome: body.outcome, order: body.order, comply_by: body.comply_by };
    let step = dated(tx, "/on", body.on, ended)?.words(body.words.clone());
    record(tx, loaded, Action::EndAppeal, case, appeal.0, vec![step], &[])
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

/// Reverses a refusal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"about": "refusal_to_assess", "by": "mediation", "on": "2026-04-20", "words": "It was agreed that the authority assesses.", "notifiedOn": "2026-04-27"}))]
pub struct ReverseRefusal {
    /// Which refusal.
    pub about: Refused,
    /// What reversed it: it decides which clock runs from here.
    pub by: ReversedBy,
    /// The day the authority conceded, the agreement was reached or the order was made; today unless told.
    pub on: Option<NaiveDate>,
    /// What was said, agreed or ordered.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// The day the family was notified that there will be an assessment, or a plan, after all, if that is done already.
    pub notified_on: Option<NaiveDate>,
}

/// Records that a refusal was reversed, and the notification if it is given.
pub fn reverse_refusal(tx: &mut Tx<'_>, case: CaseId, body: &ReverseRefusal, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let reversed = Fact::RefusalReversed { case, about: body.about, by: body.by };
    let step = dated(tx, "/on", body.on, reversed)?.words(body.words.clone());
    let (entry, on) = (step.event.0, step.occurred.day());
    let mut steps = vec![step];
    if let Some(day) = body.notified_on {
        let day = not_future(tx, "/notifiedOn", day)?;
        if on.is_some_and(|on| day < on) {
            return Err(wrong("/notifiedOn", "before_reversal", "Is before the refusal was reversed."));
        }
        let notified = match body.about {
            Refused::RefusalToAssess => Fact::AssessmentDecisionNotified { case },
            Refused::NoPlan => Fact::PlanDecisionNotified { case },
        };
        steps.push(Step::on(tx, day, notified));
    }
    record(tx, loaded, Action::ReverseRefusal, case, entry, steps, &[])
}
