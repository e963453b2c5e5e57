//! Is the provision of section F delivered, does somebody find out where it is not, and is it counted?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, subject};

struct Arranged {
    app: TestApp,
    worker: Client,
    school: Client,
    plan: String,
    /// Its path.
    provision: String,
}

impl Arranged {
    /// A plan of 20 May 2026 with an hour of therapy a week from 7 September.
    async fn therapy() -> Self {
        let app = TestApp::start().await;
        let case = app.case_with_draft().await;
        let (worker, school) = (app.client(Role::CaseWorker), app.school("900001"));
        app.on("2026-05-20");
        let body =
            json!({"placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"f": "Therapy, an hour a week."}});
        let plan = format!("/v1/plans/{}", worker.change(&case, "final-plan", body).await.id());
        let body = json!({
            "kind": "speech_and_language_therapy", "words": "Therapy, an hour a week.", "provider": "ods:RF4",
            "minutes": 60, "per": "week", "from": "2026-09-07"
        });
        let provision = format!("{plan}/provision/{}", worker.post(&format!("{plan}/provision"), body).await.id());
        Self { app, worker, school, plan, provision }
    }

    async fn says(&self, client: &Client, day: &str, what: &str, body: Value) -> Reply {
        self.app.on(day);
        client.post(&format!("{}/{what}", self.provision), body).await
    }

    async fn shown(&self) -> Value {
        self.worker.get(&format!("{}/provision", self.plan)).await.ok()["data"][0].clone()
    }

    async fn counted(&self, from: &str, to: &str) -> Value {
        let path = format!("/v1/statistics/delivery?from={from}&to={to}");
        self.app.client(Role::Manager).get(&path).await.ok()["data"].clone()
    }
}

#[actix_web::test]
async fn what_was_arranged_says_who_gives_how_much_from_when() {
    let arranged = Arranged::therapy().await;
    let shown = arranged.shown().await;
    assert_eq!((&shown["provider"], &shown["minutes"], &shown["per"]), (&json!("ods:RF4"), &json!(60), &json!("week")));
    assert_eq!((&shown["words"], &shown["from"]), (&json!("Therapy, an hour a week."), &json!("2026-09-07")));
    assert_eq!((&shown["lastDeliveredOn"], &shown["shortfalls"]), (&Value::Null, &json!([])));
    let halved = json!({"kind": "tuition", "words": "Tuition.", "minutes": 60});
    let halved = arranged.worker.post(&format!("{}/provision", arranged.plan), halved).await.problem(422);
    assert_eq!(halved["errors"][0]["code"], "minutes_per_time");
}

#[actix_web::test]
async fn a_time_without_it_that_goes_on_ends_the_day_before_it_is_delivered_again() {
    let arranged = Arranged::therapy().await;
    let body = json!({"from": "2026-09-07", "why": "vacancy"});
    arranged.says(&arranged.school, "2026-10-01", "shortfalls", body).await.id();
    assert_eq!(arranged.shown().await["shortfalls"][0]["to"], Value::Null);
    arranged.says(&arranged.school, "2027-01-11", "deliveries", json!({})).await.id();
    let shown = arranged.shown().await;
    assert_eq!((&shown["shortfalls"][0]["to"], &shown["lastDeliveredOn"]), (&json!("2027-01-10"), &json!("2027-01-11")));
    assert_eq!(shown["shortfalls"][0]["reportedBy"], "school");
}

#[actix_web::test]
async fn a_family_says_so_itself_and_what_it_said_is_its_own_and_staffs() {
    let arranged = Arranged::therapy().await;
    let child = arranged.worker.get(&arranged.plan).await.ok()["child"].as_str().unwrap().to_owned();
    let parent = json!({"kind": "parent", "account": subject("family"), "contact": {"name": "Rana Example"}});
    arranged.worker.post(&format!("/v1/children/{child}/relationships"), parent).await.id();
    let family = arranged.app.client(Role::Family);
    let body = json!({"from": "2026-09-07", "why": "other", "partly": true, "words": "She came once in September."});
    arranged.says(&family, "2026-11-02", "shortfalls", body).await.id();
    let path = format!("{}/provision", arranged.plan);
    for (reader, said) in [
        (&family, json!("She came once in September.")),
        (&arranged.worker, json!("She came once in September.")),
        (&arranged.school, Value::Null),
    ] {
        let told = reader.get(&path).await.ok()["data"][0]["shortfalls"][0].clone();
        assert_eq!((&told["words"], &told["reportedBy"], &told["partly"]), (&said, &json!("family"), &json!(true)));
    }
}

#[actix_web::test]
async fn the_same_time_without_it_is_not_told_twice() {
    let arranged = Arranged::therapy().await;
    let time = |from: &str, to: &str| json!({"from": from, "to": to, "why": "staff_absence"});
    arranged.says(&arranged.school, "2027-01-20", "shortfalls", time("2026-10-05", "2026-10-23")).await.id();
    let again = arranged.says(&arranged.worker, "2027-01-20", "shortfalls", time("2026-10-23", "2026-11-20")).await.problem(409);
    assert_eq!(again["reason"], "already_undelivered");
    arranged.says(&arranged.worker, "2027-01-20", "shortfalls", time("2026-10-24", "2026-11-20")).await.id();
    for (body, reason) in [
        (time("2026-12-01", "2026-11-30"), "ends_before_it_begins"),
        (time("2026-09-01", "2026-09-04"), "undelivered_before_due"),
    ] {
        assert_eq!(arranged.says(&arranged.worker, "2027-01-20", "shortfalls", body).await.problem(409)["reason"], reason);
    }
}

#[actix_web::test]
async fn delivery_is_counted_by_kind_and_provider_within_the_days_asked_about() {
    let arranged = Arranged::therapy().await;
    let body = json!({"kind": "adult_support", "words": "An adult's help.", "from": "2026-05-20"});
    arranged.worker.post(&format!("{}/provision", arranged.plan), body).await.id();
    let body = json!({"from": "2026-09-07", "to": "2026-12-18", "why": "vacancy"});
    let shortfall = arranged.says(&arranged.school, "2027-01-20", "shortfalls", body).await.id();
    let body = json!({"from": "2027-01-11", "why": "waiting_list"});
    arranged.says(&arranged.school, "2027-01-20", "shortfalls", body).await.id();
    let support = json!({
        "kind": "adult_support", "provider": null, "arranged": 1, "children": 1, "undelivered": 0, "childrenWithout": 0, "days": 0,
        "why": {}, "remedied": 0
    });
    let therapy = |days: i64, why: Value, remedied: i64| {
        json!({
            "kind": "speech_and_language_therapy", "provider": "ods:RF4", "arranged": 1, "children": 1, "undelivered": 1,
            "childrenWithout": 1, "days": days, "why": why, "remedied": remedied
        })
    };
    let december = arranged.counted("2026-12-01", "2026-12-31").await;
    assert_eq!(december, json!([support, therapy(18, json!({"vacancy": 1}), 0)]));
    let path = format!("shortfalls/{shortfall}/remedy");
    arranged.says(&arranged.worker, "2027-01-20", &path, json!({"remedy": "made_up"})).await.id();
    let both = json!({"vacancy": 1, "waiting_list": 1});
    assert_eq!(arranged.counted("2026-09-01", "2027-08-31").await[1], therapy(103 + 10, both, 1), "what goes on, to today");
    assert_eq!(arranged.counted("2026-06-01", "2026-09-06").await, json!([support]), "not due yet");
}

#[actix_web::test]
async fn provision_that_the_plan_names_no_more_is_due_no_more() {
    let arranged = Arranged::therapy().await;
    arranged.says(&arranged.worker, "2027-01-20", "shortfalls", json!({"from": "2026-12-01", "why": "vacancy"})).await.id();
    arranged.says(&arranged.worker, "2027-01-20", "end", json!({"lastDay": "2026-12-31"})).await.id();
    let shown = arranged.shown().await;
    assert_eq!((&shown["until"], &shown["shortfalls"][0]["to"]), (&json!("2026-12-31"), &json!("2026-12-31")));
    assert_eq!(arranged.counted("2027-01-01", "2027-12-31").await, json!([]));
}
