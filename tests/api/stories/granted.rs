//! A school asks; by way of a panel the plan is sent within 20 weeks, and reviewed a year later.

use ehc_casework::access::Role;
use serde_json::json;

use super::teller::Story;
use super::told::told;

const LEARNS: &str = "urn:900001";

#[actix_web::test]
async fn a_school_asks_a_panel_advises_and_the_plan_is_sent_in_time_and_reviewed_a_year_later() {
    let mut story = Story::begin().await;
    let (school, worker, officer) = (story.school.clone(), story.case_worker.clone(), story.officer.clone());
    let psychologist = story.advice_giver("local:educational-psychology");

    let amira = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "needs": ["SLCN"]});
    let request = json!({"child": amira, "requestedBy": "school", "reasons": "Three reviews without the progress expected."});
    story.asked("2026-01-05", &school, request).await;

    let meeting = json!({"panel": "EHC panel", "meetsOn": "2026-02-10", "members": [{"member": "urn:ehc-casework:development|panel_member", "agency": "health"}]});
    let panel = format!("/v1/panels/{}", story.recorded("2026-02-02", &worker, "/v1/panels", meeting).await);
    let agenda = format!("{panel}/items");
    let item = story
        .recorded("2026-02-02", &worker, &agenda, json!({"case": story.case_id(), "why": ["complex"], "question": "assess"}))
        .await;
    story.app.client(Role::PanelMember).get(&format!("{agenda}/{item}/papers")).await.ok();
    let said = json!({"recommendation": "assess", "reasons": "The legal test is met.", "met": ["has_or_may_have_needs", "may_need_plan"]});
    story.recorded("2026-02-10", &worker, &format!("{agenda}/{item}/recommendation"), said).await;
    let decision = json!({"outcome": "assess", "reasons": "The child may need more than a school has.", "panelItem": item});
    story.on("2026-02-11", &officer, "assessment-decision", decision).await;
    story.on("2026-02-13", &worker, "assessment-decision/notification", json!({})).await;

    // Received on Monday 16 February: the six weeks of each end on Monday 30 March.
    let mut asked = Vec::new();
    for (giver, organisation) in [
        ("family", None),
        ("education", Some(LEARNS)),
        ("health", Some("ods:RYR")),
        ("psychology", Some("local:educational-psychology")),
        ("social_care", Some("local:childrens-services")),
    ] {
        let request =
            json!({"giver": giver, "organisation": organisation, "requestedOn": "2026-02-13", "receivedOn": "2026-02-16"});
        asked.push(story.on("2026-02-16", &worker, "advice-requests", request).await);
    }
    let progress = |place: usize| format!("advice-requests/{}/progress", asked[place]);
    let returned = |day: &str| json!({"returnedOn": day, "words": "The advice."});
    story.on("2026-03-02", &worker, &progress(0), returned("2026-03-02")).await;
    story.on("2026-03-13", &school, &progress(1), returned("2026-03-13")).await;
    story.on("2026-03-27", &worker, &progress(4), returned("2026-03-27")).await;
    story.on("2026-03-30", &psychologist, &progress(3), returned("2026-03-30")).await;
    let awaited = story.states("D-ADV").await.iter().filter(|state| *state == "running").count();
    assert_eq!(awaited, 1, "the last day is still in time");
    story.app.on("2026-03-31");
    assert!(story.states("D-ADV").await.contains(&"overdue".to_owned()), "the next day is not");
    story.on("2026-04-14", &worker, &progress(2), returned("2026-04-14")).await;

    let decision = json!({"outcome": "issue", "reasons": "The assessment shows needs that only a plan can meet."});
    story.on("2026-04-16", &officer, "plan-decision", decision).await;
    story.on("2026-04-17", &worker, "plan-decision/notification", json!({})).await;
    let sections =
        json!({"a": "Amira likes building things.", "b": "Speech and language needs.", "f": "Therapy, one hour a week."});
    story.on("2026-04-20", &worker, "draft-plans", json!({"sections": sections})).await;
    story.on("2026-04-20", &worker, "consultations", json!({"settings": [{"setting": LEARNS}]})).await;

    // Twenty weeks end on Monday 25 May, a bank holiday that moves nothing: the plan goes out on the Friday before.
    let named = json!({"placement": {"names": "setting", "setting": LEARNS}, "sections": sections});
    let plan = format!("/v1/plans/{}", story.on("2026-05-22", &worker, "final-plan", named).await);

    let reviews = format!("{plan}/reviews");
    let review = story.recorded("2027-04-20", &school, &reviews, json!({})).await;
    let report = json!({"words": "Amira speaks in class."});
    story.recorded("2027-05-04", &school, &format!("{reviews}/{review}/report"), report).await;
    let decision = json!({"outcome": "maintain", "reasons": "Progress against each outcome is as hoped."});
    story.recorded("2027-05-11", &officer, &format!("{reviews}/{review}/decision"), decision).await;
    story.recorded("2027-05-14", &worker, &format!("{reviews}/{review}/notification"), json!({})).await;

    let line = story.timeliness_of_2026().await;
    assert_eq!(line["includingExceptions"]["issued"], 1);
    assert_eq!(line["includingExceptions"]["within20Weeks"], 1);
    insta::assert_snapshot!(told(&story, Some(&panel)).await);
}
