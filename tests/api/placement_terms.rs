//! What kind of place a child has and on what terms, what overlaps, who was out of school, and what a plan names beside it.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, sees};
use crate::support::{Client, Reply, TestApp};

/// Puts a setting into the directory.
pub async fn a_setting(app: &TestApp, urn: &str, setting_type: &str, authority: Option<&str>) {
    let body = json!({
        "id": format!("urn:{urn}"), "name": format!("Setting {urn}"), "settingType": setting_type, "phase": "not_applicable",
        "authority": authority
    });
    app.client(Role::Administrator).post("/v1/settings", body).await.id();
}

/// A child whom nobody asked an assessment for.
pub async fn a_child_without_a_case(app: &TestApp, given_name: &str) -> String {
    let identity = json!({"givenName": given_name, "familyName": "Example", "bornOn": "2014-05-05"});
    app.client(Role::CaseWorker).post("/v1/children", json!({"identity": identity})).await.id()
}

async fn shown(client: &Client, placement: &str) -> Value {
    client.get(&format!("/v1/placements/{placement}")).await.ok()
}

async fn places(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/v1/placements?{query}")).await.ok()["data"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_child_is_recorded_in_every_kind_of_place_also_at_none() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let turns = [
        ("sen_unit", Some("urn:900001")),
        ("resourced_provision", Some("urn:900001")),
        ("alternative_provision", Some("local:tutors")),
        ("otherwise_than_at_school", None),
        ("elective_home_education", None),
        ("supported_internship", Some("ukprn:10000001")),
        ("not_in_education", None),
        ("setting", Some("urn:900002")),
    ];
    for (turn, (kind, setting)) in turns.iter().enumerate() {
        let from = format!("2025-{:02}-01", turn + 1);
        worker.post("/v1/placements", json!({"child": child, "kind": kind, "setting": setting, "from": from})).await.id();
    }
    let mut told = places(&worker, &format!("child={child}")).await;
    told.reverse();
    let told: Vec<_> = told.iter().map(|one| (one["kind"].as_str().unwrap(), one["setting"].as_str())).collect();
    assert_eq!(told, turns);
    let at_once = places(&worker, &format!("child={child}&on=2025-03-31")).await;
    assert_eq!(at_once.len(), 1, "each move ends the place before");
    let only = places(&worker, &format!("child={child}&kind=sen_unit&kind=not_in_education")).await;
    assert_eq!(only.iter().map(|one| &one["kind"]).collect::<Vec<_>>(), ["not_in_education", "sen_unit"]);
}

#[actix_web::test]
async fn a_place_at_a_setting_names_it_and_one_at_home_names_none() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    for (body, code) in [
        (json!({"child": child}), "setting_needed"),
        (json!({"child": child, "kind": "sen_unit"}), "setting_needed"),
        (json!({"child": child, "kind": "elective_home_education", "setting": "urn:900001"}), "no_setting"),
        (
            json!({"child": child, "setting": "urn:900001", "terms": {"shares": {"education": 60, "health": 30}}}),
            "shares_not_100",
        ),
        (json!({"child": child, "setting": "urn:900001", "terms": {"plannedEnd": "2026-01-04"}}), "ends_before_it_begins"),
    ] {
        let refused = worker.post("/v1/placements", body.clone()).await.problem(422);
        assert_eq!(refused["errors"][0]["code"], code, "{body}");
    }
}

#[actix_web::test]
async fn terms_hold_from_their_day_on_and_those_before_keep_their_time() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let terms = json!({
        "weeklyHours": 32, "residentialWeeks": 38, "need": "ASD", "plannedEnd": "2026-07-21", "fundingBand": "Band 4",
        "yearlyCost": 60_000, "shares": {"education": 50, "health": 20, "social_care": 30}
    });
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-01-05", "terms": terms});
    let id = worker.post("/v1/placements", body).await.id();
    let changed = json!({"from": "2026-04-13", "terms": {"weeklyHours": 32, "residentialWeeks": 52, "yearlyCost": 90_000}});
    worker.post(&format!("/v1/placements/{id}/terms"), changed).await.id();
    for (day, weeks, cost) in [("2026-04-12", 38, 60_000), ("2026-04-13", 52, 90_000)] {
        app.on(day);
        let now = shown(&worker, &id).await;
        assert_eq!((&now["terms"]["residentialWeeks"], &now["terms"]["yearlyCost"]), (&json!(weeks), &json!(cost)), "{day}");
        assert_eq!(now["termsInTurn"].as_array().unwrap().len(), 2);
        assert_eq!(now["termsInTurn"][0]["terms"]["shares"], json!({"education": 50, "health": 20, "social_care": 30}));
    }
    let early = json!({"from": "2026-01-04", "terms": {}});
    let refused = worker.post(&format!("/v1/placements/{id}/terms"), early).await.problem(409);
    assert_eq!(refused["reason"], "not_there_then");
}

#[actix_web::test]
async fn a_school_reads_on_what_terms_its_pupil_is_there_and_not_for_what_money() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let terms = json!({"weeklyHours": 25, "fundingBand": "Band 4", "yearlyCost": 24_000, "shares": {"health": 100}});
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-01-05", "terms": terms});
    let id = app.client(Role::CaseWorker).post("/v1/placements", body).await.id();
    let school = app.school("900001");
    let seen = shown(&school, &id).await;
    assert_eq!(seen["terms"]["weeklyHours"], 25);
    for money in ["fundingBand", "yearlyCost"] {
        assert_eq!(seen["terms"][money], Value::Null, "{money}");
        assert_eq!(seen["termsInTurn"][0]["terms"][money], Value::Null, "{money}");
    }
    assert_eq!(seen["terms"]["shares"], json!({}));
    assert!(!school.get("/v1/placements").await.text.contains("24000"));
    app.school("900002").get(&format!("/v1/placements/{id}")).await.problem(404);
}

#[actix_web::test]
async fn a_time_limited_place_is_found_before_its_end_and_ends_only_when_that_is_recorded() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let terms = json!({"plannedEnd": "2026-07-21"});
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-01-05", "terms": terms});
    let id = worker.post("/v1/placements", body).await.id();
    assert_eq!(places(&worker, "plannedEndBefore=2026-07-21").await.len(), 0);
    assert_eq!(places(&worker, "plannedEndBefore=2026-07-22").await[0]["id"], json!(id));
    app.on("2026-07-22");
    assert_eq!(shown(&worker, &id).await["until"], Value::Null);
    assert!(sees(&app.school("900001"), &child).await);
}

#[actix_web::test]
async fn two_places_at_once_of_which_neither_goes_beside_the_other_are_recorded_with_a_concern() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let first = json!({"child": child, "setting": "urn:900001", "from": "2025-09-01", "until": "2026-03-27"});
    worker.post("/v1/placements", first).await.id();
    let after = json!({"child": child, "setting": "urn:900002", "from": "2026-03-28", "until": "2026-04-30"});
    worker.post("/v1/placements", after).await.id();
    let mut overlapping = json!({"child": child, "setting": "urn:900003", "from": "2026-03-27", "until": "2026-03-27"});
    let refused = worker.post("/v1/placements", overlapping.clone()).await.problem(409);
    assert_eq!(refused["code"], "unlawful_unless_acknowledged");
    assert_eq!(refused["concerns"][0]["concern"], "placements_overlap");
    assert!(refused["concerns"][0]["citation"]["text"].as_str().unwrap().contains("reg. 9(1)(a)"));
    overlapping["acknowledge"] =
        json!([{"concern": "placements_overlap", "reason": "Both schools had the child on their register."}]);
    let id = worker.post("/v1/placements", overlapping).await.id();
    let seen = shown(&worker, &id).await;
    assert_eq!(seen["concerns"][0]["concern"], "placements_overlap");
    app.on("2026-03-27");
    assert!(shown(&app.school("900003"), &id).await.get("concerns").is_none());
}

#[actix_web::test]
async fn dual_registration_is_a_main_place_and_a_subsidiary_one() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let main = json!({"child": child, "setting": "urn:900001", "from": "2025-09-01", "terms": {"weeklyHours": 15}});
    let main = worker.post("/v1/placements", main).await.id();
    assert_eq!(shown(&worker, &main).await["registration"], "only");
    let beside =
        json!({"child": child, "setting": "urn:900002", "from": "2026-01-05", "alongside": true, "terms": {"weeklyHours": 10}});
    let beside = worker.post("/v1/placements", beside).await.id();
    assert_eq!(shown(&worker, &main).await["registration"], "main");
    assert_eq!(shown(&worker, &beside).await["registration"], "subsidiary");
    assert_eq!(shown(&worker, &main).await["until"], Value::Null);
}

#[actix_web::test]
async fn a_part_time_timetable_without_an_end_is_a_concern() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let id = worker.post("/v1/placements", json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await.id();
    let path = format!("/v1/placements/{id}/terms");
    let open = json!({"terms": {"partTime": {"weeklyHours": 12}}});
    let refused = worker.post(&path, open.clone()).await.problem(409);
    assert_eq!(refused["concerns"][0]["concern"], "part_time_without_end");
    let ended = json!({"terms": {"weeklyHours": 25, "partTime": {"weeklyHours": 12, "until": "2026-02-13"}}});
    worker.post(&path, ended).await.id();
    assert_eq!(shown(&worker, &id).await["terms"]["partTime"], json!({"weeklyHours": 12, "until": "2026-02-13"}));
    let knowing =
        json!({"terms": open["terms"], "acknowledge": [{"concern": "part_time_without_end", "reason": "The school did so."}]});
    worker.post(&path, knowing).await.id();
    assert_eq!(shown(&worker, &id).await["concerns"][0]["concern"], "part_time_without_end");
}

#[actix_web::test]
async fn a_school_records_the_days_its_own_pupil_was_out_and_no_other_schools() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let id = worker.post("/v1/placements", json!({"child": child, "setting": "urn:900001", "from": "2025-09-01"})).await.id();
    let (school, path) = (app.school("900001"), format!("/v1/placements/{id}/days-out"));
    app.on("2026-01-16");
    let out =
        json!({"because": "suspension", "from": "2026-01-12", "to": "2026-01-14", "sessions": 5, "words": "Left the site."});
    school.post(&path, out.clone()).await.id();
    school.post(&path, json!({"because": "absence", "from": "2026-01-15", "to": "2026-01-16", "sessions": 4})).await.id();
    school.post(&path, json!({"because": "permanent_exclusion", "from": "2026-01-16", "sessions": 0})).await.id();
    let seen = shown(&worker, &id).await;
    let told: Vec<_> = seen["daysOut"].as_array().unwrap().iter().map(|out| out["because"].as_str().unwrap()).collect();
    assert_eq!((told, &seen["sessionsOut"]), (vec!["suspension", "absence", "permanent_exclusion"], &json!(9)));
    assert_eq!(seen["daysOut"][0]["words"], "Left the site.");
    let endless = json!({"because": "absence", "from": "2026-01-12", "sessions": 4});
    assert_eq!(school.post(&path, endless).await.problem(422)["errors"][0]["code"], "to_needed");
    let before = json!({"because": "absence", "from": "2025-08-31", "to": "2025-08-31", "sessions": 2});
    assert_eq!(school.post(&path, before).await.problem(409)["reason"], "not_there_then");
    app.school("900002").post(&path, out.clone()).await.problem(404);
    app.client(Role::Family).post(&path, out).await.problem(403);
}

#[actix_web::test]
async fn a_place_is_in_or_out_of_the_borough_by_where_its_setting_lies() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    for (urn, authority) in [("900001", Some("311")), ("900002", Some("301")), ("900003", None)] {
        a_setting(&app, urn, "academy", authority).await;
    }
    for (setting, from) in [("urn:900001", "2025-01-01"), ("urn:900002", "2025-05-01"), ("urn:900003", "2025-09-01")] {
        worker.post("/v1/placements", json!({"child": child, "setting": setting, "from": from})).await.id();
    }
    let told =
        |rows: Vec<Value>| -> Vec<_> { rows.iter().map(|one| (one["setting"].clone(), one["inBorough"].clone())).collect() };
    let row = |setting: &str, in_borough: Value| (json!(setting), in_borough);
    let all = told(places(&worker, "").await);
    assert_eq!(all, [row("urn:900003", Value::Null), row("urn:900002", json!(false)), row("urn:900001", json!(true))]);
    assert_eq!(told(places(&worker, "inBorough=true").await), [row("urn:900001", json!(true))]);
    assert_eq!(told(places(&worker, "inBorough=false").await), [row("urn:900002", json!(false))]);
    assert_eq!(places(&worker, "inBorough=false").await[0]["settingType"], "academy");
}

#[actix_web::test]
async fn where_a_child_goes_and_what_the_plan_names_are_two_things() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    app.on("2026-05-20");
    let body = json!({
        "placement": {"names": "setting", "setting": "urn:900003"}, "sections": {"b": "Needs."},
        "acknowledge": [{"concern": "setting_named_without_consultation", "reason": "By telephone."}]
    });
    let plan = worker.change(&case, "final-plan", body).await.id();
    worker
        .post("/v1/placements", json!({"child": child, "setting": "urn:900002", "from": "2026-05-20", "until": "2026-07-21"}))
        .await
        .id();
    worker.post("/v1/placements", json!({"child": child, "setting": "urn:900003", "from": "2026-09-01"})).await.id();
    let told: Vec<_> = places(&worker, &format!("child={child}")).await.iter().map(|one| one["namedInPlan"].clone()).collect();
    assert_eq!(told, [json!(true), json!(false)]);
    assert_eq!(worker.get(&format!("/v1/plans/{plan}")).await.ok()["placement"]["setting"], "urn:900003");
}

#[actix_web::test]
async fn a_system_is_told_each_placement_that_changed_once() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, amira) = a_child(&app, "Amira", "2017-03-14").await;
    let (_, ben) = a_child(&app, "Ben", "2018-01-01").await;
    let mut ids = Vec::new();
    for child in [&amira, &ben] {
        ids.push(
            worker.post("/v1/placements", json!({"child": child, "setting": "urn:900001", "from": "2026-01-05"})).await.id(),
        );
    }
    let since = async |client: &Client, mark: &str| {
        let page = client.get(&format!("/v1/placements?since={mark}")).await.ok();
        let ids: Vec<_> = page["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        (ids, page["since"].as_str().unwrap().to_owned())
    };
    let school = app.school("900001");
    let (all, mark) = since(&school, "2014-09-01T00:00:00Z").await;
    assert_eq!(all.len(), 2);
    assert_eq!(since(&school, &mark).await.0, Vec::<String>::new());
    app.on("2026-02-02");
    worker.post(&format!("/v1/placements/{}/end", ids[0]), json!({"lastDay": "2026-03-27"})).await.id();
    let (told, next) = since(&school, &mark).await;
    assert_eq!(told, [ids[0].clone()]);
    assert_eq!(since(&school, &next).await.0, Vec::<String>::new());
    worker.post("/v1/placements", json!({"child": amira, "setting": "urn:900002", "from": "2026-04-13"})).await.id();
    let other = app.school("900002");
    app.on("2026-04-12");
    let (none, mark) = since(&other, "2014-09-01T00:00:00Z").await;
    assert_eq!(none, Vec::<String>::new());
    app.on("2026-04-13");
    assert_eq!(since(&other, &mark).await.0.len(), 1, "the day of the move brings it into sight");
}

/// Strikes an entry or a thing of the child.
async fn struck(app: &TestApp, child: &str, of: &str) -> Reply {
    let worker = app.client(Role::CaseWorker);
    worker.get(&format!("/v1/children/{child}")).await.ok();
    worker.post(&format!("/v1/children/{child}/strikes"), json!({"of": of, "why": "A mistake."})).await
}

#[actix_web::test]
async fn a_placement_recorded_for_the_wrong_child_is_struck_with_all_that_was_said_of_it() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let body = json!({"child": child, "setting": "urn:900001", "from": "2025-09-01", "until": "2026-07-21", "terms": {"yearlyCost": 10}});
    let id = worker.post("/v1/placements", body).await.id();
    worker.post(&format!("/v1/placements/{id}/terms"), json!({"from": "2025-10-01", "terms": {"yearlyCost": 20}})).await.id();
    let out = |sessions| json!({"because": "absence", "from": "2026-01-05", "to": "2026-01-05", "sessions": sessions});
    let days_out = format!("/v1/placements/{id}/days-out");
    assert_eq!(worker.post(&days_out, out(3)).await.problem(422)["errors"][0]["code"], "too_many_sessions");
    worker.post(&days_out, out(2)).await.id();
    struck(&app, &child, &id).await.id();
    assert_eq!(struck(&app, &child, &id).await.problem(422)["errors"][0]["code"], "unknown_entry");
    assert!(!sees(&app.school("900001"), &child).await);
    worker.get(&format!("/v1/placements/{id}")).await.problem(404);
    let committed = app.client(Role::Manager).get("/v1/statistics/commitments").await.ok();
    assert_eq!(committed["data"], json!([]));
}

#[actix_web::test]
async fn the_end_of_a_place_is_settled_anew_when_it_is_extended() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let body = json!({"child": child, "setting": "urn:900001", "from": "2025-09-01", "until": "2026-03-27"});
    let id = worker.post("/v1/placements", body).await.id();
    worker.post(&format!("/v1/placements/{id}/end"), json!({"lastDay": "2026-07-21"})).await.id();
    assert_eq!(shown(&worker, &id).await["until"], "2026-07-21");
}

#[actix_web::test]
async fn placements_are_counted_by_kind_type_of_setting_and_side_of_the_border() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    a_setting(&app, "900001", "maintained_special_school", Some("311")).await;
    a_setting(&app, "900002", "maintained_special_school", Some("301")).await;
    let places = [
        ("setting", Some("urn:900001")),
        ("setting", Some("urn:900001")),
        ("setting", Some("urn:900002")),
        ("elective_home_education", None),
    ];
    for (place, (kind, setting)) in places.iter().enumerate() {
        let child = a_child_without_a_case(&app, &format!("Child {place}")).await;
        let body = json!({"child": child, "kind": kind, "setting": setting, "from": "2025-09-01", "until": "2026-07-21"});
        worker.post("/v1/placements", body).await.id();
    }
    let manager = app.client(Role::Manager);
    let counted = async |query: &str| {
        let told = manager.get(&format!("/v1/statistics/placements{query}")).await.ok();
        let row = |row: &Value| json!([row["kind"], row["settingType"], row["inBorough"], row["placements"]]);
        told["data"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    let expected = [
        json!(["elective_home_education", null, null, 1]),
        json!(["setting", "maintained_special_school", false, 1]),
        json!(["setting", "maintained_special_school", true, 2]),
    ];
    assert_eq!(counted("").await, expected);
    assert_eq!(counted("?on=2026-07-21").await, expected);
    assert_eq!(counted("?on=2026-07-22").await, Vec::<Value>::new());
}
