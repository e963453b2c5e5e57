//! What counts as advice: a nil return does not, and existing advice only where all three agreed.

use chrono::NaiveDate;
use ehc_casework::law::{AdviceGiver, DeadlineState, duties};
use ehc_casework::record::*;

use crate::worlds::{ADVICE, CASE, EVENT, STAFF, day, file, id, request};

const CASE_1: u8 = 1;

fn case() -> CaseId {
    id(CASE, CASE_1)
}

fn assess() -> (u64, Fact) {
    (30, Fact::AssessmentDecided { case: case(), outcome: AssessmentOutcome::Assess, officer: id(STAFF, 1), item: None })
}

fn asked(number: u8, giver: AdviceGiver) -> (u64, Fact) {
    (
        31,
        Fact::AdviceRequested {
            case: case(),
            advice: id(ADVICE, number),
            giver,
            organisation: "ods:RF4".parse().ok(),
            specialism: None,
        },
    )
}

fn received(number: u8) -> (u64, Fact) {
    (31, Fact::AdviceRequestReceived { case: case(), advice: id(ADVICE, number) })
}

fn answered(number: u8, on: u64, answer: Option<AdviceAnswer>) -> (u64, Fact) {
    (on, Fact::AdviceReturned { case: case(), advice: id(ADVICE, number), answer, visibility: None, document: None })
}

fn decided(on: u64) -> (u64, Fact) {
    (on, Fact::PlanDecided { case: case(), outcome: PlanOutcome::Issue, officer: id(STAFF, 1), item: None })
}

fn reused(agreed: [bool; 3]) -> (u64, Fact) {
    let [giver_agreed_on, authority_agreed_on, family_agreed_on] = agreed.map(|agreed| agreed.then(|| day(33)));
    let fact = Fact::AdviceReused {
        case: case(),
        advice: id(ADVICE, 9),
        giver: AdviceGiver::Health,
        organisation: None,
        advice_of: day(0) - chrono::Days::new(60),
        giver_agreed_on,
        authority_agreed_on,
        family_agreed_on,
    };
    (34, fact)
}

fn assessing(more: impl IntoIterator<Item = (u64, Fact)>) -> File {
    let mut facts = vec![(0, request()), assess()];
    facts.extend(more);
    file(facts)
}

fn concerns(file: &File) -> Vec<&'static str> {
    findings(file).into_iter().map(|(_, concern)| concern.concern).collect()
}

/// How the duty to give the advice stands long after.
fn duty_to_advise(file: &File) -> (DeadlineState, Option<NaiveDate>) {
    let facts = facts(file, case());
    let duty = duties(&facts).into_iter().find(|duty| duty.rule.id == "D-ADV").unwrap();
    (duty.state(day(200)), duty.met_on)
}

#[test]
fn advice_meets_the_duty_and_a_nil_return_of_any_kind_does_not() {
    let with = |answer| assessing([asked(1, AdviceGiver::Health), received(1), answered(1, 60, answer)]);
    for given in [None, Some(AdviceAnswer::Given)] {
        assert_eq!(duty_to_advise(&with(given)), (DeadlineState::Met, Some(day(60))));
        assert!(concerns(&with(given)).is_empty());
    }
    for nil in [AdviceAnswer::NotKnown, AdviceAnswer::Declined, AdviceAnswer::NoCapacity] {
        assert_eq!(duty_to_advise(&with(Some(nil))), (DeadlineState::Overdue, None), "{nil:?}");
        assert_eq!(concerns(&with(Some(nil))), ["nil_return"], "{nil:?}");
    }
}

#[test]
fn advice_given_after_a_nil_return_meets_the_duty_that_began_with_the_request() {
    let nil = answered(1, 60, Some(AdviceAnswer::NoCapacity));
    let last_day = assessing([asked(1, AdviceGiver::Psychology), received(1), nil.clone(), answered(1, 73, None)]);
    assert_eq!(duty_to_advise(&last_day), (DeadlineState::Met, Some(day(73))));
    assert!(concerns(&last_day).is_empty());
    let next_day = assessing([asked(1, AdviceGiver::Psychology), received(1), nil, answered(1, 74, None)]);
    assert_eq!(duty_to_advise(&next_day), (DeadlineState::Late, Some(day(74))));
}

#[test]
fn another_who_gives_advice_of_the_kind_makes_up_for_a_nil_return() {
    let nil = [asked(1, AdviceGiver::Health), answered(1, 60, Some(AdviceAnswer::NotKnown))];
    let of_another_kind = [asked(2, AdviceGiver::Education), answered(2, 61, None)];
    assert_eq!(concerns(&assessing(nil.clone().into_iter().chain(of_another_kind))), ["nil_return"]);
    let of_the_kind = [asked(2, AdviceGiver::Health), answered(2, 61, None)];
    assert!(concerns(&assessing(nil.into_iter().chain(of_the_kind))).is_empty());
}

#[test]
fn a_plan_cannot_rest_on_a_nil_return() {
    let decided_on = |answer| assessing([asked(1, AdviceGiver::Health), answered(1, 60, answer), decided(60)]);
    assert!(concerns(&decided_on(None)).is_empty());
    let nil = concerns(&decided_on(Some(AdviceAnswer::Declined)));
    assert!(nil.contains(&"plan_decided_without_advice") && nil.contains(&"nil_return"), "{nil:?}");
}

#[test]
fn nobody_is_asked_to_acknowledge_what_another_did_not_do() {
    let file = assessing([asked(1, AdviceGiver::Health)]);
    let (on, fact) = answered(1, 60, Some(AdviceAnswer::NotKnown));
    let proposal = Proposal { event: id(EVENT, 200), occurred: Occurred::on(day(on)), fact };
    let offer = may(Action::RecordAdvice, &file, case(), day(400)).unwrap();
    assert_eq!(offer.decide(&[proposal], &[]), Ok(Vec::new()));
}

#[test]
fn existing_advice_is_relied_on_only_where_all_three_agreed() {
    let agreed = assessing([reused([true; 3]), decided(34)]);
    assert!(concerns(&agreed).is_empty());
    for who in 0..3 {
        let mut agreed = [true; 3];
        agreed[who] = false;
        let found = concerns(&assessing([reused(agreed), decided(34)]));
        assert!(found.contains(&"reused_without_agreement"), "{found:?}");
        assert!(found.contains(&"plan_decided_without_advice"), "{found:?}");
    }
}

#[test]
fn a_missing_agreement_can_be_acknowledged_and_names_who_did_not_agree() {
    let file = assessing([]);
    let (on, fact) = reused([true, false, true]);
    let proposal = [Proposal { event: id(EVENT, 200), occurred: Occurred::on(day(on)), fact }];
    let offer = || may(Action::ReuseAdvice, &file, case(), day(400)).unwrap();
    let Err(Rejection::Unacknowledged(raised)) = offer().decide(&proposal, &[]) else { panic!("no concern") };
    assert_eq!(raised[0].citation.text, "SEND Regulations 2014, reg. 6(4)");
    assert!(raised[0].words.ends_with("not agreed: the authority."), "{}", raised[0].words);
    assert_eq!(offer().decide(&proposal, &["reused_without_agreement"]), Ok(vec!["reused_without_agreement".to_owned()]));
}

#[test]
fn the_familys_own_views_cannot_be_spared() {
    let (on, mut fact) = reused([true; 3]);
    if let Fact::AdviceReused { giver, .. } = &mut fact {
        *giver = AdviceGiver::Family;
    }
    assert_eq!(concerns(&assessing([(on, fact)])), ["family_not_asked"]);
}

#[test]
fn existing_advice_is_no_request_that_could_be_answered() {
    let answer = answered(9, 40, None);
    let found = contradictions(&assessing([reused([true; 3]), answer]), day(400));
    assert!(found.iter().any(|(_, refusal)| refusal.code == "no_such_advice_request"));
}

#[test]
fn what_cannot_be_in_a_request_for_advice_is_refused() {
    let advice: AdviceId = id(ADVICE, 1);
    let refused = |more: Vec<(u64, Fact)>| {
        let mut facts = vec![asked(1, AdviceGiver::Psychology)];
        facts.extend(more);
        contradictions(&assessing(facts), day(400)).into_iter().map(|(_, refusal)| refusal.code).collect::<Vec<_>>()
    };
    let allocated = |on| {
        (on, Fact::AdviceAllocated { case: case(), advice, employment: Employment::Locum, organisation: None, visit_on: None })
    };
    let signed_off = |on| (on, Fact::AdviceSignedOff { case: case(), advice });
    assert!(refused(vec![allocated(31), allocated(40), signed_off(31), answered(1, 31, None)]).is_empty());
    assert_eq!(refused(vec![allocated(30)]), ["allocated_before_asked"]);
    assert_eq!(refused(vec![signed_off(30)]), ["signed_off_before_asked"]);
    assert_eq!(refused(vec![signed_off(40), signed_off(41)]), ["already_recorded"]);
    assert_eq!(refused(vec![answered(1, 40, None), answered(1, 41, None)]).first(), Some(&"already_recorded"));
    let nil = Some(AdviceAnswer::NoCapacity);
    assert!(refused(vec![answered(1, 40, nil), answered(1, 45, nil), answered(1, 45, None)]).is_empty());
    assert_eq!(refused(vec![answered(1, 45, None), answered(1, 46, nil)]), ["advice_already_given"]);
}

#[test]
fn advice_that_was_sent_back_is_recorded_again_once_for_each_time_and_never_before() {
    let judged = |on, sent_back| {
        let (judgement, visibility) = (AdviceJudgement::NotSufficient, Visibility::Internal);
        let unmet = vec![AdviceCriterion::Specific];
        (on, Fact::AdviceJudged { case: case(), advice: id(ADVICE, 1), judgement, unmet, sent_back, visibility })
    };
    let refused = |more: Vec<(u64, Fact)>| {
        let mut facts = vec![asked(1, AdviceGiver::Psychology), received(1)];
        facts.extend(more);
        contradictions(&assessing(facts), day(400)).into_iter().map(|(_, refusal)| refusal.code).collect::<Vec<_>>()
    };
    let given = |on| answered(1, on, None);
    assert!(refused(vec![given(40), judged(45, true), given(50)]).is_empty());
    assert!(refused(vec![given(40), judged(45, true), given(50), judged(55, true), given(60)]).is_empty());
    assert_eq!(refused(vec![given(40), judged(45, true), given(50), given(60)]), ["already_recorded"]);
    assert_eq!(refused(vec![given(40), judged(45, false), given(50)]), ["already_recorded"]);
    assert_eq!(refused(vec![given(40), given(44), judged(45, true)]), ["already_recorded"]);
    assert_eq!(refused(vec![given(40), judged(39, true)]), ["judged_before_returned"]);
    assert_eq!(refused(vec![judged(45, true)]), ["judged_before_returned"]);
    // Whoever is asked to make it good can decline, and that is no contradiction.
    let declined = answered(1, 50, Some(AdviceAnswer::Declined));
    assert!(refused(vec![given(40), judged(45, true), declined]).is_empty());
}

#[test]
fn advice_sent_back_and_given_late_had_met_its_duty_when_it_first_came() {
    let judgement = Fact::AdviceJudged {
        case: case(),
        advice: id(ADVICE, 1),
        judgement: AdviceJudgement::NotSufficient,
        unmet: vec![AdviceCriterion::Quantified],
        sent_back: true,
        visibility: Visibility::Internal,
    };
    let first = [asked(1, AdviceGiver::Psychology), received(1), answered(1, 73, None), (80, judgement)];
    assert_eq!(duty_to_advise(&assessing(first.clone())), (DeadlineState::Met, Some(day(73))));
    let again = first.into_iter().chain([answered(1, 120, None)]);
    assert_eq!(duty_to_advise(&assessing(again)), (DeadlineState::Met, Some(day(73))));
}

#[test]
fn what_was_left_out_of_older_entries_about_advice_is_read_and_written_when_it_is_there() {
    let (case, advice) = (case(), id(ADVICE, 1));
    let facts = [
        Fact::AdviceRequested {
            case,
            advice,
            giver: AdviceGiver::Other,
            organisation: None,
            specialism: Some(Specialism::OccupationalTherapy),
        },
        Fact::AdviceReturned {
            case,
            advice,
            answer: None,
            visibility: Some(Visibility::ThirdParty),
            document: Some(id(EVENT, 90)),
        },
        Fact::AdviceAllocated { case, advice, employment: Employment::Locum, organisation: None, visit_on: Some(day(50)) },
    ];
    for fact in facts {
        let text = Body::of(fact.clone()).to_text();
        assert_eq!(Body::from_text(fact.kind(), 1, &text).unwrap().fact, fact, "{text}");
    }
}
