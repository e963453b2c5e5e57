//! Who has how much, and how many cases are given to somebody else at once.

use ehc_casework::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, TestApp, staff_id};
use crate::worklist::{allocate, allocated_case, assess, case_worker, lines, team};

fn counts(open: i64, overdue: i64, at_risk: i64, soon: i64) -> Value {
    json!({"open": open, "plans": 0, "overdue": overdue, "atRisk": at_risk, "dueWithinSevenDays": soon})
}

/// What a case worker has.
async fn of(client: &Client, case_worker: Uuid) -> Value {
    let shown = client.get("/v1/workloads").await.ok();
    let data = shown["data"].as_array().unwrap();
    data.iter().find(|line| line["caseWorker"] == json!(case_worker)).unwrap()["cases"].clone()
}

#[actix_web::test]
async fn cases_are_counted_by_case_worker_and_team_and_what_nobody_has() {
    let app = TestApp::start().await;
    let north = team(&app, "North").await;
    let sam = case_worker(&app, "sam", Some(&north)).await;
    case_worker(&app, "kim", Some(&north)).await;
    let case = allocated_case(&app).await;
    let decided = app.school("900001").ask_for_assessment("Second").await;
    allocate(&app, &decided, sam).await;
    app.school("900001").ask_for_assessment("Third").await;
    let manager = app.client(Role::Manager);
    let own = staff_id(Role::CaseWorker, 311);

    app.on("2026-02-08");
    assert_eq!(of(&manager, own).await, counts(1, 0, 0, 0));
    app.on("2026-02-09");
    assert_eq!(of(&manager, own).await, counts(1, 0, 1, 1), "seven days are left");
    assess(&app, &decided, "2026-02-16").await;
    assert_eq!(of(&manager, sam).await, counts(1, 0, 0, 0));
    app.on("2026-02-17");
    assert_eq!(of(&manager, own).await, counts(1, 1, 1, 0), "one limit is missed and puts the next at risk");

    let whole = manager.get("/v1/workloads").await.ok();
    let names: Vec<_> = whole["data"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["case_worker", "kim", "sam"], "a case worker without cases has room for more");
    assert_eq!(whole["unallocated"], counts(1, 1, 1, 0));
    let of_north = manager.get(&format!("/v1/workloads?team={north}")).await.ok();
    assert_eq!(of_north["data"].as_array().unwrap().len(), 2);
    assert_eq!(of_north["teams"], json!([{"team": north, "name": "North", "cases": counts(1, 0, 0, 0)}]));
    assert_eq!(of_north["unallocated"], whole["unallocated"]);
    assert_eq!(manager.get("/v1/workloads?asOf=2026-02-15").await.ok()["unallocated"], counts(1, 0, 1, 1));
    assert_eq!(lines(&manager, &format!("&caseWorker={own}&overdue=true")).await[0]["case"], case);
}

#[actix_web::test]
async fn many_cases_are_reallocated_at_once_each_with_an_entry_of_its_own() {
    let app = TestApp::start().await;
    let sam = case_worker(&app, "sam", None).await;
    app.on("2026-01-05");
    let mut cases = Vec::new();
    for family in ["First", "Second", "Third"] {
        cases.push(app.school("900001").ask_for_assessment(family).await);
    }
    let manager = app.client(Role::Manager);
    let body = json!({"cases": cases, "caseWorker": sam});
    let reply = manager.post_with_key("/v1/reallocations", "all", body.clone()).await;
    assert_eq!(reply.status.as_u16(), 201, "{}", reply.text);
    let receipt = reply.ok();
    assert_eq!(of(&manager, sam).await["open"], 3);
    for (at, case) in cases.iter().enumerate() {
        let timeline = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/timeline")).await.ok();
        let last = timeline["data"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["id"]), (&json!("case_allocated"), &receipt["cases"][at]["entry"]));
        assert_eq!((&receipt["cases"][at]["case"], &receipt["cases"][at]["position"]), (&json!(case), &last["position"]));
    }
    let again = manager.post_with_key("/v1/reallocations", "all", body).await;
    assert_eq!((again.header("idempotent-replayed"), &again.body), (Some("true"), &receipt));
}

#[actix_web::test]
async fn where_one_case_cannot_be_reallocated_none_is_and_each_problem_names_its_case() {
    let app = TestApp::start().await;
    let sam = case_worker(&app, "sam", None).await;
    app.on("2026-01-05");
    let open = app.school("900001").ask_for_assessment("First").await;
    app.on("2026-01-07");
    let later = app.school("900001").ask_for_assessment("Second").await;
    let manager = app.client(Role::Manager);
    let body = json!({"cases": [open, Uuid::new_v4(), later, open], "caseWorker": sam, "on": "2026-01-06"});
    let problem = manager.post("/v1/reallocations", body).await.problem(422);
    let told: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told.iter().filter(|(pointer, _)| *pointer != "/cases/2").copied().collect::<Vec<_>>(),
        [("/cases/1", "unknown_case"), ("/cases/3", "told_twice")]
    );
    assert_eq!(of(&manager, sam).await["open"], 0);
    let unknown = json!({"cases": [open], "caseWorker": Uuid::new_v4()});
    assert_eq!(manager.post("/v1/reallocations", unknown).await.problem(422)["errors"][0]["pointer"], "/caseWorker");
    let none = json!({"cases": [], "caseWorker": sam});
    manager.post("/v1/reallocations", none).await.problem(422);
    app.school("900001").post("/v1/reallocations", json!({"cases": [open], "caseWorker": sam})).await.problem(403);
}

#[actix_web::test]
async fn both_cases_of_one_child_are_reallocated_together() {
    let app = TestApp::start().await;
    let sam = case_worker(&app, "sam", None).await;
    let first = allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    worker.change(&first, "withdrawal", json!({})).await.id();
    let child = worker.get(&format!("/v1/cases/{first}")).await.ok()["child"].clone();
    app.on("2026-02-02");
    let second = worker.post("/v1/requests", json!({"child": {"id": child}, "requestedBy": "parent"})).await.id();
    let body = json!({"cases": [second, first], "caseWorker": sam});
    app.client(Role::Manager).post("/v1/reallocations", body).await.ok();
    for case in [first, second] {
        assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["caseWorker"], json!(sam));
    }
}
