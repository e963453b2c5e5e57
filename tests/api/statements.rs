//! Which SQL each endpoint sends: how many round trips, and in what words, so that a regression is read as a difference.

use ehc_casework::access::Role;
use serde_json::json;

use crate::everything::{Everything, insider};
use crate::support::{Reply, TestApp, staff_id};

/// The statements since the last call, their values left out.
fn sent(app: &TestApp) -> Vec<String> {
    app.statements.lock().unwrap().drain(..).map(|sql| without_values(&sql)).collect()
}

/// One line; what stands in quotes, but for the words of the SQL's own comparisons, is the caller's.
fn without_values(sql: &str) -> String {
    let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    if !sql.starts_with("BEGIN") && !sql.starts_with("INSERT INTO trail") {
        return sql;
    }
    let mut out = String::new();
    for (index, part) in sql.replace("\\'", "").split('\'').enumerate() {
        out.push_str(if index % 2 == 0 { part } else { "'…'" });
    }
    out.replace("(311,", "(…,")
}

/// The statements, as they are kept.
fn told(statements: &[String]) -> String {
    format!("{} round trips\n\n{}", statements.len(), statements.join("\n\n"))
}

/// Reads twice and keeps what the second time sent: by then nothing is left to prepare.
async fn read(case: &Everything, role: Role, path: &str) -> Vec<String> {
    let client = insider(&case.app, role);
    client.get(path).await.ok();
    sent(&case.app);
    client.get(path).await.ok();
    sent(&case.app)
}

#[actix_web::test]
async fn what_each_reading_endpoint_sends() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let at = format!("/v1/cases/{}", case.ids.case);
    let allocated = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
    insider(&case.app, Role::CaseWorker).post(&format!("{at}/allocation"), allocated).await.id();
    let endpoints = [
        ("show_case", Role::CaseWorker, at.clone(), 3),
        ("show_timeline", Role::CaseWorker, format!("{at}/timeline"), 3),
        ("show_deadlines", Role::CaseWorker, format!("{at}/deadlines"), 3),
        ("list_cases", Role::CaseWorker, "/v1/cases?limit=50".into(), 3),
        ("show_worklist", Role::Manager, "/v1/worklist?limit=50".into(), 3),
        ("show_own_worklist", Role::CaseWorker, "/v1/worklist?limit=50".into(), 4),
        ("show_workloads", Role::Manager, "/v1/workloads".into(), 3),
        ("list_covers", Role::Manager, "/v1/covers?limit=50".into(), 3),
        ("show_child", Role::CaseWorker, format!("/v1/children/{}", case.ids.child), 3),
        ("list_relationships", Role::CaseWorker, format!("/v1/children/{}/relationships", case.ids.child), 3),
        ("show_plan", Role::CaseWorker, format!("/v1/plans/{}", case.ids.plan), 4),
        ("show_panel", Role::CaseWorker, format!("/v1/panels/{}", case.ids.panel), 5),
        ("list_claims", Role::CaseWorker, format!("{at}/exceptions"), 3),
        ("show_draft_plan", Role::CaseWorker, format!("{at}/draft-plans/{}", case.ids.draft), 3),
        ("compose_notice", Role::CaseWorker, format!("{at}/notices/final_plan"), 6),
        ("list_advice_requests", Role::CaseWorker, "/v1/advice-requests?limit=50".into(), 3),
        ("list_own_advice_requests", Role::AdviceGiver, "/v1/advice-requests?state=no_longer_awaited&limit=50".into(), 3),
        ("show_advice_request", Role::CaseWorker, format!("{at}/advice-requests/{}", case.ids.advice), 3),
        ("list_referrals", Role::CaseWorker, format!("/v1/children/{}/referrals", case.ids.child), 3),
        ("count_advice", Role::Manager, "/v1/statistics/advice".into(), 3),
        ("show_advice_capacity", Role::Manager, "/v1/advice-capacity".into(), 3),
        ("count_waits", Role::Manager, "/v1/statistics/referrals".into(), 3),
        ("list_documents", Role::CaseWorker, format!("{at}/documents"), 4),
        ("read_document", Role::CaseWorker, format!("{at}/documents/{}/content", case.ids.document), 4),
        ("show_delay_letter", Role::CaseWorker, format!("{at}/delay-letters/{}", case.ids.letter), 3),
        ("list_contacts", Role::CaseWorker, format!("{at}/contacts"), 4),
        ("list_messages", Role::Family, format!("{at}/messages"), 4),
        ("list_inbox", Role::CaseWorker, "/v1/messages?everyone=true".into(), 3),
        ("list_reminders", Role::CaseWorker, "/v1/reminders".into(), 4),
        ("show_progress", Role::Family, format!("{at}/progress"), 4),
        ("show_progress_to_staff", Role::CaseWorker, format!("{at}/progress"), 5),
        ("list_readers", Role::Family, format!("/v1/children/{}/readers", case.ids.child), 4),
        ("list_reviews_due", Role::School, "/v1/reviews?limit=50".into(), 4),
        ("list_review_lists", Role::CaseWorker, "/v1/review-lists".into(), 5),
        ("list_review_requests", Role::CaseWorker, format!("/v1/plans/{}/review-requests", case.ids.plan), 4),
        ("count_reviews", Role::Manager, "/v1/statistics/reviews".into(), 5),
        ("list_placements", Role::School, "/v1/placements?limit=50".into(), 3),
        ("list_phase_transfers", Role::CaseWorker, "/v1/phase-transfers?year=2028".into(), 3),
        ("count_phase_transfers", Role::Manager, "/v1/statistics/phase-transfers?year=2028".into(), 3),
        ("show_placement", Role::CaseWorker, format!("/v1/placements/{}", case.ids.placement), 4),
        ("list_alternative_provision", Role::CaseWorker, "/v1/alternative-provision?limit=50".into(), 3),
        ("list_vulnerable_children", Role::CaseWorker, "/v1/oversight?limit=50".into(), 3),
        ("list_transport", Role::CaseWorker, format!("/v1/children/{}/transport", case.ids.child), 3),
        ("list_direct_payments", Role::CaseWorker, format!("/v1/plans/{}/direct-payments", case.ids.plan), 4),
        ("count_commitments", Role::Manager, "/v1/statistics/commitments".into(), 3),
        ("count_placements", Role::Manager, "/v1/statistics/placements".into(), 3),
        ("list_changed_cases", Role::School, "/v1/cases?limit=50&since=2014-09-01T00:00:00Z".into(), 5),
        ("list_concerns", Role::Manager, "/v1/concerns?limit=50".into(), 3),
        ("show_timeliness", Role::Manager, "/v1/statistics/timeliness".into(), 3),
    ];
    for (name, role, path, round_trips) in endpoints {
        let statements = read(&case, role, &path).await;
        assert_eq!(statements.len(), round_trips, "{name}: {statements:#?}");
        assert!(statements[0].starts_with("BEGIN; SET LOCAL ehc.authority"), "{name}");
        // Counts show no child, and in a case that is closed nothing is awaited.
        let shows_nobody = [
            "show_timeliness",
            "list_advice_requests",
            "count_advice",
            "show_advice_capacity",
            "count_waits",
            "show_workloads",
            "list_covers",
            "count_reviews",
            "list_review_lists",
            "count_phase_transfers",
            "list_alternative_provision",
            "count_commitments",
            "count_placements",
        ];
        let last = if shows_nobody.contains(&name) { "COMMIT" } else { "INSERT INTO trail" };
        assert!(statements[round_trips - 1].starts_with(last), "{name}: {}", statements[round_trips - 1]);
        insta::assert_snapshot!(name, told(&statements));
    }
}

#[actix_web::test]
async fn a_page_takes_three_round_trips_however_long_it_is() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    for day in 1..=20 {
        let child = json!({"givenName": "Other", "familyName": "Example", "bornOn": format!("2018-01-{day:02}")});
        let request = json!({"child": child, "requestedBy": "school"});
        case.app.school("900002").post("/v1/requests", request).await.id();
    }
    for path in ["/v1/cases", "/v1/children", "/v1/events"] {
        let mut sent = Vec::new();
        for limit in [2, 20] {
            let path = format!("{path}?limit={limit}");
            let reply: Reply = insider(&case.app, Role::CaseWorker).get(&path).await;
            assert_eq!(reply.ok()["data"].as_array().unwrap().len(), limit);
            sent.push(read(&case, Role::CaseWorker, &path).await);
        }
        assert_eq!(sent[0].len(), 3, "{path}");
        assert_eq!(sent[0][..2], sent[1][..2], "{path}");
        assert_eq!(sent[1].len(), 3, "{path}");
    }
}

#[actix_web::test]
async fn what_each_recording_endpoint_sends() {
    let app = TestApp::start().await;
    let (worker, officer) = (insider(&app, Role::CaseWorker), insider(&app, Role::DecisionMaker));
    let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
    let kept = |name: &str| insta::assert_snapshot!(name, told(&sent(&app)));

    sent(&app);
    let request = json!({"child": child, "requestedBy": "school", "reasons": "Words."});
    let case = app.school("900001").post("/v1/requests", request).await.id();
    kept("submit_request");

    let at = format!("/v1/cases/{case}");
    officer.get(&at).await.ok();
    sent(&app);
    let body = json!({"outcome": "assess", "reasons": "Words.", "notifiedOn": "2026-01-05"});
    officer.post(&format!("{at}/assessment-decision"), body).await.id();
    kept("decide_assessment");

    let body = json!({"giver": "psychology", "organisation": "local:ep-service"});
    let advice = worker.post(&format!("{at}/advice-requests"), body).await.id();
    kept("request_advice");

    app.on("2026-03-02");
    worker.post(&format!("{at}/advice-requests/{advice}/progress"), json!({"returnedOn": "2026-03-02"})).await.id();
    let body = json!({"outcome": "issue", "reasons": "Words.", "notifiedOn": "2026-03-02"});
    officer.change(&case, "plan-decision", body).await.id();
    worker.change(&case, "draft-plans", json!({"sections": {"b": "Words."}})).await.id();
    worker.post(&format!("{at}/consultations"), json!({"settings": [{"setting": "urn:900001"}]})).await.id();
    app.on("2026-03-23");
    worker.get(&at).await.ok();
    sent(&app);
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Words."}});
    worker.post(&format!("{at}/final-plan"), body).await.id();
    kept("send_final_plan");
}
