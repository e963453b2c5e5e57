//! Does the family say what it has to say, do others not read it, and does staff see when it came?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// A case that the family itself asked for, with a draft served on 20 April 2026; gives the case's path and the draft's id.
async fn with_draft(app: &TestApp) -> (String, String) {
    let (family, worker, officer) = (app.client(Role::Family), app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
    let request = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001"});
    let case = family.post("/v1/requests", request).await.id();
    app.on("2026-02-10");
    let assess = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    officer.change(&case, "assessment-decision", assess).await.id();
    app.on("2026-04-20");
    let draft = worker.change(&case, "draft-plans", json!({"sections": {"b": "Needs.", "f": "Provision."}})).await.id();
    (format!("/v1/cases/{case}"), draft)
}

fn shown(case: &Value, list: &str) -> Vec<Value> {
    case[list].as_array().unwrap().clone()
}

async fn seen_by(client: &Client, path: &str) -> Value {
    client.get(path).await.ok()
}

#[actix_web::test]
async fn a_family_answers_section_by_section_and_only_staff_and_itself_read_it() {
    let app = TestApp::start().await;
    let (case, draft) = with_draft(&app).await;
    let (family, worker, school) = (app.client(Role::Family), app.client(Role::CaseWorker), app.school("900001"));
    app.on("2026-05-01");
    let representations = format!("{case}/representations");
    let said = json!({"sections": {"b": "She tires in the afternoon.", "f": "An hour is too little."}, "words": "Thank you."});
    family.post(&representations, said).await.id();
    worker.post(&representations, json!({"words": "Told on the telephone by her father.", "on": "2026-04-29"})).await.id();

    let at = format!("{case}/draft-plans/{draft}");
    let read = seen_by(&worker, &at).await;
    assert_eq!(read["sections"]["f"], "Provision.");
    let read = shown(&read, "representations");
    assert_eq!(read.len(), 2, "the earliest first");
    assert_eq!((&read[0]["madeOn"], &read[0]["byAccount"]), (&json!("2026-04-29"), &json!(false)));
    assert_eq!(read[1]["sections"]["b"], "She tires in the afternoon.");
    let own = shown(&seen_by(&family, &at).await, "representations");
    assert_eq!(own.len(), 1, "not what another said");
    assert_eq!(own[0]["words"], "Thank you.");
    let by_school = seen_by(&school, &at).await;
    assert_eq!((by_school["sections"]["f"].clone(), shown(&by_school, "representations")), (json!("Provision."), vec![]));

    assert_eq!(shown(&seen_by(&worker, &case).await, "representations").len(), 2);
    assert_eq!(shown(&seen_by(&family, &case).await, "representations")[0]["sections"], json!(["B", "F"]));
    assert!(shown(&seen_by(&school, &case).await, "representations").is_empty());
    for client in [&family, &school] {
        let timeline = client.get(&format!("{case}/timeline")).await;
        assert!(!timeline.text.contains("tires") && !timeline.text.contains("telephone"), "{}", timeline.text);
        assert!(timeline.ok()["data"].as_array().unwrap().iter().all(|entry| entry["facts"]["account"].is_null()));
    }
}

#[actix_web::test]
async fn what_a_family_says_through_the_api_is_received_today_and_something_must_be_said() {
    let app = TestApp::start().await;
    let (case, _) = with_draft(&app).await;
    let family = app.client(Role::Family);
    app.on("2026-05-01");
    let path = format!("{case}/representations");
    let earlier = family.post(&path, json!({"words": "No.", "on": "2026-04-30"})).await.problem(422);
    assert_eq!(earlier["errors"][0]["code"], "received_today");
    let nothing = family.post(&path, json!({"sections": {"b": ""}, "words": " "})).await.problem(422);
    assert_eq!(nothing["errors"][0]["code"], "nothing_to_record");
    let unknown = json!({"words": "No.", "draft": "0190b0a0-0000-7000-8000-000000000099"});
    assert_eq!(family.post(&path, unknown).await.problem(422)["errors"][0]["code"], "unknown_draft");
}

#[actix_web::test]
async fn the_final_plan_follows_early_on_the_familys_word_alone() {
    let app = TestApp::start().await;
    let (case, _) = with_draft(&app).await;
    let (family, worker) = (app.client(Role::Family), app.client(Role::CaseWorker));
    app.on("2026-04-28");
    worker.get(&case).await.ok();
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "Needs."}});
    let early = worker.post(&format!("{case}/final-plan"), body.clone()).await.problem(409);
    assert_eq!(early["concerns"][0]["concern"], "final_plan_before_response_time");
    family.post(&format!("{case}/representations"), json!({"complete": true})).await.id();
    let shown = seen_by(&worker, &case).await;
    assert_eq!(shown["draftPlans"][0]["completeOn"], "2026-04-28");
    assert_eq!(shown["draftPlans"][0]["timeEndsOn"], "2026-05-04");
    worker.post(&format!("{case}/final-plan"), body).await.id();
    assert!(seen_by(&worker, &case).await["concerns"].is_null());
}

#[actix_web::test]
async fn a_setting_asked_for_late_is_marked_so_and_never_turned_away() {
    let app = TestApp::start().await;
    let (case, _) = with_draft(&app).await;
    let (family, worker) = (app.client(Role::Family), app.client(Role::CaseWorker));
    let path = format!("{case}/setting-requests");
    app.on("2026-05-04");
    family.post(&path, json!({"setting": "urn:900001", "reasons": "She has friends there."})).await.id();
    app.on("2026-05-05");
    family.post(&path, json!({"setting": "urn:900002"})).await.id();
    let meeting = format!("{case}/officer-meetings");
    worker.post(&meeting, json!({"words": "The family explained why."})).await.id();
    let case = seen_by(&family, &case).await;
    let late: Vec<_> = shown(&case, "settingRequests").iter().map(|asked| asked["late"].clone()).collect();
    assert_eq!(late, [json!(false), json!(true)], "day fifteen, and day sixteen");
    assert_eq!(case["officerMeetings"][0]["metOn"], "2026-05-05");
}

#[actix_web::test]
async fn a_draft_served_again_says_whether_the_fifteen_days_begin_again() {
    let app = TestApp::start().await;
    let (case, _) = with_draft(&app).await;
    let worker = app.client(Role::CaseWorker);
    for (day, body) in [
        ("2026-04-27", json!({"change": "asked_by_family", "sections": {"b": "Needs, as the family asked."}})),
        ("2026-04-29", json!({"sections": {"b": "Needs, as the authority found."}})),
    ] {
        app.on(day);
        worker.get(&case).await.ok();
        worker.post(&format!("{case}/draft-plans"), body).await.id();
    }
    let drafts = shown(&seen_by(&worker, &case).await, "draftPlans");
    let told: Vec<_> = drafts.iter().map(|draft| (draft["change"].clone(), draft["timeEndsOn"].clone())).collect();
    let expected = [
        (json!("first"), json!("2026-05-04")),
        (json!("asked_by_family"), Value::Null),
        (json!("by_authority"), json!("2026-05-13")),
    ];
    assert_eq!(told, expected);
}
