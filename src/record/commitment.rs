//! To what yearly cost is the authority committed for a child, from when to when, and which agency bears it?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

use super::death::died;
use super::direct_payments::DirectPayments;
use super::file::File;
use super::panel::Agency;
use super::placement_terms::Shares;
use super::plan::Plan;
use super::schooling::Schooling;
use super::sealing::is_sealed;
use super::transport::Transport;

/// What money is spent on: `placements`, `transport` or `direct_payments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Budget {
    /// Places at settings, and provision elsewhere.
    Placements,
    /// Transport to them.
    Transport,
    /// Direct payments for what plans provide.
    DirectPayments,
}

/// One agency's part of a yearly cost, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// What for.
    pub budget: Budget,
    /// The placement, the transport or the direct payments.
    pub about: Uuid,
    /// Who bears it.
    pub agency: Agency,
    /// The percentage of the cost that is.
    pub percent: u8,
    /// The whole cost, in pounds a year.
    pub yearly_cost: u32,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none: without an end.
    pub until: Option<NaiveDate>,
}

/// Every commitment for the child. A time-limited place is committed until its planned end, direct payments while
/// there is a plan; nothing is after a child's death.
pub fn commitments(file: &File) -> Vec<Commitment> {
    let mut all = Found { until: died(file).flatten(), commitments: Vec::new() };
    for place in Schooling::all(file).iter().filter(|one| !is_sealed(file, one.event)) {
        for (at, (from, terms)) in place.terms.iter().enumerate() {
            let next = place.terms.get(at + 1).and_then(|(next, _)| next.pred_opt());
            let until = [place.until.or(terms.planned_end), next].into_iter().flatten().min();
            let cost = (terms.yearly_cost.unwrap_or_default(), &terms.shares);
            all.add(Budget::Placements, place.id.0, cost, *from, until);
        }
    }
    for one in Transport::all(file).iter().filter(|one| !is_sealed(file, one.event)) {
        all.add(Budget::Transport, one.id.0, (one.yearly_cost, &one.shares), one.from, one.until);
    }
    for one in DirectPayments::all(file).iter().filter(|one| !is_sealed(file, one.event)) {
        let ceased = Plan::of(file, one.plan).and_then(|plan| plan.cessation.ceased_on());
        for (at, (from, amount)) in one.amounts.iter().enumerate() {
            let next = one.amounts.get(at + 1).and_then(|(next, _)| next.pred_opt());
            let until = [one.ended.flatten(), ceased, next].into_iter().flatten().min();
            all.add(Budget::DirectPayments, one.id.0, (*amount, &one.shares), *from, until);
        }
    }
    all.commitments
}

struct Found {
    /// The day after which nothing is committed.
    until: Option<NaiveDate>,
    commitments: Vec<Commitment>,
}

impl Found {
    fn add(&mut self, budget: Budget, about: Uuid, cost: (u32, &Shares), from: NaiveDate, until: Option<NaiveDate>) {
        let (yearly_cost, shares) = cost;
        let until = until.into_iter().chain(self.until).min();
        if yearly_cost == 0 || until.is_some_and(|until| until < from) {
            return;
        }
        let whole = Shares::from([(Agency::Education, 100)]);
        let shares = if shares.is_empty() { &whole } else { shares };
        for (agency, percent) in shares {
            self.commitments.push(Commitment { budget, about, agency: *agency, percent: *percent, yearly_cost, from, until });
        }
    }
}
