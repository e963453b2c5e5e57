//! Can whoever answers for it find, count and follow up what was recorded although the law says otherwise?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::a_child;
use crate::support::TestApp;

const EARLY: &str = "final_plan_before_response_time";

/// A case whose final plan went out on day nine of fifteen, and another whose draft names a school.
async fn two_departures(app: &TestApp) -> (String, String) {
    let worker = app.client(Role::CaseWorker);
    let hasty = app.case_with_draft().await;
    app.on("2026-04-28");
    let body = json!({
        "placement": {"names": "neither"}, "sections": {"b": "Needs."},
        "acknowledge": [{"concern": EARLY, "reason": "The family asked us to finalise at once."}]
    });
    worker.change(&hasty, "final-plan", body).await.ok();
    let other = app.school("900002").ask_for_assessment("Another").await;
    app.on("2026-05-11");
    let named = ["plan_without_assessment", "draft_names_placement"];
    let acknowledge: Vec<_> = named.iter().map(|name| json!({"concern": name, "reason": "Served by mistake."})).collect();
    let body = json!({"sections": {"i": "Example Primary School"}, "acknowledge": acknowledge});
    worker.change(&other, "draft-plans", body).await.ok();
    (hasty, other)
}

fn names(page: &Value) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|line| line["concern"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_manager_finds_each_concern_with_its_provision_its_case_and_who_acknowledged_it() {
    let app = TestApp::start().await;
    let (hasty, other) = two_departures(&app).await;
    let manager = app.client(Role::Manager);
    let all = manager.get("/v1/concerns").await.ok();
    assert_eq!(names(&all), [EARLY, "draft_names_placement", "plan_without_assessment"]);
    let early = &all["data"][0];
    assert_eq!(early["case"], json!(hasty));
    assert_eq!(early["citation"]["text"], "SEND Regulations 2014, reg. 13(1)(a)");
    assert_eq!(early["acknowledged"]["reason"], "The family asked us to finalise at once.");
    assert!(early["acknowledged"]["by"].as_str().unwrap().contains("case_worker"), "{early}");
    let timeline = manager.get(&format!("/v1/cases/{hasty}/timeline")).await.ok();
    let entries = timeline["data"].as_array().unwrap();
    assert!(entries.iter().any(|entry| entry["id"] == early["acknowledged"]["entry"] && entry["kind"] == "final_plan_sent"));
    assert!(all["data"].as_array().unwrap()[1..].iter().all(|line| line["case"] == json!(other)));

    let one = manager.get("/v1/concerns?concern=draft_names_placement").await.ok();
    assert_eq!(names(&one), ["draft_names_placement"]);
    assert_eq!(names(&manager.get("/v1/concerns?acknowledged=false").await.ok()), Vec::<&str>::new());
    let first = manager.get("/v1/concerns?limit=2").await.ok();
    let rest = manager.get(&format!("/v1/concerns?limit=2&cursor={}", first["nextCursor"].as_str().unwrap())).await.ok();
    assert_eq!([names(&first), names(&rest)].concat(), names(&all));
    assert_eq!(rest["nextCursor"], Value::Null);
}

#[actix_web::test]
async fn concerns_are_counted_by_the_period_they_were_recorded_in() {
    let app = TestApp::start().await;
    two_departures(&app).await;
    let counted = app.client(Role::Manager).get("/v1/statistics/concerns?from=2026-01-01&to=2026-12-31&groupBy=month").await.ok();
    let line = |period, concern| json!({"period": period, "concern": concern, "cases": 1, "acknowledged": 1});
    let expected =
        [line("2026-04-01", EARLY), line("2026-05-01", "draft_names_placement"), line("2026-05-01", "plan_without_assessment")];
    assert_eq!(counted["data"], json!(expected));
}

#[actix_web::test]
async fn a_concern_goes_when_the_record_is_put_right_and_the_past_still_shows_it() {
    let app = TestApp::start().await;
    let (hasty, _) = two_departures(&app).await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    app.on("2026-06-01");
    let timeline = worker.get(&format!("/v1/cases/{hasty}/timeline")).await.ok();
    let entries = timeline["data"].as_array().unwrap();
    let sent = entries.iter().find(|entry| entry["kind"] == "final_plan_sent").unwrap();
    let body = json!({"of": sent["id"], "occurredOn": "2026-05-05", "why": "It was posted on 5 May."});
    worker.change(&hasty, "corrections", body).await.ok();
    assert!(!names(&manager.get("/v1/concerns").await.ok()).contains(&EARLY));
    assert!(names(&manager.get("/v1/concerns?asOf=2026-05-31").await.ok()).contains(&EARLY));
}

#[actix_web::test]
async fn a_concern_that_comes_of_a_correction_stands_without_a_word_until_somebody_says_why() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    app.on("2026-05-06");
    worker.change(&case, "final-plan", json!({"placement": {"names": "neither"}, "sections": {"b": "Needs."}})).await.ok();
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let served = timeline["data"].as_array().unwrap().iter().find(|entry| entry["kind"] == "draft_plan_served").unwrap().clone();
    let body = json!({"of": served["id"], "occurredOn": "2026-04-27", "why": "It was served a week later."});
    let problem = worker.change(&case, "corrections", body.clone()).await.problem(409);
    assert_eq!(problem["concerns"][0]["concern"], EARLY);
    let mut with_reason = body;
    with_reason["acknowledge"] = json!([{"concern": EARLY, "reason": "Found when the file was checked."}]);
    worker.change(&case, "corrections", with_reason).await.ok();
    let found = manager.get("/v1/concerns").await.ok();
    assert_eq!(found["data"][0]["acknowledged"]["reason"], "Found when the file was checked.");
}

#[actix_web::test]
async fn a_concern_of_a_placement_is_listed_and_counted_also_of_a_child_without_a_case() {
    let app = TestApp::start().await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    let (case, asked) = a_child(&app, "Amira", "2017-03-14").await;
    let identity = json!({"givenName": "Ben", "familyName": "Example", "bornOn": "2017-03-14"});
    let alone = worker.post("/v1/children", json!({"identity": identity})).await.id();
    let mut overlapping = Vec::new();
    for child in [&asked, &alone] {
        let placed = |setting: &str| json!({"child": child, "setting": setting, "from": "2025-09-01"});
        worker.post("/v1/placements", placed("urn:900001")).await.id();
        let mut second = placed("urn:900002");
        second["acknowledge"] = json!([{"concern": "placements_overlap", "reason": "Both schools registered the child."}]);
        overlapping.push(worker.post("/v1/placements", second).await.id());
    }
    let page = manager.get("/v1/concerns?concern=placements_overlap").await.ok();
    let told: Vec<_> = page["data"].as_array().unwrap().iter().map(|line| (&line["placement"], &line["case"])).collect();
    let mut expected = [(json!(overlapping[0]), json!(case)), (json!(overlapping[1]), Value::Null)];
    expected.sort_by_key(|(placement, _)| placement.to_string());
    assert_eq!(told, expected.each_ref().map(|(placement, case)| (placement, case)));
    assert_eq!(page["data"][0]["acknowledged"]["reason"], "Both schools registered the child.");
    let first = manager.get("/v1/concerns?concern=placements_overlap&limit=1").await.ok();
    let rest = format!("/v1/concerns?concern=placements_overlap&limit=1&cursor={}", first["nextCursor"].as_str().unwrap());
    assert_eq!(manager.get(&rest).await.ok()["data"][0]["placement"], *told[1].0);
    let counted = manager.get("/v1/statistics/concerns").await.ok();
    assert_eq!((&counted["data"][0]["concern"], &counted["data"][0]["cases"]), (&json!("placements_overlap"), &json!(2)));
}
