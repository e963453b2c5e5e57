//! How is a story told? On a day somebody records something, as they would: they read the case, then they write.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// A case and the people in it.
pub struct Story {
    pub app: TestApp,
    pub school: Client,
    pub parent: Client,
    pub case_worker: Client,
    pub officer: Client,
    pub manager: Client,
    /// The case's path, once somebody has asked.
    pub case: String,
}

impl Story {
    /// Havering, before anybody asks.
    pub async fn begin() -> Self {
        let app = TestApp::start().await;
        Self {
            school: app.school("900001"),
            parent: app.client(Role::Family),
            case_worker: app.client(Role::CaseWorker),
            officer: app.client(Role::DecisionMaker),
            manager: app.client(Role::Manager),
            case: String::new(),
            app,
        }
    }

    /// An advice giver's own client.
    pub fn advice_giver(&self, organisation: &str) -> Client {
        self.app.client_of(Role::AdviceGiver, "311", Some(organisation), "advice-giver")
    }

    /// Somebody asks for an assessment.
    pub async fn asked(&mut self, day: &str, who: &Client, request: Value) {
        self.app.on(day);
        let answer = who.post("/v1/requests", request).await;
        self.case = answer.header("location").unwrap_or_default().to_owned();
        answer.id();
    }

    /// Somebody records a step of the case; gives the id of what came to be.
    pub async fn on(&self, day: &str, who: &Client, step: &str, body: Value) -> String {
        let path = format!("{}/{step}", self.case);
        self.recorded(day, who, &path, body).await
    }

    /// The same under any path.
    pub async fn recorded(&self, day: &str, who: &Client, path: &str, body: Value) -> String {
        self.app.on(day);
        who.get(&self.case).await.ok();
        who.post(path, body).await.id()
    }

    /// The state of each duty of a rule, in the order they are due.
    pub async fn states(&self, rule: &str) -> Vec<String> {
        let duties = self.case_worker.get(&format!("{}/deadlines", self.case)).await.ok();
        let of_rule = duties["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule);
        of_rule.map(|duty| duty["state"].as_str().unwrap().to_owned()).collect()
    }

    /// The timeliness of 2026, as the manager reads it.
    pub async fn timeliness_of_2026(&self) -> Value {
        let path = "/v1/statistics/timeliness?from=2026-01-01&to=2026-12-31";
        self.manager.get(path).await.ok()["data"][0].clone()
    }

    /// A step until which all went as it should: a school asks, the authority decides to assess within six weeks.
    pub async fn assessed(&mut self, asked: &str, decided: &str) {
        let (school, officer) = (self.school.clone(), self.officer.clone());
        let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
        self.asked(asked, &school, json!({"child": child, "requestedBy": "school", "reasons": "No progress."})).await;
        let decision = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": decided});
        self.on(decided, &officer, "assessment-decision", decision).await;
    }

    /// Somebody asks for advice, which arrives on the day; gives its path within the case.
    pub async fn advice_asked(&self, day: &str, giver: &str, organisation: &str) -> String {
        let body = json!({"giver": giver, "organisation": organisation, "receivedOn": day});
        format!("advice-requests/{}", self.on(day, &self.case_worker, "advice-requests", body).await)
    }

    /// The plan is decided on, drafted and sent.
    pub async fn planned(&self, decided: &str, drafted: &str, sent: &str) {
        let decision = json!({"outcome": "issue", "reasons": "Needs only a plan can meet.", "notifiedOn": decided});
        self.on(decided, &self.officer, "plan-decision", decision).await;
        let sections = json!({"b": "Needs.", "f": "Provision."});
        self.on(drafted, &self.case_worker, "draft-plans", json!({"sections": sections})).await;
        let consulted = json!({"settings": [{"setting": "urn:900001"}]});
        self.on(drafted, &self.case_worker, "consultations", consulted).await;
        let named = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": sections});
        self.on(sent, &self.case_worker, "final-plan", named).await;
    }

    /// The case's id.
    pub fn case_id(&self) -> &str {
        self.case.rsplit('/').next().unwrap_or_default()
    }
}
