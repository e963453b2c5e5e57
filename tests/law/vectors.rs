//! Do the worked dates of the sources come out? Every line of `vectors.csv`, and every published bank holiday.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ehc_casework::law::{Fact, deadlines, duties, is_bank_holiday, rules};

/// A day that a test writes.
pub fn on(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Facts as the fixture writes them: `kind day attribute=value; …`.
pub fn facts(text: &str) -> Vec<Fact> {
    text.split(';').map(fact).collect()
}

fn fact(text: &str) -> Fact {
    let mut words = text.split_whitespace();
    let mut json = serde_json::json!({"fact": words.next(), "on": words.next()});
    for (name, value) in words.filter_map(|attribute| attribute.split_once('=')) {
        json[name] = value.parse::<bool>().map_or_else(|_| value.into(), Into::into);
    }
    serde_json::from_value(json).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

/// The days a rule gives for the facts, ascending.
pub fn due(rule: &str, facts: &[Fact]) -> Vec<NaiveDate> {
    let mut days: Vec<_> = duties(facts).iter().filter(|duty| duty.rule.id == rule).map(|duty| duty.due_on).collect();
    days.sort();
    days
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("vectors.csv").lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
        let mut cells = line.splitn(3, ',');
        (cells.next().expect("rule"), cells.next().expect("input"), cells.next().expect("expected"))
    })
}

#[test]
fn every_worked_date_comes_out() {
    for (rule, input, expected) in rows() {
        let expected: Vec<_> = expected.split('|').map(on).collect();
        assert_eq!(due(rule, &facts(input)), expected, "{rule}: {input}");
    }
}

#[test]
fn every_rule_of_the_register_has_a_worked_date() {
    let worked: BTreeSet<_> = rows().map(|(rule, ..)| rule).collect();
    let missing: Vec<_> = rules().map(|rule| rule.id).filter(|id| !worked.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_explained_date_is_the_computed_date() {
    for (rule, input, _) in rows() {
        let facts = facts(input);
        let explained: Vec<_> = deadlines(&facts, on("2026-11-22"))
            .into_iter()
            .filter(|deadline| deadline.rule == rule)
            .map(|deadline| deadline.due_on)
            .collect();
        assert_eq!(due(rule, &facts), explained, "{rule}: {input}");
    }
}

#[test]
fn the_bank_holidays_are_those_of_an_independent_list() {
    let listed: BTreeSet<_> = include_str!("bank_holidays.txt").lines().filter(|line| !line.starts_with('#')).map(on).collect();
    let ours: BTreeSet<_> =
        on("2014-01-01").iter_days().take_while(|day| *day <= on("2028-12-31")).filter(|day| is_bank_holiday(*day)).collect();
    assert_eq!(ours, listed);
}
