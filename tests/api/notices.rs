//! Does every letter say what the law asks, with its dates, and is it kept as it was sent, to whom and in which form?

use std::io::Read;

use actix_web::http::Method;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, Html, Reply, TestApp, subject};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What an authority itself must say in a refusal.
const CONTACTS: [&str; 4] = ["mediation_adviser", "authority_contact", "disagreement_resolution", "information_advice_support"];

async fn word(app: &TestApp, kind: &str, valid_from: &str, name: &str) {
    let body =
        json!({"validFrom": valid_from, "words": "Words of ours.", "contact": {"name": name, "telephone": "0800 000 000"}});
    let request = app.client(Role::Manager).request(Method::PUT, &format!("/v1/notice-wordings/{kind}"));
    app.call(request.set_json(body)).await.ok();
}

/// The authority has said everything that its letters need from it.
pub async fn all_worded(app: &TestApp) {
    for kind in CONTACTS.into_iter().chain(["letter_head", "placement_information", "closing"]) {
        word(app, kind, "2026-01-01", &format!("Our {kind}")).await;
    }
}

/// A request of a family that is refused on 16 February 2026; the case.
async fn refused(app: &TestApp) -> String {
    app.on("2026-01-05");
    let child = json!({"givenName": "Ben", "familyName": "Sample", "bornOn": "2017-03-14"});
    let request = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001"});
    let case = app.client(Role::Family).post("/v1/requests", request).await.id();
    app.on("2026-02-16");
    let body = json!({"outcome": "refuse", "reasons": "Support has not been tried.\n\nIt will be.", "wayForward": [{"support": "A review", "from": "the school", "by": "2026-05-01"}]});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    case
}

async fn composed(app: &TestApp, path: &str, dated: &str) -> Value {
    app.client(Role::CaseWorker).get(&format!("{path}?dated={dated}")).await.ok()
}

pub fn names(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap().to_owned()).collect()
}

/// The part of a letter that tells an item.
pub fn part(notice: &Value, item: &str) -> Value {
    let parts = notice["letter"]["parts"].as_array().unwrap();
    parts.iter().find(|part| part["item"] == item).unwrap_or_else(|| panic!("no {item}")).clone()
}

/// The day that a letter tells by a rule.
pub fn told(notice: &Value, rule: &str) -> Value {
    let parts = notice["letter"]["parts"].as_array().unwrap().iter();
    let mut dates = parts.flat_map(|part| part["dates"].as_array().unwrap().clone());
    dates.find(|date| date["rule"] == rule).unwrap_or_else(|| panic!("no {rule}"))["on"].clone()
}

pub async fn in_form(client: &Client, path: &str, accept: &str) -> (Reply, Vec<u8>) {
    let request = client.request(Method::GET, path).insert_header(("accept", accept));
    client.app.call_for_bytes(request).await
}

pub fn document_xml(docx: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

async fn send(app: &TestApp, case: &str, kind: &str, body: Value) -> Reply {
    app.client(Role::CaseWorker).change(case, &format!("notices/{kind}/sending"), body).await
}

fn to_family(day: &str) -> Value {
    json!([{"recipient": "family", "means": "post", "sentOn": day}])
}

async fn deadlines(app: &TestApp, case: &str, rule: &str) -> Vec<Value> {
    let all = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    all["deadlines"].as_array().unwrap().iter().filter(|one| one["rule"] == rule).map(|one| one["dueOn"].clone()).collect()
}

#[actix_web::test]
async fn a_refusal_counts_its_last_days_from_the_day_it_carries() {
    let app = TestApp::start().await;
    let path = format!("/v1/cases/{}/notices/refusal_to_assess", refused(&app).await);
    for (dated, appeal, contact) in [
        ("2026-12-31", "2027-03-01", "2027-02-28"),
        ("2026-06-30", "2026-09-01", "2026-08-30"),
        ("2026-10-25", "2027-01-04", "2026-12-25"),
        ("2026-02-28", "2026-04-28", "2026-04-28"),
    ] {
        let notice = composed(&app, &path, dated).await;
        assert_eq!((told(&notice, "AP-1"), told(&notice, "M-CONTACT")), (json!(appeal), json!(contact)), "{dated}");
    }
    let notice = composed(&app, &path, "2026-02-16").await;
    let parts = notice["letter"]["parts"].as_array().unwrap();
    let part = |item: &str| parts.iter().find(|part| part["item"] == item).unwrap();
    assert_eq!(part("reasons")["words"], json!(["Support has not been tried.", "It will be."]));
    assert_eq!(part("way_forward")["words"], json!(["A review. From: the school, by 1 May 2026."]));
    assert_eq!(part("right_of_appeal")["citation"]["text"], "Children and Families Act 2014, s. 51(2)(a)");
    let recipients = names(&notice["recipients"], "recipient");
    assert_eq!(recipients, ["family", "setting_attended", "health_body", "social_care"]);
}

#[actix_web::test]
async fn what_the_authority_has_not_said_is_missing_until_it_has_item_by_item() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    let path = format!("/v1/cases/{case}/notices/refusal_to_assess");
    for left in (0..CONTACTS.len()).rev() {
        let notice = composed(&app, &path, "2026-02-16").await;
        let missing = names(&notice["missing"], "item");
        assert_eq!(missing.len(), left + 1, "{missing:?}");
        assert!(missing.contains(&CONTACTS[left].to_owned()));
        let refusal = send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-16")})).await.problem(409);
        assert_eq!((&refusal["code"], &refusal["reason"]), (&json!("refused"), &json!("notice_incomplete")));
        assert_eq!(names(&refusal["missing"], "item"), missing);
        for lack in refusal["missing"].as_array().unwrap() {
            assert!(lack["citation"]["text"].as_str().unwrap().starts_with("SEND Regulations 2014, reg. "), "{lack}");
        }
        word(&app, CONTACTS[left], "2026-01-01", "Somebody").await;
    }
    assert_eq!(composed(&app, &path, "2026-02-16").await["missing"], json!([]));
    send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-16")})).await.id();
}

#[actix_web::test]
async fn a_contact_that_nobody_can_reach_is_missing() {
    let app = TestApp::start().await;
    let path = format!("/v1/cases/{}/notices/refusal_to_assess", refused(&app).await);
    all_worded(&app).await;
    let request = app.client(Role::Manager).request(Method::PUT, "/v1/notice-wordings/mediation_adviser");
    app.call(request.set_json(json!({"validFrom": "2026-02-01", "contact": {"name": "Somebody"}}))).await.ok();
    assert_eq!(names(&composed(&app, &path, "2026-01-31").await["missing"], "item"), [""; 0]);
    assert_eq!(names(&composed(&app, &path, "2026-02-01").await["missing"], "item"), ["mediation_adviser"]);
}

#[actix_web::test]
async fn a_letter_uses_the_wording_in_force_on_its_own_day_and_keeps_it() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    word(&app, "mediation_adviser", "2026-02-16", "The new adviser").await;
    let path = format!("/v1/cases/{case}/notices/refusal_to_assess");
    let adviser = |notice: &Value| {
        let parts = notice["letter"]["parts"].as_array().unwrap();
        parts.iter().find(|part| part["item"] == "mediation_adviser").unwrap()["contact"]["name"].clone()
    };
    assert_eq!(adviser(&composed(&app, &path, "2026-02-15").await), "Our mediation_adviser");
    assert_eq!(adviser(&composed(&app, &path, "2026-02-16").await), "The new adviser");

    let notice = send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-16")})).await.id();
    word(&app, "mediation_adviser", "2026-02-16", "Another adviser").await;
    assert_eq!(adviser(&composed(&app, &path, "2026-02-16").await), "Another adviser");
    let sent = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/sent-notices/{notice}")).await.ok();
    assert_eq!(adviser(&sent), "The new adviser");
    let wordings = app.client(Role::Administrator).get("/v1/notice-wordings/mediation_adviser").await.ok();
    assert_eq!(wordings["data"][1]["validTo"], "2026-02-15");
}

#[actix_web::test]
async fn sending_notifies_the_family_once_and_opens_one_window_to_appeal() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    assert_eq!(deadlines(&app, &case, "AP-1").await, Vec::<Value>::new());
    app.on("2026-02-20");
    let body = json!({"dated": "2026-02-18", "recipients": [
        {"recipient": "family", "means": "post", "sentOn": "2026-02-18"},
        {"recipient": "health_body", "organisation": "ods:RF4", "means": "email", "sentOn": "2026-02-20"}
    ]});
    let notice = send(&app, &case, "refusal_to_assess", body).await.id();
    let worker = app.client(Role::CaseWorker);
    let shown = worker.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!(shown["assessmentDecision"]["notifiedOn"], "2026-02-18");
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-04-20"], "18 April 2026 is a Saturday");
    assert_eq!(deadlines(&app, &case, "M-CONTACT").await, ["2026-04-18"]);

    let again = send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-20")})).await.id();
    let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
    let kinds = names(&timeline["data"], "kind");
    assert_eq!(kinds.iter().filter(|kind| *kind == "assessment_decision_notified").count(), 1);
    assert_eq!(kinds.iter().filter(|kind| *kind == "notice_sent").count(), 2);
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-04-20"], "the first complete notice counts");
    let sent = worker.get(&format!("/v1/cases/{case}/sent-notices")).await.ok();
    assert_eq!(names(&sent["data"], "id"), [notice.clone(), again]);
    assert_eq!(sent["data"][0]["recipients"][1]["means"], "email");

    let more = json!({"recipients": [{"recipient": "social_care", "means": "email"}]});
    worker.post(&format!("/v1/cases/{case}/sent-notices/{notice}/recipients"), more).await.id();
    let sent = worker.get(&format!("/v1/cases/{case}/sent-notices/{notice}")).await.ok();
    assert_eq!(names(&sent["recipients"], "recipient"), ["family", "health_body", "social_care"]);
}

#[actix_web::test]
async fn a_family_notified_before_is_not_notified_again() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    let body = json!({"notifiedOn": "2026-02-16"});
    app.client(Role::CaseWorker).change(&case, "assessment-decision/notification", body).await.id();
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-04-16"]);
    app.on("2026-02-17");
    send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-17")})).await.id();
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-04-17"]);
    let shown = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!(shown["assessmentDecision"]["notifiedOn"], "2026-02-16");
}

#[actix_web::test]
async fn a_defective_notice_of_another_system_is_recorded_as_a_concern() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    let body = json!({"recipients": to_family("2026-02-16"), "missing": ["right_of_appeal"]});
    let refusal = send(&app, &case, "refusal_to_assess", body.clone()).await.problem(422);
    assert_eq!(refusal["errors"][0]["pointer"], "/missing");
    let mut elsewhere = body;
    elsewhere["sentElsewhere"] = json!(true);
    let concern = send(&app, &case, "refusal_to_assess", elsewhere.clone()).await.problem(409);
    assert_eq!(names(&concern["concerns"], "concern"), ["notice_lacks_items"]);
    assert_eq!(concern["concerns"][0]["citation"]["text"], "SEND Regulations 2014, reg. 5(3)");
    elsewhere["acknowledge"] = json!([{"concern": "notice_lacks_items", "reason": "An old template."}]);
    let notice = send(&app, &case, "refusal_to_assess", elsewhere).await.id();
    let worker = app.client(Role::CaseWorker);
    let path = format!("/v1/cases/{case}/sent-notices/{notice}");
    let sent = worker.get(&path).await.ok();
    assert_eq!((&sent["letter"], &sent["missing"]), (&Value::Null, &json!(["right_of_appeal"])));
    assert_eq!(in_form(&worker, &path, "text/html").await.0.status.as_u16(), 404);

    all_worded(&app).await;
    app.on("2026-03-02");
    send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-03-02")})).await.id();
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-05-05"], "counted from the notice that told the right to appeal");
}

#[actix_web::test]
async fn a_notice_can_be_sent_only_of_what_was_decided_and_to_the_family_first() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    let worker = app.client(Role::CaseWorker);
    assert_eq!(worker.get(&format!("/v1/cases/{case}/notices/no_plan")).await.status.as_u16(), 404);
    assert_eq!(worker.get(&format!("/v1/cases/{case}/notices/amendment")).await.status.as_u16(), 404);
    let others = json!({"recipients": [{"recipient": "health_body", "means": "email"}]});
    let refusal = send(&app, &case, "refusal_to_assess", others).await.problem(422);
    assert_eq!(refusal["errors"][0]["code"], "nobody_of_the_family");
    let before = json!({"dated": "2026-02-13", "recipients": to_family("2026-02-13")});
    let refusal = send(&app, &case, "refusal_to_assess", before).await.problem(409);
    assert!(["notified_before_decision", "sent_before_decision"].contains(&refusal["reason"].as_str().unwrap()), "{refusal}");
}

#[actix_web::test]
async fn a_family_reads_what_was_sent_to_it_and_asks_for_another_form() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    let notice = send(&app, &case, "refusal_to_assess", json!({"recipients": to_family("2026-02-16")})).await.id();
    let (worker, family) = (app.client(Role::CaseWorker), app.client(Role::Family));
    let path = format!("/v1/cases/{case}/sent-notices");
    assert_eq!(names(&family.get(&path).await.ok()["data"], "id"), std::slice::from_ref(&notice));
    assert_eq!(app.school("900001").get(&path).await.ok()["data"], json!([]), "it was not sent to the school");
    assert_eq!(app.school("900001").get(&format!("{path}/{notice}")).await.status.as_u16(), 404);
    assert_eq!(family.get(&format!("/v1/cases/{case}/notices/refusal_to_assess")).await.status.as_u16(), 403);

    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    let other = json!({"kind": "parent", "receivesNotices": true, "account": subject("other"), "contact": {"name": "Other"}});
    let relationship = worker.post(&format!("/v1/children/{child}/relationships"), other).await.id();
    let other = app.client_of(Role::Family, "311", None, "other");
    assert_eq!(other.get(&path).await.ok()["data"], json!([]), "it was not sent to the other parent");
    let now = worker.get(&format!("/v1/cases/{case}/notices/refusal_to_assess")).await.ok();
    assert_eq!(now["recipients"][0]["relationship"], json!(relationship));

    let asked = json!({"format": "translation", "words": "Bengali"});
    let request = family.post(&format!("{path}/{notice}/formats"), asked).await.id();
    app.on("2026-02-20");
    let provided = json!({"means": "post", "providedOn": "2026-02-19"});
    worker.post(&format!("{path}/{notice}/formats/{request}/provision"), provided).await.id();
    for client in [&worker, &family] {
        let formats = client.get(&format!("{path}/{notice}")).await.ok()["formats"].clone();
        assert_eq!((&formats[0]["words"], &formats[0]["requestedOn"]), (&json!("Bengali"), &json!("2026-02-16")));
        assert_eq!((&formats[0]["provided"], &formats[0]["providedOn"]), (&json!(true), &json!("2026-02-19")));
    }
    let early = json!({"means": "post", "providedOn": "2026-02-15"});
    let again = worker.post(&format!("{path}/{notice}/formats/{request}/provision"), early).await.problem(409);
    assert_eq!(again["code"], "refused");
}

#[actix_web::test]
async fn the_page_and_the_word_document_say_what_the_data_says() {
    let app = TestApp::start().await;
    let case = refused(&app).await;
    all_worded(&app).await;
    let worker = app.client(Role::CaseWorker);
    let path = format!("/v1/cases/{case}/notices/refusal_to_assess?dated=2026-12-31");
    let notice = worker.get(&path).await.ok();
    let (page, _) = in_form(&worker, &path, "text/html").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'; style-src 'sha256-"));
    let html = Html::read(&page.text).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(html.all("html").next().unwrap().get("lang"), Some("en-GB"));
    assert_eq!(html.all("h1").count(), 1);
    assert_eq!(html.all("script").count() + html.all("link").count(), 0);
    let (document, bytes) = in_form(&worker, &path, DOCX).await;
    assert_eq!(document.header("content-type"), Some(DOCX));
    assert_eq!(document.header("content-disposition"), Some("attachment; filename=\"refusal_to_assess.docx\""));
    let xml = document_xml(bytes);
    assert!(xml.contains("<w:pStyle w:val=\"Heading2\">") && xml.contains("<w:pStyle w:val=\"Title\">"));
    let body = html.all("main").next().unwrap().text.clone();
    for part in notice["letter"]["parts"].as_array().unwrap() {
        let heading = part["heading"].as_str().unwrap();
        assert!(html.all("h2").any(|one| one.text == heading) && xml.contains(heading), "{heading}");
        for words in part["words"].as_array().unwrap() {
            assert!(body.contains(words.as_str().unwrap()) && xml.contains(words.as_str().unwrap()), "{words}");
        }
    }
    assert!(body.contains("Monday 1 March 2027") && xml.contains("Monday 1 March 2027"));
}

#[actix_web::test]
async fn a_draft_tells_the_last_of_its_fifteen_days_and_the_final_plan_what_can_be_appealed() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    all_worded(&app).await;
    let draft = composed(&app, &format!("/v1/cases/{case}/notices/draft_plan"), "2026-04-20").await;
    assert_eq!((told(&draft, "D-REPS15"), &draft["missing"]), (json!("2026-05-04"), &json!([])));
    send(&app, &case, "draft_plan", json!({"recipients": to_family("2026-04-20")})).await.id();
    assert_eq!(deadlines(&app, &case, "AP-1").await, Vec::<Value>::new(), "a draft cannot be appealed");
    app.on("2026-05-20");
    let body =
        json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs.", "f": "Provision."}});
    app.client(Role::CaseWorker).change(&case, "final-plan", body).await.id();
    let plan = composed(&app, &format!("/v1/cases/{case}/notices/final_plan"), "2026-05-20").await;
    assert_eq!((told(&plan, "AP-1"), &plan["missing"]), (json!("2026-07-20"), &json!([])));
    let text = plan["letter"]["parts"].to_string();
    assert!(text.contains("section I alone you do not") && text.contains("health and social care"));
    assert_eq!(names(&plan["recipients"], "recipient"), ["family", "setting_named", "health_body"]);
    send(&app, &case, "final_plan", json!({"recipients": to_family("2026-05-20")})).await.id();
    assert_eq!(deadlines(&app, &case, "AP-1").await, ["2026-07-20"], "the plan and its notice open one window");
}

#[actix_web::test]
async fn after_a_review_the_notice_of_amendments_begins_fifteen_days_and_that_of_ceasing_keeps_the_plan() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    all_worded(&app).await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    app.on("2026-05-20");
    let body = json!({"placement": {"names": "neither"}, "sections": {"b": "Needs."}});
    let plan = worker.change(&case, "final-plan", body).await.id();
    app.on("2027-02-26");
    for (outcome, kind, met_on) in [("amend", "amendment", "2027-02-02"), ("cease", "cease", "2027-02-03")] {
        let review = worker.post(&format!("/v1/plans/{plan}/reviews"), json!({"meetingOn": met_on})).await.id();
        let path = format!("/v1/plans/{plan}/notices/{kind}");
        assert_eq!(worker.get(&path).await.status.as_u16(), 404);
        let decision = json!({"outcome": outcome, "reasons": "So it is.", "proposedAmendments": "Section F: two hours."});
        officer.get(&format!("/v1/plans/{plan}")).await.ok();
        officer.post(&format!("/v1/plans/{plan}/reviews/{review}/decision"), decision).await.id();
        let notice = composed(&app, &path, "2027-02-26").await;
        assert_eq!(notice["missing"], json!([]), "{kind}");
        worker.get(&format!("/v1/plans/{plan}")).await.ok();
        worker.post(&format!("{path}/sending"), json!({"recipients": to_family("2027-02-26")})).await.id();
        if kind == "amendment" {
            assert_eq!((told(&notice, "D-AR-REPS"), told(&notice, "D-AR-FINAL8")), (json!("2027-03-12"), json!("2027-04-23")));
            assert_eq!(deadlines(&app, &case, "D-AR-REPS").await, ["2027-03-12"]);
        } else {
            assert_eq!((told(&notice, "AP-1"), told(&notice, "CE-2")), (json!("2027-04-26"), json!("2027-04-27")));
            assert_eq!(deadlines(&app, &case, "CE-2").await, ["2027-04-27"]);
        }
        let reviews = worker.get(&format!("/v1/plans/{plan}")).await.ok()["reviews"].clone();
        let notified = reviews.as_array().unwrap().iter().find(|one| one["id"] == json!(review)).unwrap()["notifiedOn"].clone();
        assert_eq!(notified, "2027-02-26");
    }
}

#[actix_web::test]
async fn a_plan_has_each_need_beside_its_provision_and_outcome_and_a_draft_leaves_its_setting_blank() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-04-21");
    let sections = json!({
        "a": "Likes & builds.", "b": "1. Speech.\n2. Reading.", "e": "1. Speaks.\n2. Reads.", "f": "1. Therapy.\n2. Daily reading.",
        "k": "Advice of the psychologist."
    });
    let draft = worker.change(&case, "draft-plans", json!({"sections": sections})).await.id();
    let path = format!("/v1/cases/{case}/draft-plans/{draft}/document");
    let text = worker.get(&path).await.ok();
    assert_eq!((&text["matched"], &text["i"], &text["plan"]), (&json!("numbers"), &json!([]), &Value::Null));
    assert_eq!(text["rows"][1], json!({"need": ["Reading."], "provision": ["Daily reading."], "outcome": ["Reads."]}));
    let (page, _) = in_form(&worker, &path, "text/html").await;
    let html = Html::read(&page.text).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(html.all("th").all(|head| head.get("scope") == Some("col")));
    assert_eq!(html.all("table").count(), html.all("caption").count());
    assert!(html.all("tr").any(|row| row.text == "Reading.Daily reading.Reads."));
    assert!(html.all("p").any(|p| p.text == "Left blank in a draft."));
    let (_, bytes) = in_form(&worker, &path, DOCX).await;
    let xml = document_xml(bytes);
    assert!(xml.contains("Likes &amp; builds.") && xml.contains("<w:tblHeader>") && xml.contains("Draft education"));

    app.on("2026-05-20");
    let body = json!({"placement": {"names": "type", "settingType": "academy"}, "sections": sections});
    let plan = worker.change(&case, "final-plan", body).await.id();
    let text = app.school("900001").get(&format!("/v1/plans/{plan}/document")).await.ok();
    assert_eq!((&text["draft"], &text["on"]), (&Value::Null, &json!("2026-05-20")));
    assert_eq!(text["i"], json!(["a type of setting: mainstream academy or free school"]));
    assert_eq!(text["advice"][0]["returnedOn"], "2026-03-20");
}

#[actix_web::test]
async fn a_plan_names_who_holds_parental_responsibility_and_tells_only_themselves_how_they_are_reached() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let worker = app.client(Role::CaseWorker);
    let case = worker.get(&format!("/v1/cases/{case}")).await.ok();
    let people = format!("/v1/children/{}/relationships", case["child"].as_str().unwrap());
    for (name, account, responsible, restriction) in [
        ("Rana Example", "rana", true, Value::Null),
        ("Omar Example", "omar", true, Value::Null),
        ("Kept Away", "kept", true, json!("no_information")),
        ("Aunt Example", "aunt", false, Value::Null),
    ] {
        let body = json!({
            "kind": "parent", "parentalResponsibility": responsible, "account": subject(account), "courtRestriction": restriction,
            "contact": {"name": name, "email": format!("{account}@example.org"), "address": [format!("1 {account} Road")]}
        });
        worker.post(&people, body).await.id();
    }
    let draft = case["draftPlans"][0]["id"].as_str().unwrap();
    let path = format!("/v1/cases/{}/draft-plans/{draft}/document", case["id"].as_str().unwrap());
    let parents = |text: Value| -> Vec<(Value, Value)> {
        let parents = text["parents"].as_array().unwrap().iter();
        parents.map(|one| (one["name"].clone(), one["contact"]["email"].clone())).collect()
    };
    let (rana, omar) = (json!("Rana Example"), json!("Omar Example"));
    for reader in [&worker, &app.school("900001")] {
        let both = [(rana.clone(), Value::Null), (omar.clone(), Value::Null)];
        assert_eq!(parents(reader.get(&path).await.ok()), both);
    }
    let mother = app.client_of(Role::Family, "311", None, "rana");
    assert_eq!(parents(mother.get(&path).await.ok()), [(rana, json!("rana@example.org"))]);
    let (page, _) = in_form(&mother, &path, "text/html").await;
    assert!(page.text.contains("1 rana Road") && !page.text.contains("omar") && !page.text.contains("Omar"));
    let (_, bytes) = in_form(&worker, &path, DOCX).await;
    let xml = document_xml(bytes);
    assert!(xml.contains("Parents and carers") && xml.contains("Omar Example"));
    assert!(!xml.contains("Road") && !xml.contains("Kept Away") && !xml.contains("Aunt"));
}
