//! Personal data stands in bodies that were asked for and nowhere else: not in the log, not in an address, not in a problem.

use actix_web::http::{Method, StatusCode};
use diesel::connection::SimpleConnection;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::everything::insider;
use crate::support::{Client, Reply, TestApp, log};

/// What must be found nowhere. Each is typed into a field of its own.
const CANARIES: [&str; 12] = [
    "canarygiven",
    "canaryfamily",
    "2013-07-19",
    "H311400125001",
    "RM1 7QX",
    "canaryreason",
    "canaryadvice",
    "canarysection",
    "canaryword",
    "canarybad",
    "canarysubject",
    "canarylate",
];

/// A client that listens to all that is said outside the bodies of successes.
struct Listening {
    client: Client,
    heard: std::cell::RefCell<Vec<String>>,
}

impl Listening {
    fn to(client: Client) -> Self {
        Self { client, heard: Default::default() }
    }

    /// Keeps the head of the answer, and its body if it is a problem.
    fn hear(&self, what: &str, reply: &Reply) {
        let mut heard = self.heard.borrow_mut();
        heard.extend(reply.headers.iter().map(|(name, value)| format!("{what}: {name}: {value}")));
        if !reply.status.is_success() {
            heard.push(format!("{what}: {}", reply.text));
        }
    }

    async fn get(&self, path: &str) -> Reply {
        let reply = self.client.get(path).await;
        self.hear(path, &reply);
        reply
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        let reply = self.client.post(path, body).await;
        self.hear(path, &reply);
        reply
    }

    async fn change(&self, case: &str, what: &str, body: Value) -> Reply {
        let reply = self.client.change(case, what, body).await;
        self.hear(what, &reply);
        reply
    }

    async fn put(&self, path: &str, etag: &str, body: Value) -> Reply {
        let request = self.client.request(Method::PUT, path).insert_header(("if-match", etag));
        let reply = self.client.app.call(request.set_json(body)).await;
        self.hear(path, &reply);
        reply
    }

    async fn post_text(&self, path: &str, body: &'static str) -> Reply {
        let request = self.client.request(Method::POST, path).insert_header(("content-type", "application/json"));
        let reply = self.client.app.call(request.insert_header(("idempotency-key", "canarykey")).set_payload(body)).await;
        self.hear(path, &reply);
        reply
    }
}

fn identity() -> Value {
    json!({
        "givenName": "canarygiven", "familyName": "canaryfamily", "bornOn": "2013-07-19", "upn": "H311400125001",
        "postcode": "RM1 7QX", "sex": "F", "needs": ["SLCN"]
    })
}

/// The whole path with a canary in every field; the case.
async fn the_whole_path(worker: &Listening, officer: &Listening, family: &Listening) -> String {
    let app = &worker.client.app;
    let request = json!({"child": identity(), "requestedBy": "parent", "setting": "urn:900001", "reasons": "canaryreason"});
    let case = family.post("/v1/requests", request).await.id();
    let at = format!("/v1/cases/{case}");
    let seen = worker.get(&at).await;
    let etag = seen.header("etag").unwrap().to_owned();
    let child = seen.ok()["child"].as_str().unwrap().to_owned();
    worker.put(&format!("/v1/children/{child}/identity"), &etag, json!({"identity": identity()})).await.ok();
    worker.post("/v1/children/search", json!({"familyName": "canaryfamily", "upn": "H311400125001"})).await.ok();

    app.on("2026-02-10");
    let panel = json!({"panel": "EHC panel", "meetsOn": "2026-02-10", "members": [{"member": "canarysubject", "name": "canaryname", "agency": "health"}]});
    let panel = worker.post("/v1/panels", panel).await.id();
    let item = worker
        .post(
            &format!("/v1/panels/{panel}/items"),
            json!({"case": case, "why": ["other"], "words": "canaryreason", "question": "assess"}),
        )
        .await
        .id();
    let body = json!({"recommendation": "assess", "reasons": "canaryreason", "met": ["has_or_may_have_needs", "may_need_plan"]});
    worker.post(&format!("/v1/panels/{panel}/items/{item}/recommendation"), body).await.id();
    let body = json!({"outcome": "assess", "reasons": "canaryreason", "notifiedOn": "2026-02-10", "panelItem": item});
    officer.change(&case, "assessment-decision", body).await.id();
    let body = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-10"});
    let advice = worker.post(&format!("{at}/advice-requests"), body).await.id();
    let body = json!({"returnedOn": "2026-02-10", "words": "canaryadvice"});
    worker.post(&format!("{at}/advice-requests/{advice}/progress"), body).await.id();
    let body = json!({"paragraph": "X10.4d", "from": "2026-01-06", "to": "2026-02-09", "evidence": "canaryword"});
    worker.post(&format!("{at}/exceptions"), body).await.id();

    app.on("2026-04-20");
    let body = json!({"outcome": "issue", "reasons": "canaryreason", "notifiedOn": "2026-04-20"});
    officer.change(&case, "plan-decision", body).await.id();
    worker.change(&case, "draft-plans", json!({"sections": {"b": "canarysection"}})).await.id();
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "canarysection"}});
    // On the day the draft was served: possible, and unlawful unless somebody says why.
    let early = worker.change(&case, "final-plan", body.clone()).await.problem(409);
    let concern = early["concerns"][0]["concern"].clone();
    let mut acknowledged = body;
    acknowledged["acknowledge"] = json!([{"concern": concern, "reason": "canaryword"}]);
    let plan = worker.change(&case, "final-plan", acknowledged).await.id();
    let body = json!({"meetingOn": "2026-04-20"});
    let review = worker.post(&format!("/v1/plans/{plan}/reviews"), body).await.id();
    let body = json!({"words": "canaryword"});
    worker.post(&format!("/v1/plans/{plan}/reviews/{review}/report"), body).await.id();
    for path in ["", "/timeline", "/deadlines"] {
        worker.get(&format!("{at}{path}")).await.ok();
    }
    for path in
        ["/v1/cases?limit=1", "/v1/children?limit=1", "/v1/events", &format!("/v1/plans/{plan}"), &format!("/v1/panels/{panel}")]
    {
        worker.get(path).await.ok();
    }
    case
}

/// Everything that can be wrong with a request, each with a canary in what is wrong.
async fn what_is_refused(worker: &Listening, case: &str) {
    let bad = json!({"identity": {
        "givenName": "canarybad".repeat(50), "familyName": "", "bornOn": "canarybad", "sex": "canarybad", "upn": "canarybad",
        "uln": "canarybad", "postcode": "canarybad", "ethnicity": "canarybad", "needs": ["canarybad"]
    }});
    assert!(worker.post("/v1/children", bad).await.problem(422)["errors"].as_array().unwrap().len() > 5);
    let bad = json!({"identity": {"givenName": "canarygiven", "familyName": "canaryfamily", "bornOn": "2013-07-19", "upn": "H311400125002"}});
    worker.post("/v1/children", bad).await.problem(422);
    worker.post_text("/v1/children", r#"{"identity": {"givenName": "canarybad", "givenName": "canarybad"}}"#).await.problem(422);
    worker.post_text("/v1/children", r#"{"identity": canarybad"#).await.problem(400);
    for path in ["/v1/cases/canarybad", "/v1/canarybad", "/canarybad?name=canarybad"] {
        worker.get(path).await.problem(404);
    }
    for query in ["cursor=canarybad", "stage=canarybad", "asOf=canarybad", "school=canarybad"] {
        worker.get(&format!("/v1/cases?{query}")).await.problem(400);
    }
    // A decision that stands already, a withdrawal too late, a correction of what is no fact.
    let officer = Listening::to(insider(&worker.client.app, Role::DecisionMaker));
    officer.change(case, "assessment-decision", json!({"outcome": "refuse", "reasons": "canaryreason"})).await.problem(409);
    worker.change(case, "withdrawal", json!({"reasons": "canaryreason"})).await.problem(409);
    let entry = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok()["data"][0]["id"].clone();
    let body = json!({"of": entry, "set": {"setting": "canarybad"}, "why": "canaryreason"});
    worker.change(case, "corrections", body).await.problem(422);
    worker.heard.borrow_mut().extend(officer.heard.take());
}

/// PostgreSQL refuses: it quotes the row in its own message, which must stay there.
async fn what_fails(worker: &Listening, case: &str) {
    let mut owner = worker.client.app.database.owner();
    owner.batch_execute("ALTER TABLE detail ADD CONSTRAINT broken CHECK (content NOT LIKE '%canarylate%') NOT VALID").unwrap();
    let late = json!({"identity": {"givenName": "canarylate", "familyName": "canaryfamily", "bornOn": "2013-07-19"}});
    assert_eq!(worker.post("/v1/children", late).await.problem(500)["code"], "unexpected");
    owner.batch_execute("ALTER TABLE detail DROP CONSTRAINT broken; REVOKE SELECT ON detail FROM ehc_app").unwrap();
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let search = json!({"familyName": "canaryfamily"});
    assert_eq!(worker.post("/v1/children/search", search).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[actix_web::test]
async fn personal_data_stands_in_no_log_no_address_and_no_problem() {
    log::keep();
    let app = TestApp::start().await;
    let worker = Listening::to(insider(&app, Role::CaseWorker));
    let officer = Listening::to(insider(&app, Role::DecisionMaker));
    let family = Listening::to(app.client_of(Role::Family, "311", None, "canarysubject"));
    let case = the_whole_path(&worker, &officer, &family).await;
    what_is_refused(&worker, &case).await;
    what_fails(&worker, &case).await;
    let lines = log::kept();

    // That nothing is found says something only where something was heard.
    let logged = |words: &str| lines.iter().any(|line| line.contains(words));
    assert!(logged("GET /v1/cases/{caseId} 200"), "{lines:#?}");
    assert!(logged("code=unexpected") && logged("constraint Some(\"broken\")"));
    let heard: Vec<_> = [worker, officer, family].into_iter().flat_map(|listening| listening.heard.into_inner()).collect();
    assert!(heard.len() > 100);
    for canary in CANARIES {
        for line in lines.iter().map(|line| ("log", line)).chain(heard.iter().map(|line| ("answer", line))) {
            // The first word of what was heard is the address that the test itself asked for.
            let said = line.1.split_once(": ").filter(|_| line.0 == "answer").map_or(line.1.as_str(), |(_, said)| said);
            assert!(!said.to_lowercase().contains(&canary.to_lowercase()), "{canary} in the {}: {said}", line.0);
        }
    }
}
