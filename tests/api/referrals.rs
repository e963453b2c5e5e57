//! Referrals: how long a child waits to be seen and to be treated, and how long children wait for each service.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// A child of the school 900001 with a case in which the psychology service was asked for advice on 5 January 2026.
async fn a_child() -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-01-05"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    let body = json!({"giver": "health", "organisation": "ods:RF4"});
    worker.post(&format!("/v1/cases/{case}/advice-requests"), body).await.id();
    (app, worker, format!("/v1/children/{child}/referrals"))
}

async fn waits(app: &TestApp, query: &str) -> Value {
    app.client(Role::Manager).get(&format!("/v1/statistics/referrals{query}")).await.ok()["data"].clone()
}

fn wait(number: i64, median: Option<f64>, longest: Option<f64>) -> Value {
    json!({"number": number, "medianWeeks": median, "longestWeeks": longest})
}

#[actix_web::test]
async fn a_child_waits_from_the_referral_to_the_first_appointment_and_to_treatment() {
    let (app, worker, at) = a_child().await;
    let body = json!({"service": "neurodevelopmental", "organisation": "ods:RF4", "words": "Signs of autism."});
    let id = worker.post(&at, body).await.id();
    let shown = async || worker.get(&at).await.ok()["data"][0].clone();
    app.on("2026-02-09");
    let waiting = shown().await;
    assert_eq!((&waiting["weeksToAppointment"], &waiting["weeksToTreatment"]), (&json!(5.0), &json!(5.0)));
    assert_eq!((&waiting["waitsToBeSeen"], &waiting["words"]), (&json!(true), &json!("Signs of autism.")));

    worker.post(&format!("{at}/{id}/progress"), json!({"seenOn": "2026-02-09"})).await.id();
    app.on("2026-03-31");
    let seen = shown().await;
    assert_eq!((&seen["weeksToAppointment"], &seen["weeksToTreatment"]), (&json!(5.0), &json!(12.1)));
    assert_eq!((&seen["waitsToBeSeen"], &seen["waitsForTreatment"]), (&json!(false), &json!(true)));

    worker.post(&format!("{at}/{id}/progress"), json!({"treatedOn": "2026-03-31"})).await.id();
    worker.post(&format!("{at}/{id}/end"), json!({"why": "completed"})).await.id();
    app.on("2026-06-01");
    let over = shown().await;
    assert_eq!((&over["weeksToTreatment"], &over["waitsForTreatment"]), (&json!(12.1), &json!(false)));
    assert_eq!((&over["endedOn"], &over["endReason"]), (&json!("2026-03-31"), &json!("completed")));
}

#[actix_web::test]
async fn waits_are_counted_by_service_of_those_who_wait_and_of_those_who_were_seen_and_treated() {
    let (app, worker, at) = a_child().await;
    let mut ids = Vec::new();
    for day in ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"] {
        app.on(day);
        ids.push(worker.post(&at, json!({"service": "speech_and_language_therapy"})).await.id());
    }
    app.on("2026-02-16");
    worker.post(&at, json!({"service": "physiotherapy", "referredOn": "2026-02-02"})).await.id();
    worker.post(&format!("{at}/{}/progress", ids[0]), json!({"seenOn": "2026-02-02", "treatedOn": "2026-02-16"})).await.id();
    worker.post(&format!("{at}/{}/progress", ids[1]), json!({"seenOn": "2026-02-16"})).await.id();
    worker.post(&format!("{at}/{}/end", ids[2]), json!({"why": "not_accepted"})).await.id();

    let physiotherapy = json!({
        "service": "physiotherapy", "waitingToBeSeen": wait(1, Some(2.0), Some(2.0)),
        "waitingForTreatment": wait(1, Some(2.0), Some(2.0)), "seen": wait(0, None, None), "treated": wait(0, None, None),
        "endedUnseen": 0
    });
    let therapy = json!({
        "service": "speech_and_language_therapy", "waitingToBeSeen": wait(1, Some(3.0), Some(3.0)),
        "waitingForTreatment": wait(2, Some(4.0), Some(5.0)), "seen": wait(2, Some(4.5), Some(5.0)),
        "treated": wait(1, Some(6.0), Some(6.0)), "endedUnseen": 1
    });
    assert_eq!(waits(&app, "").await, json!([physiotherapy, therapy]));
    // A time narrows what happened in it, and nobody's wait.
    let later = waits(&app, "?from=2026-02-03&to=2026-02-15").await;
    assert_eq!((&later[1]["seen"]["number"], &later[1]["waitingToBeSeen"]["number"]), (&json!(0), &json!(1)));
    assert_eq!(waits(&app, "?to=2026-02-02").await[1]["seen"], wait(1, Some(4.0), Some(4.0)));
    assert_eq!(waits(&app, "?asOf=2026-01-12").await[0]["waitingToBeSeen"], wait(2, Some(0.5), Some(1.0)));
    worker.get("/v1/statistics/referrals").await.problem(403);
}

#[actix_web::test]
async fn a_service_sees_and_records_the_referrals_to_its_organisation_alone() {
    let (app, worker, at) = a_child().await;
    let own = worker.post(&at, json!({"service": "occupational_therapy", "organisation": "ods:RF4"})).await.id();
    let theirs = worker.post(&at, json!({"service": "physiotherapy", "organisation": "local:other"})).await.id();
    let service = app.client_of(Role::AdviceGiver, "311", Some("ods:RF4"), "advice-giver");
    let listed = service.get(&at).await.ok()["data"].clone();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["id"]), (1, &json!(own)));
    service.post(&format!("{at}/{own}/progress"), json!({"seenOn": "2026-01-05"})).await.id();
    service.post(&format!("{at}/{theirs}/progress"), json!({"seenOn": "2026-01-05"})).await.problem(404);
    service.post(&format!("{at}/{theirs}/end"), json!({"why": "moved"})).await.problem(404);
    service.post(&at, json!({"service": "physiotherapy", "organisation": "ods:RF4"})).await.id();
    service.post(&at, json!({"service": "physiotherapy", "organisation": "local:other"})).await.problem(422);
    // A referral grants no sight of the child: advice that is asked for does.
    app.client_of(Role::AdviceGiver, "311", Some("local:other"), "advice-giver").get(&at).await.problem(404);
    for role in [Role::School, Role::Family] {
        app.client(role).get(&at).await.problem(403);
    }
}

#[actix_web::test]
async fn what_cannot_be_in_a_referral_is_refused() {
    let (app, worker, at) = a_child().await;
    app.on("2026-02-16");
    let id = worker.post(&at, json!({"service": "mental_health", "referredOn": "2026-01-19"})).await.id();
    let progress = format!("{at}/{id}/progress");
    let code = async |body: Value| worker.post(&progress, body).await.problem(409)["reason"].clone();
    assert_eq!(code(json!({"seenOn": "2026-01-18"})).await, "seen_before_referred");
    assert_eq!(code(json!({"seenOn": "2026-02-10", "treatedOn": "2026-02-09"})).await, "treated_before_seen");
    worker.post(&progress, json!({"seenOn": "2026-02-10"})).await.id();
    assert_eq!(code(json!({"seenOn": "2026-02-11"})).await, "already_recorded");
    worker.post(&progress, json!({})).await.problem(422);
    let of_another = json!({"service": "mental_health", "case": "0190b0a0-0000-7000-8000-000000000002"});
    assert_eq!(worker.post(&at, of_another).await.problem(422)["errors"][0]["pointer"], "/case");
}
