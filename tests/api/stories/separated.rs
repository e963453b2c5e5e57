//! Parents who live apart, the mother at an address the father must not learn: both follow the case to its draft.

use ehc_casework::access::Role;
use serde_json::json;

use super::teller::Story;
use super::told::told;
use crate::support::subject;

#[actix_web::test]
async fn separated_parents_both_follow_the_case_and_neither_learns_where_the_other_lives() {
    let mut story = Story::begin().await;
    let (worker, officer) = (story.case_worker.clone(), story.officer.clone());
    let parent = |name: &str| story.app.client_of(Role::Family, "311", None, name);
    let (mother, father) = (parent("mother"), parent("father"));

    let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "postcode": "RM3 9XX"});
    let request = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001", "reasons": "She is lost in class."});
    story.asked("2026-01-05", &mother, request).await;
    let child = mother.get(&story.case).await.ok()["child"].as_str().unwrap().to_owned();
    let people = format!("/v1/children/{child}/relationships");
    let of = |name: &str, lives_with: bool, street: &str| {
        json!({
            "kind": "parent", "parentalResponsibility": true, "receivesNotices": true, "livesWith": lives_with,
            "hiddenAddress": lives_with, "account": subject(name),
            "contact": {"name": name, "address": [street], "interpreter": !lives_with, "language": "Bengali", "formats": ["large_print"]}
        })
    };
    story.recorded("2026-01-06", &worker, &people, of("mother", true, "3 Refuge Lane")).await;
    story.recorded("2026-01-06", &worker, &people, of("father", false, "9 Market Street")).await;

    let decision =
        json!({"outcome": "assess", "reasons": "The child may need more than a school has.", "notifiedOn": "2026-02-10"});
    story.on("2026-02-10", &officer, "assessment-decision", decision).await;
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-02-11"});
    let advice = story.on("2026-02-11", &worker, "advice-requests", asked).await;
    let returned = json!({"returnedOn": "2026-03-20", "words": "The advice."});
    story.on("2026-03-20", &worker, &format!("advice-requests/{advice}/progress"), returned).await;
    let decision = json!({"outcome": "issue", "reasons": "Only a plan can meet her needs.", "notifiedOn": "2026-04-10"});
    story.on("2026-04-10", &officer, "plan-decision", decision).await;
    story.on("2026-04-13", &worker, "draft-plans", json!({"sections": {"b": "Needs.", "f": "Therapy."}})).await;

    for (who, own, others) in [(&mother, "3 Refuge Lane", "9 Market Street"), (&father, "9 Market Street", "3 Refuge Lane")] {
        let case = who.get(&story.case).await;
        assert_eq!(case.body["draftPlans"][0]["servedOn"], "2026-04-13");
        let mut texts = case.text;
        for path in [format!("/v1/children/{child}"), "/v1/children".into(), format!("{}/timeline", story.case), people.clone()] {
            texts.push_str(&who.get(&path).await.text);
        }
        assert!(texts.contains(own) && !texts.contains(others) && !texts.contains("RM3"), "{texts}");
    }
    assert!(worker.get(&story.case).await.text.contains("RM3 9XX"));

    // Each answers the draft, she through the API and he by a letter; neither reads the other's words, and the officer reads both.
    let hers = json!({"sections": {"b": "She tires in the afternoon."}});
    story.on("2026-04-16", &mother, "representations", hers).await;
    let around = worker.get(&people).await.ok();
    let his = around["data"].as_array().unwrap().iter().find(|row| row["contact"]["name"] == "father").unwrap()["id"].clone();
    let letter = json!({"from": his, "sections": {"f": "An hour a week is too little."}, "on": "2026-04-15"});
    story.on("2026-04-17", &worker, "representations", letter).await;
    let draft = worker.get(&story.case).await.ok()["draftPlans"][0]["id"].as_str().unwrap().to_owned();
    let draft = format!("{}/draft-plans/{draft}", story.case);
    let (to_her, to_him, to_staff) =
        (mother.get(&draft).await.text, father.get(&draft).await.text, worker.get(&draft).await.text);
    assert!(to_her.contains("tires") && !to_her.contains("too little"), "{to_her}");
    assert!(to_him.contains("too little") && !to_him.contains("tires"), "{to_him}");
    assert!(to_staff.contains("tires") && to_staff.contains("too little"), "{to_staff}");

    // An order reaches the authority: from that moment the father sees nothing more, and what stands is unchanged.
    let all = worker.get(&people).await;
    let row = |name: &str| all.body["data"].as_array().unwrap().iter().find(|row| row["contact"]["name"] == *name).cloned();
    let id = row("father").unwrap()["id"].as_str().unwrap().to_owned();
    let mut restricted = of("father", false, "9 Market Street");
    restricted["courtRestriction"] = json!("no_information");
    story.app.on("2026-04-20");
    let change = worker.request("PUT".parse().unwrap(), &format!("{people}/{id}"));
    story.app.call(change.insert_header(("if-match", all.header("etag").unwrap())).set_json(restricted)).await.ok();
    father.get(&story.case).await.problem(404);
    mother.get(&story.case).await.ok();
    insta::assert_snapshot!(told(&story, None).await);
}
