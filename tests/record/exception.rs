//! What a claim comes to by the record: who was asked when, who was told, whether it stands; and that shortfalls are of concern.

use ehc_casework::law::{AdviceGiver, duties};
use ehc_casework::record::*;

use crate::worlds::{ADVICE, CASE, EVENT, STAFF, day, file, id, request};

/// The first day of a closure of 28 days, and its last.
const CLOSES: u64 = 50;
const LAST: u64 = 77;

fn case() -> CaseId {
    id(CASE, 1)
}

fn assess() -> (u64, Fact) {
    (30, Fact::AssessmentDecided { case: case(), outcome: AssessmentOutcome::Assess, officer: id(STAFF, 1), item: None })
}

fn asked(on: u64, giver: AdviceGiver, of: &str) -> (u64, Fact) {
    (on, Fact::AdviceRequested { case: case(), advice: id(ADVICE, 1), giver, organisation: of.parse().ok(), specialism: None })
}

fn claimed(paragraph: &str, to: u64, setting: Option<&str>, asked_on: Option<u64>) -> (u64, Fact) {
    let fact = Fact::ExceptionClaimed {
        case: case(),
        paragraph: paragraph.into(),
        from: day(CLOSES),
        to: day(to),
        setting: setting.and_then(|setting| setting.parse().ok()),
        advice: None,
        asked_on: asked_on.map(day),
    };
    (90, fact)
}

/// The id of the entry in place 2, where every file of these puts the claim.
fn claim() -> EventId {
    id(EVENT, 2)
}

fn with_claim(claim: (u64, Fact), more: impl IntoIterator<Item = (u64, Fact)>) -> File {
    let mut facts = vec![(0, request()), claim, assess()];
    facts.extend(more);
    file(facts)
}

fn excused(file: &File) -> Vec<&'static str> {
    let facts = facts(file, case());
    duties(&facts).iter().filter(|duty| duty.is_excused()).map(|duty| duty.rule.id).collect()
}

fn concerns(file: &File) -> Vec<&'static str> {
    findings(file).into_iter().map(|(_, concern)| concern.concern).collect()
}

const SCHOOL: &str = "urn:900001";

#[test]
fn a_closure_excuses_by_the_day_the_setting_was_asked_on_record() {
    let asked_on = |on| with_claim(claimed("X13.3a", LAST, Some(SCHOOL), None), [asked(on, AdviceGiver::Education, SCHOOL)]);
    // It reopens on day 78: from day 43 to day 71.
    for (on, met) in [(42, false), (43, true), (71, true), (72, false)] {
        assert_eq!(!excused(&asked_on(on)).is_empty(), met, "asked on day {on}");
        assert_eq!(!concerns(&asked_on(on)).contains(&"exception_terms_not_met"), met, "asked on day {on}");
    }
}

#[test]
fn twenty_seven_days_of_closure_are_too_few_and_twenty_eight_are_enough() {
    let closed = |to| with_claim(claimed("X13.3a", to, Some(SCHOOL), None), [asked(45, AdviceGiver::Education, SCHOOL)]);
    assert!(excused(&closed(LAST - 1)).is_empty());
    assert_eq!(excused(&closed(LAST)), ["D-20W"]);
}

#[test]
fn that_it_was_closed_is_not_enough_where_nothing_shows_that_it_was_asked() {
    let claim = || claimed("X13.3a", LAST, Some(SCHOOL), None);
    assert!(excused(&with_claim(claim(), [])).is_empty());
    let another = with_claim(claim(), [asked(45, AdviceGiver::Education, "urn:900002")]);
    assert!(excused(&another).is_empty(), "another setting was asked");
    let psychologist = with_claim(claim(), [asked(45, AdviceGiver::Psychology, SCHOOL)]);
    assert!(excused(&psychologist).is_empty(), "not for the school's advice");
    assert_eq!(concerns(&psychologist), ["exception_terms_not_met", "exception_not_told"]);
    let by_its_own_word = with_claim(claimed("X13.3a", LAST, Some(SCHOOL), Some(45)), []);
    assert_eq!(excused(&by_its_own_word), ["D-20W"]);
}

#[test]
fn a_claim_excuses_until_it_is_withdrawn() {
    let claim_it = || claimed("X13.3d", LAST, None, None);
    assert_eq!(excused(&with_claim(claim_it(), [])), ["D-20W"]);
    let withdrawn = with_claim(claim_it(), [(91, Fact::ExceptionWithdrawn { case: case(), claim: claim() })]);
    assert!(excused(&withdrawn).is_empty());
    assert!(concerns(&withdrawn).is_empty(), "nobody relies on it any more");
}

#[test]
fn the_family_is_to_be_told_and_nobody_has_to_acknowledge_that_it_is_not_yet() {
    let untold = with_claim(claimed("X13.3d", LAST, None, None), []);
    assert_eq!(concerns(&untold), ["exception_not_told"]);
    let told = with_claim(claimed("X13.3d", LAST, None, None), [(91, Fact::ExceptionTold { case: case(), claim: claim() })]);
    assert!(concerns(&told).is_empty());

    let before = file(vec![(0, request()), assess()]);
    let (on, fact) = claimed("X13.3d", LAST, None, None);
    let proposal = [Proposal { event: claim(), occurred: Occurred::on(day(on)), fact }];
    let offer = may(Action::ClaimException, &before, case(), day(400)).unwrap();
    assert_eq!(offer.decide(&proposal, &[]), Ok(Vec::new()));
}

#[test]
fn a_second_claim_whose_terms_are_not_met_is_a_concern_of_its_own() {
    let before = with_claim(claimed("X13.3d", LAST - 1, None, None), []);
    let (on, fact) = claimed("X10.4d", LAST - 1, None, None);
    let proposal = [Proposal { event: id(EVENT, 200), occurred: Occurred::on(day(on)), fact }];
    let offer = may(Action::ClaimException, &before, case(), day(400)).unwrap();
    let Err(Rejection::Unacknowledged(raised)) = offer.decide(&proposal, &[]) else { panic!("no concern") };
    assert_eq!(raised.len(), 1);
    assert!(raised[0].words.starts_with("X10.4d"), "{}", raised[0].words);
    assert_eq!(raised[0].citation.text, "SEND Regulations 2014, reg. 10(4)(d)");
}

#[test]
fn what_cannot_be_of_a_claim_is_refused() {
    let refused = |more: Vec<(u64, Fact)>| {
        let file = with_claim(claimed("X13.3d", LAST, None, None), more);
        contradictions(&file, day(400)).into_iter().map(|(_, refusal)| refusal.code).collect::<Vec<_>>()
    };
    let withdrawn = |on| (on, Fact::ExceptionWithdrawn { case: case(), claim: claim() });
    assert!(refused(vec![withdrawn(90)]).is_empty());
    assert_eq!(refused(vec![withdrawn(89)]), ["withdrawn_before_claimed"]);
    assert_eq!(refused(vec![withdrawn(90), withdrawn(91)]), ["already_recorded"]);
    assert_eq!(refused(vec![(91, Fact::ExceptionTold { case: case(), claim: id(EVENT, 99) })]), ["no_such_claim"]);
}
