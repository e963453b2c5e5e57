//! The year of a plan: a review is asked for, planned, missed, held, reported, by whom the law has it.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::schools::planned;
use crate::sealing::set_identity;
use crate::support::{Client, TestApp};

/// The duty of a rule in a case.
async fn duty(app: &TestApp, case: &str, rule: &str) -> Value {
    let told = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    told["deadlines"].as_array().unwrap().iter().find(|one| one["rule"] == rule).cloned().unwrap_or_default()
}

async fn review_of(client: &Client, plan: &str) -> Value {
    client.get(&format!("/v1/plans/{plan}/reviews")).await.ok()["data"][0].clone()
}

#[actix_web::test]
async fn invitations_and_papers_go_out_two_weeks_before_the_day_that_was_set() {
    let app = TestApp::start().await;
    let (case, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-01-11");
    let review = school.post(&format!("/v1/plans/{plan}/review-dates"), json!({"meetingOn": "2027-02-02"})).await.id();
    let at = format!("/v1/plans/{plan}/reviews/{review}");
    for rule in ["D-AR-NOTICE", "D-AR-DOCS"] {
        let owed = duty(&app, &case, rule).await;
        assert_eq!((&owed["dueOn"], &owed["state"]), (&json!("2027-01-19"), &json!("running")), "{rule}");
    }
    let asked = school.get(&format!("/v1/cases/{case}/progress")).await.ok()["askedOfYou"].clone();
    assert_eq!((&asked[0]["link"], &asked[0]["by"]), (&json!(format!("{at}/invitations")), &json!("2027-01-19")));

    app.on("2027-01-19");
    let everyone = json!(["family", "setting", "health", "social_care", "authority"]);
    school.post(&format!("{at}/invitations"), json!({"to": everyone})).await.id();
    assert_eq!(duty(&app, &case, "D-AR-NOTICE").await["state"], "met", "the last day is in time");
    app.on("2027-01-20");
    school.post(&format!("{at}/papers"), json!({"to": ["family", "health"]})).await.id();
    assert_eq!(duty(&app, &case, "D-AR-DOCS").await["state"], "late", "the day after is not");
    let shown = review_of(&school, &plan).await;
    assert_eq!(shown["invitations"], json!([{"sentOn": "2027-01-19", "to": everyone}]));
    assert_eq!(shown["papers"], json!([{"sentOn": "2027-01-20", "to": ["family", "health"]}]));
}

#[actix_web::test]
async fn a_meeting_that_was_missed_is_rearranged_and_stays_the_same_review() {
    let app = TestApp::start().await;
    let (case, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-01-11");
    let dates = format!("/v1/plans/{plan}/review-dates");
    let review = school.post(&dates, json!({"meetingOn": "2027-02-02"})).await.id();
    let missed = format!("/v1/plans/{plan}/reviews/{review}/missed-meetings");
    let early = school.post(&missed, json!({"because": "family_away"})).await.problem(422);
    assert_eq!(early["errors"][0]["code"], "not_happened_yet", "it can still be held");

    app.on("2027-02-02");
    assert_eq!(school.post(&missed, json!({"because": "other"})).await.problem(422)["errors"][0]["code"], "words_missing");
    let words = "Her mother was in hospital.";
    school.post(&missed, json!({"because": "family_away", "words": words})).await.id();
    let shown = review_of(&school, &plan).await;
    assert_eq!(shown["missed"], json!([{"missedOn": "2027-02-02", "because": "family_away", "words": words}]));
    assert_eq!(shown["meetsOn"], Value::Null, "no other day is set yet");
    let asked = school.get(&format!("/v1/cases/{case}/progress")).await.ok()["askedOfYou"].clone();
    assert_eq!(asked[0]["words"], "Please set another day for the review meeting that was not held.");
    assert_eq!(school.post(&dates, json!({"meetingOn": "2027-02-09"})).await.id(), review);

    app.on("2027-02-09");
    let again = json!({"because": "papers_missing", "rearrangedFor": "2027-03-02"});
    school.post(&missed, again).await.id();
    let shown = review_of(&school, &plan).await;
    assert_eq!((&shown["meetsOn"], &shown["missed"][1]["missedOn"]), (&json!("2027-03-02"), &json!("2027-02-09")));
    assert_eq!(duty(&app, &case, "D-AR-NOTICE").await["dueOn"], "2027-02-16", "counted from the new day");
    app.on("2027-02-10");
    school.post(&dates, json!({"meetingOn": "2027-02-24"})).await.id();
    assert_eq!(duty(&app, &case, "D-AR-NOTICE").await["dueOn"], "2027-02-10", "also from one that is sooner");
    app.on("2027-02-11");
    school.post(&dates, json!({"meetingOn": "2027-03-02"})).await.id();

    app.on("2027-03-02");
    let held = school.post(&format!("/v1/plans/{plan}/reviews"), json!({})).await;
    assert_eq!(held.id(), review);
    let stands = school.post(&missed, json!({"because": "child_away"})).await.problem(409);
    assert_eq!(stands["reason"], "missed_and_held");
}

#[actix_web::test]
async fn a_review_held_early_says_why_and_one_review_can_serve_two_duties() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let worker = app.client(Role::CaseWorker);
    let dates = format!("/v1/plans/{plan}/review-dates");
    app.on("2026-10-05");
    for purpose in ["early", "emergency"] {
        let body = json!({"meetingOn": "2026-11-02", "purposes": [purpose]});
        assert_eq!(worker.post(&dates, body).await.problem(422)["errors"][0]["code"], "reason_missing", "{purpose}");
    }
    let reason = "The placement is about to break down.";
    let body = json!({"meetingOn": "2026-11-02", "purposes": ["emergency"], "reason": reason});
    worker.post(&dates, body).await.id();
    let shown = review_of(&worker, &plan).await;
    assert_eq!((&shown["purposes"], &shown["reason"]), (&json!(["emergency"]), &json!(reason)));
    let body = json!({"meetingOn": "2026-11-09"});
    worker.post(&dates, body).await.id();
    assert_eq!(review_of(&worker, &plan).await["purposes"], json!(["emergency"]), "a new day changes nothing else");
    let body = json!({"meetingOn": "2026-11-09", "purposes": ["phase_transfer", "annual"]});
    worker.post(&dates, body).await.id();
    assert_eq!(review_of(&worker, &plan).await["purposes"], json!(["annual", "phase_transfer"]));

    app.on("2026-11-09");
    let reviews = format!("/v1/plans/{plan}/reviews");
    worker.post(&reviews, json!({})).await.id();
    app.on("2026-12-01");
    let body = json!({"purposes": ["early"]});
    assert_eq!(worker.post(&reviews, body).await.problem(422)["errors"][0]["code"], "reason_missing");
    worker.post(&reviews, json!({})).await.id();
    let all = worker.get(&reviews).await.ok();
    assert_eq!(all["data"][1]["purposes"], json!(["annual"]), "where nothing was told it is the yearly one");
}

#[actix_web::test]
async fn who_convenes_follows_the_type_of_the_setting() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let (worker, admin) = (app.client(Role::CaseWorker), app.client(Role::Administrator));
    let dates = format!("/v1/plans/{plan}/review-dates");
    let put = async |kind: &str| {
        let body = json!({"id": "urn:900001", "name": "Example School", "settingType": kind, "phase": "primary"});
        admin.post("/v1/settings", body).await.ok()
    };
    put("academy").await;
    app.on("2027-01-11");
    worker.post(&dates, json!({"meetingOn": "2027-02-02"})).await.id();
    assert_eq!(review_of(&worker, &plan).await["convenedBy"], "setting_required");

    put("independent_school").await;
    let required = json!({"meetingOn": "2027-02-02", "convenedBy": "setting_required"});
    let refused = worker.post(&dates, required.clone()).await.problem(409);
    assert_eq!(refused["concerns"][0]["concern"], "setting_cannot_be_required");
    assert!(refused["concerns"][0]["citation"]["text"].as_str().unwrap().contains("20(12)"), "{refused}");
    let mut acknowledged = required;
    acknowledged["acknowledge"] = json!([{"concern": "setting_cannot_be_required", "reason": "We wrote that they must."}]);
    worker.post(&dates, acknowledged).await.id();
    let shown = worker.get("/v1/concerns").await;
    assert!(shown.text.contains("setting_cannot_be_required"), "{}", shown.text);
    worker.post(&dates, json!({"meetingOn": "2027-02-02", "convenedBy": "setting_asked"})).await.id();
    assert_eq!(review_of(&worker, &plan).await["convenedBy"], "setting_asked");

    // Where the authority convenes, the report is its own too.
    worker.post(&dates, json!({"meetingOn": "2027-02-02", "convenedBy": "authority"})).await.id();
    let waits = |list: Value| list["data"].as_array().unwrap().iter().find(|one| one["rule"] == "D-AR-NOTICE").cloned().unwrap();
    let line = waits(app.client(Role::Manager).get("/v1/worklist?limit=100").await.ok());
    assert_eq!(line["awaited"]["who"], "case_worker", "{line}");
}

#[actix_web::test]
async fn it_is_kept_who_came_how_the_child_had_part_and_what_was_said_of_each_outcome() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-02-02");
    let reviews = format!("/v1/plans/{plan}/reviews");
    let body = json!({"came": ["family", "setting", "health", "social_care", "authority"], "childInvolvement": "attended"});
    let review = school.post(&reviews, body).await.id();
    app.on("2027-02-12");
    let report = json!({
        "words": "She speaks in class.", "recommends": "amend",
        "outcomes": [
            {"outcome": "Speaks in sentences.", "progress": "met", "words": "In class."},
            {"outcome": "Plays with others.", "progress": "some"},
        ],
        "pathways": [{"pathway": "community", "words": "A swimming club."}], "healthCheck": "offered",
        "adulthoodTransition": "not_begun",
    });
    school.post(&format!("{reviews}/{review}/report"), report).await.id();
    let shown = review_of(&school, &plan).await;
    assert_eq!(shown["came"], json!(["family", "setting", "health", "social_care", "authority"]));
    assert_eq!((&shown["childInvolvement"], &shown["recommends"]), (&json!("attended"), &json!("amend")));
    assert_eq!(
        shown["outcomes"],
        json!([
            {"outcome": "Speaks in sentences.", "progress": "met", "words": "In class."},
            {"outcome": "Plays with others.", "progress": "some", "words": null},
        ])
    );
    assert_eq!(shown["pathways"], json!([{"pathway": "community", "words": "A swimming club."}]));
    assert_eq!((&shown["healthCheck"], &shown["adulthoodTransition"]), (&json!("offered"), &json!("not_begun")));
}

#[actix_web::test]
async fn a_meeting_to_which_somebody_was_not_invited_is_a_concern() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-01-11");
    let review = school.post(&format!("/v1/plans/{plan}/review-dates"), json!({"meetingOn": "2027-02-02"})).await.id();
    let invitations = format!("/v1/plans/{plan}/reviews/{review}/invitations");
    school.post(&invitations, json!({"to": ["family", "authority"]})).await.id();
    app.on("2027-02-02");
    let reviews = format!("/v1/plans/{plan}/reviews");
    let refused = school.post(&reviews, json!({"convenedBy": "setting_asked"})).await.problem(409);
    let concern = &refused["concerns"][0];
    assert_eq!(concern["concern"], "not_all_invited");
    assert!(concern["words"].as_str().unwrap().contains("health, social care must"), "{concern}");
    school.post(&invitations, json!({"to": ["health", "social_care"], "sentOn": "2027-01-12"})).await.id();
    school.post(&reviews, json!({"convenedBy": "setting_asked"})).await.id();
}

#[actix_web::test]
async fn whoever_asks_for_a_review_is_answered_with_reasons() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let (school, worker, officer) = (app.school("900001"), app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    app.on("2026-11-02");
    let asking = format!("/v1/plans/{plan}/review-requests");
    let nobody = worker.post(&asking, json!({"reasons": "She is out of school."})).await.problem(422);
    assert_eq!(nobody["errors"][0]["code"], "requester_missing");
    let first = worker.post(&asking, json!({"reasons": "She is out of school.", "requestedBy": "parent"})).await.id();
    let second = school.post(&asking, json!({"reasons": "The therapist left."})).await.id();
    let seen = school.get(&asking).await.ok();
    assert_eq!(seen["data"][0]["reasons"], Value::Null, "what the family wrote is not the school's");
    assert_eq!((&seen["data"][1]["reasons"], &seen["data"][1]["requestedBy"]), (&json!("The therapist left."), &json!("school")));

    app.on("2026-11-06");
    let answer = |request: &str| format!("{asking}/{request}/answer");
    school.post(&answer(&first), json!({"answer": "agreed", "reasons": "Yes."})).await.problem(403);
    officer.post(&answer(&first), json!({"answer": "agreed", "reasons": "Her needs have changed."})).await.id();
    officer.post(&answer(&second), json!({"answer": "refused", "reasons": "Another therapist begins in January."})).await.id();
    let twice = officer.post(&answer(&second), json!({"answer": "agreed", "reasons": "Well."})).await.problem(409);
    assert_eq!(twice["reason"], "already_recorded");

    let dates = format!("/v1/plans/{plan}/review-dates");
    let unknown = json!({"meetingOn": "2026-12-01", "purposes": ["early"], "request": plan});
    assert_eq!(worker.post(&dates, unknown).await.problem(422)["errors"][0]["code"], "unknown_request");
    let body = json!({"meetingOn": "2026-12-01", "purposes": ["early"], "request": first});
    let review = worker.post(&dates, body).await.id();
    let seen = worker.get(&asking).await.ok();
    let (one, two) = (&seen["data"][0], &seen["data"][1]);
    assert_eq!((&one["answer"], &one["answeredOn"], &one["review"]), (&json!("agreed"), &json!("2026-11-06"), &json!(review)));
    assert_eq!((&two["answer"], &two["answerReasons"]), (&json!("refused"), &json!("Another therapist begins in January.")));
}

fn told(list: &Value) -> Vec<(String, Value)> {
    let rows = list["data"].as_array().unwrap().iter();
    rows.map(|row| (row["needs"].as_str().unwrap().to_owned(), row["standing"].clone())).collect()
}

async fn set_terms(app: &TestApp) {
    let client = app.client(Role::CaseWorker);
    let terms = json!({"terms": [
        {"from": "2026-09-02", "to": "2026-12-18", "name": "Autumn 2026"}, {"from": "2027-01-04", "to": "2027-03-25", "name": "Spring 2027"},
        {"from": "2027-04-12", "to": "2027-07-21", "name": "Summer 2027"}
    ]});
    app.call(client.request("PUT".parse().unwrap(), "/v1/terms").set_json(terms)).await.ok();
}

#[actix_web::test]
async fn one_call_lists_reviews_overdue_due_this_term_waiting_on_a_report_and_waiting_on_a_decision() {
    let app = TestApp::start().await;
    // Made on 20 May 2026: to be decided by 19 May 2027, and met about by 21 April 2027.
    let (_, plan) = planned(&app).await;
    let worker = app.client(Role::CaseWorker);
    let all = "/v1/reviews?standing=overdue&standing=due_this_term&standing=waiting_on_report&standing=waiting_on_decision";
    app.on("2027-03-01");
    assert_eq!(worker.get(all).await.problem(400)["errors"][0]["code"], "no_such_term");
    assert_eq!(told(&worker.get("/v1/reviews").await.ok()), [("review".into(), json!([]))], "no term is known");
    set_terms(&app).await;
    assert_eq!(told(&worker.get(all).await.ok()), [], "a meeting in the summer term is early enough");
    app.on("2027-03-26");
    assert_eq!(told(&worker.get(all).await.ok()), [("review".into(), json!(["due_this_term"]))], "in the holidays the next term");
    app.on("2027-05-20");
    assert_eq!(told(&worker.get(all).await.ok()), [("review".into(), json!(["overdue"]))]);
    assert_eq!(told(&worker.get("/v1/reviews?standing=due_this_term").await.ok()), []);

    let reviews = format!("/v1/plans/{plan}/reviews");
    let review = worker.post(&reviews, json!({"meetingOn": "2027-05-20"})).await.id();
    let waiting = |what: &str| json!([what]);
    let stands = told(&worker.get(all).await.ok());
    assert!(stands.contains(&("report".into(), waiting("waiting_on_report"))), "{stands:?}");
    assert!(stands.contains(&("decision".into(), waiting("waiting_on_decision"))), "{stands:?}");
    worker.post(&format!("{reviews}/{review}/report"), json!({"reportOn": "2027-05-20"})).await.id();
    let only = worker.get("/v1/reviews?standing=waiting_on_report&standing=waiting_on_decision").await.ok();
    assert_eq!(told(&only), [("decision".into(), waiting("waiting_on_decision"))]);
    app.on("2027-06-18");
    let late = worker.get("/v1/reviews?standing=waiting_on_decision").await.ok();
    assert_eq!(told(&late), [("decision".into(), json!(["overdue", "waiting_on_decision"]))], "four weeks ended on 17 June");
}

#[actix_web::test]
async fn a_school_is_owed_the_list_of_its_reviews_two_weeks_before_the_term() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let (school, worker) = (app.school("900001"), app.client(Role::CaseWorker));
    app.on("2027-03-01");
    assert_eq!(worker.get("/v1/review-lists").await.problem(400)["errors"][0]["code"], "no_such_term");
    set_terms(&app).await;
    let lists = school.get("/v1/review-lists").await.ok();
    let list = &lists["data"][0];
    assert_eq!((&list["setting"], &list["term"]["name"]), (&json!("urn:900001"), &json!("Summer 2027")));
    assert_eq!((&list["sendBy"], &list["state"]), (&json!("2027-03-29"), &Value::Null), "what was sent is for staff");
    let owed = worker.get("/v1/review-lists").await.ok();
    assert_eq!(owed["data"][0]["state"], "running");
    let row = &list["reviews"][0];
    assert_eq!((&row["plan"], &row["meetBy"], &row["dueOn"]), (&json!(plan), &json!("2027-04-21"), &json!("2027-05-19")));
    assert_eq!(school.get("/v1/review-lists?term=2027-01-04").await.ok()["data"], json!([]), "nothing is due this term");
    assert_eq!(app.school("900002").get("/v1/review-lists").await.ok()["data"], json!([]));

    let sending = json!({"term": "2027-04-12", "settings": ["urn:900001"]});
    school.post("/v1/review-lists/sendings", sending.clone()).await.problem(403);
    let unknown = worker.post("/v1/review-lists/sendings", sending.clone()).await.problem(422);
    assert_eq!(unknown["errors"][0]["code"], "unknown_setting");
    let known = json!({"id": "urn:900001", "name": "Example School", "settingType": "academy", "phase": "primary"});
    app.client(Role::Administrator).post("/v1/settings", known).await.ok();
    app.on("2027-03-30");
    let owed = worker.get("/v1/review-lists").await.ok();
    assert_eq!((&owed["data"][0]["state"], &owed["data"][0]["settingName"]), (&json!("overdue"), &json!("Example School")));
    let mut in_time = sending;
    in_time["sentOn"] = json!("2027-03-29");
    let sent = worker.post("/v1/review-lists/sendings", in_time).await;
    assert_eq!((sent.status.as_u16(), &sent.body["settings"]), (201, &json!(1)));
    let list = worker.get("/v1/review-lists?setting=urn:900001").await.ok()["data"][0].clone();
    assert_eq!((&list["state"], &list["sentOn"]), (&json!("met"), &json!("2027-03-29")));

    // Held, it is the authority's to decide and on no list.
    app.on("2027-04-14");
    worker.post(&format!("/v1/plans/{plan}/reviews"), json!({})).await.id();
    assert_eq!(worker.get("/v1/review-lists?term=2027-04-12").await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn a_system_that_keeps_in_step_is_told_of_reviews_that_are_owed_no_longer() {
    let app = TestApp::start().await;
    let (_, plan) = planned(&app).await;
    let school = app.school("900001");
    app.on("2027-02-01");
    let all = school.get("/v1/reviews?since=2014-09-01T00:00:00Z").await.ok();
    assert_eq!(all["data"].as_array().unwrap().len(), 1);
    let mark = |list: &Value| format!("/v1/reviews?since={}", list["since"].as_str().unwrap());
    assert_eq!(school.get(&mark(&all)).await.ok()["data"], json!([]), "nothing changed");
    app.on("2027-02-02");
    let reviews = format!("/v1/plans/{plan}/reviews");
    let review = school.post(&reviews, json!({})).await.id();
    school.post(&format!("{reviews}/{review}/report"), json!({})).await.id();
    let told = school.get(&mark(&all)).await.ok();
    let of = |needs: &str| told["data"].as_array().unwrap().iter().find(|row| row["needs"] == needs).unwrap().clone();
    assert_eq!((&of("report")["owed"], &of("report")["doneOn"]), (&json!(false), &json!("2027-02-02")));
    assert_eq!((&of("decision")["owed"], &of("review")["owed"]), (&json!(true), &json!(true)));
    assert_eq!(school.get(&mark(&told)).await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn terms_that_overlap_or_end_before_they_begin_are_refused_all_at_once() {
    let app = TestApp::start().await;
    let client = app.client(Role::Administrator);
    let terms = json!({"terms": [
        {"from": "2027-01-04", "to": "2026-03-25", "name": "Spring"}, {"from": "2027-04-12", "to": "2027-07-21", "name": "Summer"},
        {"from": "2027-07-21", "to": "2027-12-17", "name": "Autumn"}
    ]});
    let refused = app.call(client.request("PUT".parse().unwrap(), "/v1/terms").set_json(terms)).await.problem(422);
    let told: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(told, ["/terms/0/to", "/terms/2/from"]);
    set_terms(&app).await;
    assert_eq!(app.client(Role::Manager).get("/v1/terms").await.ok()["data"][1]["name"], "Spring 2027");
}

#[actix_web::test]
async fn from_year_9_a_review_considers_adulthood_and_the_share_that_did_is_counted() {
    let app = TestApp::start().await;
    let (case, plan) = planned(&app).await;
    let (worker, manager) = (app.client(Role::CaseWorker), app.client(Role::Manager));
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    // Year 9 begins on 1 September 2026 for those born from 1 September 2012 to 31 August 2013.
    let born = async |day: &str| {
        let identity = json!({"givenName": "Amira", "familyName": "Example", "bornOn": day, "upnUnknown": "UN8"});
        set_identity(&app, &child, identity).await;
    };
    let reviews = format!("/v1/plans/{plan}/reviews");
    let report = |review: &str| format!("{reviews}/{review}/report");
    app.on("2026-09-14");
    born("2013-09-01").await;
    let review = worker.post(&reviews, json!({})).await.id();
    worker.post(&report(&review), json!({"pathways": []})).await.id();
    assert_eq!(review_of(&worker, &plan).await["yearGroup"], 8);

    app.on("2026-09-15");
    born("2013-08-31").await;
    let review = worker.post(&reviews, json!({"childInvolvement": "none"})).await.id();
    let nothing = worker.post(&report(&review), json!({"pathways": []})).await.problem(409);
    assert_eq!(nothing["concerns"][0]["concern"], "adulthood_not_considered");
    let considered =
        json!({"pathways": [{"pathway": "employment", "words": "A day a week at the garden centre."}], "healthCheck": "had"});
    worker.post(&report(&review), considered).await.id();
    app.on("2026-09-16");
    let review = worker.post(&reviews, json!({"childInvolvement": "attended"})).await.id();
    worker.post(&report(&review), json!({"words": "Nothing is told of it."})).await.id();

    let counted = manager.get("/v1/statistics/reviews").await.ok()["lookedAt"].clone();
    assert_eq!((&counted["held"], &counted["fromYear9"], &counted["adulthoodConsidered"]), (&json!(3), &json!(2), &json!(1)));
    assert_eq!(counted["percentageAdulthoodConsidered"], 50.0);
    assert_eq!((&counted["involvementTold"], &counted["childTookPart"]), (&json!(2), &json!(1)));
}

#[actix_web::test]
async fn a_review_of_a_child_under_five_is_to_be_considered_sooner() {
    let app = TestApp::start().await;
    let (case, plan) = planned(&app).await;
    let worker = app.client(Role::CaseWorker);
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    let consider = async |on: &str, born: &str| {
        app.on(on);
        let identity = json!({"givenName": "Amira", "familyName": "Example", "bornOn": born, "upnUnknown": "UN8"});
        set_identity(&app, &child, identity).await;
        let (listed, shown) = (worker.get("/v1/reviews").await.ok(), worker.get(&format!("/v1/plans/{plan}")).await.ok());
        assert_eq!(listed["data"][0]["considerBy"], shown["nextReview"]["considerBy"], "both say the same");
        assert_eq!(shown["nextReview"]["dueOn"], "2027-05-19", "the twelve months stay");
        shown["nextReview"]["considerBy"].clone()
    };
    assert_eq!(consider("2026-05-21", "2021-05-21").await, "2026-11-20", "not five on the day of the plan");
    assert_eq!(consider("2026-05-22", "2021-05-20").await, Value::Null, "five on that day");
}
