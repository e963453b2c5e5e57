//! Which direct payments are made for a plan, how much, and when were they looked at?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::{DirectPaymentsId, EventId, PlanId};
use super::placement_terms::Shares;

/// What a review of direct payments led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectPaymentsOutcome {
    /// They go on as they are.
    Continue,
    /// They go on at another amount.
    Alter,
    /// They are to stop. That they have stopped is recorded when they have.
    Stop,
}

/// A review of direct payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectPaymentsReview {
    /// The entry, whose detail holds the reasons.
    pub event: EventId,
    /// The day.
    pub on: Option<NaiveDate>,
    /// What it led to.
    pub outcome: DirectPaymentsOutcome,
}

/// Direct payments for what a plan provides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectPayments {
    /// Their id.
    pub id: DirectPaymentsId,
    /// The entry that recorded their start.
    pub event: EventId,
    /// The plan.
    pub plan: PlanId,
    /// The day of the first payment.
    pub started_on: Option<NaiveDate>,
    /// Whole pounds a year, each amount from a day on; the last holds.
    pub amounts: Vec<(NaiveDate, u32)>,
    /// Who bears which part.
    pub shares: Shares,
    /// Their reviews, by day.
    pub reviews: Vec<DirectPaymentsReview>,
    /// The last day they are for, once they ended; the inner option is an unknown day.
    pub ended: Option<Option<NaiveDate>>,
}

impl DirectPayments {
    /// All direct payments in the file, by the day they started.
    pub fn all(file: &File) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for standing in file.standing() {
            if let Fact::DirectPaymentsStarted { plan, payments, yearly_amount, shares } = &standing.fact {
                all.push(Self {
                    id: *payments,
                    event: standing.event,
                    plan: *plan,
                    started_on: standing.day(),
                    amounts: standing.day().map(|day| (day, *yearly_amount)).into_iter().collect(),
                    shares: shares.clone(),
                    reviews: Vec::new(),
                    ended: None,
                });
            }
        }
        for standing in file.standing() {
            match &standing.fact {
                Fact::DirectPaymentsReviewed { payments, outcome, yearly_amount, .. } => {
                    if let Some(known) = all.iter_mut().find(|known| known.id == *payments) {
                        let on = standing.day();
                        known.reviews.push(DirectPaymentsReview { event: standing.event, on, outcome: *outcome });
                        known.amounts.extend(on.zip(*yearly_amount));
                    }
                }
                Fact::DirectPaymentsEnded { payments, .. } => {
                    if let Some(known) = all.iter_mut().find(|known| known.id == *payments) {
                        known.ended = Some(standing.day());
                    }
                }
                _ => {}
            }
        }
        all
    }
}
