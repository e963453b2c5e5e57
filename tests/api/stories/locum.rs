//! There are too few psychologists: a locum writes the advice, the plan comes in week 31, and nothing excuses it.

use serde_json::{Value, json};

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn the_psychologist_is_late_a_locum_takes_over_and_the_plan_comes_in_week_31_with_letters_and_no_exception() {
    let mut story = Story::begin().await;
    story.assessed("2026-01-05", "2026-02-13").await;
    let worker = story.case_worker.clone();
    let (service, locum) = (story.advice_giver("local:educational-psychology"), story.advice_giver("local:locum-psychologists"));
    let school = story.advice_asked("2026-02-16", "education", "urn:900001").await;
    let advice = story.advice_asked("2026-02-16", "psychology", "local:educational-psychology").await;

    let nobody = json!({"answer": "no_capacity", "words": "Three of eight posts are vacant."});
    story.on("2026-03-02", &service, &format!("{advice}/progress"), nobody).await;
    let returned = |day: &str| json!({"returnedOn": day, "words": "The advice."});
    story.on("2026-03-20", &story.school, &format!("{school}/progress"), returned("2026-03-20")).await;
    let late = json!({"reason": "staff_shortage", "expectedOn": "2026-06-05"});
    story.on("2026-03-30", &worker, &format!("{advice}/delays"), late).await;

    // It is no exception: the answer says what to do instead, and that is done.
    story.app.on("2026-03-31");
    let excuse = json!({"paragraph": "shortage", "from": "2026-03-31", "to": "2026-06-05", "evidence": "Vacancies."});
    let problem = worker.post(&format!("{}/exceptions", story.case), excuse).await.problem(422);
    let said = problem["errors"][0]["detail"].as_str().unwrap();
    for told in ["shortage of staff", "dates of a panel", "late health advice", "delay-letters"] {
        assert!(said.contains(told), "{said}");
    }
    let letter = |by: &str| {
        json!({"reason": "staff_shortage", "why": "We have too few educational psychologists.",
            "awaited": "The psychologist's advice.", "expectedBy": by})
    };
    story.on("2026-03-31", &worker, "delay-letters", letter("2026-06-05")).await;

    let named = json!({"name": "Dr Sam Example", "employment": "locum", "organisation": "local:locum-psychologists"});
    story.on("2026-05-11", &worker, &format!("{advice}/allocation"), named).await;
    story.on("2026-05-20", &worker, "delay-letters", letter("2026-07-31")).await;
    story.on("2026-06-02", &locum, &format!("{advice}/visits"), json!({})).await;
    story.on("2026-06-19", &locum, &format!("{advice}/sign-off"), json!({"name": "Dr Alex Example"})).await;
    story.on("2026-06-19", &locum, &format!("{advice}/progress"), returned("2026-06-19")).await;
    story.planned("2026-06-26", "2026-07-13", "2026-08-05").await;

    assert_eq!(story.states("D-20W").await, ["late"]);
    let mut advice = story.states("D-ADV").await;
    advice.sort();
    assert_eq!(advice, ["late", "met"], "the psychologist's, and the school's");
    let deadlines = worker.get(&format!("{}/deadlines", story.case)).await.ok();
    assert!(deadlines["deadlines"].as_array().unwrap().iter().all(|duty| duty["state"] != "excused"));
    let line = story.timeliness_of_2026().await;
    for (with, why) in [("includingExceptions", "with exceptions"), ("excludingExceptions", "without them")] {
        assert_eq!((&line[with]["issued"], &line[with]["within20Weeks"]), (&json!(1), &json!(0)), "{why}");
    }
    let shown = worker.get(&story.case).await.ok();
    assert_eq!(shown["delayLetters"][1]["expectedBy"], "2026-07-31");
    assert_eq!(shown["delayLetters"][0]["awaited"], "The psychologist's advice.");
    let to_the_school = story.school.get(&story.case).await.ok();
    assert_eq!(to_the_school["delayLetters"][0]["why"], Value::Null, "what the letter says is for the family and staff");
    insta::assert_snapshot!(told(&story, None).await);
}
