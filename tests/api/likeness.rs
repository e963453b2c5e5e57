//! Are like cases found and counted: beside an item of a panel, and over a time?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, subject};

/// A decision whether to assess, of a child with this need and day of birth at this setting, made on 10 February 2026; the case.
async fn decided(app: &TestApp, need: &str, born_on: &str, setting: &str, outcome: &str) -> String {
    let case = requested(app, need, born_on, setting).await;
    let body = json!({"outcome": outcome, "reasons": "So it is.", "decidedOn": "2026-02-10", "notifiedOn": "2026-02-10"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    case
}

async fn requested(app: &TestApp, need: &str, born_on: &str, setting: &str) -> String {
    let child = json!({"givenName": "A", "familyName": format!("{need} {born_on}"), "bornOn": born_on, "needs": [need]});
    let body = json!({"child": child, "requestedBy": "parent", "setting": setting, "receivedOn": "2026-01-05"});
    app.client(Role::CaseWorker).post("/v1/requests", body).await.id()
}

async fn settings(app: &TestApp) {
    for (id, setting_type, phase) in [
        ("urn:900001", "maintained_school", "primary"),
        ("urn:900002", "academy", "primary"),
        ("urn:900003", "academy", "secondary"),
    ] {
        let setting = json!({"id": id, "name": id, "settingType": setting_type, "phase": phase});
        app.client(Role::Administrator).post("/v1/settings", setting).await.ok();
    }
}

/// A panel of 12 May 2026 with one item that asks about a case, and the path of the item.
async fn item(app: &TestApp, case: &str, question: &str) -> String {
    let worker = app.client(Role::CaseWorker);
    let members = json!([{"member": subject("panel_member"), "agency": "school"}]);
    let panel = worker.post("/v1/panels", json!({"panel": "EHC panel", "meetsOn": "2026-05-12", "members": members})).await.id();
    let body = json!({"case": case, "why": ["complex"], "question": question});
    let item = worker.post(&format!("/v1/panels/{panel}/items"), body).await.id();
    format!("/v1/panels/{panel}/items/{item}")
}

async fn compared(client: &Client, item: &str) -> Value {
    client.get(&format!("{item}/comparable")).await.ok()
}

#[actix_web::test]
async fn alike_is_the_same_need_about_the_same_age_and_the_same_phase() {
    let app = TestApp::start().await;
    app.on("2026-05-05");
    settings(&app).await;
    let case = requested(&app, "SLCN", "2017-05-05", "urn:900001").await;
    let item = item(&app, &case, "assess").await;
    let worker = app.client(Role::CaseWorker);
    let none = compared(&worker, &item).await;
    assert_eq!((&none["need"], &none["byAge"], &none["byPhase"]), (&json!("SLCN"), &json!(true), &json!(true)));
    assert_eq!(none["outcomes"], json!([]), "nothing was decided yet, and the item's own case is no example of itself");

    // The child has lived 3,287 days; alike is who had lived at most 366 more or fewer on the day of the decision.
    let same = decided(&app, "SLCN", "2017-02-10", "urn:900002", "assess").await;
    let oldest = decided(&app, "SLCN", "2016-02-10", "urn:900001", "refuse").await;
    let youngest = decided(&app, "SLCN", "2018-02-11", "urn:900001", "assess").await;
    for (need, born_on, setting) in [
        ("SLCN", "2016-02-09", "urn:900001"),
        ("SLCN", "2018-02-12", "urn:900001"),
        ("ASD", "2017-02-10", "urn:900001"),
        ("SLCN", "2017-02-11", "urn:900003"),
    ] {
        decided(&app, need, born_on, setting, "refuse").await;
    }
    let found = compared(&worker, &item).await;
    let outcomes: Vec<_> =
        found["outcomes"].as_array().unwrap().iter().map(|one| (one["outcome"].clone(), one["cases"].clone())).collect();
    assert_eq!(outcomes, [(json!("assess"), json!(2)), (json!("refuse"), json!(1))]);
    let examples = found["outcomes"][0]["examples"].as_array().unwrap();
    assert!(examples.contains(&json!(same)) && examples.contains(&json!(youngest)));
    assert_eq!(found["outcomes"][1]["examples"], json!([oldest]));
}

#[actix_web::test]
async fn a_member_of_the_panel_sees_counts_without_cases_and_nothing_where_they_have_an_interest() {
    let app = TestApp::start().await;
    app.on("2026-05-05");
    settings(&app).await;
    let case = requested(&app, "SLCN", "2017-05-05", "urn:900001").await;
    let item = item(&app, &case, "assess").await;
    decided(&app, "SLCN", "2017-02-10", "urn:900002", "assess").await;
    let member = app.client(Role::PanelMember);
    let found = compared(&member, &item).await;
    assert_eq!(found["outcomes"], json!([{"outcome": "assess", "cases": 1, "examples": []}]));
    member.post(&format!("{item}/conflicts"), json!({"words": "The child is at my school."})).await.id();
    assert_eq!(member.get(&format!("{item}/comparable")).await.status.as_u16(), 404);
}

#[actix_web::test]
async fn a_question_that_ends_in_no_decision_of_its_own_is_compared_with_none() {
    let app = TestApp::start().await;
    app.on("2026-05-05");
    settings(&app).await;
    let case = decided(&app, "SLCN", "2017-05-05", "urn:900001", "assess").await;
    decided(&app, "SLCN", "2017-05-05", "urn:900002", "assess").await;
    let item = item(&app, &case, "placement_or_funding").await;
    let found = compared(&app.client(Role::CaseWorker), &item).await;
    assert_eq!((&found["question"], &found["outcomes"]), (&Value::Null, &json!([])));
}

#[actix_web::test]
async fn decisions_of_a_time_are_compared_by_question_and_need() {
    let app = TestApp::start().await;
    app.on("2026-05-05");
    settings(&app).await;
    for (need, outcome) in [("SLCN", "assess"), ("SLCN", "assess"), ("SLCN", "refuse"), ("ASD", "assess")] {
        let born_on = format!("2017-03-{:02}", 10 + app.number_of_cases().await);
        decided(&app, need, &born_on, "urn:900001", outcome).await;
    }
    let manager = app.client(Role::Manager);
    let over = |from: &str, to: &str| {
        let (manager, path) = (manager.clone(), format!("/v1/statistics/panels/consistency?from={from}&to={to}"));
        async move { manager.get(&path).await.ok()["data"].clone() }
    };
    let lines = json!([
        {"question": "assess", "need": "ASD", "decisions": 1, "shares": {"assess": 100.0}},
        {"question": "assess", "need": "SLCN", "decisions": 3, "shares": {"assess": 66.7, "refuse": 33.3}}
    ]);
    assert_eq!(over("2026-02-10", "2026-02-10").await, lines, "the first and the last day count");
    assert_eq!(over("2026-02-11", "2026-12-31").await, json!([]));
    assert_eq!(over("2026-01-01", "2026-02-09").await, json!([]));
    let now = manager.get("/v1/statistics/panels/consistency?from=2026-01-01&asOf=2026-05-04").await.ok();
    assert_eq!(now["data"], json!([]), "the day before they were recorded nobody knew of them");
    manager.get("/v1/statistics/panels/consistency?groupBy=month").await.problem(400);
}
