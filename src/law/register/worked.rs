//! Facts written in one line, and what one rule makes of them: for the tests beside the rows.

use chrono::NaiveDate;

use crate::law::duty::{DeadlineState, Duty, duties};
use crate::law::fact::Fact;

/// A day that a test writes.
pub(super) fn on(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Facts as `kind day attribute=value; …`.
pub(super) fn facts(text: &str) -> Vec<Fact> {
    let fact = |text: &str| {
        let mut words = text.split_whitespace();
        let mut json = serde_json::json!({"fact": words.next(), "on": words.next()});
        for (name, value) in words.filter_map(|attribute| attribute.split_once('=')) {
            json[name] = value.parse::<bool>().map_or_else(|_| value.into(), Into::into);
        }
        serde_json::from_value(json).expect("a fact")
    };
    text.split(';').map(fact).collect()
}

/// The first duty of that rule which the facts give.
pub(super) fn duty(rule: &str, text: &str) -> Option<Duty> {
    duties(&facts(text)).into_iter().find(|duty| duty.rule.id == rule)
}

/// The day a rule's first duty is due, and how it stands on a day.
pub(super) fn stands(rule: &str, text: &str, today: &str) -> Option<(NaiveDate, DeadlineState)> {
    duty(rule, text).map(|duty| (duty.due_on, duty.state(on(today))))
}

/// How a rule's first duty stands on a day.
pub(super) fn state(rule: &str, text: &str, today: &str) -> Option<DeadlineState> {
    stands(rule, text, today).map(|(_, state)| state)
}

/// The day a rule's first duty is due.
pub(super) fn due(rule: &str, text: &str) -> Option<NaiveDate> {
    duty(rule, text).map(|duty| duty.due_on)
}

/// The exceptions that cover a rule's first duty.
pub(super) fn excused(rule: &str, text: &str) -> Vec<&'static str> {
    duty(rule, text).map(|duty| duty.excused_by().collect()).unwrap_or_default()
}
