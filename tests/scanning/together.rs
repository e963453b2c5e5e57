//! A case that many people work on together, up to the eve of the decision: school and family, four who were asked for advice, one of
//! whom declines and one is late and chased, a document found infected, and a colleague who covers for leave.

use ehc_casework::access::Role;
use ehc_casework::db::Fences;
use serde_json::{Value, json};

use super::support::{Client, PDF, TestApp, staff_id, subject};
use super::{Daemon, VIRUS};

/// The case, as those see it who work on it.
struct Together {
    app: TestApp,
    case: String,
    worker: Client,
    school: Client,
    mother: Client,
}

impl Together {
    /// The school asks on 5 January 2026 with everything the form asks for, in one call; a case worker takes the case on.
    async fn begin(app: TestApp) -> Self {
        let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
        app.on("2026-01-05");
        let request = json!({
            "child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "needs": ["SLCN"]},
            "requestedBy": "school", "reasons": "Three reviews without the progress expected."
        });
        let case = format!("/v1/cases/{}", school.post("/v1/requests", request).await.id());
        app.on("2026-01-07");
        let shown = worker.get(&case).await.ok();
        let mother = json!({
            "kind": "parent", "parentalResponsibility": true, "livesWith": true, "receivesNotices": true,
            "account": subject("mother"), "contact": {"name": "Rana Example", "telephone": "020 7946 0200"}
        });
        let people = format!("/v1/children/{}/relationships", shown["child"].as_str().unwrap());
        worker.post(&people, mother).await.id();
        let taken = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
        worker.post(&format!("{case}/allocation"), taken).await.id();
        let mother = app.client_of(Role::Family, "311", None, "mother");
        Self { app, case, worker, school, mother }
    }

    async fn records(&self, day: &str, who: &Client, step: &str, body: Value) -> String {
        self.app.on(day);
        who.get(&self.case).await.ok();
        who.post(&format!("{}/{step}", self.case), body).await.id()
    }

    /// A service is asked for advice on 10 February, and has the request that day.
    async fn asked(&self, giver: &str, organisation: &str) -> String {
        let body = json!({"giver": giver, "organisation": organisation, "receivedOn": "2026-02-10"});
        format!("advice-requests/{}", self.records("2026-02-10", &self.worker, "advice-requests", body).await)
    }

    fn service(&self, organisation: &str) -> Client {
        self.app.client_of(Role::AdviceGiver, "311", Some(organisation), "advice-giver")
    }

    async fn filed(&self, who: &Client, advice: &str, content: &[u8]) -> String {
        let about = advice.rsplit('/').next().unwrap();
        let says = json!({"role": "advice", "about": about});
        who.upload(&format!("{}/documents", self.case), &says, "Advice.pdf", content).await.id()
    }

    async fn progress_of(&self, who: &Client) -> Value {
        who.get(&format!("{}/progress", self.case)).await.ok()
    }

    /// The lines of a worklist: rule, day, whether at risk, and whom it waits for.
    async fn worklist(&self, who: &Client, query: &str) -> Vec<Value> {
        let list = who.get(&format!("/v1/worklist{query}")).await.ok();
        let lines = list["data"].as_array().unwrap().iter();
        lines
            .map(|line| {
                let risks = line["risks"].as_array().map(|risks| risks.iter().map(|risk| risk["reason"].clone()).collect::<Vec<_>>());
                json!({"rule": line["rule"], "dueOn": line["dueOn"], "daysLeft": line["daysLeft"], "risks": risks, "awaited": line["awaited"]["who"], "coveringFor": line["coveringFor"]})
            })
            .collect()
    }
}

#[actix_web::test]
async fn many_people_work_on_a_case_until_the_eve_of_its_decision() {
    let mut daemon = Daemon::new();
    daemon.start();
    let together = Together::begin(TestApp::start_scanned(Fences::Both, Some(daemon.socket())).await).await;
    let Together { app, worker, school, mother, .. } = &together;

    // The mother reads who has the case, says what she and her daughter think, and asks something.
    let seen = together.progress_of(mother).await;
    assert!(seen["contact"]["name"].is_string(), "{seen}");
    together.records("2026-01-08", mother, "views", json!({"whose": "child", "words": "The hall is too loud."})).await;
    let asks = json!({"to": [{"party": "case_worker"}], "subject": "The visit", "words": "Could it be in the morning?"});
    let message = together.records("2026-01-09", mother, "messages", asks).await;
    assert_eq!(worker.get("/v1/messages").await.ok()["data"][0]["message"]["id"], json!(message));
    let reply = json!({"inReplyTo": message, "words": "Yes, of course."});
    together.records("2026-01-12", worker, "messages", reply).await;
    let messages = mother.get(&format!("{}/messages", together.case)).await.ok();
    assert_eq!(messages["data"][0]["reply"]["after"]["workingDays"], 1, "from Friday to Monday: {messages}");
    assert_eq!(school.get(&format!("{}/messages", together.case)).await.ok()["data"], json!([]));

    // Four are asked. The school answers with its document, social care declines.
    let assess = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    together.records("2026-02-10", &app.client(Role::DecisionMaker), "assessment-decision", assess).await;
    let psychology = together.asked("psychology", "local:ep").await;
    let health = together.asked("health", "ods:RF4").await;
    let social_care = together.asked("social_care", "local:social").await;
    let education = together.asked("education", "urn:900001").await;
    let (ep, nurse, social) = (together.service("local:ep"), together.service("ods:RF4"), together.service("local:social"));
    let declined = json!({"answer": "declined", "words": "The family is not known to us and asks for nothing."});
    together.records("2026-02-20", &social, &format!("{social_care}/progress"), declined).await;
    app.on("2026-03-02");
    let document = together.filed(school, &education, PDF).await;
    let returned = json!({"answer": "given", "document": document, "words": "Three years of support.", "visibility": "shared"});
    together.records("2026-03-02", school, &format!("{education}/progress"), returned).await;

    // The case worker goes on leave; a colleague who covers sees what is overdue, chases, and tells the mother why it is late.
    let sam = json!({"name": "Sam Cover", "role": "case_worker", "subject": subject("sam")});
    let sam_id = app.client(Role::Administrator).post("/v1/staff", sam).await.id();
    let sam = app.client_of(Role::CaseWorker, "311", None, "sam");
    let lent = json!({"coveredBy": sam_id, "from": "2026-03-16", "to": "2026-03-27"});
    worker.post("/v1/covers", lent).await.id();
    app.on("2026-03-25");
    let overdue = together.worklist(&sam, "?overdue=true").await;
    assert_eq!(overdue.iter().map(|line| &line["rule"]).collect::<Vec<_>>(), ["D-ADV"; 3], "also of social care: no advice came");
    assert!(overdue.iter().all(|line| line["coveringFor"] != Value::Null && line["daysLeft"] == -1));
    let left_word = json!({"means": "telephone", "words": "Left word with the duty desk."});
    together.records("2026-03-25", &sam, &format!("{psychology}/chasers"), left_word).await;
    let late = json!({"reason": "staff_absence", "expectedOn": "2026-04-10", "words": "Our psychologist is ill."});
    together.records("2026-03-26", &ep, &format!("{psychology}/delays"), late).await;
    let told = json!({
        "reason": "advice_awaited", "why": "The psychologist is ill.", "awaited": "The psychologist's advice.",
        "awaitedFrom": "our educational psychology service", "expectedBy": "2026-04-10"
    });
    together.records("2026-03-27", &sam, "delay-letters", told).await;
    app.on("2026-03-28");
    assert_eq!(together.worklist(&sam, "?overdue=true").await, Vec::<Value>::new(), "the leave is over");

    // What health sends is infected; it is given to nobody, and comes again.
    app.on("2026-03-30");
    let infected = together.filed(&nurse, &health, VIRUS).await;
    let content = |document: &str| format!("{}/documents/{document}/content", together.case);
    assert_eq!(worker.get(&content(&infected)).await.problem(409)["code"], "file_infected");
    let clean = together.filed(&nurse, &health, PDF).await;
    let returned = json!({"answer": "given", "document": clean, "words": "Hearing is well."});
    together.records("2026-03-30", &nurse, &format!("{health}/progress"), returned).await;
    let read = app.call(worker.request("GET".parse().unwrap(), &content(&clean))).await;
    assert!(read.status.is_success());
    let returned = json!({"answer": "given", "words": "Language at the level of five years."});
    together.records("2026-04-10", &ep, &format!("{psychology}/progress"), returned).await;

    // The eve of the decision: sixteen weeks end on 27 April.
    app.on("2026-04-24");
    let of_case: Vec<_> = together.worklist(worker, "").await;
    assert!(of_case.iter().any(|line| line["rule"] == "D-16W" && line["daysLeft"] == 3), "{of_case:?}");
    insta::assert_json_snapshot!("the_worklist_on_the_eve", of_case);
    let seen = together.progress_of(mother).await;
    insta::assert_json_snapshot!(
        "what_the_mother_reads_on_the_eve",
        json!({
            "stageWords": seen["stageWords"], "happened": seen["happened"],
            "awaited": seen["awaited"].as_array().unwrap().iter().map(|one| json!([one["words"], one["from"], one["dueOn"], one["lateBecause"]])).collect::<Vec<_>>()
        })
    );
    let child = seen["child"].as_str().unwrap();
    let readers = mother.get(&format!("/v1/children/{child}/readers")).await;
    assert!(
        readers.status.is_success() && readers.text.contains("ods:RF4") && readers.text.contains("urn:900001"),
        "{}",
        readers.text
    );
    let asked = app.client(Role::Manager).get("/v1/statistics/advice?from=2026-01-01&to=2026-12-31").await.ok();
    assert!(asked["data"].as_array().unwrap().len() >= 4, "{asked}");
}
