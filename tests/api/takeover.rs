//! A plan that was made before the record begins: taken over as it stands, reviewed like any other, counted in no figure of new plans.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, staff_id};

async fn registered(app: &TestApp) -> (Client, String) {
    let worker = app.client(Role::CaseWorker);
    let identity = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2014-03-14"});
    let child = worker.post("/v1/children", json!({"identity": identity})).await.id();
    (worker, child)
}

fn plan_of(child: &str) -> Value {
    json!({"child": child, "madeOn": "2021-11-08", "placement": {"names": "setting", "setting": "urn:900001"},
           "sections": {"b": "Speech and language needs."}})
}

#[actix_web::test]
async fn it_is_shown_reviewed_and_owed_like_any_other_plan() {
    let app = TestApp::start().await;
    let (worker, child) = registered(&app).await;
    let taken = worker.post("/v1/plans", plan_of(&child)).await.ok();
    let (plan, case) = (taken["id"].as_str().unwrap(), taken["case"].as_str().unwrap());
    let shown = worker.get(&format!("/v1/plans/{plan}")).await.ok();
    assert_eq!((&shown["madeOn"], &shown["sections"]["b"]), (&json!("2021-11-08"), &json!("Speech and language needs.")));
    let school = app.school("900001");
    assert_eq!(school.get(&format!("/v1/plans/{plan}")).await.ok()["child"], json!(child), "the school that it names");
    let case_shown = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!((&case_shown["stage"], &case_shown["requestedBy"]), (&json!("plan_issued"), &Value::Null));
    assert_eq!(case_shown["nextDue"]["on"], "2022-11-07", "twelve months, beginning with the day it was made");

    let held = json!({"meetingOn": "2025-10-06", "reportOn": "2025-10-20"});
    let review = worker.post(&format!("/v1/plans/{plan}/reviews"), held).await.id();
    let mut decided = json!({"outcome": "maintain", "decidedOn": "2025-10-27", "notifiedOn": "2025-10-27"});
    decided["reasons"] = json!("The outcomes still fit.");
    let path = format!("/v1/plans/{plan}/reviews/{review}/decision");
    let officer = app.client(Role::DecisionMaker);
    officer.get(&format!("/v1/plans/{plan}")).await.ok();
    officer.post(&path, decided).await.id();
    let reviews = worker.get("/v1/reviews").await.ok();
    let due: Vec<_> = reviews["data"].as_array().unwrap().iter().map(|line| line["dueOn"].as_str().unwrap()).collect();
    assert!(due.contains(&"2026-10-26"), "{due:?}");
}

#[actix_web::test]
async fn its_next_twelve_months_run_from_the_last_review_wherever_that_was_recorded() {
    let app = TestApp::start().await;
    let (worker, child) = registered(&app).await;
    let mut body = plan_of(&child);
    for (field, day) in [("lastReviewedOn", "2021-11-07"), ("maintainedFrom", "2021-11-07"), ("maintainedFrom", "2026-01-06")] {
        let mut wrong = body.clone();
        wrong[field] = json!(day);
        assert_eq!(worker.post("/v1/plans", wrong).await.problem(422)["errors"][0]["pointer"], json!(format!("/{field}")));
    }
    body["lastReviewedOn"] = json!("2025-11-03");
    body["madeBy"] = json!("309");
    body["maintainedFrom"] = json!("2024-04-08");
    let case = worker.post("/v1/plans", body).await.ok()["case"].as_str().unwrap().to_owned();
    let duties = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let due: Vec<_> = duties["deadlines"].as_array().unwrap().iter().map(|duty| (&duty["rule"], &duty["dueOn"])).collect();
    assert_eq!(due, [(&json!("D-AR12"), &json!("2026-11-02"))]);
}

#[actix_web::test]
async fn it_has_no_assessment_here_and_counts_in_no_figure_of_new_plans() {
    let app = TestApp::start().await;
    let (worker, child) = registered(&app).await;
    let case = worker.post("/v1/plans", plan_of(&child)).await.ok()["case"].as_str().unwrap().to_owned();
    let figures = app.client(Role::Manager).get("/v1/statistics/timeliness?from=2021-01-01&to=2021-12-31").await.ok();
    assert_eq!(figures["data"].as_array().unwrap().iter().filter(|line| line["includingExceptions"]["issued"] != 0).count(), 0);
    let shown = worker.get(&format!("/v1/cases/{case}")).await.ok();
    let actions = shown["allowedActions"].as_array().unwrap();
    for assessment in ["request_advice", "reuse_advice", "serve_draft_plan"] {
        let action = actions.iter().find(|action| action["action"] == assessment).unwrap();
        assert_eq!((&action["allowed"], &action["code"]), (&json!(false), &json!("plan_taken_over")), "{assessment}");
    }
    // What the child needs anew is asked for anew.
    let asked = json!({"child": {"id": child}, "requestedBy": "parent", "receivedOn": "2026-01-05"});
    let asked = worker.post("/v1/requests", asked).await.id();
    assert_ne!(asked, case);
}

#[actix_web::test]
async fn a_child_has_one_plan_made_on_a_day_that_has_come() {
    let app = TestApp::start().await;
    let (worker, child) = registered(&app).await;
    let mut body = plan_of(&child);
    body["madeOn"] = json!("2026-01-06");
    assert_eq!(worker.post("/v1/plans", body).await.problem(422)["errors"][0]["pointer"], "/madeOn");
    worker.post("/v1/plans", plan_of(&child)).await.id();
    assert_eq!(worker.post("/v1/plans", plan_of(&child)).await.problem(422)["errors"][0]["code"], "has_a_plan");
    let unknown = plan_of("0190b0a0-0000-7000-8000-00000000dead");
    assert_eq!(worker.post("/v1/plans", unknown).await.problem(422)["errors"][0]["code"], "unknown_child");
    assert_eq!(app.school("900001").post("/v1/plans", plan_of(&child)).await.problem(403)["code"], "not_permitted");
}

#[actix_web::test]
async fn it_belongs_to_the_case_worker_who_was_named_until_somebody_else_is() {
    let app = TestApp::start().await;
    let (worker, child) = registered(&app).await;
    let (first, second) = (staff_id(Role::CaseWorker, 311), staff_id(Role::Manager, 311));
    let mut body = plan_of(&child);
    body["caseWorker"] = json!("0190b0a0-0000-7000-8000-00000000dead");
    assert_eq!(worker.post("/v1/plans", body.clone()).await.problem(422)["errors"][0]["pointer"], "/caseWorker");
    body["caseWorker"] = json!(first);
    let case = worker.post("/v1/plans", body).await.ok()["case"].as_str().unwrap().to_owned();
    let own = format!("/v1/cases?caseWorker={first}");
    assert_eq!(worker.get(&own).await.ok()["data"][0]["id"], json!(case));
    worker.post(&format!("/v1/cases/{case}/allocation"), json!({"caseWorker": second})).await.id();
    assert_eq!(worker.get(&own).await.ok()["data"], json!([]));
}
