//! What can section I name, who then sees the child, and what must come before: consultations, and the health body's agreement?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Settings are consulted on 20 April 2026, and the plan that names a placement is sent a month later; the case and the plan.
async fn plan_naming(app: &TestApp, placement: Value, consulted: &[&str]) -> (String, String) {
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    if !consulted.is_empty() {
        let settings: Vec<_> = consulted.iter().map(|setting| json!({"setting": setting})).collect();
        worker.post(&format!("/v1/cases/{case}/consultations"), json!({"settings": settings})).await.id();
    }
    app.on("2026-05-20");
    let plan = worker.change(&case, "final-plan", json!({"placement": placement, "sections": {"b": "Needs."}})).await.id();
    (case, plan)
}

async fn sees(client: &Client, plan: &str) -> bool {
    client.get(&format!("/v1/plans/{plan}")).await.status.is_success()
}

#[actix_web::test]
async fn a_plan_names_a_setting_two_of_them_a_type_or_none() {
    for (placement, consulted, words) in [
        (json!({"names": "setting", "setting": "urn:900002"}), &["urn:900002"][..], "urn:900002"),
        (
            json!({"names": "two_settings", "setting": "urn:900002", "and": "urn:900003"}),
            &["urn:900002", "urn:900003"],
            "urn:900002 and urn:900003",
        ),
        (json!({"names": "type", "settingType": "special_academy"}), &[], "a type of setting: special academy or free school"),
        (json!({"names": "neither"}), &[], ""),
        (json!({"names": "parents_arrangements"}), &[], ""),
    ] {
        let app = TestApp::start().await;
        let (_, plan) = plan_naming(&app, placement.clone(), consulted).await;
        assert_eq!(app.client(Role::CaseWorker).get(&format!("/v1/plans/{plan}")).await.ok()["placement"], placement);
        let document = app.client(Role::CaseWorker).get(&format!("/v1/plans/{plan}/document")).await.ok();
        assert_eq!(document["i"].as_array().unwrap().first().map_or("", |words| words.as_str().unwrap()), words);
        for setting in ["900002", "900003"] {
            let named = placement.to_string().contains(setting);
            assert_eq!(sees(&app.school(setting), &plan).await, named, "{setting}: {placement}");
        }
    }
}

#[actix_web::test]
async fn of_two_settings_one_after_the_other_each_sees_the_child_in_its_own_time() {
    let app = TestApp::start().await;
    let placement = json!({
        "names": "successive_settings", "setting": "urn:900002", "until": "2026-07-31", "then": "urn:900003", "from": "2026-09-01"
    });
    let (_, plan) = plan_naming(&app, placement, &["urn:900002", "urn:900003"]).await;
    let (first, second) = (app.school("900002"), app.school("900003"));
    for (day, by_first, by_second) in [
        ("2026-05-20", true, false),
        ("2026-07-31", true, false),
        ("2026-08-01", false, false),
        ("2026-08-31", false, false),
        ("2026-09-01", false, true),
    ] {
        app.on(day);
        assert_eq!((sees(&first, &plan).await, sees(&second, &plan).await), (by_first, by_second), "{day}");
    }
}

#[actix_web::test]
async fn each_setting_answers_in_its_own_way_and_silence_stops_nothing() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    let path = format!("/v1/cases/{case}/consultations");
    let settings: Vec<_> = (2..=7)
        .map(|n| json!({"setting": format!("urn:90000{n}"), "otherAuthority": if n == 3 { json!("309") } else { Value::Null }}))
        .collect();
    worker.post(&path, json!({"settings": settings})).await.id();
    let listed = worker.get(&path).await.ok()["data"].as_array().unwrap().clone();
    let id = |setting: &str| listed.iter().find(|one| one["setting"] == setting).unwrap()["id"].as_str().unwrap().to_owned();
    app.on("2026-05-04");
    for (setting, answer) in [("900002", "can_meet_need"), ("900003", "conditional"), ("900004", "cannot"), ("900005", "full")] {
        let body = json!({"receivedOn": "2026-04-21", "answer": answer, "words": "So we say."});
        app.school(setting).post(&format!("{path}/{}/answer", id(&format!("urn:{setting}"))), body).await.id();
    }
    worker.post(&format!("{path}/{}/withdrawal", id("urn:900006")), json!({})).await.id();

    let listed = worker.get(&path).await.ok()["data"].as_array().unwrap().clone();
    let told = |setting: &str, field: &str| listed.iter().find(|one| one["setting"] == setting).unwrap()[field].clone();
    for (setting, answer, on) in [
        ("urn:900002", json!("can_meet_need"), json!("2026-05-04")),
        ("urn:900003", json!("conditional"), json!("2026-05-04")),
        ("urn:900004", json!("cannot"), json!("2026-05-04")),
        ("urn:900005", json!("full"), json!("2026-05-04")),
        ("urn:900006", Value::Null, Value::Null),
        ("urn:900007", Value::Null, Value::Null),
    ] {
        assert_eq!((told(setting, "answer"), told(setting, "answeredOn")), (answer, on), "{setting}");
        assert_eq!(told(setting, "sentOn"), "2026-04-20");
    }
    assert_eq!(told("urn:900003", "otherAuthority"), "309");
    assert_eq!((told("urn:900006", "withdrawn"), told("urn:900006", "withdrawnOn")), (json!(true), json!("2026-05-04")));
    assert_eq!((told("urn:900007", "withdrawn"), told("urn:900007", "withdrawnOn")), (json!(false), Value::Null));

    // One that was silent can be named; one whose consultation was taken back has not been consulted.
    app.on("2026-05-20");
    let naming = |urn: &str| json!({"placement": {"names": "setting", "setting": urn}, "sections": {"b": "Needs."}});
    let concern = worker.change(&case, "final-plan", naming("urn:900006")).await.problem(409);
    assert_eq!(concern["concerns"][0]["concern"], "setting_named_without_consultation");
    assert_eq!(worker.change(&case, "final-plan", naming("urn:900007")).await.ok()["concerns"], json!([]));
}

#[actix_web::test]
async fn health_provision_is_final_once_the_health_body_agreed_it_and_not_a_day_before() {
    for (agreed_on, of_concern) in [(None, true), (Some("2026-05-20"), false), (Some("2026-05-21"), true)] {
        let app = TestApp::start().await;
        let case = app.case_with_draft().await;
        let worker = app.client(Role::CaseWorker);
        app.on("2026-05-21");
        if let Some(day) = agreed_on {
            let body = json!({"healthBody": "ods:QMF", "agreedOn": day, "words": "Six sessions a term."});
            worker.post(&format!("/v1/cases/{case}/health-agreements"), body).await.id();
        }
        let mut body = json!({
            "sentOn": "2026-05-20", "placement": {"names": "setting", "setting": "urn:900001"},
            "sections": {"b": "Needs.", "g": "Occupational therapy."}
        });
        let reply = worker.change(&case, "final-plan", body.clone()).await;
        if of_concern {
            let concern = reply.problem(409)["concerns"][0].clone();
            assert_eq!(concern["concern"], "health_provision_not_agreed", "{agreed_on:?}");
            assert_eq!(concern["citation"]["text"], "SEND Regulations 2014, reg. 12(2)");
            body["sections"].as_object_mut().unwrap().remove("g");
            assert_eq!(worker.change(&case, "final-plan", body).await.ok()["concerns"], json!([]), "none without section G");
        } else {
            assert_eq!(reply.ok()["concerns"], json!([]));
        }
    }
}
