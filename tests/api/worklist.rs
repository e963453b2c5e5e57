//! The worklist: what is due, overdue or waiting for somebody, and what each case worker finds on theirs.

use ehc_casework::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::everything::{Everything, insider};
use crate::support::{Client, TestApp, request_for, staff_id, subject};

/// The lines of a worklist; the query begins with `&`.
pub async fn lines(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/v1/worklist?limit=200{query}")).await.ok()["data"].as_array().unwrap().clone()
}

/// What the lines of a worklist say of one field, in their order.
pub async fn told(client: &Client, query: &str, field: &str) -> Vec<String> {
    lines(client, query).await.iter().map(|line| line[field].as_str().unwrap().to_owned()).collect()
}

/// The line of a rule.
pub async fn line(client: &Client, rule: &str) -> Value {
    lines(client, "").await.into_iter().find(|line| line["rule"] == rule).unwrap_or_else(|| panic!("no line of {rule}"))
}

/// A case of Monday 5 January 2026, given to the case worker.
pub async fn allocated_case(app: &TestApp) -> String {
    app.on("2026-01-05");
    let case = app.school("900001").ask_for_assessment("Example").await;
    allocate(app, &case, staff_id(Role::CaseWorker, 311)).await;
    case
}

/// Gives a case to a member of staff.
pub async fn allocate(app: &TestApp, case: &str, to: Uuid) {
    let path = format!("/v1/cases/{case}/allocation");
    app.client(Role::CaseWorker).post(&path, json!({"caseWorker": to})).await.id();
}

/// Decides to assess, and tells the family, on a day.
pub async fn assess(app: &TestApp, case: &str, day: &str) {
    app.on(day);
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": day});
    app.client(Role::DecisionMaker).change(case, "assessment-decision", body).await.id();
}

/// Adds a case worker, with or without a team; gives their id.
pub async fn case_worker(app: &TestApp, name: &str, team: Option<&str>) -> Uuid {
    let body = json!({"name": name, "role": "case_worker", "team": team, "subject": subject(name)});
    app.client(Role::Administrator).post("/v1/staff", body).await.id().parse().unwrap()
}

/// Adds a team; gives its id.
pub async fn team(app: &TestApp, name: &str) -> String {
    app.client(Role::Administrator).post("/v1/teams", json!({"name": name})).await.id()
}

#[actix_web::test]
async fn a_case_worker_sees_what_is_due_in_their_own_cases_the_first_at_the_top() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    app.school("900002").ask_for_assessment("Other").await;
    let worker = app.client(Role::CaseWorker);
    assert_eq!(told(&worker, "", "rule").await, ["D-6W", "D-16W", "D-DRAFT", "D-20W"]);
    let shown = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!(
        line(&worker, "D-6W").await,
        json!({
            "child": shown["child"], "givenName": "Amira", "familyName": "Example", "setting": "urn:900001",
            "case": case, "reference": shown["reference"], "stage": "considering", "caseWorker": staff_id(Role::CaseWorker, 311),
            "rule": "D-6W", "duty": "decide whether to assess, and tell the family",
            "citation": {
                "text": "SEND Regulations 2014, reg. 5(1)", "url": "https://www.legislation.gov.uk/uksi/2014/1530/regulation/5"
            },
            "dueOn": "2026-02-16", "daysLeft": 42, "state": "running", "awaited": {"who": "case_worker"}, "atRisk": false,
            "act": {
                "action": "decide_assessment", "method": "POST", "href": format!("/v1/cases/{case}/assessment-decision"),
                "allowed": false
            }
        })
    );
}

#[actix_web::test]
async fn what_is_due_today_is_not_overdue_and_tomorrow_is() {
    let app = TestApp::start().await;
    allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-02-16");
    assert_eq!(told(&worker, "&overdue=true", "rule").await.len(), 0);
    let last_day = line(&worker, "D-6W").await;
    assert_eq!((&last_day["daysLeft"], &last_day["state"], &last_day["atRisk"]), (&json!(0), &json!("running"), &json!(true)));
    app.on("2026-02-17");
    assert_eq!(told(&worker, "&overdue=true", "rule").await, ["D-6W"]);
    let missed = line(&worker, "D-6W").await;
    assert_eq!((&missed["daysLeft"], &missed["state"], &missed["atRisk"]), (&json!(-1), &json!("overdue"), &json!(false)));
    assert_eq!(told(&worker, "&overdue=false", "rule").await, ["D-16W", "D-DRAFT", "D-20W"]);
}

#[actix_web::test]
async fn what_an_exception_excuses_stays_on_the_list_and_is_not_overdue() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-04-01");
    let body = json!({"paragraph": "X13.3d", "from": "2026-03-01", "to": "2026-03-28", "evidence": "The family's letter."});
    worker.post(&format!("/v1/cases/{case}/exceptions"), body).await.id();
    app.on("2026-05-26");
    let excused = line(&worker, "D-20W").await;
    assert_eq!((&excused["daysLeft"], &excused["state"], &excused["atRisk"]), (&json!(-1), &json!("excused"), &json!(false)));
    assert_eq!(told(&worker, "&overdue=true", "rule").await, ["D-6W", "D-16W", "D-DRAFT"]);
    assert_eq!(told(&worker, "&overdue=false", "rule").await, ["D-20W"]);
}

#[actix_web::test]
async fn a_decision_waits_for_the_panel_then_for_whoever_decides_then_for_the_family_to_be_told() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    let members = json!([{"member": subject("panel_member"), "agency": "health"}]);
    let body = json!({"panel": "EHC panel", "meetsOn": "2026-02-10", "members": members});
    let panel = worker.post("/v1/panels", body).await.id();
    let body = json!({"case": case, "why": ["complex"], "question": "assess"});
    let item = worker.post(&format!("/v1/panels/{panel}/items"), body).await.id();
    assert_eq!(line(&worker, "D-6W").await["awaited"], json!({"who": "panel", "panel": panel, "meetsOn": "2026-02-10"}));
    assert_eq!(line(&worker, "D-20W").await["awaited"], json!({"who": "case_worker"}));
    assert_eq!(told(&worker, "&waitingOn=panel", "rule").await, ["D-6W"]);

    app.on("2026-02-10");
    let limbs = ["has_or_may_have_needs", "may_need_plan"];
    let body = json!({"recommendation": "assess", "reasons": "Both limbs are met.", "met": limbs});
    worker.post(&format!("/v1/panels/{panel}/items/{item}/recommendation"), body).await.id();
    assert_eq!(line(&worker, "D-6W").await["awaited"], json!({"who": "decision_maker"}));
    let officer = app.client(Role::DecisionMaker);
    assert_eq!(line(&officer, "D-6W").await["act"]["allowed"], true);

    let body = json!({"outcome": "assess", "reasons": "As advised.", "panelItem": item});
    officer.change(&case, "assessment-decision", body).await.id();
    let untold = line(&worker, "D-6W").await;
    assert_eq!(untold["awaited"], json!({"who": "case_worker"}));
    assert_eq!(
        untold["act"],
        json!({
            "action": "notify_assessment_decision", "method": "POST", "allowed": true,
            "href": format!("/v1/cases/{case}/assessment-decision/notification")
        })
    );
    worker.change(&case, "assessment-decision/notification", json!({})).await.id();
    assert_eq!(told(&worker, "", "rule").await, ["D-16W", "D-DRAFT", "D-20W"]);
}

#[actix_web::test]
async fn advice_waits_for_its_service_and_answered_without_advice_for_the_case_worker() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    assess(&app, &case, "2026-02-10").await;
    let worker = app.client(Role::CaseWorker);
    assert_eq!(line(&worker, "D-16W").await["act"]["action"], "request_advice");
    let body = json!({"giver": "health", "organisation": "ods:RF4", "receivedOn": "2026-02-10"});
    let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), body).await.id();
    let awaited = json!({"who": "advice_giver", "service": "health", "organisation": "ods:RF4"});
    let progress = format!("/v1/cases/{case}/advice-requests/{advice}/progress");
    let owed = line(&worker, "D-ADV").await;
    assert_eq!((&owed["awaited"], &owed["dueOn"]), (&awaited, &json!("2026-03-24")));
    assert_eq!(owed["act"], json!({"action": "record_advice", "method": "POST", "href": progress, "allowed": true}));
    assert_eq!(line(&worker, "D-16W").await["awaited"], awaited);

    worker.post(&progress, json!({"answer": "declined"})).await.id();
    let declined = line(&worker, "D-ADV").await;
    assert_eq!((&declined["awaited"], &declined["act"]["action"]), (&json!({"who": "case_worker"}), &json!("request_advice")));

    app.on("2026-03-20");
    worker.post(&progress, json!({"returnedOn": "2026-03-20", "words": "Advice."})).await.id();
    assert!(!told(&worker, "", "rule").await.contains(&"D-ADV".to_owned()));
    assert_eq!(line(&worker, "D-16W").await["act"]["action"], "decide_plan");
}

#[actix_web::test]
async fn a_draft_waits_for_the_family_and_for_the_settings_that_were_consulted() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    allocate(&app, &case, staff_id(Role::CaseWorker, 311)).await;
    let worker = app.client(Role::CaseWorker);
    let family = line(&worker, "D-REPS15").await;
    assert_eq!((&family["awaited"], &family["dueOn"]), (&json!({"who": "family"}), &json!("2026-05-04")));
    assert_eq!(family["act"]["href"], format!("/v1/cases/{case}/representations"));

    let consultations = worker.get(&format!("/v1/cases/{case}/consultations")).await.ok();
    let id = consultations["data"][0]["id"].as_str().unwrap();
    let answer = format!("/v1/cases/{case}/consultations/{id}/answer");
    worker.post(&answer, json!({"receivedOn": "2026-04-20"})).await.id();
    let setting = line(&worker, "D-SCHCONS15").await;
    assert_eq!(setting["awaited"], json!({"who": "setting", "organisation": "urn:900001"}));
    assert_eq!((&setting["act"]["action"], &setting["act"]["href"]), (&json!("answer_consultation"), &json!(answer)));
    assert_eq!(told(&worker, "&waitingOn=family&waitingOn=setting", "rule").await, ["D-REPS15", "D-SCHCONS15", "D-20W"]);

    app.on("2026-05-05");
    worker.post(&answer, json!({"answer": "can_meet_need"})).await.id();
    assert_eq!(told(&worker, "", "rule").await, ["D-20W"], "the family's time is over, and the setting answered");
    assert_eq!(line(&worker, "D-20W").await["act"]["href"], format!("/v1/cases/{case}/final-plan"));
}

#[actix_web::test]
async fn the_reviews_of_a_plan_are_on_its_case_workers_list() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    allocate(&app, &case, staff_id(Role::CaseWorker, 311)).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-05");
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs."}});
    let plan = worker.change(&case, "final-plan", body).await.id();
    let year = line(&worker, "D-AR12").await;
    assert_eq!(
        (&year["dueOn"], &year["stage"], &year["awaited"]["who"]),
        (&json!("2027-05-04"), &json!("plan_issued"), &json!("case_worker"))
    );
    assert_eq!(year["act"]["href"], format!("/v1/plans/{plan}/reviews"));

    app.on("2027-04-01");
    let review = worker.post(&format!("/v1/plans/{plan}/reviews"), json!({"meetingOn": "2027-04-01"})).await.id();
    let report = line(&worker, "D-AR-REPORT").await;
    assert_eq!(report["awaited"], json!({"who": "setting", "organisation": "urn:900001"}));
    assert_eq!(report["act"]["href"], format!("/v1/plans/{plan}/reviews/{review}/report"));
    worker.post(&format!("/v1/plans/{plan}/reviews/{review}/report"), json!({})).await.id();
    let decision = line(&worker, "D-AR-DEC").await;
    assert_eq!((&decision["awaited"]["who"], &decision["act"]["action"]), (&json!("decision_maker"), &json!("decide_review")));
}

#[actix_web::test]
async fn managers_see_any_case_worker_any_team_and_the_whole_authority() {
    let app = TestApp::start().await;
    let north = team(&app, "North").await;
    let sam = case_worker(&app, "sam", Some(&north)).await;
    let mine = allocated_case(&app).await;
    let hers = app.school("900002").ask_for_assessment("Other").await;
    allocate(&app, &hers, sam).await;
    let nobodys = app.school("900002").ask_for_assessment("Third").await;
    let cases = |client: Client, query: String| async move {
        let mut cases = told(&client, &format!("&dueTo=2026-02-16{query}"), "case").await;
        cases.sort();
        cases
    };
    let sorted = |mut cases: Vec<String>| {
        cases.sort();
        cases
    };
    for role in [Role::Manager, Role::DecisionMaker] {
        let all = sorted(vec![mine.clone(), hers.clone(), nobodys.clone()]);
        assert_eq!(cases(app.client(role), String::new()).await, all, "{role}");
        assert_eq!(cases(app.client(role), format!("&caseWorker={sam}")).await, std::slice::from_ref(&hers), "{role}");
        assert_eq!(cases(app.client(role), format!("&team={north}")).await, std::slice::from_ref(&hers), "{role}");
        assert_eq!(cases(app.client(role), "&unallocated=true".into()).await, std::slice::from_ref(&nobodys), "{role}");
    }
    let worker = app.client(Role::CaseWorker);
    assert_eq!(cases(worker.clone(), String::new()).await, [mine]);
    assert_eq!(cases(worker.clone(), format!("&caseWorker={sam}")).await, [hers]);
    assert_eq!(cases(worker, "&unallocated=true".into()).await, [nobodys]);
}

#[actix_web::test]
async fn a_case_worker_whom_the_directory_does_not_know_has_no_list_of_their_own() {
    let app = TestApp::start().await;
    let stranger = app.client_of(Role::CaseWorker, "311", None, "new");
    let problem = stranger.get("/v1/worklist").await;
    assert_eq!(problem.body["errors"][0]["pointer"], "?caseWorker", "{}", problem.text);
    assert_eq!(lines(&stranger, "&unallocated=true").await.len(), 0);
}

#[actix_web::test]
async fn filters_combine() {
    let app = TestApp::start().await;
    app.on("2026-01-05");
    let request = |family: &str, need: &str| {
        let mut request = request_for(family);
        request["child"]["needs"] = json!([need, "ASD"]);
        request
    };
    let speech = app.school("900001").post("/v1/requests", request("First", "SLCN")).await.id();
    let hearing = app.school("900001").post("/v1/requests", request("Second", "HI")).await.id();
    let elsewhere = app.school("900002").post("/v1/requests", request("Third", "SLCN")).await.id();
    assess(&app, &hearing, "2026-02-10").await;
    let manager = app.client(Role::Manager);
    let found = |query: &'static str| {
        let manager = manager.clone();
        async move {
            let lines = lines(&manager, query).await;
            lines
                .iter()
                .map(|line| (line["case"].as_str().unwrap().to_owned(), line["rule"].as_str().unwrap().to_owned()))
                .collect::<Vec<_>>()
        }
    };
    let line = |case: &str, rule: &str| (case.to_owned(), rule.to_owned());
    let first_limits = "&dueFrom=2026-02-16&dueTo=2026-02-16";
    assert_eq!(found(first_limits).await, [line(&speech, "D-6W"), line(&elsewhere, "D-6W")]);
    assert_eq!(found("&dueTo=2026-02-16&school=urn:900001").await, [line(&speech, "D-6W")]);
    assert_eq!(found("&need=SLCN&dueTo=2026-02-16&school=urn:900002").await, [line(&elsewhere, "D-6W")]);
    assert_eq!(found("&need=ASD").await, [], "only the primary need counts");
    assert_eq!(found("&stage=assessing&dueTo=2026-04-27").await, [line(&hearing, "D-16W")]);
    let both = found("&stage=assessing&stage=considering&dueFrom=2026-05-25").await;
    assert_eq!(both, [line(&speech, "D-20W"), line(&hearing, "D-20W"), line(&elsewhere, "D-20W")]);
    assert_eq!(found("&overdue=true&need=SLCN").await, []);
    app.on("2026-02-17");
    assert_eq!(found("&overdue=true&need=SLCN&school=urn:900001").await, [line(&speech, "D-6W")]);
    assert_eq!(found("&atRisk=true&school=urn:900001&dueTo=2026-04-27&need=SLCN").await, [line(&speech, "D-16W")]);
    let unaffected = found("&atRisk=false&overdue=false&need=HI&caseWorker=0190b0a0-0000-7000-8000-000000000001").await;
    assert_eq!(unaffected, []);
}

#[actix_web::test]
async fn a_cursor_neither_repeats_nor_leaves_out_what_stands_while_lines_come_and_go() {
    let app = TestApp::start().await;
    let mut cases = Vec::new();
    for (day, family) in [("2026-01-05", "First"), ("2026-01-06", "Second"), ("2026-01-07", "Third")] {
        app.on(day);
        cases.push(app.school("900001").ask_for_assessment(family).await);
    }
    let manager = app.client(Role::Manager);
    let before = lines(&manager, "").await;
    let page = manager.get("/v1/worklist?limit=5").await.ok();
    let mut read: Vec<Value> = page["data"].as_array().unwrap().clone();
    assert_eq!(read[..], before[..5]);

    // A line of the first page is met, another case comes that is due in the middle of it, and a line to come gets its decision.
    assess(&app, &cases[0], "2026-01-08").await;
    let new = app.school("900001").ask_for_assessment("Fourth").await;
    let mut next = page["nextCursor"].clone();
    while let Some(cursor) = next.as_str() {
        let page = manager.get(&format!("/v1/worklist?limit=5&cursor={cursor}")).await.ok();
        read.extend(page["data"].as_array().unwrap().iter().cloned());
        next = page["nextCursor"].clone();
    }
    let key = |line: &Value| (line["dueOn"].to_string(), line["case"].to_string(), line["rule"].to_string());
    let keys: Vec<_> = read.iter().map(key).collect();
    assert!(keys.is_sorted() && keys.windows(2).all(|two| two[0] != two[1]), "{keys:?}");
    let expected = before.iter().map(key).filter(|key| !(key.1.contains(&cases[0]) && key.2.contains("D-6W")));
    assert!(expected.clone().all(|key| keys.contains(&key)));
    assert_eq!(keys.iter().filter(|key| key.1.contains(&new)).count(), 3, "what is due after the cursor is met on the way");
}

#[actix_web::test]
async fn the_list_as_of_a_day_is_the_list_of_that_day() {
    let app = TestApp::start().await;
    let case = allocated_case(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-02-09");
    let then = lines(&worker, "").await;
    assess(&app, &case, "2026-02-10").await;
    assert_eq!(told(&worker, "", "rule").await, ["D-16W", "D-DRAFT", "D-20W"]);
    let mut again = lines(&worker, "&asOf=2026-02-09").await;
    assert!(again.iter().all(|line| line["act"].is_null()), "nothing is done in the past");
    again.iter_mut().zip(&then).for_each(|(line, then)| line["act"] = then["act"].clone());
    assert_eq!(again, then);
}

#[actix_web::test]
async fn who_is_no_staff_of_the_authority_has_no_worklist() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    for role in [Role::School, Role::AdviceGiver, Role::PanelMember, Role::Family, Role::Auditor, Role::Administrator] {
        for path in ["/v1/worklist", "/v1/workloads", "/v1/covers"] {
            insider(&case.app, role).get(path).await.problem(403);
        }
    }
    let haringey = crate::everything::of_haringey(&case.app, Role::Manager);
    assert_eq!(lines(&haringey, "").await.len(), 0);
    assert_eq!(lines(&insider(&case.app, Role::Manager), "").await[0]["case"], case.ids.case);
}
