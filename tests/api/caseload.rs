//! The caseload: the plans that an authority maintains on a day, counted by what is known of each child then.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::TestApp;

/// A child with a plan that was taken over.
async fn held(app: &TestApp, identity: Value, plan: Value) -> (String, String) {
    let worker = app.client(Role::CaseWorker);
    let child = worker.post("/v1/children", json!({"identity": identity})).await.id();
    let mut body = json!({"child": child, "madeOn": "2021-11-08", "placement": {"names": "setting", "setting": "urn:900001"}});
    plan.as_object().unwrap().iter().for_each(|(field, value)| body[field] = value.clone());
    (child, worker.post("/v1/plans", body).await.id())
}

async fn counted(app: &TestApp, query: &str) -> Value {
    let lines = app.client(Role::Manager).get(&format!("/v1/statistics/caseload?{query}")).await.ok();
    let lines = lines["data"].as_array().unwrap().iter().map(|line| json!([line["group"], line["kind"], line["plans"]]));
    lines.collect()
}

#[actix_web::test]
async fn a_plan_counts_from_the_day_it_is_maintained_by_phase_sex_need_and_place() {
    let app = TestApp::start().await;
    let girl =
        json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2014-09-01", "sex": "F", "needs": ["SLCN", "ASD"]});
    let boy = json!({"givenName": "Ben", "familyName": "Example", "bornOn": "2014-08-31", "sex": "M", "needs": ["ASD"]});
    let (amira, _) = held(&app, girl, json!({})).await;
    let (ben, _) = held(&app, boy, json!({"madeBy": "309", "maintainedFrom": "2025-09-02"})).await;
    assert_eq!(counted(&app, "on=2021-11-07").await, json!([]), "the day before it was made");
    assert_eq!(counted(&app, "on=2025-09-01").await, json!([["primary", null, 1]]), "until the move");
    assert_eq!(counted(&app, "on=2025-09-02").await, json!([["primary", null, 1], ["secondary", null, 1]]));
    assert_eq!(
        counted(&app, "groupBy=year_group").await,
        json!([["6", null, 1], ["7", null, 1]]),
        "born on either side of September"
    );
    assert_eq!(counted(&app, "groupBy=sex").await, json!([["F", null, 1], ["M", null, 1]]));
    assert_eq!(counted(&app, "groupBy=need").await, json!([["ASD", null, 1], ["SLCN", null, 1]]), "the primary need");
    let named = counted(&app, "groupBy=provision").await;
    assert_eq!(
        (named.as_array().unwrap().len(), &named[0][1], &named[0][2]),
        (1, &Value::Null, &json!(2)),
        "what the plans name"
    );
    let home = json!({"child": amira, "kind": "elective_home_education", "from": "2026-01-05"});
    app.client(Role::CaseWorker).post("/v1/placements", home).await.id();
    let places = counted(&app, "groupBy=provision").await;
    assert!(places.as_array().unwrap().contains(&json!([null, "elective_home_education", 1])), "where she really is: {places}");
    assert_eq!(counted(&app, "groupBy=provision&on=2026-01-04").await, named, "and was not the day before");
    let special = json!({"id": "urn:900010", "name": "Example Court", "settingType": "independent_special_school", "phase": "not_applicable"});
    app.client(Role::Administrator).post("/v1/settings", special).await.ok();
    let there = json!({"child": ben, "setting": "urn:900010", "from": "2026-01-05"});
    app.client(Role::CaseWorker).post("/v1/placements", there).await.id();
    let published = json!([["elective_home_education", null, 1], ["independent_special_school", null, 1]]);
    assert_eq!(counted(&app, "groupBy=place").await, published);
    assert_eq!(counted(&app, "groupBy=sector").await, json!([["elsewhere", null, 1], ["special", null, 1]]));
    let lines = app.client(Role::Manager).get("/v1/statistics/caseload?groupBy=place").await.ok();
    assert_eq!(lines["data"][0]["percentage"], 50.0);
    app.school("900001").get("/v1/statistics/caseload").await.problem(403);
}

#[actix_web::test]
async fn plans_that_ceased_are_counted_by_the_reason_in_the_period_of_the_day() {
    let app = TestApp::start().await;
    let identity = |name| json!({"givenName": name, "familyName": "Example", "bornOn": "2014-09-01"});
    for (name, reason, on) in
        [("Amira", "left_england", "2025-12-31"), ("Ben", "transferred", "2026-01-01"), ("Cleo", "transferred", "2026-01-05")]
    {
        let (_, plan) = held(&app, identity(name), json!({})).await;
        let worker = app.client(Role::CaseWorker);
        worker.get(&format!("/v1/plans/{plan}")).await.ok();
        worker.post(&format!("/v1/plans/{plan}/cessation"), json!({"reason": reason, "ceasedOn": on})).await.id();
    }
    let manager = app.client(Role::Manager);
    let lines = manager.get("/v1/statistics/ceased-plans?from=2025-01-01&to=2026-12-31").await.ok();
    let of = |line: usize, cell: &str| lines["data"][line][cell].clone();
    assert_eq!((of(0, "period"), of(0, "total"), of(0, "leftEngland")), (json!("2025-01-01"), json!(1), json!(1)));
    assert_eq!((of(1, "period"), of(1, "total"), of(1, "transferred")), (json!("2026-01-01"), json!(2), json!(2)));
    assert_eq!((of(1, "leftEngland"), lines["data"].as_array().unwrap().len()), (json!(0), 2));
    app.school("900001").get("/v1/statistics/ceased-plans").await.problem(403);
}
