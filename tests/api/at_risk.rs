//! Why a duty is at risk of being missed, and from which day on: the day before it is not.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, staff_id, subject};
use crate::worklist::{allocate, allocated_case, assess, line, told};

/// Why the duty of a rule is at risk; nothing when it is not.
async fn risks(client: &Client, rule: &str) -> Vec<String> {
    let line = line(client, rule).await;
    let reason = |risk: &Value| risk["reason"].as_str().unwrap().to_owned();
    let found: Vec<_> = line["risks"].as_array().into_iter().flatten().map(reason).collect();
    assert_eq!(line["atRisk"], !found.is_empty(), "{line}");
    found
}

async fn ask_for_advice(app: &TestApp, case: &str, day: &str) -> String {
    app.on(day);
    let body = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": day});
    app.client(Role::CaseWorker).post(&format!("/v1/cases/{case}/advice-requests"), body).await.id()
}

#[actix_web::test]
async fn a_case_that_nobody_has_is_at_risk_from_the_sixth_working_day() {
    let app = TestApp::start().await;
    app.on("2026-01-05");
    let case = app.school("900001").ask_for_assessment("Example").await;
    let manager = app.client(Role::Manager);
    app.on("2026-01-12");
    assert_eq!(risks(&manager, "D-6W").await, [""; 0]);
    app.on("2026-01-13");
    let told = line(&manager, "D-6W").await["risks"].clone();
    let words = "No case worker has the case, five working days after this began to run.";
    assert_eq!(told, json!([{"reason": "unallocated", "words": words, "since": "2026-01-13", "citation": null}]));
    allocate(&app, &case, staff_id(Role::CaseWorker, 311)).await;
    assert_eq!(risks(&manager, "D-6W").await, [""; 0]);
}

#[actix_web::test]
async fn an_open_decision_is_at_risk_a_week_before_its_limit_and_what_follows_once_it_is_missed() {
    let app = TestApp::start().await;
    allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-02-08");
    assert_eq!(risks(&worker, "D-6W").await, [""; 0]);
    app.on("2026-02-09");
    assert_eq!(risks(&worker, "D-6W").await, ["decision_open"]);
    assert_eq!(told(&worker, "&atRisk=true", "rule").await, ["D-6W"]);
    app.on("2026-02-16");
    assert_eq!(risks(&worker, "D-20W").await, [""; 0]);
    app.on("2026-02-17");
    assert_eq!(risks(&worker, "D-6W").await, [""; 0], "what is missed is overdue, and at risk no more");
    assert_eq!(risks(&worker, "D-20W").await, ["earlier_limit_passed"]);
}

#[actix_web::test]
async fn advice_not_asked_for_or_asked_for_too_late_puts_the_decision_at_risk() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    assess(&app, &case, "2026-02-10").await;
    let worker = app.client(Role::CaseWorker);
    // Sixteen weeks end on 27 April: six before it, 16 March is the last day to ask.
    app.on("2026-03-16");
    assert_eq!(risks(&worker, "D-16W").await, [""; 0]);
    app.on("2026-03-17");
    assert_eq!(risks(&worker, "D-16W").await, ["advice_not_asked"]);
    assert_eq!(line(&worker, "D-16W").await["risks"][0]["citation"]["text"], "SEND Regulations 2014, reg. 8(1)");
    ask_for_advice(&app, &case, "2026-03-17").await;
    assert_eq!(risks(&worker, "D-16W").await, ["advice_due_too_late"]);
    assert_eq!(risks(&worker, "D-20W").await, [""; 0]);
}

#[actix_web::test]
async fn advice_that_is_overdue_or_announced_for_too_late_or_refused_puts_the_decision_at_risk() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    assess(&app, &case, "2026-02-10").await;
    let advice = ask_for_advice(&app, &case, "2026-02-10").await;
    let worker = app.client(Role::CaseWorker);
    let at = format!("/v1/cases/{case}/advice-requests/{advice}");
    app.on("2026-03-02");
    let late = |day: &str| json!({"reason": "staff_shortage", "expectedOn": day});
    worker.post(&format!("{at}/delays"), late("2026-04-28")).await.id();
    assert_eq!(risks(&worker, "D-ADV").await, ["advice_expected_late"]);
    assert_eq!(risks(&worker, "D-16W").await, ["advice_expected_late"]);
    assert_eq!(risks(&worker, "D-20W").await, [""; 0], "28 April is before the twenty weeks end");
    app.on("2026-03-03");
    worker.post(&format!("{at}/delays"), late("2026-04-27")).await.id();
    assert_eq!(risks(&worker, "D-16W").await, [""; 0], "what was said last counts");

    app.on("2026-03-24");
    assert_eq!(risks(&worker, "D-16W").await, [""; 0], "its last day");
    app.on("2026-03-25");
    assert_eq!(risks(&worker, "D-16W").await, ["advice_overdue"]);
    assert_eq!(risks(&worker, "D-20W").await, ["advice_overdue"]);
    worker.post(&format!("{at}/progress"), json!({"answer": "no_capacity"})).await.id();
    assert_eq!(risks(&worker, "D-16W").await, ["advice_overdue", "advice_refused"]);
    worker.post(&format!("{at}/progress"), json!({"returnedOn": "2026-03-25", "words": "Advice."})).await.id();
    assert_eq!(risks(&worker, "D-16W").await, [""; 0]);
}

#[actix_web::test]
async fn without_a_draft_the_plan_is_at_risk_once_the_familys_and_a_settings_days_do_not_fit_any_more() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    assess(&app, &case, "2026-02-10").await;
    let advice = ask_for_advice(&app, &case, "2026-02-10").await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    app.on("2026-03-20");
    let path = format!("/v1/cases/{case}/advice-requests/{advice}/progress");
    worker.post(&path, json!({"returnedOn": "2026-03-20", "words": "Advice."})).await.id();
    let body = json!({"outcome": "issue", "reasons": "Needs a plan.", "notifiedOn": "2026-03-20"});
    officer.change(&case, "plan-decision", body).await.id();
    // Twenty weeks end on 25 May; thirty days before it is 25 April.
    app.on("2026-04-25");
    assert_eq!((risks(&worker, "D-20W").await, risks(&worker, "D-DRAFT").await), (vec![], vec![]));
    app.on("2026-04-26");
    assert_eq!(risks(&worker, "D-20W").await, ["no_draft"]);
    assert_eq!(risks(&worker, "D-DRAFT").await, ["no_draft"]);
    worker.change(&case, "draft-plans", json!({"sections": {"b": "Needs."}})).await.id();
    assert_eq!(risks(&worker, "D-20W").await, [""; 0]);
}

#[actix_web::test]
async fn a_setting_that_does_not_answer_in_time_puts_the_plan_at_risk() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    allocate(&app, &case, staff_id(Role::CaseWorker, 311)).await;
    let worker = app.client(Role::CaseWorker);
    let consultations = worker.get(&format!("/v1/cases/{case}/consultations")).await.ok();
    let answer = format!("/v1/cases/{case}/consultations/{}/answer", consultations["data"][0]["id"].as_str().unwrap());
    worker.post(&answer, json!({"receivedOn": "2026-04-20"})).await.id();
    app.on("2026-05-05");
    assert_eq!(risks(&worker, "D-20W").await, [""; 0]);
    app.on("2026-05-06");
    assert_eq!(risks(&worker, "D-20W").await, ["consultation_unanswered"]);
    worker.post(&answer, json!({"answer": "full"})).await.id();
    assert_eq!(risks(&worker, "D-20W").await, [""; 0]);
    // Received on 10 May, the fifteen days end with the twenty weeks; on 11 May, after them.
    let consulted = json!({"settings": [{"setting": "urn:900002"}]});
    app.on("2026-05-11");
    let second = worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
    let answer = format!("/v1/cases/{case}/consultations/{second}/answer");
    worker.post(&answer, json!({"receivedOn": "2026-05-11"})).await.id();
    assert_eq!(risks(&worker, "D-20W").await, ["consultation_unanswered"]);
}

#[actix_web::test]
async fn a_panel_that_meets_after_the_limit_puts_the_decision_at_risk_and_on_its_last_day_does_not() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    let item = json!({"case": case, "why": ["complex"], "question": "assess"});
    for (meets_on, expected) in [("2026-02-16", vec![]), ("2026-02-17", vec!["panel_too_late"])] {
        let members = json!([{"member": subject("panel_member"), "agency": "health"}]);
        let body = json!({"panel": "EHC panel", "meetsOn": meets_on, "members": members});
        let panel = worker.post("/v1/panels", body).await.id();
        worker.post(&format!("/v1/panels/{panel}/items"), item.clone()).await.id();
        assert_eq!(risks(&worker, "D-6W").await, expected, "{meets_on}");
    }
    assert_eq!(told(&worker, "&atRisk=true", "rule").await, ["D-6W"]);
}

#[actix_web::test]
async fn a_review_is_at_risk_once_the_four_weeks_after_its_meeting_do_not_fit_into_the_year() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    allocate(&app, &case, staff_id(Role::CaseWorker, 311)).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-05");
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs."}});
    worker.change(&case, "final-plan", body).await.id();
    app.on("2027-04-06");
    assert_eq!(risks(&worker, "D-AR12").await, [""; 0]);
    app.on("2027-04-07");
    assert_eq!(risks(&worker, "D-AR12").await, ["review_meeting_open"]);
}
