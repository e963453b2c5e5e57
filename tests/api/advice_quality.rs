//! Who can be asked, how they are reminded, and what becomes of advice that is not good enough.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::advice::Assessing;
use crate::support::{Client, PDF};

impl Assessing {
    /// The same with the advice back on the last day of its six weeks, as the service sent it.
    async fn returned() -> Self {
        let this = Self::begun().await;
        this.app.on("2026-03-25");
        let body = json!({"returnedOn": "2026-03-25", "words": "Regular therapy."});
        this.service().post(&this.step("progress"), body).await.id();
        this
    }

    fn service(&self) -> Client {
        self.of("local:ep-service")
    }

    async fn shown_to(&self, client: &Client) -> Value {
        client.get(&format!("{}/advice-requests/{}", self.at, self.advice)).await.ok()
    }

    async fn duty_of(&self, advice: &str) -> Value {
        let deadlines = self.worker.get(&format!("{}/deadlines", self.at)).await.ok();
        let all = deadlines["deadlines"].as_array().unwrap();
        all.iter().find(|duty| duty["rule"] == "D-ADV" && duty["about"] == *advice).cloned().unwrap_or_default()
    }
}

fn wanting() -> Value {
    json!({"judgement": "not_sufficient", "unmet": ["specific", "quantified"], "sentBack": true, "reasons": "How much therapy?"})
}

#[actix_web::test]
async fn everybody_the_regulations_name_can_be_asked_each_with_a_clock_from_the_day_they_received_it() {
    let case = Assessing::begun().await;
    let givers = [
        "education",
        "health",
        "psychology",
        "social_care",
        "adulthood",
        "vision_impairment",
        "hearing_impairment",
        "multi_sensory_impairment",
        "other",
    ];
    case.app.on("2026-04-30");
    for (number, giver) in givers.into_iter().enumerate() {
        // Received one after another from 2 March on: due six weeks later, on 13 April and the days after.
        let (received, due, after) = (2 + number, 13 + number, 14 + number);
        for (returned, state) in [(due, "met"), (after, "late")] {
            let body = json!({"giver": giver, "requestedOn": "2026-03-02", "receivedOn": format!("2026-03-{received:02}")});
            let advice = case.worker.post(&format!("{}/advice-requests", case.at), body).await.id();
            let body = json!({"returnedOn": format!("2026-04-{returned:02}"), "words": "Advice."});
            case.worker.post(&format!("{}/advice-requests/{advice}/progress", case.at), body).await.id();
            let duty = case.duty_of(&advice).await;
            assert_eq!((&duty["dueOn"], &duty["state"]), (&json!(format!("2026-04-{due:02}")), &json!(state)), "{giver}");
        }
    }
    // The family is asked as well, and has no time limit (reg. 8(1) speaks of bodies).
    let body = json!({"giver": "family", "receivedOn": "2026-03-02", "requestedOn": "2026-03-02"});
    let advice = case.worker.post(&format!("{}/advice-requests", case.at), body).await.id();
    assert_eq!(case.duty_of(&advice).await, Value::Null);
}

#[actix_web::test]
async fn who_else_is_asked_is_named_by_kind_and_in_words() {
    let case = Assessing::begun().await;
    let body = json!({
        "giver": "other", "specialism": "occupational_therapy", "organisation": "local:ot", "words": "The sensory clinic, please."
    });
    let id = case.worker.post(&format!("{}/advice-requests", case.at), body).await.id();
    let path = format!("{}/advice-requests/{id}", case.at);
    let therapist = case.app.client_of(Role::AdviceGiver, "311", Some("local:ot"), "advice-giver");
    for client in [&case.worker, &therapist] {
        let shown = client.get(&path).await.ok();
        assert_eq!(shown["advice"]["specialism"], "occupational_therapy");
        assert_eq!(shown["words"], "The sensory clinic, please.");
    }
    assert_eq!(case.app.school("900001").get(&path).await.ok()["words"], Value::Null);
    let named = json!({"giver": "psychology", "specialism": "physiotherapy"});
    let problem = case.worker.post(&format!("{}/advice-requests", case.at), named).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/specialism");
}

#[actix_web::test]
async fn chasers_are_recorded_by_staff_and_the_request_says_how_often_and_when_last() {
    let case = Assessing::begun().await;
    case.app.on("2026-03-24");
    for (means, on) in [("telephone", "2026-03-24"), ("email", "2026-03-10")] {
        case.worker.post(&case.step("chasers"), json!({"means": means, "on": on, "words": "Please."})).await.id();
    }
    let chased = json!({"times": 2, "lastOn": "2026-03-24", "lastBy": "telephone"});
    assert_eq!(case.worker.get(&case.at).await.ok()["advice"][0]["chased"], chased);
    let shown = case.shown_to(&case.worker).await;
    assert_eq!(shown["chasers"], json!([{"on": "2026-03-10", "means": "email"}, {"on": "2026-03-24", "means": "telephone"}]));
    let before = json!({"means": "letter", "on": "2026-02-10"});
    assert_eq!(case.worker.post(&case.step("chasers"), before).await.problem(409)["reason"], "chased_before_asked");
    case.service().post(&case.step("chasers"), json!({"means": "email"})).await.problem(403);
}

#[actix_web::test]
async fn advice_that_is_not_good_enough_goes_back_and_comes_again_while_the_clock_stays_met() {
    let case = Assessing::returned().await;
    case.app.on("2026-03-30");
    let service = case.service();
    service.get(&case.at).await.problem(404);
    assert_eq!(service.get("/v1/advice-requests").await.ok()["data"], json!([]));
    let met = case.duty_of(&case.advice).await;
    assert_eq!(met["state"], "met");
    case.worker.post(&case.step("judgements"), wanting()).await.id();

    let queue = service.get("/v1/advice-requests").await.ok()["data"].clone();
    assert_eq!((&queue[0]["state"], &queue[0]["sentBackOn"]), (&json!("sent_back"), &json!("2026-03-30")));
    assert_eq!(case.duty_of(&case.advice).await, met);
    case.app.on("2026-04-20");
    let body = json!({"returnedOn": "2026-04-20", "words": "Therapy, an hour a week."});
    service.post(&case.step("progress"), body.clone()).await.id();
    assert_eq!(case.duty_of(&case.advice).await, met);
    case.app.on("2026-04-21");
    service.get(&case.at).await.problem(404);
    assert_eq!(case.worker.post(&case.step("progress"), body).await.problem(409)["reason"], "no_advice_awaited");
    let good = json!({"judgement": "sufficient", "reasons": "All there."});
    case.worker.post(&case.step("judgements"), good).await.id();

    let shown = case.shown_to(&case.worker).await;
    assert_eq!((&shown["advice"]["returnedOn"], &shown["advice"]["sentBackOn"]), (&json!("2026-03-25"), &Value::Null));
    assert_eq!(shown["advice"]["judged"]["judgement"], "sufficient");
    let words: Vec<_> = shown["returned"].as_array().unwrap().iter().map(|one| one["words"].clone()).collect();
    assert_eq!(words, ["Regular therapy.", "Therapy, an hour a week."]);
    assert_eq!(shown["judgements"][0]["unmet"], json!(["specific", "quantified"]));
    assert_eq!(shown["judgements"][0]["reasons"], "How much therapy?");
}

#[actix_web::test]
async fn a_judgement_is_for_staff_unless_it_is_shared() {
    let case = Assessing::returned().await;
    case.worker.post(&case.step("judgements"), wanting()).await.id();
    let (service, school) = (case.service(), case.app.school("900001"));
    for client in [&service, &school] {
        assert_eq!(case.shown_to(client).await["judgements"], json!([]));
        assert_eq!(client.get(&case.at).await.ok()["advice"][0]["judged"], Value::Null);
        let timeline = client.get(&format!("{}/timeline", case.at)).await.ok();
        assert!(!timeline.to_string().contains("advice_judged"));
    }
    let mut shared = wanting();
    shared["visibility"] = json!("shared");
    case.worker.post(&case.step("judgements"), shared).await.id();
    for client in [&service, &school] {
        let judgements = case.shown_to(client).await["judgements"].clone();
        assert_eq!(judgements.as_array().unwrap().len(), 1);
        assert_eq!(judgements[0]["reasons"], "How much therapy?");
    }
    case.app.client(Role::Family).get(&format!("{}/advice-requests/{}", case.at, case.advice)).await.problem(404);
}

#[actix_web::test]
async fn a_judgement_agrees_with_itself_and_needs_advice_to_judge() {
    let case = Assessing::begun().await;
    let problem = case.worker.post(&case.step("judgements"), wanting()).await.problem(409);
    assert_eq!(problem["reason"], "no_advice_to_judge");
    case.worker.post(&case.step("progress"), json!({"returnedOn": "2026-02-11"})).await.id();
    for (change, pointer) in [
        (json!({"unmet": []}), "/unmet"),
        (json!({"judgement": "sufficient", "sentBack": false}), "/unmet"),
        (json!({"judgement": "sufficient", "unmet": []}), "/sentBack"),
        (json!({"visibility": "privileged"}), "/visibility"),
    ] {
        let mut body = wanting();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let problem = case.worker.post(&case.step("judgements"), body).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{change}");
    }
    case.service().post(&case.step("judgements"), wanting()).await.problem(403);
}

#[actix_web::test]
async fn the_text_of_the_advice_is_for_whom_its_visibility_lets_read_it_and_for_its_giver() {
    let case = Assessing::begun().await;
    let school = case.app.school("900001");
    // Another request of the same service is open, so that it sees the child throughout.
    let body = json!({"giver": "other", "organisation": "local:ep-service"});
    case.worker.post(&format!("{}/advice-requests", case.at), body).await.id();
    let words = async |client: &Client| case.shown_to(client).await["returned"][0]["words"].clone();
    let body = json!({"returnedOn": "2026-02-11", "words": "Of the child.", "visibility": "privileged"});
    let problem = case.service().post(&case.step("progress"), body).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/visibility");
    let body = json!({"returnedOn": "2026-02-11", "words": "Of the brother.", "visibility": "third_party"});
    case.service().post(&case.step("progress"), body).await.id();
    assert_eq!(words(&case.worker).await, "Of the brother.");
    assert_eq!(words(&case.service()).await, "Of the brother.");
    assert_eq!(words(&school).await, Value::Null);

    // Advice is given to the authority, which passes it on with the draft: it is shared before that where somebody says so.
    for (client, visibility, seen) in [
        (case.service(), Value::Null, Value::Null),
        (case.service(), json!("shared"), json!("Of the child.")),
        (case.worker.clone(), Value::Null, Value::Null),
    ] {
        let body = json!({"giver": "psychology", "organisation": "local:ep-service"});
        let advice = case.worker.post(&format!("{}/advice-requests", case.at), body).await.id();
        let path = format!("{}/advice-requests/{advice}", case.at);
        client
            .post(&format!("{path}/progress"), json!({"answer": "given", "words": "Of the child.", "visibility": visibility}))
            .await
            .id();
        assert_eq!(school.get(&path).await.ok()["returned"][0]["words"], seen);
    }
}

#[actix_web::test]
async fn existing_advice_takes_the_place_of_new_when_its_giver_the_authority_and_the_family_agree() {
    let case = Assessing::begun().await;
    let path = format!("{}/existing-advice", case.at);
    let agreed = json!({
        "giver": "health", "organisation": "ods:RF4", "adviceOf": "2025-12-03", "giverAgreedOn": "2026-02-09",
        "authorityAgreedOn": "2026-02-10", "familyAgreedOn": "2026-02-11"
    });
    for (missing, who) in
        [("giverAgreedOn", "whoever gave it"), ("authorityAgreedOn", "the authority"), ("familyAgreedOn", "the family")]
    {
        let mut body = agreed.clone();
        body.as_object_mut().unwrap().remove(missing);
        let problem = case.worker.post(&path, body).await.problem(409);
        assert_eq!(problem["code"], "unlawful_unless_acknowledged");
        let concern = &problem["concerns"][0];
        assert_eq!((&concern["concern"], &problem["concerns"][1]), (&json!("reused_without_agreement"), &Value::Null));
        assert_eq!(concern["citation"]["text"], "SEND Regulations 2014, reg. 6(4)");
        assert!(concern["words"].as_str().unwrap().ends_with(&format!("not agreed: {who}.")), "{}", concern["words"]);
    }
    let receipt = case.worker.post(&path, agreed).await.ok();
    assert_eq!(receipt["concerns"], json!([]));
    assert!(case.worker.get(&case.at).await.ok()["concerns"].as_array().is_none_or(Vec::is_empty));
    // It was asked of nobody, so nobody is waited for.
    let queue = case.worker.get("/v1/advice-requests?service=health").await.ok();
    assert_eq!(queue["data"], json!([]));
}

#[actix_web::test]
async fn advice_comes_back_with_its_document_which_is_one_of_the_case() {
    let case = Assessing::begun().await;
    let says = json!({"role": "advice", "about": case.advice});
    let document = case.service().upload(&format!("{}/documents", case.at), &says, "Advice.pdf", PDF).await.id();
    let nothing = json!({"returnedOn": "2026-02-11", "document": case.advice});
    let problem = case.service().post(&case.step("progress"), nothing).await.problem(422);
    assert_eq!(
        (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
        (&json!("/document"), &json!("unknown_document"))
    );
    let body = json!({"returnedOn": "2026-02-11", "document": document, "visibility": "shared"});
    case.service().post(&case.step("progress"), body).await.id();
    assert_eq!(case.shown_to(&case.worker).await["returned"][0]["document"], json!(document));
    assert_eq!(case.shown_to(&case.app.school("900001")).await["returned"][0]["document"], json!(document));
}
