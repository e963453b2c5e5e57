//! Cover for leave: a worklist is lent from its first day to its last, both included.

use ehc_casework::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, TestApp, staff_id};
use crate::worklist::{allocated_case, case_worker, lines};

/// The case worker, a colleague of theirs, and the colleague's id.
async fn two_case_workers(app: &TestApp) -> (Client, Client, Uuid) {
    let sam = case_worker(app, "sam", None).await;
    (app.client(Role::CaseWorker), app.client_of(Role::CaseWorker, "311", None, "sam"), sam)
}

#[actix_web::test]
async fn a_list_is_lent_from_the_first_day_to_the_last() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let (worker, colleague, sam) = two_case_workers(&app).await;
    let own = staff_id(Role::CaseWorker, 311);
    worker.post("/v1/covers", json!({"coveredBy": sam, "from": "2026-01-12", "to": "2026-01-16"})).await.id();
    for (day, lent) in [("2026-01-11", false), ("2026-01-12", true), ("2026-01-16", true), ("2026-01-17", false)] {
        app.on(day);
        let shown = lines(&colleague, "").await;
        assert_eq!(shown.len(), if lent { 4 } else { 0 }, "{day}");
        assert!(shown.iter().all(|line| line["case"] == case && line["coveringFor"] == json!(own)), "{day}");
        let listed = colleague.get("/v1/covers").await.ok();
        let in_force: Vec<_> = listed["data"].as_array().unwrap().iter().map(|cover| cover["inForce"].clone()).collect();
        assert_eq!(in_force, if day < "2026-01-17" { vec![json!(lent)] } else { vec![] }, "{day}");
        let mine = lines(&worker, "").await;
        assert!(mine.len() == 4 && mine.iter().all(|line| line.get("coveringFor").is_none()), "lent, and not given away");
    }
}

#[actix_web::test]
async fn who_covers_for_somebody_has_the_messages_that_wait_for_their_answer() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let (worker, colleague, sam) = two_case_workers(&app).await;
    let body = json!({"to": [{"party": "case_worker"}], "words": "Whom can we ask about transport?"});
    let asked = app.school("900001").post(&format!("/v1/cases/{case}/messages"), body).await.id();
    worker.post("/v1/covers", json!({"coveredBy": sam, "from": "2026-01-12", "to": "2026-01-16"})).await.id();
    for (day, lent) in [("2026-01-11", false), ("2026-01-12", true), ("2026-01-16", true), ("2026-01-17", false)] {
        app.on(day);
        let inbox = colleague.get("/v1/messages").await.ok()["data"].take();
        let expected = if lent { vec![(asked.as_str(), json!(staff_id(Role::CaseWorker, 311)))] } else { vec![] };
        let shown: Vec<_> = inbox
            .as_array()
            .unwrap()
            .iter()
            .map(|line| (line["message"]["id"].as_str().unwrap(), line["coveringFor"].clone()))
            .collect();
        assert_eq!(shown, expected, "{day}");
        let own = worker.get("/v1/messages").await.ok()["data"].take();
        assert!(own[0]["message"]["id"] == json!(asked) && own[0].get("coveringFor").is_none(), "lent, and not given away");
    }
    let body = json!({"inReplyTo": asked, "words": "The travel team; I have told them."});
    app.on("2026-01-16");
    colleague.post(&format!("/v1/cases/{case}/messages"), body).await.id();
    assert_eq!(worker.get("/v1/messages").await.ok()["data"], json!([]), "answered for them");
}

#[actix_web::test]
async fn what_is_lent_to_somebody_is_not_lent_on() {
    let app = TestApp::start().await;
    allocated_case(&app).await;
    let (worker, colleague, sam) = two_case_workers(&app).await;
    let kim = case_worker(&app, "kim", None).await;
    worker.post("/v1/covers", json!({"coveredBy": sam, "from": "2026-01-05", "to": "2026-01-16"})).await.id();
    colleague.post("/v1/covers", json!({"coveredBy": kim, "from": "2026-01-05", "to": "2026-01-16"})).await.id();
    assert_eq!(lines(&app.client_of(Role::CaseWorker, "311", None, "kim"), "").await.len(), 0);
}

#[actix_web::test]
async fn a_cover_can_end_early_or_before_it_begins() {
    let app = TestApp::start().await;
    allocated_case(&app).await;
    let (worker, colleague, sam) = two_case_workers(&app).await;
    let lent = |from: &str, to: &str| json!({"coveredBy": sam, "from": from, "to": to});
    let first = worker.post("/v1/covers", lent("2026-01-05", "2026-01-16")).await.id();
    let second = worker.post("/v1/covers", lent("2026-02-02", "2026-02-06")).await.id();
    app.on("2026-01-07");
    let too_late = worker.post(&format!("/v1/covers/{first}/end"), json!({"lastDay": "2026-01-17"})).await.problem(422);
    assert_eq!(too_late["errors"][0]["code"], "after_its_end");
    worker.post(&format!("/v1/covers/{first}/end"), json!({})).await.id();
    worker.post(&format!("/v1/covers/{second}/end"), json!({})).await.id();
    assert_eq!(lines(&colleague, "").await.len(), 4, "today is its last day");
    let refused = worker.post(&format!("/v1/covers/{second}/end"), json!({})).await.problem(409);
    assert_eq!(refused["reason"], "cover_is_over");
    app.on("2026-01-08");
    assert_eq!(lines(&colleague, "").await.len(), 0);
    app.on("2026-02-02");
    assert_eq!(lines(&colleague, "").await.len(), 0);
}

#[actix_web::test]
async fn a_case_worker_lends_their_own_list_and_a_manager_anybodys() {
    let app = TestApp::start().await;
    allocated_case(&app).await;
    let (worker, colleague, sam) = two_case_workers(&app).await;
    let own = staff_id(Role::CaseWorker, 311);
    let lent = json!({"caseWorker": own, "coveredBy": sam, "from": "2026-01-05", "to": "2026-01-16"});
    assert_eq!(colleague.post("/v1/covers", lent.clone()).await.problem(403)["reason"], "keep_covers");
    let cover = app.client(Role::Manager).post("/v1/covers", lent).await.id();
    assert_eq!(lines(&colleague, "").await.len(), 4);
    colleague.post(&format!("/v1/covers/{cover}/end"), json!({})).await.problem(403);
    worker.post(&format!("/v1/covers/{cover}/end"), json!({})).await.id();
    app.client(Role::DecisionMaker).post(&format!("/v1/covers/{cover}/end"), json!({})).await.problem(403);
    app.school("900001")
        .post("/v1/covers", json!({"coveredBy": sam, "from": "2026-01-05", "to": "2026-01-16"}))
        .await
        .problem(403);
}

#[actix_web::test]
async fn a_cover_has_days_in_order_and_two_people_and_no_note_of_why() {
    let app = TestApp::start().await;
    let (worker, _, sam) = two_case_workers(&app).await;
    let own = staff_id(Role::CaseWorker, 311);
    let codes = |problem: Value| {
        problem["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let wrong = [
        (json!({"coveredBy": own, "from": "2026-01-16", "to": "2026-01-12"}), vec!["own_list", "before_from"]),
        (json!({"coveredBy": sam, "from": "2026-01-02", "to": "2026-01-04"}), vec!["is_over"]),
        (json!({"coveredBy": Uuid::new_v4(), "from": "2026-01-12", "to": "2026-01-16"}), vec!["unknown_staff"]),
        (json!({"coveredBy": sam, "from": "2026-01-12", "to": "2026-01-16", "why": "Ill."}), vec!["unknown_field"]),
    ];
    for (body, expected) in wrong {
        assert_eq!(codes(worker.post("/v1/covers", body).await.body), expected);
    }
    worker.post("/v1/covers", json!({"coveredBy": sam, "from": "2026-01-05", "to": "2026-01-05"})).await.id();
}
