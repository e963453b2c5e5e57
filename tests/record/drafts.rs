//! Drafts and the family's time: which draft begins fifteen days, what ends them early, and what comes late.

use ehc_casework::record::*;

use crate::worlds::{CASE, DRAFT, EVENT, PLAN, STAFF, day, file, id, request};

const EARLY: &str = "final_plan_before_response_time";

fn served(number: u8, on: u64, change: DraftChange) -> (u64, Fact) {
    (on, Fact::DraftPlanServed { case: id(CASE, 1), draft: id(DRAFT, number), names_placement: false, change: Some(change) })
}

fn said(number: u8, on: u64) -> (u64, Fact) {
    let sections = vec!["B".to_owned(), "F".to_owned()];
    (on, Fact::RepresentationsMade { case: id(CASE, 1), draft: id(DRAFT, number), sections, account: None })
}

fn nothing_more(number: u8, on: u64) -> (u64, Fact) {
    (on, Fact::RepresentationsComplete { case: id(CASE, 1), draft: id(DRAFT, number), account: None })
}

fn asked_for(urn: &str, on: u64) -> (u64, Fact) {
    (on, Fact::SettingRequested { case: id(CASE, 1), setting: urn.parse().unwrap(), account: None })
}

fn sent(on: u64) -> (u64, Fact) {
    (on, Fact::FinalPlanSent { case: id(CASE, 1), plan: id(PLAN, 1), placement: Placement::Neither, health_provision: None })
}

/// A request on day 0, and these.
fn with(facts: &[(u64, Fact)]) -> File {
    file([vec![(0, request())], facts.to_vec()].concat())
}

fn too_early(facts: &[(u64, Fact)]) -> bool {
    findings(&with(facts)).iter().any(|(_, concern)| concern.concern == EARLY)
}

fn found(facts: &[(u64, Fact)]) -> Vec<&'static str> {
    contradictions(&with(facts), day(400)).into_iter().map(|(_, refusal)| refusal.code).collect()
}

#[test]
fn a_change_by_the_authority_begins_the_fifteen_days_again() {
    let drafts = [served(1, 80, DraftChange::First), served(2, 90, DraftChange::ByAuthority)];
    assert!(too_early(&[&drafts[..], &[sent(104)]].concat()), "the fifteenth day of the second draft");
    assert!(!too_early(&[&drafts[..], &[sent(105)]].concat()));
}

#[test]
fn a_change_the_family_asked_for_does_not() {
    let drafts = [served(1, 80, DraftChange::First), served(2, 90, DraftChange::AskedByFamily)];
    assert!(too_early(&[&drafts[..], &[sent(94)]].concat()), "the fifteenth day of the first draft");
    assert!(!too_early(&[&drafts[..], &[sent(95)]].concat()));
    let (_, duties) = duties(&with(&drafts), id(CASE, 1));
    let windows: Vec<_> = duties.iter().filter(|duty| duty.rule.id == "D-REPS15").map(|duty| duty.due_on).collect();
    assert_eq!(windows, [day(94)]);
}

#[test]
fn the_familys_word_lets_the_final_plan_follow_early_and_no_other_draft_does() {
    let first = served(1, 80, DraftChange::First);
    assert!(!too_early(&[first.clone(), nothing_more(1, 85), sent(85)]));
    assert!(too_early(&[first.clone(), nothing_more(1, 86), sent(85)]), "said only afterwards");
    let second = served(2, 90, DraftChange::ByAuthority);
    assert!(too_early(&[first.clone(), nothing_more(1, 85), second, sent(95)]), "said of the draft before");
    let asked = served(2, 84, DraftChange::AskedByFamily);
    assert!(!too_early(&[first, asked, nothing_more(2, 85), sent(86)]));
}

#[test]
fn the_law_counts_the_familys_word_for_the_time_that_ran() {
    let facts = [served(1, 80, DraftChange::First), served(2, 84, DraftChange::AskedByFamily), nothing_more(2, 85), sent(86)];
    let (_, duties) = duties(&with(&facts), id(CASE, 1));
    let window = duties.iter().find(|duty| duty.rule.id == "D-REPS15").unwrap();
    assert_eq!((window.met_on, window.cut_short_on), (Some(day(85)), None));
}

#[test]
fn a_setting_asked_for_on_the_fifteenth_day_is_in_time_and_on_the_next_late() {
    let drafts = [served(1, 80, DraftChange::First), served(2, 85, DraftChange::AskedByFamily)];
    let late = |on| {
        let file = with(&[&drafts[..], &[asked_for("urn:900002", on)]].concat());
        let case = Case::of(&file, id(CASE, 1)).unwrap();
        is_late(&case.drafts, case.response.settings[0].requested_on)
    };
    assert!(!late(10), "before any draft");
    assert!(!late(94));
    assert!(late(95));
    let again = [&drafts[..], &[served(3, 100, DraftChange::ByAuthority), asked_for("urn:900002", 110)]].concat();
    assert!(found(&again).is_empty());
    let case = Case::of(&with(&again), id(CASE, 1)).unwrap();
    assert!(!is_late(&case.drafts, Some(day(110))), "a fresh fifteen days");
}

#[test]
fn what_the_family_says_takes_a_draft_that_was_served_by_then() {
    assert_eq!(found(&[said(1, 80)]), ["no_such_draft"]);
    let first = served(1, 80, DraftChange::First);
    assert_eq!(found(&[first.clone(), said(1, 79)]), ["answered_before_served"]);
    assert_eq!(found(&[first.clone(), nothing_more(1, 79)]), ["answered_before_served"]);
    assert!(found(&[first.clone(), said(1, 80), said(1, 200), nothing_more(1, 80)]).is_empty(), "late or often, it is heard");
    assert_eq!(found(&[first.clone(), nothing_more(1, 80), nothing_more(1, 81)]), ["already_recorded"]);
    assert_eq!(found(&[served(2, 90, DraftChange::AskedByFamily)]), ["no_draft_to_change"]);
    assert!(found(&[first, served(2, 90, DraftChange::AskedByFamily)]).is_empty());
}

#[test]
fn an_officer_can_be_met_and_a_setting_asked_for_from_the_request_on() {
    let met = |on| (on, Fact::OfficerMet { case: id(CASE, 1), officer: id(STAFF, 1) });
    let shifted = |facts: Vec<(u64, Fact)>| {
        let file = file([vec![(20, request())], facts].concat());
        contradictions(&file, day(400)).into_iter().map(|(_, refusal)| refusal.code).collect::<Vec<_>>()
    };
    assert!(shifted(vec![met(20), asked_for("urn:900002", 20)]).is_empty());
    assert_eq!(shifted(vec![met(19)]), ["meeting_before_request"]);
    assert_eq!(shifted(vec![asked_for("urn:900002", 19)]), ["setting_before_request"]);
}

#[test]
fn representations_are_offered_once_there_is_a_draft() {
    let offered = |facts: &[(u64, Fact)]| {
        may(Action::MakeRepresentations, &with(facts), id(CASE, 1), day(100)).map(drop).map_err(|refusal| refusal.code)
    };
    assert_eq!(offered(&[]), Err("no_draft_to_answer"));
    assert_eq!(offered(&[served(1, 80, DraftChange::First)]), Ok(()));
    let file = with(&[served(1, 80, DraftChange::First), said(1, 81)]);
    let case = Case::of(&file, id(CASE, 1)).unwrap();
    assert_eq!(case.response.representations[0].event, id(EVENT, 3));
}
