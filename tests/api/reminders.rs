//! Reminders: a day, words, a case, for whom; and what was agreed in a contact reminds until it is done.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, account, minute, person, relate};
use crate::support::{Client, TestApp, staff_id};

async fn listed(reader: &Client, query: &str) -> Vec<(String, String, bool)> {
    let list = reader.get(&format!("/v1/reminders{query}")).await.ok();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let rows = list["data"].as_array().unwrap().iter();
    rows.map(|row| (text(row, "on"), text(row, "words"), row["overdue"].as_bool().unwrap())).collect()
}

fn line(on: &str, words: &str, overdue: bool) -> (String, String, bool) {
    (on.to_owned(), words.to_owned(), overdue)
}

#[actix_web::test]
async fn a_reminder_is_for_oneself_or_a_colleague_and_is_listed_by_day_with_what_is_overdue() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let remind = |on: &str, words: &str| json!({"case": case, "on": on, "words": words});
    worker.post("/v1/reminders", remind("2026-01-09", "second")).await.id();
    let first = worker.post("/v1/reminders", remind("2026-01-07", "first")).await.id();
    let mut colleague = remind("2026-01-08", "for the officer");
    colleague["staff"] = json!(staff_id(Role::DecisionMaker, 311));
    worker.post("/v1/reminders", colleague).await.id();

    app.on("2026-01-07");
    assert_eq!(
        listed(&worker, "").await,
        [line("2026-01-07", "first", false), line("2026-01-09", "second", false)],
        "on its day it is not overdue"
    );
    app.on("2026-01-08");
    assert_eq!(listed(&worker, "").await[0], line("2026-01-07", "first", true));
    assert_eq!(listed(&officer, "").await, [line("2026-01-08", "for the officer", false)]);
    assert_eq!(listed(&officer, &format!("?staff={}", staff_id(Role::CaseWorker, 311))).await.len(), 2);
    assert_eq!(listed(&worker, "?dueBefore=2026-01-09").await.len(), 1);
    let row = &worker.get("/v1/reminders").await.ok()["data"][0];
    assert_eq!((&row["kind"], &row["givenName"], &row["child"]), (&json!("made"), &json!("Amira"), &json!(child)));

    let done = format!("/v1/reminders/{first}/done");
    worker.post(&done, json!({})).await.id();
    assert_eq!(worker.post(&done, json!({})).await.problem(409)["reason"], "already_recorded");
    assert_eq!(listed(&worker, "").await, [line("2026-01-09", "second", false)]);
    assert_eq!(listed(&worker, "?done=true").await, [line("2026-01-07", "first", false)], "what is done is not overdue");

    assert_eq!(worker.post("/v1/reminders", remind("2026-01-07", "late")).await.problem(422)["errors"][0]["code"], "has_passed");
    let mut unknown = remind("2026-01-09", "x");
    unknown["case"] = json!(uuid::Uuid::new_v4());
    assert_eq!(worker.post("/v1/reminders", unknown).await.problem(422)["errors"][0]["pointer"], "/case");
    for outside in [account(&app, "mother"), app.school("900001")] {
        outside.get("/v1/reminders").await.problem(403);
        outside.post("/v1/reminders", remind("2026-01-09", "x")).await.problem(403);
    }
    let elsewhere = app.client_of(Role::CaseWorker, "309", None, "case_worker");
    assert_eq!(listed(&elsewhere, "").await, []);
    elsewhere.post(&format!("/v1/reminders/{first}/done"), json!({})).await.problem(404);
}

#[actix_web::test]
async fn what_was_agreed_with_a_day_reminds_whoever_does_it_or_the_case_worker_until_it_is_done() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let mother = relate(&app, &child, person("parent", "mother")).await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    let allocation = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
    worker.post(&format!("/v1/cases/{case}/allocation"), allocation).await.id();
    let contacts = format!("/v1/cases/{case}/contacts");
    let body = |said: &str| {
        json!({
            "means": "meeting", "with": [{"relationship": mother}], "said": said,
            "agreed": [
                {"what": "Send the report", "who": {"relationship": mother}, "by": "2026-01-12"},
                {"what": "Ring the school", "who": {"staff": staff_id(Role::Manager, 311)}, "by": "2026-01-09"},
                {"what": "Think about it", "who": {"relationship": mother}}
            ]
        })
    };
    let first = worker.post(&contacts, body("Amria was there.")).await.id();
    assert_eq!(listed(&worker, "").await, [line("2026-01-12", "Send the report", false)]);
    assert_eq!(listed(&manager, "").await, [line("2026-01-09", "Ring the school", false)]);
    let row = worker.get("/v1/reminders").await.ok()["data"][0].clone();
    assert_eq!((&row["kind"], &row["contact"], &row["who"]["relationship"]), (&json!("agreed"), &json!(first), &json!(mother)));
    worker.post(&format!("/v1/reminders/{}/done", row["id"].as_str().unwrap()), json!({})).await.id();
    assert_eq!(listed(&worker, "").await, []);

    // Put right, what was done stays done; struck, nothing of it reminds.
    minute(&app, "2026-01-05", 5);
    let mut again = body("Amira was there.");
    again["replaces"] = json!(first);
    let second = worker.post(&contacts, again).await.id();
    assert_eq!(listed(&worker, "").await, []);
    assert_eq!(listed(&manager, "").await, [line("2026-01-09", "Ring the school", false)], "once, not twice");
    let list = worker.get(&contacts).await.ok();
    let shown = list["data"].as_array().unwrap().iter().find(|row| row["id"] == *second).unwrap();
    assert_eq!(shown["agreed"][0]["doneAt"], "2026-01-05T09:00:00Z");
    worker.post(&format!("{contacts}/{second}/strike"), json!({"why": "Another child."})).await.id();
    assert_eq!(listed(&manager, "").await, []);
}

#[actix_web::test]
async fn a_reminder_says_that_the_child_has_died_and_no_more_once_that_was_struck() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let worker = app.client(Role::CaseWorker);
    worker.post("/v1/reminders", json!({"case": case, "on": "2026-01-09", "words": "Ring the mother"})).await.id();
    let died = async || worker.get("/v1/reminders").await.ok()["data"][0]["childDied"].clone();
    assert_eq!(died().await, false);
    let entry = worker.post(&format!("/v1/children/{child}/death"), json!({})).await.id();
    assert_eq!(died().await, true);
    minute(&app, "2026-01-05", 1);
    worker.get(&format!("/v1/children/{child}")).await.ok();
    worker.post(&format!("/v1/children/{child}/strikes"), json!({"of": entry, "why": "Another child."})).await.id();
    assert_eq!(died().await, false);
}
