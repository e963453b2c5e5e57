//! What was proposed to change in a plan, what did the family say to it, and what became of it?

use chrono::NaiveDate;
use uuid::Uuid;

use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use crate::law::{self, FactKind};

/// An amendment of a plan, from its proposal to the amended plan or the decision against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// The review it follows; none: without one (SEND Regulations 2014, reg. 28).
    pub review: Option<ReviewId>,
    /// The appeal that ended so that the plan is amended.
    pub appeal: Option<EventId>,
    /// The entry of the notice, whose detail holds the changes proposed; none of a plan that was amended without one.
    pub notice: Option<EventId>,
    /// The officer who decided to propose it.
    pub officer: Option<StaffId>,
    /// The day the notice was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day it was served, where that is another.
    pub served_on: Option<NaiveDate>,
    /// What the family said to it, the earliest first.
    pub answers: Vec<AmendmentAnswer>,
    /// That the plan was not amended after all.
    pub declined: Option<Declined>,
    /// The version of the plan that it made.
    pub version: Option<VersionId>,
    /// The day the amended plan was sent.
    pub amended_on: Option<NaiveDate>,
}

/// What the family said to proposed amendments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendmentAnswer {
    /// The entry, whose detail holds the texts.
    pub event: EventId,
    /// The letters of the sections it speaks of.
    pub sections: Vec<String>,
    /// Whether the family had nothing more to say.
    pub complete: bool,
    /// The family member who said it through the API.
    pub account: Option<String>,
    /// The day it was received.
    pub made_on: Option<NaiveDate>,
}

/// That a plan was not amended after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// The entry, whose detail holds the reasons.
    pub event: EventId,
    /// The officer who decided so.
    pub officer: StaffId,
    /// The day the family was told.
    pub told_on: Option<NaiveDate>,
}

impl Amendment {
    /// The amendments of a plan among the standing facts, by the day of their first fact.
    pub fn all<'a>(standing: impl IntoIterator<Item = &'a Standing>, plan: PlanId) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for standing in standing {
            if let Some((of, id)) = amended(&standing.fact)
                && of == plan
            {
                let at = all.iter().position(|one| one.id == id).unwrap_or_else(|| {
                    all.push(Self::empty(id));
                    all.len() - 1
                });
                all[at].add(standing);
            }
        }
        all
    }

    fn empty(id: AmendmentId) -> Self {
        Self {
            id,
            review: None,
            appeal: None,
            notice: None,
            officer: None,
            sent_on: None,
            served_on: None,
            answers: Vec::new(),
            declined: None,
            version: None,
            amended_on: None,
        }
    }

    fn add(&mut self, standing: &Standing) {
        let (event, on) = (standing.event, standing.day());
        match &standing.fact {
            Fact::AmendmentNoticeSent { review, officer, .. } => {
                self.review = *review;
                self.notice = Some(event);
                self.officer = Some(*officer);
                self.sent_on = on;
            }
            Fact::AmendmentNoticeServed { .. } => self.served_on = on,
            Fact::AmendmentRepresentationsMade { sections, complete, account, .. } => self.answers.push(AmendmentAnswer {
                event,
                sections: sections.clone(),
                complete: *complete,
                account: account.clone(),
                made_on: on,
            }),
            Fact::AmendmentDeclined { officer, .. } => {
                self.declined = Some(Declined { event, officer: *officer, told_on: on });
            }
            Fact::AmendedPlanSent { review, appeal, .. } => {
                self.review = self.review.or(*review);
                self.appeal = *appeal;
                self.version = Some(VersionId(event.0));
                self.amended_on = on;
            }
            _ => {}
        }
    }

    /// The day from which the family's fifteen days run.
    pub fn time_begins_on(&self) -> Option<NaiveDate> {
        self.served_on.or(self.sent_on)
    }

    /// Whether the family said, by a day, that it has nothing more to say.
    pub fn complete_by(&self, day: NaiveDate) -> bool {
        self.answers.iter().any(|answer| answer.complete && answer.made_on.is_some_and(|on| on <= day))
    }

    /// Whether it is still open: neither is the amended plan sent, nor the decision against it told.
    pub fn is_open(&self) -> bool {
        self.version.is_none() && self.declined.is_none()
    }

    /// What ties its clocks together: the review from whose meeting some of them run, else the amendment itself.
    pub fn ties_clocks_by(&self) -> Uuid {
        self.review.map_or(self.id.0, |review| review.0)
    }

    fn law_facts(&self) -> impl Iterator<Item = law::Fact> {
        let complete = self.answers.iter().filter(|answer| answer.complete).filter_map(|answer| answer.made_on).min();
        let days = [
            (FactKind::AmendmentNoticeSent, self.sent_on),
            (FactKind::AmendmentNoticeServed, self.time_begins_on()),
            (FactKind::RepresentationsComplete, complete),
            (FactKind::AmendmentDeclinedNotified, self.declined.as_ref().and_then(|declined| declined.told_on)),
            (FactKind::AmendedPlanSent, self.amended_on),
        ];
        let about = self.ties_clocks_by().to_string();
        days.into_iter().filter_map(move |(kind, on)| Some(law::Fact::on(kind, on?).about(about.clone())))
    }
}

/// The amendments among a case's standing facts, as the law sees them: those of a review belong to the clocks of its meeting.
pub(super) fn law_facts(standing: &[&Standing]) -> Vec<law::Fact> {
    let mut plans: Vec<_> = standing.iter().filter_map(|s| amended(&s.fact)).map(|(plan, _)| plan).collect();
    plans.dedup();
    let all = plans.into_iter().flat_map(|plan| Amendment::all(standing.iter().copied(), plan));
    all.flat_map(|one| one.law_facts().collect::<Vec<_>>()).collect()
}

/// The plan and the amendment that a fact speaks of, if it speaks of one.
fn amended(fact: &Fact) -> Option<(PlanId, AmendmentId)> {
    match fact {
        Fact::AmendmentNoticeSent { plan, amendment, .. }
        | Fact::AmendmentNoticeServed { plan, amendment }
        | Fact::AmendmentRepresentationsMade { plan, amendment, .. }
        | Fact::AmendmentDeclined { plan, amendment, .. }
        | Fact::AmendedPlanSent { plan, amendment, .. } => Some((*plan, *amendment)),
        _ => None,
    }
}
