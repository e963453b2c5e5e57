//! A child from the first plan at four through two phase transfers to college: eleven years of one plan.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::sees;
use crate::support::TestApp;

const PRIMARY: &str = "urn:900001";
const SECONDARY: &str = "urn:900002";
const COLLEGE: &str = "urn:900003";

/// One change of phase as its people record it, from the list in September to the amended plan.
struct Move<'a> {
    kind: &'a str,
    transfer_on: &'a str,
    to: &'a str,
    placement: Value,
    listed: &'a str,
    consulted: &'a str,
    answered: &'a str,
    met: &'a str,
    decided: &'a str,
    sent: &'a str,
}

impl Move<'_> {
    /// Confirms it, consults the setting, reviews the plan, proposes the amendment and sends the amended plan.
    async fn happens(&self, app: &TestApp, plan: &str) {
        app.on(self.listed);
        let officer = app.client(Role::DecisionMaker);
        let listed = officer.get("/v1/phase-transfers").await.ok()["data"].clone();
        assert_eq!((&listed[0]["plan"], &listed[0]["kind"]), (&json!(plan), &json!(self.kind)));
        let due = json!([{"plan": plan, "kind": listed[0]["kind"], "transferOn": listed[0]["transferOn"]}]);
        assert_eq!(due[0]["transferOn"], self.transfer_on);
        let settled = officer.post("/v1/phase-transfers/confirmations", json!({"due": due})).await.ok();
        let transfer = settled["transfers"][0]["transfer"].clone();

        app.on(self.consulted);
        let worker = app.client(Role::CaseWorker);
        let body = json!({"consultations": [{"transfer": transfer, "settings": [{"setting": self.to}]}]});
        let sent = worker.post("/v1/phase-transfers/consultations", body).await.ok()["consultations"][0].clone();
        app.on(self.answered);
        let at = format!("/v1/cases/{}/consultations/{}/answer", text(&sent["case"]), text(&sent["id"]));
        app.school(&self.to[4..]).post(&at, json!({"answer": "can_meet_need"})).await.id();

        app.on(self.met);
        let path = format!("/v1/plans/{plan}");
        let review = worker.post(&format!("{path}/reviews"), json!({"purposes": ["annual", "phase_transfer"]})).await.id();
        app.on(self.decided);
        worker.post(&format!("{path}/reviews/{review}/report"), json!({"words": "Ready for the move."})).await.id();
        officer.get(&path).await.ok();
        let decision = json!({"outcome": "amend", "reasons": "The next setting is to be named.", "notifiedOn": self.decided});
        officer.post(&format!("{path}/reviews/{review}/decision"), decision).await.id();
        worker.get(&path).await.ok();
        let proposed =
            json!({"review": review, "reasons": "The next setting is to be named.", "changes": {"f": "As before, there."}});
        let amendment = worker.post(&format!("{path}/amendments"), proposed).await.id();
        app.on(self.sent);
        worker.get(&path).await.ok();
        let version = json!({"amendment": amendment, "placement": self.placement, "changes": {"i": "The next setting."}});
        worker.post(&format!("{path}/versions"), version).await.id();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

async fn placed(app: &TestApp, child: &str, setting: &str, from: &str) {
    let body = json!({"child": child, "setting": setting, "from": from});
    app.client(Role::CaseWorker).post("/v1/placements", body).await.id();
}

async fn state(app: &TestApp, case: &str, rule: &str) -> (String, String) {
    let duties = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let found = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == rule).cloned().unwrap();
    (text(&found["state"]).to_owned(), text(&found["dueOn"]).to_owned())
}

#[actix_web::test]
async fn a_child_from_the_first_plan_at_four_through_two_phase_transfers_to_college() {
    let app = TestApp::start().await;
    for (id, phase) in [(PRIMARY, "primary"), (SECONDARY, "secondary"), (COLLEGE, "post_16")] {
        let body = json!({"id": id, "name": id, "settingType": "academy", "phase": phase});
        app.client(Role::Administrator).post("/v1/settings", body).await.ok();
    }
    let amira = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2021-07-10"});
    let (child, case, plan) = app.plan_of_child(amira, PRIMARY).await;
    let group = async |day: &str| {
        app.on(day);
        let shown = app.client(Role::CaseWorker).get(&format!("/v1/children/{child}")).await.ok();
        (shown["yearGroup"]["group"].clone(), shown["yearGroup"]["phase"].clone())
    };
    assert_eq!(group("2026-05-20").await, (json!(0), json!("primary")), "four years old, in Reception");
    placed(&app, &child, PRIMARY, "2025-09-03").await;

    let first = Move {
        kind: "primary_to_secondary",
        transfer_on: "2032-09-01",
        to: SECONDARY,
        placement: json!({
            "names": "successive_settings", "setting": PRIMARY, "until": "2032-07-23", "then": SECONDARY, "from": "2032-09-01"
        }),
        listed: "2031-09-22",
        consulted: "2031-10-06",
        answered: "2031-10-20",
        met: "2031-11-10",
        decided: "2031-11-24",
        sent: "2032-01-19",
    };
    first.happens(&app, &plan).await;
    assert_eq!(state(&app, &case, "PH-1").await, ("met".into(), "2032-02-14".into()));
    placed(&app, &child, SECONDARY, "2032-09-01").await;
    assert_eq!(group("2032-08-31").await, (json!(6), json!("primary")));
    assert_eq!(group("2032-09-01").await, (json!(7), json!("secondary")));
    assert!(sees(&app.school("900002"), &child).await && !sees(&app.school("900001"), &child).await);

    let second = Move {
        kind: "secondary_to_post16",
        transfer_on: "2037-09-01",
        to: COLLEGE,
        placement: json!({
            "names": "successive_settings", "setting": SECONDARY, "until": "2037-06-26", "then": COLLEGE, "from": "2037-09-01"
        }),
        listed: "2036-09-22",
        consulted: "2037-01-05",
        answered: "2037-01-19",
        met: "2037-01-26",
        decided: "2037-02-09",
        sent: "2037-03-30",
    };
    second.happens(&app, &plan).await;
    assert_eq!(state(&app, &case, "PH-2").await, ("met".into(), "2037-03-30".into()), "the last day in time");
    placed(&app, &child, COLLEGE, "2037-09-01").await;
    assert_eq!(group("2037-09-01").await, (json!(12), json!("post_16")));
    assert!(sees(&app.school("900003"), &child).await && !sees(&app.school("900002"), &child).await);

    let cohort = app.client(Role::Manager).get("/v1/statistics/phase-transfers?year=2037").await.ok()["data"][0].clone();
    assert_eq!(cohort["kind"], "secondary_to_post16");
    for (heading, count) in [("due", 1), ("reviewed", 1), ("consulted", 1), ("answered", 1), ("named", 1), ("namedInTime", 1)] {
        assert_eq!(cohort[heading], count, "{heading}");
    }
    let versions = app.client(Role::CaseWorker).get(&format!("/v1/plans/{plan}/versions")).await.ok();
    assert_eq!(versions["data"].as_array().unwrap().len(), 3, "one plan, in three versions");
}
