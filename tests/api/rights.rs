//! The end of compulsory school age: nobody loses access by the calendar, and from an officer's word the rights are where they belong.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, account, minute, person, relate, sees, with};
use crate::support::TestApp;

/// Born on the last day of August: the rights are theirs from Saturday 27 June 2026, the day after the last Friday in June.
const BORN: &str = "2010-08-31";

async fn confirm(app: &TestApp, child: &str, body: Value) -> Value {
    let officer = app.client(Role::DecisionMaker);
    officer.get(&format!("/v1/children/{child}")).await.ok();
    officer.post(&format!("/v1/children/{child}/rights"), body).await.body
}

#[actix_web::test]
async fn from_the_day_after_the_last_friday_in_june_staff_are_told_to_confirm_the_rights_and_nobody_loses_access() {
    let app = TestApp::start().await;
    let (case, child) = a_child(&app, "Amira", BORN).await;
    relate(&app, &child, person("parent", "rana")).await;
    let (rana, worker) = (account(&app, "rana"), app.client(Role::CaseWorker));
    let paths = [format!("/v1/children/{child}"), format!("/v1/cases/{case}")];
    for (day, since) in [("2026-06-26", Value::Null), ("2026-06-27", json!("2026-06-27"))] {
        app.on(day);
        assert!(sees(&rana, &child).await, "{day}");
        for path in &paths {
            assert_eq!(worker.get(path).await.ok()["rightsToConfirm"], since, "{path} on {day}");
            assert_eq!(rana.get(path).await.ok()["rightsToConfirm"], Value::Null);
        }
    }
    let body = json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": true, "words": "She agrees."});
    confirm(&app, &child, body).await;
    for path in &paths {
        assert_eq!(worker.get(path).await.ok()["rightsToConfirm"], Value::Null);
    }
    assert_eq!(worker.get(&paths[0]).await.ok()["rights"][0]["rights"], json!({"held": "by_young_person"}));
    assert!(!rana.get(&paths[0]).await.text.contains("parentsKeepAccess"));
    assert!(sees(&rana, &child).await);
}

#[actix_web::test]
async fn without_the_young_persons_consent_the_familys_access_ends_on_the_day_confirmed_also_that_by_request() {
    let app = TestApp::start().await;
    let father = app.client(Role::Family);
    let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": BORN});
    let case = father.post("/v1/requests", json!({"child": child, "requestedBy": "parent"})).await.id();
    let child = father.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    relate(&app, &child, person("parent", "rana")).await;
    relate(&app, &child, with(person("social_worker", "sam"), json!({"authority": "311"}))).await;
    relate(&app, &child, person("young_person", "amira")).await;
    let family = [father, account(&app, "rana")];
    app.on("2026-07-01");
    let body = json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": false});
    confirm(&app, &child, body).await;
    for parent in &family {
        assert!(!sees(parent, &child).await);
    }
    assert!(sees(&account(&app, "amira"), &child).await && sees(&account(&app, "sam"), &child).await);
    // Asked again later, she consents.
    app.on("2026-09-01");
    confirm(&app, &child, json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": true})).await;
    for parent in &family {
        assert!(sees(parent, &child).await);
    }
}

#[actix_web::test]
async fn whoever_makes_a_decision_in_the_young_persons_place_keeps_their_access_until_it_is_confirmed_otherwise() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", BORN).await;
    let rana = relate(&app, &child, person("parent", "rana")).await;
    relate(&app, &child, person("parent", "dan")).await;
    app.on("2026-07-01");
    let deputy = |decision: &str| json!({"held": "by_representative", "for": decision, "relationship": rana, "actsAs": "deputy"});
    for (at, decision) in [(1, "appeal"), (2, "setting")] {
        minute(&app, "2026-07-01", at);
        confirm(&app, &child, json!({"rights": deputy(decision), "parentsKeepAccess": false})).await;
        assert!(sees(&account(&app, "rana"), &child).await && !sees(&account(&app, "dan"), &child).await, "{decision}");
    }
    app.on("2026-08-03");
    confirm(&app, &child, json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": false})).await;
    assert!(!sees(&account(&app, "rana"), &child).await);
}

#[actix_web::test]
async fn rights_are_confirmed_by_an_officer_and_not_before_they_pass() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", BORN).await;
    let body = |on: &str| json!({"rights": {"held": "by_young_person"}, "parentsKeepAccess": true, "confirmedOn": on});
    app.on("2026-06-27");
    let early = confirm(&app, &child, body("2026-06-26")).await;
    assert_eq!(early["errors"][0]["code"], "before_young_person");
    assert_eq!(confirm(&app, &child, body("2026-06-28")).await["errors"][0]["code"], "not_happened_yet");
    let of_another =
        json!({"held": "by_representative", "for": "appeal", "relationship": uuid::Uuid::new_v4(), "actsAs": "attorney"});
    let unknown = confirm(&app, &child, json!({"rights": of_another, "parentsKeepAccess": true})).await;
    assert_eq!(unknown["errors"][0]["code"], "unknown_relationship");
    assert!(confirm(&app, &child, body("2026-06-27")).await["id"].is_string());
    let worker = app.client(Role::CaseWorker);
    worker.get(&format!("/v1/children/{child}")).await.ok();
    worker.post(&format!("/v1/children/{child}/rights"), body("2026-06-27")).await.problem(403);
}
