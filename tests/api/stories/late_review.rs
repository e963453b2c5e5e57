//! A review is held in good time: its report comes late, the decision in week five, and the twelve months are over by then.

use serde_json::{Value, json};

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn a_school_misses_its_report_and_the_decision_comes_in_week_five() {
    let mut story = Story::begin().await;
    let (school, worker, officer, manager) =
        (story.school.clone(), story.case_worker.clone(), story.officer.clone(), story.manager.clone());
    story.assessed("2026-01-05", "2026-02-10").await;
    let advice = story.advice_asked("2026-02-16", "education", "urn:900001").await;
    let returned = json!({"returnedOn": "2026-03-13", "words": "The advice."});
    story.on("2026-03-13", &school, &format!("{advice}/progress"), returned).await;
    story.planned("2026-04-16", "2026-04-20", "2026-05-20").await;

    // The twelve months end on Wednesday 19 May 2027: the meeting is to be held by 21 April, in the summer term.
    story.app.on("2027-03-15");
    let terms = json!({"terms": [{"from": "2027-04-12", "to": "2027-07-21", "name": "Summer 2027"}]});
    story.app.call(worker.request("PUT".parse().unwrap(), "/v1/terms").set_json(terms)).await.ok();
    let list = school.get("/v1/review-lists").await.ok()["data"][0].clone();
    assert_eq!(list["reviews"][0]["meetBy"], "2027-04-21");
    let plan = format!("/v1/plans/{}", list["reviews"][0]["plan"].as_str().unwrap());
    let day = json!({"meetingOn": "2027-04-19"});
    let review = story.recorded("2027-03-30", &school, &format!("{plan}/review-dates"), day).await;
    let at = format!("{plan}/reviews/{review}");
    let everyone = json!({"to": ["family", "setting", "health", "social_care", "authority"]});
    story.recorded("2027-03-30", &school, &format!("{at}/invitations"), everyone.clone()).await;
    story.recorded("2027-04-05", &school, &format!("{at}/papers"), everyone).await;
    let meeting = json!({"came": ["family", "setting", "authority"], "childInvolvement": "attended"});
    story.recorded("2027-04-19", &school, &format!("{plan}/reviews"), meeting).await;

    // Two weeks end on Monday 3 May, a bank holiday that moves nothing.
    story.app.on("2027-05-04");
    let waiting = worker.get("/v1/reviews?standing=waiting_on_report").await.ok();
    assert_eq!(waiting["data"][0]["standing"], json!(["overdue", "waiting_on_report"]));
    let asked = school.get(&format!("{}/progress", story.case)).await.ok()["askedOfYou"][0].clone();
    assert_eq!((&asked["action"], &asked["by"]), (&json!("send_review_report"), &json!("2027-05-03")));
    let outcomes = json!([{"outcome": "Speaks in sentences.", "progress": "some", "words": "With one friend."}]);
    let report = json!({"words": "Therapy was missed in the spring.", "recommends": "amend", "outcomes": outcomes});
    story.recorded("2027-05-12", &school, &format!("{at}/report"), report).await;

    // Four weeks end on Monday 17 May.
    story.app.on("2027-05-17");
    assert_eq!(story.states("D-AR-DEC").await, ["running"], "the last day is still in time");
    story.app.on("2027-05-18");
    assert_eq!(story.states("D-AR-DEC").await, ["overdue"], "the next day is not");
    let decision =
        json!({"outcome": "maintain", "reasons": "What the plan says is right; it was not done.", "notifiedOn": "2027-05-21"});
    story.recorded("2027-05-21", &officer, &format!("{at}/decision"), decision).await;
    for rule in ["D-AR-REPORT", "D-AR-DEC"] {
        assert_eq!(story.states(rule).await, ["late"], "{rule}");
    }
    assert_eq!(story.states("D-AR12").await, ["late", "running"]);
    let next = worker.get(&plan).await.ok()["nextReview"].clone();
    assert_eq!(next, json!({"dueOn": "2028-05-20", "meetBy": "2028-04-22", "considerBy": Value::Null}));

    let counted = manager.get("/v1/statistics/reviews?year=2027").await.ok();
    assert_eq!((&counted["expected"], &counted["meetings"]["inTheYear"]), (&json!(1), &json!(1)));
    assert_eq!((&counted["decisions"]["withinFourWeeks"], &counted["decisions"]["later"]), (&json!(0), &json!(1)));
    assert_eq!(counted["twelveMonths"], json!({"inTime": 0, "late": 1, "overdue": 0}));
    let before = manager.get("/v1/statistics/reviews?year=2027&asOf=2027-05-20").await.ok();
    assert_eq!((&before["decisions"]["outstanding"], &before["twelveMonths"]["overdue"]), (&json!(1), &json!(1)));
    insta::assert_snapshot!(told(&story, None).await);
}
