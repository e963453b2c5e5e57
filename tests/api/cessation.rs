//! Does a plan come to its end as the law has it: after consultation and notice, and not before the time to appeal is over?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp};

pub struct Kept {
    pub app: TestApp,
    pub worker: Client,
    pub officer: Client,
    pub case: String,
    pub plan: String,
}

impl Kept {
    /// A plan of 20 May 2026 that names the school 900001.
    pub async fn plan() -> Self {
        let app = TestApp::start().await;
        let case = app.case_with_draft().await;
        let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
        app.on("2026-05-20");
        let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Speech."}});
        let plan = format!("/v1/plans/{}", worker.change(&case, "final-plan", body).await.id());
        Self { app, worker, officer, case, plan }
    }

    pub async fn change(&self, client: &Client, day: &str, what: &str, body: Value) -> Reply {
        self.app.on(day);
        client.get(&self.plan).await.ok();
        client.post(&format!("{}/{what}", self.plan), body).await
    }

    pub async fn steps(&self) {
        for (day, step) in
            [("2027-05-04", "family_told"), ("2027-05-10", "family_consulted"), ("2027-05-11", "setting_consulted")]
        {
            self.change(&self.worker, day, "cessation/steps", json!({"step": step})).await.id();
        }
    }

    /// Decides on 28 May 2027, and tells the family on 1 June: it can appeal until Sunday 1 August, which the Tribunal's rules carry to
    /// 1 September.
    pub async fn decided(&self) {
        let body = json!({"reasons": "The outcomes are met.", "notifiedOn": "2027-06-01", "decidedOn": "2027-05-28"});
        self.change(&self.officer, "2027-06-01", "cessation/decision", body).await.id();
    }

    pub async fn cease(&self, day: &str, reason: &str) -> Reply {
        self.change(&self.worker, day, "cessation", json!({"reason": reason})).await
    }

    pub async fn shown(&self) -> Value {
        self.worker.get(&format!("{}/cessation", self.plan)).await.ok()
    }
}

pub fn concerns(problem: &Value) -> Vec<&str> {
    problem["concerns"].as_array().unwrap().iter().map(|concern| concern["concern"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_plan_stays_in_force_until_the_time_to_appeal_is_over() {
    let kept = Kept::plan().await;
    kept.steps().await;
    kept.decided().await;
    let shown = kept.shown().await;
    assert_eq!((&shown["mayCeaseFrom"], &shown["appealed"]), (&json!("2027-09-02"), &json!(false)));
    assert_eq!(shown["decision"]["notifiedOn"], "2027-06-01");
    assert_eq!(concerns(&kept.cease("2027-09-01", "needs_met").await.problem(409)), ["plan_ceased_in_appeal_time"]);
    assert_eq!(kept.worker.get(&kept.plan).await.ok()["ceasedOn"], Value::Null);
    kept.cease("2027-09-02", "needs_met").await.id();
    let shown = kept.shown().await;
    assert_eq!((&shown["ceasedOn"], &shown["reason"]), (&json!("2027-09-02"), &json!("needs_met")));
    assert_eq!(shown["steps"].as_array().unwrap().len(), 3);
    let duties = kept.worker.get(&format!("/v1/cases/{}/deadlines", kept.case)).await.ok();
    let year = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == "D-AR12").unwrap();
    assert_eq!(year["state"], "fell_away", "nothing is due under a plan that ceased");
    let after = json!({"reasons": "So.", "changes": {"f": "More."}});
    assert_eq!(kept.change(&kept.worker, "2027-09-03", "amendments", after).await.problem(409)["reason"], "plan_ceased");
}

#[actix_web::test]
async fn an_appeal_keeps_it_in_force_whatever_the_day() {
    let kept = Kept::plan().await;
    kept.steps().await;
    kept.decided().await;
    kept.app.on("2027-07-01");
    kept.worker.post("/v1/appeals", json!({"case": kept.case, "about": "cease"})).await.id();
    assert_eq!(kept.shown().await["appealed"], true);
    assert_eq!(concerns(&kept.cease("2027-10-01", "needs_met").await.problem(409)), ["plan_ceased_despite_appeal"]);
}

#[actix_web::test]
async fn a_decision_before_everybody_was_consulted_happened_and_is_a_concern() {
    let kept = Kept::plan().await;
    kept.change(&kept.worker, "2027-05-04", "cessation/steps", json!({"step": "family_told"})).await.id();
    let body = json!({"reasons": "The outcomes are met."});
    let refused = kept.change(&kept.officer, "2027-05-28", "cessation/decision", body).await.problem(409);
    assert_eq!(concerns(&refused), ["plan_ceased_without_consultation"]);
    assert!(refused["concerns"][0]["citation"]["text"].as_str().unwrap().contains("31(1)"));
}

#[actix_web::test]
async fn a_plan_that_ceased_without_a_word_to_the_family_is_recorded_with_its_concerns() {
    let kept = Kept::plan().await;
    let refused = kept.cease("2027-09-01", "no_engagement").await.problem(409);
    let raised = ["plan_ceased_without_consultation", "plan_ceased_without_notice"];
    assert_eq!(concerns(&refused), raised);
    let acknowledge: Vec<_> = raised.iter().map(|concern| json!({"concern": concern, "reason": "It happened."})).collect();
    let body = json!({"reason": "no_engagement", "acknowledge": acknowledge});
    kept.change(&kept.worker, "2027-09-01", "cessation", body).await.id();
}

#[actix_web::test]
async fn where_the_authority_is_no_longer_responsible_the_plan_ceases_with_that() {
    for reason in ["died", "transferred", "left_england", "maximum_age"] {
        let kept = Kept::plan().await;
        kept.cease("2026-09-01", reason).await.id();
        assert_eq!(kept.shown().await["reason"], reason);
    }
}

#[actix_web::test]
async fn a_decision_to_cease_at_a_review_is_the_decision_and_its_notice_begins_the_time_to_appeal() {
    let kept = Kept::plan().await;
    kept.app.on("2027-05-04");
    let review = kept.worker.post(&format!("{}/reviews", kept.plan), json!({})).await.id();
    kept.steps().await;
    let body = json!({"outcome": "cease", "reasons": "The outcomes are met.", "notifiedOn": "2027-06-01"});
    kept.change(&kept.officer, "2027-06-01", &format!("reviews/{review}/decision"), body).await.id();
    let shown = kept.shown().await;
    assert_eq!((&shown["decision"]["review"], &shown["mayCeaseFrom"]), (&json!(review), &json!("2027-09-02")));
    let told = kept.change(&kept.worker, "2027-06-02", "cessation/notification", json!({})).await.problem(409);
    assert_eq!(told["reason"], "not_decided");
    kept.cease("2027-09-02", "higher_education").await.id();
}

#[actix_web::test]
async fn a_setting_that_the_plan_named_no_longer_sees_the_child_for_that() {
    let kept = Kept::plan().await;
    kept.steps().await;
    kept.decided().await;
    let body = json!({"placement": {"names": "setting", "setting": "urn:900002"}, "changes": {}, "acknowledge": [
        {"concern": "plan_amended_without_notice", "reason": "So."}, {"concern": "setting_named_without_consultation", "reason": "So."}
    ]});
    kept.change(&kept.worker, "2027-08-01", "versions", body).await.id();
    let named = kept.app.school("900002");
    named.get(&kept.plan).await.ok();
    kept.cease("2027-09-02", "needs_met").await.id();
    assert_eq!(named.get(&kept.plan).await.problem(404)["code"], "not_found");
}
