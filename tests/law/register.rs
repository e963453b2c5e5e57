//! Can a newcomer find any limit in one look? The whole register as one table, and every exception as another.

use ehc_casework::law::{ExceptionView, FactView, RuleView, Said, exceptions, rules};
use serde_json::Value;

fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        other => panic!("{other:?}"),
    }
}

fn said(value: &Said) -> String {
    match value {
        Said::Is(is) => is.to_string(),
        Said::Word(word) => word.clone(),
    }
}

fn facts(facts: &[FactView]) -> String {
    let narrowed = |fact: &FactView| {
        let only: Vec<_> = fact
            .only
            .iter()
            .map(|(name, values)| format!("{name}={}", values.iter().map(said).collect::<Vec<_>>().join("/")))
            .collect();
        if only.is_empty() { word(fact.fact) } else { format!("{}({})", word(fact.fact), only.join(" ")) }
    };
    facts.iter().map(narrowed).collect::<Vec<_>>().join(" or ")
}

fn line(rule: RuleView) -> String {
    let length = rule.length.map_or_else(String::new, |length| format!("{length} "));
    let unit = word(rule.unit);
    let until = rule.in_force_to.map_or_else(String::new, |to| format!(" to {to}"));
    let excused = if rule.exceptions.is_empty() { "nothing".into() } else { rule.exceptions.join(" ") };
    let verified = if rule.verified { "" } else { " UNVERIFIED" };
    format!(
        "{} | {length}{unit} | {}: {}\n    from {}\n    met by {}\n    {} ({}){verified} | excused by {excused} | {} of the clock from {}{until}\n    {}\n",
        rule.id,
        word(rule.actor),
        rule.duty,
        facts(&rule.starts_from),
        facts(&rule.met_by),
        rule.citation.text,
        word(rule.strength),
        word(rule.governs),
        rule.in_force_from,
        rule.note,
    )
}

#[test]
fn the_register_in_one_look() {
    insta::assert_snapshot!(rules().map(|rule| line(rule.into())).collect::<String>());
}

#[test]
fn the_exceptions_in_one_look() {
    let line = |exception: ExceptionView| {
        let verified = if exception.verified { "" } else { " UNVERIFIED" };
        let until = exception.in_force_to.map_or_else(String::new, |to| format!(" to {to}"));
        format!(
            "{} | {}\n    excuses {} | {}{verified} | {} of the clock from {}{until}\n",
            exception.paragraph,
            exception.words,
            exception.excuses.join(" "),
            exception.citation.text,
            word(exception.governs),
            exception.in_force_from,
        )
    };
    insta::assert_snapshot!(exceptions().map(|exception| line(exception.into())).collect::<String>());
}

#[test]
fn a_row_has_the_fields_the_contract_names() {
    let row = serde_json::to_value(RuleView::from(rules().next().expect("a row"))).expect("json");
    let fields: Vec<_> = row.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut expected = [
        "id",
        "duty",
        "length",
        "unit",
        "startsFrom",
        "metBy",
        "actor",
        "citation",
        "strength",
        "exceptions",
        "inForceFrom",
        "inForceTo",
        "governs",
        "verified",
        "note",
    ];
    expected.sort();
    assert_eq!(fields, expected);
}
