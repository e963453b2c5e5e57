//! A long absence excuses a late plan, until it turns out that the family was back a day too early.

use serde_json::{Value, json};

use super::teller::Story;
use super::told::told;

async fn state(story: &Story, as_of: &str) -> Value {
    let deadlines = story.case_worker.get(&format!("{}/deadlines{as_of}", story.case)).await.ok();
    let duties = deadlines["deadlines"].as_array().unwrap();
    duties.iter().find(|duty| duty["rule"] == "D-20W").unwrap()["state"].clone()
}

async fn without_exceptions(story: &Story, as_of: &str) -> Value {
    let path = format!("/v1/statistics/timeliness?from=2026-01-01&to=2026-12-31{as_of}");
    story.manager.get(&path).await.ok()["data"][0]["excludingExceptions"]["issued"].clone()
}

#[actix_web::test]
async fn excused_by_an_absence_and_then_found_not_to_be() {
    let mut story = Story::begin().await;
    story.assessed("2026-01-05", "2026-02-13").await;
    let advice = story.advice_asked("2026-02-16", "psychology", "local:educational-psychology").await;
    // Twenty-eight days, both ends counted.
    let away = json!({"paragraph": "X13.3d", "from": "2026-03-02", "to": "2026-03-29", "evidence": "The parent's email."});
    let claim = story.on("2026-03-30", &story.case_worker, "exceptions", away).await;
    let shown = story.case_worker.get(&story.case).await.ok();
    assert_eq!(shown["concerns"][0]["concern"], "exception_not_told");
    assert_eq!(shown["concerns"][0]["citation"]["text"], "SEND Code of Practice 2015, para. 9.43");
    story.on("2026-04-01", &story.case_worker, &format!("exceptions/{claim}/notification"), json!({})).await;
    let shown = story.case_worker.get(&story.case).await.ok();
    assert!(shown["concerns"].as_array().is_none_or(Vec::is_empty));
    let returned = json!({"returnedOn": "2026-04-24", "words": "The advice."});
    story.on("2026-04-24", &story.case_worker, &format!("{advice}/progress"), returned).await;
    story.planned("2026-05-01", "2026-05-18", "2026-06-05").await;
    assert_eq!(state(&story, "").await, "excused");
    assert_eq!(without_exceptions(&story, "").await, 0);

    let reason = json!({"reason": "The school saw the child on 29 March: 27 days."});
    story.on("2026-06-15", &story.case_worker, &format!("exceptions/{claim}/withdrawal"), reason).await;
    assert_eq!(state(&story, "").await, "late");
    assert_eq!(without_exceptions(&story, "").await, 1);
    story.app.on("2026-06-16");
    assert_eq!(state(&story, "?asOf=2026-06-14").await, "excused", "as it was known before");
    assert_eq!(without_exceptions(&story, "&asOf=2026-06-14").await, 0);
    let claims = story.case_worker.get(&format!("{}/exceptions", story.case)).await.ok();
    assert_eq!((&claims["data"][0]["stands"], &claims["data"][0]["withdrawnOn"]), (&json!(false), &json!("2026-06-15")));
    let then = story.case_worker.get(&format!("{}/exceptions?asOf=2026-06-14", story.case)).await.ok();
    assert_eq!((&then["data"][0]["stands"], &then["data"][0]["withdrawnOn"]), (&json!(true), &Value::Null));
    insta::assert_snapshot!(told(&story, None).await);
}
