//! Three drafts, a school asked for too late, and a silent one named in the final plan.

use serde_json::{Value, json};

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn three_drafts_a_late_request_for_a_school_and_a_silent_one_named_in_the_final_plan() {
    let mut story = Story::begin().await;
    let (parent, worker, officer) = (story.parent.clone(), story.case_worker.clone(), story.officer.clone());
    let (silent, full) = (story.app.school("900002"), story.app.school("900003"));

    let ada = json!({"givenName": "Ada", "familyName": "Specimen", "bornOn": "2015-05-20"});
    story.asked("2026-01-05", &parent, json!({"child": ada, "requestedBy": "parent", "setting": "urn:900001"})).await;
    let assess = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    story.on("2026-02-10", &officer, "assessment-decision", assess).await;
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-02-10"});
    let advice = story.on("2026-02-10", &worker, "advice-requests", asked).await;
    let returned = json!({"returnedOn": "2026-03-20", "words": "The advice."});
    story.on("2026-03-20", &worker, &format!("advice-requests/{advice}/progress"), returned).await;
    let issue = json!({"outcome": "issue", "reasons": "Her needs take a plan.", "notifiedOn": "2026-03-30"});
    story.on("2026-03-30", &officer, "plan-decision", issue).await;

    let draft = |change: &str, f: &str| json!({"change": change, "sections": {"b": "Reading.", "f": f}});
    story.on("2026-04-07", &worker, "draft-plans", draft("first", "Teaching in a small group.")).await;
    let comments = json!({"sections": {"f": "Please say how often."}});
    story.on("2026-04-13", &parent, "representations", comments).await;
    story.on("2026-04-15", &worker, "officer-meetings", json!({"words": "How often was agreed."})).await;
    story.on("2026-04-17", &worker, "draft-plans", draft("asked_by_family", "A small group, daily.")).await;
    assert_eq!(story.states("D-REPS15").await, ["running"], "what the family asked for begins no time of its own");
    story.on("2026-04-24", &worker, "draft-plans", draft("by_authority", "A small group, daily, and a reading scheme.")).await;

    // Fifteen days from Friday 24 April end on Friday 8 May.
    let settings = json!({"settings": [{"setting": "urn:900002"}, {"setting": "urn:900003", "otherAuthority": "309"}]});
    story.on("2026-04-24", &worker, "consultations", settings).await;
    let sent = worker.get(&format!("{}/consultations", story.case)).await.ok();
    let id = |place: usize| sent["data"][place]["id"].as_str().unwrap().to_owned();
    let of = |place: usize| format!("consultations/{}/answer", id(place));
    for (place, day) in [(0, "2026-04-27"), (1, "2026-04-28")] {
        story.on(day, &worker, &of(place), json!({"receivedOn": day})).await;
    }
    let own = full.get(&format!("{}/consultations", story.case)).await.ok();
    assert_eq!(own["data"].as_array().unwrap().len(), 1, "a setting sees its own alone");
    assert_eq!(
        full.post(&format!("{}/{}", story.case, of(0)), json!({"answer": "full"})).await.problem(404)["code"],
        "not_found"
    );
    let answer = json!({"answer": "full", "words": "The year group has no place."});
    story.on("2026-05-05", &full, &of(1), answer).await;
    story.app.on("2026-05-06");
    full.get(&story.case).await.problem(404);
    silent.get(&story.case).await.ok();

    story
        .on("2026-05-11", &parent, "setting-requests", json!({"setting": "urn:900004", "reasons": "Her friend goes there."}))
        .await;
    let case = parent.get(&story.case).await.ok();
    assert_eq!(case["settingRequests"][0]["late"], true);
    // The silent school's fifteen days end on Tuesday 12 May.
    story.app.on("2026-05-13");
    assert_eq!(story.states("D-SCHCONS15").await, ["overdue", "met"]);

    let named = |urn: &str| json!({"placement": {"names": "setting", "setting": urn}, "sections": {"b": "Reading."}});
    worker.get(&story.case).await.ok();
    let not_asked = worker.post(&format!("{}/final-plan", story.case), named("urn:900004")).await.problem(409);
    assert_eq!(not_asked["concerns"][0]["concern"], "setting_named_without_consultation");
    story.on("2026-05-20", &worker, "final-plan", named("urn:900002")).await;

    let case = worker.get(&story.case).await.ok();
    assert_eq!((&case["stage"], &case["concerns"]), (&json!("plan_issued"), &Value::Null), "a silent school can be named");
    assert_eq!(story.timeliness_of_2026().await["includingExceptions"]["within20Weeks"], 1);
    insta::assert_snapshot!(told(&story, None).await);
}
