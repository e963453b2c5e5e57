//! How cases begin and end without a decision: several requests, withdrawals, notifications, children who live elsewhere.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, request_for};

pub async fn case(client: &Client, id: &str) -> Value {
    client.get(&format!("/v1/cases/{id}")).await.ok()
}

async fn due(worker: &Client, id: &str, rule: &str) -> Vec<(String, String)> {
    let duties = worker.get(&format!("/v1/cases/{id}/deadlines")).await.ok();
    let of_rule = duties["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule);
    of_rule.map(|duty| (duty["dueOn"].as_str().unwrap().into(), duty["state"].as_str().unwrap().into())).collect()
}

fn duty(on: &str, state: &str) -> Vec<(String, String)> {
    vec![(on.into(), state.into())]
}

async fn withdrawn(client: &Client, id: &str, body: Value) -> crate::support::Reply {
    client.change(id, "withdrawal", body).await
}

/// A case that a letter from the parent opened on 5 January, and the school joined on the 9th; the two requests.
async fn two_requests(app: &TestApp) -> (String, String, String) {
    let worker = app.client(Role::CaseWorker);
    let mut letter = request_for("Example");
    letter["requestedBy"] = json!("parent");
    letter["setting"] = json!("urn:900001");
    let id = worker.post("/v1/requests", letter).await.id();
    app.on("2026-01-09");
    let body = json!({"requestedBy": "school", "reasons": "Words."});
    let joined = app.school("900001").post(&format!("/v1/cases/{id}/requests"), body).await.id();
    let first = case(&worker, &id).await["requests"][0]["id"].as_str().unwrap().to_owned();
    (id, first, joined)
}

#[actix_web::test]
async fn a_second_request_joins_the_case_and_the_clock_stays_with_the_first() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (id, first, joined) = two_requests(&app).await;
    let seen = case(&worker, &id).await;
    assert_eq!(app.number_of_cases().await, 1);
    assert_eq!(seen["receivedOn"], "2026-01-05");
    assert_eq!(seen["requestedBy"], "parent");
    let asked: Vec<_> = seen["requests"].as_array().unwrap().iter().map(|r| (&r["id"], &r["requestedBy"])).collect();
    assert_eq!(asked, [(&json!(first), &json!("parent")), (&json!(joined), &json!("school"))]);
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-16", "running"));
}

#[actix_web::test]
async fn a_letter_that_turns_up_late_moves_the_clock_back_to_its_own_day() {
    let app = TestApp::start().await;
    let id = app.school("900001").ask_for_assessment("Example").await;
    app.on("2026-01-12");
    let worker = app.client(Role::CaseWorker);
    let body = json!({"requestedBy": "parent", "receivedOn": "2025-12-24"});
    worker.post(&format!("/v1/cases/{id}/requests"), body).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["receivedOn"], &seen["requestedBy"]), (&json!("2025-12-24"), &json!("parent")));
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-04", "running"));
}

#[actix_web::test]
async fn one_who_withdraws_leaves_the_others_request_alive_and_its_clock_where_it_was() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (id, first, joined) = two_requests(&app).await;
    app.on("2026-01-20");
    let which = withdrawn(&worker, &id, json!({})).await.problem(422);
    assert_eq!(which["errors"][0]["code"], "which_request", "two are alive");
    withdrawn(&worker, &id, json!({"request": first})).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["stage"], &seen["withdrawnOn"]), (&json!("considering"), &Value::Null));
    assert_eq!((&seen["receivedOn"], &seen["requests"][0]["withdrawnOn"]), (&json!("2026-01-05"), &json!("2026-01-20")));
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-16", "running"));
    assert_eq!(withdrawn(&worker, &id, json!({"request": first})).await.problem(409)["reason"], "already_recorded");

    app.on("2026-01-21");
    withdrawn(&app.school("900001"), &id, json!({})).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["stage"], &seen["withdrawnOn"]), (&json!("withdrawn"), &json!("2026-01-21")));
    assert_eq!(seen["requests"][1]["id"], json!(joined));
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-16", "fell_away"));
}

#[actix_web::test]
async fn a_school_withdraws_its_own_request_and_nobody_elses() {
    let app = TestApp::start().await;
    let (id, first, _) = two_requests(&app).await;
    let refused = withdrawn(&app.school("900001"), &id, json!({"request": first})).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "not_your_request");
    assert_eq!(case(&app.client(Role::CaseWorker), &id).await["requests"][0]["withdrawn"], false);
}

#[actix_web::test]
async fn a_family_that_joins_sees_the_case_until_its_request_is_withdrawn() {
    let app = TestApp::start().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let father = app.client_of(Role::Family, "311", None, "father");
    let id = school.ask_for_assessment("Example").await;
    let path = format!("/v1/cases/{id}");
    let body = json!({"requestedBy": "parent"});
    assert_eq!(father.post(&format!("{path}/requests"), body).await.problem(404)["code"], "not_found", "he sees no such case");

    // His own request for a child he names opens a case of its own: only staff can tell that it is the same child.
    let mut own = request_for("Example");
    own["requestedBy"] = json!("parent");
    let his = father.post("/v1/requests", own).await.id();
    assert_ne!(his, id);
    let his_case = format!("/v1/cases/{his}");
    assert_eq!(worker.get(&his_case).await.ok()["possibleDuplicates"].as_array().unwrap().len(), 1);
    father.get(&his_case).await.ok();
    withdrawn(&father, &his, json!({})).await.id();
    assert_eq!(father.get(&his_case).await.problem(404)["code"], "not_found");
    assert_eq!(worker.get(&his_case).await.ok()["stage"], "withdrawn");
}

#[actix_web::test]
async fn a_request_for_a_child_with_an_open_case_joins_it_and_a_closed_case_blocks_nobody() {
    let app = TestApp::start().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let first = school.ask_for_assessment("Example").await;
    let child = case(&worker, &first).await["child"].clone();
    let known = json!({"child": {"id": child}, "requestedBy": "gp", "receivedOn": "2026-01-05"});
    let joined = worker.post("/v1/requests", known.clone()).await;
    assert_eq!(joined.header("location"), Some(format!("/v1/cases/{first}").as_str()));
    assert_eq!(joined.id(), first);
    assert_eq!(case(&worker, &first).await["requests"][1]["requestedBy"], "gp");

    let body = json!({"outcome": "refuse", "reasons": "Words.", "notifiedOn": "2026-01-05"});
    app.client(Role::DecisionMaker).change(&first, "assessment-decision", body).await.id();
    app.on("2026-01-06");
    let late = worker.post(&format!("/v1/cases/{first}/requests"), json!({"requestedBy": "gp"})).await.problem(409);
    assert_eq!(late["reason"], "case_over");
    let second = school.post("/v1/requests", json!({"child": {"id": child}, "requestedBy": "school"})).await.id();
    assert_ne!(second, first);
    withdrawn(&worker, &second, json!({})).await.id();
    let third = school.post("/v1/requests", json!({"child": {"id": child}, "requestedBy": "school"})).await.id();
    assert!(third != second && third != first);
    assert_eq!(case(&worker, &third).await["stage"], "considering");
}

#[actix_web::test]
async fn a_health_notification_runs_the_clock_until_an_officer_says_that_it_asks_for_nothing() {
    let app = TestApp::start().await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let child = json!({"givenName": "Ben", "familyName": "Sample", "bornOn": "2023-11-02"});
    let told = json!({"child": child, "requestedBy": "health_notification", "reasons": "We think he may have needs."});
    let id = worker.post("/v1/requests", told).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["stage"], &seen["requests"][0]["effect"]), (&json!("considering"), &Value::Null));
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-16", "running"));

    let request = seen["requests"][0]["id"].clone();
    let effect = |effect: &str| json!({"request": request, "effect": effect, "reasons": "As the letter says."});
    officer.change(&id, "notification-effect", effect("information_only")).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["stage"], &seen["receivedOn"]), (&json!("not_a_request"), &Value::Null));
    assert_eq!(due(&worker, &id, "D-6W").await, vec![]);
    let again = officer.change(&id, "notification-effect", effect("brought_to_attention")).await.problem(409);
    assert_eq!(again["reason"], "no_notification_waits");
    let requests = app.client(Role::Manager).get("/v1/statistics/requests?from=2026-01-01&to=2026-12-31").await.ok();
    assert_eq!(requests["data"].as_array().unwrap().len(), 0, "nobody asked: {requests}");
}

#[actix_web::test]
async fn a_notification_that_brought_the_child_to_attention_keeps_its_clock() {
    let app = TestApp::start().await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let mut told = request_for("Example");
    told["requestedBy"] = json!("health_notification");
    let id = worker.post("/v1/requests", told).await.id();
    let request = case(&worker, &id).await["requests"][0]["id"].clone();
    let body = json!({"request": request, "effect": "brought_to_attention", "reasons": "She asks us to consider it."});
    officer.change(&id, "notification-effect", body).await.id();
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-16", "running"));
    let school = app.school("900001").ask_for_assessment("Another").await;
    let request = case(&worker, &school).await["requests"][0]["id"].clone();
    let body = json!({"request": request, "effect": "information_only", "reasons": "Words."});
    let refused = officer.change(&school, "notification-effect", body).await.problem(409);
    assert_eq!(refused["reason"], "no_notification_waits", "a school's request is a request");
}

#[actix_web::test]
async fn a_detained_person_has_the_same_limits_under_their_own_regulations() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let mut asked = request_for("Example");
    asked["requestedBy"] = json!("youth_accommodation");
    let id = worker.post("/v1/requests", asked).await.id();
    assert_eq!(due(&worker, &id, "DT-6W").await, duty("2026-02-16", "running"));
    assert_eq!(due(&worker, &id, "D-6W").await, vec![]);
    let mut by_the_mother = request_for("Another");
    by_the_mother["requestedBy"] = json!("parent");
    by_the_mother["detained"] = json!(true);
    let id = worker.post("/v1/requests", by_the_mother).await.id();
    assert_eq!(due(&worker, &id, "DT-20W").await, duty("2026-05-25", "running"));
}

#[actix_web::test]
async fn a_child_who_moves_away_ends_the_case_and_what_was_owed() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let id = app.school("900001").ask_for_assessment("Example").await;
    app.on("2026-02-20");
    let moved = json!({"why": "moved", "forwardedTo": "309", "on": "2026-02-18", "reasons": "Words."});
    let early = json!({"why": "moved", "on": "2026-01-04"});
    assert_eq!(worker.change(&id, "responsibility-end", early).await.problem(409)["reason"], "ended_before_request");
    worker.change(&id, "responsibility-end", moved.clone()).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!(seen["stage"], "responsibility_ended");
    assert_eq!(seen["responsibilityEnded"], json!({"why": "moved", "forwardedTo": "309", "on": "2026-02-18"}));
    assert_eq!(seen["nextDue"], Value::Null);
    assert_eq!(due(&worker, &id, "D-20W").await, duty("2026-05-25", "fell_away"));
    assert_eq!(worker.change(&id, "responsibility-end", moved).await.problem(409)["reason"], "already_recorded");
    let decide = json!({"outcome": "assess", "reasons": "Words."});
    let refused = app.client(Role::DecisionMaker).change(&id, "assessment-decision", decide).await.problem(409);
    assert_eq!(refused["reason"], "responsibility_ended");
    let requests = app.client(Role::Manager).get("/v1/statistics/requests?from=2026-01-01&to=2026-12-31").await.ok();
    assert_eq!(requests["data"][0]["withdrawn"], 1, "the return counts it with those that ended before a decision");
}

#[actix_web::test]
async fn a_request_for_a_child_who_lives_elsewhere_is_forwarded_and_recorded() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let id = app.school("900001").ask_for_assessment("Example").await;
    let unknown = json!({"why": "not_resident", "forwardedTo": "999"});
    worker.change(&id, "responsibility-end", unknown).await.problem(422);
    worker.change(&id, "responsibility-end", json!({"why": "not_resident", "forwardedTo": "309"})).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!((&seen["stage"], &seen["responsibilityEnded"]["forwardedTo"]), (&json!("responsibility_ended"), &json!("309")));
}

#[actix_web::test]
async fn a_child_with_a_final_plan_takes_the_plan_along() {
    let app = TestApp::start().await;
    let id = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-06");
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "Words."}});
    worker.change(&id, "final-plan", body).await.id();
    let refused = worker.change(&id, "responsibility-end", json!({"why": "moved"})).await.problem(409);
    assert_eq!(refused["reason"], "plan_already_sent");
    worker.change(&id, "responsibility-end", json!({"why": "moved", "on": "2026-05-05"})).await.problem(409);
}

pub fn names(list: &Value, field: &str) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|one| one[field].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_letter_with_nothing_but_a_name_is_a_request_and_its_gaps_are_for_staff() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let letter =
        json!({"child": {"givenName": "Ben", "familyName": "Sample"}, "requestedBy": "parent", "receivedOn": "2025-12-24"});
    let id = worker.post("/v1/requests", letter).await.id();
    let seen = case(&worker, &id).await;
    let expected =
        ["no_date_of_birth", "no_upn", "no_sex", "no_ethnicity", "no_postcode", "no_setting", "no_reasons", "no_contact"];
    assert_eq!(names(&seen["gaps"], "gap"), expected);
    assert_eq!((&seen["receivedOn"], &seen["identity"]["bornOn"]), (&json!("2025-12-24"), &Value::Null));
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2026-02-04", "running"));

    let school = json!({"requestedBy": "school", "setting": "urn:900001", "reasons": "Words."});
    worker.post(&format!("/v1/cases/{id}/requests"), school).await.id();
    let child = seen["child"].as_str().unwrap();
    let identity = json!({
        "givenName": "Ben", "familyName": "Sample", "bornOn": "2019-11-02", "sex": "M", "ethnicity": "WBRI", "upnUnknown": "UN1",
        "postcode": "RM1 7QX"
    });
    let put = worker.request(actix_web::http::Method::PUT, &format!("/v1/children/{child}/identity"));
    let etag = worker.get(&format!("/v1/children/{child}")).await.header("etag").unwrap().to_owned();
    app.call(put.insert_header(("if-match", etag)).set_json(json!({"identity": identity}))).await.ok();
    assert_eq!(names(&case(&worker, &id).await["gaps"], "gap"), ["no_contact"]);
    let shown = case(&app.school("900001"), &id).await;
    assert_eq!((shown.get("gaps"), &shown["requests"][1]["reasons"]), (None, &json!("Words.")), "its own words: {shown}");
    assert_eq!(shown["requests"][0].get("reasons"), None, "{shown}");
    assert_eq!(case(&worker, &id).await["requests"][1]["reasons"], "Words.");
}

#[actix_web::test]
async fn what_is_still_to_be_found_out_about_a_notification_and_a_move_is_a_gap() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let mut told = request_for("Example");
    told["requestedBy"] = json!("health_notification");
    let id = worker.post("/v1/requests", told).await.id();
    assert!(names(&case(&worker, &id).await["gaps"], "gap").contains(&"notification_effect_not_recorded".to_owned()));
    worker.change(&id, "responsibility-end", json!({"why": "not_resident", "reasons": "They live in Cardiff."})).await.id();
    assert!(names(&case(&worker, &id).await["gaps"], "gap").contains(&"not_forwarded".to_owned()));
}

fn asked(given: &str, family: &str, born: Option<&str>, upn: Option<&str>) -> Value {
    json!({"child": {"givenName": given, "familyName": family, "bornOn": born, "upn": upn}, "requestedBy": "school"})
}

const UPN: &str = "H311400125001";

#[actix_web::test]
async fn a_school_that_names_its_pupil_by_upn_joins_the_open_case() {
    let app = TestApp::start().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let first = school.post("/v1/requests", asked("Amira", "Example", Some("2017-03-14"), Some(UPN))).await.id();
    let again = school.post("/v1/requests", asked("Amíra", "EXAMPLE", None, Some(UPN))).await.id();
    assert_eq!(again, first);
    let seen = case(&worker, &first).await;
    assert_eq!(seen["requests"][1]["childNamed"]["givenName"], "Amíra");
    assert_eq!(app.number_of_cases().await, 1);

    withdrawn(&worker, &first, json!({"request": seen["requests"][0]["id"]})).await.id();
    withdrawn(&worker, &first, json!({"request": seen["requests"][1]["id"]})).await.id();
    let new = school.post("/v1/requests", asked("Amira", "Example", None, Some(UPN))).await.id();
    assert_ne!(new, first, "a withdrawn case takes nobody in");
}

#[actix_web::test]
async fn knowing_a_childs_upn_and_name_opens_nobodys_file() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let first = app.school("900001").post("/v1/requests", asked("Amira", "Example", Some("2017-03-14"), Some(UPN))).await.id();
    let stranger = app.school("900002");
    let theirs = stranger.post("/v1/requests", asked("Amira", "Example", Some("2017-03-14"), Some(UPN))).await.id();
    assert_ne!(theirs, first);
    assert_eq!(stranger.get(&format!("/v1/cases/{first}")).await.problem(404)["code"], "not_found");
    let father = app.client_of(Role::Family, "311", None, "father");
    let mut his = asked("Amira", "Example", Some("2017-03-14"), Some(UPN));
    his["requestedBy"] = json!("parent");
    let his = father.post("/v1/requests", his).await.id();
    assert!(his != first && his != theirs);
    assert_eq!(case(&worker, &his).await["possibleDuplicates"].as_array().unwrap().len(), 2);
    assert_eq!(case(&father, &his).await.get("possibleDuplicates"), None);
    // Staff see all of them, and their letter joins the case that is open.
    let by_letter = worker.post("/v1/requests", asked("Amira", "Example", Some("2017-03-14"), Some(UPN))).await.id();
    assert!([&first, &theirs, &his].contains(&&by_letter));
}

#[actix_web::test]
async fn a_child_who_may_be_the_same_is_flagged_however_the_letter_writes_it() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let first = app.school("900001").post("/v1/requests", asked("Zoë", "O’Brien", Some("2017-03-04"), None)).await.id();
    let child = case(&worker, &first).await["child"].clone();
    for (given, family, born) in [
        ("zoe", "obrien", Some("2017-03-04")),
        ("O'Brien", "Zoe", Some("2017-03-04")),
        ("Zoe", "O'Brein", Some("2017-03-04")),
        ("Zoe", "O'Brien", Some("2017-04-03")),
        ("Zoe", "O'Brien", Some("2016-03-04")),
        ("Zoe", "O'Brien", None),
    ] {
        let other = worker.post("/v1/requests", asked(given, family, born, None)).await.id();
        let seen = case(&worker, &other).await;
        assert!(seen["possibleDuplicates"].as_array().unwrap().contains(&child), "{given} {family} {born:?}");
        assert_eq!(seen["stage"], "considering");
    }
    let other = worker.post("/v1/requests", asked("Max", "O'Brien", Some("2017-03-04"), None)).await.id();
    assert_eq!(case(&worker, &other).await.get("possibleDuplicates"), None, "a brother's names are not close");
}

#[actix_web::test]
async fn twins_are_told_apart_with_a_reason_and_the_flag_goes_for_both() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let mut twins = Vec::new();
    for name in ["Amira", "Amina"] {
        let id = worker.post("/v1/requests", asked(name, "Example", Some("2017-03-14"), None)).await.id();
        let child = case(&worker, &id).await["child"].as_str().unwrap().to_owned();
        twins.push((id, child));
    }
    let [(_, amira), (amina_case, amina)] = twins.as_slice() else { unreachable!() };
    assert_eq!(case(&worker, amina_case).await["possibleDuplicates"], json!([amira]));
    let path = format!("/v1/children/{amira}/told-apart");
    let reason = "Two pupils, says the school.";
    assert_eq!(
        worker.post(&path, json!({"from": amira, "reason": reason})).await.problem(422)["errors"][0]["code"],
        "same_child"
    );
    worker.post(&path, json!({"from": amina, "reason": ""})).await.problem(422);
    worker.post(&path, json!({"from": amina, "reason": reason})).await.id();
    assert_eq!(case(&worker, amina_case).await.get("possibleDuplicates"), None);
    let lines = worker.get("/v1/cases").await.ok();
    assert!(lines["data"].as_array().unwrap().iter().all(|line| line["possibleDuplicate"] == false), "{lines}");
    let other_way = format!("/v1/children/{amina}/told-apart");
    let again = worker.post(&other_way, json!({"from": amira, "reason": reason})).await.problem(409);
    assert_eq!(again["reason"], "already_recorded");
}

#[actix_web::test]
async fn a_child_with_a_plan_is_offered_a_reassessment_and_its_own_limits_when_an_officer_takes_it_so() {
    let app = TestApp::start().await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let first = app.case_with_draft().await;
    let refused = officer.change(&first, "reassessment", json!({})).await.problem(409);
    assert_eq!(refused["reason"], "no_plan_to_reassess");
    app.on("2026-05-06");
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "Words."}});
    worker.change(&first, "final-plan", body).await.id();
    let child = case(&worker, &first).await["child"].clone();
    app.on("2027-09-18");
    let id = worker.post("/v1/requests", json!({"child": {"id": child}, "requestedBy": "parent"})).await.id();
    assert_eq!(names(&case(&worker, &id).await["flags"], "flag"), ["plan_in_force"]);
    assert_eq!(due(&worker, &id, "D-6W").await, duty("2027-10-30", "running"), "until an officer takes it so");

    officer.change(&id, "reassessment", json!({"reasons": "Words."})).await.id();
    assert_eq!(due(&worker, &id, "D-6W").await, vec![]);
    assert_eq!(due(&worker, &id, "RA-1").await, duty("2027-10-03", "running"));
    app.on("2027-10-01");
    let decision = json!({"outcome": "assess", "reasons": "Words.", "notifiedOn": "2027-10-01"});
    officer.change(&id, "assessment-decision", decision).await.id();
    assert_eq!(due(&worker, &id, "RA-1").await, duty("2027-10-03", "met"));
    assert_eq!(due(&worker, &id, "RA-2").await, duty("2028-01-07", "running"));
    assert_eq!(case(&worker, &id).await["stage"], "assessing");
    app.on("2027-10-08");
    withdrawn(&worker, &id, json!({})).await.id();
    assert_eq!(due(&worker, &id, "RA-2").await, duty("2028-01-07", "fell_away"));
}

/// The flags of a request received on a day, after an assessment that ended in no plan on 5 January 2026.
async fn flags_of_a_request_on(day: &str) -> Vec<String> {
    let app = TestApp::start().await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let mut letter = request_for("Example");
    letter["receivedOn"] = json!("2025-11-03");
    let first = worker.post("/v1/requests", letter).await.id();
    let decision = json!({"outcome": "assess", "reasons": "Words.", "decidedOn": "2025-12-01", "notifiedOn": "2025-12-01"});
    officer.change(&first, "assessment-decision", decision).await.id();
    let body = json!({"giver": "psychology", "requestedOn": "2025-12-01", "receivedOn": "2025-12-01"});
    worker.post(&format!("/v1/cases/{first}/advice-requests"), body).await.id();
    let acknowledge = json!([{"concern": "plan_decided_without_advice", "reason": "Words."}]);
    let decision = json!({"outcome": "no_plan", "reasons": "Words.", "notifiedOn": "2026-01-05", "acknowledge": acknowledge});
    officer.change(&first, "plan-decision", decision).await.id();
    let child = case(&worker, &first).await["child"].clone();
    app.on(day);
    let id = worker.post("/v1/requests", json!({"child": {"id": child}, "requestedBy": "parent"})).await.id();
    let seen = case(&worker, &id).await;
    assert_eq!(seen["stage"], "considering", "it is determined all the same");
    assert_eq!(due(&worker, &id, "D-6W").await.len(), 1);
    if let Some(flag) = seen["flags"].as_array().and_then(|flags| flags.first()) {
        assert_eq!(flag["citation"]["text"], "Children and Families Act 2014, s.36(6)(b)");
    }
    names(&seen["flags"], "flag")
}

#[actix_web::test]
async fn an_assessment_counts_as_lately_for_six_months_to_the_day() {
    assert_eq!(flags_of_a_request_on("2026-07-05").await, ["assessed_within_six_months"]);
    assert_eq!(flags_of_a_request_on("2026-07-06").await, Vec::<String>::new());
}
