//! How was a refusal reversed, and what follows: which clock, and what the family was told?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use crate::law::{Matter, Order};

/// A refusal that can be reversed (Children and Families Act 2014, s. 51(2)(a) and (b)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// The authority would not assess.
    RefusalToAssess,
    /// The authority would make no plan.
    NoPlan,
}

impl Refused {
    /// The same as a matter that can be appealed.
    pub const fn matter(self) -> Matter {
        match self {
            Refused::RefusalToAssess => Matter::RefusalToAssess,
            Refused::NoPlan => Matter::NoPlan,
        }
    }

    /// What a Tribunal orders, or a mediation agrees, that reverses it.
    pub const fn undone_by(self) -> Order {
        match self {
            Refused::RefusalToAssess => Order::Assess,
            Refused::NoPlan => Order::MakePlan,
        }
    }
}

/// What reversed a refusal. Each has its own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReversedBy {
    /// The authority changed its mind, without an order: the twenty weeks from the request stand (R (W) v Hertfordshire, 2023,
    /// EWHC 3138 (Admin)).
    Concession,
    /// The authority told the Tribunal, before it responded, that it does not oppose the appeal (SEND Regulations 2014, reg. 45).
    UnopposedAppeal,
    /// It was agreed at mediation (reg. 42(2)).
    Mediation,
    /// The Tribunal ordered it (reg. 44(2)), by consent or after a hearing.
    Order,
}

impl ReversedBy {
    /// Whether it takes a mediation.
    pub const fn takes_mediation(self) -> bool {
        matches!(self, ReversedBy::Mediation)
    }

    /// Whether it takes an appeal.
    pub const fn takes_appeal(self) -> bool {
        matches!(self, ReversedBy::UnopposedAppeal | ReversedBy::Order)
    }
}

/// A refusal reversed. The decision itself stays what it was, for the return and for figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The entry that recorded it.
    pub event: EventId,
    /// What had been refused.
    pub about: Refused,
    /// What reversed it.
    pub by: ReversedBy,
    /// The day it was reversed.
    pub on: Option<NaiveDate>,
    /// The day the family was notified that there will be an assessment, or a plan, after all.
    pub notified_on: Option<NaiveDate>,
}

impl Reversal {
    /// The reversal that an entry records, if it does.
    pub fn of(standing: &Standing) -> Option<Self> {
        match standing.fact {
            Fact::RefusalReversed { about, by, .. } => {
                Some(Self { event: standing.event, about, by, on: standing.day(), notified_on: None })
            }
            _ => None,
        }
    }

    /// Whether a notification of that day tells of the reversal, and not of the refusal before it.
    pub fn is_told_on(&self, notified: Option<NaiveDate>) -> bool {
        matches!((self.on, notified), (Some(on), Some(notified)) if notified >= on)
    }
}

/// Whether a notification of a decision tells of the reversal of that refusal, by its day.
pub fn tells_of_reversal<'a>(notification: &Standing, about: Refused, all: impl IntoIterator<Item = &'a Standing>) -> bool {
    let reversals = all.into_iter().filter_map(Reversal::of);
    reversals.filter(|reversal| reversal.about == about).any(|reversal| reversal.is_told_on(notification.day()))
}
