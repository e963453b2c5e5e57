//! The school is asked for its advice just before the summer: its closure excuses the late plan, and a day earlier would not have.

use actix_web::http::Method;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use super::teller::Story;
use super::told::told;

const SCHOOL: &str = "urn:900001";

/// A case in which the school, closed from 22 July to 1 September, is asked on a day; its plan is two weeks late.
async fn asked_on(day: &str) -> Story {
    let mut story = Story::begin().await;
    let administrator = story.app.client(Role::Administrator);
    let setting = json!({"id": SCHOOL, "name": "Example Primary School", "settingType": "academy", "phase": "primary"});
    administrator.post("/v1/settings", setting).await.ok();
    let calendar = json!({"closures": [
        {"from": "2026-05-25", "to": "2026-05-29", "name": "Half-term"},
        {"from": "2026-07-22", "to": "2026-09-01", "name": "Summer holidays"}
    ]});
    let path = format!("/v1/settings/{SCHOOL}/closures");
    story.app.call(administrator.request(Method::PUT, &path).set_json(calendar)).await.ok();

    story.assessed("2026-05-11", "2026-06-19").await;
    let advice = story.advice_asked(day, "education", SCHOOL).await;
    let returned = json!({"returnedOn": "2026-09-16", "words": "The advice."});
    story.on("2026-09-16", &story.school, &format!("{advice}/progress"), returned).await;
    story.planned("2026-09-18", "2026-09-21", "2026-10-12").await;
    story
}

fn claim() -> Value {
    json!({"paragraph": "X13.3a", "setting": SCHOOL, "evidence": "The school's calendar.", "toldOn": "2026-10-12"})
}

#[actix_web::test]
async fn a_summer_closure_excuses_the_plan_where_the_school_was_asked_on_the_first_day_of_the_window() {
    let story = asked_on("2026-07-15").await;
    assert_eq!(story.states("D-20W").await, ["late"], "before anybody claims");
    let claimed = story.case_worker.post(&format!("{}/exceptions", story.case), claim()).await.ok();
    assert_eq!((&claimed["termsMet"], &claimed["why"]), (&json!(true), &json!("Its terms are met: it excuses D-20W.")));
    assert_eq!(story.states("D-20W").await, ["excused"]);
    assert_eq!(story.states("D-ADV").await, ["late"], "a closed school excuses no late advice of its own");
    let claims = story.case_worker.get(&format!("{}/exceptions", story.case)).await.ok();
    let told_claim = &claims["data"][0];
    assert_eq!((&told_claim["from"], &told_claim["to"]), (&json!("2026-07-22"), &json!("2026-09-01")), "from the calendar");
    assert_eq!(
        told_claim["duties"][0],
        json!({"rule": "D-20W", "about": null, "dueOn": "2026-09-28", "termsMet": true, "why": ""})
    );
    let line = story.timeliness_of_2026().await;
    assert_eq!((&line["includingExceptions"]["issued"], &line["includingExceptions"]["within20Weeks"]), (&json!(1), &json!(0)));
    assert_eq!(line["excludingExceptions"]["issued"], 0, "the excused case is left out");
    insta::assert_snapshot!(told(&story, None).await);
}

#[actix_web::test]
async fn the_same_closure_excuses_nothing_where_the_school_was_asked_a_day_earlier() {
    let story = asked_on("2026-07-14").await;
    let path = format!("{}/exceptions", story.case);
    let mut claim = claim();
    let problem = story.case_worker.post(&path, claim.clone()).await.problem(409);
    assert_eq!(problem["concerns"][0]["concern"], "exception_terms_not_met");
    assert_eq!(problem["concerns"][0]["citation"]["text"], "SEND Regulations 2014, reg. 13(3)");
    claim["acknowledge"] = json!([{"concern": "exception_terms_not_met", "reason": "The team asked a day too early."}]);
    let claimed = story.case_worker.post(&path, claim).await.ok();
    assert_eq!(claimed["termsMet"], false);
    assert!(claimed["why"].as_str().unwrap().contains("from Wednesday 15 July 2026 to Wednesday 26 August 2026"), "{claimed}");
    assert_eq!(story.states("D-20W").await, ["late"]);
    let line = story.timeliness_of_2026().await;
    assert_eq!((&line["excludingExceptions"]["issued"], &line["excludingExceptions"]["within20Weeks"]), (&json!(1), &json!(0)));
}
