//! Where a child is really taught: which school sees them follows it, to the day.

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, sees};
use crate::support::{Client, TestApp};

/// Acknowledges that advice was asked for before it was decided whether to assess.
pub fn before_the_decision() -> Value {
    json!([{"concern": "advice_without_assessment", "reason": "It was asked for early."}])
}

async fn placed(app: &TestApp, body: Value) -> String {
    app.client(Role::CaseWorker).post("/v1/placements", body).await.id()
}

#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Sight {
    #[diesel(sql_type = Text)]
    grantee: String,
    #[diesel(sql_type = Text)]
    from_on: String,
    #[diesel(sql_type = Nullable<Text>)]
    to_on: Option<String>,
}

/// Which schools see the child, from when, and from when no more.
fn sights(app: &TestApp, child: &str) -> Vec<(String, String, Option<String>)> {
    let rows = sql_query(
        "SELECT grantee, from_on::text, to_on::text FROM visible WHERE child = $1::uuid AND known_to IS NULL ORDER BY grantee, from_on",
    );
    let mut owner = app.database.owner();
    owner.batch_execute("SET ehc.authority = '311'; SET ehc.reach = 'authority'").unwrap();
    let rows = rows.bind::<Text, _>(child).load::<Sight>(&mut owner).unwrap();
    rows.into_iter().map(|row| (row.grantee, row.from_on, row.to_on)).collect()
}

async fn who_sees(schools: &[&Client], child: &str) -> Vec<bool> {
    let mut seen = Vec::new();
    for school in schools {
        seen.push(sees(school, child).await);
    }
    seen
}

#[actix_web::test]
async fn a_pupils_move_changes_which_school_sees_the_child_from_the_day_of_the_move() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let (old, new) = (app.school("900001"), app.school("900002"));
    app.on("2026-03-02");
    placed(&app, json!({"child": child, "setting": "urn:900002", "from": "2026-04-13"})).await;
    let dated = |urn: &str, from: &str, to: Option<&str>| (urn.to_owned(), from.to_owned(), to.map(str::to_owned));
    assert_eq!(
        sights(&app, &child),
        [dated("urn:900001", "2026-01-05", Some("2026-04-13")), dated("urn:900002", "2026-04-13", None)]
    );
    for (day, seen) in [("2026-04-12", [true, false]), ("2026-04-13", [false, true])] {
        app.on(day);
        assert_eq!(who_sees(&[&old, &new], &child).await, seen, "{day}");
        assert_eq!(new.get(&format!("/v1/cases/{case}")).await.status.is_success(), seen[1], "{day}");
    }
    assert_eq!(old.get("/v1/cases").await.ok()["data"], json!([]));
    old.get(&format!("/v1/cases/{case}")).await.problem(404);
}

#[actix_web::test]
async fn the_old_school_sees_the_child_on_the_last_day_there_and_not_the_day_after() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let worker = app.client(Role::CaseWorker);
    let here = placed(&app, json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await;
    app.on("2026-02-02");
    worker.post(&format!("/v1/placements/{here}/end"), json!({"lastDay": "2026-03-27"})).await.id();
    let school = app.school("900001");
    for (day, seen) in [("2026-03-27", true), ("2026-03-28", false)] {
        app.on(day);
        assert_eq!(sees(&school, &child).await, seen, "{day}");
    }
    let again = worker.post(&format!("/v1/placements/{here}/end"), json!({"lastDay": "2026-03-30"})).await.problem(409);
    assert_eq!(again["reason"], "already_recorded");
}

#[actix_web::test]
async fn two_schools_at_once_both_see_the_child() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    placed(
        &app,
        json!({"child": child, "setting": "urn:900002", "from": "2026-01-05", "until": "2026-02-13", "alongside": true}),
    )
    .await;
    let (first, second) = (app.school("900001"), app.school("900002"));
    for (day, seen) in [("2026-02-13", [true, true]), ("2026-02-14", [true, false])] {
        app.on(day);
        assert_eq!(who_sees(&[&first, &second], &child).await, seen, "{day}");
    }
}

#[actix_web::test]
async fn a_move_ends_the_placement_before_it_and_one_that_is_to_come_needs_an_end_for_what_lies_between() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let worker = app.client(Role::CaseWorker);
    placed(&app, json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await;
    placed(&app, json!({"child": child, "setting": "urn:900003", "from": "2026-09-01"})).await;
    let open = worker.post("/v1/placements", json!({"child": child, "setting": "urn:900002", "from": "2026-04-13"})).await;
    assert_eq!(open.problem(422)["errors"][0]["code"], "until_needed");
    let list = worker.get(&format!("/v1/placements?child={child}")).await.ok();
    let told: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|one| (&one["setting"], &one["from"], &one["until"])).collect();
    assert_eq!(
        told,
        [
            (&json!("urn:900003"), &json!("2026-09-01"), &Value::Null),
            (&json!("urn:900001"), &json!("2025-09-01"), &json!("2026-08-31"))
        ]
    );
    let twice = worker.post("/v1/placements", json!({"child": child, "setting": "urn:900003", "from": "2026-10-01"})).await;
    assert_eq!(twice.problem(409)["reason"], "already_there");
    let on = |day: &str| format!("/v1/placements?setting=urn:900003&on={day}");
    assert_eq!(worker.get(&on("2026-08-31")).await.ok()["data"], json!([]));
    assert_eq!(worker.get(&on("2026-09-01")).await.ok()["data"][0]["child"], json!(child));
}

#[actix_web::test]
async fn a_setting_that_a_plan_names_is_left_with_the_move_and_a_place_promised_there_keeps_it_in_sight() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    app.on("2026-05-20");
    let placement = json!({"names": "setting", "setting": "urn:900003"});
    worker
        .change(
            &case,
            "final-plan",
            json!({"placement": placement, "sections": {"b": "Needs."}, "acknowledge": [
        {"concern": "setting_named_without_consultation", "reason": "By telephone."}]}),
        )
        .await
        .id();
    let (named, between) = (app.school("900003"), app.school("900002"));
    assert!(sees(&named, &child).await);
    app.on("2026-06-01");
    placed(&app, json!({"child": child, "setting": "urn:900002", "from": "2026-06-01", "until": "2026-07-21"})).await;
    assert_eq!(who_sees(&[&named, &between], &child).await, [false, true]);
    placed(&app, json!({"child": child, "setting": "urn:900003", "from": "2026-09-01"})).await;
    assert_eq!(who_sees(&[&named, &between], &child).await, [true, true]);
    app.on("2026-07-22");
    assert_eq!(who_sees(&[&named, &between], &child).await, [true, false]);
}

#[actix_web::test]
async fn what_is_awaited_of_the_old_school_stays_its_business_until_it_is_given() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    let worker = app.client(Role::CaseWorker);
    let asked = json!({"giver": "education", "organisation": "urn:900001", "receivedOn": "2026-01-05", "acknowledge": before_the_decision()});
    let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), asked).await.id();
    placed(&app, json!({"child": child, "setting": "urn:900002", "from": "2026-01-12"})).await;
    app.on("2026-01-19");
    let old = app.school("900001");
    assert!(sees(&old, &child).await);
    let given = json!({"returnedOn": "2026-01-19", "words": "What we saw until she left."});
    old.post(&format!("/v1/cases/{case}/advice-requests/{advice}/progress"), given).await.id();
    app.on("2026-01-20");
    assert!(!sees(&old, &child).await);
}

#[actix_web::test]
async fn a_school_is_told_of_placements_at_itself_alone() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    placed(&app, json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await;
    app.on("2026-02-02");
    placed(&app, json!({"child": child, "setting": "urn:900002", "from": "2026-03-02"})).await;
    let told = app.school("900001").get("/v1/placements").await;
    assert!(!told.text.contains("900002"), "{}", told.text);
    assert_eq!(told.ok()["data"].as_array().unwrap().len(), 1);
    app.client(Role::Family).get("/v1/placements").await.problem(403);
    let unknown = json!({"child": uuid::Uuid::new_v4(), "setting": "urn:900001"});
    let refused = app.client(Role::CaseWorker).post("/v1/placements", unknown).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "unknown_child");
}

#[actix_web::test]
async fn a_placement_at_the_wrong_school_is_struck_and_the_school_sees_the_child_no_more() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let worker = app.client(Role::CaseWorker);
    let body = json!({"child": child, "setting": "urn:900003", "from": "2026-01-05"});
    let placement = worker.post("/v1/placements", body).await.id();
    let wrong = app.school("900003");
    assert_eq!(wrong.get(&format!("/v1/children/{child}")).await.ok()["id"], json!(child));
    let events = app.client(Role::Manager).get("/v1/events").await.ok();
    let entry = events["data"].as_array().unwrap().iter().find(|event| event["kind"] == "placement_began").unwrap();
    worker.get(&format!("/v1/children/{child}")).await.ok();
    let body = json!({"of": entry["id"], "why": "Another school of that name."});
    worker.post(&format!("/v1/children/{child}/strikes"), body).await.id();
    wrong.get(&format!("/v1/children/{child}")).await.problem(404);
    let list = worker.get(&format!("/v1/placements?child={child}")).await.ok();
    assert!(list["data"].as_array().unwrap().iter().all(|row| row["id"] != json!(placement)));
}
