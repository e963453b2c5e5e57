//! Who saw whose data: one row of the trail for each answer that shows a child's data, there before the answer is.
//!
//! An answer that shows nothing (403, 404, an empty list, a count) leaves no row. A 304 leaves one: whoever asks holds the
//! data already and learns that it still stands.

use std::collections::BTreeSet;

use actix_web::http::Method;
use diesel::connection::SimpleConnection;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::everything::{Everything, GIVEN_NAME, Ids, insider, outsiders};
use crate::support::{Client, Reply, TestApp, subject};

#[derive(Debug, QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    operation: String,
    #[diesel(sql_type = SqlUuid)]
    request_id: Uuid,
    #[diesel(sql_type = Array<SqlUuid>)]
    children: Vec<Uuid>,
}

impl Row {
    fn children(&self) -> BTreeSet<String> {
        self.children.iter().map(Uuid::to_string).collect()
    }
}

/// What Havering's trail holds, read by a connection of the test's own: what is not committed is not in it.
fn trail(app: &TestApp) -> Vec<Row> {
    let mut conn = PgConnection::establish(&app.database.app_url()).unwrap();
    conn.transaction(|conn| {
        conn.batch_execute("SET LOCAL ehc.authority = '311'; SET LOCAL ehc.reach = 'authority'")?;
        sql_query("SELECT actor, operation, request_id, children FROM trail ORDER BY id").load(conn)
    })
    .unwrap()
}

/// The rows that a request left.
fn rows_of(app: &TestApp, reply: &Reply) -> Vec<Row> {
    let id: Uuid = reply.header("x-request-id").unwrap().parse().unwrap();
    trail(app).into_iter().filter(|row| row.request_id == id).collect()
}

/// A second child of the authority; their case.
async fn second_case(app: &TestApp) -> String {
    let child = json!({"givenName": "Other", "familyName": "Example", "bornOn": "2018-01-01"});
    app.school("900002").post("/v1/requests", json!({"child": child, "requestedBy": "school"})).await.id()
}

/// Everything that reads a child's data, who reads it, and what it asks for.
fn reads(ids: &Ids) -> Vec<(Role, Method, String, &'static str)> {
    let Ids { case, child, plan, panel, .. } = ids;
    let get = |role, path: String, ask| (role, Method::GET, path, ask);
    vec![
        get(Role::CaseWorker, format!("/v1/cases/{case}"), "see_cases"),
        get(Role::CaseWorker, format!("/v1/cases/{case}/timeline"), "see_cases"),
        get(Role::CaseWorker, format!("/v1/cases/{case}/deadlines"), "see_cases"),
        get(Role::School, format!("/v1/cases/{case}?asOf=2026-06-01"), "see_cases"),
        get(Role::Family, format!("/v1/cases/{case}/deadlines"), "see_cases"),
        get(Role::CaseWorker, "/v1/cases".into(), "see_cases"),
        get(Role::CaseWorker, "/v1/cases?limit=1".into(), "see_cases"),
        get(Role::AdviceGiver, "/v1/cases".into(), "see_cases"),
        get(Role::CaseWorker, format!("/v1/children/{child}"), "see_children"),
        get(Role::CaseWorker, "/v1/children".into(), "see_children"),
        get(Role::CaseWorker, "/v1/children?limit=1".into(), "see_children"),
        (Role::CaseWorker, Method::POST, "/v1/children/search".into(), "see_children"),
        get(Role::Manager, format!("/v1/plans/{plan}"), "see_plans"),
        get(Role::School, format!("/v1/plans/{plan}/reviews"), "see_plans"),
        get(Role::PanelMember, format!("/v1/panels/{panel}"), "see_panels"),
        get(Role::Manager, "/v1/worklist".into(), "see_worklists"),
        get(Role::Manager, "/v1/worklist?limit=1".into(), "see_worklists"),
        get(Role::Manager, "/v1/events".into(), "follow_events"),
        get(Role::Manager, "/v1/events?limit=2".into(), "follow_events"),
    ]
}

async fn ask(client: &Client, method: &Method, path: &str) -> Reply {
    let request = client.request(method.clone(), path);
    let search = json!({"familyName": "Example"});
    client.app.call(if *method == Method::POST { request.set_json(search) } else { request }).await
}

/// The children an answer shows: those it names in its lines, and for one thing the child it belongs to.
fn shown(body: &Value, path: &str, ids: &Ids) -> BTreeSet<String> {
    let whole = ids.all().iter().any(|id| path.contains(id));
    let lines = body["data"].as_array().filter(|_| !whole);
    match lines {
        Some(lines) => {
            let named = |line: &Value| match path.starts_with("/v1/children") {
                true => line["id"].as_str().map(str::to_owned),
                false => line["child"].as_str().map(str::to_owned),
            };
            lines.iter().filter_map(named).collect()
        }
        None => BTreeSet::from([ids.child.clone()]),
    }
}

#[actix_web::test]
async fn each_answer_that_shows_a_child_leaves_one_row_with_exactly_the_children_shown() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    second_case(&case.app).await;
    for (role, method, path, asked) in reads(&case.ids) {
        let reply = ask(&insider(&case.app, role), &method, &path).await;
        let rows = rows_of(&case.app, &reply);
        let body = reply.ok();
        assert_eq!(rows.len(), 1, "{path} as {role}: {rows:?}");
        assert_eq!(rows[0].children(), shown(&body, &path, &case.ids), "{path} as {role}");
        assert_eq!((rows[0].actor.as_str(), rows[0].operation.as_str()), (subject(role.as_str()).as_str(), asked), "{path}");
    }
}

#[actix_web::test]
async fn what_shows_no_child_leaves_no_row_and_what_still_stands_leaves_one() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let (app, at) = (&case.app, format!("/v1/cases/{}", case.ids.case));
    let before = trail(app).len();
    let worker = insider(app, Role::CaseWorker);
    worker.get(&format!("/v1/cases/{}", Uuid::new_v4())).await.problem(404);
    insider(app, Role::Administrator).get(&at).await.problem(403);
    app.anonymous().get(&at).await.problem(401);
    for (role, stranger) in outsiders(app) {
        let reply = stranger.get(&at).await;
        // Panel members see no cases at all, only what is before their panel.
        let list = if role == Role::PanelMember {
            reply.problem(403);
            "/v1/panels"
        } else {
            reply.problem(404);
            "/v1/cases"
        };
        assert_eq!(stranger.get(list).await.ok()["data"], json!([]));
    }
    for (role, path) in
        [(Role::Manager, "/v1/statistics/timeliness"), (Role::CaseWorker, "/v1/me"), (Role::CaseWorker, "/v1/panels")]
    {
        insider(app, role).get(path).await.ok();
    }
    assert_eq!(trail(app).len(), before);

    let etag = worker.get(&at).await.header("etag").unwrap().to_owned();
    let again = app.call(worker.request(Method::GET, &at).insert_header(("if-none-match", etag))).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    assert_eq!(rows_of(app, &again)[0].children(), BTreeSet::from([case.ids.child.clone()]));
}

#[actix_web::test]
async fn the_auditor_reads_who_saw_whom_by_child_and_by_actor() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let app = &case.app;
    let second = second_case(app).await;
    insider(app, Role::Manager).get(&format!("/v1/cases/{second}")).await.ok();
    insider(app, Role::School).get(&format!("/v1/cases/{}", case.ids.case)).await.ok();
    let auditor = insider(app, Role::Auditor);
    let lines =
        async |query: &str| auditor.get(&format!("/v1/audit?limit=200{query}")).await.ok()["data"].as_array().unwrap().clone();

    let all = lines("").await;
    assert_eq!(all.len(), trail(app).len());
    assert_eq!(all[0]["capacity"], "school");
    assert_eq!(all[0]["organisation"], "urn:900001");
    let of_child = lines(&format!("&child={}", case.ids.child)).await;
    assert!(!of_child.is_empty() && of_child.len() < all.len());
    assert!(of_child.iter().all(|line| line["children"].as_array().unwrap().contains(&json!(case.ids.child))));
    let manager = subject("manager").replace(':', "%3A").replace('|', "%7C");
    let by_manager = lines(&format!("&actor={manager}")).await;
    assert_eq!(by_manager.len(), 1);
    assert_eq!((&by_manager[0]["actor"], &by_manager[0]["operation"]), (&json!(subject("manager")), &json!("see_cases")));
    assert_eq!(lines(&format!("&actor={manager}&child={}", case.ids.child)).await.len(), 0);

    let of_haringey = app.client_of(Role::Auditor, "309", None, "auditor");
    assert_eq!(of_haringey.get("/v1/audit").await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn where_the_trail_cannot_be_written_nothing_is_shown_and_nothing_recorded() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let etag = case.etag().await;
    case.app.database.owner().batch_execute("REVOKE INSERT ON trail FROM ehc_app").unwrap();
    for (role, method, path, _) in reads(&case.ids) {
        let reply = ask(&insider(&case.app, role), &method, &path).await;
        for secret in [GIVEN_NAME, "Example", "Words of", &case.ids.event, &case.ids.review] {
            assert!(!reply.text.contains(secret), "{path}: {}", reply.text);
        }
        assert_eq!(reply.problem(500)["code"], "unexpected", "{path}");
    }
    let worker = insider(&case.app, Role::CaseWorker);
    let body = json!({"caseWorker": crate::support::staff_id(Role::CaseWorker, 311)});
    worker.post(&format!("/v1/cases/{}/allocation", case.ids.case), body).await.problem(500);
    case.app.database.owner().batch_execute("GRANT INSERT ON trail TO ehc_app").unwrap();
    assert_eq!(case.etag().await, etag);
}
