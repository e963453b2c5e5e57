//! The two decisions of an assessment: whether to assess, and whether to make a plan. An officer decides; a panel only advises.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::directory::{must_be_staff, own_staff_id};
use super::panels::must_be_recommended;
use super::recording::dated;
use super::recording::{Acknowledge, Receipt, Step, not_future, open_case, record};
use super::{Error, must_match, wrong};
use crate::db::Tx;
use crate::record::*;

/// Decides whether to assess, or whether to make a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decide<O> {
    // Documented by the outcome itself: the contract shows its words.
    #[schema(inline)]
    pub(crate) outcome: O,
    /// The reasons, which the family is told.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// Of a refusal: what support the child gets instead, from whom, by when. The family reads it with the reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub way_forward: Vec<WayForward>,
    /// The officer who decided; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day it was decided; today unless told.
    pub decided_on: Option<NaiveDate>,
    /// The day the family was notified, if that is done already. The law's clock stops at notification.
    pub notified_on: Option<NaiveDate>,
    /// The panel item whose recommendation the officer had before them. A recommendation binds nobody.
    pub panel_item: Option<ItemId>,
    /// Why the decision is not what that panel recommended. Needed when it is not.
    #[schema(min_length = 1, max_length = 5000)]
    pub differs_because: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Says that the family was notified.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"notifiedOn": "2026-02-12"}))]
pub struct NotifyFamily {
    /// The day; today unless told.
    pub notified_on: Option<NaiveDate>,
}

/// Records the decision, and the notification if it is given.
pub fn decide<O>(tx: &mut Tx<'_>, case: CaseId, body: &Decide<O>, read: &[u64]) -> Result<Receipt, Error>
where
    O: Into<DecisionOutcome> + Copy,
{
    let officer = officer(tx, body.officer)?;
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let recommended = match body.panel_item {
        Some(item) => Some(must_be_recommended(tx, "/panelItem", item, case)?),
        None => None,
    };
    let steps = steps(tx, "", (case, officer), body, recommended)?;
    let entry = steps.first().map(|step| step.event.0).unwrap_or_default();
    record(tx, loaded, body.outcome.into().action(), case, entry, steps, &body.acknowledge)
}

/// Records that the family was notified whether there will be an assessment.
pub fn notify_assessment_decision(tx: &mut Tx<'_>, case: CaseId, body: &NotifyFamily) -> Result<Receipt, Error> {
    notify(tx, case, Action::NotifyAssessmentDecision, Fact::AssessmentDecisionNotified { case }, body)
}

/// Records that the family was notified whether a plan will be made.
pub fn notify_plan_decision(tx: &mut Tx<'_>, case: CaseId, body: &NotifyFamily) -> Result<Receipt, Error> {
    notify(tx, case, Action::NotifyPlanDecision, Fact::PlanDecisionNotified { case }, body)
}

fn notify(tx: &mut Tx<'_>, case: CaseId, action: Action, fact: Fact, body: &NotifyFamily) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let step = dated(tx, "/notifiedOn", body.notified_on, fact)?;
    let entry = step.event.0;
    record(tx, loaded, action, case, entry, vec![step], &[])
}

/// What is entered for an officer's decision in a case, whose outcome may differ from what the cited panel recommended if it says
/// why. Fields of the request that are wrong are named under `pointer`.
pub(super) fn steps<O: Into<DecisionOutcome> + Copy>(
    tx: &Tx<'_>,
    pointer: &str,
    (case, officer): (CaseId, StaffId),
    body: &Decide<O>,
    recommended: Option<Recommendation>,
) -> Result<Vec<Step>, Error> {
    let outcome: DecisionOutcome = body.outcome.into();
    let because = format!("{pointer}/differsBecause");
    match (recommended.is_some_and(|recommendation| recommendation.differs_from(outcome)), &body.differs_because) {
        (true, None) => {
            return Err(wrong(&because, "required", "Say why the decision is not what the cited panel recommended."));
        }
        (false, Some(_)) => {
            return Err(wrong(&because, "does_not_differ", "No recommendation is cited that the decision differs from."));
        }
        _ => {}
    }
    let decided = outcome.decided(case, officer, body.panel_item);
    let mut step = dated(tx, &format!("{pointer}/decidedOn"), body.decided_on, decided)?.words(Some(body.reasons.clone()));
    step.detail.way_forward = body.way_forward.clone();
    step.detail.differs_because = body.differs_because.clone();
    let mut steps = vec![step];
    if let Some(day) = body.notified_on {
        let day = not_future(tx, &format!("{pointer}/notifiedOn"), day)?;
        steps.push(Step::on(tx, day, outcome.notified(case)));
    }
    Ok(steps)
}

/// The officer named, or the caller as the directory knows them.
pub fn officer(tx: &mut Tx<'_>, named: Option<StaffId>) -> Result<StaffId, Error> {
    match named {
        Some(id) => {
            must_be_staff(tx, "/officer", id)?;
            Ok(id)
        }
        None => own_staff_id(tx, "/officer"),
    }
}
