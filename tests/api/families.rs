//! What a family does through the API: reads its case in plain words, says what it thinks, and sees who has seen it.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, account, minute, person, relate, with};
use crate::placements::before_the_decision;
use crate::support::{Client, TestApp, staff_id};

async fn progress(client: &Client, case: &str) -> Value {
    client.get(&format!("/v1/cases/{case}/progress")).await.ok()
}

fn awaited<'a>(progress: &'a Value, rule: &str) -> &'a Value {
    progress["awaited"].as_array().unwrap().iter().find(|one| one["rule"] == rule).unwrap_or(&Value::Null)
}

fn happened(progress: &Value) -> Vec<&str> {
    progress["happened"].as_array().unwrap().iter().map(|one| one["words"].as_str().unwrap()).collect()
}

/// A case of a child with a parent, Rana, allocated to a case worker with a team.
async fn a_family(app: &TestApp) -> (String, String, Client) {
    let (case, child) = a_child(app, "Amira", "2017-03-14").await;
    relate(app, &child, with(person("parent", "rana"), json!({"parentalResponsibility": true, "receivesNotices": true}))).await;
    let body = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
    app.client(Role::CaseWorker).post(&format!("/v1/cases/{case}/allocation"), body).await.id();
    (case, child, account(app, "rana"))
}

async fn assessing(app: &TestApp, case: &str) {
    let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    app.client(Role::DecisionMaker).change(case, "assessment-decision", body).await.id();
}

#[actix_web::test]
async fn a_family_is_told_whom_to_ask() {
    let app = TestApp::start().await;
    let admin = app.client(Role::Administrator);
    let team = json!({"name": "Assessments North", "email": "north@havering.example", "telephone": "01708 000002"});
    let team = admin.post("/v1/teams", team).await.id();
    let jo = json!({"name": "Jo Officer", "role": "case_worker", "team": team, "email": "jo@havering.example"});
    let jo = admin.post("/v1/staff", jo).await.id();
    let (case, _, rana) = a_family(&app).await;
    app.on("2026-01-06");
    app.client(Role::CaseWorker).post(&format!("/v1/cases/{case}/allocation"), json!({"caseWorker": jo})).await.id();
    assert_eq!(
        progress(&rana, &case).await["contact"],
        json!({"name": "Jo Officer", "email": "jo@havering.example", "telephone": null, "team": "Assessments North",
               "teamEmail": "north@havering.example", "teamTelephone": "01708 000002"})
    );
}

#[actix_web::test]
async fn a_family_reads_what_has_arrived_what_is_awaited_why_each_date_is_what_it_is_and_why_it_is_late() {
    let app = TestApp::start().await;
    let (case, _, rana) = a_family(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-02-10");
    assessing(&app, &case).await;
    let at = format!("/v1/cases/{case}/advice-requests");
    let of = |giver: &str, body: &str| json!({"giver": giver, "organisation": body, "receivedOn": "2026-02-10"});
    let health = worker.post(&at, of("health", "ods:RF4")).await.id();
    let psychology = worker.post(&at, of("psychology", "local:ep")).await.id();
    app.on("2026-03-10");
    worker.post(&format!("{at}/{health}/progress"), json!({"returnedOn": "2026-03-10", "words": "Advice."})).await.id();
    let late = json!({"reason": "staff_shortage", "expectedOn": "2026-04-17", "words": "Two posts are vacant."});
    worker.post(&format!("{at}/{psychology}/delays"), late).await.id();

    let told = progress(&rana, &case).await;
    assert!(happened(&told).contains(&"The advice of the health service has arrived."), "{told}");
    let advice = awaited(&told, "D-ADV");
    assert_eq!(advice["words"], "An educational psychologist is to give the advice that was asked for.");
    assert_eq!((&advice["dueOn"], &advice["late"]), (&json!("2026-03-24"), &json!(false)));
    assert!(advice["because"][1]["words"].as_str().unwrap().contains("6 weeks"), "{advice}");
    assert!(advice["because"][0]["citation"]["text"].as_str().unwrap().contains("reg. 8"), "{advice}");
    assert_eq!((&advice["lateBecause"], &advice["expectedOn"]), (&json!(["There are too few staff."]), &json!("2026-04-17")));
    assert_eq!(awaited(&told, "D-20W")["dueOn"], "2026-05-25");
    assert_eq!(
        (&told["nextDate"]["on"], &told["nextDate"]["whose"]),
        (&json!("2026-03-24"), &json!("an educational psychologist"))
    );
    for (day, late) in [("2026-03-24", false), ("2026-03-25", true)] {
        app.on(day);
        assert_eq!(awaited(&progress(&rana, &case).await, "D-ADV")["late"], late, "{day}");
    }

    // The twenty weeks pass: the letter about the delay and the exception that was told say why.
    app.on("2026-05-26");
    assert_eq!(awaited(&progress(&rana, &case).await, "D-20W")["lateBecause"], json!([]));
    let letter = json!({"reason": "advice_awaited", "why": "Words.", "awaited": "Words.", "expectedBy": "2026-06-30"});
    worker.post(&format!("/v1/cases/{case}/delay-letters"), letter).await.id();
    let claim = json!({"paragraph": "X13.3c", "from": "2026-04-01", "to": "2026-04-20", "evidence": "Letter."});
    let claim = worker.post(&format!("/v1/cases/{case}/exceptions"), claim).await.id();
    let because = |told: &Value| awaited(told, "D-20W")["lateBecause"].clone();
    assert_eq!(because(&progress(&rana, &case).await), json!(["Advice that was asked for has not come."]), "it was not told yet");
    worker.post(&format!("/v1/cases/{case}/exceptions/{claim}/notification"), json!({})).await.id();
    let told = progress(&rana, &case).await;
    assert!(because(&told)[1].as_str().unwrap().starts_with("The law allows for this: exceptional personal"), "{told}");
    assert_eq!(awaited(&told, "D-20W")["expectedOn"], "2026-06-30");
}

#[actix_web::test]
async fn the_views_of_a_parent_are_the_advice_that_was_asked_of_the_family_and_those_of_the_child_are_not() {
    let app = TestApp::start().await;
    let (case, _, rana) = a_family(&app).await;
    app.on("2026-02-10");
    assessing(&app, &case).await;
    let worker = app.client(Role::CaseWorker);
    worker.post(&format!("/v1/cases/{case}/advice-requests"), json!({"giver": "family"})).await.id();
    let views = format!("/v1/cases/{case}/views");
    let asked = progress(&rana, &case).await["askedOfYou"][0].clone();
    assert_eq!((&asked["action"], &asked["link"], &asked["awaited"]), (&json!("give_views"), &json!(views), &json!(true)));
    let returned = async || worker.get(&format!("/v1/cases/{case}")).await.ok()["advice"][0]["returnedOn"].clone();
    rana.post(&views, json!({"whose": "child", "words": "I like building."})).await.id();
    assert_eq!(returned().await, Value::Null);
    rana.post(&views, json!({"whose": "parent", "words": "She needs calm."})).await.id();
    assert_eq!(returned().await, "2026-02-10");
    assert_eq!(rana.get(&views).await.ok()["data"].as_array().unwrap().len(), 2);
    for wrong in ["young_person", "setting"] {
        rana.post(&views, json!({"whose": wrong, "words": "Words."})).await.problem(422);
    }
    let yesterday = json!({"whose": "parent", "words": "Words.", "on": "2026-02-09"});
    assert_eq!(rana.post(&views, yesterday).await.problem(422)["errors"][0]["code"], "received_today");
}

#[actix_web::test]
async fn who_reads_a_familys_views_is_the_familys_to_say_and_never_another_relative() {
    let app = TestApp::start().await;
    let (case, child, rana) = a_family(&app).await;
    relate(&app, &child, person("parent", "dan")).await;
    let worker = app.client(Role::CaseWorker);
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-01-05", "acknowledge": before_the_decision()});
    worker.post(&format!("/v1/cases/{case}/advice-requests"), asked).await.id();
    let views = format!("/v1/cases/{case}/views");
    rana.post(&views, json!({"whose": "parent", "words": "For all who help."})).await.id();
    rana.post(&views, json!({"whose": "parent", "words": "For you alone.", "visibility": "safeguarding"})).await.id();
    rana.post(&views, json!({"whose": "parent", "words": "No.", "visibility": "internal"})).await.problem(422);
    let psychologist = app.client_of(Role::AdviceGiver, "311", Some("local:ep"), "ep");
    let readers = [(&worker, 2), (&rana, 2), (&psychologist, 1), (&app.school("900001"), 1), (&account(&app, "dan"), 0)];
    for (place, (reader, number)) in readers.into_iter().enumerate() {
        assert_eq!(reader.get(&views).await.ok()["data"].as_array().unwrap().len(), number, "{place}");
    }
    let timeline = account(&app, "dan").get(&format!("/v1/cases/{case}/timeline")).await.text;
    assert!(!timeline.contains("views_given"), "{timeline}");
}

#[actix_web::test]
async fn a_family_answers_the_draft_section_by_section_and_asks_for_a_setting_where_it_is_told_to() {
    let app = TestApp::start().await;
    let case = app.case_with_draft().await;
    let child = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok()["child"].clone();
    relate(&app, child.as_str().unwrap(), person("parent", "rana")).await;
    let rana = account(&app, "rana");
    let told = progress(&rana, &case).await;
    let asked: Vec<_> = told["askedOfYou"].as_array().unwrap().iter().map(|one| (&one["action"], &one["by"])).collect();
    let by = json!("2026-05-04");
    assert_eq!(asked, [(&json!("make_representations"), &by), (&json!("request_setting"), &by)]);
    let link = |place: usize| told["askedOfYou"][place]["link"].as_str().unwrap().to_owned();
    rana.post(&link(0), json!({"sections": {"b": "She tires in the afternoon."}})).await.id();
    rana.post(&link(1), json!({"setting": "urn:900002", "reasons": "Her sister goes there."})).await.id();
    let told = progress(&rana, &case).await;
    assert!(happened(&told).contains(&"You said what you think of the draft."));
    assert!(happened(&told).contains(&"You asked for urn:900002."), "{told}");
    // Whom the authority consults is told to nobody but staff and the setting itself; that an answer is awaited, to the family too.
    let consultation = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/consultations")).await.ok()["data"][0].clone();
    let path = format!("/v1/cases/{case}/consultations/{}/answer", consultation["id"].as_str().unwrap());
    app.school("900001").post(&path, json!({"receivedOn": "2026-04-20"})).await.id();
    let told = progress(&rana, &case).await;
    assert_eq!(awaited(&told, "D-SCHCONS15")["from"], "a setting that was consulted");
    assert!(!told.to_string().contains("900001"), "{told}");
}

#[actix_web::test]
async fn to_ask_for_mediation_starts_the_thirty_days_of_the_authority_and_is_no_contact_with_the_adviser() {
    let app = TestApp::start().await;
    let (case, child, rana) = a_family(&app).await;
    let worker = app.client(Role::CaseWorker);
    app.on("2026-02-10");
    let body = json!({"outcome": "refuse", "reasons": "Words.", "notifiedOn": "2026-02-10", "wayForward":
        [{"support": "Speech work", "from": "the school", "by": "2026-06-01"}]});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", body).await.id();
    let people = worker.get(&format!("/v1/children/{child}/relationships")).await.ok();
    let recipient = json!({"recipient": "family", "relationship": people["data"][0]["id"], "means": "post"});
    let sent = json!({"recipients": [recipient], "sentElsewhere": true, "words": "Words."});
    worker.change(&case, "notices/refusal_to_assess/sending", sent).await.id();
    let told = progress(&rana, &case).await;
    let asked: Vec<_> =
        told["askedOfYou"].as_array().unwrap().iter().map(|one| (&one["action"], &one["by"], &one["words"])).collect();
    let by = json!("2026-04-10");
    assert!(
        asked.contains(&(&json!("ask_mediation"), &by, &json!("You can tell the authority that you want mediation."))),
        "{asked:?}"
    );
    assert!(asked.contains(&(&Value::Null, &by, &json!("You may contact a mediation adviser before appealing."))), "{asked:?}");

    app.on("2026-03-02");
    let path = format!("/v1/cases/{case}/mediation-requests");
    rana.post(&path, json!({"about": "refusal_to_assess", "words": "We want to talk."})).await.id();
    let duties = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    let state = |rule: &str| {
        let found = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == rule).unwrap();
        (found["dueOn"].as_str().unwrap().to_owned(), found["state"].as_str().unwrap().to_owned())
    };
    assert_eq!(state("M-ARR-LA"), ("2026-04-01".into(), "running".into()));
    assert_eq!(state("M-CONTACT"), ("2026-04-10".into(), "running".into()));
    assert!(happened(&progress(&rana, &case).await).contains(&"You asked for mediation about the decision not to assess."));
    app.on("2026-03-30");
    worker.post(&format!("/v1/cases/{case}/mediation-meetings"), json!({"about": "refusal_to_assess"})).await.id();
    assert_eq!(awaited(&progress(&rana, &case).await, "M-ARR-LA"), &Value::Null);
}

#[actix_web::test]
async fn a_young_person_acts_for_themselves_once_an_officer_has_confirmed_it_and_nobody_does_before_compulsory_school_age_is_over()
 {
    let app = TestApp::start().await;
    let amira = app.client(Role::Family);
    let request = |born: &str| json!({"child": {"givenName": "Amira", "familyName": "Example", "bornOn": born}, "requestedBy": "young_person"});
    app.on("2026-06-26");
    let early = amira.post("/v1/requests", request("2010-08-31")).await.problem(422);
    assert_eq!(early["errors"][0]["code"], "not_yet_a_young_person");
    app.on("2026-06-27");
    let case = amira.post("/v1/requests", request("2010-08-31")).await.id();
    let child = amira.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    relate(&app, &child, person("parent", "rana")).await;
    let rana = account(&app, "rana");
    let ask = json!({"setting": "urn:900002"});
    let path = format!("/v1/cases/{case}/setting-requests");
    rana.post(&path, ask.clone()).await.id();

    app.on("2026-07-01");
    let officer = app.client(Role::DecisionMaker);
    officer.get(&format!("/v1/children/{child}")).await.ok();
    let body = json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": true});
    officer.post(&format!("/v1/children/{child}/rights"), body).await.id();
    progress(&rana, &case).await;
    assert_eq!(rana.post(&path, ask.clone()).await.problem(409)["reason"], "young_person_acts");
    let mediation = format!("/v1/cases/{case}/mediation-requests");
    rana.post(&mediation, json!({"about": "no_plan"})).await.problem(409);
    amira.post(&path, ask).await.id();
    amira.post(&mediation, json!({"about": "no_plan"})).await.id();
    amira.post(&format!("/v1/cases/{case}/views"), json!({"whose": "young_person", "words": "I want to cook."})).await.id();
}

#[actix_web::test]
async fn separated_parents_each_read_in_plain_words_what_is_theirs_to_see() {
    let app = TestApp::start().await;
    let (case, child, rana) = a_family(&app).await;
    relate(&app, &child, person("parent", "dan")).await;
    let dan = account(&app, "dan");
    rana.post(&format!("/v1/cases/{case}/views"), json!({"whose": "parent", "words": "Her words."})).await.id();
    rana.post(&format!("/v1/cases/{case}/setting-requests"), json!({"setting": "urn:900002"})).await.id();
    dan.post(&format!("/v1/cases/{case}/mediation-requests"), json!({"about": "refusal_to_assess"})).await.id();
    let (hers, his) = (progress(&rana, &case).await, progress(&dan, &case).await);
    assert!(happened(&hers).contains(&"You gave your views.") && happened(&hers).contains(&"You asked for urn:900002."));
    assert!(!happened(&hers).iter().any(|words| words.contains("mediation")), "{hers}");
    assert!(happened(&his).iter().any(|words| words.starts_with("You asked for mediation")));
    assert!(!his.to_string().contains("views.") && !his.to_string().contains("900002"), "{his}");
    assert!(!his.to_string().contains("rana") && !hers.to_string().contains("dan"));
}

#[actix_web::test]
async fn a_family_sees_who_has_seen_its_information_and_never_what_a_relative_looked_at() {
    let app = TestApp::start().await;
    let (case, child, rana) = a_family(&app).await;
    relate(&app, &child, person("parent", "dan")).await;
    for (at, client) in
        [app.school("900001"), app.client(Role::CaseWorker), account(&app, "dan"), rana.clone()].iter().enumerate()
    {
        minute(&app, "2026-01-06", at as i64);
        client.get(&format!("/v1/cases/{case}")).await.ok();
    }
    minute(&app, "2026-01-06", 10);
    let path = format!("/v1/children/{child}/readers");
    let seen = rana.get(&path).await;
    assert!(!seen.text.contains("dan") && !seen.text.contains("issuer"), "{}", seen.text);
    let rows = seen.ok()["data"].clone();
    let told: Vec<_> = rows.as_array().unwrap().iter().map(|row| (&row["role"], &row["organisation"], &row["you"])).collect();
    assert_eq!(told[0], (&json!("family"), &Value::Null, &json!(true)));
    assert_eq!(told[1], (&json!("case_worker"), &Value::Null, &json!(false)));
    assert_eq!(told[2], (&json!("school"), &json!("urn:900001"), &json!(false)));
    assert_eq!(rows[1]["words"], "A case: where it stands, what happened in it and what is due.");
    assert_eq!(told.iter().filter(|row| *row.0 == "family" && *row.2 == false).count(), 0);
    // To look at the list is to look, and is listed; a page at a time, each row once.
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let page = rana.get(&format!("{path}?limit=2{next}")).await.ok();
        all.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
        match page["nextCursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert!(all.len() > rows.as_array().unwrap().len() && all.is_sorted_by(|one, other| one > other), "{all:?}");
    assert_eq!(rana.get(&path).await.ok()["data"][0]["askedFor"], "see_readers");
    account(&app, "stranger").get(&path).await.problem(404);
    app.school("900001").get(&path).await.problem(403);
}
