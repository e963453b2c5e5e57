//! Direct payments for what a plan provides: started, reviewed, ended, listed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::plans::open_plan;
use super::recording::{Loaded, Receipt, dated, record};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Details};
use crate::store::plans;

/// Says that direct payments began.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"startedOn": "2027-03-01", "yearlyAmount": 5200, "shares": {"education": 50, "health": 50}, "words": "For therapy at home."}))]
pub struct StartDirectPayments {
    /// The day of the first payment; today unless told.
    pub started_on: Option<NaiveDate>,
    /// How much, in whole pounds a year.
    #[schema(maximum = 10_000_000)]
    pub yearly_amount: u32,
    /// The percentage that each agency pays, adding up to 100. Empty: the authority's education service pays it all.
    #[serde(default)]
    #[schema(value_type = BTreeMap<Agency, u8>)]
    pub shares: Shares,
    /// What they are for. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says what a review of direct payments led to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2027-03-18", "outcome": "alter", "yearlyAmount": 4800, "words": "One session less a month is needed."}))]
pub struct ReviewDirectPayments {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// What it led to.
    pub outcome: DirectPaymentsOutcome,
    /// The amount from then on, in whole pounds a year. Needed for `alter`, left out otherwise.
    #[schema(maximum = 10_000_000)]
    pub yearly_amount: Option<u32>,
    /// The reasons. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says that direct payments stopped.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2027-03-19", "words": "The family asked for the provision itself instead."}))]
pub struct EndDirectPayments {
    /// The last day they are for; today unless told.
    pub last_day: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Direct payments for what a plan provides.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DirectPayments)]
pub struct DirectPaymentsView {
    /// Their id.
    pub id: DirectPaymentsId,
    /// The day of the first payment.
    pub started_on: Option<NaiveDate>,
    /// How much, in whole pounds a year, as last settled.
    pub yearly_amount: Option<u32>,
    /// The percentage that each agency pays. Empty: the authority's education service pays it all.
    #[schema(value_type = BTreeMap<Agency, u8>)]
    pub shares: Shares,
    /// Their reviews, by day.
    pub reviews: Vec<DirectPaymentsReviewView>,
    /// The last day they are for. Null: they go on, or nobody knows when they stopped.
    pub ended_on: Option<NaiveDate>,
    /// Whether they have stopped.
    pub ended: bool,
    /// What they are for; null when nothing was said or it was erased.
    pub words: Option<String>,
}

/// A review of direct payments.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DirectPaymentsReview)]
pub struct DirectPaymentsReviewView {
    /// The day.
    pub on: Option<NaiveDate>,
    /// What it led to.
    pub outcome: DirectPaymentsOutcome,
    /// The reasons; null when none were given or they were erased.
    pub words: Option<String>,
}

/// The direct payments for a plan, by their first day, also those that stopped.
pub fn list(tx: &mut Tx<'_>, plan: PlanId) -> Result<Vec<DirectPaymentsView>, Error> {
    let child = plans::child_of(tx, plan)?.ok_or(Error::NotFound("plan"))?;
    let stored = journal::of_child(tx, child, None, Details::All)?;
    let file = File::fold(child, stored.iter().map(|s| &s.entry));
    let words = |event| stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.words.clone();
    let review =
        |one: DirectPaymentsReview| DirectPaymentsReviewView { on: one.on, outcome: one.outcome, words: words(one.event) };
    let view = |one: DirectPayments| DirectPaymentsView {
        id: one.id,
        started_on: one.started_on,
        yearly_amount: one.amounts.last().map(|(_, amount)| *amount),
        shares: one.shares,
        reviews: one.reviews.into_iter().map(review).collect(),
        ended_on: one.ended.flatten(),
        ended: one.ended.is_some(),
        words: words(one.event),
    };
    let of_plan = DirectPayments::all(&file).into_iter().filter(|one| one.plan == plan && !is_sealed(&file, one.event));
    Ok(of_plan.map(view).collect())
}

/// Records that direct payments began.
pub fn start(tx: &mut Tx<'_>, plan: PlanId, body: &StartDirectPayments) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    if !shares_add_up(&body.shares) {
        return Err(wrong("/shares", "shares_not_100", "Must add up to 100."));
    }
    let payments: DirectPaymentsId = tx.new_id();
    let fact = Fact::DirectPaymentsStarted { plan, payments, yearly_amount: body.yearly_amount, shares: body.shares.clone() };
    let step = dated(tx, "/startedOn", body.started_on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::KeepDirectPayments, case, payments.0, vec![step], &[])
}

/// Records a review of direct payments.
pub fn review(tx: &mut Tx<'_>, plan: PlanId, payments: DirectPaymentsId, body: &ReviewDirectPayments) -> Result<Receipt, Error> {
    let (loaded, case) = open(tx, plan, payments)?;
    if (body.outcome == DirectPaymentsOutcome::Alter) != body.yearly_amount.is_some() {
        return Err(wrong(
            "/yearlyAmount",
            "amount_needed",
            "Is needed where the payments go on at another amount, and left out otherwise.",
        ));
    }
    let fact = Fact::DirectPaymentsReviewed { plan, payments, outcome: body.outcome, yearly_amount: body.yearly_amount };
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::KeepDirectPayments, case, entry, vec![step], &[])
}

/// Records that direct payments stopped.
pub fn end(tx: &mut Tx<'_>, plan: PlanId, payments: DirectPaymentsId, body: &EndDirectPayments) -> Result<Receipt, Error> {
    let (loaded, case) = open(tx, plan, payments)?;
    let step = dated(tx, "/lastDay", body.last_day, Fact::DirectPaymentsEnded { plan, payments })?.words(body.words.clone());
    record(tx, loaded, Action::KeepDirectPayments, case, payments.0, vec![step], &[])
}

fn open(tx: &mut Tx<'_>, plan: PlanId, payments: DirectPaymentsId) -> Result<(Loaded, CaseId), Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let known = DirectPayments::all(&loaded.file).into_iter().any(|one| one.id == payments && one.plan == plan);
    if known { Ok((loaded, case)) } else { Err(Error::NotFound("direct_payments")) }
}
