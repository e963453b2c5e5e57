//! The log of contacts: with whom, what was agreed, who may read it, and that nothing in it is ever changed.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, account, minute, person, relate};
use crate::support::{Client, TestApp, staff_id};

/// A child with a mother and a father who have accounts, and the path of the case's contacts.
struct Log {
    app: TestApp,
    worker: Client,
    child: String,
    mother: String,
    father: String,
    path: String,
}

impl Log {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
        let mother = relate(&app, &child, person("parent", "mother")).await;
        let father = relate(&app, &child, person("parent", "father")).await;
        app.on("2026-02-18");
        Self { worker: app.client(Role::CaseWorker), child, mother, father, path: format!("/v1/cases/{case}/contacts"), app }
    }

    async fn recorded(&self, body: Value) -> String {
        self.worker.post(&self.path, body).await.id()
    }

    /// What a reader's list says was said, the latest first.
    async fn said(&self, reader: &Client) -> Vec<String> {
        let list = reader.get(&self.path).await.ok();
        list["data"].as_array().unwrap().iter().map(|row| row["said"].as_str().unwrap().to_owned()).collect()
    }
}

fn call(with: Value, said: &str) -> Value {
    json!({"means": "call", "direction": "incoming", "with": [with], "said": said})
}

fn shared(mut body: Value) -> Value {
    body["visibility"] = "shared".into();
    body
}

#[actix_web::test]
async fn calls_letters_emails_and_meetings_are_logged_with_whom_and_what_was_agreed() {
    let log = Log::begin().await;
    let staff = staff_id(Role::CaseWorker, 311);
    for (day, means, direction) in [
        ("2026-02-10", "letter", json!("outgoing")),
        ("2026-02-11", "email", json!("incoming")),
        ("2026-02-12", "visit", Value::Null),
    ] {
        let body = json!({
            "means": means, "direction": direction, "on": day, "with": [{"organisation": "urn:900001", "name": "Jo Named"}], "said": means
        });
        log.recorded(body).await;
    }
    let meeting = json!({
        "means": "meeting", "on": "2026-02-17", "time": "14:30",
        "with": [{"relationship": log.mother}, {"staff": staff}, {"organisation": "ods:RF4"}, {"name": "Aunt Ada"}],
        "said": "We went through the advice.",
        "agreed": [
            {"what": "Send the audiogram", "who": {"organisation": "ods:RF4"}, "by": "2026-02-24"},
            {"what": "Visit the school", "who": {"relationship": log.mother}}
        ]
    });
    log.recorded(meeting).await;
    let list = log.worker.get(&log.path).await.ok();
    let means: Vec<_> = list["data"].as_array().unwrap().iter().map(|row| row["means"].as_str().unwrap()).collect();
    assert_eq!(means, ["meeting", "visit", "email", "letter"], "the latest first");
    let meeting = &list["data"][0];
    assert_eq!((&meeting["on"], &meeting["time"], &meeting["direction"]), (&json!("2026-02-17"), &json!("14:30"), &Value::Null));
    assert_eq!(meeting["visibility"], "internal", "unless told");
    assert_eq!((&meeting["with"][1]["staff"], &meeting["with"][3]["name"]), (&json!(staff), &json!("Aunt Ada")));
    assert_eq!(
        (&meeting["agreed"][0]["what"], &meeting["agreed"][0]["by"]),
        (&json!("Send the audiogram"), &json!("2026-02-24"))
    );
    assert_eq!((&meeting["agreed"][1]["who"]["relationship"], &meeting["agreed"][1]["by"]), (&json!(log.mother), &Value::Null));
    assert_eq!(meeting["recordedBy"], json!({"staff": staff, "name": "case_worker"}));
    assert_eq!(meeting["recordedAt"], "2026-02-18T09:00:00Z");
}

#[actix_web::test]
async fn every_entry_has_its_visibility_and_separated_parents_do_not_see_each_others() {
    let log = Log::begin().await;
    let (mother, father, school) = (account(&log.app, "mother"), account(&log.app, "father"), log.app.school("900001"));
    for visibility in ["internal", "third_party", "safeguarding", "privileged"] {
        let mut body = call(json!({"relationship": log.mother}), visibility);
        body["visibility"] = visibility.into();
        log.recorded(body).await;
    }
    log.recorded(shared(call(json!({"relationship": log.mother}), "with the mother"))).await;
    log.recorded(shared(call(json!({"relationship": log.father}), "with the father"))).await;
    log.recorded(shared(call(json!({"organisation": "urn:900001"}), "with the school"))).await;
    let mut body = shared(call(json!({"organisation": "ods:RF4"}), "for the family"));
    body["sharedWith"] = json!([{"party": "family"}]);
    log.recorded(body).await;

    let sorted = |mut said: Vec<String>| {
        said.sort();
        said
    };
    assert_eq!(log.said(&log.worker).await.len(), 8);
    assert_eq!(sorted(log.said(&mother).await), ["for the family", "with the mother"]);
    assert_eq!(sorted(log.said(&father).await), ["for the family", "with the father"]);
    assert_eq!(log.said(&school).await, ["with the school"]);
    for stranger in [account(&log.app, "stranger"), log.app.school("900002")] {
        stranger.get(&log.path).await.problem(404);
    }
    for role in [Role::AdviceGiver, Role::PanelMember, Role::Auditor, Role::Administrator] {
        log.app.client_of(role, "311", Some("local:ep"), "somebody").get(&log.path).await.problem(403);
    }
    mother.post(&log.path, call(json!({"name": "me"}), "mine")).await.problem(403);
    log.app.client_of(Role::CaseWorker, "309", None, "case_worker").get(&log.path).await.problem(404);

    // The trail says who read whose.
    let trail = log.app.client(Role::Auditor).get(&format!("/v1/audit?child={}&limit=200", log.child)).await.text;
    assert!(trail.contains("see_contacts") && trail.contains("father"), "{trail}");
}

#[actix_web::test]
async fn what_was_wrong_is_replaced_or_struck_and_stays_for_staff_to_see() {
    let log = Log::begin().await;
    let mother = account(&log.app, "mother");
    let first = log.recorded(shared(call(json!({"relationship": log.mother}), "She agrees."))).await;
    minute(&log.app, "2026-02-18", 5);
    let mut body = call(json!({"relationship": log.mother}), "She does not agree.");
    body["replaces"] = first.clone().into();
    let second = log.recorded(body.clone()).await;
    assert_eq!(log.said(&mother).await, Vec::<String>::new(), "what took its place is for staff");
    let list = log.worker.get(&log.path).await.ok()["data"].clone();
    let one = |id: &str| list.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    assert_eq!((&one(&first)["replacedBy"], &one(&first)["said"]), (&json!(second), &json!("She agrees.")));
    assert_eq!((&one(&second)["replaces"], &one(&second)["replacedBy"]), (&json!(first), &Value::Null));
    assert_eq!(log.worker.post(&log.path, body).await.problem(409)["reason"], "no_longer_stands");

    minute(&log.app, "2026-02-18", 10);
    let strike = |id: &str| format!("{}/{id}/strike", log.path);
    log.worker.post(&strike(&second), json!({"why": "Another child's mother."})).await.id();
    let struck =
        log.worker.get(&log.path).await.ok()["data"].as_array().unwrap().iter().find(|r| r["id"] == *second).unwrap().clone();
    assert_eq!(struck["struck"], json!({"at": "2026-02-18T09:10:00Z", "why": "Another child's mother."}));
    for id in [&first, &second] {
        assert_eq!(log.worker.post(&strike(id), json!({"why": "Again."})).await.problem(409)["reason"], "no_longer_stands");
    }
    log.worker.post(&strike(&uuid::Uuid::new_v4().to_string()), json!({"why": "Nothing."})).await.problem(404);

    // As it was known before.
    log.app.on("2026-02-19");
    let then = log.worker.get(&format!("{}?asOf=2026-02-18T09:07:00Z", log.path)).await.ok();
    let then = |id: &str| then["data"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    assert_eq!((&then(&second)["struck"], &then(&first)["replacedBy"]), (&Value::Null, &json!(second)));
    let before = log.worker.get(&format!("{}?asOf=2026-02-18T09:02:00Z", log.path)).await.ok();
    assert_eq!(before["data"].as_array().unwrap().len(), 1);
    assert_eq!(before["data"][0]["replacedBy"], Value::Null);
    assert_eq!(mother.get(&format!("{}?asOf=2026-02-18T09:02:00Z", log.path)).await.ok()["data"], json!([]), "judged now");
}

#[actix_web::test]
async fn the_database_itself_refuses_to_change_what_was_recorded() {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, PgConnection};

    let log = Log::begin().await;
    log.recorded(call(json!({"name": "Aunt Ada"}), "Words.")).await;
    let mut conn = PgConnection::establish(&log.app.database.app_url()).unwrap();
    let context = "SET LOCAL ehc.authority = '311'; SET LOCAL ehc.reach = 'authority'; SET LOCAL ehc.today = '2026-02-18'";
    for sql in
        ["UPDATE contact SET content = '{}'", "DELETE FROM contact", "UPDATE message SET content = ''", "DELETE FROM message"]
    {
        let refused = conn.transaction(|conn| {
            conn.batch_execute(context)?;
            conn.batch_execute(sql)
        });
        assert!(refused.unwrap_err().to_string().contains("permission denied"), "{sql}");
    }
}

#[actix_web::test]
async fn a_contact_says_with_whom_once_and_who_can_read_it() {
    let log = Log::begin().await;
    let refused = async |body: Value| {
        let problem = log.worker.post(&log.path, body).await.problem(422);
        (problem["errors"][0]["pointer"].as_str().unwrap().to_owned(), problem["errors"][0]["code"].as_str().unwrap().to_owned())
    };
    let known = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let nobody = uuid::Uuid::new_v4();
    assert_eq!(refused(call(json!({}), "x")).await, known("/with/0", "unclear_who"));
    let twice = json!({"relationship": log.mother, "name": "Aunt"});
    assert_eq!(refused(call(twice, "x")).await, known("/with/0", "unclear_who"));
    assert_eq!(refused(call(json!({"relationship": nobody}), "x")).await, known("/with/0/relationship", "unknown_relationship"));
    assert_eq!(refused(call(json!({"staff": nobody}), "x")).await, known("/with/0/staff", "unknown_staff"));
    assert_eq!(refused(shared(call(json!({"name": "Aunt"}), "x"))).await, known("/visibility", "shared_with_nobody"));
    let mut body = call(json!({"name": "Aunt"}), "x");
    body["sharedWith"] = json!([{"party": "family"}]);
    assert_eq!(refused(body).await, known("/sharedWith", "not_shared"));
    let body = json!({"means": "email", "with": [{"name": "Aunt"}], "said": "x"});
    assert_eq!(refused(body).await, known("/direction", "direction_needed"));
    let body = json!({"means": "meeting", "direction": "incoming", "with": [{"name": "Aunt"}], "said": "x"});
    assert_eq!(refused(body).await, known("/direction", "no_direction"));
    let mut body = call(json!({"name": "Aunt"}), "x");
    body["on"] = "2026-02-19".into();
    assert_eq!(refused(body).await, known("/on", "not_happened_yet"));
    let mut body = call(json!({"name": "Aunt"}), "x");
    body["replaces"] = json!(nobody);
    assert_eq!(refused(body).await, known("/replaces", "unknown_contact"));
    assert_eq!(log.said(&log.worker).await, Vec::<String>::new());
}

#[actix_web::test]
async fn a_page_of_contacts_follows_the_other_without_a_gap() {
    let log = Log::begin().await;
    for day in 1..=5 {
        let mut body = call(json!({"name": "Aunt"}), &format!("call {day}"));
        body["on"] = format!("2026-02-{day:02}").into();
        log.recorded(body).await;
    }
    let (mut all, mut next) = (Vec::new(), Some(format!("{}?limit=2", log.path)));
    while let Some(path) = next {
        let page = log.worker.get(&path).await.ok();
        all.extend(page["data"].as_array().unwrap().iter().map(|row| row["said"].as_str().unwrap().to_owned()));
        next = page["nextCursor"].as_str().map(|cursor| format!("{}?limit=2&cursor={cursor}", log.path));
    }
    assert_eq!(all, ["call 5", "call 4", "call 3", "call 2", "call 1"]);
}

#[actix_web::test]
async fn after_an_adoption_nothing_from_before_is_told_and_it_is_kept_where_the_application_cannot_read_it() {
    use diesel::connection::SimpleConnection;

    let log = Log::begin().await;
    let case = log.path.trim_end_matches("/contacts").to_owned();
    let mut body = shared(call(json!({"relationship": log.mother}), "Formerly said."));
    body["agreed"] = json!([{"what": "Formerly agreed.", "who": {"name": "Aunt"}, "by": "2026-03-01"}]);
    log.recorded(body).await;
    let message = json!({"to": [{"party": "case_worker"}], "words": "Formerly written."});
    account(&log.app, "mother").post(&format!("{case}/messages"), message).await.id();
    let reminder = json!({"case": case.trim_start_matches("/v1/cases/"), "on": "2026-03-01", "words": "Formerly to do."});
    log.worker.post("/v1/reminders", reminder).await.id();
    let allocation = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
    log.worker.post(&format!("{case}/allocation"), allocation).await.id();
    let everything = async || {
        let mut texts = String::new();
        for reader in [log.worker.clone(), log.app.client(Role::Manager), account(&log.app, "mother"), log.app.school("900001")] {
            for path in [
                &log.path,
                &format!("{}?asOf=2026-02-18", log.path),
                &format!("{case}/messages"),
                "/v1/reminders",
                "/v1/messages",
            ] {
                texts.push_str(&reader.get(path).await.text);
            }
        }
        texts
    };
    log.app.on("2026-02-19");
    let before = everything().await;
    for words in ["Formerly said", "Formerly agreed", "Formerly written", "Formerly to do"] {
        assert!(before.contains(words), "{words}");
    }
    let manager = log.app.client(Role::Manager);
    manager.get(&format!("/v1/children/{}", log.child)).await.ok();
    let identity =
        json!({"identity": {"givenName": "Nora", "familyName": "Newname", "bornOn": "2017-03-14", "upnUnknown": "UN8"}});
    manager.post(&format!("/v1/children/{}/sealed-identity", log.child), identity).await.id();
    assert!(!everything().await.contains("Formerly"));
    let kept = "DO $$ BEGIN ASSERT (SELECT count(*) FROM sealed_contact WHERE content LIKE '%Formerly%') = 4; END $$";
    log.app.database.owner().batch_execute(kept).unwrap();
    let mut conn = <diesel::PgConnection as diesel::Connection>::establish(&log.app.database.app_url()).unwrap();
    assert!(conn.batch_execute("SELECT content FROM sealed_contact").unwrap_err().to_string().contains("permission denied"));
    // What is written afterwards is there.
    log.recorded(call(json!({"name": "Her new mother"}), "Newly said.")).await;
    assert_eq!(log.said(&log.worker).await, ["Newly said."]);
}
