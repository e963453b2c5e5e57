//! What was appealed, how did each appeal end, and what does the authority have to do then?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::Standing;
use super::ids::EventId;
use super::reversal::Reversal;
use crate::law::{self, FactKind, Matter, Order};

/// How an appeal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// The family withdrew it.
    Withdrawn,
    /// The authority told the Tribunal, before it responded, that it does not oppose it (SEND Regulations 2014, reg. 45).
    Conceded,
    /// The Tribunal dismissed it. Of an appeal against ceasing: the authority stops maintaining the plan at once (reg. 44(2)(a)).
    Dismissed,
    /// The Tribunal allowed it and made an order (reg. 44(2)).
    Allowed,
    /// The Tribunal made an order to which both had agreed.
    ConsentOrder,
}

impl AppealOutcome {
    /// Whether the Tribunal made an order that the authority has to carry out.
    pub const fn takes_order(self) -> bool {
        matches!(self, AppealOutcome::Allowed | AppealOutcome::ConsentOrder)
    }

    /// Whether the family got what it appealed for, at least in part.
    pub const fn succeeded(self) -> bool {
        matches!(self, AppealOutcome::Conceded) || self.takes_order()
    }

    /// Whether an appeal about that can end so, with that order or without one (SEND Regulations 2014, reg. 44(2)).
    pub fn can_end(self, about: Matter, order: Option<Order>) -> bool {
        let Some(order) = order else { return !self.takes_order() };
        let orders: &[Order] = match about {
            Matter::RefusalToAssess | Matter::RefusalToReassess => &[Order::Assess],
            Matter::NoPlan => &[Order::MakePlan, Order::Reconsider],
            Matter::Contents | Matter::NoAmendment => &[Order::AmendContents, Order::AmendSetting],
            Matter::SettingOnly => &[Order::AmendSetting],
            Matter::Cease => &[Order::Continue, Order::ContinueAndAmend],
        };
        self.takes_order() && orders.contains(&order)
    }
}

/// An appeal that the Tribunal registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// The entry that recorded it.
    pub event: EventId,
    /// Which decision is appealed.
    pub about: Matter,
    /// The day the Tribunal registered it.
    pub registered_on: Option<NaiveDate>,
    /// How it ended.
    pub end: Option<AppealEnd>,
}

/// The end of an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealEnd {
    /// The entry, whose detail holds the words.
    pub event: EventId,
    /// How it ended.
    pub outcome: AppealOutcome,
    /// What the Tribunal ordered.
    pub order: Option<Order>,
    /// The day by which the Tribunal directed it to be done, where it set one.
    pub comply_by: Option<NaiveDate>,
    /// The day it was withdrawn or conceded, or the order was made.
    pub on: Option<NaiveDate>,
}

impl Appeal {
    /// The appeals among a case's standing facts, by the day they were registered.
    pub fn all<'a>(standing: impl IntoIterator<Item = &'a Standing>) -> Vec<Self> {
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        for standing in standing {
            let (event, on) = (standing.event, standing.day());
            match standing.fact {
                Fact::AppealRegistered { about, .. } => all.push(Self { event, about, registered_on: on, end: None }),
                Fact::AppealEnded { appeal, outcome, order, comply_by, .. } => {
                    ends.push((appeal, AppealEnd { event, outcome, order, comply_by, on }));
                }
                _ => {}
            }
        }
        // An end can be entered with an earlier day than its appeal by mistake, so the two are matched once both are known.
        for appeal in &mut all {
            appeal.end = ends.iter().find(|(of, _)| *of == appeal.event).map(|(_, end)| *end);
        }
        all
    }

    /// Whether the family got what it appealed for, at least in part.
    pub fn succeeded(&self) -> bool {
        self.end.is_some_and(|end| end.outcome.succeeded())
    }

    /// Whether it was registered by a day and had not ended by then. A day that is not known is no obstacle.
    pub fn is_open_on(&self, day: Option<NaiveDate>) -> bool {
        let later = |on: Option<NaiveDate>| matches!((on, day), (Some(on), Some(day)) if on > day);
        !later(self.registered_on) && self.end.is_none_or(|end| later(end.on))
    }

    /// Whether the Tribunal had dismissed it by a day, so that it is finally determined. A day that is not known is no obstacle.
    pub fn is_dismissed_by(&self, day: Option<NaiveDate>) -> bool {
        self.end.is_some_and(|end| end.outcome == AppealOutcome::Dismissed) && !self.is_open_on(day)
    }

    /// Whether it ended so that the authority amends the plan: by an order to, or because it did not oppose an appeal about what the
    /// plan says or that it ceases.
    pub fn amends(&self) -> bool {
        self.end.is_some_and(|end| match end.order {
            Some(order) => matches!(order, Order::AmendContents | Order::AmendSetting | Order::ContinueAndAmend),
            None => {
                let refused = matches!(self.about, Matter::RefusalToAssess | Matter::RefusalToReassess | Matter::NoPlan);
                end.outcome == AppealOutcome::Conceded && !refused
            }
        })
    }

    /// What its end is to the law. A refusal that it reversed is told with the reversal, and starts no second clock.
    fn law_facts(&self, standing: &[&Standing]) -> Vec<law::Fact> {
        let Some((end, on)) = self.end.and_then(|end| Some((end, end.on?))) else { return Vec::new() };
        let reverses = |reversal: Reversal| reversal.by.takes_appeal() && reversal.about.matter() == self.about;
        let told_as_reversal = standing.iter().filter_map(|s| Reversal::of(s)).any(reverses);
        let fact = |kind| law::Fact::on(kind, on).about(self.event.to_string());
        let order = |order| {
            let made = fact(FactKind::OrderMade).order(order);
            end.comply_by.map_or(made.clone(), |day| made.fixed_due_on(day))
        };
        // To keep a plan as it is asks for no act of its own: it is done as long as the plan has not ceased.
        let kept = || {
            let ceased = |s: &&&Standing| matches!(s.fact, Fact::PlanCeased { .. }) && s.day().is_none_or(|day| day <= on);
            (!standing.iter().any(|s| ceased(&s))).then(|| fact(FactKind::OrderCarriedOut))
        };
        match (end.outcome, self.about, end.order) {
            (outcome, ..) if outcome.succeeded() && told_as_reversal => Vec::new(),
            (AppealOutcome::Dismissed, Matter::Cease, _) => vec![order(Order::Cease)],
            (AppealOutcome::Withdrawn | AppealOutcome::Dismissed, ..) => vec![fact(FactKind::AppealEnded)],
            (AppealOutcome::Conceded, about, _) => {
                let amended =
                    |s: &&&Standing| matches!(s.fact, Fact::AmendedPlanSent { appeal: Some(of), .. } if of == self.event);
                let kept = || kept().filter(|_| about == Matter::Cease && !standing.iter().any(|s| amended(&s)));
                std::iter::once(fact(FactKind::AppealConceded).matter(about)).chain(kept()).collect()
            }
            (AppealOutcome::Allowed | AppealOutcome::ConsentOrder, _, Some(ordered)) => {
                let kept = kept().filter(|_| ordered == Order::Continue);
                std::iter::once(order(ordered)).chain(kept).collect()
            }
            (AppealOutcome::Allowed | AppealOutcome::ConsentOrder, _, None) => Vec::new(),
        }
    }
}

/// The ends of appeals among a case's standing facts, as the law sees them.
pub(super) fn law_facts(standing: &[&Standing]) -> Vec<law::Fact> {
    let all = Appeal::all(standing.iter().copied());
    all.iter().flat_map(|appeal| appeal.law_facts(standing)).collect()
}
