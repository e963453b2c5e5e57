//! Can every letter of the life of a plan be composed and sent: proposals with and without a review, what became of them, and the end?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::notices::{all_worded, document_xml, in_form, names, part, told};
use crate::support::{Client, Reply, TestApp};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A plan of 20 May 2026 that names the school 900001, of an authority that has worded its letters.
struct Life {
    app: TestApp,
    worker: Client,
    officer: Client,
    case: String,
    plan: String,
}

impl Life {
    async fn plan() -> Self {
        let app = TestApp::start().await;
        let case = app.case_with_draft().await;
        all_worded(&app).await;
        let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
        app.on("2026-05-20");
        let body = json!({
            "placement": {"names": "setting", "setting": "urn:900001"},
            "sections": {"b": "Speech.", "f": "Therapy, an hour a week.", "h2": "Short breaks."}
        });
        let plan = format!("/v1/plans/{}", worker.change(&case, "final-plan", body).await.id());
        Self { app, worker, officer, case, plan }
    }

    async fn change(&self, client: &Client, day: &str, what: &str, body: Value) -> Reply {
        self.app.on(day);
        client.get(&self.plan).await.ok();
        client.post(&format!("{}/{what}", self.plan), body).await
    }

    /// Proposes without a review on 1 March 2027; served on the third.
    async fn proposed(&self) -> String {
        let body = json!({
            "sentOn": "2027-03-01", "servedOn": "2027-03-03", "reasons": "A note for staff.",
            "changes": {"f": "Therapy, two hours a week.\n\nIn lessons.", "h2": ""}
        });
        self.change(&self.worker, "2027-03-03", "amendments", body).await.id()
    }

    async fn reviewed(&self, outcome: &str) -> String {
        self.app.on("2027-02-02");
        let review = self.worker.post(&format!("{}/reviews", self.plan), json!({})).await.id();
        let body = json!({"outcome": outcome, "reasons": "All outcomes are on their way."});
        self.change(&self.officer, "2027-02-24", &format!("reviews/{review}/decision"), body).await.id();
        review
    }

    async fn letter(&self, kind: &str, dated: &str) -> Value {
        self.worker.get(&format!("{}/notices/{kind}?dated={dated}", self.plan)).await.ok()
    }

    async fn send(&self, kind: &str, day: &str) -> Reply {
        let body = json!({"recipients": [{"recipient": "family", "means": "post", "sentOn": day}]});
        self.change(&self.worker, day, &format!("notices/{kind}/sending"), body).await
    }

    async fn due(&self, rule: &str) -> Vec<Value> {
        let all = self.worker.get(&format!("/v1/cases/{}/deadlines", self.case)).await.ok();
        let of_rule = all["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule);
        of_rule.map(|duty| duty["dueOn"].clone()).collect()
    }
}

#[actix_web::test]
async fn proposals_without_a_review_are_told_section_by_section_with_the_days_that_they_began() {
    let life = Life::plan().await;
    let path = format!("{}/notices/amendment_without_review", life.plan);
    assert_eq!(life.worker.get(&path).await.status.as_u16(), 404, "nothing is proposed");
    life.proposed().await;
    let notice = life.letter("amendment_without_review", "2027-03-05").await;
    assert_eq!(notice["missing"], json!([]));
    let says = json!(["Section F would say:", "Therapy, two hours a week.", "In lessons.", "Section H2 would be left empty."]);
    assert_eq!(part(&notice, "proposed_amendments")["words"], says);
    assert!(!notice.to_string().contains("A note for staff"), "why it is proposed is for staff");
    assert_eq!((told(&notice, "D-AR-REPS"), told(&notice, "D-AR-FINAL8")), (json!("2027-03-17"), json!("2027-04-26")));
    assert_eq!(names(&notice["recipients"], "recipient"), ["family"]);
    assert_eq!(notice["recipients"][0]["citation"]["text"], "SEND Regulations 2014, reg. 28");
    life.send("amendment_without_review", "2027-03-05").await.id();
    assert_eq!(life.due("D-AR-REPS").await, ["2027-03-17"], "the letter begins no second time");
    assert_eq!(life.letter("amendment_without_review", "2027-03-05").await["sent"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn proposals_tell_where_schools_are_found_or_are_not_sent() {
    let life = Life::plan().await;
    life.proposed().await;
    let notice = life.letter("amendment_without_review", "2025-12-31").await;
    assert_eq!(names(&notice["missing"], "item"), ["placement_information"]);
    let body = json!({"dated": "2025-12-31", "recipients": [{"recipient": "family", "means": "post"}]});
    let sending = "notices/amendment_without_review/sending";
    let refused = life.change(&life.worker, "2027-03-03", sending, body).await.problem(409);
    assert_eq!(refused["reason"], "notice_incomplete");
    assert_eq!(refused["missing"][0]["citation"]["text"], "SEND Regulations 2014, reg. 22(2)(d)");
}

#[actix_web::test]
async fn after_a_review_the_notice_tells_what_was_proposed_on_the_record() {
    let life = Life::plan().await;
    let review = life.reviewed("amend").await;
    let notice = life.letter("amendment", "2027-02-26").await;
    assert_eq!(names(&notice["missing"], "item"), ["proposed_amendments"], "the decision words none");
    let body = json!({"review": review, "sentOn": "2027-02-26", "reasons": "More.", "changes": {"f": "Two hours."}});
    life.change(&life.worker, "2027-02-26", "amendments", body).await.id();
    let notice = life.letter("amendment", "2027-02-26").await;
    assert_eq!(notice["missing"], json!([]));
    assert_eq!(part(&notice, "proposed_amendments")["words"], json!(["Section F would say:", "Two hours."]));
    assert_eq!(told(&notice, "D-AR-REPS"), "2027-03-12");
}

#[actix_web::test]
async fn a_notice_of_amendments_tells_the_earlier_of_eight_weeks_from_it_and_twelve_from_the_meeting() {
    let life = Life::plan().await;
    life.reviewed("amend").await;
    let in_time = life.letter("amendment", "2027-03-02").await;
    let last = |notice: &Value| part(notice, "response_time")["dates"][1].clone();
    assert_eq!((&last(&in_time)["rule"], &last(&in_time)["on"]), (&json!("D-AR-FINAL8"), &json!("2027-04-27")));
    let late = life.letter("amendment", "2027-03-03").await;
    assert_eq!((&last(&late)["rule"], &last(&late)["on"]), (&json!("D-AR-FINAL12"), &json!("2027-04-27")));
}

#[actix_web::test]
async fn the_amended_plan_comes_with_the_right_to_appeal_what_it_says() {
    let life = Life::plan().await;
    let amendment = life.proposed().await;
    let body = json!({"amendment": amendment, "sentOn": "2027-04-16", "placement": {"names": "type", "settingType": "academy"}});
    life.change(&life.worker, "2027-04-16", "versions", body).await.id();
    let notice = life.letter("amended_plan", "2027-04-20").await;
    assert_eq!(notice["missing"], json!([]));
    assert_eq!(told(&notice, "AP-1"), "2027-06-21", "20 June 2027 is a Sunday");
    let right = part(&notice, "right_of_appeal");
    assert_eq!(right["citation"]["text"], "Children and Families Act 2014, s. 51(2)(c)");
    assert!(right["words"].to_string().contains("section I alone you do not"), "{right}");
    let comes = part(&notice, "plan");
    assert_eq!(comes["citation"]["text"], "SEND Regulations 2014, reg. 22(3)");
    assert!(comes["words"][0].as_str().unwrap().contains("mainstream academy or free school"), "{comes}");
    assert_eq!(names(&notice["recipients"], "recipient"), ["family", "health_body"], "it names a type, and no setting");
    life.send("amended_plan", "2027-04-20").await.id();
    let windows = life.due("AP-1").await;
    assert!(windows.contains(&json!("2027-06-21")) && !windows.contains(&json!("2027-06-16")), "one window: {windows:?}");

    let path = format!("{}/notices/amended_plan?dated=2027-04-20", life.plan);
    let (page, _) = in_form(&life.worker, &path, "text/html").await;
    assert!(page.text.contains("The amended EHC plan") && page.text.contains("21 June 2027"));
    let (_, bytes) = in_form(&life.worker, &path, DOCX).await;
    let xml = document_xml(bytes);
    assert!(xml.contains("The amended EHC plan") && xml.contains("Our mediation_adviser"));
}

#[actix_web::test]
async fn that_the_plan_is_not_amended_is_told_with_its_reasons_and_can_be_appealed() {
    let life = Life::plan().await;
    let amendment = life.proposed().await;
    let body = json!({"reasons": "The family showed that an hour is enough.", "toldOn": "2027-04-20"});
    let at = format!("amendments/{amendment}/decision-not-to-amend");
    life.change(&life.officer, "2027-04-20", &at, body).await.id();
    let notice = life.letter("amendment_declined", "2027-04-20").await;
    assert_eq!(notice["missing"], json!([]));
    assert_eq!(part(&notice, "reasons")["words"], json!(["The family showed that an hour is enough."]));
    assert_eq!(part(&notice, "reasons")["citation"]["text"], "SEND Regulations 2014, reg. 22(4)");
    assert_eq!(part(&notice, "right_of_appeal")["citation"]["text"], "Children and Families Act 2014, s. 51(2)(e)");
    assert_eq!((told(&notice, "AP-1"), told(&notice, "M-CONTACT")), (json!("2027-06-21"), json!("2027-06-20")));
    life.send("amendment_declined", "2027-04-20").await.id();
    assert!(life.due("AP-1").await.contains(&json!("2027-06-21")));
    let kinds = [("amended_plan", 404), ("maintain", 404), ("amendment_declined", 200)];
    for (kind, status) in kinds {
        let answer = life.worker.get(&format!("{}/notices/{kind}", life.plan)).await;
        assert_eq!(answer.status.as_u16(), status, "{kind}");
    }
}

#[actix_web::test]
async fn that_the_plan_stays_as_it_is_after_a_review_is_told_and_with_it_the_review_is_decided() {
    let life = Life::plan().await;
    life.reviewed("maintain").await;
    let notice = life.letter("maintain", "2027-03-02").await;
    assert_eq!(notice["missing"], json!([]));
    assert!(part(&notice, "decision")["words"][0].as_str().unwrap().starts_with("On 24 February 2027 we decided"));
    assert_eq!(part(&notice, "reasons")["words"], json!(["All outcomes are on their way."]));
    assert_eq!(told(&notice, "AP-1"), "2027-05-04", "2 May 2027 is a Sunday, and the third a bank holiday");
    assert_eq!(names(&notice["recipients"], "recipient"), ["family", "setting_named"]);
    assert!(!life.due("AP-1").await.contains(&json!("2027-05-04")), "not before the family is told");
    life.send("maintain", "2027-03-02").await.id();
    assert_eq!(life.worker.get(&life.plan).await.ok()["reviews"][0]["notifiedOn"], "2027-03-02");
    assert!(life.due("AP-1").await.contains(&json!("2027-05-04")));
}

#[actix_web::test]
async fn a_decision_to_cease_that_no_review_made_has_its_letter_and_keeps_the_plan_for_the_time_to_appeal() {
    let life = Life::plan().await;
    for step in ["family_told", "family_consulted", "setting_consulted"] {
        life.change(&life.worker, "2027-05-04", "cessation/steps", json!({"step": step})).await.id();
    }
    let body = json!({"reasons": "The outcomes are met."});
    life.change(&life.officer, "2027-05-28", "cessation/decision", body).await.id();
    let notice = life.letter("cease", "2027-06-01").await;
    assert_eq!(notice["missing"], json!([]));
    assert_eq!((told(&notice, "AP-1"), told(&notice, "CE-2")), (json!("2027-09-01"), json!("2027-09-02")));
    assert_eq!(names(&notice["recipients"], "recipient"), ["family", "setting_named", "health_body"]);
    life.send("cease", "2027-06-01").await.id();
    let shown = life.worker.get(&format!("{}/cessation", life.plan)).await.ok();
    assert_eq!((&shown["decision"]["notifiedOn"], &shown["mayCeaseFrom"]), (&json!("2027-06-01"), &json!("2027-09-02")));
    life.send("cease", "2027-06-03").await.id();
    assert_eq!(life.due("CE-2").await, ["2027-09-02"], "told again, it is the same decision");
}
