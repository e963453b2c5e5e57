//! What a school does through the API: asks in one call, keeps what it began, follows its pupils, answers, reviews.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::placements::before_the_decision;
use crate::support::{Client, TestApp, staff_id};

/// Everything that a council's form asks a school for.
fn whole_request() -> Value {
    json!({
        "child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "sex": "F", "needs": ["SLCN"]},
        "requestedBy": "school",
        "reasons": "Three reviews without the progress expected.",
        "evidence": {
            "strengthsAndNeeds": "Builds well, hard to understand.", "attainment": "Two years behind in reading.",
            "supportSoFar": "Daily speech work in a small group.", "supportYearlyCost": 5200, "healthAndCare": "Glue ear.",
            "childViews": "I want to talk with my friends.", "familyViews": "She is tired when she comes home.",
            "professionals": [{"name": "Sam Example", "role": "Speech and language therapist", "involvement": "Since May 2025"}],
            "consent": {"givenBy": "parent", "givenOn": "2025-12-18", "toShare": true}
        },
        "people": [{
            "kind": "parent", "parentalResponsibility": true, "livesWith": true, "receivesNotices": true,
            "contact": {"name": "Rana Example", "telephone": "01708 000000", "postcode": "RM1 0CC"}
        }]
    })
}

async fn progress(client: &Client, case: &str) -> Value {
    client.get(&format!("/v1/cases/{case}/progress")).await.ok()
}

fn links(progress: &Value) -> Vec<(&str, &str)> {
    let asked = progress["askedOfYou"].as_array().unwrap().iter();
    asked.map(|one| (one["action"].as_str().unwrap_or("none"), one["link"].as_str().unwrap_or("none"))).collect()
}

#[actix_web::test]
async fn one_call_carries_everything_the_form_needs_and_the_school_reads_its_own_request_again() {
    let app = TestApp::start().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let case = school.post("/v1/requests", whole_request()).await.id();
    for reader in [&school, &worker] {
        let request = reader.get(&format!("/v1/cases/{case}")).await.ok()["requests"][0].clone();
        assert_eq!(request["evidence"]["supportSoFar"], "Daily speech work in a small group.");
        assert_eq!(request["evidence"]["consent"]["givenBy"], "parent");
        assert_eq!(request["reasons"], "Three reviews without the progress expected.");
    }
    let seen = worker.get(&format!("/v1/cases/{case}")).await.ok();
    let people = worker.get(&format!("/v1/children/{}/relationships", seen["child"].as_str().unwrap())).await.ok();
    assert_eq!(people["data"][0]["contact"]["name"], "Rana Example");
    assert_eq!(people["data"][0]["receivesNotices"], true);
    assert!(!seen["gaps"].to_string().contains("contact"), "{}", seen["gaps"]);

    // Somebody else who sees the child reads neither.
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-01-05", "acknowledge": before_the_decision()});
    worker.post(&format!("/v1/cases/{case}/advice-requests"), asked).await.id();
    let psychologist = app.client_of(Role::AdviceGiver, "311", Some("local:ep"), "ep");
    let told = psychologist.get(&format!("/v1/cases/{case}")).await.text;
    assert!(!told.contains("Daily speech") && !told.contains("Three reviews"), "{told}");
}

#[actix_web::test]
async fn every_wrong_field_of_the_people_and_the_evidence_is_told_at_once() {
    let app = TestApp::start().await;
    let mut request = whole_request();
    request["people"][0]["kind"] = json!("social_worker");
    let twice = request["people"][0].clone();
    request["people"].as_array_mut().unwrap().push(twice);
    let refused = app.school("900001").post("/v1/requests", request).await.problem(422);
    let told: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(told, ["/people/0/kind", "/people/1/kind"]);
}

#[actix_web::test]
async fn a_request_saved_unfinished_keeps_all_of_it_until_a_colleague_sends_it() {
    let app = TestApp::start().await;
    let of_the_school = |name: &str| app.client_of(Role::School, "311", Some("urn:900001"), name);
    let mut unfinished = whole_request();
    unfinished["child"].as_object_mut().unwrap().remove("familyName");
    let form = of_the_school("secretary").post("/v1/request-forms", unfinished.clone()).await.id();
    let head = of_the_school("head");
    let kept = head.get(&format!("/v1/request-forms/{form}")).await;
    let etag = kept.header("etag").unwrap().to_owned();
    let kept = kept.ok();
    assert_eq!(kept["form"]["people"][0]["contact"]["name"], "Rana Example");
    assert_eq!(kept["form"]["evidence"]["supportYearlyCost"], 5200);
    let put = head.request("PUT".parse().unwrap(), &format!("/v1/request-forms/{form}")).insert_header(("if-match", etag));
    app.call(put.set_json(whole_request())).await.ok();
    let case = head.post(&format!("/v1/request-forms/{form}/submission"), json!({})).await.id();
    let told = head.get(&format!("/v1/cases/{case}")).await.ok();
    assert_eq!(told["requests"][0]["evidence"]["childViews"], "I want to talk with my friends.");
}

#[actix_web::test]
async fn a_school_sees_how_its_pupils_case_goes_and_what_is_asked_of_it() {
    let app = TestApp::start().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let case = school.post("/v1/requests", whole_request()).await.id();
    worker.post(&format!("/v1/cases/{case}/allocation"), json!({"caseWorker": staff_id(Role::CaseWorker, 311)})).await.id();
    let told = progress(&school, &case).await;
    assert_eq!(told["stageWords"], "The authority is deciding whether to assess the child's needs.");
    assert_eq!(told["happened"][0], json!({"on": "2026-01-05", "words": "You asked for an assessment."}));
    assert_eq!((&told["nextDate"]["on"], &told["nextDate"]["whose"]), (&json!("2026-02-16"), &json!("the authority")));
    assert_eq!(told["contact"]["name"], "case_worker");
    assert_eq!(links(&told), []);

    app.on("2026-02-10");
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    let asked = json!({"giver": "education", "organisation": "urn:900001", "receivedOn": "2026-02-10"});
    let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), asked).await.id();
    let told = progress(&school, &case).await;
    let link = format!("/v1/cases/{case}/advice-requests/{advice}/progress");
    assert_eq!(links(&told), [("record_advice", link.as_str())]);
    assert_eq!(told["askedOfYou"][0]["by"], "2026-03-24");
    let awaited = told["awaited"].as_array().unwrap().iter().find(|one| one["rule"] == "D-ADV").unwrap();
    assert_eq!((&awaited["from"], &awaited["fromYou"]), (&json!("the school or college"), &json!(true)));

    // It follows the link.
    app.on("2026-03-02");
    school.post(&link, json!({"returnedOn": "2026-03-02", "words": "What we see in class."})).await.id();
    let told = progress(&school, &case).await;
    assert_eq!(links(&told), []);
    assert!(told["happened"].to_string().contains("The advice of the school or college has arrived."));
}

#[actix_web::test]
async fn a_setting_answers_a_consultation_with_reasons_and_what_it_would_cost() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    let told = progress(&school, &case).await;
    let (action, link) = links(&told)[0];
    assert_eq!(action, "answer_consultation");
    assert!(told["askedOfYou"][0]["words"].as_str().unwrap().contains("whether you can meet the child's needs"));
    let alone = school.post(link, json!({"receivedOn": "2026-04-20", "yearlyCost": 18500})).await.problem(422);
    assert_eq!(alone["errors"][0]["code"], "no_answer");
    for answer in ["can_meet_need", "conditional", "cannot", "full"] {
        let consulted = json!({"settings": [{"setting": "urn:900004"}]});
        let one = worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
        let body = json!({"answer": answer, "yearlyCost": 18500, "words": "Twenty hours a week."});
        app.school("900004").post(&format!("/v1/cases/{case}/consultations/{one}/answer"), body).await.id();
        let all = worker.get(&format!("/v1/cases/{case}/consultations")).await.ok();
        let told = all["data"].as_array().unwrap().iter().find(|row| row["id"] == *one).unwrap().clone();
        assert_eq!((&told["answer"], &told["yearlyCost"]), (&json!(answer), &json!(18500)));
        assert_eq!(told["words"], "Twenty hours a week.");
    }
    // Another setting's consultation is not told.
    let told = progress(&school, &case).await.to_string();
    assert!(!told.contains("900004"), "{told}");
}

/// A case of the school 900001 and its plan, made on 20 May 2026.
pub async fn planned(app: &TestApp) -> (String, String) {
    let case = app.case_with_draft().await;
    app.on("2026-05-20");
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs."}});
    let plan = app.client(Role::CaseWorker).change(&case, "final-plan", body).await.id();
    (case, plan)
}

#[actix_web::test]
async fn a_school_sees_the_reviews_that_are_due_sets_the_day_gives_views_and_reports() {
    let app = TestApp::start().await;
    let (case, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-01-11");
    let due = school.get("/v1/reviews?dueBefore=2027-06-01").await.ok();
    let row = &due["data"][0];
    assert_eq!((&row["needs"], &row["plan"], &row["dueOn"]), (&json!("review"), &json!(plan), &json!("2027-05-19")));
    assert_eq!((&row["meetBy"], &row["meetsOn"], &row["overdue"]), (&json!("2027-04-21"), &Value::Null, &json!(false)));
    assert_eq!(school.get("/v1/reviews?dueBefore=2027-05-19").await.ok()["data"], json!([]), "the day itself is not before it");
    assert_eq!(app.school("900002").get("/v1/reviews").await.ok()["data"], json!([]));

    let dates = format!("/v1/plans/{plan}/review-dates");
    assert_eq!(links(&progress(&school, &case).await), [("plan_review", dates.as_str())]);
    let review = school.post(&dates, json!({"meetingOn": "2027-02-02"})).await.id();
    let moved = school.post(&dates, json!({"meetingOn": "2027-02-04"})).await.id();
    assert_eq!(review, moved, "the day moves, the review stays");
    let row = school.get("/v1/reviews").await.ok()["data"][0].clone();
    assert_eq!((&row["review"], &row["meetsOn"]), (&json!(review), &json!("2027-02-04")));

    let views = format!("/v1/plans/{plan}/reviews/{review}/views");
    school.post(&views, json!({"whose": "setting", "words": "She joins in now."})).await.id();
    school.post(&views, json!({"whose": "child", "words": "I have two friends."})).await.id();
    app.on("2027-02-04");
    let reviews = format!("/v1/plans/{plan}/reviews");
    assert_eq!(school.post(&reviews, json!({"meetingOn": "2027-02-04"})).await.id(), review);
    let by_both = app.client(Role::CaseWorker).post(&reviews, json!({"meetingOn": "2027-02-04"})).await.problem(409);
    assert_eq!(by_both["reason"], "held_already", "one meeting is not two reviews");
    let report = format!("{reviews}/{review}/report");
    let told = progress(&school, &case).await;
    assert_eq!(links(&told), [("send_review_report", report.as_str())]);
    assert_eq!(told["askedOfYou"][0]["by"], "2027-02-18");
    let owed = school.get("/v1/reviews?needs=report").await.ok();
    assert_eq!((&owed["data"][0]["review"], &owed["data"][0]["dueOn"]), (&json!(review), &json!("2027-02-18")));

    app.on("2027-02-12");
    school.post(&report, json!({"words": "Two of four outcomes are met."})).await.id();
    assert_eq!(school.get("/v1/reviews?needs=report").await.ok()["data"], json!([]));
    let shown = school.get(&reviews).await.ok()["data"][0].clone();
    assert_eq!(shown["report"], "Two of four outcomes are met.");
    let voices: Vec<_> = shown["views"].as_array().unwrap().iter().map(|one| one["whose"].as_str().unwrap()).collect();
    assert_eq!(voices, ["setting", "child"]);
}

#[actix_web::test]
async fn the_list_of_reviews_comes_a_page_at_a_time_in_a_total_order() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        planned(&app).await;
    }
    let worker = app.client(Role::CaseWorker);
    let all = worker.get("/v1/reviews").await.ok()["data"].as_array().unwrap().len();
    assert_eq!(all, 3);
    let (mut plans, mut next) = (std::collections::BTreeSet::new(), Value::Null);
    for _ in 0..3 {
        let cursor = next.as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
        let page = worker.get(&format!("/v1/reviews?limit=1{cursor}")).await.ok();
        plans.insert(page["data"][0]["plan"].as_str().unwrap().to_owned());
        next = page["nextCursor"].clone();
    }
    assert_eq!((plans.len(), next), (3, Value::Null));
}
