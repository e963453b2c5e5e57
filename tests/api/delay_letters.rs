//! A letter about a delay: what it says, to whom it goes, and that it excuses nothing.

use ehc_casework::access::Role;
use ehc_casework::documents::DOCX;
use serde_json::{Value, json};

use crate::people::{a_child, account, person, relate, with};
use crate::support::{Client, Reply, TestApp, staff_id};

/// A request of 5 January on which nobody has decided by 20 February; the mother receives notices at an address that is hidden, the
/// father receives none.
struct Late {
    app: TestApp,
    worker: Client,
    case: String,
    child: String,
    mother: String,
    father: String,
}

impl Late {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
        let terms = json!({"receivesNotices": true, "livesWith": true, "hiddenAddress": true});
        let mother = relate(&app, &child, with(person("parent", "mother"), terms)).await;
        let father = relate(&app, &child, person("parent", "father")).await;
        let worker = app.client(Role::CaseWorker);
        let allocation = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
        worker.post(&format!("/v1/cases/{case}/allocation"), allocation).await.id();
        app.on("2026-02-20");
        Self { worker, case: format!("/v1/cases/{case}"), child, mother, father, app }
    }

    async fn preview(&self, body: Value) -> Reply {
        self.worker.post(&format!("{}/delay-letter-preview", self.case), body).await
    }

    async fn in_form(&self, path: &str, form: &str) -> (Reply, Vec<u8>) {
        let request = self.worker.request("GET".parse().unwrap(), path).insert_header(("accept", form.to_owned()));
        self.app.call_for_bytes(request).await
    }
}

fn delay() -> Value {
    json!({
        "reason": "staff_shortage", "why": "We have too few psychologists.\n\nWe are hiring two.",
        "awaited": "A psychologist's view.", "awaitedFrom": "our psychology service", "expectedBy": "2026-03-20"
    })
}

fn words(letter: &Value, item: &str) -> String {
    let parts = letter["parts"].as_array().unwrap().iter().filter(|part| part["item"] == item);
    parts.flat_map(|part| part["words"].as_array().unwrap()).map(|text| text.as_str().unwrap().to_owned() + " ").collect()
}

#[actix_web::test]
async fn it_says_why_what_is_awaited_from_whom_by_when_what_is_late_since_when_and_where_to_turn() {
    let late = Late::begin().await;
    let told = late.preview(delay()).await.ok();
    let letter = &told["letter"];
    let late_words = words(letter, "what_is_late");
    assert!(late_words.contains("decide whether to assess, and tell the family by Monday 16 February 2026"), "{late_words}");
    assert!(late_words.contains("late since Tuesday 17 February 2026"), "{late_words}");
    let part = letter["parts"].as_array().unwrap().iter().find(|part| part["item"] == "what_is_late").unwrap();
    assert_eq!((&part["dates"][0]["rule"], &part["dates"][0]["on"]), (&json!("D-6W"), &json!("2026-02-16")));
    assert!(part["citation"]["text"].as_str().unwrap().contains("reg."), "{part}");
    assert_eq!(words(letter, "why"), "We have too few psychologists. We are hiring two. ");
    let awaited = words(letter, "awaited");
    for said in
        ["A psychologist's view.", "We wait for it from: our psychology service.", "Friday 20 March 2026", "it moves no limit"]
    {
        assert!(awaited.contains(said), "{said}: {awaited}");
    }
    let rights = words(letter, "rights");
    for said in ["takes none of your rights away", "does not excuse us", "appeal to the SEND Tribunal", "Ombudsman"] {
        assert!(rights.contains(said), "{said}: {rights}");
    }
    assert!(words(letter, "where_to_turn").contains("Your case worker is case_worker."));
    assert_eq!(told["missing"], json!(["letter_head", "information_advice_support", "disagreement_resolution"]));
    assert_eq!((&letter["about"], &letter["dated"]), (&json!("Amira Example"), &json!("2026-02-20")));

    // With the authority's own contacts set, the family is told of them too.
    let manager = late.app.client(Role::Manager);
    let put = manager.request("PUT".parse().unwrap(), "/v1/notice-wordings/information_advice_support");
    let wording = json!({"validFrom": "2026-01-01", "contact": {"name": "Example SENDIASS", "telephone": "0800 000 001"}});
    late.app.call(put.set_json(wording)).await.ok();
    let told = late.preview(delay()).await.ok();
    assert!(told["letter"].to_string().contains("0800 000 001"));
    assert_eq!(told["missing"], json!(["letter_head", "disagreement_resolution"]));
}

#[actix_web::test]
async fn before_anything_is_late_it_says_what_will_be_and_advice_that_is_late_is_told() {
    let late = Late::begin().await;
    late.app.on("2026-02-16");
    let last_day = late.preview(delay()).await.ok();
    let told = words(&last_day["letter"], "what_is_late");
    assert!(told.contains("No limit has passed") && told.contains("We have to decide whether to assess"), "{told}");

    late.app.on("2026-02-17");
    assert!(words(&late.preview(delay()).await.ok()["letter"], "what_is_late").contains("late since Tuesday 17 February 2026"));
    let decision = json!({"outcome": "assess", "reasons": "Words.", "notifiedOn": "2026-02-17"});
    let officer = late.app.client(Role::DecisionMaker);
    officer.get(&late.case).await.ok();
    officer.post(&format!("{}/assessment-decision", late.case), decision).await.id();
    let asked = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-17"});
    let advice = late.worker.post(&format!("{}/advice-requests", late.case), asked).await.id();
    late.app.on("2026-04-07");
    let mut body = delay();
    body["advice"] = json!(advice);
    body.as_object_mut().unwrap().remove("awaitedFrom");
    let letter = late.preview(body.clone()).await.ok()["letter"].clone();
    let told = words(&letter, "what_is_late");
    assert!(told.contains("The advice we wait for had to reach us by Tuesday 31 March 2026"), "{told}");
    assert!(!told.contains("decide whether to assess"), "what was done late is not awaited any more: {told}");
    assert!(words(&letter, "awaited").contains("the educational psychology service, asked on Tuesday 17 February 2026"));
    body["advice"] = json!(uuid::Uuid::new_v4());
    assert_eq!(late.preview(body).await.problem(422)["errors"][0]["code"], "unknown_advice");
}

#[actix_web::test]
async fn it_goes_to_those_who_receive_notices_and_no_hidden_address_is_in_it() {
    let late = Late::begin().await;
    let previewed = late.preview(delay()).await;
    assert!(!previewed.text.contains("Street"), "{}", previewed.text);
    let told = previewed.ok();
    assert_eq!(told["recipients"], json!([{"relationship": late.mother, "name": "mother", "language": null, "formats": []}]));

    let path = format!("{}/delay-letters", late.case);
    let mut body = delay();
    body["recipients"] = json!([{"relationship": late.father, "means": "post"}]);
    assert_eq!(late.worker.post(&path, body.clone()).await.problem(422)["errors"][0]["code"], "receives_no_notices");
    body["recipients"] = json!([{"relationship": uuid::Uuid::new_v4(), "means": "post"}]);
    assert_eq!(late.worker.post(&path, body.clone()).await.problem(422)["errors"][0]["code"], "unknown_relationship");
    body["recipients"] = json!([{"relationship": late.mother, "means": "post", "sentOn": "2026-02-21"}]);
    assert_eq!(late.worker.post(&path, body.clone()).await.problem(422)["errors"][0]["code"], "not_happened_yet");
    body["recipients"] = json!([{"relationship": late.mother, "means": "email"}]);
    let reply = late.worker.post(&path, body).await;
    let shown = reply.header("location").unwrap().to_owned();
    let letter = reply.id();
    assert_eq!(shown, format!("{path}/{letter}"));

    // It is kept as it was sent, whatever becomes of the case afterwards.
    late.app.on("2026-03-02");
    let sent = late.worker.get(&shown).await.ok();
    assert_eq!(sent["letter"], told["letter"]);
    assert_eq!(sent["recipients"], json!([{"relationship": late.mother, "means": "email", "sentOn": "2026-02-20"}]));
    assert_eq!(late.worker.get(&format!("{shown}?asOf=2026-02-20")).await.ok()["letter"], told["letter"]);
    late.worker.get(&format!("{shown}?asOf=2026-02-18")).await.problem(404);
    let (page, _) = late.in_form(&shown, "text/html").await;
    for said in ["Why we are late, and what happens next", "16 February 2026", "We are hiring two."] {
        assert!(page.text.contains(said), "{said}");
    }
    assert!(!page.text.contains("Street") && page.header("content-security-policy").is_some());
    let (document, bytes) = late.in_form(&shown, DOCX).await;
    assert_eq!(document.header("content-type"), Some(DOCX));
    assert!(bytes.starts_with(b"PK"));

    // The mother to whom it went reads it; the father, the school, another family and another authority do not.
    let (mother, father) = (account(&late.app, "mother"), account(&late.app, "father"));
    assert_ne!(mother.get(&late.case).await.ok()["delayLetters"][0]["why"], Value::Null);
    assert_eq!(father.get(&late.case).await.ok()["delayLetters"][0]["why"], Value::Null, "nor in the case");
    assert_eq!(mother.get(&shown).await.ok()["recipients"][0]["means"], "email");
    for other in [father, late.app.school("900001"), account(&late.app, "stranger"), late.app.school("900002")] {
        other.get(&shown).await.problem(404);
    }
    late.app.client_of(Role::CaseWorker, "309", None, "case_worker").get(&shown).await.problem(404);
    mother.post(&format!("{}/delay-letter-preview", late.case), delay()).await.problem(403);
    let trail = late.app.client(Role::Auditor).get(&format!("/v1/audit?child={}&limit=200", late.child)).await.text;
    assert!(trail.contains("compose_notices"), "{trail}");
}

#[actix_web::test]
async fn it_excuses_nothing_and_moves_no_date() {
    let late = Late::begin().await;
    let deadlines = async || late.worker.get(&format!("{}/deadlines", late.case)).await.ok()["deadlines"].clone();
    let before = deadlines().await;
    assert_eq!(before[0]["state"], "overdue");
    let mut body = delay();
    body["recipients"] = json!([{"relationship": late.mother, "means": "post"}]);
    late.worker.post(&format!("{}/delay-letters", late.case), body).await.id();
    assert_eq!(deadlines().await, before);
}

#[actix_web::test]
async fn one_written_elsewhere_is_recorded_without_its_text_and_none_is_composed_after_a_death() {
    let late = Late::begin().await;
    let mut body = delay();
    body["sentElsewhere"] = true.into();
    body["recipients"] = json!([{"relationship": late.father, "means": "post", "sentOn": "2026-02-19"}]);
    body["sentOn"] = "2026-02-18".into();
    let id = late.worker.post(&format!("{}/delay-letters", late.case), body).await.id();
    let path = format!("{}/delay-letters/{id}", late.case);
    let sent = late.worker.get(&path).await.ok();
    assert_eq!((&sent["letter"], &sent["recipients"][0]["sentOn"]), (&Value::Null, &json!("2026-02-19")));
    late.in_form(&path, "text/html").await.0.problem(404);
    late.worker.post(&format!("/v1/children/{}/death", late.child), json!({})).await.id();
    assert_eq!(late.preview(delay()).await.problem(409)["reason"], "child_died");
}
