//! Claims of exceptions at their edges: where the days come from, what is no exception, and calendars of closures.

use actix_web::http::Method;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp};

const CLOSURES: &str = "/v1/settings/urn:900001/closures";

async fn with_setting() -> TestApp {
    let app = TestApp::start().await;
    let setting = json!({"id": "urn:900001", "name": "Example Primary School", "settingType": "academy", "phase": "primary"});
    app.client(Role::Administrator).post("/v1/settings", setting).await.ok();
    app
}

async fn put(client: &Client, path: &str, closures: Value) -> Reply {
    client.app.call(client.request(Method::PUT, path).set_json(json!({"closures": closures}))).await
}

#[actix_web::test]
async fn a_calendar_says_what_each_closure_means_for_an_exception() {
    let app = with_setting().await;
    let worker = app.client(Role::CaseWorker);
    let closures = json!([
        {"from": "2026-07-22", "to": "2026-08-18", "name": "Summer holidays"},
        {"from": "2026-04-01", "to": "2026-04-27", "name": "Flood"}
    ]);
    put(&worker, CLOSURES, closures).await.ok();
    let shown = worker.get(CLOSURES).await.ok();
    let told: Vec<_> = shown["data"].as_array().unwrap().iter().map(|c| (c["days"].clone(), c["longEnough"].clone())).collect();
    assert_eq!(told, [(json!(27), json!(false)), (json!(28), json!(true))]);
    assert_eq!((&shown["data"][1]["adviceFrom"], &shown["data"][1]["adviceTo"]), (&json!("2026-07-15"), &json!("2026-08-12")));
    put(&app.client(Role::Administrator), CLOSURES, json!([])).await.ok();
    assert_eq!(worker.get(CLOSURES).await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn a_calendar_that_cannot_be_is_refused_and_changes_nothing() {
    let app = with_setting().await;
    let worker = app.client(Role::CaseWorker);
    put(&worker, CLOSURES, json!([{"from": "2026-07-22", "to": "2026-09-01", "name": "Summer"}])).await.ok();
    let closures = json!([
        {"from": "2026-07-22", "to": "2026-07-21", "name": "Backwards"},
        {"from": "2026-10-26", "to": "2026-10-30", "name": "Half-term"},
        {"from": "2026-10-30", "to": "2026-11-01", "name": "Overlapping"}
    ]);
    let problem = put(&worker, CLOSURES, closures).await.problem(422);
    let codes: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (&e["pointer"], &e["code"])).collect();
    let expected = [("/closures/0/to", "ends_before_it_begins"), ("/closures/2/from", "overlaps")];
    assert_eq!(codes, expected.map(|(at, code)| (json!(at), json!(code))).iter().map(|(a, c)| (a, c)).collect::<Vec<_>>());
    assert_eq!(worker.get(CLOSURES).await.ok()["data"].as_array().unwrap().len(), 1);
    put(&worker, "/v1/settings/urn:900002/closures", json!([])).await.problem(404);
    put(&worker, "/v1/settings/nonsense/closures", json!([])).await.problem(404);
    put(&app.client(Role::Manager), CLOSURES, json!([])).await.problem(403);
}

#[actix_web::test]
async fn a_claim_needs_days_from_itself_or_from_a_calendar_and_evidence() {
    let app = with_setting().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let path = format!("/v1/cases/{case}/exceptions");
    let codes = |problem: Value| problem["errors"].as_array().unwrap().iter().map(|e| e["code"].clone()).collect::<Vec<_>>();
    let no_days = json!({"paragraph": "X13.3c", "evidence": "A letter."});
    assert_eq!(codes(worker.post(&path, no_days).await.problem(422)), ["required", "required"]);
    let absence_by_calendar = json!({"paragraph": "X13.3d", "setting": "urn:900001", "evidence": "A letter."});
    assert_eq!(codes(worker.post(&path, absence_by_calendar).await.problem(422)), ["required", "required"]);
    let no_calendar = json!({"paragraph": "X13.3a", "setting": "urn:900001", "evidence": "The calendar."});
    assert_eq!(codes(worker.post(&path, no_calendar).await.problem(422)), ["no_closure_in_calendar"]);
    let blank = json!({"paragraph": "X13.3c", "from": "2026-01-05", "to": "2026-01-05", "evidence": "  "});
    assert_eq!(codes(worker.post(&path, blank).await.problem(422)), ["required"]);
    let none = json!({"paragraph": "X13.3c", "from": "2026-01-05", "to": "2026-01-05"});
    worker.post(&path, none).await.problem(422);
    assert_eq!(worker.get(&path).await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn a_claim_whose_terms_are_not_met_is_recorded_once_acknowledged_and_excuses_nothing() {
    let app = with_setting().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let path = format!("/v1/cases/{case}/exceptions");
    app.on("2026-06-01");
    let mut away = json!({"paragraph": "X13.3d", "from": "2026-03-02", "to": "2026-03-28", "evidence": "A letter."});
    let problem = worker.post(&path, away.clone()).await.problem(409);
    assert_eq!(problem["concerns"][0]["concern"], "exception_terms_not_met");
    away["acknowledge"] = json!([{"concern": "exception_terms_not_met", "reason": "So the team decided."}]);
    let claimed = worker.post(&path, away).await.ok();
    assert_eq!(claimed["concerns"], json!(["exception_terms_not_met"]));
    assert_eq!(claimed["termsMet"], false);
    let claim = &worker.get(&path).await.ok()["data"][0];
    assert_eq!((&claim["termsMet"], &claim["stands"]), (&json!(false), &json!(true)));
    let duty = json!({"rule": "D-20W", "about": null, "dueOn": "2026-05-25", "termsMet": false,
        "why": "27 days of the absence lie within the limit's own time, and it takes 28 on end"});
    assert_eq!(claim["duties"], json!([duty]));
    assert_eq!(claim["evidence"], "A letter.");
    let to_the_school = app.school("900001").get(&path).await.ok();
    assert_eq!(to_the_school["data"][0]["evidence"], Value::Null, "evidence is for staff");
    let deadlines = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    assert!(deadlines["deadlines"].as_array().unwrap().iter().all(|duty| duty["state"] != "excused"));
}

#[actix_web::test]
async fn a_claim_speaks_of_this_case_and_only_of_claims_that_are_there() {
    let app = with_setting().await;
    let (one, other) =
        (app.school("900001").ask_for_assessment("Example").await, app.school("900001").ask_for_assessment("Another").await);
    let worker = app.client(Role::CaseWorker);
    let circumstances = json!({"paragraph": "X13.3c", "from": "2026-01-05", "to": "2026-01-05", "evidence": "A letter."});
    let claim = worker.post(&format!("/v1/cases/{one}/exceptions"), circumstances).await.id();
    let step = |case: &str, step: &str| format!("/v1/cases/{case}/exceptions/{claim}/{step}");
    worker.post(&step(&other, "notification"), json!({})).await.problem(404);
    worker.post(&step(&other, "withdrawal"), json!({"reason": "No."})).await.problem(404);
    worker.post(&step(&one, "withdrawal"), json!({"reason": "It was not so."})).await.id();
    assert_eq!(worker.post(&step(&one, "withdrawal"), json!({"reason": "Again."})).await.problem(409)["reason"], "no_such_claim");
}
