//! A refusal reversed: the case goes on, the decision stays, and each way of reversing has its own clock.

use ehc_casework::law::{Matter, Order, Outcome};
use ehc_casework::record::*;

use crate::worlds::{CASE, STAFF, day, file, id, request};

const WAYS: [ReversedBy; 4] = [ReversedBy::Concession, ReversedBy::UnopposedAppeal, ReversedBy::Mediation, ReversedBy::Order];

fn refuse(on: u64) -> (u64, Fact) {
    let outcome = AssessmentOutcome::Refuse;
    (on, Fact::AssessmentDecided { case: id(CASE, 1), outcome, officer: id(STAFF, 1), item: None })
}

fn no_plan(on: u64) -> [(u64, Fact); 2] {
    let (case, officer, item) = (id(CASE, 1), id(STAFF, 1), None);
    [
        (30, Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Assess, officer, item }),
        (on, Fact::PlanDecided { case, outcome: PlanOutcome::NoPlan, officer, item }),
    ]
}

fn told(on: u64) -> (u64, Fact) {
    (on, Fact::AssessmentDecisionNotified { case: id(CASE, 1) })
}

fn reversed(about: Refused, by: ReversedBy) -> Fact {
    Fact::RefusalReversed { case: id(CASE, 1), about, by }
}

fn disputed(about: Matter) -> [(u64, Fact); 2] {
    let case = id(CASE, 1);
    [(60, Fact::MediationHeld { case, about }), (70, Fact::AppealRegistered { case, about })]
}

/// Refused on day 40, disputed on days 60 and 70, reversed on day 80.
fn refused_and(by: ReversedBy) -> Vec<(u64, Fact)> {
    let mut facts = vec![(0, request()), refuse(40), told(42)];
    facts.extend(disputed(Matter::RefusalToAssess));
    facts.push((80, reversed(Refused::RefusalToAssess, by)));
    facts
}

fn found(facts: Vec<(u64, Fact)>) -> Vec<&'static str> {
    contradictions(&file(facts), day(400)).into_iter().map(|(_, refusal)| refusal.code).collect()
}

fn due(facts: Vec<(u64, Fact)>) -> Vec<(&'static str, chrono::NaiveDate)> {
    let (_, duties) = duties(&file(facts), id(CASE, 1));
    let owed = duties.iter().filter(|duty| duty.met_on.is_none() && duty.fell_away_on.is_none());
    owed.map(|duty| (duty.rule.id, duty.due_on)).collect()
}

#[test]
fn the_case_goes_on_and_the_decision_stays_what_it_was() {
    for by in WAYS {
        let case = Case::of(&file(refused_and(by)), id(CASE, 1)).unwrap();
        assert_eq!(case.stage(), Stage::Assessing, "{by:?}");
        let decision = case.assessment.unwrap();
        assert_eq!((decision.outcome, decision.notified_on), (AssessmentOutcome::Refuse, Some(day(42))));
        assert_eq!((case.reversals[0].by, case.reversals[0].on), (by, Some(day(80))));
    }
    let mut facts = vec![(0, request())];
    facts.extend(no_plan(100));
    facts.push((150, reversed(Refused::NoPlan, ReversedBy::Concession)));
    let case = Case::of(&file(facts), id(CASE, 1)).unwrap();
    assert_eq!((case.stage(), case.plan_decision.unwrap().outcome), (Stage::Drafting, PlanOutcome::NoPlan));
}

#[test]
fn after_a_concession_the_twenty_weeks_from_the_request_stand() {
    assert!(due(refused_and(ReversedBy::Concession)).contains(&("D-20W", day(140))));
}

#[test]
fn an_agreement_an_order_and_an_unopposed_appeal_have_their_own_fourteen_weeks() {
    for (by, rule) in
        [(ReversedBy::Mediation, "M-DO-APP"), (ReversedBy::Order, "T44-b2"), (ReversedBy::UnopposedAppeal, "T45-ad")]
    {
        let due = due(refused_and(by));
        assert!(due.contains(&(rule, day(80 + 14 * 7))), "{by:?}: {due:?}");
        assert!(!due.iter().any(|(rule, _)| *rule == "D-20W"), "{by:?}");
    }
}

#[test]
fn a_plan_after_all_has_eleven_weeks_from_the_order() {
    let mut facts = vec![(0, request())];
    facts.extend(no_plan(100));
    facts.extend(disputed(Matter::NoPlan).map(|(on, fact)| (on + 60, fact)));
    facts.push((150, reversed(Refused::NoPlan, ReversedBy::Order)));
    let law = ehc_casework::record::facts(&file(facts.clone()), id(CASE, 1));
    assert_eq!(law.last().unwrap().order, Some(Order::MakePlan));
    assert!(due(facts).contains(&("T44-c2", day(150 + 77))));
}

#[test]
fn a_notification_from_the_day_of_the_reversal_tells_of_it() {
    let mut facts = refused_and(ReversedBy::Order);
    facts.push(told(80));
    assert!(found(facts.clone()).is_empty());
    let case = Case::of(&file(facts.clone()), id(CASE, 1)).unwrap();
    assert_eq!(case.reversals[0].notified_on, Some(day(80)));
    assert_eq!(case.assessment.unwrap().notified_on, Some(day(42)));
    let law = ehc_casework::record::facts(&file(facts.clone()), id(CASE, 1));
    let outcomes: Vec<_> = law.iter().filter_map(|fact| fact.outcome).collect();
    assert_eq!(outcomes, [Outcome::Refuse, Outcome::Assess]);
    assert!(!due(facts.clone()).iter().any(|(rule, _)| *rule == "T44-b0"), "the family was told in time");
    facts.push(told(81));
    assert_eq!(found(facts), ["already_recorded"]);
}

#[test]
fn what_was_not_refused_cannot_be_reversed() {
    let concession = |about, on| (on, reversed(about, ReversedBy::Concession));
    assert_eq!(found(vec![(0, request()), concession(Refused::RefusalToAssess, 9)]), ["nothing_refused"]);
    assert_eq!(found(vec![(0, request()), refuse(40), concession(Refused::NoPlan, 50)]), ["nothing_refused"]);
    let before = vec![(0, request()), refuse(40), concession(Refused::RefusalToAssess, 39)];
    assert_eq!(found(before), ["reversed_before_refusal"]);
    let same_day = vec![(0, request()), refuse(40), concession(Refused::RefusalToAssess, 40)];
    assert!(found(same_day).is_empty());
    let mut twice = refused_and(ReversedBy::Concession);
    twice.push(concession(Refused::RefusalToAssess, 90));
    assert_eq!(found(twice), ["already_recorded"]);
}

#[test]
fn an_agreement_takes_a_mediation_and_an_order_takes_an_appeal() {
    for by in WAYS {
        let bare = vec![(0, request()), refuse(40), (80, reversed(Refused::RefusalToAssess, by))];
        let expected: &[&str] = match by {
            ReversedBy::Concession => &[],
            ReversedBy::Mediation => &["no_mediation"],
            ReversedBy::UnopposedAppeal | ReversedBy::Order => &["no_appeal"],
        };
        assert_eq!(found(bare.clone()), expected, "{by:?}");
        let about_another = [bare.clone(), disputed(Matter::NoPlan).to_vec()].concat();
        assert_eq!(found(about_another), expected, "{by:?}");
        let afterwards = [bare, disputed(Matter::RefusalToAssess).map(|(on, fact)| (on + 30, fact)).to_vec()].concat();
        assert_eq!(found(afterwards), expected, "{by:?}");
        assert!(found(refused_and(by)).is_empty(), "{by:?}");
    }
}

#[test]
fn the_action_is_offered_where_something_was_refused() {
    let offered = |facts| may(Action::ReverseRefusal, &file(facts), id(CASE, 1), day(200)).map(drop).map_err(|r| r.code);
    assert_eq!(offered(vec![(0, request())]), Err("nothing_refused"));
    assert_eq!(offered(vec![(0, request()), refuse(40)]), Ok(()));
    assert_eq!(offered(refused_and(ReversedBy::Order)), Err("nothing_refused"));
    let mut facts = vec![(0, request())];
    facts.extend(no_plan(100));
    assert_eq!(offered(facts), Ok(()));
}
