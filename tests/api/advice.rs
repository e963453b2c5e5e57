//! What becomes of a request for advice: who may record it, and what the case then says.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// A case that is being assessed, with advice asked of the psychology service on 11 February 2026.
pub struct Assessing {
    pub app: TestApp,
    pub worker: Client,
    pub at: String,
    pub case: String,
    pub advice: String,
}

impl Assessing {
    pub async fn begun() -> Self {
        let app = TestApp::start().await;
        let case = app.school("900001").ask_for_assessment("Example").await;
        app.on("2026-02-11");
        let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-11"});
        app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
        let worker = app.client(Role::CaseWorker);
        let at = format!("/v1/cases/{case}");
        let body = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-11"});
        let advice = worker.post(&format!("{at}/advice-requests"), body).await.id();
        Self { app, worker, at, case, advice }
    }

    pub fn step(&self, step: &str) -> String {
        format!("{}/advice-requests/{}/{step}", self.at, self.advice)
    }

    pub fn of(&self, organisation: &str) -> Client {
        self.app.client_of(Role::AdviceGiver, "311", Some(organisation), "advice-giver")
    }

    async fn shown(&self) -> Value {
        self.worker.get(&self.at).await.ok()
    }

    async fn duty(&self) -> Value {
        let deadlines = self.worker.get(&format!("{}/deadlines", self.at)).await.ok();
        deadlines["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == "D-ADV").unwrap().clone()
    }
}

#[actix_web::test]
async fn a_nil_return_is_recorded_meets_nothing_and_stands_on_the_case_until_advice_is_there() {
    let case = Assessing::begun().await;
    let psychologists = case.of("local:ep-service");
    case.app.on("2026-03-02");
    let body = json!({"answer": "no_capacity", "words": "Two posts are vacant."});
    psychologists.post(&case.step("progress"), body).await.id();

    case.app.on("2026-03-26");
    assert_eq!(case.duty().await["state"], "overdue");
    let shown = case.shown().await;
    assert_eq!(shown["advice"][0]["answers"], json!([{"answer": "no_capacity", "on": "2026-03-02"}]));
    assert_eq!(shown["advice"][0]["returnedOn"], Value::Null);
    assert_eq!(shown["concerns"][0]["concern"], "nil_return");
    assert!(shown["concerns"][0]["citation"]["text"].as_str().unwrap().contains("reg. 6(1)"));
    psychologists.get(&case.at).await.problem(404);

    case.worker.post(&case.step("progress"), json!({"returnedOn": "2026-03-26", "words": "Advice."})).await.id();
    assert_eq!(case.duty().await["state"], "late");
    assert!(case.shown().await["concerns"].as_array().is_none_or(Vec::is_empty));
}

#[actix_web::test]
async fn a_plan_decided_on_a_nil_return_is_decided_without_advice() {
    let case = Assessing::begun().await;
    case.worker.post(&case.step("progress"), json!({"answer": "declined"})).await.id();
    let decision = json!({"outcome": "issue", "reasons": "Needs a plan."});
    let problem = case.app.client(Role::DecisionMaker).change(&case.case, "plan-decision", decision).await.problem(409);
    assert_eq!(problem["code"], "unlawful_unless_acknowledged");
    let concerns: Vec<_> = problem["concerns"].as_array().unwrap().iter().map(|c| c["concern"].clone()).collect();
    assert_eq!(concerns, ["plan_decided_without_advice"]);
}

#[actix_web::test]
async fn a_locum_takes_over_sees_the_child_and_records_what_is_theirs_while_the_clock_stays_the_requests() {
    let case = Assessing::begun().await;
    let (service, locum) = (case.of("local:ep-service"), case.of("local:locums"));
    locum.get(&case.at).await.problem(404);
    locum.post(&case.step("visits"), json!({})).await.problem(404);
    let before = case.duty().await;

    case.app.on("2026-03-20");
    let body = json!({"reason": "staff_shortage", "expectedOn": "2026-05-15", "words": "Two posts are vacant."});
    service.post(&case.step("delays"), body).await.id();
    let body = json!({"name": "Dr Sam Example", "employment": "locum", "organisation": "local:locums"});
    service.post(&case.step("allocation"), body).await.id();
    case.app.on("2026-04-15");
    locum.get(&case.at).await.ok();
    locum.post(&case.step("visits"), json!({"on": "2026-04-14", "words": "In class."})).await.id();
    locum.post(&case.step("sign-off"), json!({"name": "Alex Example"})).await.id();
    locum.post(&case.step("progress"), json!({"returnedOn": "2026-04-15", "words": "Advice."})).await.id();

    let after = case.duty().await;
    assert_eq!((&after["startsOn"], &after["dueOn"]), (&before["startsOn"], &before["dueOn"]));
    assert_eq!((&after["dueOn"], &after["state"]), (&json!("2026-03-25"), &json!("late")));
    let advice = &case.shown().await["advice"][0];
    assert_eq!(advice["delays"][0], json!({"reason": "staff_shortage", "on": "2026-03-20", "expectedOn": "2026-05-15"}));
    let locums = json!({"name": "Dr Sam Example", "employment": "locum", "organisation": "local:locums", "on": "2026-03-20"});
    assert_eq!(advice["allocatedTo"], locums);
    assert_eq!(advice["visitedOn"], json!(["2026-04-14"]));
    assert_eq!(advice["signedOff"], json!({"name": "Alex Example", "on": "2026-04-15"}));
    case.app.on("2026-04-16");
    locum.get(&case.at).await.problem(404);
}

#[actix_web::test]
async fn who_was_named_in_error_sees_nothing_more_once_somebody_else_is_named() {
    let case = Assessing::begun().await;
    let locum = case.of("local:locums");
    let named = |organisation: &str| json!({"name": "Dr Sam Example", "employment": "locum", "organisation": organisation});
    case.worker.post(&case.step("allocation"), named("local:locums")).await.id();
    locum.get(&case.at).await.ok();
    assert_eq!(locum.get("/v1/advice-requests").await.ok()["data"].as_array().unwrap().len(), 1);
    case.worker.post(&case.step("allocation"), named("local:others")).await.id();
    locum.get(&case.at).await.problem(404);
    assert_eq!(locum.get("/v1/advice-requests").await.ok()["data"], json!([]));
    locum.post(&case.step("progress"), json!({"answer": "declined"})).await.problem(404);
    case.of("local:others").get(&case.at).await.ok();
}

#[actix_web::test]
async fn names_are_beside_the_record_and_never_in_it() {
    let case = Assessing::begun().await;
    case.worker.post(&case.step("allocation"), json!({"name": "Dr Sam Example", "employment": "employed"})).await.id();
    let timeline = case.worker.get(&format!("{}/timeline", case.at)).await.ok();
    let entry = timeline["data"].as_array().unwrap().last().unwrap();
    assert_eq!((&entry["kind"], &entry["name"]), (&json!("advice_allocated"), &json!("Dr Sam Example")));
    assert!(!entry["facts"].to_string().contains("Sam"));
    let school = case.app.school("900001").get(&format!("{}/timeline", case.at)).await.ok();
    assert!(!school.to_string().contains("Dr Sam"), "what was written with an entry is for staff");
}

#[actix_web::test]
async fn another_service_cannot_speak_for_the_one_that_was_asked() {
    let case = Assessing::begun().await;
    let health = json!({"giver": "health", "organisation": "ods:RF4"});
    case.worker.post(&format!("{}/advice-requests", case.at), health).await.id();
    let health = case.of("ods:RF4");
    health.get(&case.at).await.ok();
    let name = json!({"name": "Somebody"});
    for (step, body) in [
        ("progress", json!({"answer": "declined"})),
        ("delays", json!({"reason": "other"})),
        ("allocation", json!({"name": "Somebody", "employment": "locum"})),
        ("visits", json!({})),
        ("sign-off", name),
    ] {
        assert_eq!(health.post(&case.step(step), body).await.problem(404)["code"], "not_found", "{step}");
    }
}

#[actix_web::test]
async fn existing_advice_needs_three_agreements_or_an_acknowledged_concern() {
    let case = Assessing::begun().await;
    let path = format!("{}/existing-advice", case.at);
    let mut body =
        json!({"giver": "health", "adviceOf": "2025-12-01", "giverAgreedOn": "2026-02-10", "authorityAgreedOn": "2026-02-11"});
    let problem = case.worker.post(&path, body.clone()).await.problem(409);
    assert_eq!(problem["concerns"][0]["concern"], "reused_without_agreement");
    body["acknowledge"] = json!([{"concern": "reused_without_agreement", "reason": "The family could not be reached."}]);
    let id = case.worker.post(&path, body).await.id();
    let shown = case.shown().await;
    let reused = shown["advice"].as_array().unwrap().iter().find(|advice| advice["id"] == json!(id)).unwrap();
    assert_eq!(reused["reused"]["adviceOf"], "2025-12-01");
    assert_eq!(reused["reused"]["familyAgreedOn"], Value::Null);
    assert_eq!(shown["concerns"][0]["concern"], "reused_without_agreement");

    // The agreement that came later is a correction of the entry, and the concern is gone.
    let timeline = case.worker.get(&format!("{}/timeline", case.at)).await.ok();
    let entry = timeline["data"].as_array().unwrap().last().unwrap()["id"].clone();
    let correction = json!({"of": entry, "set": {"familyAgreedOn": "2026-02-11"}, "why": "Agreed by telephone."});
    case.worker.change(&case.case, "corrections", correction).await.id();
    assert!(case.shown().await["concerns"].as_array().is_none_or(Vec::is_empty));
}
