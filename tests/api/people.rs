//! Who around a child sees what: several children, never another's contact, nothing once a court or the calendar says so.

use ehc_casework::access::Role;
use ehc_casework::db::Fences;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, at, subject};

/// The day's nth minute after nine: what is recorded on one day is recorded one after the other.
pub fn minute(app: &TestApp, day: &str, minute: i64) {
    app.clock.set(at(day) + chrono::TimeDelta::minutes(minute));
}

pub fn account(app: &TestApp, name: &str) -> Client {
    app.client_of(Role::Family, "311", None, name)
}

/// A child of the school 900001, born on this day, living at RM1 0CC; gives the case and the child.
pub async fn a_child(app: &TestApp, given_name: &str, born_on: &str) -> (String, String) {
    let child = json!({"givenName": given_name, "familyName": "Example", "bornOn": born_on, "postcode": "RM1 0CC"});
    let case = app.school("900001").post("/v1/requests", json!({"child": child, "requestedBy": "school"})).await.id();
    let child = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    (case, child)
}

/// A relationship with an account of this name, who lives at an address only they have.
pub fn person(kind: &str, name: &str) -> Value {
    json!({
        "kind": kind, "account": subject(name),
        "contact": {"name": name, "email": format!("{name}@example.org"), "address": [format!("{name} Street")]}
    })
}

pub fn with(mut body: Value, more: Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

pub async fn relate(app: &TestApp, child: &str, body: Value) -> String {
    app.client(Role::CaseWorker).post(&format!("/v1/children/{child}/relationships"), body).await.id()
}

/// Reads the list and then sends the relationship anew, as a case worker would.
async fn change(app: &TestApp, child: &str, id: &str, body: Value) {
    let (worker, path) = (app.client(Role::CaseWorker), format!("/v1/children/{child}/relationships"));
    let read = worker.get(&path).await;
    let etag = read.header("etag").unwrap().to_owned();
    let request = worker.request("PUT".parse().unwrap(), &format!("{path}/{id}")).insert_header(("if-match", etag));
    app.call(request.set_json(body)).await.ok();
}

pub async fn sees(client: &Client, child: &str) -> bool {
    let (one, list) = (client.get(&format!("/v1/children/{child}")).await, client.get("/v1/children").await.ok());
    let listed = list["data"].as_array().unwrap().iter().any(|line| line["id"] == *child);
    assert_eq!(one.status.is_success(), listed);
    listed
}

#[actix_web::test]
async fn a_parent_sees_each_of_their_children_and_of_the_people_around_them_only_themselves() {
    let app = TestApp::start().await;
    let (case, amira) = a_child(&app, "Amira", "2017-03-14").await;
    let (_, ben) = a_child(&app, "Ben", "2019-11-02").await;
    let (_, other) = a_child(&app, "Other", "2018-01-01").await;
    for child in [&amira, &ben] {
        relate(&app, child, with(person("parent", "rana"), json!({"parentalResponsibility": true}))).await;
    }
    relate(&app, &amira, person("grandparent", "gran")).await;
    let social = with(person("social_worker", "sam"), json!({"authority": "309", "account": null}));
    relate(&app, &amira, social).await;

    let rana = account(&app, "rana");
    assert!(sees(&rana, &amira).await && sees(&rana, &ben).await && !sees(&rana, &other).await);
    rana.get(&format!("/v1/cases/{case}")).await.ok();
    let own = rana.get(&format!("/v1/children/{amira}/relationships")).await;
    for hidden in ["gran", "sam", "309", "social"] {
        assert!(!own.text.contains(hidden), "{hidden}: {}", own.text);
    }
    assert_eq!(own.ok()["data"][0]["contact"]["address"], json!(["rana Street"]));
    assert!(!sees(&account(&app, "gran"), &ben).await);

    let all = app.client(Role::Manager).get(&format!("/v1/children/{amira}/relationships")).await.ok();
    assert_eq!(all["data"].as_array().unwrap().iter().map(|p| p["kind"].clone()).collect::<Vec<_>>().len(), 3);
    for (role, organisation) in [(Role::School, "urn:900001"), (Role::AdviceGiver, "local:ep-service")] {
        let client = app.client_of(role, "311", Some(organisation), "somebody");
        assert_eq!(client.get(&format!("/v1/children/{amira}/relationships")).await.problem(403)["code"], "not_permitted");
    }
    account(&app, "stranger").get(&format!("/v1/children/{amira}/relationships")).await.problem(404);
}

#[actix_web::test]
async fn access_lasts_from_the_first_day_to_the_last() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let carer = with(person("foster_carer", "carer"), json!({"from": "2026-02-01", "to": "2026-03-01"}));
    relate(&app, &child, carer).await;
    let carer = account(&app, "carer");
    for (day, expected) in [("2026-01-31", false), ("2026-02-01", true), ("2026-02-28", true), ("2026-03-01", false)] {
        app.on(day);
        assert_eq!(sees(&carer, &child).await, expected, "{day}");
    }
}

#[actix_web::test]
async fn ending_a_relationship_ends_access_at_once() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let id = relate(&app, &child, person("foster_carer", "carer")).await;
    let carer = account(&app, "carer");
    assert!(sees(&carer, &child).await);
    minute(&app, "2026-01-05", 1);
    let path = format!("/v1/children/{child}/relationships/{id}/end");
    app.client(Role::CaseWorker).post(&path, json!({"reasons": "The placement ended."})).await.id();
    assert!(!sees(&carer, &child).await);
    assert_eq!(app.client(Role::CaseWorker).post(&path, json!({})).await.problem(409)["reason"], "already_recorded");
    let all = app.client(Role::CaseWorker).get(&format!("/v1/children/{child}/relationships")).await.ok();
    assert_eq!(all["data"][0]["endedOn"], "2026-01-05");
}

#[actix_web::test]
async fn a_courts_restriction_ends_every_access_of_the_account_until_it_is_lifted() {
    let app = TestApp::start().await;
    let father = app.client(Role::Family);
    let body = json!({"child": {"givenName": "Ben", "familyName": "Sample", "bornOn": "2019-11-02"}, "requestedBy": "parent"});
    let case = father.post("/v1/requests", body).await.id();
    let child = father.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    let known = person("parent", "family");
    let id = relate(&app, &child, known.clone()).await;
    assert!(sees(&father, &child).await);

    // An order that reserves steps to the court takes nothing from what he may know.
    minute(&app, "2026-01-05", 1);
    change(&app, &child, &id, with(known.clone(), json!({"courtRestriction": "prohibited_steps"}))).await;
    assert!(sees(&father, &child).await);

    minute(&app, "2026-01-05", 2);
    let words = "Order of 4 January, on paper file.";
    let restricted = with(known.clone(), json!({"courtRestriction": "no_information", "restrictionWords": words}));
    change(&app, &child, &id, restricted).await;
    assert!(!sees(&father, &child).await);
    father.get(&format!("/v1/cases/{case}")).await.problem(404);
    let told = app.client(Role::CaseWorker).get(&format!("/v1/children/{child}/relationships")).await.ok();
    assert_eq!(told["data"][0]["restrictionWords"], words);

    // The end of the relationship lifts nothing: his own request does not let him in again.
    app.on("2026-01-06");
    app.client(Role::CaseWorker).post(&format!("/v1/children/{child}/relationships/{id}/end"), json!({})).await.id();
    assert!(!sees(&father, &child).await);
    minute(&app, "2026-01-06", 1);
    change(&app, &child, &id, known).await;
    assert!(sees(&father, &child).await);
}

#[actix_web::test]
async fn whoever_asked_stops_seeing_the_child_once_they_are_nothing_to_them() {
    let app = TestApp::start().await;
    let carer = app.client(Role::Family);
    let body = json!({"child": {"givenName": "Ben", "familyName": "Sample", "bornOn": "2019-11-02"}, "requestedBy": "parent"});
    let case = carer.post("/v1/requests", body).await.id();
    let child = carer.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    relate(&app, &child, with(person("foster_carer", "family"), json!({"to": "2026-02-02"}))).await;
    app.on("2026-02-01");
    assert!(sees(&carer, &child).await);
    app.on("2026-02-02");
    assert!(!sees(&carer, &child).await);
}

/// Every answer that says who the child is, to this caller.
async fn answers(client: &Client, case: &str, child: &str) -> String {
    let mut texts = String::new();
    for path in [
        format!("/v1/cases/{case}"),
        format!("/v1/cases/{case}?asOf=2026-01-05T09:00:00Z"),
        format!("/v1/cases/{case}/timeline"),
        format!("/v1/children/{child}"),
        "/v1/children".to_owned(),
        "/v1/cases".to_owned(),
        "/v1/events".to_owned(),
    ] {
        texts.push_str(&client.get(&path).await.text);
    }
    texts.push_str(&client.post("/v1/children/search", json!({"familyName": "Exa"})).await.text);
    texts
}

pub async fn a_hidden_address_stays_with_staff(fences: Fences) {
    let app = TestApp::start_with(fences).await;
    let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
    relate(&app, &child, person("parent", "dan")).await;
    let readers = [account(&app, "dan"), account(&app, "rana"), app.school("900001")];
    minute(&app, "2026-01-05", 1);
    assert!(answers(&readers[0], &case, &child).await.contains("RM1 0CC"), "nothing is hidden yet");
    let mother = with(person("parent", "rana"), json!({"livesWith": true, "hiddenAddress": true}));
    let id = relate(&app, &child, mother.clone()).await;
    minute(&app, "2026-01-05", 2);
    for reader in &readers {
        let told = answers(reader, &case, &child).await;
        assert!(told.contains("Amira") && !told.contains("RM1"), "{told}");
    }
    assert_eq!(answers(&app.client(Role::CaseWorker), &case, &child).await.matches("RM1 0CC").count(), 5);
    // Once it is not hidden any more, it is shown again.
    change(&app, &child, &id, with(mother, json!({"hiddenAddress": false}))).await;
    assert!(answers(&readers[0], &case, &child).await.contains("RM1 0CC"));
}

#[actix_web::test]
async fn a_hidden_address_is_for_staff_alone_in_every_answer() {
    a_hidden_address_stays_with_staff(Fences::Both).await;
}

#[actix_web::test]
async fn a_young_persons_own_account_begins_with_the_day_after_compulsory_school_age() {
    let app = TestApp::start().await;
    app.on("2026-03-02");
    // Sixteen on the last day of August: the last Friday in June is the 26th.
    let (_, child) = a_child(&app, "Amira", "2010-08-31").await;
    let early = with(person("young_person", "amira"), json!({"from": "2026-06-26"}));
    let path = format!("/v1/children/{child}/relationships");
    let refused = app.client(Role::CaseWorker).post(&path, early).await.problem(422);
    assert_eq!(refused["errors"][0]["code"], "before_young_person");
    relate(&app, &child, person("young_person", "amira")).await;
    let amira = account(&app, "amira");
    app.on("2026-06-26");
    assert!(!sees(&amira, &child).await);
    app.on("2026-06-27");
    assert!(sees(&amira, &child).await);
}

#[actix_web::test]
async fn a_relationship_says_what_it_must() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let path = format!("/v1/children/{child}/relationships");
    let worker = app.client(Role::CaseWorker);
    let wrong = [
        (with(person("social_worker", "sam"), json!({"from": "2026-02-02", "to": "2026-02-01"})), "/authority"),
        (with(person("parent", "dan"), json!({"from": "2026-02-02", "to": "2026-02-01"})), "/to"),
        (with(person("parent", "dan"), json!({"restrictionWords": "An order."})), "/restrictionWords"),
    ];
    for (body, pointer) in wrong {
        assert_eq!(worker.post(&path, body).await.problem(422)["errors"][0]["pointer"], pointer);
    }
    let nothing = format!("{path}/{}/end", uuid::Uuid::new_v4());
    assert_eq!(worker.post(&nothing, json!({})).await.problem(404)["code"], "not_found");
}
