//! Children who move from one phase of education to the next: found, confirmed, consulted on, named in time.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::sees;
use crate::support::TestApp;

const PRIMARY: &str = "urn:900010";
const SECONDARY: &str = "urn:900020";

async fn setting(app: &TestApp, id: &str, phase: &str, highest_age: Option<u8>) {
    let body = json!({"id": id, "name": id, "settingType": "academy", "phase": phase, "highestAge": highest_age});
    app.client(Role::Administrator).post("/v1/settings", body).await.ok();
}

/// A child with a plan that names a setting; gives the child, the case and the plan.
async fn planned(app: &TestApp, born_on: &str, setting: &str) -> (String, String, String) {
    let child = json!({"givenName": format!("Born{born_on}"), "familyName": "Example", "bornOn": born_on});
    app.plan_of_child(child, setting).await
}

async fn moves(app: &TestApp, query: &str) -> Vec<Value> {
    let list = app.client(Role::CaseWorker).get(&format!("/v1/phase-transfers?{query}")).await.ok();
    list["data"].as_array().unwrap().clone()
}

async fn confirmed(app: &TestApp, plan: &str) -> String {
    let body = json!({"due": [{"plan": plan, "kind": "primary_to_secondary", "transferOn": "2027-09-01"}]});
    let settled = app.client(Role::DecisionMaker).post("/v1/phase-transfers/confirmations", body).await.ok();
    settled["transfers"][0]["transfer"].as_str().unwrap().to_owned()
}

/// How the duty stands that the plan names the next setting in time, and the day it is due.
async fn duty(app: &TestApp, case: &str, rule: &str) -> Option<(String, String)> {
    let duties = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let found = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == rule).cloned()?;
    Some((found["state"].as_str()?.to_owned(), found["dueOn"].as_str()?.to_owned()))
}

#[actix_web::test]
async fn children_due_to_move_in_a_year_are_found_from_date_of_birth_current_phase_and_setting() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    setting(&app, SECONDARY, "secondary", Some(16)).await;
    setting(&app, "urn:900030", "primary", Some(7)).await;
    setting(&app, "urn:900040", "all_through", Some(18)).await;
    let mut due = Vec::new();
    for (born_on, at, kind, name_by) in [
        ("2022-09-01", PRIMARY, "early_years_to_school", "2027-02-14"),
        ("2020-08-31", "urn:900030", "infant_to_junior", "2027-02-14"),
        ("2016-08-31", PRIMARY, "primary_to_secondary", "2027-02-14"),
        ("2010-09-01", SECONDARY, "secondary_to_post16", "2027-03-30"),
    ] {
        due.push((planned(&app, born_on, at).await.2, kind, name_by));
    }
    for (born_on, at) in [("2016-09-01", PRIMARY), ("2016-08-31", "urn:900040"), ("2020-09-01", "urn:900030")] {
        planned(&app, born_on, at).await;
    }
    app.on("2026-09-21");
    let mut found: Vec<_> = moves(&app, "year=2027").await;
    found.sort_by_key(|line| line["yearGroup"].as_i64());
    let told: Vec<_> = found
        .iter()
        .map(|line| (line["plan"].as_str().unwrap().to_owned(), line["kind"].as_str().unwrap(), line["nameBy"].as_str().unwrap()))
        .collect();
    assert_eq!(told, due);
    for line in &found {
        assert_eq!((&line["progress"], &line["transferOn"]), (&json!("to_confirm"), &json!("2027-09-01")));
    }
    // Where the child is really taught comes before what the plan names.
    let placed = json!({"child": found[2]["child"], "setting": "urn:900040", "from": "2026-09-02"});
    app.client(Role::CaseWorker).post("/v1/placements", placed).await.id();
    let now: Vec<_> = moves(&app, "").await.iter().map(|line| line["kind"].clone()).collect();
    assert!(!now.contains(&json!("primary_to_secondary")), "{now:?}");
    assert_eq!(moves(&app, "kind=infant_to_junior&fromSetting=urn:900030").await.len(), 1);
}

#[actix_web::test]
async fn a_year_group_that_was_set_survives_the_roll_over_in_september_and_moves_the_transfer() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    let (child, ..) = planned(&app, "2016-06-15", PRIMARY).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-06-22");
    assert_eq!(moves(&app, "year=2027").await.len(), 1);
    let at = format!("/v1/children/{child}/year-groups");
    let wrong = worker.post(&at, json!({"ahead": 1, "from": 2026, "why": "held_back"})).await.problem(422);
    assert_eq!(wrong["errors"][0]["code"], "does_not_fit_the_reason");
    worker.post(&at, json!({"ahead": -1, "from": 2026, "why": "held_back", "words": "Repeats Year 5."})).await.id();
    let group = async || worker.get(&format!("/v1/children/{child}")).await.ok()["yearGroup"].clone();
    for (day, year_group, by_age) in
        [("2026-08-31", 5, 5), ("2026-09-01", 5, 6), ("2027-08-31", 5, 6), ("2027-09-01", 6, 7), ("2028-09-01", 7, 8)]
    {
        app.on(day);
        let told = group().await;
        assert_eq!((&told["group"], &told["byAge"]), (&json!(year_group), &json!(by_age)), "{day}");
    }
    assert_eq!(moves(&app, "year=2027").await.len(), 0);
    let held_back = moves(&app, "year=2028").await;
    assert_eq!((&held_back[0]["yearGroup"], &held_back[0]["ahead"]), (&json!(6), &json!(-1)));
    worker.post(&at, json!({"ahead": 0, "from": 2026, "why": "with_age"})).await.id();
    assert_eq!(moves(&app, "year=2027").await.len(), 1, "the later word for the same school year holds");
}

#[actix_web::test]
async fn an_officer_confirms_the_list_all_of_it_or_nothing() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    let (_, case, first) = planned(&app, "2016-01-15", PRIMARY).await;
    let (_, other, second) = planned(&app, "2016-02-15", PRIMARY).await;
    app.on("2026-09-21");
    let officer = app.client(Role::DecisionMaker);
    let all = "/v1/phase-transfers/confirmations";
    let due = |plan: &str| json!({"plan": plan, "kind": "primary_to_secondary", "transferOn": "2027-09-01"});
    let wrong = json!({"due": [due(&first), due(&uuid::Uuid::new_v4().to_string()), due(&first)]});
    let told = officer.post(all, wrong).await.problem(422);
    let errors: Vec<_> = told["errors"].as_array().unwrap().iter().map(|error| (&error["pointer"], &error["code"])).collect();
    assert_eq!(errors, [(&json!("/due/1/plan"), &json!("unknown_plan")), (&json!("/due/2/plan"), &json!("told_twice"))]);
    assert_eq!(duty(&app, &case, "PH-1").await, None);

    let stays =
        json!({"plan": second, "transferOn": "2027-09-01", "why": "stays_in_setting", "words": "Year 7 is taught there."});
    officer.post(all, json!({"due": [due(&first)], "notDue": [stays]})).await.ok();
    let found: Vec<_> = moves(&app, "").await.iter().map(|line| (line["plan"].clone(), line["progress"].clone())).collect();
    assert!(
        found.contains(&(json!(first), json!("confirmed"))) && found.contains(&(json!(second), json!("not_due"))),
        "{found:?}"
    );
    assert_eq!(duty(&app, &case, "PH-1").await, Some(("running".into(), "2027-02-14".into())));
    assert_eq!(duty(&app, &other, "PH-1").await, None);

    let again = officer.post(all, json!({"due": [due(&first)]})).await.problem(422);
    assert_eq!(again["errors"][0]["code"], "already_confirmed");
    let leaves = json!({"plan": first, "transferOn": "2027-09-01", "why": "moves_away"});
    officer.post(all, json!({"notDue": [leaves]})).await.ok();
    assert_eq!(duty(&app, &case, "PH-1").await, None, "what is not due is owed by nobody");
    assert_eq!(moves(&app, "progress=not_due").await.len(), 2);
    app.school("900001").post(all, json!({"due": [due(&second)]})).await.problem(403);
}

#[actix_web::test]
async fn the_amended_plan_names_the_next_setting_before_15_february_and_a_day_later_is_late() {
    for (sent_on, state) in [("2027-02-14", "met"), ("2027-02-15", "late")] {
        let app = TestApp::start().await;
        setting(&app, PRIMARY, "primary", None).await;
        let (child, case, plan) = planned(&app, "2016-01-15", PRIMARY).await;
        app.on("2026-09-21");
        let transfer = confirmed(&app, &plan).await;
        let worker = app.client(Role::CaseWorker);
        let body = json!({"consultations": [{"transfer": transfer, "settings": [{"setting": SECONDARY}]}]});
        worker.post("/v1/phase-transfers/consultations", body).await.ok();
        app.on("2027-02-14");
        assert_eq!(moves(&app, "").await[0]["overdue"], false);
        app.on("2027-02-15");
        assert_eq!(duty(&app, &case, "PH-1").await, Some(("overdue".into(), "2027-02-14".into())));
        assert_eq!(moves(&app, "").await[0]["overdue"], true);
        assert!(sees(&app.school("900020"), &child).await, "its answer is awaited");

        let path = format!("/v1/plans/{plan}");
        let noticed = json!([{"concern": "plan_amended_without_notice", "reason": "The notice went out by another system."}]);
        // A new version that names no other setting leaves the duty as it was.
        worker.get(&path).await.ok();
        let body = json!({"sentOn": sent_on, "changes": {"f": "More of it."}, "acknowledge": noticed});
        worker.post(&format!("{path}/versions"), body).await.id();
        assert_eq!(duty(&app, &case, "PH-1").await, Some(("overdue".into(), "2027-02-14".into())));
        let named = json!({
            "names": "successive_settings", "setting": PRIMARY, "until": "2027-07-21", "then": SECONDARY, "from": "2027-09-01"
        });
        worker.get(&path).await.ok();
        let body = json!({"sentOn": sent_on, "placement": named, "changes": {"i": "Both schools."}, "acknowledge": noticed});
        worker.post(&format!("{path}/versions"), body).await.id();
        assert_eq!(duty(&app, &case, "PH-1").await, Some((state.into(), "2027-02-14".into())));
        let line = &moves(&app, "progress=setting_named").await[0];
        assert_eq!((&line["toSetting"], &line["namedOn"], &line["overdue"]), (&json!(SECONDARY), &json!(sent_on), &json!(false)));
    }
}

#[actix_web::test]
async fn settings_are_consulted_in_bulk_and_answer_as_on_a_draft() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    let (child, case, plan) = planned(&app, "2016-01-15", PRIMARY).await;
    let (other_child, _, other) = planned(&app, "2016-02-15", PRIMARY).await;
    app.on("2026-09-21");
    let (one, two) = (confirmed(&app, &plan).await, confirmed(&app, &other).await);
    app.on("2026-10-05");
    let worker = app.client(Role::CaseWorker);
    let both = json!([{"setting": SECONDARY}, {"setting": "urn:900021", "otherAuthority": "309"}]);
    let all = "/v1/phase-transfers/consultations";
    let unknown = json!({"consultations": [
        {"transfer": one, "settings": both}, {"transfer": uuid::Uuid::new_v4(), "settings": [{"setting": SECONDARY}]}
    ]});
    assert_eq!(worker.post(all, unknown).await.problem(422)["errors"][0]["pointer"], "/consultations/1/transfer");
    let list = format!("/v1/cases/{case}/consultations");
    let consulted = async || {
        let list = worker.get(&list).await.ok();
        list["data"].as_array().unwrap().iter().filter(|one| one["transfer"].is_string()).count()
    };
    assert_eq!(consulted().await, 0, "nothing is recorded unless all is");

    let body = json!({"consultations": [
        {"transfer": one, "settings": both}, {"transfer": two, "settings": [{"setting": SECONDARY}]}
    ]});
    let sent = worker.post(all, body).await.ok();
    let sent = sent["consultations"].as_array().unwrap();
    assert_eq!((sent.len(), consulted().await), (3, 2));
    let next = app.school("900020");
    assert!(sees(&next, &child).await && sees(&next, &other_child).await);

    app.on("2026-10-19");
    let answer = json!({"answer": "can_meet_need", "yearlyCost": 12000});
    let at = format!("/v1/cases/{case}/consultations/{}/answer", sent[0]["id"].as_str().unwrap());
    next.post(&at, answer).await.id();
    app.on("2026-10-20");
    assert!(!sees(&next, &child).await, "it has answered");
    let line = moves(&app, "").await.into_iter().find(|line| line["plan"] == json!(plan)).unwrap();
    assert_eq!((&line["consulted"], &line["answered"]), (&json!(2), &json!(1)));

    let cohort = app.client(Role::Manager).get("/v1/statistics/phase-transfers?year=2027").await.ok();
    let line = json!({
        "kind": "primary_to_secondary", "due": 2, "toConfirm": 0, "reviewed": 0, "consulted": 2, "answered": 1, "named": 0,
        "namedInTime": 0, "overdue": 0, "notDue": 0
    });
    assert_eq!(cohort["data"], json!([line]));
}

#[actix_web::test]
async fn a_school_sees_its_own_pupils_among_those_who_move_and_not_who_was_consulted() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    let (_, _, plan) = planned(&app, "2016-01-15", PRIMARY).await;
    planned(&app, "2016-02-15", "urn:900099").await;
    app.on("2026-09-21");
    let told = app.school("900010").get("/v1/phase-transfers").await.ok();
    let lines = told["data"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!((&lines[0]["plan"], lines[0].get("consulted")), (&json!(plan), None));
}

#[actix_web::test]
async fn a_move_from_one_college_to_another_is_named_five_months_ahead_and_a_day_later_is_late() {
    const COLLEGE: &str = "urn:900050";
    for (transfer_on, due, next) in [("2027-07-31", "2027-02-28", "2027-03-01"), ("2027-09-01", "2027-04-01", "2027-04-02")] {
        for (sent_on, state) in [(due, "met"), (next, "late")] {
            let app = TestApp::start().await;
            setting(&app, COLLEGE, "post_16", Some(18)).await;
            let (_, case, plan) = planned(&app, "2009-01-15", COLLEGE).await;
            app.on("2026-10-05");
            let body = json!({"due": [{"plan": plan, "kind": "between_post16", "transferOn": transfer_on}]});
            app.client(Role::DecisionMaker).post("/v1/phase-transfers/confirmations", body).await.ok();
            assert_eq!(duty(&app, &case, "PH-3").await, Some(("running".into(), due.into())));
            let line = &moves(&app, "year=2027").await[0];
            assert_eq!((&line["kind"], &line["nameBy"]), (&json!("between_post16"), &json!(due)));
            for (day, state) in [(due, "running"), (next, "overdue")] {
                app.on(day);
                assert_eq!(duty(&app, &case, "PH-3").await, Some((state.into(), due.into())), "{day}");
            }

            let worker = app.client(Role::CaseWorker);
            let path = format!("/v1/plans/{plan}");
            worker.get(&path).await.ok();
            let raised = ["plan_amended_without_notice", "setting_named_without_consultation"];
            let acknowledge = raised.map(|concern| json!({"concern": concern, "reason": "It was done in another system."}));
            let named = json!({"names": "setting", "setting": "urn:900060"});
            let body = json!({"sentOn": sent_on, "placement": named, "changes": {}, "acknowledge": acknowledge});
            worker.post(&format!("{path}/versions"), body).await.id();
            assert_eq!(duty(&app, &case, "PH-3").await, Some((state.into(), due.into())), "{sent_on}");
        }
    }
}

#[actix_web::test]
async fn what_changed_is_told_once_and_the_past_is_answered_as_it_was() {
    let app = TestApp::start().await;
    setting(&app, PRIMARY, "primary", None).await;
    let (_, _, plan) = planned(&app, "2016-01-15", PRIMARY).await;
    planned(&app, "2016-02-15", PRIMARY).await;
    app.on("2026-09-21");
    let worker = app.client(Role::CaseWorker);
    let list = "/v1/phase-transfers?year=2027";
    let first = worker.get(&format!("{list}&since=2014-09-01T00:00:00Z&limit=1")).await.ok();
    let cursor = first["nextCursor"].as_str().unwrap();
    let rest = worker.get(&format!("{list}&since=2014-09-01T00:00:00Z&cursor={cursor}")).await.ok();
    assert_eq!((rest["data"].as_array().unwrap().len(), &rest["since"]), (1, &first["since"]));
    let mark = rest["since"].as_str().unwrap();
    assert_eq!(worker.get(&format!("{list}&since={mark}")).await.ok()["data"], json!([]));
    app.on("2026-09-22");
    confirmed(&app, &plan).await;
    let told = worker.get(&format!("{list}&since={mark}")).await.ok();
    let told: Vec<_> = told["data"].as_array().unwrap().iter().map(|line| (&line["plan"], &line["progress"])).collect();
    assert_eq!(told, [(&json!(plan), &json!("confirmed"))]);
    let before = worker.get(&format!("{list}&asOf=2026-09-21")).await.ok();
    assert!(before["data"].as_array().unwrap().iter().all(|line| line["progress"] == "to_confirm"), "{before}");
    let manager = app.client(Role::Manager);
    let counted = |as_of: &str| format!("/v1/statistics/phase-transfers?year=2027{as_of}");
    assert_eq!(manager.get(&counted("&asOf=2026-09-21")).await.ok()["data"][0]["toConfirm"], 2);
    assert_eq!(manager.get(&counted("")).await.ok()["data"][0]["toConfirm"], 1);
    let refused = worker.get(&format!("{list}&since={mark}&asOf=2026-09-21")).await.problem(400);
    assert_eq!(refused["errors"][0]["code"], "not_of_the_past");
}
