//! Keeping in step: `since` tells each change once, also what changes while the pages are turned and what only its day brings.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::a_child;
use crate::placements::before_the_decision;
use crate::support::{Client, TestApp};

const LONG_AGO: &str = "2014-09-01T00:00:00Z";

/// Every row since a mark, a page of `limit` at a time, and the mark for the next time.
async fn changed(client: &Client, list: &str, since: &str, limit: usize) -> (Vec<String>, String) {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/v1/{list}?since={since}&limit={limit}{cursor}")).await.ok();
        ids.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match &page["nextCursor"] {
            Value::String(next) => cursor = format!("&cursor={next}"),
            _ => return (ids, page["since"].as_str().unwrap().to_owned()),
        }
    }
}

#[actix_web::test]
async fn a_schools_system_is_told_each_change_once() {
    let app = TestApp::start().await;
    let (first, _) = a_child(&app, "Amira", "2017-03-14").await;
    let (second, _) = a_child(&app, "Ben", "2018-01-01").await;
    let school = app.school("900001");
    for list in ["cases", "children"] {
        let (all, mark) = changed(&school, list, LONG_AGO, 1).await;
        assert_eq!(all.len(), 2, "{list}");
        assert_eq!(changed(&school, list, &mark, 1).await, (Vec::new(), mark.clone()), "{list}: nothing changed");
    }
    let (_, mark) = changed(&school, "cases", LONG_AGO, 25).await;
    app.on("2026-01-12");
    // Nothing in the row itself changes by this: something was recorded all the same.
    let asked = json!({"giver": "education", "organisation": "urn:900001", "acknowledge": before_the_decision()});
    app.client(Role::CaseWorker).post(&format!("/v1/cases/{second}/advice-requests"), asked).await.id();
    let (told, next) = changed(&school, "cases", &mark, 25).await;
    assert_eq!(told, std::slice::from_ref(&second));
    assert_eq!(changed(&school, "cases", &next, 25).await.0, Vec::<String>::new());
    assert_eq!(changed(&school, "cases", "2026-01-10T00:00:00Z", 25).await.0, [second], "an instant does as well");
    assert_ne!(told, [first]);
}

#[actix_web::test]
async fn an_advice_givers_system_is_told_of_a_new_request_and_of_what_came_back() {
    let app = TestApp::start().await;
    let (case, _) = a_child(&app, "Amira", "2017-03-14").await;
    let (giver, worker) =
        (app.client_of(Role::AdviceGiver, "311", Some("local:educational-psychology"), "ep"), app.client(Role::CaseWorker));
    let (none, mark) = changed(&giver, "advice-requests", LONG_AGO, 1).await;
    assert_eq!(none, Vec::<String>::new());
    app.on("2026-01-12");
    let asked = json!({"giver": "psychology", "organisation": "local:educational-psychology", "receivedOn": "2026-01-12", "acknowledge": before_the_decision()});
    let path = format!("/v1/cases/{case}/advice-requests");
    let advice = worker.post(&path, asked).await.id();
    let (told, mark) = changed(&giver, "advice-requests", &mark, 1).await;
    assert_eq!(told, std::slice::from_ref(&advice));
    assert_eq!(changed(&giver, "advice-requests", &mark, 1).await.0, Vec::<String>::new());
    app.on("2026-02-02");
    worker
        .post(&format!("{path}/{advice}/progress"), json!({"returnedOn": "2026-02-02", "words": "Her hearing is fine."}))
        .await
        .id();
    let page = worker.get(&format!("/v1/advice-requests?since={mark}")).await.ok();
    assert_eq!(
        (&page["data"][0]["id"], &page["data"][0]["state"]),
        (&json!(advice), &json!("returned")),
        "also what is awaited no more"
    );
    assert_eq!(worker.get("/v1/advice-requests").await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn what_changes_while_the_pages_are_turned_is_told_the_next_time_and_not_twice() {
    let app = TestApp::start().await;
    let mut cases = Vec::new();
    for name in ["Amira", "Ben", "Cleo"] {
        cases.push(a_child(&app, name, "2017-03-14").await.0);
    }
    let school = app.school("900001");
    let page = school.get(&format!("/v1/cases?since={LONG_AGO}&limit=1")).await.ok();
    let shown = page["data"][0]["id"].as_str().unwrap().to_owned();
    app.on("2026-01-12");
    let decision = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-01-12"});
    app.client(Role::DecisionMaker).change(&shown, "assessment-decision", decision).await.id();
    let rest = format!("/v1/cases?since={LONG_AGO}&limit=9&cursor={}", page["nextCursor"].as_str().unwrap());
    let rest = school.get(&rest).await.ok();
    let told: Vec<_> = rest["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert!(!told.contains(&shown.as_str()) && told.len() == 2, "{told:?}");
    assert_eq!(rest["since"], page["since"], "every page gives the same mark");
    let (again, _) = changed(&school, "cases", rest["since"].as_str().unwrap(), 25).await;
    assert_eq!(again, [shown]);
}

#[actix_web::test]
async fn a_pupil_who_comes_into_sight_on_the_day_of_the_move_is_told_of_that_day() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let body = json!({"child": child, "setting": "urn:900002", "from": "2026-04-13"});
    app.client(Role::CaseWorker).post("/v1/placements", body).await.id();
    let new = app.school("900002");
    app.on("2026-04-12");
    let (none, mark) = changed(&new, "cases", LONG_AGO, 25).await;
    assert_eq!(none, Vec::<String>::new());
    app.on("2026-04-13");
    let (told, next) = changed(&new, "cases", &mark, 25).await;
    assert_eq!(told, [case]);
    assert_eq!(changed(&new, "children", &mark, 25).await.0, [child]);
    assert_eq!(changed(&new, "cases", &next, 25).await.0, Vec::<String>::new());
}

#[actix_web::test]
async fn a_mark_that_is_none_is_refused_and_the_past_does_not_change() {
    let app = TestApp::start().await;
    let school = app.school("900001");
    for wrong in ["yesterday", "AAAAAAAAAAAAAAAA", "2026-13-01T00:00:00Z"] {
        let refused = school.get(&format!("/v1/cases?since={wrong}")).await.problem(400);
        assert_eq!(refused["errors"][0]["pointer"], "?since", "{wrong}");
    }
    app.on("2026-01-12");
    let refused = school.get(&format!("/v1/cases?since={LONG_AGO}&asOf=2026-01-10")).await.problem(400);
    assert_eq!(refused["errors"][0]["code"], "not_of_the_past");
    assert_eq!(school.get("/v1/cases").await.ok()["since"], Value::Null);
}
