//! What became of a request for advice: who took it on, why it is late, what came back; or which existing advice took its place.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;
use crate::law::AdviceGiver;

/// What an advice giver answered. Only `given` is advice for the law: after any other answer the six weeks run on (SEND Regulations
/// 2014, regs 6(1) and 8(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AdviceAnswer {
    /// The advice was given.
    Given,
    /// The child is not known to the service. That is not advice: whoever is asked can look at the child now.
    NotKnown,
    /// The service declined to give advice.
    Declined,
    /// The service has nobody who could give it.
    NoCapacity,
}

impl AdviceAnswer {
    /// The answer in words.
    pub const fn words(self) -> &'static str {
        match self {
            AdviceAnswer::Given => "the advice was given",
            AdviceAnswer::NotKnown => "the child is not known to the service",
            AdviceAnswer::Declined => "it declined",
            AdviceAnswer::NoCapacity => "it has no capacity",
        }
    }
}

/// Why something is late. None of these is an exception by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DelayReason {
    /// Too few staff, such as too few psychologists.
    StaffShortage,
    /// The person who was to do it is away or ill.
    StaffAbsence,
    /// Advice that was asked for has not come.
    AdviceAwaited,
    /// An appointment with the child is still to come.
    AppointmentAwaited,
    /// The child missed an appointment.
    AppointmentMissed,
    /// The child or the family is away.
    FamilyAway,
    /// The setting is closed.
    SettingClosed,
    /// A setting has not answered.
    SettingAwaited,
    /// The panel meets later.
    PanelAwaited,
    /// Something was missing that had to be asked for.
    InformationAwaited,
    /// Something else.
    Other,
}

/// On what footing somebody writes advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// Employed by the service that was asked.
    Employed,
    /// Engaged for the occasion, to make up for staff the service has not got.
    Locum,
}

/// One answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was answered.
    pub answer: AdviceAnswer,
    /// The day it came.
    pub on: Option<NaiveDate>,
}

/// Why advice is late, as the advice giver or the authority's staff said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// The reason.
    pub reason: DelayReason,
    /// The day it was said.
    pub on: Option<NaiveDate>,
    /// When the advice is expected now.
    pub expected_on: Option<NaiveDate>,
}

/// Who is to write the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The entry that recorded it, whose detail holds the name.
    pub event: EventId,
    /// The day.
    pub on: Option<NaiveDate>,
    /// On what footing.
    pub employment: Employment,
    /// Their organisation, where it is not the one that was asked.
    pub organisation: Option<Organisation>,
}

/// That the advice was signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The entry that recorded it, whose detail holds the name.
    pub event: EventId,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// Existing advice in the place of new, and who agreed that it is sufficient (SEND Regulations 2014, reg. 6(4)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reuse {
    /// The day it was taken up.
    pub on: Option<NaiveDate>,
    /// The day of the existing advice.
    pub advice_of: NaiveDate,
    /// The day whoever gave it agreed.
    pub giver_agreed_on: Option<NaiveDate>,
    /// The day the authority agreed.
    pub authority_agreed_on: Option<NaiveDate>,
    /// The day the child's parent or the young person agreed.
    pub family_agreed_on: Option<NaiveDate>,
}

impl Reuse {
    /// Who has not agreed.
    pub fn missing(&self) -> Vec<&'static str> {
        let agreements = [
            (self.giver_agreed_on, "whoever gave it"),
            (self.authority_agreed_on, "the authority"),
            (self.family_agreed_on, "the family"),
        ];
        agreements.into_iter().filter(|(agreed, _)| agreed.is_none()).map(|(_, who)| who).collect()
    }
}

/// One request for advice, or existing advice in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its id.
    pub id: AdviceId,
    /// Who was asked.
    pub giver: AdviceGiver,
    /// Their organisation, where known.
    pub organisation: Option<Organisation>,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request.
    pub received_on: Option<NaiveDate>,
    /// What was answered, by day.
    pub answers: Vec<Answer>,
    /// Why it is late, by day.
    pub delays: Vec<Delay>,
    /// Who was to write it, by day; the last one is.
    pub allocations: Vec<Allocation>,
    /// The days on which the child was seen for it.
    pub visited_on: Vec<NaiveDate>,
    /// That it was signed off.
    pub signed_off: Option<SignOff>,
    /// The existing advice that took its place.
    pub reused: Option<Reuse>,
}

impl Advice {
    /// The advice of a case, as its standing facts describe it. An answer can be entered before its request, so what became of the
    /// requests is matched once all of them are known.
    pub(super) fn all<'a>(facts: impl Iterator<Item = &'a Standing> + Clone) -> Vec<Self> {
        let mut all: Vec<Self> = facts.clone().filter_map(Self::begun).collect();
        for standing in facts {
            if let Some(id) = about(&standing.fact)
                && let Some(advice) = all.iter_mut().find(|advice| advice.id == id)
            {
                advice.add(standing);
            }
        }
        all
    }

    fn begun(standing: &Standing) -> Option<Self> {
        let on = standing.day();
        let (id, giver, organisation, requested_on, reused) = match &standing.fact {
            Fact::AdviceRequested { advice, giver, organisation, .. } => (*advice, *giver, organisation.clone(), on, None),
            Fact::AdviceReused {
                advice,
                giver,
                organisation,
                advice_of,
                giver_agreed_on,
                authority_agreed_on,
                family_agreed_on,
                ..
            } => {
                let reuse = Reuse {
                    on,
                    advice_of: *advice_of,
                    giver_agreed_on: *giver_agreed_on,
                    authority_agreed_on: *authority_agreed_on,
                    family_agreed_on: *family_agreed_on,
                };
                (*advice, *giver, organisation.clone(), None, Some(reuse))
            }
            _ => return None,
        };
        Some(Self {
            id,
            giver,
            organisation,
            requested_on,
            received_on: None,
            answers: Vec::new(),
            delays: Vec::new(),
            allocations: Vec::new(),
            visited_on: Vec::new(),
            signed_off: None,
            reused,
        })
    }

    fn add(&mut self, standing: &Standing) {
        let (on, event) = (standing.day(), standing.event);
        match &standing.fact {
            Fact::AdviceRequestReceived { .. } => self.received_on = on,
            Fact::AdviceReturned { answer, .. } => {
                self.answers.push(Answer { answer: answer.unwrap_or(AdviceAnswer::Given), on });
            }
            Fact::AdviceDelayed { reason, expected_on, .. } => {
                self.delays.push(Delay { reason: *reason, on, expected_on: *expected_on });
            }
            Fact::AdviceAllocated { employment, organisation, .. } => {
                self.allocations.push(Allocation { event, on, employment: *employment, organisation: organisation.clone() });
            }
            Fact::AdviceVisited { .. } => self.visited_on.extend(on),
            Fact::AdviceSignedOff { .. } => self.signed_off = Some(SignOff { event, on }),
            _ => {}
        }
    }

    /// The answer that was advice, if one was.
    pub fn given(&self) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.answer == AdviceAnswer::Given)
    }

    /// The day the advice came back; none while it is awaited, whatever else was answered.
    pub fn returned_on(&self) -> Option<NaiveDate> {
        self.given().and_then(|answer| answer.on)
    }

    /// The day from which there is advice for the law: it came back, or existing advice was taken up with all agreed.
    pub fn there_from(&self) -> Option<NaiveDate> {
        self.returned_on().or_else(|| self.reused.filter(|reuse| reuse.missing().is_empty())?.on)
    }

    /// The answer it was left at, where that was no advice.
    pub fn nil_return(&self) -> Option<&Answer> {
        self.answers.last().filter(|_| self.given().is_none())
    }

    /// Whether nothing is there yet and nothing existing took its place.
    pub fn is_awaited(&self) -> bool {
        self.given().is_none() && self.reused.is_none()
    }

    /// Whether the organisation was asked for it, or somebody of theirs is to write it.
    pub fn is_of(&self, organisation: &Organisation) -> bool {
        self.organisation.as_ref() == Some(organisation)
            || self.allocations.iter().any(|allocation| allocation.organisation.as_ref() == Some(organisation))
    }

    /// The last day on which the organisation that was asked has something to do with it: it gave the advice, or answered otherwise
    /// and nobody was named to write it since. None: it goes on.
    pub fn over_on(&self) -> Option<NaiveDate> {
        let nil = || self.nil_return()?.on.filter(|nil| !self.allocations.iter().any(|a| a.on.is_none_or(|on| on >= *nil)));
        self.returned_on().or_else(nil)
    }
}

/// The request an entry about advice speaks of.
fn about(fact: &Fact) -> Option<AdviceId> {
    match fact {
        Fact::AdviceRequestReceived { advice, .. }
        | Fact::AdviceReturned { advice, .. }
        | Fact::AdviceDelayed { advice, .. }
        | Fact::AdviceAllocated { advice, .. }
        | Fact::AdviceVisited { advice, .. }
        | Fact::AdviceSignedOff { advice, .. } => Some(*advice),
        _ => None,
    }
}
