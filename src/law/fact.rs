//! What happened on a day, as the law sees it, and what more a fact can say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attribute::{AdviceGiver, Attribute, Matter, Order, Outcome, PhaseTransfer};
use super::fact_kind::FactKind;

/// Something that happened, or is planned, on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fact {
    /// What kind of fact it is.
    pub fact: FactKind,
    /// The day it happened in London.
    #[schema(example = "2026-01-05")]
    pub on: NaiveDate,
    /// Ties together the facts of one thing: one advice request, one draft, one review, one appeal. Facts without it
    /// belong to every such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub about: Option<String>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Who was asked for advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice_giver: Option<AdviceGiver>,
    /// The exception's paragraph, such as `X10.4c`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    pub paragraph: Option<String>,
    /// The first day of the closure, the absence or the circumstances relied on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day of the same; without it they still go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The day the authority asked for advice, where that differs from the day it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_on: Option<NaiveDate>,
    /// What can be, or was, appealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<Matter>,
    /// What the Tribunal ordered, or a mediation agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// A date set in the place of the statutory one: by the Tribunal, or by written agreement at a mediation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_due_on: Option<NaiveDate>,
    /// The day an order was sent out, where that differs from the day it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<NaiveDate>,
    /// The date on a letter, where that differs from the day it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_dated_on: Option<NaiveDate>,
    /// Which change of phase it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<PhaseTransfer>,
    /// The day of the change of phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer_on: Option<NaiveDate>,
    /// The day of the move to another area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves_on: Option<NaiveDate>,
    /// Whether the child or young person is detained in youth accommodation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detained: Option<bool>,
    /// Whether the authority was a party to the mediation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_took_part: Option<bool>,
}

/// One builder-like setter per attribute.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $kind:ty),* $(,)?) => {
        $($(#[$doc])* pub fn $name(mut self, $name: $kind) -> Self {
            self.$name = Some($name);
            self
        })*
    };
}

impl Fact {
    /// A fact of that kind on that day, without attributes.
    pub fn on(fact: FactKind, on: NaiveDate) -> Self {
        Self {
            fact,
            on,
            about: None,
            outcome: None,
            advice_giver: None,
            paragraph: None,
            from: None,
            to: None,
            asked_on: None,
            matter: None,
            order: None,
            fixed_due_on: None,
            sent_on: None,
            letter_dated_on: None,
            kind: None,
            transfer_on: None,
            moves_on: None,
            detained: None,
            authority_took_part: None,
        }
    }

    /// Says which thing the fact is about.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// Names the exception's paragraph.
    pub fn paragraph(mut self, paragraph: impl Into<String>) -> Self {
        self.paragraph = Some(paragraph.into());
        self
    }

    /// Gives the first and last day of what an exception relies on; without a last day it still goes on.
    pub fn between(mut self, from: NaiveDate, to: Option<NaiveDate>) -> Self {
        (self.from, self.to) = (Some(from), to);
        self
    }

    setters! {
        /// Says what was decided.
        outcome: Outcome,
        /// Says who was asked for advice.
        advice_giver: AdviceGiver,
        /// Gives the day advice was asked for.
        asked_on: NaiveDate,
        /// Says what can be appealed.
        matter: Matter,
        /// Says what was ordered or agreed.
        order: Order,
        /// Gives the date set in the place of the statutory one.
        fixed_due_on: NaiveDate,
        /// Gives the day an order was sent out.
        sent_on: NaiveDate,
        /// Gives the date on a letter.
        letter_dated_on: NaiveDate,
        /// Says which change of phase it is.
        kind: PhaseTransfer,
        /// Gives the day of the change of phase.
        transfer_on: NaiveDate,
        /// Gives the day of the move.
        moves_on: NaiveDate,
        /// Says whether the child or young person is detained.
        detained: bool,
        /// Says whether the authority was a party to the mediation.
        authority_took_part: bool,
    }

    /// Whether two facts can be about the same thing: they name the same one, or one of them names none.
    pub(super) fn ties_with(&self, other: &Self) -> bool {
        match (&self.about, &other.about) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        }
    }

    /// Whether the fact has that attribute.
    pub(super) fn has(&self, attribute: Attribute) -> bool {
        match attribute {
            Attribute::Outcome => self.outcome.is_some(),
            Attribute::AdviceGiver => self.advice_giver.is_some(),
            Attribute::Paragraph => self.paragraph.is_some(),
            Attribute::From => self.from.is_some(),
            Attribute::To => self.to.is_some(),
            Attribute::AskedOn => self.asked_on.is_some(),
            Attribute::Matter => self.matter.is_some(),
            Attribute::Order => self.order.is_some(),
            Attribute::FixedDueOn => self.fixed_due_on.is_some(),
            Attribute::SentOn => self.sent_on.is_some(),
            Attribute::LetterDatedOn => self.letter_dated_on.is_some(),
            Attribute::Kind => self.kind.is_some(),
            Attribute::TransferOn => self.transfer_on.is_some(),
            Attribute::MovesOn => self.moves_on.is_some(),
            Attribute::Detained => self.detained.is_some(),
            Attribute::AuthorityTookPart => self.authority_took_part.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_reads_from_json_in_the_words_of_the_field() {
        let fact: Fact = serde_json::from_str(r#"{"fact":"assessment_decision_notified","on":"2026-02-16","outcome":"assess"}"#)
            .expect("a fact");
        let built =
            Fact::on(FactKind::AssessmentDecisionNotified, "2026-02-16".parse().expect("a date")).outcome(Outcome::Assess);
        assert_eq!(fact, built);
    }

    #[test]
    fn an_unknown_attribute_is_refused() {
        assert!(serde_json::from_str::<Fact>(r#"{"fact":"request_received","on":"2026-02-16","colour":"red"}"#).is_err());
    }
}
