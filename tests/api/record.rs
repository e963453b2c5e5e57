//! Is the record what it was, is it put right by new entries alone, and is what happened recorded while nothing else is?

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, request_for};

/// Everything a refused request must leave as it was.
const TABLES: [&str; 19] = [
    "journal_head",
    "journal",
    "detail",
    "child",
    "visible",
    "idempotency",
    "child_view",
    "case_view",
    "duty_view",
    "worklist_view",
    "concern_view",
    "plan_view",
    "placement_view",
    "provision_view",
    "shortfall_view",
    "oversight_view",
    "commitment_view",
    "meeting_view",
    "item_view",
];

/// Each table of Havering's with the number of its rows and a digest of them.
fn everything(app: &TestApp) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let mut owner = app.database.owner();
    owner.batch_execute("SET ehc.authority = '311'; SET ehc.reach = 'authority'").unwrap();
    let digest = |table: &&str| {
        let sql = format!(
            "SELECT '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS text FROM {table} t"
        );
        sql_query(sql).get_result::<Row>(&mut owner).unwrap().text
    };
    TABLES.iter().map(digest).collect()
}

/// The due day of a rule among deadlines.
fn due(deadlines: &Value, rule: &str) -> Value {
    let all = deadlines["deadlines"].as_array().unwrap();
    all.iter().find(|d| d["rule"] == rule).unwrap()["dueOn"].clone()
}

/// The entry of a kind in a timeline.
fn entry<'a>(timeline: &'a Value, kind: &str) -> &'a Value {
    timeline["data"].as_array().unwrap().iter().find(|e| e["kind"] == kind).unwrap_or(&Value::Null)
}

/// Corrects the day of the case's request.
async fn correct_received(worker: &Client, case: &str, day: &str) -> Reply {
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let of = entry(&timeline, "request_received")["id"].clone();
    worker.change(case, "corrections", json!({"of": of, "occurredOn": day, "why": "The letter was stamped earlier."})).await
}

/// A request of 5 January recorded by a case worker, decided and notified on 16 February: on the last day of six weeks.
async fn decided_on_the_last_day(app: &TestApp) -> String {
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    app.on("2026-01-07");
    let mut request = request_for("Example");
    request["requestedBy"] = json!("parent");
    request["receivedOn"] = json!("2026-01-05");
    let case = worker.post("/v1/requests", request).await.id();
    app.on("2026-02-16");
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-16"});
    officer.change(&case, "assessment-decision", body).await.id();
    case
}

#[actix_web::test]
async fn a_day_before_a_correction_is_answered_as_it_was_known_then() {
    let app = TestApp::start().await;
    let case = decided_on_the_last_day(&app).await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    let questions = [
        (&worker, format!("/v1/cases/{case}?")),
        (&worker, format!("/v1/cases/{case}/timeline?")),
        (&worker, format!("/v1/cases/{case}/deadlines?")),
        (&worker, "/v1/cases?".into()),
        (&manager, "/v1/statistics/timeliness?from=2026-01-01&to=2026-12-31&".into()),
    ];
    let mut then = Vec::new();
    for (client, question) in &questions {
        then.push(client.get(question.trim_end_matches(['?', '&'])).await.ok());
    }

    app.on("2026-03-02");
    let corrected = correct_received(&worker, &case, "2026-01-02").await.ok();
    let moved_on = manager.get("/v1/statistics/timeliness?from=2026-01-01&to=2026-12-31").await.ok();
    assert_eq!(moved_on["data"][0]["assessmentDecisions"], json!({"inTime": 0, "later": 1, "percentageInTime": 0.0}));

    for ((client, question), mut expected) in questions.iter().zip(then) {
        let now = client.get(question.trim_end_matches(['?', '&'])).await.ok();
        let past = client.get(&format!("{question}asOf=2026-02-16")).await.ok();
        let known = &past["known"];
        assert_eq!(known["position"], json!(corrected["position"].as_i64().unwrap() - 1), "{question}");
        assert_eq!(known["today"], "2026-02-16", "{question}");
        assert_eq!(known["lawVersion"], now["known"]["lawVersion"], "{question}");
        assert_ne!(
            past["data"].as_array().map_or(&past, |_| &past["data"]),
            now["data"].as_array().map_or(&now, |_| &now["data"]),
            "{question}"
        );
        expected["known"]["position"] = known["position"].clone();
        if expected.get("allowedActions").is_some() {
            // Nothing can be done in the past.
            expected["allowedActions"] = json!([]);
        }
        assert_eq!(past, expected, "{question}");
    }

    // The same question gets the same answer for ever, by day and by instant.
    let question = format!("/v1/cases/{case}/deadlines?asOf=");
    let first = worker.get(&format!("{question}2026-02-16")).await.text;
    let by_instant = worker.get(&format!("{question}2026-02-16T23:59:59Z")).await.text;
    app.on("2026-06-01");
    worker.change(&case, "withdrawal", json!({})).await.id();
    assert_eq!(worker.get(&format!("{question}2026-02-16")).await.text, first);
    assert_eq!(by_instant, first);
}

#[actix_web::test]
async fn before_the_first_entry_nothing_is_known() {
    let app = TestApp::start().await;
    let case = decided_on_the_last_day(&app).await;
    let worker = app.client(Role::CaseWorker);
    for what in ["", "/timeline", "/deadlines"] {
        worker.get(&format!("/v1/cases/{case}{what}?asOf=2026-01-06")).await.problem(404);
    }
    let list = worker.get("/v1/cases?asOf=2026-01-06").await.ok();
    assert_eq!((&list["data"], &list["known"]["position"]), (&json!([]), &json!(0)));
    worker.get(&format!("/v1/cases/{case}?asOf=2026-01-07")).await.ok();
}

#[actix_web::test]
async fn a_day_that_is_not_over_cannot_be_asked_about_for_its_answer_would_not_stay() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    for moment in ["2026-01-05", "2026-01-06", "2026-01-05T09:00:01Z"] {
        let problem = worker.get(&format!("/v1/cases/{case}?asOf={moment}")).await.problem(400);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("?asOf"), &json!("not_over_yet")));
    }
    worker.get(&format!("/v1/cases/{case}?asOf=2026-01-05T09:00:00Z")).await.ok();
}

#[actix_web::test]
async fn who_may_see_is_judged_now_whatever_the_moment_asked_about() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    app.on("2026-01-06");
    app.school("900001").get(&format!("/v1/cases/{case}?asOf=2026-01-05")).await.ok();
    app.client_of(Role::School, "311", Some("urn:900002"), "other")
        .get(&format!("/v1/cases/{case}?asOf=2026-01-05"))
        .await
        .problem(404);
}

#[actix_web::test]
async fn a_corrected_day_moves_the_deadlines_and_the_next_date_from_now_on() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let deadlines = format!("/v1/cases/{case}/deadlines");
    let before = worker.get(&deadlines).await.ok();
    assert_eq!((due(&before, "D-6W"), due(&before, "D-20W")), (json!("2026-02-16"), json!("2026-05-25")));

    app.on("2026-01-12");
    correct_received(&worker, &case, "2026-01-02").await.id();
    let after = worker.get(&deadlines).await.ok();
    assert_eq!((due(&after, "D-6W"), due(&after, "D-20W")), (json!("2026-02-13"), json!("2026-05-22")));
    let seen = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!((&seen["receivedOn"], &seen["nextDue"]["on"]), (&json!("2026-01-02"), &json!("2026-02-13")));
    assert_eq!(worker.get("/v1/cases").await.ok()["data"][0]["nextDue"]["on"], "2026-02-13");

    // The latest correction of an entry wins, and the entry itself stays as it was recorded.
    app.on("2026-01-13");
    correct_received(&worker, &case, "2026-01-04").await.id();
    assert_eq!(due(&worker.get(&deadlines).await.ok(), "D-6W"), "2026-02-15");
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let original = entry(&timeline, "request_received");
    assert_eq!((&original["occurredOn"], &original["stands"]), (&json!("2026-01-05"), &json!(false)));
    assert_eq!(entry(&timeline, "corrected")["words"], "The letter was stamped earlier.");
}

#[actix_web::test]
async fn what_is_struck_is_hidden_from_the_school_and_shown_to_staff_as_struck() {
    let app = TestApp::start().await;
    let school = app.school("900001");
    let case = school.ask_for_assessment("Example").await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    officer
        .change(
            &case,
            "assessment-decision",
            json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-01-05"}),
        )
        .await
        .id();
    let advice = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-01-05"});
    worker.post(&format!("/v1/cases/{case}/advice-requests"), advice).await.id();
    let path = format!("/v1/cases/{case}/timeline");
    let kinds = |timeline: &Value| {
        timeline["data"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(kinds(&school.get(&path).await.ok()).contains(&"advice_requested".to_owned()));

    let recorded = worker.get(&path).await.ok();
    for kind in ["advice_request_received", "advice_requested"] {
        let of = entry(&recorded, kind)["id"].clone();
        worker.change(&case, "strikes", json!({"of": of, "why": "Another child's."})).await.id();
    }

    let to_school = school.get(&path).await.ok();
    assert_eq!(kinds(&to_school), ["request_received", "assessment_decided", "assessment_decision_notified"]);
    assert!(!to_school.to_string().contains("Another child's."));
    assert_eq!(school.get(&format!("/v1/cases/{case}")).await.ok()["advice"], json!([]));

    let to_staff = worker.get(&path).await.ok();
    assert_eq!(entry(&to_staff, "advice_requested")["stands"], false);
    assert_eq!(kinds(&to_staff).iter().filter(|kind| *kind == "struck").count(), 2);
    assert_eq!(entry(&to_staff, "struck")["words"], "Another child's.");
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["advice"], json!([]));
}

#[actix_web::test]
async fn an_entry_that_others_rest_on_cannot_be_struck() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let before = everything(&app);
    let body = json!({"of": entry(&timeline, "request_received")["id"], "why": "By mistake."});
    let problem = worker.change(&case, "strikes", body).await.problem(409);
    assert_eq!(problem["code"], "refused");
    assert_eq!(everything(&app), before);
}

fn final_plan(acknowledge: Value) -> Value {
    json!({
        "placement": {"names": "setting", "setting": "urn:900001"},
        "sections": {"b": "Needs.", "f": "Provision.", "i": "Example Primary"},
        "acknowledge": acknowledge
    })
}

const EARLY: &str = "final_plan_before_response_time";

#[actix_web::test]
async fn a_final_plan_on_day_nine_of_fifteen_is_recorded_once_it_is_acknowledged() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let (worker, school) = (app.client(Role::CaseWorker), app.school("900001"));
    app.on("2026-04-28");
    let before = everything(&app);

    let problem = worker.change(&case, "final-plan", final_plan(json!([]))).await.problem(409);
    assert_eq!(problem["code"], "unlawful_unless_acknowledged");
    assert_eq!(problem["concerns"].as_array().unwrap().len(), 1);
    let concern = &problem["concerns"][0];
    assert_eq!(concern["concern"], EARLY);
    assert!(concern["words"].as_str().unwrap().contains("5 May 2026"), "{concern}");
    assert_eq!(concern["citation"]["text"], "SEND Regulations 2014, reg. 13(1)(a)");
    assert!(concern["citation"]["url"].as_str().unwrap().starts_with("https://www.legislation.gov.uk/"));

    let of_something_else = final_plan(json!([{"concern": "draft_names_placement", "reason": "A reason."}]));
    worker.change(&case, "final-plan", of_something_else).await.problem(409);
    let without_reason = final_plan(json!([{"concern": EARLY, "reason": ""}]));
    worker.change(&case, "final-plan", without_reason).await.problem(422);
    assert_eq!(everything(&app), before);
    let offered = worker.get(&format!("/v1/cases/{case}")).await.ok();
    let offer = offered["allowedActions"].as_array().unwrap().iter().find(|a| a["action"] == "send_final_plan").unwrap();
    assert_eq!((&offer["allowed"], &offer["concerns"][0]["concern"]), (&json!(true), &json!(EARLY)));

    let reason = "The family asked us to finalise at once.";
    let receipt = worker.change(&case, "final-plan", final_plan(json!([{"concern": EARLY, "reason": reason}]))).await.ok();
    assert_eq!(receipt["concerns"], json!([EARLY]));
    let seen = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!((&seen["stage"], &seen["concerns"][0]["concern"]), (&json!("plan_issued"), &json!(EARLY)));
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    assert_eq!(entry(&timeline, "final_plan_sent")["acknowledged"], json!({EARLY: reason}));

    let to_school = school.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!(to_school.get("concerns"), None);
    let to_school = school.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    assert!(!entry(&to_school, "final_plan_sent").is_null());
    assert!(!to_school.to_string().contains(reason));
}

#[actix_web::test]
async fn a_final_plan_on_the_day_after_fifteen_raises_no_concern() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-04");
    worker.change(&case, "final-plan", final_plan(json!([]))).await.problem(409);
    app.on("2026-05-05");
    assert_eq!(worker.change(&case, "final-plan", final_plan(json!([]))).await.ok()["concerns"], json!([]));
}

#[actix_web::test]
async fn what_is_impossible_is_refused_with_its_reason_and_changes_nothing() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let worker = app.client(Role::CaseWorker);
    let before = everything(&app);
    let problem = worker.change(&case, "final-plan", final_plan(json!([]))).await.problem(409);
    assert_eq!((&problem["code"], &problem["reason"]), (&json!("refused"), &json!("no_draft_to_finalise")));
    assert!(problem["detail"].as_str().unwrap().contains("draft"));
    let acknowledged = final_plan(json!([{"concern": "no_draft_to_finalise", "reason": "It cannot be acknowledged."}]));
    assert_eq!(worker.change(&case, "final-plan", acknowledged).await.problem(409)["code"], "refused");
    assert_eq!(everything(&app), before);
}

#[actix_web::test]
async fn no_refused_request_of_any_kind_changes_anything() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let (worker, officer, school) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker), app.school("900001"));
    let stranger = app.client_of(Role::School, "311", Some("urn:900002"), "stranger");
    let haringey = app.client_of(Role::CaseWorker, "309", None, "elsewhere");
    worker.get(&format!("/v1/cases/{case}")).await.ok();
    let path = |what: &str| format!("/v1/cases/{case}/{what}");
    let before = everything(&app);

    let decide = json!({"outcome": "assess", "reasons": "Again."});
    school.post(&path("assessment-decision"), decide.clone()).await.problem(428);
    school.change(&case, "assessment-decision", decide.clone()).await.problem(403);
    worker.change(&case, "plan-decision", json!({"outcome": "issue", "reasons": "Not mine to decide."})).await.problem(403);
    officer.post(&path("plan-decision"), json!({"outcome": "issue", "reasons": "Read nothing."})).await.problem(428);
    officer.change(&case, "assessment-decision", decide).await.problem(409);
    let later = json!({"giver": "health", "requestedOn": "2026-12-01"});
    worker.post(&path("advice-requests"), later).await.problem(422);
    worker.post(&path("advice-requests"), json!({"giver": "nobody"})).await.problem(422);
    worker.post(&path("allocation"), json!({"caseWorker": "01890a5d-ac96-774b-bcce-b302099a8057"})).await.problem(422);
    worker
        .change(&case, "corrections", json!({"of": "01890a5d-ac96-774b-bcce-b302099a8057", "why": "No such entry."}))
        .await
        .problem(422);
    let advice = json!({"giver": "health"});
    stranger.post(&path("advice-requests"), advice.clone()).await.problem(403);
    haringey.post(&path("advice-requests"), advice).await.problem(404);
    school.post("/v1/requests", json!({"child": request_for("Example")["child"], "requestedBy": "parent"})).await.problem(422);
    assert_eq!(everything(&app), before);
}
