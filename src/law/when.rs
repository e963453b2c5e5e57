//! Which facts count for a rule? A kind of fact, narrowed by what its attributes say.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attribute::{AdviceGiver, Attribute, Matter, Order, Outcome, PhaseTransfer};
use super::fact::Fact;
use super::fact_kind::FactKind;

/// A kind of fact, narrowed by one of its attributes.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// The kind of fact.
    pub fact: FactKind,
    /// What its attributes must say.
    pub only: Only,
}

/// What the attributes of a fact must say for it to count.
#[derive(Debug, Clone, Copy)]
pub enum Only {
    /// Nothing.
    Any,
    /// That this was decided.
    Outcome(&'static [Outcome]),
    /// That this was ordered or agreed.
    Order(&'static [Order]),
    /// That this can be, or was, appealed.
    Matter(&'static [Matter]),
    /// That this phase changes.
    Transfer(&'static [PhaseTransfer]),
    /// That the advice is a body's, not the family's or private.
    AdviceOfABody,
    /// Whether the child is detained; unsaid means not.
    Detained(bool),
    /// That the authority was no party to the mediation.
    WithoutAuthority,
}

/// What an attribute says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Said {
    /// Yes or no.
    Is(bool),
    /// A word: a decision, an order, a matter, a change of phase, an advice giver.
    Word(String),
}

impl When {
    /// Any fact of the kind.
    pub(super) const fn any(fact: FactKind) -> Self {
        Self { fact, only: Only::Any }
    }

    /// A fact of the kind whose attributes say this.
    pub(super) const fn only(fact: FactKind, only: Only) -> Self {
        Self { fact, only }
    }

    /// Whether a fact counts.
    pub fn matches(&self, fact: &Fact) -> bool {
        self.fact == fact.fact
            && match self.only {
                Only::Any => true,
                Only::Outcome(wanted) => fact.outcome.is_some_and(|said| wanted.contains(&said)),
                Only::Order(wanted) => fact.order.is_some_and(|said| wanted.contains(&said)),
                Only::Matter(wanted) => fact.matter.is_some_and(|said| wanted.contains(&said)),
                Only::Transfer(wanted) => fact.kind.is_some_and(|said| wanted.contains(&said)),
                Only::AdviceOfABody => !matches!(fact.advice_giver, Some(AdviceGiver::Family | AdviceGiver::Private)),
                Only::Detained(wanted) => fact.detained.unwrap_or(false) == wanted,
                Only::WithoutAuthority => fact.authority_took_part == Some(false),
            }
    }

    /// The attribute that narrows the fact, with the values it may have, as JSON strings.
    pub(super) fn narrowed_by(&self) -> Option<(Attribute, Vec<Said>)> {
        fn values<T: Serialize>(of: &[T]) -> Vec<Said> {
            let said = |value| serde_json::to_value(value).and_then(serde_json::from_value);
            of.iter().filter_map(|value| said(value).ok()).collect()
        }
        match self.only {
            Only::Any => None,
            Only::Outcome(wanted) => Some((Attribute::Outcome, values(wanted))),
            Only::Order(wanted) => Some((Attribute::Order, values(wanted))),
            Only::Matter(wanted) => Some((Attribute::Matter, values(wanted))),
            Only::Transfer(wanted) => Some((Attribute::Kind, values(wanted))),
            Only::AdviceOfABody => Some((
                Attribute::AdviceGiver,
                values(&[
                    AdviceGiver::Education,
                    AdviceGiver::Health,
                    AdviceGiver::Psychology,
                    AdviceGiver::SocialCare,
                    AdviceGiver::Adulthood,
                    AdviceGiver::VisionImpairment,
                    AdviceGiver::HearingImpairment,
                    AdviceGiver::MultiSensoryImpairment,
                    AdviceGiver::Other,
                ]),
            )),
            Only::Detained(wanted) => Some((Attribute::Detained, values(&[wanted]))),
            Only::WithoutAuthority => Some((Attribute::AuthorityTookPart, values(&[false]))),
        }
    }
}
