//! The weeks of a service: what fits into each, what is in it, and when those who wait would be taken on.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Three requests to the psychology service on Monday 16 February 2026, in one case.
async fn three_asked() -> (TestApp, String, [String; 3]) {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    app.on("2026-02-16");
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-16"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    let worker = app.client(Role::CaseWorker);
    let mut advice = Vec::new();
    for _ in 0..3 {
        let body = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-16"});
        advice.push(worker.post(&format!("/v1/cases/{case}/advice-requests"), body).await.id());
    }
    (app, case, advice.try_into().unwrap())
}

fn places(weeks: &[(&str, i32)]) -> Value {
    let weeks: Vec<_> = weeks.iter().map(|(monday, places)| json!({"weekStarting": monday, "places": places})).collect();
    json!({"service": "psychology", "organisation": "local:ep-service", "weeks": weeks})
}

async fn put(client: &Client, body: Value) -> crate::support::Reply {
    let request = client.request(actix_web::http::Method::PUT, "/v1/advice-capacity");
    client.app.call(request.set_json(body)).await
}

fn weeks(capacity: &Value) -> Vec<(i64, i64, i64, Option<i64>)> {
    let number = |week: &Value, name: &str| week[name].as_i64();
    let all = capacity["weeks"].as_array().unwrap().iter();
    all.map(|week| {
        let of = |name| number(week, name).unwrap();
        (of("places"), of("allocated"), of("due"), number(week, "unallocatedAfter"))
    })
    .collect()
}

#[actix_web::test]
async fn a_manager_sees_in_which_week_the_unallocated_would_be_taken_on() {
    let (app, case, advice) = three_asked().await;
    let manager = app.client(Role::Manager);
    let body = places(&[("2026-02-16", 1), ("2026-02-23", 0), ("2026-03-02", 2), ("2026-03-09", 2)]);
    let capacity = put(&manager, body).await.ok();
    assert_eq!((&capacity["unallocated"], &capacity["clearsInWeek"]), (&json!(3), &json!("2026-03-02")));
    let path = "/v1/advice-capacity?service=psychology&organisation=local:ep-service&weeks=7";
    let shown = manager.get(path).await.ok();
    // Received on 16 February: due on 30 March, in the seventh week.
    let expected = [
        (1, 0, 0, Some(2)),
        (0, 0, 0, Some(2)),
        (2, 0, 0, Some(0)),
        (2, 0, 0, Some(0)),
        (0, 0, 0, Some(0)),
        (0, 0, 0, Some(0)),
        (0, 0, 3, Some(0)),
    ];
    assert_eq!(weeks(&shown), expected);

    // A planned visit takes its place in its own week, an allocation without one in the week it was made.
    let worker = app.client(Role::CaseWorker);
    let step = |advice: &str| format!("/v1/cases/{case}/advice-requests/{advice}/allocation");
    let named = json!({"name": "Dr Sam Example", "employment": "employed"});
    worker.post(&step(&advice[0]), named.clone()).await.id();
    let mut visited = named;
    visited["visitOn"] = json!("2026-03-08");
    worker.post(&step(&advice[1]), visited).await.id();
    let shown = manager.get(path).await.ok();
    assert_eq!(weeks(&shown)[..3], [(1, 1, 0, Some(1)), (0, 0, 0, Some(1)), (2, 1, 0, Some(0))]);
    assert_eq!((&shown["unallocated"], &shown["clearsInWeek"]), (&json!(1), &json!("2026-03-02")));

    // A locum takes a place of their own organisation, and the request is allocated all the same.
    let locum = json!({"name": "Dr Lee Example", "employment": "locum", "organisation": "local:locums"});
    worker.post(&step(&advice[2]), locum).await.id();
    let shown = manager.get(path).await.ok();
    assert_eq!((&shown["unallocated"], &shown["clearsInWeek"]), (&json!(0), &Value::Null));
    assert_eq!(weeks(&shown)[0], (1, 1, 0, Some(0)));
    let locums = manager.get("/v1/advice-capacity?organisation=local:locums&weeks=1").await.ok();
    assert_eq!(weeks(&locums), [(0, 1, 0, Some(0))]);
}

#[actix_web::test]
async fn where_the_weeks_do_not_suffice_no_week_is_named_and_weeks_that_are_over_have_no_forecast() {
    let (app, ..) = three_asked().await;
    let manager = app.client(Role::Manager);
    put(&manager, places(&[("2026-02-16", 2)])).await.ok();
    app.on("2026-02-25");
    let shown = manager.get("/v1/advice-capacity?from=2026-02-20&weeks=2").await.ok();
    assert_eq!(weeks(&shown), [(2, 0, 0, None), (0, 0, 0, Some(3))]);
    assert_eq!(shown["clearsInWeek"], Value::Null);
    assert_eq!(shown["weeks"][0]["weekStarting"], "2026-02-16");
}

#[actix_web::test]
async fn a_service_sets_and_sees_its_own_weeks_and_no_others() {
    let (app, ..) = three_asked().await;
    let service = app.client_of(Role::AdviceGiver, "311", Some("local:ep-service"), "advice-giver");
    let other = app.client_of(Role::AdviceGiver, "311", Some("local:other"), "advice-giver");
    put(&service, places(&[("2026-02-16", 1)])).await.ok();
    let changed = put(&service, places(&[("2026-02-16", 2), ("2026-02-23", 1)])).await.ok();
    assert_eq!(weeks(&changed)[..2], [(2, 0, 0, Some(1)), (1, 0, 0, Some(0))]);
    let problem = put(&other, places(&[("2026-02-16", 9)])).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/organisation");
    let nothing = other.get("/v1/advice-capacity?organisation=local:ep-service&weeks=1").await.ok();
    assert_eq!((weeks(&nothing), &nothing["unallocated"]), (vec![(0, 0, 0, Some(0))], &json!(0)));
    for role in [Role::CaseWorker, Role::DecisionMaker, Role::School] {
        put(&app.client(role), places(&[("2026-02-16", 9)])).await.problem(403);
    }
    // In another authority the same organisation has other weeks.
    let elsewhere = app.client_of(Role::AdviceGiver, "309", Some("local:ep-service"), "advice-giver");
    assert_eq!(weeks(&elsewhere.get("/v1/advice-capacity?weeks=1").await.ok()), [(0, 0, 0, Some(0))]);
}

#[actix_web::test]
async fn a_week_starts_on_a_monday_and_is_named_once() {
    let app = TestApp::start().await;
    let body = places(&[("2026-02-16", 1), ("2026-02-17", 1), ("2026-02-16", 2)]);
    let problem = put(&app.client(Role::Manager), body).await.problem(422);
    let told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (e["pointer"].clone(), e["code"].clone())).collect();
    let at = |week: usize, code: &str| (json!(format!("/weeks/{week}/weekStarting")), json!(code));
    assert_eq!(told, [at(1, "not_a_monday"), at(2, "named_twice")]);
}
