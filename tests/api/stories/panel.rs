//! A fortnightly panel with five cases: a head teacher with an interest, a deferral the law leaves no time for, a package
//! shared with the health body, and an officer who decides otherwise.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::notices::{all_worded, told};
use crate::support::{Client, TestApp, subject};

const HEAD: &str = "panel_member";
const LIMBS: [&str; 2] = ["has_or_may_have_needs", "may_need_plan"];

/// A case of a child of this family name, whose request came on 5 January.
async fn requested(app: &TestApp, family_name: &str) -> String {
    app.on("2026-01-05");
    app.school("900001").ask_for_assessment(family_name).await
}

/// A case in which a plan is to be decided: assessed, with the psychologist's advice back.
async fn assessed(app: &TestApp, family_name: &str) -> String {
    let case = requested(app, family_name).await;
    app.on("2026-02-10");
    let decision = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-10"});
    app.client(Role::DecisionMaker).change(&case, "assessment-decision", decision).await.id();
    let worker = app.client(Role::CaseWorker);
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-02-10"});
    let advice = worker.post(&format!("/v1/cases/{case}/advice-requests"), asked).await.id();
    app.on("2026-03-20");
    let back = json!({"returnedOn": "2026-03-20", "words": "The psychologist's advice."});
    worker.post(&format!("/v1/cases/{case}/advice-requests/{advice}/progress"), back).await.id();
    case
}

fn item<'a>(panel: &'a Value, id: &str) -> &'a Value {
    panel["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()
}

async fn papers(client: &Client, panel: &str, item: &str) -> Option<Vec<Value>> {
    let reply = client.get(&format!("{panel}/items/{item}/papers")).await;
    if reply.status == 404 { None } else { Some(reply.ok()["data"].as_array().unwrap().clone()) }
}

#[actix_web::test]
async fn five_cases_before_a_panel_that_advises_and_officers_who_decide() {
    let app = TestApp::start().await;
    let (worker, officer, head) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker), app.client(Role::PanelMember));
    let nurse = app.client_of(Role::PanelMember, "311", None, "nurse");
    let kind = json!({
        "id": "ehc-panel", "name": "EHC panel", "quorum": {"members": 3, "agencies": ["health"]}, "intervalDays": 14,
        "members": [
            {"member": subject("decision_maker"), "name": "Dana Decider", "agency": "authority"},
            {"member": subject(HEAD), "name": "Hari Head", "agency": "school"},
            {"member": subject("nurse"), "name": "Nour Nurse", "agency": "health"},
            {"member": subject("social"), "name": "Sasha Social", "agency": "social_care"}
        ]
    });
    let request = app.client(Role::Administrator).request(actix_web::http::Method::PUT, "/v1/panel-kinds").set_json(kind);
    app.call(request).await.ok();

    let (alpha, beta) = (requested(&app, "Alpha").await, requested(&app, "Beta").await);
    let (gamma, delta, epsilon) = (assessed(&app, "Gamma").await, assessed(&app, "Delta").await, assessed(&app, "Epsilon").await);

    // The panel meets on 12 May; the next would be on the 26th, and twenty weeks from 5 January end on the 25th.
    app.on("2026-05-05");
    let panel = worker.post("/v1/panels", json!({"kind": "ehc-panel", "meetsOn": "2026-05-12"})).await.id();
    let panel = format!("/v1/panels/{panel}");
    let mut items = Vec::new();
    for (case, why, question, cost) in [
        (&alpha, "complex", "assess", None),
        (&beta, "multi_agency", "assess", None),
        (&gamma, "joint_funding", "plan", Some(48_000)),
        (&delta, "risk_if_late", "plan", Some(12_500)),
        (&epsilon, "complex", "plan", None),
    ] {
        let body = json!({"case": case, "why": [why], "question": question, "yearlyCost": cost});
        let item = worker.post(&format!("{panel}/items"), body).await.id();
        let timeline = worker.get(&format!("/v1/cases/{case}/timeline")).await.ok();
        let papers: Vec<_> = timeline["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| ["request_received", "advice_returned"].contains(&entry["kind"].as_str().unwrap()))
            .map(|entry| entry["id"].clone())
            .collect();
        worker.post(&format!("{panel}/items/{item}/papers"), json!({"entries": papers})).await.id();
        items.push(item);
    }
    let turns: Vec<_> = items
        .iter()
        .zip(["09:30", "09:50", "10:10", "10:40", "11:00"])
        .map(|(item, at)| json!({"item": item, "startsAt": at}))
        .collect();
    worker.post(&format!("{panel}/agenda"), json!({"items": turns})).await.id();

    let seen = worker.get(&panel).await.ok();
    assert_eq!(seen["yearlyCost"], 60_500);
    let missed: Vec<_> =
        item(&seen, &items[3])["duties"].as_array().unwrap().iter().filter(|duty| duty["missedIfDeferred"] == true).collect();
    assert!(missed.iter().any(|duty| duty["rule"] == "D-20W" && duty["dueOn"] == "2026-05-25"), "{missed:?}");

    // The head teacher knows the second child: they lose the papers and the child, and only those.
    assert_eq!(papers(&head, &panel, &items[1]).await.map(|papers| papers.len()), Some(1));
    let words = json!({"words": "The child is at my school."});
    head.post(&format!("{panel}/items/{}/conflicts", items[1]), words.clone()).await.id();
    assert_eq!(papers(&head, &panel, &items[1]).await, None);
    assert_eq!(head.post(&format!("{panel}/items/{}/conflicts", items[1]), words).await.status, 404);
    assert_eq!(papers(&nurse, &panel, &items[1]).await.map(|papers| papers.len()), Some(1));
    assert_eq!(head.get(&panel).await.ok()["items"].as_array().unwrap().len(), 4);
    let page = head.get(&format!("{panel}/agenda")).await;
    assert!(page.status.is_success() && page.text.contains("Alpha") && !page.text.contains("Beta"));
    head.get(&format!("/v1/cases/{alpha}")).await.problem(403);

    app.on("2026-05-12");
    let advise = |client: Client, item: String, body: Value| {
        let path = format!("{panel}/items/{item}/recommendation");
        async move { client.post(&path, body).await }
    };
    // Nobody has said yet who came: the authority's own rule is not met.
    let assess = json!({"recommendation": "assess", "reasons": "Both limbs are met on the papers.", "met": LIMBS});
    let refused = advise(worker.clone(), items[0].clone(), assess.clone()).await.problem(422);
    assert_eq!(refused["errors"][0]["pointer"], "/withoutQuorumBecause");
    let came = json!({"present": [subject("decision_maker"), subject(HEAD), subject("nurse")], "apologies": [subject("social")]});
    worker.post(&format!("{panel}/attendance"), came).await.id();

    // In the room: the officer sits on the panel and decides with its advice, in one call.
    let mut both = assess.clone();
    both["decision"] = json!({"outcome": "assess", "reasons": "Both limbs are met.", "notifiedOn": "2026-05-12"});
    advise(officer.clone(), items[0].clone(), both).await.id();
    assert_eq!(worker.get(&format!("/v1/cases/{alpha}")).await.ok()["assessmentDecision"]["panelItem"], json!(items[0]));

    // Without the head teacher, two are left for the second case.
    let mut short = json!({
        "recommendation": "refuse", "reasons": "The school has not yet used what it has.", "met": [LIMBS[0]], "notMet": [LIMBS[1]],
        "dissent": [{"member": subject("nurse"), "why": "Health has seen enough."}]
    });
    let refused = advise(worker.clone(), items[1].clone(), short.clone()).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "no_quorum");
    short["withoutQuorumBecause"] = json!("The family should not wait for another fortnight.");
    advise(worker.clone(), items[1].clone(), short).await.id();

    // Shares add up, or are told.
    let mut joint = json!({
        "recommendation": "issue", "reasons": "Nursing care in school all day.", "met": ["plan_necessary"],
        "shares": [{"agency": "education", "percent": 60}, {"agency": "health", "percent": 30}], "healthAgreed": true
    });
    let refused = advise(worker.clone(), items[2].clone(), joint.clone()).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "shares_not_100");
    joint["shares"][1]["percent"] = json!(40);
    advise(worker.clone(), items[2].clone(), joint).await.id();

    let defer = json!({"recommendation": "defer", "reasons": "The cost of the placement is not known.", "missing": ["costs"]});
    advise(worker.clone(), items[3].clone(), defer).await.id();
    let no_plan = json!({"recommendation": "no_plan", "reasons": "The school can meet the needs.", "notMet": ["plan_necessary"]});
    advise(worker.clone(), items[4].clone(), no_plan).await.id();
    worker.post(&format!("{panel}/minutes"), json!({"words": "The nurse joined by telephone."})).await.id();
    worker
        .post(&format!("{panel}/items/{}/minutes", items[2]), json!({"words": "The health body's letter of 6 May was read."}))
        .await
        .id();
    worker.post(&format!("{panel}/closing"), json!({})).await.id();
    let late = worker.post(&format!("{panel}/minutes"), json!({"words": "Anew."})).await.problem(409);
    assert_eq!(late["reason"], "meeting_closed");

    // Officers decide: as advised, between meetings without an item because the law does not wait, and otherwise than advised.
    app.on("2026-05-13");
    let decide = |case: String, step: &'static str, body: Value| {
        let officer = officer.clone();
        async move { officer.change(&case, step, body).await }
    };
    let body = json!({"outcome": "refuse", "reasons": "As the panel found.", "panelItem": items[1], "notifiedOn": "2026-05-13"});
    decide(beta.clone(), "assessment-decision", body).await.id();
    let body = json!({"outcome": "issue", "reasons": "Needs a plan.", "panelItem": items[2]});
    decide(gamma.clone(), "plan-decision", body).await.id();
    decide(delta.clone(), "plan-decision", json!({"outcome": "issue", "reasons": "Week 20 is before the next panel."}))
        .await
        .id();
    let mut otherwise = json!({"outcome": "issue", "reasons": "The therapy needs a plan.", "panelItem": items[4]});
    let refused = decide(epsilon.clone(), "plan-decision", otherwise.clone()).await.problem(422);
    assert_eq!(refused["errors"][0]["pointer"], "/differsBecause");
    otherwise["differsBecause"] = json!("The school's own funds do not reach to daily therapy.");
    decide(epsilon.clone(), "plan-decision", otherwise).await.id();

    // Each family has its letter, with the days that count for it; the three plans are sent before week 20 is over.
    all_worded(&app).await;
    let mut letters = vec![("Beta", letter(&app, &beta, "refusal_to_assess").await)];
    for (name, case) in [("Gamma", &gamma), ("Delta", &delta), ("Epsilon", &epsilon)] {
        letters.extend(plan_sent(&app, case, name == "Gamma").await.map(|letter| (name, letter)));
    }
    let alphas = worker.get(&format!("/v1/cases/{alpha}/deadlines")).await.ok();
    assert!(alphas["deadlines"].as_array().unwrap().iter().all(|duty| duty["rule"] != "AP-1"), "nothing to appeal against");
    insta::assert_json_snapshot!("each_familys_letters", letters);
    let on_time = |case: &str| {
        let (manager, path) = (app.client(Role::Manager), format!("/v1/cases/{case}/deadlines"));
        async move {
            let duties = manager.get(&path).await.ok();
            let of = duties["deadlines"].as_array().unwrap().iter().find(|duty| duty["rule"] == "D-20W").unwrap().clone();
            (of["dueOn"].clone(), of["metOn"].clone(), of["state"].clone())
        }
    };
    assert_eq!(on_time(&delta).await, (json!("2026-05-25"), json!("2026-05-22"), json!("met")));

    // After closing, what was wrong is put right beside it, and the past stays as it was known.
    app.on("2026-05-23");
    let timeline = worker.get(&format!("{panel}/timeline")).await.ok();
    let added = timeline["data"].as_array().unwrap().iter().find(|entry| entry["facts"]["item"] == json!(items[3])).unwrap();
    let correction = json!({"of": added["id"], "set": {"yearlyCost": 12_000}, "why": "The quotation had been misread."});
    worker.post(&format!("{panel}/corrections"), correction).await.id();
    assert_eq!(worker.get(&panel).await.ok()["yearlyCost"], 60_000);
    assert_eq!(worker.get(&format!("{panel}?asOf=2026-05-22")).await.ok()["yearlyCost"], 60_500);

    let minutes = worker.get(&format!("{panel}/minutes")).await;
    assert_eq!(minutes.header("cache-control"), Some("no-store"));
    let html = minutes.text.clone();
    assert!(!html.contains("<script"));
    insta::assert_snapshot!(in_lines(&html));

    // Members keep the papers for twenty-eight days from the closing on 12 May, and not one longer.
    app.on("2026-06-08");
    assert_eq!(papers(&nurse, &panel, &items[0]).await.map(|papers| papers.len()), Some(1));
    app.on("2026-06-09");
    assert_eq!(papers(&nurse, &panel, &items[0]).await, None);
    assert_eq!(nurse.get(&panel).await.ok()["items"], json!([]));

    let counted = app.client(Role::Manager).get("/v1/statistics/panels?from=2026-01-01&to=2026-12-31").await.ok();
    let line = &counted["data"][0];
    assert_eq!((&line["kind"], &line["meetings"], &line["items"]), (&json!("ehc-panel"), &json!(1), &json!(5)));
    assert_eq!((&line["deferrals"], &line["missing"]), (&json!(1), &json!({"costs": 1})));
    assert_eq!((&line["decisions"], &line["decisionsThatDiffer"]), (&json!(4), &json!(1)));
    assert_eq!(line["medianDaysToDecision"], 8.0);
}

/// A notice is composed, sent to the family that day, and read by it: what it is, and the days it tells.
async fn letter(app: &TestApp, case: &str, kind: &str) -> Value {
    let worker = app.client(Role::CaseWorker);
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    let account = format!("parent-of-{case}");
    let family = app.client_of(Role::Family, "311", None, &account);
    let people = worker.get(&format!("/v1/children/{child}/relationships")).await.ok();
    if people["data"].as_array().unwrap().is_empty() {
        let parent = json!({
            "kind": "parent", "parentalResponsibility": true, "livesWith": true, "receivesNotices": true,
            "account": subject(&account), "contact": {"name": "Parent", "address": ["1 Example Road"]}
        });
        worker.post(&format!("/v1/children/{child}/relationships"), parent).await.id();
    }
    let composed = worker.get(&format!("/v1/cases/{case}/notices/{kind}")).await.ok();
    assert_eq!(composed["missing"], json!([]), "{kind}");
    let recipients = composed["recipients"].as_array().unwrap();
    let parent = recipients.iter().find(|one| one["recipient"] == "family").unwrap()["relationship"].clone();
    let body = json!({"recipients": [{"recipient": "family", "relationship": parent, "means": "post"}]});
    let notice = worker.change(case, &format!("notices/{kind}/sending"), body).await.id();

    let read = family.get(&format!("/v1/cases/{case}/sent-notices/{notice}")).await.ok();
    let days = ["AP-1", "M-CONTACT", "D-REPS15"].into_iter().filter(|rule| read["letter"].to_string().contains(rule));
    let days: serde_json::Map<_, _> = days.map(|rule| (rule.to_owned(), told(&read, rule))).collect();
    let due: Vec<_> = recipients.iter().map(|one| one["recipient"].clone()).collect();
    json!({"title": read["letter"]["title"], "dated": read["dated"], "days": days, "dueTo": due})
}

/// The family is told of the plan, reads the draft, has nothing to add, and the plan follows: the letters of the draft and the plan.
async fn plan_sent(app: &TestApp, case: &str, with_health: bool) -> impl Iterator<Item = Value> {
    let worker = app.client(Role::CaseWorker);
    app.on("2026-05-13");
    worker.change(case, "plan-decision/notification", json!({})).await.id();
    let mut sections = json!({"b": "Needs.", "e": "Outcomes.", "f": "Provision."});
    let draft = worker.change(case, "draft-plans", json!({"sections": sections})).await.id();
    let consulted = json!({"settings": [{"setting": "urn:900001"}]});
    worker.post(&format!("/v1/cases/{case}/consultations"), consulted).await.id();
    let of_draft = letter(app, case, "draft_plan").await;

    app.on("2026-05-20");
    let family = app.client_of(Role::Family, "311", None, &format!("parent-of-{case}"));
    let body = json!({"draft": draft, "sections": {"b": "That is him."}, "complete": true});
    family.post(&format!("/v1/cases/{case}/representations"), body).await.id();
    if with_health {
        sections["g"] = json!("A nurse in school all day.");
        let agreed = json!({"healthBody": "ods:QMF", "words": "Two fifths of the nurse."});
        worker.post(&format!("/v1/cases/{case}/health-agreements"), agreed).await.id();
    }
    app.on("2026-05-22");
    let body = json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": sections});
    let sent = worker.change(case, "final-plan", body).await;
    assert_eq!(sent.body["concerns"], json!([]), "{}", sent.text);
    sent.id();
    [of_draft, letter(app, case, "final_plan").await].into_iter()
}

/// The page's text, one line for each block.
fn in_lines(html: &str) -> String {
    let body = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        let blocks = ["h1", "h2", "dt", "tr", "p", "li", "caption", "section"];
        if blocks.iter().any(|block| tag == *block || tag.starts_with(&format!("{block} "))) {
            text.push('\n');
        } else if tag.starts_with("dd") || tag.starts_with("td") || tag.starts_with("th") {
            text.push_str(" | ");
        }
        text.push_str(words);
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
