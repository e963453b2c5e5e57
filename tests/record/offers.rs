//! What may be recorded: refused where it cannot be, accepted with eyes open where it should not be.

use ehc_casework::law::AdviceGiver;
use ehc_casework::record::*;

use crate::worlds::{ADVICE, CASE, DRAFT, EVENT, PLAN, STAFF, day, file, id, request};

const OFFICER: u8 = 1;

fn assess(on: u64) -> (u64, Fact) {
    let outcome = AssessmentOutcome::Assess;
    (on, Fact::AssessmentDecided { case: id(CASE, 1), outcome, officer: id(STAFF, OFFICER), item: None })
}

fn issue(on: u64) -> (u64, Fact) {
    (on, Fact::PlanDecided { case: id(CASE, 1), outcome: PlanOutcome::Issue, officer: id(STAFF, OFFICER), item: None })
}

fn advice(asked: u64, returned: u64) -> [(u64, Fact); 2] {
    let (case, advice) = (id(CASE, 1), id(ADVICE, 1));
    [
        (asked, Fact::AdviceRequested { case, advice, giver: AdviceGiver::Education, organisation: None, specialism: None }),
        (returned, Fact::AdviceReturned { case, advice, answer: None, visibility: None, document: None }),
    ]
}

fn draft(on: u64, names_placement: bool) -> (u64, Fact) {
    (on, Fact::DraftPlanServed { case: id(CASE, 1), draft: id(DRAFT, 1), names_placement, change: None })
}

fn final_plan() -> Fact {
    Fact::FinalPlanSent { case: id(CASE, 1), plan: id(PLAN, 1), placement: Placement::Neither, health_provision: None }
}

fn assessed() -> Vec<(u64, Fact)> {
    let mut facts = vec![(0, request()), assess(30)];
    facts.extend(advice(31, 60));
    facts.push(issue(70));
    facts
}

fn propose(file: &File, on: u64, fact: Fact, acknowledged: &[&str]) -> Result<Vec<String>, Rejection> {
    let proposal = Proposal { event: id(EVENT, 200), occurred: Occurred::on(day(on)), fact };
    let offer = may(Action::CorrectEntry, file, id(CASE, 1), day(400)).unwrap();
    offer.decide(&[proposal], acknowledged)
}

fn refused(result: Result<Vec<String>, Rejection>) -> &'static str {
    match result {
        Err(Rejection::Impossible(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

fn concern(result: &Result<Vec<String>, Rejection>) -> &'static str {
    match result {
        Err(Rejection::Unacknowledged(concerns)) => concerns[0].concern,
        other => panic!("no concern: {other:?}"),
    }
}

#[test]
fn there_must_be_a_draft_to_finalise() {
    let file = file(assessed());
    assert_eq!(refused(propose(&file, 90, final_plan(), &[])), "no_draft_to_finalise");
    assert_eq!(may(Action::SendFinalPlan, &file, id(CASE, 1), day(90)).unwrap_err().code, "no_draft_to_finalise");
}

#[test]
fn the_family_has_fifteen_days_and_the_day_of_service_is_the_first() {
    let mut facts = assessed();
    facts.push(draft(80, false));
    let file = file(facts);
    // Served on day 80: day 94 is the fifteenth, day 95 the first on which the final plan can follow.
    let early = propose(&file, 94, final_plan(), &[]);
    assert_eq!(concern(&early), "final_plan_before_response_time");
    assert_eq!(propose(&file, 95, final_plan(), &[]), Ok(vec![]));
    assert_eq!(
        propose(&file, 89, final_plan(), &["final_plan_before_response_time"]),
        Ok(vec!["final_plan_before_response_time".into()])
    );
}

#[test]
fn a_draft_leaves_the_placement_blank() {
    let file = file(assessed());
    let (on, named) = draft(80, true);
    assert_eq!(concern(&propose(&file, on, named, &[])), "draft_names_placement");
    let (on, blank) = draft(80, false);
    assert_eq!(propose(&file, on, blank, &[]), Ok(vec![]));
}

#[test]
fn a_plan_without_an_assessment_is_of_concern() {
    let file = file(vec![(0, request())]);
    let (on, fact) = issue(20);
    let result = propose(&file, on, fact, &[]);
    let Err(Rejection::Unacknowledged(concerns)) = result else { panic!("{result:?}") };
    let names: Vec<_> = concerns.iter().map(|c| c.concern).collect();
    assert_eq!(names, ["plan_without_assessment", "plan_decided_without_advice"]);
}

#[test]
fn a_concern_that_stood_before_is_not_raised_again() {
    let mut facts = vec![(0, request())];
    facts.extend(advice(10, 20));
    let file = file(facts);
    let second = Fact::AdviceRequested {
        case: id(CASE, 1),
        advice: id(ADVICE, 2),
        giver: AdviceGiver::Health,
        organisation: None,
        specialism: None,
    };
    assert_eq!(propose(&file, 11, second, &[]), Ok(vec![]));
}

#[test]
fn days_must_be_able_to_follow_one_another() {
    let file = file(vec![(10, request()), assess(30)]);
    let case = id(CASE, 1);
    assert_eq!(refused(propose(&file, 29, Fact::AssessmentDecisionNotified { case }, &[])), "notified_before_decision");
    assert_eq!(propose(&file, 30, Fact::AssessmentDecisionNotified { case }, &[]), Ok(vec![]));
    assert_eq!(refused(propose(&file, 5, Fact::RequestWithdrawn { case, request: None }, &[])), "withdrawn_before_request");
    assert_eq!(refused(propose(&file, 401, Fact::AssessmentDecisionNotified { case }, &[])), "not_happened_yet");
    assert_eq!(refused(propose(&file, 40, assess(40).1, &[])), "already_recorded");
}

#[test]
fn after_a_withdrawal_the_assessment_does_not_go_on() {
    let file = file(vec![(0, request()), (20, Fact::RequestWithdrawn { case: id(CASE, 1), request: None })]);
    assert_eq!(refused(propose(&file, 25, assess(25).1, &[])), "request_withdrawn");
    // What was decided before, and only recorded afterwards, can still be said.
    assert_eq!(propose(&file, 19, assess(19).1, &[]), Ok(vec![]));
}

#[test]
fn a_correction_is_checked_like_a_new_entry() {
    let mut facts = assessed();
    facts.push(draft(80, false));
    facts.push((100, final_plan()));
    let file = file(facts);
    let draft_event = id(EVENT, 6);
    let late = Fact::Corrected { of: draft_event, occurred_on: Some(day(90)), fact: Box::new(draft(90, false).1) };
    assert_eq!(concern(&propose(&file, 120, late, &[])), "final_plan_before_response_time");
    let later = Fact::Corrected { of: draft_event, occurred_on: Some(day(101)), fact: Box::new(draft(101, false).1) };
    assert_eq!(refused(propose(&file, 120, later, &[])), "final_before_draft");
    assert_eq!(refused(propose(&file, 120, Fact::Struck { of: draft_event }, &[])), "no_draft_to_finalise");
}

#[test]
fn every_stage_follows_from_the_facts() {
    let case: CaseId = id(CASE, 1);
    let stage = |facts: Vec<(u64, Fact)>| Case::of(&file(facts), case).unwrap().stage();
    assert_eq!(stage(vec![(0, request())]), Stage::Considering);
    assert_eq!(stage(vec![(0, request()), assess(30)]), Stage::Assessing);
    assert_eq!(stage(assessed()), Stage::Drafting);
    assert_eq!(stage([assessed(), vec![draft(80, false)]].concat()), Stage::DraftServed);
    assert_eq!(stage([assessed(), vec![draft(80, false), (95, final_plan())]].concat()), Stage::PlanIssued);
    assert_eq!(stage(vec![(0, request()), (9, Fact::RequestWithdrawn { case, request: None })]), Stage::Withdrawn);
    let refuse = Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Refuse, officer: id(STAFF, 1), item: None };
    assert_eq!(stage(vec![(0, request()), (9, refuse)]), Stage::AssessmentRefused);
    let no_plan = Fact::PlanDecided { case, outcome: PlanOutcome::NoPlan, officer: id(STAFF, 1), item: None };
    assert_eq!(stage(vec![(0, request()), assess(30), (60, no_plan)]), Stage::NoPlan);
}
