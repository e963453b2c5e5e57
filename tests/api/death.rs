//! A child has died: every clock stops at once, nothing more is offered to be sent, and what was wrong can be struck.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{minute, person, relate, sees};
use crate::support::TestApp;

async fn states(app: &TestApp, case: &str) -> Vec<String> {
    let duties = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    duties["deadlines"].as_array().unwrap().iter().map(|duty| duty["state"].as_str().unwrap().to_owned()).collect()
}

fn running(states: &[String]) -> usize {
    states.iter().filter(|state| ["running", "overdue", "excused"].contains(&state.as_str())).count()
}

fn allowed(case: &Value) -> Vec<&str> {
    let actions = case["allowedActions"].as_array().unwrap().iter();
    actions.filter(|action| action["allowed"] == true).map(|action| action["action"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn every_duty_falls_away_and_nothing_is_offered_that_would_be_sent() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let (worker, path) = (app.client(Role::CaseWorker), format!("/v1/cases/{case}"));
    let child = worker.get(&path).await.ok()["child"].as_str().unwrap().to_owned();
    relate(&app, &child, person("parent", "rana")).await;
    assert!(running(&states(&app, &case).await) > 0);

    app.on("2026-04-28");
    let death = format!("/v1/children/{child}/death");
    worker.post(&death, json!({"diedOn": "2017-03-13"})).await.problem(422);
    let entry = worker.post(&death, json!({"diedOn": "2026-04-27", "words": "Told by the hospital."})).await.id();
    assert_eq!(running(&states(&app, &case).await), 0, "{:?}", states(&app, &case).await);
    let told = worker.get(&path).await.ok();
    assert_eq!((&told["stage"], &told["nextDue"]), (&json!("responsibility_ended"), &Value::Null));
    assert_eq!(told["childDiedOn"], "2026-04-27");
    assert_eq!(told["concerns"], Value::Null, "it is never a concern");
    assert_eq!(allowed(&told), ["allocate_case"]);
    let reason = told["allowedActions"].as_array().unwrap().iter().find(|action| action["action"] == "send_final_plan");
    assert_eq!(reason.unwrap()["code"], "child_died");
    assert_eq!(app.client(Role::DecisionMaker).get(&path).await.ok()["concerns"], Value::Null);
    assert_eq!(worker.post(&death, json!({})).await.problem(409)["reason"], "already_recorded");

    // The family keeps its access; what was sent before anybody knew can still be said, and starts nothing.
    let rana = crate::people::account(&app, "rana");
    assert!(sees(&rana, &child).await);
    assert_eq!(rana.get(&path).await.ok()["childDiedOn"], "2026-04-27");
    worker.change(&case, "draft-plans", json!({"sections": {"b": "Needs."}, "servedOn": "2026-04-28"})).await.id();
    assert_eq!(running(&states(&app, &case).await), 0);

    // It was another child: struck, everything is as it was.
    minute(&app, "2026-04-28", 1);
    worker.get(&format!("/v1/children/{child}")).await.ok();
    let strikes = format!("/v1/children/{child}/strikes");
    worker.post(&strikes, json!({"of": entry, "why": "Another child of the same name."})).await.id();
    let told = worker.get(&path).await.ok();
    assert_eq!((&told["stage"], &told["childDiedOn"]), (&json!("draft_served"), &Value::Null));
    assert!(running(&states(&app, &case).await) > 0 && allowed(&told).contains(&"send_final_plan"));
}

#[actix_web::test]
async fn a_case_that_was_closed_stays_as_it_was() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let refusal = json!({"outcome": "refuse", "reasons": "The test is not met.", "notifiedOn": "2026-01-05"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", refusal).await.id();
    let child = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok()["child"].clone();
    let death = format!("/v1/children/{}/death", child.as_str().unwrap());
    app.client(Role::Manager).post(&death, json!({})).await.id();
    let told = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!((&told["stage"], &told["childDiedOn"]), (&json!("assessment_refused"), &json!("2026-01-05")));
}

#[actix_web::test]
async fn a_request_that_arrives_after_the_death_starts_no_clock() {
    let app = TestApp::start().await;
    let body = json!({"identity": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"}});
    let child = app.client(Role::CaseWorker).post("/v1/children", body).await.id();
    app.client(Role::CaseWorker).post(&format!("/v1/children/{child}/death"), json!({})).await.id();
    app.on("2026-01-06");
    let request = json!({"child": {"id": child}, "requestedBy": "parent"});
    let case = app.client(Role::CaseWorker).post("/v1/requests", request).await.id();
    assert_eq!(running(&states(&app, &case).await), 0);
    assert_eq!(app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok()["stage"], "responsibility_ended");
}
