//! Do deadlines and figures follow a correction, and does the past stay as it was known?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{TestApp, request_for};

fn entry(timeline: &Value, kind: &str) -> Value {
    let entries = timeline["data"].as_array().unwrap();
    entries.iter().find(|entry| entry["kind"] == kind).unwrap()["id"].clone()
}

#[actix_web::test]
async fn a_decision_recorded_wrongly_is_put_right_and_duties_and_figures_follow() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    app.on("2026-02-10");
    let body = json!({"outcome": "refuse", "reasons": "As minuted.", "notifiedOn": "2026-02-10"});
    officer.change(&case, "assessment-decision", body).await.ok();
    let figures = "/v1/statistics/requests?from=2026-01-01&to=2026-12-31";
    let manager = app.client(Role::Manager);
    let counted = |line: Value| (line["data"][0]["assessed"].clone(), line["data"][0]["refused"].clone());
    assert_eq!(counted(manager.get(figures).await.ok()), (json!(0), json!(1)));

    app.on("2026-02-12");
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let of = entry(&timeline, "assessment_decided");
    let body = json!({"of": of, "set": {"outcome": "assess"}, "why": "The minutes of the next item were copied."});
    worker.change(&case, "corrections", body).await.ok();

    let seen = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!((&seen["stage"], &seen["assessmentDecision"]["outcome"]), (&json!("assessing"), &json!("assess")));
    assert_eq!(counted(manager.get(figures).await.ok()), (json!(1), json!(0)));
    let running = |deadlines: Value| {
        let all = deadlines["deadlines"].as_array().unwrap().clone();
        all.iter().find(|line| line["rule"] == "D-20W").unwrap()["state"].clone()
    };
    let path = format!("/v1/cases/{case}/deadlines");
    assert_eq!(running(worker.get(&path).await.ok()), "running");

    app.on("2026-02-13");
    assert_eq!(running(worker.get(&format!("{path}?asOf=2026-02-11")).await.ok()), "fell_away");
    assert_eq!(worker.get(&format!("/v1/cases/{case}?asOf=2026-02-11")).await.ok()["stage"], "assessment_refused");
    assert_eq!(counted(manager.get(&format!("{figures}&asOf=2026-02-11")).await.ok()), (json!(0), json!(1)));
}

#[actix_web::test]
async fn a_request_recorded_for_the_wrong_child_is_struck_there_and_stands_with_the_right_one_from_the_day_it_came() {
    let app = TestApp::start().await;
    let (worker, school) = (app.client(Role::CaseWorker), app.school("900001"));
    let mut letter = request_for("Wrong");
    letter["receivedOn"] = json!("2026-01-02");
    letter["setting"] = json!("urn:900001");
    let wrong = worker.post("/v1/requests", letter.clone()).await.id();
    let child = worker.get(&format!("/v1/cases/{wrong}")).await.ok()["child"].clone();
    school.get(&format!("/v1/cases/{wrong}")).await.ok();

    app.on("2026-01-12");
    let timeline = worker.get(&format!("/v1/cases/{wrong}/timeline")).await.ok();
    let body = json!({"of": entry(&timeline, "request_received"), "why": "The letter was about another child."});
    worker.change(&wrong, "strikes", body).await.ok();
    letter["child"]["familyName"] = json!("Right");
    letter["receivedOn"] = json!("2026-01-02");
    let right = worker.post("/v1/requests", letter).await.id();

    // Whoever saw the child because of the request sees nothing of it any more: it may be another family's.
    school.get(&format!("/v1/cases/{wrong}")).await.problem(404);
    school.get(&format!("/v1/children/{}", child.as_str().unwrap())).await.problem(404);
    worker.get(&format!("/v1/cases/{wrong}")).await.problem(404);
    let due = |deadlines: Value| {
        let all = deadlines["deadlines"].as_array().unwrap().clone();
        all.iter().find(|line| line["rule"] == "D-6W").unwrap()["dueOn"].clone()
    };
    assert_eq!(due(worker.get(&format!("/v1/cases/{right}/deadlines")).await.ok()), "2026-02-13");
    let manager = app.client(Role::Manager);
    let figures = "/v1/statistics/requests?from=2026-01-01&to=2026-12-31";
    assert_eq!(manager.get(figures).await.ok()["data"][0]["received"], 1);

    app.on("2026-01-13");
    let then = worker.get(&format!("/v1/cases/{wrong}?asOf=2026-01-11")).await.ok();
    assert_eq!(then["stage"], "considering");
    let lines = worker.get("/v1/cases?asOf=2026-01-11").await.ok();
    assert_eq!(lines["data"].as_array().unwrap().len(), 1);
    assert_eq!(lines["data"][0]["id"], json!(wrong));
}

#[actix_web::test]
async fn a_fact_that_was_left_out_can_be_supplied_and_one_that_does_not_exist_cannot() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let mut letter = request_for("Example");
    letter["requestedBy"] = json!("parent");
    let case = worker.post("/v1/requests", letter).await.id();
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let of = entry(&timeline, "request_received");
    let body = json!({"of": of, "set": {"setting": "urn:900002"}, "why": "The letter names the school."});
    worker.change(&case, "corrections", body).await.ok();
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["setting"], "urn:900002");
    let body = json!({"of": of, "set": {"weather": "rain", "case": case, "by": "nobody"}, "why": "For no reason."});
    let problem = worker.change(&case, "corrections", body).await.problem(422);
    let found: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (&e["pointer"], &e["code"])).collect();
    assert_eq!(
        found,
        [
            (&json!("/set/by"), &json!("invalid")),
            (&json!("/set/case"), &json!("not_correctable")),
            (&json!("/set/weather"), &json!("unknown_field"))
        ]
    );
}
