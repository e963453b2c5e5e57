//! Therapy is not delivered for a term; the family says so, a case worker finds it, and it is made good and counted.

use serde_json::{Value, json};

use super::teller::Story;
use crate::support::subject;

#[actix_web::test]
async fn therapy_not_delivered_for_a_term_is_found_and_made_good() {
    let mut story = Story::begin().await;
    let (school, worker, manager, parent) =
        (story.school.clone(), story.case_worker.clone(), story.manager.clone(), story.parent.clone());
    story.assessed("2026-01-05", "2026-02-10").await;
    let advice = story.advice_asked("2026-02-10", "psychology", "local:ep").await;
    let returned = json!({"returnedOn": "2026-03-20", "words": "An hour of therapy a week."});
    story.on("2026-03-20", &worker, &format!("{advice}/progress"), returned).await;
    story.planned("2026-04-16", "2026-04-20", "2026-05-20").await;
    let case = worker.get(&story.case).await.ok();
    let plan = format!("/v1/plans/{}", case["finalPlan"]["plan"].as_str().unwrap());
    let known = json!({"kind": "parent", "account": subject("family"), "contact": {"name": "Rana Example"}});
    let child = case["child"].as_str().unwrap();
    story.recorded("2026-05-20", &worker, &format!("/v1/children/{child}/relationships"), known).await;

    let therapy = json!({
        "kind": "speech_and_language_therapy", "words": "Speech and language therapy, an hour a week.", "provider": "ods:RF4",
        "minutes": 60, "per": "week", "from": "2026-09-07"
    });
    let provision = story.recorded("2026-05-22", &worker, &format!("{plan}/provision"), therapy).await;
    let therapy = format!("{plan}/provision/{provision}");

    // Autumn: nobody comes. The family says so in its last week.
    let missed = json!({"from": "2026-09-07", "why": "other", "words": "Nobody has come since she started in Year 5."});
    let shortfall = story.recorded("2026-12-14", &parent, &format!("{therapy}/shortfalls"), missed).await;
    let open = worker.get("/v1/shortfalls?remedied=false&kind=speech_and_language_therapy").await.ok();
    assert_eq!(open["data"][0]["id"], json!(shortfall), "found");
    assert_eq!((&open["data"][0]["child"], &open["data"][0]["to"]), (&json!(child), &Value::Null));
    assert_eq!(school.get("/v1/shortfalls").await.ok()["data"].as_array().unwrap().len(), 1, "the school sees its pupil's");
    assert_eq!(story.app.school("900002").get("/v1/shortfalls").await.ok()["data"], json!([]), "and no other school");

    // Spring: the school tells that a therapist came; what was missed is made up by half term.
    story.recorded("2027-01-11", &school, &format!("{therapy}/deliveries"), json!({"words": "The new therapist came."})).await;
    let remedy = json!({"remedy": "made_up", "words": "Two sessions a week until half term."});
    story.recorded("2027-02-12", &worker, &format!("{therapy}/shortfalls/{shortfall}/remedy"), remedy).await;

    let told = parent.get(&format!("{plan}/provision")).await.ok()["data"][0]["shortfalls"][0].clone();
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-09-07"), &json!("2027-01-10")));
    assert_eq!((&told["remedy"], &told["remedyWords"]), (&json!("made_up"), &json!("Two sessions a week until half term.")));
    assert_eq!(worker.get("/v1/shortfalls?remedied=false").await.ok()["data"], json!([]));
    let year = manager.get("/v1/statistics/delivery?from=2026-09-01&to=2027-08-31").await.ok();
    let line = &year["data"][0];
    assert_eq!((&line["arranged"], &line["undelivered"], &line["days"]), (&json!(1), &json!(1), &json!(126)));
    assert_eq!((&line["why"], &line["remedied"]), (&json!({"other": 1}), &json!(1)));
    let then = manager.get("/v1/statistics/delivery?from=2026-09-01&to=2026-12-31&asOf=2026-12-31").await.ok();
    assert_eq!(
        (&then["data"][0]["days"], &then["data"][0]["remedied"]),
        (&json!(116), &json!(0)),
        "as it stood at the year's end"
    );
}
