//! What is committed in a financial year for placements, transport and direct payments, and who bears it.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::a_child;
use crate::placement_terms::a_child_without_a_case;
use crate::support::TestApp;

/// What each agency bears of each budget in a year.
async fn committed(app: &TestApp, query: &str) -> Vec<(String, String, i64, i64)> {
    let told = app.client(Role::Manager).get(&format!("/v1/statistics/commitments{query}")).await.ok();
    let line = |line: &Value| {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        (text("budget"), text("agency"), line["children"].as_i64().unwrap(), line["pounds"].as_i64().unwrap())
    };
    told["data"].as_array().unwrap().iter().map(line).collect()
}

fn line(budget: &str, agency: &str, children: i64, pounds: i64) -> (String, String, i64, i64) {
    (budget.to_owned(), agency.to_owned(), children, pounds)
}

/// A plan of a pupil of 900001, sent on 20 May 2026; gives the case and the plan.
async fn a_plan(app: &TestApp) -> (String, String) {
    let case = app.case_with_draft().await;
    app.on("2026-05-20");
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "Needs."}});
    let plan = app.client(Role::CaseWorker).change(&case, "final-plan", body).await.id();
    (case, plan)
}

#[actix_web::test]
async fn of_a_yearly_cost_the_days_in_the_financial_year_count_by_agency() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    // 365 days from 1 April 2026 to 31 March 2027; 73 of them are a fifth.
    let terms = json!({"yearlyCost": 36_500, "shares": {"education": 60, "health": 40}});
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-01-05", "until": "2026-06-12", "terms": terms});
    worker.post("/v1/placements", body).await.id();
    let expected = [line("placements", "education", 1, 4_380), line("placements", "health", 1, 2_920)];
    assert_eq!(committed(&app, "?year=2026").await, expected);
    // From 5 January to 31 March 2026 are 86 days of 365.
    assert_eq!(committed(&app, "").await[0], line("placements", "education", 1, 5_160), "the year that holds today");
    assert_eq!(committed(&app, "?year=2027").await, []);
}

#[actix_web::test]
async fn terms_that_change_a_planned_end_and_a_place_without_a_cost() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let terms = json!({"yearlyCost": 36_500, "plannedEnd": "2026-06-12"});
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-04-01", "terms": terms});
    let id = worker.post("/v1/placements", body).await.id();
    assert_eq!(committed(&app, "?year=2026").await, [line("placements", "education", 1, 7_300)], "until the planned end");
    let extended = json!({"from": "2026-06-13", "terms": {"yearlyCost": 73_000, "plannedEnd": "2026-08-24"}});
    worker.post(&format!("/v1/placements/{id}/terms"), extended).await.id();
    assert_eq!(committed(&app, "?year=2026").await, [line("placements", "education", 1, 7_300 + 14_600)]);
    let other = a_child_without_a_case(&app, "Ben").await;
    worker.post("/v1/placements", json!({"child": other, "setting": "urn:900001", "from": "2026-04-01"})).await.id();
    assert_eq!(committed(&app, "?year=2026").await, [line("placements", "education", 1, 21_900)]);
}

#[actix_web::test]
async fn a_commitment_as_it_was_known_stays_what_it_was() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let body = json!({"child": child, "setting": "urn:900001", "from": "2026-04-01", "terms": {"yearlyCost": 36_500}});
    let id = worker.post("/v1/placements", body).await.id();
    app.on("2026-02-02");
    worker.post(&format!("/v1/placements/{id}/terms"), json!({"from": "2026-04-01", "terms": {"yearlyCost": 73_000}})).await.id();
    assert_eq!(committed(&app, "?year=2026").await, [line("placements", "education", 1, 73_000)]);
    assert_eq!(committed(&app, "?year=2026&asOf=2026-02-01").await, [line("placements", "education", 1, 36_500)]);
}

#[actix_web::test]
async fn transport_is_committed_from_its_first_day_to_its_last_for_any_child() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let child = a_child_without_a_case(&app, "Amira").await;
    let path = format!("/v1/children/{child}/transport");
    let body = json!({"means": "own_vehicle", "from": "2026-04-01", "yearlyCost": 7_300, "shares": {"education": 50, "social_care": 50}});
    let id = worker.post(&path, body).await.id();
    let expected = [line("transport", "education", 1, 3_650), line("transport", "social_care", 1, 3_650)];
    assert_eq!(committed(&app, "?year=2026").await, expected);
    worker.post(&format!("{path}/{id}/end"), json!({"lastDay": "2026-06-12"})).await.id();
    assert_eq!(committed(&app, "?year=2026").await[0], line("transport", "education", 1, 730));
    let listed = worker.get(&path).await.ok();
    assert_eq!((&listed["data"][0]["means"], &listed["data"][0]["until"]), (&json!("own_vehicle"), &json!("2026-06-12")));
    worker.post(&format!("{path}/{id}/end"), json!({"lastDay": "2026-06-30"})).await.id();
    assert_eq!(worker.get(&path).await.ok()["data"][0]["until"], "2026-06-30", "what lies ahead is settled anew");
    app.on("2026-07-01");
    let over = worker.post(&format!("{path}/{id}/end"), json!({"lastDay": "2026-07-10"})).await.problem(409);
    assert_eq!(over["reason"], "already_recorded");
    worker.get(&format!("/v1/children/{child}")).await.ok();
    worker.post(&format!("/v1/children/{child}/strikes"), json!({"of": id, "why": "Another child's."})).await.id();
    assert_eq!(worker.get(&path).await.ok()["data"], json!([]));
    let uneven = json!({"means": "travel_pass", "yearlyCost": 700, "shares": {"education": 50}});
    assert_eq!(worker.post(&path, uneven).await.problem(422)["errors"][0]["code"], "shares_not_100");
    app.client(Role::Family).get(&path).await.problem(403);
}

#[actix_web::test]
async fn direct_payments_are_reviewed_within_three_months_and_committed_until_they_end() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (case, plan) = a_plan(&app).await;
    let path = format!("/v1/plans/{plan}/direct-payments");
    app.on("2026-06-01");
    let body = json!({"yearlyAmount": 3_650, "shares": {"education": 50, "health": 50}, "words": "For therapy at home."});
    let id = worker.post(&path, body).await.id();
    let first_review = async || {
        let duties = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
        let all = duties["deadlines"].as_array().unwrap().clone();
        all.into_iter().find(|duty| duty["rule"] == "PB-1").map(|duty| (duty["dueOn"].clone(), duty["state"].clone())).unwrap()
    };
    assert_eq!(first_review().await, (json!("2026-08-31"), json!("running")));
    app.on("2026-09-01");
    assert_eq!(first_review().await.1, "overdue");
    app.on("2026-09-09");
    let altered = json!({"on": "2026-08-31", "outcome": "alter", "yearlyAmount": 7_300, "words": "More sessions."});
    worker.post(&format!("{path}/{id}/reviews"), altered).await.id();
    assert_eq!(first_review().await.1, "met");
    // 91 days at the first amount, from 1 June to 30 August; ten at the second.
    worker.post(&format!("{path}/{id}/end"), json!({"lastDay": "2026-09-09"})).await.id();
    let expected = [line("direct_payments", "education", 1, 555), line("direct_payments", "health", 1, 555)];
    assert_eq!(committed(&app, "?year=2026").await, expected);
    let listed = worker.get(&path).await.ok()["data"][0].clone();
    assert_eq!(
        (&listed["yearlyAmount"], &listed["endedOn"], &listed["ended"]),
        (&json!(7_300), &json!("2026-09-09"), &json!(true))
    );
    assert_eq!(listed["reviews"][0], json!({"on": "2026-08-31", "outcome": "alter", "words": "More sessions."}));
}

#[actix_web::test]
async fn payments_that_stop_before_their_first_review_leave_nothing_to_review() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let (case, plan) = a_plan(&app).await;
    let path = format!("/v1/plans/{plan}/direct-payments");
    let early = json!({"yearlyAmount": 3_650, "startedOn": "2026-05-19"});
    assert_eq!(worker.post(&path, early).await.problem(409)["reason"], "before_the_plan");
    let id = worker.post(&path, json!({"yearlyAmount": 3_650})).await.id();
    let without = worker.post(&format!("{path}/{id}/reviews"), json!({"outcome": "alter"})).await.problem(422);
    assert_eq!(without["errors"][0]["code"], "amount_needed");
    app.on("2026-06-30");
    worker.post(&format!("{path}/{id}/end"), json!({})).await.id();
    app.on("2026-12-01");
    let duties = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let review = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == "PB-1").unwrap().clone();
    assert_eq!(review["state"], "fell_away");
    app.client(Role::CaseWorker).get("/v1/statistics/commitments").await.problem(403);
}
