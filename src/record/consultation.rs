//! Which settings were consulted, on a draft or for a change of phase, and what did each answer?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::AuthorityCode;
use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;

/// What a setting answers. No answer is the absence of one: it does not stop a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationAnswer {
    /// It can meet the need.
    CanMeetNeed,
    /// It can under conditions, such as more funding or a later start.
    Conditional,
    /// It cannot meet the need.
    Cannot,
    /// It has no place.
    Full,
}

/// One consultation of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The entry that recorded it.
    pub event: EventId,
    /// The setting.
    pub setting: Organisation,
    /// The other authority that maintains it, where one does.
    pub other_authority: Option<AuthorityCode>,
    /// The change of phase it is about; none of one on a draft plan.
    pub transfer: Option<TransferId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day the setting received it: its fifteen days run from here.
    pub received_on: Option<NaiveDate>,
    /// What it answered, and when; the inner option is an unknown day.
    pub answer: Option<(ConsultationAnswer, Option<NaiveDate>)>,
    /// What a place would cost, in whole pounds a year, as the setting answered.
    pub yearly_cost: Option<u32>,
    /// The entry that recorded the answer, whose detail holds the reasons.
    pub answer_event: Option<EventId>,
    /// The day the authority took it back, if it did; the inner option is an unknown day.
    pub withdrawn: Option<Option<NaiveDate>>,
}

impl Consultation {
    /// The consultations that a case's facts add up to, by the day they were sent.
    pub fn all(facts: &[&Standing]) -> Vec<Self> {
        let mut consultations: Vec<_> = facts.iter().filter_map(|standing| Self::sent(standing)).collect();
        for standing in facts {
            let on = standing.day();
            let Some(one) = spoken_of(&standing.fact).and_then(|id| consultations.iter_mut().find(|one| one.id == id)) else {
                continue;
            };
            match &standing.fact {
                Fact::ConsultationReceived { .. } => one.received_on = on,
                Fact::ConsultationAnswered { answer, yearly_cost, .. } => {
                    one.answer = Some((*answer, on));
                    one.yearly_cost = *yearly_cost;
                    one.answer_event = Some(standing.event);
                }
                Fact::ConsultationWithdrawn { .. } => one.withdrawn = Some(on),
                _ => {}
            }
        }
        consultations
    }

    fn sent(standing: &Standing) -> Option<Self> {
        let Fact::ConsultationSent { consultation, setting, other_authority, transfer, .. } = &standing.fact else { return None };
        Some(Self {
            id: *consultation,
            event: standing.event,
            setting: setting.clone(),
            other_authority: other_authority.clone(),
            transfer: *transfer,
            sent_on: standing.day(),
            received_on: None,
            answer: None,
            yearly_cost: None,
            answer_event: None,
            withdrawn: None,
        })
    }

    /// Whether the setting had been consulted by a day: also when it was silent, but not when the consultation was taken back
    /// before it answered.
    pub fn stood_by(&self, day: Option<NaiveDate>) -> bool {
        let by = |happened: Option<NaiveDate>| !matches!((happened, day), (Some(happened), Some(day)) if happened > day);
        let taken_back = self.answer.is_none() && self.withdrawn.is_some_and(by);
        by(self.sent_on) && !taken_back
    }

    /// Whether its answer is awaited.
    pub const fn is_open(&self) -> bool {
        self.answer.is_none() && self.withdrawn.is_none()
    }

    /// The first day on which the setting is consulted no more; none while it is.
    pub fn ended_on(&self) -> Option<NaiveDate> {
        // Of an end on an unknown day nothing can be said but that it is over.
        let on = |day: Option<NaiveDate>| day.or(self.sent_on);
        let answered = self.answer.and_then(|(_, day)| on(day));
        let withdrawn = self.withdrawn.and_then(on);
        answered.into_iter().chain(withdrawn).min()
    }
}

/// The consultation that a fact speaks of, if it speaks of one.
pub fn spoken_of(fact: &Fact) -> Option<ConsultationId> {
    match fact {
        Fact::ConsultationSent { consultation, .. }
        | Fact::ConsultationReceived { consultation, .. }
        | Fact::ConsultationAnswered { consultation, .. }
        | Fact::ConsultationWithdrawn { consultation, .. } => Some(*consultation),
        _ => None,
    }
}
