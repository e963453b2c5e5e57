//! Requests that a school has begun: whose they are, who finishes them, and what sending one does.

use ehc_casework::access::Role;
use serde_json::json;

use crate::intake::{case, names};
use crate::support::TestApp;

#[actix_web::test]
async fn what_a_school_has_begun_anybody_of_that_school_finishes_and_nobody_else_sees() {
    let app = TestApp::start().await;
    let of_the_school = |name: &str| app.client_of(Role::School, "311", Some("urn:900001"), name);
    let (secretary, head, other) = (of_the_school("secretary"), of_the_school("head"), app.school("900002"));
    let begun = json!({"child": {"givenName": "Amira"}, "reasons": "Three reviews."});
    let form = secretary.post("/v1/request-forms", begun).await.id();
    let path = format!("/v1/request-forms/{form}");
    for stranger in [&other, &app.client_of(Role::School, "309", Some("urn:900001"), "head")] {
        assert_eq!(stranger.get(&path).await.problem(404)["code"], "not_found");
        assert_eq!(stranger.get("/v1/request-forms").await.ok()["data"], json!([]));
        stranger.post(&format!("{path}/submission"), json!({})).await.problem(404);
        app.call(stranger.request(actix_web::http::Method::DELETE, &path)).await.problem(404);
    }
    app.client(Role::CaseWorker).get(&path).await.problem(403);

    let unfinished = head.post(&format!("{path}/submission"), json!({})).await.problem(422);
    assert_eq!(names(&unfinished["errors"], "pointer"), ["/child/familyName", "/requestedBy"]);
    let etag = head.get(&path).await.header("etag").unwrap().to_owned();
    let whole =
        json!({"child": {"givenName": "Amira", "familyName": "Example"}, "requestedBy": "school", "reasons": "Three reviews."});
    let put = |etag: &str| {
        let request = head.request(actix_web::http::Method::PUT, &path).insert_header(("if-match", etag.to_owned()));
        app.call(request.set_json(whole.clone()))
    };
    assert_eq!(put(&etag).await.ok()["version"], 2);
    assert_eq!(put(&etag).await.problem(412)["code"], "changed_since_read", "somebody else wrote in between");
    assert_eq!(head.get("/v1/request-forms").await.ok()["data"][0]["form"]["child"]["familyName"], "Example");

    app.on("2026-01-09");
    let sent = head.post_with_key(&format!("{path}/submission"), "send", json!({})).await;
    let id = sent.id();
    let seen = case(&head, &id).await;
    assert_eq!((&seen["receivedOn"], &seen["setting"]), (&json!("2026-01-09"), &json!("urn:900001")), "no clock ran before");
    head.get(&path).await.problem(404);
    let again = head.post_with_key(&format!("{path}/submission"), "send", json!({})).await;
    assert_eq!(again.id(), id, "the same key gives the same case");
    assert_eq!(app.number_of_cases().await, 1);
}

#[actix_web::test]
async fn a_form_that_cannot_be_sent_is_still_there() {
    let app = TestApp::start().await;
    let school = app.school("900001");
    let unknown = json!({"child": {"id": uuid::Uuid::new_v4()}, "requestedBy": "school"});
    let form = school.post("/v1/request-forms", unknown).await.id();
    let path = format!("/v1/request-forms/{form}");
    assert_eq!(school.post(&format!("{path}/submission"), json!({})).await.problem(422)["errors"][0]["pointer"], "/child/id");
    school.get(&path).await.ok();
    let thrown_away = app.call(school.request(actix_web::http::Method::DELETE, &path)).await;
    assert_eq!(thrown_away.status.as_u16(), 204);
    school.get(&path).await.problem(404);
}
