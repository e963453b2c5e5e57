//! A pupil who repeated a year moves from Year 6 to a school out of borough: one review serves the yearly duty and the move.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::TestApp;

const PRIMARY: &str = "urn:900001";
const OUT_OF_BOROUGH: &str = "urn:900002";

#[actix_web::test]
async fn a_year_6_transfer_out_of_borough_for_a_held_back_pupil_with_one_review_serving_both_duties() {
    let app = TestApp::start().await;
    for (id, phase) in [(PRIMARY, "primary"), (OUT_OF_BOROUGH, "secondary")] {
        let body = json!({"id": id, "name": id, "settingType": "academy", "phase": phase});
        app.client(Role::Administrator).post("/v1/settings", body).await.ok();
    }
    // By age in Year 7 from September 2026.
    let pupil = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2015-03-10"});
    let (child, case, plan) = app.plan_of_child(pupil, PRIMARY).await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let held_back = json!({"ahead": -1, "from": 2025, "why": "held_back", "words": "Repeats Year 5."});
    worker.post(&format!("/v1/children/{child}/year-groups"), held_back).await.id();
    assert_eq!(officer.get("/v1/phase-transfers?year=2026").await.ok()["data"], json!([]), "not with those of the same age");

    app.on("2026-09-21");
    let line = officer.get("/v1/phase-transfers?year=2027").await.ok()["data"][0].clone();
    assert_eq!((&line["yearGroup"], &line["ahead"], &line["kind"]), (&json!(6), &json!(-1), &json!("primary_to_secondary")));
    let due = json!({"due": [{"plan": plan, "kind": line["kind"], "transferOn": line["transferOn"]}]});
    let transfer = officer.post("/v1/phase-transfers/confirmations", due).await.ok()["transfers"][0]["transfer"].clone();
    app.on("2026-10-05");
    let settings = json!([{"setting": OUT_OF_BOROUGH, "otherAuthority": "309"}]);
    let consulted = json!({"consultations": [{"transfer": transfer, "settings": settings}]});
    worker.post("/v1/phase-transfers/consultations", consulted).await.ok();
    let asked = worker.get(&format!("/v1/cases/{case}/consultations")).await.ok()["data"].clone();
    let asked = asked.as_array().unwrap().iter().find(|one| one["transfer"] == transfer).cloned().unwrap();
    assert_eq!((&asked["setting"], &asked["otherAuthority"]), (&json!(OUT_OF_BOROUGH), &json!("309")));

    // Due within twelve months of the plan of 20 May 2026, and before 15 February: one meeting in November serves both.
    app.on("2026-11-16");
    let path = format!("/v1/plans/{plan}");
    let held = json!({"purposes": ["annual", "phase_transfer"], "came": ["family", "setting", "authority"]});
    let review = app.school("900001").post(&format!("{path}/reviews"), held).await.id();
    app.on("2026-11-30");
    let report = json!({"words": "Ready for the move."});
    app.school("900001").post(&format!("{path}/reviews/{review}/report"), report).await.id();
    app.on("2026-12-11");
    officer.get(&path).await.ok();
    let decision = json!({"outcome": "amend", "reasons": "The next school is to be named.", "notifiedOn": "2026-12-11"});
    officer.post(&format!("{path}/reviews/{review}/decision"), decision).await.id();
    worker.get(&path).await.ok();
    let proposed = json!({"review": review, "reasons": "The next school is to be named.", "changes": {"f": "As before, there."}});
    let amendment = worker.post(&format!("{path}/amendments"), proposed).await.id();
    app.on("2027-01-29");
    worker.get(&path).await.ok();
    let placement = json!({
        "names": "successive_settings", "setting": PRIMARY, "until": "2027-07-21", "then": OUT_OF_BOROUGH, "from": "2027-09-01"
    });
    let version = json!({"amendment": amendment, "placement": placement, "changes": {"i": "The next school."}});
    worker.post(&format!("{path}/versions"), version).await.id();

    let duties = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let stands = |rule: &str| {
        let found: Vec<&Value> = duties["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule).collect();
        (found[0]["dueOn"].clone(), found[0]["state"].clone())
    };
    assert_eq!(stands("PH-1"), (json!("2027-02-14"), json!("met")));
    assert_eq!(stands("D-AR12"), (json!("2027-05-19"), json!("met")));
    assert_eq!(stands("D-AR-DEC"), (json!("2026-12-14"), json!("met")));
    let line = worker.get("/v1/phase-transfers?year=2027").await.ok()["data"][0].clone();
    assert_eq!((&line["progress"], &line["toSetting"]), (&json!("setting_named"), &json!(OUT_OF_BOROUGH)));
}
