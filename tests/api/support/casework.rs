//! The steps of a case that a test needs behind it before its own begins.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use super::{Client, TestApp};

/// A request for a child of this family name, as a school sends it.
pub fn request_for(family_name: &str) -> Value {
    json!({
        "child": {"givenName": "Amira", "familyName": family_name, "bornOn": "2017-03-14"},
        "requestedBy": "school",
        "reasons": "Three reviews without the progress expected."
    })
}

impl Client {
    /// Asks for an assessment; gives the case.
    pub async fn ask_for_assessment(&self, family_name: &str) -> String {
        self.post("/v1/requests", request_for(family_name)).await.id()
    }
}

impl TestApp {
    /// How many cases there are, as a case worker sees them.
    pub async fn number_of_cases(&self) -> usize {
        self.client(Role::CaseWorker).get("/v1/cases?limit=200").await.ok()["data"].as_array().unwrap().len()
    }

    /// A case of the school 900001 with its request, a decision to assess, advice, a decision to make a plan, and a draft
    /// served on 20 April 2026, on which the school is consulted.
    pub async fn case_with_draft(&self) -> String {
        self.case_of_child_with_draft(request_for("Example")["child"].clone()).await
    }

    /// The same of a child of these particulars.
    pub async fn case_of_child_with_draft(&self, child: Value) -> String {
        self.on("2026-01-05");
        let request = json!({"child": child, "requestedBy": "school", "reasons": "Three reviews without the progress expected."});
        let case = self.school("900001").post("/v1/requests", request).await.id();
        let (worker, officer) = (self.client(Role::CaseWorker), self.client(Role::DecisionMaker));
        self.on("2026-02-10");
        let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
        officer.change(&case, "assessment-decision", body).await.id();
        let body = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-02-10"});
        let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), body).await.id();
        self.on("2026-03-20");
        let path = format!("/v1/cases/{case}/advice-requests/{advice}/progress");
        worker.post(&path, json!({"returnedOn": "2026-03-20", "words": "Advice."})).await.id();
        self.on("2026-04-20");
        let body = json!({"outcome": "issue", "reasons": "Needs a plan.", "notifiedOn": "2026-04-20"});
        officer.change(&case, "plan-decision", body).await.id();
        worker.change(&case, "draft-plans", json!({"sections": {"b": "Needs.", "f": "Provision."}})).await.id();
        let consulted = json!({"settings": [{"setting": "urn:900001"}]});
        worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
        case
    }

    /// A plan of a child of these particulars, sent on 20 May 2026, which names a setting; gives the child, the case and the plan.
    pub async fn plan_of_child(&self, child: Value, setting: &str) -> (String, String, String) {
        let case = self.case_of_child_with_draft(child).await;
        let worker = self.client(Role::CaseWorker);
        let consulted = json!({"settings": [{"setting": setting}]});
        worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
        self.on("2026-05-20");
        let named =
            json!({"placement": {"names": "setting", "setting": setting}, "sections": {"b": "Needs.", "f": "Provision."}});
        let plan = worker.change(&case, "final-plan", named).await.id();
        let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
        (child, case, plan)
    }
}
