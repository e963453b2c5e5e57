//! Is a request carried out once, and a change made only to what was read?

use actix_web::http::Method;
use actix_web::test::TestRequest;
use ehc_casework::access::Role;
use serde_json::json;

use crate::support::{Client, Reply, TestApp, request_for, staff_id};

const SCHOOL: &str = "900001";

fn posting(client: &Client, path: &str, key: &str) -> TestRequest {
    client.request(Method::POST, path).insert_header(("idempotency-key", key))
}

#[actix_web::test]
async fn a_creating_post_without_a_key_is_refused_and_records_nothing() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    let request = school.request(Method::POST, "/v1/requests").set_json(request_for("Example"));
    let problem = app.call(request).await.problem(400);
    assert_eq!(problem["code"], "idempotency_key_required");
    assert_eq!(app.number_of_cases().await, 0);
}

#[actix_web::test]
async fn a_repetition_gets_the_first_answer_and_has_no_effect_of_its_own() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    let first = school.post_with_key("/v1/requests", "one", request_for("Example")).await;
    assert_eq!((first.status.as_u16(), first.header("idempotent-replayed")), (201, None));
    app.on("2026-01-06");
    let again = school.post_with_key("/v1/requests", "one", request_for("Example")).await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    assert_eq!(again.header("location"), first.header("location"));
    assert!(first.header("location").unwrap().starts_with("/v1/cases/"));
    assert_eq!(app.number_of_cases().await, 1);
}

#[actix_web::test]
async fn a_key_belongs_to_its_payload_its_path_and_its_person() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    school.post_with_key("/v1/requests", "one", request_for("Example")).await.id();
    let reused = school.post_with_key("/v1/requests", "one", request_for("Another")).await.problem(422);
    assert_eq!(reused["code"], "idempotency_key_reused");
    assert_eq!(app.number_of_cases().await, 1);

    let other = app.client_of(Role::School, "311", Some("urn:900002"), "somebody else");
    other.post_with_key("/v1/requests", "one", request_for("Another")).await.id();
    assert_eq!(app.number_of_cases().await, 2);

    // The same body and key on another case is another request.
    let worker = app.client(Role::CaseWorker);
    let cases = worker.get("/v1/cases").await.ok();
    let id = |at: usize| cases["data"][at]["id"].as_str().unwrap().to_owned();
    let body =
        json!({"giver": "psychology", "acknowledge": [{"concern": "advice_without_assessment", "reason": "Asked early."}]});
    let path = |case: &str| format!("/v1/cases/{case}/advice-requests");
    worker.post_with_key(&path(&id(0)), "two", body.clone()).await.id();
    assert_eq!(worker.post_with_key(&path(&id(1)), "two", body).await.problem(422)["code"], "idempotency_key_reused");
}

#[actix_web::test]
async fn a_key_of_a_refused_request_is_free_for_the_next_try() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    school.post_with_key("/v1/requests", "one", json!({"requestedBy": "parent"})).await.problem(422);
    let wrong_requester = json!({"child": request_for("Example")["child"], "requestedBy": "parent"});
    school.post_with_key("/v1/requests", "one", wrong_requester).await.problem(422);
    school.post_with_key("/v1/requests", "one", request_for("Example")).await.id();
}

#[actix_web::test]
async fn twenty_duplicates_at_once_have_one_effect() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let school = school.clone();
            actix_web::rt::spawn(async move { school.post_with_key("/v1/requests", "one", request_for("Example")).await })
        })
        .collect();
    let mut ids = Vec::new();
    for call in calls {
        let reply = call.await.unwrap();
        match reply.status.as_u16() {
            201 => ids.push(reply.id()),
            409 => assert_eq!(reply.problem(409)["code"], "request_in_progress"),
            other => panic!("{other}: {}", reply.text),
        }
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "every success names the one case: {ids:?}");
    assert_eq!(app.number_of_cases().await, 1);
}

async fn withdrawn_with(client: &Client, case: &str, tag: Option<&str>) -> Reply {
    let mut request = posting(client, &format!("/v1/cases/{case}/withdrawal"), "w");
    if let Some(tag) = tag {
        request = request.insert_header(("if-match", tag));
    }
    client.app.call(request.set_json(json!({}))).await
}

#[actix_web::test]
async fn a_change_needs_the_version_that_was_read_whatever_the_day_and_the_reader() {
    let app = TestApp::start().await;
    let case = app.school(SCHOOL).ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let tag = worker.get(&format!("/v1/cases/{case}")).await.header("etag").unwrap().to_owned();
    let version = tag.trim_matches('"').split('.').next().unwrap().to_owned();

    assert_eq!(withdrawn_with(&worker, &case, None).await.problem(428)["code"], "precondition_required");
    assert_eq!(withdrawn_with(&worker, &case, Some("*")).await.problem(428)["code"], "precondition_required");
    for stale in ["\"v1\"", "\"v99.2026-01-05.00000000\"", "\"x\"", &format!("W/{tag}")] {
        assert_eq!(withdrawn_with(&worker, &case, Some(stale)).await.problem(412)["code"], "changed_since_read", "{stale}");
    }
    assert_eq!(withdrawn_with(&worker, &case, Some("unquoted")).await.problem(400)["code"], "invalid_header");
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["stage"], "considering");

    let of_another_day_and_reader = format!("\"{version}.2025-12-31.ffffffff\"");
    withdrawn_with(&worker, &case, Some(&of_another_day_and_reader)).await.id();
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["stage"], "withdrawn");
}

#[actix_web::test]
async fn a_tag_goes_stale_when_anything_is_recorded() {
    let app = TestApp::start().await;
    let case = app.school(SCHOOL).ask_for_assessment("Example").await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let tag = worker.get(&format!("/v1/cases/{case}")).await.header("etag").unwrap().to_owned();
    officer.change(&case, "assessment-decision", json!({"outcome": "assess", "reasons": "The legal test is met."})).await.id();
    withdrawn_with(&worker, &case, Some(&tag)).await.problem(412);
}

#[actix_web::test]
async fn what_was_read_is_not_sent_again_until_the_case_the_day_or_the_reader_changes() {
    let app = TestApp::start().await;
    let case = app.school(SCHOOL).ask_for_assessment("Example").await;
    let path = format!("/v1/cases/{case}");
    let worker = app.client(Role::CaseWorker);
    let tag = worker.get(&path).await.header("etag").unwrap().to_owned();
    let again = |client: &Client| client.request(Method::GET, &path).insert_header(("if-none-match", tag.clone()));

    let unchanged = app.call(again(&worker)).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.text.as_str()), (304, ""));
    assert_eq!(unchanged.header("etag"), Some(tag.as_str()));

    // Another reader has other permitted actions, another day other duties.
    for reader in [app.school(SCHOOL), app.client(Role::Manager)] {
        let seen = app.call(again(&reader)).await;
        assert_ne!(seen.header("etag"), Some(tag.as_str()));
        assert_eq!(seen.status, 200);
    }
    app.on("2026-01-06");
    let next_day = app.call(again(&worker)).await;
    assert_eq!(next_day.status, 200);
    assert_ne!(next_day.header("etag"), Some(tag.as_str()));

    app.on("2026-01-05");
    assert_eq!(app.call(again(&worker)).await.status, 304);
    worker.post(&format!("{path}/allocation"), json!({"caseWorker": staff_id(Role::CaseWorker, 311)})).await.id();
    assert_eq!(app.call(again(&worker)).await.status, 200);
}
