//! From a school's request to a final plan and its first review, over HTTP.

use ehc_casework::access::Role;
use serde_json::json;

use crate::support::TestApp;

#[actix_web::test]
async fn a_school_asks_and_a_plan_is_made_within_twenty_weeks_and_reviewed_a_year_later() {
    let app = TestApp::start().await;
    let school = app.school("900001");
    let worker = app.client(Role::CaseWorker);
    let officer = app.client(Role::DecisionMaker);

    let submitted = school
        .post(
            "/v1/requests",
            json!({
                "child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "upn": "H311400125001"},
                "requestedBy": "school",
                "reasons": "Three reviews without the progress expected."
            }),
        )
        .await;
    let location = submitted.header("location").unwrap().to_owned();
    let case = submitted.id();
    assert_eq!(location, format!("/v1/cases/{case}"));

    let seen = school.get(&location).await.ok();
    assert_eq!(seen["stage"], "considering");
    assert_eq!(seen["nextDue"], json!({"rule": "D-6W", "on": "2026-02-16"}));
    assert_eq!(seen["identity"]["familyName"], "Example");

    app.on("2026-02-10");
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    officer.change(&case, "assessment-decision", body).await.id();

    let body = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-02-10"});
    let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), body).await.id();
    app.on("2026-03-20");
    let path = format!("/v1/cases/{case}/advice-requests/{advice}/progress");
    worker.post(&path, json!({"returnedOn": "2026-03-20", "words": "Advice."})).await.id();

    app.on("2026-04-20");
    let body = json!({"outcome": "issue", "reasons": "Needs a plan.", "notifiedOn": "2026-04-20"});
    officer.change(&case, "plan-decision", body).await.id();
    worker.change(&case, "draft-plans", json!({"sections": {"b": "Needs.", "f": "Provision."}})).await.id();

    app.on("2026-05-06");
    let consulted = json!({"settings": [{"setting": "urn:900001"}]});
    worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs.", "f": "Provision.", "i": "Example Primary"}});
    let plan = worker.change(&case, "final-plan", body).await.id();
    assert_eq!(worker.get(&location).await.ok()["stage"], "plan_issued");

    app.on("2027-03-01");
    let review = worker.post(&format!("/v1/plans/{plan}/reviews"), json!({"meetingOn": "2027-03-01"})).await.id();
    app.on("2027-03-20");
    worker.post(&format!("/v1/plans/{plan}/reviews/{review}/report"), json!({"reportOn": "2027-03-12"})).await.id();
    officer.get(&format!("/v1/plans/{plan}")).await.ok();
    let body = json!({"outcome": "maintain", "reasons": "Progress as hoped.", "notifiedOn": "2027-03-20"});
    officer.post(&format!("/v1/plans/{plan}/reviews/{review}/decision"), body).await.id();

    let duties = worker.get(&format!("{location}/deadlines")).await.ok();
    let state = |rule: &str| {
        let all = duties["deadlines"].as_array().unwrap();
        all.iter().find(|d| d["rule"] == rule).map(|d| d["state"].clone()).unwrap_or_default()
    };
    assert_eq!(state("D-6W"), "met");
    assert_eq!(state("D-ADV"), "met");
    assert_eq!(state("D-20W"), "met");
    assert_eq!(state("D-AR12"), "met");
    assert_eq!(state("D-AR-DEC"), "met");
}
