//! Is the last day in time and the next day late, for every row? Driven from the published register alone.

use chrono::{Days, NaiveDate};
use ehc_casework::law::{DeadlineState, Duty, Fact, RuleView, deadlines, duties, rules};
use serde_json::{Value, json};

use crate::vectors::on;

/// A fact as the register describes it: the first value each attribute may have.
fn described(fact: &Value, on: NaiveDate) -> Value {
    let mut made = json!({"fact": fact["fact"], "on": on});
    for (name, values) in fact["where"].as_object().into_iter().flatten() {
        made[name] = values[0].clone();
    }
    for name in fact["needs"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if made[name].is_null() {
            made[name] = match name {
                "transferOn" => json!("2027-09-01"),
                "outcome" => json!("assess"),
                "matter" => json!("contents"),
                "order" => json!("other"),
                other => panic!("the test knows no value for {other}"),
            };
        }
    }
    made
}

fn fact(described: Value) -> Fact {
    serde_json::from_value(described).expect("a fact the calculator takes")
}

/// The day on which a clock of that row starts in these tests: one on which it was law.
fn start_day(rule: &RuleView) -> NaiveDate {
    rule.in_force_to.unwrap_or(on("2026-03-02"))
}

fn published() -> Vec<(RuleView, Value)> {
    rules().map(RuleView::from).map(|rule| (rule.clone(), serde_json::to_value(&rule).expect("json"))).collect()
}

/// The facts that start a row: what it starts from, and what must stand before it.
fn starting(rule: &RuleView, view: &Value) -> Vec<Fact> {
    let start = start_day(rule);
    let mut facts = vec![fact(described(&view["startsFrom"][0], start))];
    match rule.id {
        "D-AR-U5" => facts.push(fact(json!({"fact": "child_born", "on": "2023-05-01"}))),
        "LAC-3" => facts.push(fact(described(&view["startsFrom"][0], start - Days::new(30)))),
        _ => {}
    }
    facts
}

/// Whether a duty follows that very row: rows may share an id, and an old row its words with the new one.
fn is_of(duty: &Duty, rule: &RuleView) -> bool {
    (duty.rule.id, duty.rule.duty, duty.rule.in_force.from) == (rule.id, rule.duty, rule.in_force_from)
}

fn duty_of(rule: &RuleView, facts: &[Fact], start: NaiveDate) -> Option<Duty> {
    duties(facts).into_iter().find(|duty| duty.starts_on == start && is_of(duty, rule))
}

#[test]
fn every_row_is_driven_from_what_the_register_publishes() {
    for (rule, view) in published() {
        let facts = starting(&rule, &view);
        assert!(duty_of(&rule, &facts, start_day(&rule)).is_some(), "{}: {}", rule.id, rule.duty);
    }
}

#[test]
fn the_last_day_is_in_time_and_the_next_is_late() {
    for (rule, view) in published().into_iter().filter(|(rule, _)| !["D-REPS15", "D-AR-REPS", "CE-2"].contains(&rule.id)) {
        let start = start_day(&rule);
        let mut facts = starting(&rule, &view);
        let due = duty_of(&rule, &facts, start).expect("a duty").due_on;
        for meeting in 0..view["metBy"].as_array().map_or(0, Vec::len) {
            for (days, expected) in [(0, DeadlineState::Met), (1, DeadlineState::Late)] {
                let done = due + Days::new(days);
                facts.push(fact(described(&view["metBy"][meeting], done)));
                if done > start || due < start || facts[0].fact != facts[facts.len() - 1].fact {
                    let duty = duty_of(&rule, &facts, start).expect("a duty");
                    assert_eq!(duty.met_on, Some(done), "{}", rule.id);
                    assert_eq!(duty.state(done), expected, "{}: {} days after", rule.id, days);
                }
                facts.pop();
            }
        }
    }
}

#[test]
fn what_is_not_done_runs_to_the_end_of_the_last_day() {
    for (rule, view) in published() {
        let facts = starting(&rule, &view);
        let duty = duty_of(&rule, &facts, start_day(&rule)).expect("a duty");
        let after = match rule.id {
            "D-REPS15" | "D-AR-REPS" | "CE-2" => DeadlineState::Met,
            "AP-1" | "M-CONTACT" => DeadlineState::FellAway,
            _ => DeadlineState::Overdue,
        };
        let first_day_over = if rule.id == "CE-2" { duty.due_on } else { duty.due_on + Days::new(1) };
        assert_eq!(duty.state(first_day_over - Days::new(1)), DeadlineState::Running, "{}", rule.id);
        assert_eq!(duty.state(first_day_over), after, "{}", rule.id);
    }
}

#[test]
fn the_day_before_a_row_is_in_force_starts_nothing_under_it() {
    for (rule, view) in published().into_iter().filter(|(rule, _)| rule.id != "LAC-3") {
        let mut start = described(&view["startsFrom"][0], rule.in_force_from);
        let born = fact(json!({"fact": "child_born", "on": "2013-01-01"}));
        let starts = |start: &Value| duty_of(&rule, &[fact(start.clone()), born.clone()], fact(start.clone()).on).is_some();
        assert!(starts(&start), "{} on its first day", rule.id);
        start["on"] = json!(rule.in_force_from - Days::new(1));
        assert!(!starts(&start), "{} the day before", rule.id);
    }
}

#[test]
fn the_order_of_entry_changes_nothing() {
    let mut facts: Vec<_> = published().iter().flat_map(|(rule, view)| starting(rule, view)).collect();
    let today = on("2026-11-22");
    let told = |facts: &[Fact]| {
        let mut told: Vec<_> = deadlines(facts, today).iter().map(|deadline| format!("{deadline:?}")).collect();
        told.sort();
        told
    };
    let forwards = told(&facts);
    facts.reverse();
    for (forwards, backwards) in forwards.iter().zip(told(&facts)) {
        assert_eq!(*forwards, backwards);
    }
}
