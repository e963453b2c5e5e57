//! The register of alternative provision and the list of vulnerable children: queries over where children are and what is flagged.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, person, relate, with};
use crate::placement_terms::{a_child_without_a_case, a_setting};
use crate::support::{Client, TestApp};

async fn register(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/v1/alternative-provision{query}")).await.ok()["data"].as_array().unwrap().clone()
}

/// Each child on the list with the reasons.
async fn watched(client: &Client, query: &str) -> Vec<(String, Vec<String>)> {
    let list = client.get(&format!("/v1/oversight?{query}")).await.ok();
    let reasons = |line: &Value| {
        line["because"].as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let lines = list["data"].as_array().unwrap();
    lines.iter().map(|line| (line["child"].as_str().unwrap().to_owned(), reasons(line))).collect()
}

#[actix_web::test]
async fn the_register_holds_children_without_a_plan_or_a_case_and_what_the_place_did_for_them() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let terms = json!({"weeklyHours": 20, "reintegrateBy": "2026-02-13"});
    let body =
        json!({"child": child, "kind": "alternative_provision", "setting": "urn:900011", "from": "2026-01-05", "terms": terms});
    let id = worker.post("/v1/placements", body).await.id();
    let line = &register(&worker, "").await[0];
    assert_eq!((&line["givenName"], &line["hasCase"], &line["hasPlan"]), (&json!("Amira"), &json!(false), &json!(false)));
    assert_eq!(line["placement"]["terms"]["weeklyHours"], 20);
    for (day, overdue) in [("2026-02-13", false), ("2026-02-14", true)] {
        app.on(day);
        assert_eq!(register(&worker, "").await[0]["reintegrationOverdue"], json!(overdue), "{day}");
    }
    app.on("2026-02-23");
    let back = json!({"on": "2026-02-23", "setting": "urn:900001", "fullTime": true, "impact": "Comes to every lesson."});
    worker.post(&format!("/v1/placements/{id}/reintegration"), back).await.id();
    assert_eq!(register(&worker, "").await.len(), 0, "the last day there was the day before");
    let line = &register(&worker, "?from=2026-02-22&to=2026-02-22").await[0];
    assert_eq!((&line["impact"], &line["reintegrationOverdue"]), (&json!("Comes to every lesson."), &json!(false)));
    assert_eq!((&line["placement"]["reintegratedOn"], &line["placement"]["until"]), (&json!("2026-02-23"), &json!("2026-02-22")));
    let shown = worker.get(&format!("/v1/placements/{id}")).await.ok();
    assert_eq!(shown["reintegration"]["setting"], "urn:900001");
}

#[actix_web::test]
async fn back_for_a_part_of_the_week_the_place_goes_on() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let body = json!({"child": child, "kind": "alternative_provision", "from": "2026-01-05"});
    let id = worker.post("/v1/placements", body).await.id();
    app.on("2026-02-23");
    worker.post(&format!("/v1/placements/{id}/reintegration"), json!({"fullTime": false})).await.id();
    let line = &register(&worker, "").await[0];
    assert_eq!((&line["placement"]["reintegratedOn"], &line["placement"]["until"]), (&json!("2026-02-23"), &Value::Null));
}

#[actix_web::test]
async fn a_place_at_a_pupil_referral_unit_is_on_the_register_however_it_was_recorded() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    a_setting(&app, "900011", "alternative_provision", Some("311")).await;
    worker.post("/v1/placements", json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await.id();
    worker
        .post("/v1/placements", json!({"child": child, "setting": "urn:900011", "from": "2026-01-05", "alongside": true}))
        .await
        .id();
    let told = register(&worker, "").await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["placement"]["setting"], &told[0]["hasCase"]), (&json!("urn:900011"), &json!(true)));
    for role in [Role::School, Role::Family, Role::AdviceGiver] {
        let client = app.client_of(role, "311", Some("urn:900011"), "somebody");
        client.get("/v1/alternative-provision").await.problem(403);
        client.get("/v1/oversight").await.problem(403);
    }
}

#[actix_web::test]
async fn each_reason_puts_a_child_on_the_list_while_it_holds() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    for (urn, setting_type, authority) in [
        ("900005", "independent_school", Some("311")),
        ("900006", "non_maintained_special_school", Some("311")),
        ("900007", "maintained_special_school", Some("301")),
        ("900008", "maintained_special_school", Some("311")),
    ] {
        a_setting(&app, urn, setting_type, authority).await;
    }
    let mut children = Vec::new();
    for name in ["Amira", "Ben", "Cleo", "Dan", "Eve"] {
        children.push(a_child_without_a_case(&app, name).await);
    }
    let placed = async |child: &str, setting: &str, weeks: Option<u8>| {
        let terms = json!({"residentialWeeks": weeks});
        let body = json!({"child": child, "setting": setting, "from": "2026-01-05", "until": "2026-07-21", "terms": terms});
        worker.post("/v1/placements", body).await.id();
    };
    placed(&children[0], "urn:900005", None).await;
    placed(&children[1], "urn:900006", Some(52)).await;
    placed(&children[2], "urn:900007", Some(38)).await;
    placed(&children[3], "urn:900008", Some(38)).await;
    placed(&children[4], "urn:900007", None).await;
    let of = |child: usize, reasons: &[&str]| {
        (children[child].clone(), reasons.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    };
    let mut expected = vec![of(0, &["independent"]), of(1, &["non_maintained"]), of(2, &["residential_out_of_borough"])];
    expected.sort();
    assert_eq!(watched(&worker, "").await, expected);
    assert_eq!(watched(&worker, "on=2026-07-21").await, expected);
    assert_eq!(watched(&worker, "on=2026-07-22").await, []);
    assert_eq!(watched(&worker, "reason=non_maintained").await, [of(1, &["non_maintained"])]);
    assert_eq!(watched(&worker, "on=2026-07-21&limit=1").await.len(), 1);
}

#[actix_web::test]
async fn a_social_worker_and_youth_justice_put_a_child_on_the_list_until_it_is_over() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, related) = a_child(&app, "Amira", "2017-03-14").await;
    relate(
        &app,
        &related,
        with(person("social_worker", "sam"), json!({"authority": "311", "account": null, "to": "2026-03-01"})),
    )
    .await;
    let (_, flagged) = a_child(&app, "Ben", "2011-03-14").await;
    let path = format!("/v1/children/{flagged}/flags");
    worker.post(&path, json!({"flag": "youth_justice", "words": "Told by the service."})).await.id();
    worker.post(&path, json!({"flag": "social_worker"})).await.id();
    let twice = worker.post(&path, json!({"flag": "youth_justice"})).await.problem(409);
    assert_eq!(twice["reason"], "already_recorded");
    let mut expected = vec![
        (related.clone(), vec!["social_worker".to_owned()]),
        (flagged.clone(), vec!["social_worker".to_owned(), "youth_justice".to_owned()]),
    ];
    expected.sort();
    assert_eq!(watched(&worker, "").await, expected);
    assert_eq!(watched(&worker, "on=2026-02-28").await.len(), 2, "a social worker until the day before the first of March");
    assert_eq!(watched(&worker, "on=2026-03-01").await.len(), 1);
    app.on("2026-02-02");
    worker.post(&format!("{path}/end"), json!({"flag": "youth_justice"})).await.id();
    assert_eq!(watched(&worker, "reason=youth_justice").await.len(), 1, "on its last day it holds");
    app.on("2026-02-03");
    assert_eq!(watched(&worker, "reason=youth_justice").await, []);
    assert_eq!(worker.post(&format!("{path}/end"), json!({"flag": "youth_justice"})).await.problem(409)["reason"], "not_flagged");
    let flags = worker.get(&path).await.ok();
    let told: Vec<_> = flags["data"].as_array().unwrap().iter().map(|one| (&one["flag"], &one["until"])).collect();
    assert!(told.contains(&(&json!("youth_justice"), &json!("2026-02-02"))), "{told:?}");
    app.school("900001").get(&path).await.problem(403);
}
