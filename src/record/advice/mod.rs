//! What became of a request for advice: who took it on, why it is late, what came back; or which existing advice took its place.

mod quality;
mod specialism;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

pub use quality::{AdviceCriterion, AdviceJudgement, Judged};
pub use specialism::Specialism;

use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;
use super::visibility::Visibility;
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

/// How somebody was reminded of advice that is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChaserMeans {
    /// By telephone.
    Telephone,
    /// By email.
    Email,
    /// By letter.
    Letter,
    /// In a meeting.
    Meeting,
    /// Through a portal.
    Portal,
}

/// One answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry that recorded it, whose detail holds the advice or its summary.
    pub event: EventId,
    /// What was answered.
    pub answer: AdviceAnswer,
    /// The day it came.
    pub on: Option<NaiveDate>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The document it came as.
    pub document: Option<DocumentId>,
}

/// That somebody was reminded of the advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chaser {
    /// The day.
    pub on: Option<NaiveDate>,
    /// How.
    pub means: ChaserMeans,
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
    /// The day on which they are to see the child, where that was settled with it.
    pub visit_on: Option<NaiveDate>,
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
    /// Which kind of service, where the giver leaves that open.
    pub specialism: Option<Specialism>,
    /// Their organisation, where known.
    pub organisation: Option<Organisation>,
    /// The entry that began it, whose detail can hold what was asked.
    pub event: EventId,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request.
    pub received_on: Option<NaiveDate>,
    /// What was answered, by day.
    pub answers: Vec<Answer>,
    /// When it was chased, by day.
    pub chasers: Vec<Chaser>,
    /// What was found of it once it was back, by day.
    pub judgements: Vec<Judged>,
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
        let mut all: Vec<Self> = Vec::new();
        for begun in facts.clone().filter_map(Self::begun) {
            if !all.iter().any(|known| known.id == begun.id) {
                all.push(begun);
            }
        }
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
        let (id, giver, specialism, organisation, requested_on, reused) = match &standing.fact {
            Fact::AdviceRequested { advice, giver, specialism, organisation, .. } => {
                (*advice, *giver, *specialism, organisation.clone(), on, None)
            }
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
                (*advice, *giver, None, organisation.clone(), None, Some(reuse))
            }
            _ => return None,
        };
        Some(Self {
            id,
            giver,
            specialism,
            organisation,
            event: standing.event,
            requested_on,
            received_on: None,
            answers: Vec::new(),
            chasers: Vec::new(),
            judgements: Vec::new(),
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
            Fact::AdviceReturned { answer, visibility, document, .. } => {
                let (answer, visibility) = (answer.unwrap_or(AdviceAnswer::Given), visibility.unwrap_or_default());
                self.answers.push(Answer { event, answer, on, visibility, document: *document });
            }
            Fact::AdviceChased { means, .. } => self.chasers.push(Chaser { on, means: *means }),
            Fact::AdviceJudged { judgement, unmet, sent_back, visibility, .. } => self.judgements.push(Judged {
                event,
                on,
                judgement: *judgement,
                unmet: unmet.clone(),
                sent_back: *sent_back,
                visibility: *visibility,
            }),
            Fact::AdviceDelayed { reason, expected_on, .. } => {
                self.delays.push(Delay { reason: *reason, on, expected_on: *expected_on });
            }
            Fact::AdviceAllocated { employment, organisation, visit_on, .. } => self.allocations.push(Allocation {
                event,
                on,
                employment: *employment,
                organisation: organisation.clone(),
                visit_on: *visit_on,
            }),
            Fact::AdviceVisited { .. } => self.visited_on.extend(on),
            Fact::AdviceSignedOff { .. } => self.signed_off = Some(SignOff { event, on }),
            _ => {}
        }
    }

    /// The answer that was advice, if one was; the first, where it was sent back and came again.
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

    /// The answer it was left at, unless somebody was named to write it since.
    pub fn nil_that_stands(&self) -> Option<&Answer> {
        let nil = self.nil_return()?;
        let taken_on = |nil| self.allocations.iter().any(|allocation| allocation.on.is_none_or(|on| on >= nil));
        nil.on.is_none_or(|on| !taken_on(on)).then_some(nil)
    }

    /// Whether nothing is there yet and nothing existing took its place.
    pub fn is_awaited(&self) -> bool {
        self.given().is_none() && self.reused.is_none()
    }

    /// The day it was last sent back to its giver, while it has not come again since.
    pub fn sent_back_on(&self) -> Option<NaiveDate> {
        let back = self.judgements.iter().rev().find(|judged| judged.sent_back).and_then(|judged| judged.on)?;
        let times = self.judgements.iter().filter(|judged| judged.sent_back).count();
        let given = self.answers.iter().filter(|answer| answer.answer == AdviceAnswer::Given).count();
        (given <= times).then_some(back)
    }

    /// The day it last came back, which is not the law's where it was sent back before.
    pub fn last_returned_on(&self) -> Option<NaiveDate> {
        self.answers.iter().rev().find(|answer| answer.answer == AdviceAnswer::Given).and_then(|answer| answer.on)
    }

    /// The last day on which whoever was named to write it sees the child: none while it is awaited, or went back to them.
    pub fn written_on(&self) -> Option<NaiveDate> {
        self.last_returned_on().filter(|_| self.sent_back_on().is_none())
    }

    /// Whether the organisation was asked for it, or somebody of theirs is to write it.
    pub fn is_of(&self, organisation: &Organisation) -> bool {
        self.organisation.as_ref() == Some(organisation)
            || self.allocations.iter().any(|allocation| allocation.organisation.as_ref() == Some(organisation))
    }

    /// The last day on which the organisation that was asked has something to do with it: it gave the advice, or answered otherwise
    /// and nobody was named to write it since. None: it goes on.
    pub fn over_on(&self) -> Option<NaiveDate> {
        self.written_on().or_else(|| self.nil_that_stands()?.on)
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
        | Fact::AdviceSignedOff { advice, .. }
        | Fact::AdviceChased { advice, .. }
        | Fact::AdviceJudged { advice, .. } => Some(*advice),
        _ => None,
    }
}
