//! Is every version of a plan kept, with who changed it and why, and can any two be compared?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, staff_id};

/// A plan of 20 May 2026, amended without a review on 1 August and again on 1 November; gives the plan's path.
async fn amended_twice(app: &TestApp) -> (Client, String) {
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-20");
    let body = json!({
        "placement": {"names": "setting", "setting": "urn:900001"},
        "sections": {"b": "Speech.", "f": "An hour a week.", "i": "Example Primary School"}
    });
    let plan = format!("/v1/plans/{}", worker.change(&case, "final-plan", body).await.id());
    for (proposed, sent, says, why) in [
        ("2026-07-01", "2026-08-01", json!({"f": "Two hours a week."}), "An hour is too little."),
        ("2026-10-01", "2026-11-01", json!({"f": "Three hours a week.", "b": "Speech and hearing."}), "Her hearing was tested."),
    ] {
        app.on(proposed);
        worker.get(&plan).await.ok();
        let body = json!({"reasons": why, "changes": says});
        let amendment = worker.post(&format!("{plan}/amendments"), body).await.id();
        app.on(sent);
        worker.get(&plan).await.ok();
        worker.post(&format!("{plan}/versions"), json!({"amendment": amendment})).await.id();
    }
    (worker, plan)
}

async fn ids(worker: &Client, plan: &str) -> Vec<String> {
    let all = worker.get(&format!("{plan}/versions")).await.ok();
    all["data"].as_array().unwrap().iter().map(|version| version["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn each_version_says_when_it_was_in_force_who_changed_what_and_why() {
    let app = TestApp::start().await;
    let (worker, plan) = amended_twice(&app).await;
    let all = worker.get(&format!("{plan}/versions")).await.ok();
    let told = |name: &str| all["data"].as_array().unwrap().iter().map(|one| one[name].clone()).collect::<Vec<_>>();
    assert_eq!(told("number"), [1, 2, 3]);
    assert_eq!(told("sentOn"), ["2026-05-20", "2026-08-01", "2026-11-01"]);
    assert_eq!(told("until"), [json!("2026-07-31"), json!("2026-10-31"), Value::Null]);
    assert_eq!(told("cause"), ["made", "without_review", "without_review"]);
    let (decided, amended) = (json!(staff_id(Role::DecisionMaker, 311)), json!(staff_id(Role::CaseWorker, 311)));
    assert_eq!(told("officer"), [decided, amended.clone(), amended]);
    assert_eq!(told("reasons"), [Value::Null, json!("An hour is too little."), json!("Her hearing was tested.")]);
    assert_eq!(told("changed"), [json!([]), json!(["F"]), json!(["B", "F"])]);
    let by_school = app.school("900001").get(&format!("{plan}/versions")).await;
    assert!(!by_school.text.contains("too little"), "{}", by_school.text);
    assert_eq!(by_school.ok()["data"][2]["changed"], json!(["B", "F"]));
}

#[actix_web::test]
async fn an_earlier_version_stays_what_it_was_as_data_and_as_a_document() {
    let app = TestApp::start().await;
    let (worker, plan) = amended_twice(&app).await;
    let versions = ids(&worker, &plan).await;
    for (version, says) in versions.iter().zip(["An hour a week.", "Two hours a week.", "Three hours a week."]) {
        let shown = worker.get(&format!("{plan}/versions/{version}")).await.ok();
        assert_eq!(shown["sections"]["f"], says);
        assert_eq!(shown["sections"]["i"], "Example Primary School", "what was not changed goes on");
        let document = worker.get(&format!("{plan}/versions/{version}/document")).await.ok();
        assert_eq!(document["rows"][0]["provision"], json!([says]));
    }
    let now = worker.get(&plan).await.ok();
    assert_eq!((&now["versions"], &now["sections"]["f"]), (&json!(3), &json!("Three hours a week.")));
    assert_eq!(now["madeOn"], "2026-05-20", "amended, not made anew");
    assert_eq!(worker.get(&format!("{plan}/document")).await.ok()["on"], "2026-11-01");
    let then = worker.get(&format!("{plan}?asOf=2026-09-01")).await.ok();
    assert_eq!((&then["versions"], &then["sections"]["f"]), (&json!(2), &json!("Two hours a week.")));
}

#[actix_web::test]
async fn two_versions_are_compared_section_by_section() {
    let app = TestApp::start().await;
    let (worker, plan) = amended_twice(&app).await;
    let versions = ids(&worker, &plan).await;
    let compared = worker.get(&format!("{plan}/versions/{}/comparison", versions[2])).await.ok();
    let hearing = json!({"section": "B", "was": "Speech.", "becomes": "Speech and hearing."});
    let from_two = json!({"section": "F", "was": "Two hours a week.", "becomes": "Three hours a week."});
    assert_eq!((&compared["with"], &compared["sections"]), (&json!(versions[1]), &json!([hearing, from_two])));
    let path = format!("{plan}/versions/{}/comparison?with={}", versions[2], versions[0]);
    let from_one = json!({"section": "F", "was": "An hour a week.", "becomes": "Three hours a week."});
    assert_eq!(worker.get(&path).await.ok()["sections"], json!([hearing, from_one]));
    let first = worker.get(&format!("{plan}/versions/{}/comparison", versions[0])).await.ok();
    assert_eq!((&first["with"], &first["sections"][0]["was"]), (&Value::Null, &json!("")));
    let nobodys = "0190b0a0-0000-7000-8000-000000000099";
    for path in [format!("{nobodys}/comparison"), format!("{}/comparison?with={nobodys}", versions[0]), nobodys.to_owned()] {
        assert_eq!(worker.get(&format!("{plan}/versions/{path}")).await.problem(404)["code"], "not_found");
    }
}
