//! Can a parent follow it? The words of a whole case as it stands on a day.

use ehc_casework::law::{Deadline, deadlines};

use crate::vectors::{facts, on};

fn told(deadline: &Deadline) -> String {
    let state = serde_json::to_value(deadline.state).expect("a state");
    let mut text = format!("{} {} {}\n", deadline.rule, deadline.due_on, state.as_str().unwrap_or_default());
    for step in &deadline.because {
        text.push_str(&format!("  {} [{}]\n", step.words, step.citation.text));
    }
    if let Some(other) = &deadline.tolerance {
        text.push_str(&format!("  otherwise {}: {}\n", other.on, other.note));
    }
    text
}

fn story(input: &str, today: &str) -> String {
    deadlines(&facts(input), on(today)).iter().map(told).collect()
}

#[test]
fn an_assessment_that_ends_in_a_late_plan_excused_by_a_long_absence() {
    insta::assert_snapshot!(story(
        "request_received 2026-01-05; assessment_decision_notified 2026-02-17 outcome=assess; \
         advice_request_received 2026-02-20 about=psychology adviceGiver=psychology; advice_returned 2026-04-03 about=psychology; \
         plan_decision_notified 2026-04-20 outcome=issue; draft_plan_served 2026-05-08 about=draft-1; \
         exception_claimed 2026-05-20 paragraph=X13.3d from=2026-04-01 to=2026-04-28; \
         exception_claimed 2026-05-20 paragraph=X5.4d from=2026-01-05 to=2026-01-20; \
         final_plan_sent 2026-06-01",
        "2026-06-02"
    ));
}

#[test]
fn a_review_near_the_end_of_its_twelve_months() {
    insta::assert_snapshot!(story(
        "final_plan_sent 2025-03-01; review_meeting_held 2026-02-16 about=review-1; review_report_sent 2026-03-02 about=review-1",
        "2026-03-01"
    ));
}

#[test]
fn a_refusal_appealed_across_the_summer() {
    insta::assert_snapshot!(story(
        "decision_notice_sent 2026-06-30 about=refusal matter=refusal_to_assess letterDatedOn=2026-06-26; \
         mediation_declined 2026-07-02 about=refusal; mediation_certificate_issued 2026-07-06 about=refusal; \
         appeal_received 2026-07-15 about=refusal",
        "2026-07-20"
    ));
}

#[test]
fn a_late_refusal_is_excused_with_a_warning() {
    let refusal = "request_received 2026-01-05; assessment_decision_notified 2026-02-20 outcome=refuse; \
                   exception_claimed 2026-02-20 paragraph=X5.4c from=2026-02-01 to=2026-02-19";
    let told = |text: &str| deadlines(&facts(text), on("2026-03-01")).into_iter().find(|deadline| deadline.rule == "D-6W");
    let warned = |text: &str| {
        told(text)
            .is_some_and(|deadline| deadline.because.iter().any(|step| step.words.contains("regulation 4(1), on a refusal")))
    };
    assert!(warned(refusal));
    assert!(!warned(&refusal.replace("refuse", "assess")));
}
