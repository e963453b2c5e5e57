//! How are the law's terms told to people? One plain name for each attribute, value, strength and state.

use std::borrow::Cow;

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::law::{Attribute, Citation, DeadlineState, FactView, Governs, Nature, Said, Strength, Unit, exceptions};

/// A value an attribute may have, as programs and as people write it.
pub type Choice = (&'static str, Cow<'static, str>);

const OUTCOMES: &[(&str, &str)] = &[
    ("assess", "to assess"),
    ("reassess", "to reassess"),
    ("refuse", "not to assess, or not to reassess"),
    ("issue", "to issue a plan"),
    ("no_plan", "to issue no plan"),
    ("maintain", "to keep the plan as it is"),
    ("amend", "to amend the plan"),
    ("cease", "to cease the plan"),
];
const ADVICE_GIVERS: &[(&str, &str)] = &[
    ("family", "the child’s parent or the young person"),
    ("education", "the school, college or nursery"),
    ("health", "health care"),
    ("psychology", "an educational psychologist"),
    ("social_care", "social care"),
    ("adulthood", "preparing for adulthood"),
    ("vision_impairment", "a specialist teacher for vision impairment"),
    ("hearing_impairment", "a specialist teacher for hearing impairment"),
    ("multi_sensory_impairment", "a specialist teacher for both impairments"),
    ("other", "another body"),
    ("private", "somebody who advises privately"),
];
const MATTERS: &[(&str, &str)] = &[
    ("refusal_to_assess", "the refusal to assess"),
    ("no_plan", "the decision to issue no plan"),
    ("contents", "what the plan says of needs and provision, alone or with the setting"),
    ("setting_only", "the setting alone"),
    ("refusal_to_reassess", "the refusal to reassess"),
    ("no_amendment", "the decision not to amend the plan"),
    ("cease", "the decision to cease the plan"),
];
const ORDERS: &[(&str, &str)] = &[
    ("cease", "the plan may cease"),
    ("assess", "assess, or reassess"),
    ("make_plan", "make and maintain a plan"),
    ("reconsider", "reconsider whether a plan is necessary"),
    ("amend_contents", "amend what the plan says of needs or provision"),
    ("amend_setting", "amend the named setting or type alone"),
    ("continue", "continue the plan as it is"),
    ("continue_and_amend", "continue the plan and amend it"),
    ("other", "something that cannot be appealed (mediation only)"),
];
const TRANSFERS: &[(&str, &str)] = &[
    ("early_years_to_school", "early years to school"),
    ("infant_to_junior", "infant to junior school"),
    ("primary_to_middle", "primary to middle school"),
    ("primary_to_secondary", "primary to secondary school"),
    ("middle_to_secondary", "middle to secondary school"),
    ("secondary_to_post16", "secondary school to a post-16 institution"),
    ("between_post16", "one post-16 institution to another"),
];
const YES_OR_NO: &[(&str, &str)] = &[("true", "yes"), ("false", "no")];

/// The values of an attribute that has a list of them; nothing for a date.
pub fn choices(attribute: Attribute) -> Option<Vec<Choice>> {
    let told = |table: &'static [(&str, &str)]| Some(table.iter().map(|(value, words)| (*value, (*words).into())).collect());
    match attribute {
        Attribute::Outcome => told(OUTCOMES),
        Attribute::AdviceGiver => told(ADVICE_GIVERS),
        Attribute::Matter => told(MATTERS),
        Attribute::Order => told(ORDERS),
        Attribute::Kind => told(TRANSFERS),
        Attribute::Detained | Attribute::AuthorityTookPart => told(YES_OR_NO),
        Attribute::Paragraph => {
            let words = |paragraph: &str, terms: &str| format!("{paragraph}: {terms}").into();
            Some(
                exceptions()
                    .map(|exception| (exception.paragraph, words(exception.paragraph, exception.terms.words())))
                    .collect(),
            )
        }
        Attribute::From
        | Attribute::To
        | Attribute::AskedOn
        | Attribute::FixedDueOn
        | Attribute::SentOn
        | Attribute::LetterDatedOn
        | Attribute::TransferOn
        | Attribute::MovesOn => None,
    }
}

/// The name of an attribute.
pub const fn label(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Outcome => "Decision",
        Attribute::AdviceGiver => "Advice from",
        Attribute::Paragraph => "Exception",
        Attribute::From => "First day it covers",
        Attribute::To => "Last day it covers",
        Attribute::AskedOn => "Day the advice was asked for",
        Attribute::Matter => "Matter of the appeal",
        Attribute::Order => "Ordered or agreed",
        Attribute::FixedDueOn => "Day fixed in place of the limit",
        Attribute::SentOn => "Day the order was sent out",
        Attribute::LetterDatedOn => "Date on the letter",
        Attribute::Kind => "Transfer",
        Attribute::TransferOn => "Day of the transfer",
        Attribute::MovesOn => "Day of the move",
        Attribute::Detained => "Detained in youth accommodation",
        Attribute::AuthorityTookPart => "The authority took part in the mediation",
    }
}

/// A fact that starts or meets a limit, with what it must say: "… (Decision: to amend the plan)".
pub fn fact(view: &FactView) -> String {
    let mut words = view.fact.words().to_owned();
    for (field, values) in &view.only {
        let Some(attribute) = Attribute::ALL.iter().copied().find(|attribute| attribute.field() == *field) else { continue };
        let known = choices(attribute).unwrap_or_default();
        let value = |value: &Said| {
            let written = match value {
                Said::Is(yes) => yes.to_string(),
                Said::Word(word) => word.clone(),
            };
            known.iter().find(|(name, _)| *name == written).map_or(written, |(_, words)| words.to_string())
        };
        let values: Vec<_> = values.iter().map(value).collect();
        words.push_str(&format!(" ({}: {})", label(attribute), values.join("; or ")));
    }
    words
}

/// A length with its unit.
pub fn length(length: Option<u16>, unit: Unit) -> String {
    let unit = match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::WorkingDay => "working day",
        Unit::FixedDate => return "Before a fixed date".into(),
    };
    match length {
        None | Some(0) => "At once".into(),
        Some(1) => format!("1 {unit}"),
        Some(n) => format!("{n} {unit}s"),
    }
}

/// What kind of limit it is.
pub const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Duty => "Must be done by the day",
        Nature::Right => "May be done until the day",
        Nature::Window => "A time that must be given in full",
        Nature::NotBefore => "Must not be done before the day",
    }
}

/// How binding a provision is.
pub const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Statute => "Statute: an Act, Regulations or Rules",
        Strength::CaseLaw => "Case law: a court said that the statute means this",
        Strength::Guidance => "Statutory guidance: to be followed unless there is good reason not to",
        Strength::OurReading => "Our reading: no provision says so in terms",
    }
}

/// From when to when something is law, after the word "from", and which end of a limit decides.
pub fn in_force(from: NaiveDate, to: Option<NaiveDate>, governs: Governs) -> Markup {
    let end = match governs {
        Governs::Start => "began",
        Governs::End => "ended",
    };
    html! {
        (day(from))
        @if let Some(to) = to { " to " (day(to)) ", for limits that " (end) " between these days" }
        @else { ", for limits that " (end) " then or later" }
    }
}

/// How a duty stands.
pub const fn state(state: DeadlineState) -> &'static str {
    match state {
        DeadlineState::Running => "Still time",
        DeadlineState::Met => "Done in time",
        DeadlineState::Late => "Done late",
        DeadlineState::Overdue => "Overdue",
        DeadlineState::Excused => "Missed, and excused",
        DeadlineState::FellAway => "No longer owed",
        DeadlineState::CutShort => "Time was cut short",
    }
}

/// A link to the official text.
pub fn cited(citation: &Citation) -> Markup {
    html! { a.cited href=(citation.url) { (citation.text) } }
}

/// A day with its date for programs.
pub fn day(day: NaiveDate) -> Markup {
    html! { time datetime=(day) { (day.format("%-d %B %Y")) } }
}

/// A day with its weekday.
pub fn weekday(day: NaiveDate) -> Markup {
    html! { time datetime=(day) { (day.format("%A %-d %B %Y")) } }
}

/// A clause with a capital at its start.
pub fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use utoipa::PartialSchema;

    use super::*;
    use crate::law::{AdviceGiver, Matter, Order, Outcome, PhaseTransfer};

    fn values_of<T: PartialSchema>() -> BTreeSet<String> {
        let schema = serde_json::to_value(T::schema()).unwrap();
        let alternatives = schema["oneOf"].as_array().cloned().unwrap_or_else(|| vec![schema]);
        let values =
            alternatives.iter().flat_map(|one| one["enum"].as_array().cloned().unwrap_or_else(|| vec![one["const"].clone()]));
        values.map(|value| value.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_value_of_every_attribute_has_words_and_no_other_has() {
        let tables = [
            (Attribute::Outcome, values_of::<Outcome>()),
            (Attribute::AdviceGiver, values_of::<AdviceGiver>()),
            (Attribute::Matter, values_of::<Matter>()),
            (Attribute::Order, values_of::<Order>()),
            (Attribute::Kind, values_of::<PhaseTransfer>()),
        ];
        for (attribute, values) in tables {
            let told: BTreeSet<_> = choices(attribute).unwrap().iter().map(|(value, _)| (*value).to_owned()).collect();
            assert_eq!(told, values, "{attribute:?}");
        }
    }

    #[test]
    fn one_of_a_unit_is_singular_and_none_is_at_once() {
        assert_eq!(length(Some(1), Unit::Month), "1 month");
        assert_eq!(length(Some(15), Unit::WorkingDay), "15 working days");
        assert_eq!((length(Some(0), Unit::Day), length(None, Unit::FixedDate)), ("At once".into(), "Before a fixed date".into()));
    }
}
