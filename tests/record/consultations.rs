//! Consultations and what section I names: silence stops nothing, being asked is what counts, each setting sees the child in its time.

use ehc_casework::record::*;

use crate::worlds::{CASE, CONSULTATION, DRAFT, PLAN, columns, day, file, id, request};

fn setting(urn: &str) -> Organisation {
    urn.parse().unwrap()
}

fn consulted(number: u8, urn: &str, on: u64) -> (u64, Fact) {
    let consultation = id(CONSULTATION, number);
    (on, Fact::ConsultationSent { case: id(CASE, 1), consultation, setting: setting(urn), other_authority: None, transfer: None })
}

fn received(number: u8, on: u64) -> (u64, Fact) {
    (on, Fact::ConsultationReceived { case: id(CASE, 1), consultation: id(CONSULTATION, number) })
}

fn answered(number: u8, on: u64) -> (u64, Fact) {
    let (consultation, answer) = (id(CONSULTATION, number), ConsultationAnswer::Cannot);
    (on, Fact::ConsultationAnswered { case: id(CASE, 1), consultation, answer, yearly_cost: None })
}

fn withdrawn(number: u8, on: u64) -> (u64, Fact) {
    (on, Fact::ConsultationWithdrawn { case: id(CASE, 1), consultation: id(CONSULTATION, number) })
}

fn named(urn: &str) -> Placement {
    Placement::Setting { setting: setting(urn) }
}

fn sent(on: u64, placement: Placement, health: bool) -> (u64, Fact) {
    (on, Fact::FinalPlanSent { case: id(CASE, 1), plan: id(PLAN, 1), placement, health_provision: Some(health) })
}

/// A request on day 0, a draft on day 80, and these.
fn with(facts: &[(u64, Fact)]) -> File {
    let draft = Fact::DraftPlanServed { case: id(CASE, 1), draft: id(DRAFT, 1), names_placement: false, change: None };
    file([vec![(0, request()), (80, draft)], facts.to_vec()].concat())
}

fn concerns(facts: &[(u64, Fact)]) -> Vec<(&'static str, String)> {
    let of_naming = |name: &str| name.starts_with("setting_") || name.starts_with("health_");
    let found = findings(&with(facts)).into_iter().map(|(_, concern)| (concern.concern, concern.citation.text.to_string()));
    found.filter(|(name, _)| of_naming(name)).collect()
}

fn found(facts: &[(u64, Fact)]) -> Vec<&'static str> {
    contradictions(&with(facts), day(600)).into_iter().map(|(_, refusal)| refusal.code).collect()
}

/// Who sees the child and why, from when to when.
fn seen(facts: &[(u64, Fact)], reason: &str) -> Vec<(String, String, Option<String>)> {
    let rows = rows_of_file(&with(facts));
    let visible = rows.iter().filter(|(view, _)| *view == View::Visible).map(|(_, row)| columns(&row));
    let of_reason = visible.filter(|row| row["reason"].as_str().unwrap().starts_with(reason));
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    of_reason.map(|row| (text(&row["grantee"]).unwrap(), text(&row["from_on"]).unwrap(), text(&row["to_on"]))).collect()
}

#[test]
fn a_setting_that_was_silent_can_be_named_and_one_that_was_not_asked_is_of_concern() {
    assert!(concerns(&[consulted(1, "urn:900001", 80), sent(100, named("urn:900001"), false)]).is_empty());
    let not_asked = "setting_named_without_consultation";
    let expected = [(not_asked, "Children and Families Act 2014, s.40(2)".to_owned())];
    assert_eq!(concerns(&[sent(100, named("urn:900001"), false)]), expected);
    assert_eq!(concerns(&[consulted(1, "urn:900002", 80), sent(100, named("urn:900001"), false)]), expected);
    assert_eq!(concerns(&[consulted(1, "urn:900001", 101), sent(100, named("urn:900001"), false)]), expected, "only afterwards");
    assert!(concerns(&[consulted(1, "urn:900001", 100), sent(100, named("urn:900001"), false)]).is_empty());
    let asked = (85, Fact::SettingRequested { case: id(CASE, 1), setting: setting("urn:900001"), account: None });
    let cited = concerns(&[asked, sent(100, named("urn:900001"), false)]);
    assert_eq!(cited, [(not_asked, "Children and Families Act 2014, s.39(2)".to_owned())]);
}

#[test]
fn a_consultation_taken_back_unanswered_is_none() {
    let taken_back = [consulted(1, "urn:900001", 80), withdrawn(1, 90), sent(100, named("urn:900001"), false)];
    assert_eq!(concerns(&taken_back).len(), 1);
    let after = [consulted(1, "urn:900001", 80), withdrawn(1, 101), sent(100, named("urn:900001"), false)];
    assert!(concerns(&after).is_empty());
    let said = [consulted(1, "urn:900001", 80), answered(1, 85), withdrawn(1, 90), sent(100, named("urn:900001"), false)];
    assert!(concerns(&said).is_empty());
}

#[test]
fn every_setting_named_is_consulted_and_where_none_is_nobody_need_be() {
    let both = Placement::TwoSettings { setting: setting("urn:900001"), and: setting("urn:900002") };
    assert_eq!(concerns(&[consulted(1, "urn:900001", 80), sent(100, both.clone(), false)]).len(), 1);
    assert!(concerns(&[consulted(1, "urn:900001", 80), consulted(2, "urn:900002", 80), sent(100, both, false)]).is_empty());
    for placement in [Placement::Neither, Placement::ParentsArrangements] {
        assert!(concerns(&[sent(100, placement, false)]).is_empty());
    }
}

#[test]
fn each_consultation_has_fifteen_days_from_its_receipt() {
    let facts =
        [consulted(1, "urn:900001", 80), received(1, 81), consulted(2, "urn:900002", 80), received(2, 83), answered(2, 98)];
    let (_, of_case) = duties(&with(&facts), id(CASE, 1));
    let due: Vec<_> =
        of_case.iter().filter(|duty| duty.rule.id == "D-SCHCONS15").map(|duty| (duty.due_on, duty.met_on)).collect();
    assert_eq!(due, [(day(96), None), (day(98), Some(day(98)))]);
    let (_, of_case) = duties(&with(&[consulted(1, "urn:900001", 80), received(1, 81), withdrawn(1, 85)]), id(CASE, 1));
    assert!(of_case.iter().all(|duty| duty.rule.id != "D-SCHCONS15"), "nobody awaits it");
}

#[test]
fn nothing_is_answered_before_it_was_asked() {
    assert_eq!(found(&[answered(1, 90)]), ["no_such_consultation"]);
    let first = consulted(1, "urn:900001", 80);
    assert_eq!(found(&[first.clone(), answered(1, 79)]), ["answered_before_sent"]);
    assert_eq!(found(&[first.clone(), received(1, 85), answered(1, 84)]), ["answered_before_sent"]);
    assert_eq!(found(&[first.clone(), received(1, 79)]), ["received_before_sent"]);
    assert_eq!(found(&[first.clone(), withdrawn(1, 79)]), ["withdrawn_before_sent"]);
    assert_eq!(found(&[first.clone(), answered(1, 80), answered(1, 81)]), ["already_recorded"]);
    assert!(found(&[first, received(1, 80), answered(1, 80)]).is_empty());
}

#[test]
fn a_setting_sees_the_child_while_it_is_consulted() {
    let seen = |more: &[(u64, Fact)]| seen(&[&[consulted(1, "urn:900002", 82)], more].concat(), "consultation:");
    let until = |day: Option<u64>| {
        let text = |offset| crate::worlds::day(offset).to_string();
        vec![("urn:900002".to_owned(), text(82), day.map(text))]
    };
    assert_eq!(seen(&[]), until(None));
    assert_eq!(seen(&[answered(1, 90)]), until(Some(90)));
    assert_eq!(seen(&[withdrawn(1, 91), sent(100, Placement::Neither, false)]), until(Some(91)));
    assert_eq!(seen(&[sent(100, Placement::Neither, false)]), until(Some(100)));
}

#[test]
fn successive_settings_see_the_child_each_in_its_time() {
    let successive = |until, from| Placement::SuccessiveSettings {
        setting: setting("urn:900001"),
        until: day(until),
        then: setting("urn:900002"),
        from: day(from),
    };
    let facts = [sent(100, successive(200, 240), false)];
    let text = |offset| day(offset).to_string();
    let expected = [("urn:900001".to_owned(), text(100), Some(text(201))), ("urn:900002".to_owned(), text(240), None)];
    assert_eq!(seen(&facts, "named_in_plan"), expected);
    assert_eq!(found(&[sent(100, successive(200, 200), false)]), ["settings_overlap"]);
    assert!(found(&[sent(100, successive(200, 201), false)]).is_empty());
    let twice = Placement::TwoSettings { setting: setting("urn:900001"), and: setting("urn:900001") };
    assert_eq!(found(&[sent(100, twice, false)]), ["same_setting_twice"]);
}

#[test]
fn health_provision_is_agreed_by_the_day_the_plan_is_sent() {
    let agreed = |on| (on, Fact::HealthProvisionAgreed { case: id(CASE, 1), health_body: "ods:QMF".parse().unwrap() });
    let names = |facts: &[(u64, Fact)]| concerns(facts).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&[sent(100, Placement::Neither, true)]), ["health_provision_not_agreed"]);
    assert_eq!(names(&[sent(100, Placement::Neither, true), agreed(101)]), ["health_provision_not_agreed"]);
    assert!(names(&[sent(100, Placement::Neither, true), agreed(100)]).is_empty());
    assert!(names(&[sent(100, Placement::Neither, false)]).is_empty());
}
