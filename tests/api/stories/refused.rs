//! A parent asks and is refused on the last day of week six; the refusal goes to mediation.

use serde_json::json;

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn a_parent_asks_and_is_refused_on_the_last_day_of_week_six() {
    let mut story = Story::begin().await;
    let (parent, worker, officer) = (story.parent.clone(), story.case_worker.clone(), story.officer.clone());

    let ben = json!({"givenName": "Ben", "familyName": "Sample", "bornOn": "2019-11-02"});
    let request = json!({"child": ben, "requestedBy": "parent", "setting": "urn:900002", "reasons": "He is lost in class."});
    story.asked("2026-01-05", &parent, request).await;
    let staff = worker.get("/v1/staff").await.ok();
    let all = staff["data"].as_array().unwrap();
    let case_worker = all.iter().find(|member| member["role"] == "case_worker").map(|member| &member["id"]);
    story.on("2026-01-06", &story.manager, "allocation", json!({"caseWorker": case_worker})).await;

    story.app.on("2026-02-16");
    assert_eq!(story.states("D-6W").await, ["running"], "the last day is still in time");
    let decision =
        json!({"outcome": "refuse", "reasons": "School support has not been tried for long enough.", "notifiedOn": "2026-02-16"});
    story.on("2026-02-16", &officer, "assessment-decision", decision).await;
    assert_eq!(story.states("D-6W").await, ["met"]);
    assert_eq!(parent.get(&story.case).await.ok()["stage"], "assessment_refused");

    story.on("2026-03-30", &worker, "mediation-meetings", json!({"about": "refusal_to_assess"})).await;

    let line = story.timeliness_of_2026().await;
    assert_eq!(line["assessmentDecisions"], json!({"inTime": 1, "later": 0, "percentageInTime": 100.0}));
    assert_eq!(line["includingExceptions"]["issued"], 0);
    let requests = story.manager.get("/v1/statistics/requests?from=2026-01-01&to=2026-12-31").await.ok()["data"][0].clone();
    assert_eq!((&requests["received"], &requests["refused"], &requests["mediation"]), (&json!(1), &json!(1), &json!(1)));
    insta::assert_snapshot!(told(&story, None).await);
}
