//! The end of a plan: the steps before the decision, the decision, its notice, and the day it ceased.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::detail_of;
use super::decisions::officer;
use super::plans::open_plan;
use super::recording::{Acknowledge, Receipt, Step, dated, not_future, record};
use super::versions::Read;
use super::{Error, must_match};
use crate::db::Tx;
use crate::law::Matter;
use crate::record::*;

/// Records a step that comes before a plan is ceased.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"step": "family_consulted", "on": "2027-05-10", "words": "The family agrees that the outcomes are met."}))]
pub struct TakeCessationStep {
    /// Which.
    pub step: CessationStep,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// What was said.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
}

/// Records the step.
pub fn take_step(tx: &mut Tx<'_>, plan: PlanId, body: &TakeCessationStep) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let step = dated(tx, "/on", body.on, Fact::CessationStepTaken { plan, step: body.step })?.words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::PrepareCessation, case, entry, vec![step], &[])
}

/// Decides to cease a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "The outcomes are met and support continues without a plan.", "decidedOn": "2027-05-28", "notifiedOn": "2027-06-01"}))]
pub struct DecideCessation {
    /// The reasons.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// The officer who decided; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day it was decided; today unless told.
    pub decided_on: Option<NaiveDate>,
    /// The day the family, the setting and the health body were notified, if that is done already. The time to appeal runs from it.
    pub notified_on: Option<NaiveDate>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records the decision, and the notice if it is given.
pub fn decide(tx: &mut Tx<'_>, plan: PlanId, body: &DecideCessation, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_plan(tx, plan)?;
    must_match(&loaded.file, read)?;
    let decided = Fact::CessationDecided { plan, officer };
    let mut steps = vec![dated(tx, "/decidedOn", body.decided_on, decided)?.words(Some(body.reasons.clone()))];
    if let Some(day) = body.notified_on {
        steps.push(Step::on(tx, not_future(tx, "/notifiedOn", day)?, Fact::CessationNotified { plan }));
    }
    record(tx, loaded, Action::DecideCessation, case, plan.0, steps, &body.acknowledge)
}

/// Records that the family, the setting and the health body were notified.
pub fn notify(tx: &mut Tx<'_>, plan: PlanId, notified_on: Option<NaiveDate>) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let step = dated(tx, "/notifiedOn", notified_on, Fact::CessationNotified { plan })?;
    record(tx, loaded, Action::PrepareCessation, case, plan.0, vec![step], &[])
}

/// Records that a plan ceased.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"ceasedOn": "2027-08-31", "reason": "needs_met"}))]
pub struct CeasePlan {
    /// The first day on which the authority no longer maintains it; today unless told.
    pub ceased_on: Option<NaiveDate>,
    /// Why.
    pub reason: CeaseReason,
    /// What more there is to say of it.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records the end of the plan.
pub fn cease(tx: &mut Tx<'_>, plan: PlanId, body: &CeasePlan, read: &[u64]) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    must_match(&loaded.file, read)?;
    let ceased = Fact::PlanCeased { plan, reason: body.reason };
    let step = dated(tx, "/ceasedOn", body.ceased_on, ceased)?.words(body.words.clone());
    record(tx, loaded, Action::CeasePlan, case, plan.0, vec![step], &body.acknowledge)
}

/// A step that was taken before a plan is ceased.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CessationStepView {
    /// The entry.
    pub id: EventId,
    /// Which.
    pub step: CessationStep,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// A decision to cease a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CessationDecisionView {
    /// The review at which it was decided. Null: otherwise.
    pub review: Option<ReviewId>,
    /// The officer who decided.
    pub officer: StaffId,
    /// The reasons; null when erased.
    pub reasons: Option<String>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family was notified.
    pub notified_on: Option<NaiveDate>,
}

/// The way of a plan to its end.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CessationView {
    /// The steps taken, by their day.
    pub steps: Vec<CessationStepView>,
    /// The decision that stands. Null: none was made, a later review kept the plan, or an appeal against it succeeded.
    pub decision: Option<CessationDecisionView>,
    /// The first day on which the plan can cease, once the family was notified: the day after the time to appeal, or that on which an
    /// appeal ended, if that is later; at once when the Tribunal dismissed it. Null: none is counted, or an appeal is open.
    pub may_cease_from: Option<NaiveDate>,
    /// Whether an appeal against the decision is open: until it is finally determined the plan stays in force, whatever the day.
    pub appealed: bool,
    /// The first day on which the authority no longer maintained it. Null: it does.
    pub ceased_on: Option<NaiveDate>,
    /// Why it ceased.
    pub reason: Option<CeaseReason>,
    /// What the answer was computed from.
    pub known: Known,
}

/// How a plan came, or comes, to its end.
pub fn show(tx: &mut Tx<'_>, plan: PlanId, as_of: Option<AsOf>) -> Result<CessationView, Error> {
    let read = Read::of(tx, plan, as_of)?;
    let cessation = &read.plan.cessation;
    let (_, duties) = duties(&read.file, read.plan.case);
    let appeals: Vec<_> = read.plan.appeals.iter().filter(|appeal| appeal.about == Matter::Cease).collect();
    let appealed = appeals.iter().any(|appeal| appeal.end.is_none());
    let ended = |dismissed: bool| {
        let so = appeals
            .iter()
            .filter_map(|appeal| appeal.end)
            .filter(move |end| (end.outcome == AppealOutcome::Dismissed) == dismissed);
        so.filter_map(|end| end.on).max()
    };
    let kept = duties.iter().filter(|duty| duty.rule.id == "CE-2" && cessation.decision.is_some());
    Ok(CessationView {
        steps: cessation.steps.iter().map(|(step, id, on)| CessationStepView { id: *id, step: *step, on: *on }).collect(),
        decision: cessation.decision.as_ref().map(|decision| CessationDecisionView {
            review: decision.review,
            officer: decision.officer,
            reasons: detail_of(&read.stored, decision.event).and_then(|detail| detail.words.clone()),
            decided_on: decision.decided_on,
            notified_on: decision.notified_on,
        }),
        may_cease_from: match (kept.map(|duty| duty.due_on).max(), ended(true)) {
            _ if appealed => None,
            (Some(_), Some(dismissed)) => Some(dismissed),
            (counted, _) => counted.max(ended(false).filter(|_| counted.is_some())),
        },
        appealed,
        ceased_on: cessation.ceased_on(),
        reason: cessation.ceased.map(|(reason, _)| reason),
        known: read.known,
    })
}
