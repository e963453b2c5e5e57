//! Is a plan amended as the law has it: proposed section by section, answered in fifteen days, sent in eight weeks and twelve, or not at all?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// A plan sent on 20 May 2026 and reviewed at a meeting on 2 February 2027, after which it is to be amended.
struct Reviewed {
    app: TestApp,
    worker: Client,
    officer: Client,
    case: String,
    plan: String,
    review: String,
}

impl Reviewed {
    async fn plan() -> Self {
        let app = TestApp::start().await;
        let case = app.case_with_draft().await;
        let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
        app.on("2026-05-20");
        let body = json!({
            "placement": {"names": "setting", "setting": "urn:900001"},
            "sections": {"b": "Speech.", "f": "Therapy, an hour a week.", "h2": "Short breaks."}
        });
        let plan = format!("/v1/plans/{}", worker.change(&case, "final-plan", body).await.id());
        app.on("2027-02-02");
        let review = worker.post(&format!("{plan}/reviews"), json!({})).await.id();
        app.on("2027-02-26");
        officer.get(&plan).await.ok();
        let body = json!({"outcome": "amend", "reasons": "An hour is too little.", "notifiedOn": "2027-02-26"});
        officer.post(&format!("{plan}/reviews/{review}/decision"), body).await.id();
        Self { app, worker, officer, case, plan, review }
    }

    /// Reads the plan and then records something of it.
    async fn change(&self, client: &Client, day: &str, what: &str, body: Value) -> crate::support::Reply {
        self.app.on(day);
        client.get(&self.plan).await.ok();
        client.post(&format!("{}/{what}", self.plan), body).await
    }

    /// Proposes two hours after the review, on 26 February; gives the amendment's path within the plan.
    async fn proposed(&self) -> String {
        let body = json!({
            "review": self.review, "reasons": "An hour is too little.",
            "changes": {"f": "Therapy, two hours a week.", "h2": ""}
        });
        format!("amendments/{}", self.change(&self.worker, "2027-02-26", "amendments", body).await.id())
    }

    async fn amend(&self, day: &str, proposal: &str) -> crate::support::Reply {
        let amendment = proposal.rsplit('/').next().unwrap();
        self.change(&self.worker, day, "versions", json!({"amendment": amendment})).await
    }

    async fn in_force(&self) -> Value {
        self.worker.get(&self.plan).await.ok()
    }

    async fn shown(&self, what: &str) -> Value {
        self.worker.get(&format!("{}/{what}", self.plan)).await.ok()
    }

    /// The days and states of a rule's duties, as the case has them.
    async fn duties(&self, rule: &str) -> Vec<(Value, Value)> {
        let all = self.worker.get(&format!("/v1/cases/{}/deadlines", self.case)).await.ok();
        let of_rule = all["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule);
        of_rule.map(|duty| (duty["dueOn"].clone(), duty["state"].clone())).collect()
    }
}

fn concerns(problem: &Value) -> Vec<&str> {
    problem["concerns"].as_array().unwrap().iter().map(|concern| concern["concern"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn what_is_proposed_is_told_section_by_section_with_the_days_that_follow() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    let shown = reviewed.shown(&proposal).await;
    let changes = json!([
        {"section": "F", "was": "Therapy, an hour a week.", "becomes": "Therapy, two hours a week."},
        {"section": "H2", "was": "Short breaks.", "becomes": ""}
    ]);
    assert_eq!(shown["changes"], changes);
    assert_eq!((&shown["review"], &shown["sentOn"]), (&json!(reviewed.review), &json!("2027-02-26")));
    assert_eq!((&shown["timeEndsOn"], &shown["amendBy"]), (&json!("2027-03-12"), &json!("2027-04-23")));
    assert_eq!(reviewed.duties("D-AR-AMEND").await, [(json!("2027-03-02"), json!("met"))]);
    assert_eq!(reviewed.duties("D-AR-FINAL8").await, [(json!("2027-04-23"), json!("running"))]);
    assert_eq!(reviewed.duties("D-AR-FINAL12").await, [(json!("2027-04-27"), json!("running"))]);
    assert_eq!(reviewed.in_force().await["sections"]["f"], "Therapy, an hour a week.", "the plan stays what it was");
}

#[actix_web::test]
async fn the_familys_fifteen_days_begin_with_the_day_of_service() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    reviewed.change(&reviewed.worker, "2027-03-01", &format!("{proposal}/service"), json!({})).await.id();
    assert_eq!(reviewed.shown(&proposal).await["timeEndsOn"], "2027-03-15");
    let early = reviewed.amend("2027-03-15", &proposal).await.problem(409);
    assert_eq!(concerns(&early), ["amended_plan_before_response_time"]);
    assert!(early["concerns"][0]["words"].as_str().unwrap().contains("15 March 2027"), "{early}");
    reviewed.amend("2027-03-16", &proposal).await.id();
}

#[actix_web::test]
async fn the_familys_word_that_it_has_nothing_more_to_say_ends_them_early() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    let answer = format!("{proposal}/representations");
    reviewed.change(&reviewed.worker, "2027-03-03", &answer, json!({"complete": true, "words": "Good."})).await.id();
    assert_eq!(reviewed.shown(&proposal).await["completeOn"], "2027-03-03");
    reviewed.amend("2027-03-03", &proposal).await.id();
    assert_eq!(reviewed.duties("D-AR-REPS").await[0].1, "met");
}

#[actix_web::test]
async fn the_amended_plan_is_due_eight_weeks_after_the_notice_and_twelve_after_the_meeting() {
    for (day, eight, twelve) in [
        ("2027-04-23", "met", "met"),
        ("2027-04-24", "late", "met"),
        ("2027-04-27", "late", "met"),
        ("2027-04-28", "late", "late"),
    ] {
        let reviewed = Reviewed::plan().await;
        let proposal = reviewed.proposed().await;
        reviewed.amend(day, &proposal).await.id();
        let states = (reviewed.duties("D-AR-FINAL8").await[0].1.clone(), reviewed.duties("D-AR-FINAL12").await[0].1.clone());
        assert_eq!(states, (json!(eight), json!(twelve)), "{day}");
        assert_eq!(reviewed.duties("D-AR-NOAMEND").await[0].1, "fell_away");
        let shown = reviewed.shown(&proposal).await;
        assert_eq!((&shown["amendedOn"], &shown["amendBy"]), (&json!(day), &Value::Null));
    }
}

#[actix_web::test]
async fn an_amended_plan_can_be_appealed_for_two_months() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    reviewed.amend("2027-04-16", &proposal).await.id();
    assert!(reviewed.duties("AP-1").await.contains(&(json!("2027-06-16"), json!("running"))));
}

#[actix_web::test]
async fn the_family_is_told_within_eight_weeks_where_the_plan_is_not_amended_after_all() {
    for (day, state) in [("2027-04-23", "met"), ("2027-04-24", "late")] {
        let reviewed = Reviewed::plan().await;
        let proposal = reviewed.proposed().await;
        let body = json!({"reasons": "The family showed that an hour is enough."});
        reviewed.change(&reviewed.officer, day, &format!("{proposal}/decision-not-to-amend"), body).await.id();
        assert_eq!(reviewed.duties("D-AR-NOAMEND").await[0].1, state, "{day}");
        for rule in ["D-AR-FINAL8", "D-AR-FINAL12"] {
            assert_eq!(reviewed.duties(rule).await[0].1, "fell_away", "{rule}");
        }
        let shown = reviewed.shown(&proposal).await;
        assert_eq!((&shown["declined"]["toldOn"], &shown["version"]), (&json!(day), &Value::Null));
        let amended = reviewed.amend(day, &proposal).await.problem(409);
        assert_eq!(amended["reason"], "declined_and_amended");
    }
}

#[actix_web::test]
async fn a_plan_is_amended_without_a_review_in_eight_weeks_and_no_meeting_counts() {
    let reviewed = Reviewed::plan().await;
    let body = json!({"reasons": "The family moved house.", "changes": {"a": "Amira lives by the river."}});
    let id = reviewed.change(&reviewed.worker, "2027-06-01", "amendments", body).await.id();
    let proposal = format!("amendments/{id}");
    let shown = reviewed.shown(&proposal).await;
    assert_eq!((&shown["review"], &shown["amendBy"]), (&Value::Null, &json!("2027-07-27")));
    reviewed.amend("2027-07-27", &proposal).await.id();
    assert!(reviewed.duties("D-AR-FINAL8").await.contains(&(json!("2027-07-27"), json!("met"))));
    assert_eq!(reviewed.duties("D-AR-FINAL12").await[0].1, "overdue", "that of the review is still owed");
}

#[actix_web::test]
async fn a_plan_amended_without_a_notice_happened_all_the_same() {
    let reviewed = Reviewed::plan().await;
    let mut body = json!({"review": reviewed.review, "changes": {"f": "Therapy, two hours a week."}});
    let refused = reviewed.change(&reviewed.worker, "2027-03-20", "versions", body.clone()).await.problem(409);
    assert_eq!(concerns(&refused), ["plan_amended_without_notice"]);
    body["acknowledge"] = json!([{"concern": "plan_amended_without_notice", "reason": "The letter was forgotten."}]);
    reviewed.change(&reviewed.worker, "2027-03-20", "versions", body).await.id();
    assert_eq!(reviewed.duties("D-AR-FINAL12").await[0].1, "met");
}

#[actix_web::test]
async fn what_an_amended_plan_names_and_provides_anew_is_consulted_on_and_agreed_first() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    let amendment = proposal.rsplit('/').next().unwrap().to_owned();
    let body = json!({
        "amendment": amendment, "placement": {"names": "setting", "setting": "urn:900002"},
        "changes": {"f": "Therapy, two hours a week.", "g": "Physiotherapy."}
    });
    let refused = reviewed.change(&reviewed.worker, "2027-04-01", "versions", body.clone()).await.problem(409);
    assert_eq!(concerns(&refused), ["setting_named_without_consultation", "health_provision_not_agreed"]);
    let case = format!("/v1/cases/{}", reviewed.case);
    let consulted = json!({"settings": [{"setting": "urn:900002"}]});
    reviewed.worker.post(&format!("{case}/consultations"), consulted).await.id();
    reviewed.worker.post(&format!("{case}/health-agreements"), json!({"healthBody": "ods:QMF"})).await.id();
    reviewed.change(&reviewed.worker, "2027-04-02", "versions", body).await.id();
    let named = reviewed.app.school("900002");
    assert_eq!(named.get(&reviewed.plan).await.ok()["placement"]["setting"], "urn:900002");
    assert_eq!(reviewed.in_force().await["sections"]["g"], "Physiotherapy.");
}

#[actix_web::test]
async fn a_family_answers_and_only_staff_and_itself_read_it() {
    let reviewed = Reviewed::plan().await;
    let proposal = reviewed.proposed().await;
    let child = reviewed.in_force().await["child"].as_str().unwrap().to_owned();
    for name in ["family", "father"] {
        let body = json!({"kind": "parent", "account": crate::support::subject(name), "contact": {"name": name}});
        reviewed.worker.post(&format!("/v1/children/{child}/relationships"), body).await.id();
    }
    let family = reviewed.app.client(Role::Family);
    let father = reviewed.app.client_of(Role::Family, "311", None, "father");
    let school = reviewed.app.school("900001");
    let said = json!({"sections": {"f": "Not in her break."}, "words": "Thank you."});
    reviewed.change(&family, "2027-03-08", &format!("{proposal}/representations"), said).await.id();
    let path = format!("{}/{proposal}", reviewed.plan);
    let read = reviewed.shown(&proposal).await;
    assert_eq!(read["representations"][0]["sections"]["f"], "Not in her break.");
    assert_eq!(family.get(&path).await.ok()["representations"][0]["words"], "Thank you.");
    for other in [&father, &school] {
        let read = other.get(&path).await;
        assert!(!read.text.contains("in her break") && !read.text.contains("too little"), "{}", read.text);
        assert_eq!(read.ok()["changes"][0]["becomes"], "Therapy, two hours a week.");
    }
    let nothing = json!({"words": " "});
    let nothing = reviewed.change(&family, "2027-03-08", &format!("{proposal}/representations"), nothing).await.problem(422);
    assert_eq!(nothing["errors"][0]["code"], "nothing_to_record");
}

#[actix_web::test]
async fn what_speaks_of_another_plans_review_or_of_no_amendment_is_refused() {
    let reviewed = Reviewed::plan().await;
    let nobodys = "0190b0a0-0000-7000-8000-000000000099";
    let nothing = reviewed.change(&reviewed.worker, "2027-02-26", "amendments", json!({"reasons": "So.", "changes": {}})).await;
    assert_eq!(nothing.problem(422)["errors"][0]["code"], "nothing_proposed");
    let body = json!({"review": nobodys, "reasons": "So.", "changes": {"f": "More."}});
    let refused = reviewed.change(&reviewed.worker, "2027-02-26", "amendments", body).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "unknown_review");
    let refused = reviewed.change(&reviewed.worker, "2027-02-26", "versions", json!({"amendment": nobodys})).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "unknown_amendment");
    let proposal = reviewed.proposed().await;
    let before = json!({"servedOn": "2027-02-25"});
    let refused = reviewed.change(&reviewed.worker, "2027-02-26", &format!("{proposal}/service"), before).await.problem(409);
    assert_eq!(refused["reason"], "served_before_sent");
}
