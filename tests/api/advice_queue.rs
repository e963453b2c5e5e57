//! The queue of a service: what is in it, for whom, how old it is, and what it adds up to.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Two cases that are assessed from 11 February 2026 on.
struct Queue {
    app: TestApp,
    worker: Client,
    cases: [String; 2],
}

impl Queue {
    async fn begun() -> Self {
        let app = TestApp::start().await;
        let school = app.school("900001");
        let mut cases = Vec::new();
        for name in ["Example", "Another"] {
            cases.push(school.ask_for_assessment(name).await);
        }
        app.on("2026-02-11");
        for case in &cases {
            let body = json!({"outcome": "assess", "reasons": "The legal test is met.", "notifiedOn": "2026-02-11"});
            app.client(Role::DecisionMaker).change(case, "assessment-decision", body).await.id();
        }
        let worker = app.client(Role::CaseWorker);
        Self { app, worker, cases: cases.try_into().unwrap() }
    }

    async fn asked(&self, case: usize, body: Value) -> String {
        self.worker.post(&format!("/v1/cases/{}/advice-requests", self.cases[case]), body).await.id()
    }

    /// Advice of the psychology service, received on a day.
    async fn psychology(&self, case: usize, received_on: &str) -> String {
        let body = json!({"giver": "psychology", "organisation": "local:ep-service", "requestedOn": "2026-02-11", "receivedOn": received_on});
        self.asked(case, body).await
    }

    async fn step(&self, case: usize, advice: &str, step: &str, body: Value) {
        self.worker.post(&format!("/v1/cases/{}/advice-requests/{advice}/{step}", self.cases[case]), body).await.id();
    }

    fn of(&self, organisation: &str) -> Client {
        self.app.client_of(Role::AdviceGiver, "311", Some(organisation), "advice-giver")
    }

    async fn lines(&self, query: &str) -> Vec<Value> {
        lines(&self.worker, query).await
    }

    async fn ids(&self, query: &str) -> Vec<String> {
        ids(&self.lines(query).await)
    }

    async fn counts(&self, query: &str) -> Value {
        self.worker.get(&format!("/v1/statistics/advice{query}")).await.ok()["data"].clone()
    }
}

async fn lines(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/v1/advice-requests{query}")).await.ok()["data"].as_array().unwrap().clone()
}

fn ids(lines: &[Value]) -> Vec<String> {
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn each_line_says_who_what_until_when_how_old_by_whom_chased_and_why_late() {
    let queue = Queue::begun().await;
    let body = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-11", "words": "Please see the child in class."});
    let advice = queue.asked(0, body).await;
    queue.app.on("2026-02-16");
    let body = json!({"name": "Dr Sam Example", "employment": "employed", "visitOn": "2026-03-10"});
    queue.step(0, &advice, "allocation", body).await;
    queue.app.on("2026-03-10");
    queue.step(0, &advice, "visits", json!({})).await;
    queue.app.on("2026-03-25");
    queue.step(0, &advice, "chasers", json!({"means": "email", "on": "2026-03-18"})).await;
    queue.step(0, &advice, "chasers", json!({"means": "telephone", "words": "Left word."})).await;
    queue.step(0, &advice, "delays", json!({"reason": "staff_shortage", "expectedOn": "2026-04-10"})).await;
    queue.app.on("2026-03-27");
    let case = queue.worker.get(&format!("/v1/cases/{}", queue.cases[0])).await.ok();
    let expected = json!({
        "id": advice, "case": queue.cases[0], "reference": case["reference"], "child": case["child"],
        "givenName": "Amira", "familyName": "Example", "service": "psychology", "specialism": null,
        "organisation": "local:ep-service", "words": "Please see the child in class.", "state": "overdue",
        "requestedOn": "2026-02-11", "receivedOn": "2026-02-11", "dueOn": "2026-03-25", "ageDays": 44, "daysLeft": -2,
        "allocatedTo": {"name": "Dr Sam Example", "organisation": "local:ep-service", "on": "2026-02-16", "visitOn": "2026-03-10"},
        "visitedOn": "2026-03-10", "signedOffOn": null,
        "chased": {"times": 2, "lastOn": "2026-03-25", "lastBy": "telephone"},
        "late": {"reason": "staff_shortage", "expectedOn": "2026-04-10"}, "answer": null, "answeredOn": null, "sentBackOn": null
    });
    assert_eq!(queue.lines("").await, std::slice::from_ref(&expected));
    assert_eq!(lines(&queue.of("local:ep-service"), "").await, [expected]);
}

#[actix_web::test]
async fn a_request_is_overdue_from_the_day_after_it_was_due() {
    let queue = Queue::begun().await;
    queue.psychology(0, "2026-02-11").await;
    let stands = async |day: &str| {
        queue.app.on(day);
        let line = &queue.lines("").await[0];
        (line["state"].as_str().unwrap().to_owned(), line["daysLeft"].as_i64().unwrap(), line["ageDays"].as_i64().unwrap())
    };
    assert_eq!(stands("2026-03-25").await, ("outstanding".into(), 0, 42));
    assert_eq!(stands("2026-03-26").await, ("overdue".into(), -1, 43));
}

#[actix_web::test]
async fn a_service_sees_only_what_its_organisation_was_asked_also_of_the_same_child() {
    let queue = Queue::begun().await;
    let own = queue.psychology(0, "2026-02-11").await;
    let theirs = queue.asked(0, json!({"giver": "health", "organisation": "ods:RF4"})).await;
    assert_eq!(ids(&lines(&queue.of("local:ep-service"), "").await), std::slice::from_ref(&own));
    assert_eq!(ids(&lines(&queue.of("ods:RF4"), "").await), std::slice::from_ref(&theirs));
    assert!(lines(&queue.of("local:other"), "").await.is_empty());
    let schools = queue.asked(0, json!({"giver": "education", "organisation": "urn:900001"})).await;
    assert_eq!(ids(&lines(&queue.app.school("900001"), "").await), [schools]);
    for role in [Role::Family, Role::PanelMember, Role::Auditor] {
        queue.app.client(role).get("/v1/advice-requests").await.problem(403);
    }

    // A locum's organisation has it in its queue from the day one of its people is named.
    let body = json!({"name": "Dr Sam Example", "employment": "locum", "organisation": "local:locums"});
    queue.step(0, &own, "allocation", body).await;
    assert_eq!(ids(&lines(&queue.of("local:locums"), "").await), [own]);
    assert_eq!(queue.lines("").await.len(), 3);
}

#[actix_web::test]
async fn the_queue_is_narrowed_by_service_organisation_state_allocation_and_the_day_it_is_due() {
    let queue = Queue::begun().await;
    queue.app.on("2026-02-13");
    let first = queue.psychology(0, "2026-02-11").await;
    let second = queue.psychology(1, "2026-02-13").await;
    let unreceived =
        queue.asked(0, json!({"giver": "health", "specialism": "occupational_therapy", "organisation": "ods:RF4"})).await;
    let nil = queue.asked(1, json!({"giver": "social_care", "organisation": "local:care", "receivedOn": "2026-02-13"})).await;
    queue.step(1, &nil, "progress", json!({"answer": "declined"})).await;
    let given = queue.asked(1, json!({"giver": "education", "organisation": "urn:900001", "receivedOn": "2026-02-13"})).await;
    queue.step(1, &given, "progress", json!({"returnedOn": "2026-02-13", "words": "Advice."})).await;
    queue.step(1, &second, "allocation", json!({"name": "Dr Sam Example", "employment": "employed"})).await;

    assert_eq!(queue.ids("").await, [first.clone(), second.clone(), unreceived.clone()]);
    assert_eq!(queue.ids("?service=psychology").await, [first.clone(), second.clone()]);
    assert_eq!(queue.ids("?service=psychology&service=health").await.len(), 3);
    assert_eq!(queue.ids("?specialism=occupational_therapy").await, std::slice::from_ref(&unreceived));
    assert_eq!(queue.ids("?organisation=ods:RF4").await, std::slice::from_ref(&unreceived));
    assert_eq!(queue.ids("?state=awaiting_receipt").await, std::slice::from_ref(&unreceived));
    assert_eq!(queue.ids("?state=nil_return").await, [nil]);
    assert_eq!(queue.ids("?state=returned").await, [given]);
    assert_eq!(queue.ids("?allocated=true").await, std::slice::from_ref(&second));
    assert_eq!(queue.ids("?allocated=false&service=psychology").await, std::slice::from_ref(&first));
    assert_eq!(queue.ids("?dueFrom=2026-03-26").await, std::slice::from_ref(&second));
    assert_eq!(queue.ids("?dueTo=2026-03-26").await, std::slice::from_ref(&first));
    queue.app.on("2026-03-26");
    assert_eq!(queue.ids("?state=overdue").await, [first]);
    assert_eq!(queue.ids("?state=outstanding").await, [second]);
}

#[actix_web::test]
async fn the_pages_of_the_queue_follow_one_another_whatever_is_returned_between_them() {
    let queue = Queue::begun().await;
    let mut all = Vec::new();
    queue.app.on("2026-02-12");
    for day in [12, 11, 11] {
        all.push(queue.psychology(0, &format!("2026-02-{day}")).await);
    }
    all.push(queue.asked(1, json!({"giver": "family"})).await);
    let whole = queue.ids("").await;
    assert_eq!((&whole[2], &whole[3]), (&all[0], &all[3]));
    let first = queue.worker.get("/v1/advice-requests?limit=2").await.ok();
    assert_eq!(ids(first["data"].as_array().unwrap()), whole[..2]);
    // What the first page showed comes back before the second is read.
    queue.step(0, &whole[0], "progress", json!({"returnedOn": "2026-02-11"})).await;
    let next = first["nextCursor"].as_str().unwrap();
    assert_eq!(queue.ids(&format!("?limit=2&cursor={next}")).await, whole[2..]);
}

#[actix_web::test]
async fn the_queue_of_a_past_day_is_the_one_that_was_then() {
    let queue = Queue::begun().await;
    let advice = queue.psychology(0, "2026-02-11").await;
    queue.app.on("2026-02-20");
    queue.step(0, &advice, "progress", json!({"returnedOn": "2026-02-20", "words": "Advice."})).await;
    queue.app.on("2026-04-01");
    assert!(queue.ids("").await.is_empty());
    let then = queue.lines("?asOf=2026-02-19").await;
    assert_eq!((&then[0]["id"], &then[0]["state"], &then[0]["daysLeft"]), (&json!(advice), &json!("outstanding"), &json!(34)));
}

#[actix_web::test]
async fn what_a_closed_case_still_awaited_is_awaited_no_longer() {
    let queue = Queue::begun().await;
    let advice = queue.psychology(0, "2026-02-11").await;
    queue.app.on("2026-02-12");
    queue.worker.change(&queue.cases[0], "withdrawal", json!({"reasons": "The family moved."})).await.id();
    queue.app.on("2026-05-01");
    assert!(queue.ids("").await.is_empty());
    assert_eq!(queue.ids("?state=no_longer_awaited").await, [advice]);
}

#[actix_web::test]
async fn a_service_is_counted_by_what_came_in_time_late_not_at_all_and_by_age() {
    let queue = Queue::begun().await;
    let in_time = queue.psychology(0, "2026-02-11").await;
    let late = queue.psychology(0, "2026-02-11").await;
    let overdue = queue.psychology(1, "2026-02-11").await;
    queue.app.on("2026-03-20");
    let outstanding = queue.psychology(1, "2026-03-20").await;
    let unreceived = queue.asked(1, json!({"giver": "psychology", "organisation": "local:other"})).await;
    let nil = queue.asked(1, json!({"giver": "psychology", "organisation": "local:other"})).await;
    assert!(!overdue.is_empty() && !outstanding.is_empty() && !unreceived.is_empty());
    queue.step(1, &nil, "progress", json!({"answer": "no_capacity"})).await;
    queue.app.on("2026-03-26");
    queue.step(0, &in_time, "progress", json!({"returnedOn": "2026-03-25"})).await;
    queue.step(0, &late, "progress", json!({"returnedOn": "2026-03-26"})).await;

    let counts = queue.counts("").await;
    let expected = json!([{
        "service": "psychology", "organisation": null, "asked": 6, "returnedInSixWeeks": 1, "returnedLate": 1,
        "returnedLateExcused": 0, "returnedWithoutLimit": 0, "sentBack": 0,
        "nilReturns": {"notKnown": 0, "declined": 0, "noCapacity": 1}, "awaitingReceipt": 1, "outstanding": 1, "overdue": 1,
        "excused": 0, "noLongerAwaited": 0, "unallocated": 3, "medianAgeDays": 24.5, "oldestAgeDays": 43
    }]);
    assert_eq!(counts, expected);
    let by_organisation = queue.counts("?groupBy=organisation").await;
    let asked: Vec<_> =
        by_organisation.as_array().unwrap().iter().map(|row| (row["organisation"].clone(), row["asked"].clone())).collect();
    assert_eq!(asked, [(json!("local:ep-service"), json!(4)), (json!("local:other"), json!(2))]);
    assert_eq!(queue.counts("?from=2026-02-12&to=2026-03-19").await, json!([]));
    assert_eq!(queue.counts("?asOf=2026-03-25").await[0]["returnedInSixWeeks"], 0);

    // A service counts its own, also what has come back and what it no longer sees.
    let own = queue.of("local:ep-service").get("/v1/statistics/advice").await.ok()["data"].clone();
    assert_eq!(
        (&own[0]["asked"], &own[0]["returnedInSixWeeks"], &own[0]["nilReturns"]["noCapacity"]),
        (&json!(4), &json!(1), &json!(0))
    );
    assert_eq!(queue.of("local:nobody").get("/v1/statistics/advice").await.ok()["data"], json!([]));
}
