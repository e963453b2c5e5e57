//! How many places a setting has by designation and school year, against who is there.

use actix_web::http::Method;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::placement_terms::{a_child_without_a_case, a_setting};
use crate::support::{Client, Reply, TestApp};

const PATH: &str = "/v1/settings/urn:900001/capacity";

async fn put(client: &Client, path: &str, body: Value) -> Reply {
    client.app.call(client.request(Method::PUT, path).set_json(body)).await
}

/// Kind, need, places, taken and free of each designation.
fn told(list: &Value) -> Vec<Value> {
    let row = |row: &Value| json!([row["kind"], row["need"], row["places"], row["taken"], row["free"]]);
    list["data"].as_array().unwrap().iter().map(row).collect()
}

#[actix_web::test]
async fn places_of_a_school_year_stand_against_the_children_who_have_them() {
    let app = TestApp::start().await;
    let (manager, worker) = (app.client(Role::Manager), app.client(Role::CaseWorker));
    a_setting(&app, "900001", "academy", Some("311")).await;
    let places = json!({"year": 2025, "places": [
        {"kind": "resourced_provision", "need": "ASD", "places": 1}, {"kind": "sen_unit", "need": "SLCN", "places": 8}
    ]});
    put(&manager, PATH, places).await.ok();
    put(&manager, PATH, json!({"year": 2026, "places": [{"kind": "resourced_provision", "need": "ASD", "places": 3}]}))
        .await
        .ok();
    for (name, kind, need) in
        [("Amira", "resourced_provision", Some("ASD")), ("Ben", "resourced_provision", Some("ASD")), ("Cleo", "setting", None)]
    {
        let child = a_child_without_a_case(&app, name).await;
        let body = json!({
            "child": child, "kind": kind, "setting": "urn:900001", "from": "2025-10-01", "until": "2026-10-01", "terms": {"need": need}
        });
        worker.post("/v1/placements", body).await.id();
    }
    let on = async |day: &str| told(&worker.get(&format!("{PATH}?on={day}")).await.ok());
    let expected = [
        json!(["resourced_provision", "ASD", 1, 2, -1]),
        json!(["sen_unit", "SLCN", 8, 0, 8]),
        json!(["setting", null, 0, 1, -1]),
    ];
    assert_eq!(on("2026-08-31").await, expected);
    assert_eq!(told(&worker.get(PATH).await.ok()), expected, "today unless told");
    let next_year = [json!(["resourced_provision", "ASD", 3, 2, 1]), json!(["setting", null, 0, 1, -1])];
    assert_eq!(on("2026-09-01").await, next_year);
    assert_eq!(on("2026-10-02").await, [json!(["resourced_provision", "ASD", 3, 0, 3])]);
    assert_eq!(on("2025-09-30").await, [json!(["resourced_provision", "ASD", 1, 0, 1]), json!(["sen_unit", "SLCN", 8, 0, 8])]);
}

#[actix_web::test]
async fn what_is_set_takes_the_place_of_what_was_said_of_that_year_and_is_the_authoritys_own() {
    let app = TestApp::start().await;
    let manager = app.client(Role::Manager);
    a_setting(&app, "900001", "academy", Some("311")).await;
    let with = |places: Value| json!({"year": 2025, "places": places});
    put(&manager, PATH, with(json!([{"kind": "sen_unit", "places": 8}]))).await.ok();
    let set = put(&manager, PATH, with(json!([{"kind": "setting", "need": "PD", "places": 2}]))).await.ok();
    assert_eq!(told(&set), [json!(["setting", "PD", 2, 0, 2])]);
    let twice = with(json!([{"kind": "sen_unit", "places": 8}, {"kind": "sen_unit", "places": 9}]));
    assert_eq!(put(&manager, PATH, twice).await.problem(422)["errors"][0]["code"], "named_twice");
    let haringey = app.client_of(Role::Manager, "309", None, "manager");
    assert_eq!(haringey.get(PATH).await.ok()["data"], json!([]));
    manager.get("/v1/settings/urn:900099/capacity").await.problem(404);
    put(&app.client(Role::CaseWorker), PATH, with(json!([]))).await.problem(403);
}
