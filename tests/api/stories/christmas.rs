//! A mother writes on Christmas Eve and the school asks in January: one case, whose clock is the mother's also after she withdraws.

use serde_json::json;

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn a_mothers_email_on_christmas_eve_and_the_schools_request_in_january() {
    let mut story = Story::begin().await;
    let (school, worker, officer) = (story.school.clone(), story.case_worker.clone(), story.officer.clone());

    // The office was closed; the email is recorded on Monday 5 January as of the day it came.
    let ben = json!({"givenName": "Ben", "familyName": "Sample"});
    let email = json!({
        "child": ben, "requestedBy": "parent", "receivedOn": "2025-12-24", "setting": "urn:900001",
        "reasons": "He is lost in class and I want him assessed."
    });
    story.asked("2026-01-05", &worker, email).await;
    let seen = worker.get(&story.case).await.ok();
    assert!(seen["gaps"].as_array().unwrap().iter().any(|gap| gap["gap"] == "no_date_of_birth"), "{seen}");

    // The school sees its pupil, and its request joins the case that is open.
    story.app.on("2026-01-12");
    let asked =
        json!({"child": {"id": seen["child"]}, "requestedBy": "school", "reasons": "Support has been reviewed three times."});
    let joined = school.post("/v1/requests", asked).await;
    assert_eq!(joined.header("location"), Some(story.case.as_str()));
    joined.id();
    assert_eq!(worker.get(&story.case).await.ok()["receivedOn"], "2025-12-24");

    // She changes her mind. The school's request lives on, and the duty that began with her email with it.
    let hers = worker.get(&story.case).await.ok()["requests"][0]["id"].clone();
    story.on("2026-01-20", &worker, "withdrawal", json!({"request": hers, "reasons": "She would rather wait."})).await;
    let seen = worker.get(&story.case).await.ok();
    assert_eq!((&seen["stage"], &seen["receivedOn"]), (&json!("considering"), &json!("2025-12-24")));

    story.app.on("2026-02-04");
    assert_eq!(story.states("D-6W").await, ["running"], "the last day, six weeks from her email, is still in time");
    let decision = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-04"});
    story.on("2026-02-04", &officer, "assessment-decision", decision).await;
    assert_eq!(story.states("D-6W").await, ["met"]);
    insta::assert_snapshot!(told(&story, None).await);
}
