//! Are impossible facts told, all at once, each by its place and its field?

use ehc_casework::law::check;

use crate::vectors::{facts, on};

fn problems(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    check(&facts(text), on("2026-11-22")).into_iter().map(|problem| (problem.index, problem.field, problem.code)).collect()
}

#[test]
fn possible_facts_have_no_problem() {
    let whole = "request_received 2026-01-05; assessment_decision_notified 2026-02-16 outcome=assess; \
                 advice_request_received 2026-02-20 about=a adviceGiver=health; advice_returned 2026-03-20 about=a; \
                 draft_plan_served 2026-04-20 about=d; final_plan_sent 2026-05-25; review_meeting_planned 2027-03-01 about=r; \
                 exception_claimed 2026-05-01 paragraph=X13.3d from=2026-03-01 to=2026-03-28";
    assert_eq!(problems(whole), []);
}

#[test]
fn every_problem_is_told_at_once() {
    assert_eq!(
        problems("assessment_decision_notified 2026-02-16; request_received 2014-08-31; final_plan_sent 2026-12-01"),
        [(0, "outcome", "attribute_missing"), (1, "on", "before_commencement"), (2, "on", "in_the_future")]
    );
}

#[test]
fn a_decision_before_the_request_cannot_be() {
    let words =
        check(&facts("request_received 2026-01-05; assessment_decision_notified 2026-01-04 outcome=assess"), on("2026-11-22"));
    assert_eq!((words[0].index, words[0].code), (1, "before_its_cause"));
    assert!(words[0].words.contains("request_received"));
    assert_eq!(problems("request_received 2026-01-05; assessment_decision_notified 2026-01-05 outcome=assess"), []);
}

#[test]
fn an_answer_to_another_request_is_not_compared() {
    let two = "advice_request_received 2026-03-20 about=b adviceGiver=health; advice_returned 2026-03-10 about=a";
    assert_eq!(problems(two), []);
    assert_eq!(problems(&two.replace("about=a", "about=b")), [(1, "on", "before_its_cause")]);
}

#[test]
fn last_years_review_stands_beside_this_years_meeting() {
    assert_eq!(problems("review_decision_notified 2025-11-24 outcome=maintain; review_meeting_held 2026-10-26"), []);
    assert_eq!(
        problems("review_decision_notified 2025-11-24 about=r outcome=maintain; review_meeting_held 2026-10-26 about=r"),
        [(0, "on", "before_its_cause")]
    );
}

#[test]
fn an_attribute_the_fact_does_not_have_is_told() {
    assert_eq!(problems("request_received 2026-01-05 outcome=assess"), [(0, "outcome", "attribute_not_taken")]);
}

#[test]
fn an_exception_is_known_and_ends_after_it_starts() {
    let claim = |paragraph, to| format!("exception_claimed 2026-05-01 paragraph={paragraph} from=2026-03-01 to={to}");
    assert_eq!(problems(&claim("X99", "2026-03-28")), [(0, "paragraph", "unknown_exception")]);
    assert_eq!(problems(&claim("X13.3c", "2026-02-28")), [(0, "to", "ends_before_it_starts")]);
}

#[test]
fn an_exception_whose_own_dates_miss_its_terms_is_told() {
    let claim = |paragraph, to| format!("exception_claimed 2026-09-01 paragraph={paragraph} from=2026-07-22 to={to}");
    for paragraph in ["X10.4a", "X10.4b", "X10.4d"] {
        assert_eq!(problems(&claim(paragraph, "2026-08-17")), [(0, "to", "exception_terms_not_met")], "{paragraph}");
        assert_eq!(problems(&claim(paragraph, "2026-08-18")), [], "{paragraph}");
    }
    assert_eq!(problems(&claim("X44.3b", "2026-08-03")), [(0, "to", "exception_terms_not_met")]);
    assert_eq!(problems(&claim("X44.3b", "2026-08-04")), []);
}

#[test]
fn a_date_agreed_in_writing_is_told_with_the_agreement_and_not_as_an_excuse() {
    assert_eq!(
        problems("exception_claimed 2026-05-01 paragraph=X42.5 from=2026-03-01"),
        [(0, "paragraph", "agreed_date_is_no_excuse")]
    );
}

#[test]
fn an_appeal_is_conceded_before_the_response() {
    let appeal = |day| {
        format!(
            "appeal_received 2026-07-15 about=a; appeal_response_sent 2026-09-01 about=a; appeal_conceded {day} about=a matter=contents"
        )
    };
    assert_eq!(problems(&appeal("2026-08-31")), []);
    assert_eq!(problems(&appeal("2026-09-01")), [(2, "on", "conceded_after_response")]);
}

#[test]
fn dates_beyond_the_register_are_told() {
    assert_eq!(
        problems("phase_transfer_planned 2026-09-01 kind=secondary_to_post16 transferOn=2041-09-01"),
        [(0, "transferOn", "after_the_register")]
    );
    assert_eq!(problems("term_starts 2041-01-07"), [(0, "on", "after_the_register")]);
}

#[test]
fn an_order_is_not_sent_out_before_it_is_made() {
    assert_eq!(problems("order_made 2026-07-03 order=assess sentOn=2026-07-02"), [(0, "sentOn", "sent_before_made")]);
}

#[test]
fn no_problem_repeats_a_value() {
    let told = check(
        &facts("exception_claimed 2026-05-01 paragraph=X99 from=2026-03-01; request_received 2029-01-05"),
        on("2026-11-22"),
    );
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|problem| !problem.words.contains("X99") && !problem.words.contains("2029")));
}
