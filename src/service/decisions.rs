//! The two decisions of an assessment: whether to assess, and whether to make a plan. An officer decides; a panel only advises.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::directory::{must_be_staff, own_staff_id};
use super::panels::must_be_recommended;
use super::recording::dated;
use super::recording::{Acknowledge, Receipt, Step, not_future, open_case, record};
use super::{Error, must_match};
use crate::db::Tx;
use crate::record::*;

/// Decides whether to assess.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "assess", "reasons": "The child may need provision beyond what schools make from their own resources."}))]
pub struct DecideAssessment {
    /// What was decided.
    pub outcome: AssessmentOutcome,
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
    /// The panel item whose recommendation the officer had before them.
    pub panel_item: Option<ItemId>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Decides whether to make a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "issue", "reasons": "The assessment shows needs that only a plan can meet."}))]
pub struct DecidePlan {
    /// What was decided.
    pub outcome: PlanOutcome,
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
    /// The day the family was notified, if that is done already.
    pub notified_on: Option<NaiveDate>,
    /// The panel item whose recommendation the officer had before them.
    pub panel_item: Option<ItemId>,
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

struct Decided<'a> {
    action: Action,
    decision: Fact,
    notification: Fact,
    reasons: &'a str,
    way_forward: &'a [WayForward],
    decided_on: Option<NaiveDate>,
    notified_on: Option<NaiveDate>,
    panel_item: Option<ItemId>,
    acknowledge: &'a [Acknowledge],
}

/// Records whether to assess, and the notification if it is given.
pub fn decide_assessment(tx: &mut Tx<'_>, case: CaseId, body: &DecideAssessment, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let decided = Decided {
        action: Action::DecideAssessment,
        decision: Fact::AssessmentDecided { case, outcome: body.outcome, officer, item: body.panel_item },
        notification: Fact::AssessmentDecisionNotified { case },
        reasons: &body.reasons,
        way_forward: &body.way_forward,
        decided_on: body.decided_on,
        notified_on: body.notified_on,
        panel_item: body.panel_item,
        acknowledge: &body.acknowledge,
    };
    decide(tx, case, decided, read)
}

/// Records whether to make a plan, and the notification if it is given.
pub fn decide_plan(tx: &mut Tx<'_>, case: CaseId, body: &DecidePlan, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let decided = Decided {
        action: Action::DecidePlan,
        decision: Fact::PlanDecided { case, outcome: body.outcome, officer, item: body.panel_item },
        notification: Fact::PlanDecisionNotified { case },
        reasons: &body.reasons,
        way_forward: &body.way_forward,
        decided_on: body.decided_on,
        notified_on: body.notified_on,
        panel_item: body.panel_item,
        acknowledge: &body.acknowledge,
    };
    decide(tx, case, decided, read)
}

/// Records that the family was notified whether there will be an assessment.
pub fn notify_assessment_decision(tx: &mut Tx<'_>, case: CaseId, body: &NotifyFamily) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let step = dated(tx, "/notifiedOn", body.notified_on, Fact::AssessmentDecisionNotified { case })?;
    let entry = step.event.0;
    record(tx, loaded, Action::NotifyAssessmentDecision, case, entry, vec![step], &[])
}

/// Records that the family was notified whether a plan will be made.
pub fn notify_plan_decision(tx: &mut Tx<'_>, case: CaseId, body: &NotifyFamily) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let step = dated(tx, "/notifiedOn", body.notified_on, Fact::PlanDecisionNotified { case })?;
    let entry = step.event.0;
    record(tx, loaded, Action::NotifyPlanDecision, case, entry, vec![step], &[])
}

fn decide(tx: &mut Tx<'_>, case: CaseId, decided: Decided<'_>, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    if let Some(item) = decided.panel_item {
        must_be_recommended(tx, "/panelItem", item, case)?;
    }
    let mut step = dated(tx, "/decidedOn", decided.decided_on, decided.decision)?.words(Some(decided.reasons.to_owned()));
    step.detail.way_forward = decided.way_forward.to_vec();
    let entry = step.event.0;
    let mut steps = vec![step];
    if let Some(day) = decided.notified_on {
        let day = not_future(tx, "/notifiedOn", day)?;
        steps.push(Step::on(tx, day, decided.notification));
    }
    record(tx, loaded, decided.action, case, entry, steps, decided.acknowledge)
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
