//! Does an appeal end, and what follows: the plan that was to cease, the time to do what was ordered, the plan amended as ordered?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::cessation::{Kept, concerns};
use crate::support::{Reply, TestApp, subject};

impl Kept {
    /// A decision to cease, told on 1 June 2027, that is appealed on 1 July; the appeal's path.
    async fn appealed() -> (Self, String) {
        let kept = Self::plan().await;
        kept.steps().await;
        kept.decided().await;
        let appeal = kept.appeal("2027-07-01", "cease").await;
        (kept, appeal)
    }

    async fn appeal(&self, day: &str, about: &str) -> String {
        self.app.on(day);
        let id = self.worker.post("/v1/appeals", json!({"case": self.case, "about": about})).await.id();
        format!("/v1/cases/{}/appeals/{id}", self.case)
    }

    async fn end(&self, day: &str, appeal: &str, body: Value) -> Reply {
        self.app.on(day);
        self.worker.post(&format!("{appeal}/end"), body).await
    }

    async fn duty(&self, rule: &str) -> (Value, Value) {
        let all = self.worker.get(&format!("/v1/cases/{}/deadlines", self.case)).await.ok();
        let duties: Vec<_> = all["deadlines"].as_array().unwrap().iter().filter(|duty| duty["rule"] == rule).collect();
        assert_eq!(duties.len(), 1, "{rule}");
        (duties[0]["dueOn"].clone(), duties[0]["state"].clone())
    }

    async fn amend(&self, day: &str, body: Value) -> Reply {
        self.change(&self.worker, day, "versions", body).await
    }
}

fn id_of(appeal: &str) -> &str {
    appeal.rsplit('/').next().unwrap()
}

#[actix_web::test]
async fn an_appeal_that_is_dismissed_ends_the_plan_at_once_and_is_no_concern_any_more() {
    let (kept, appeal) = Kept::appealed().await;
    assert_eq!(kept.shown().await["mayCeaseFrom"], Value::Null, "while it is open no day is told");
    assert_eq!(concerns(&kept.cease("2027-10-14", "needs_met").await.problem(409)), ["plan_ceased_despite_appeal"]);
    kept.end("2027-10-15", &appeal, json!({"outcome": "dismissed"})).await.id();
    let shown = kept.shown().await;
    assert_eq!((&shown["appealed"], &shown["mayCeaseFrom"]), (&json!(false), &json!("2027-10-15")));
    assert_eq!(kept.duty("T44-a").await, (json!("2027-10-15"), json!("running")));
    let early = kept.change(&kept.worker, "2027-10-15", "cessation", json!({"reason": "needs_met", "ceasedOn": "2027-10-14"}));
    assert_eq!(concerns(&early.await.problem(409)), ["plan_ceased_despite_appeal"]);
    kept.cease("2027-10-15", "needs_met").await.id();
    assert_eq!(kept.duty("T44-a").await, (json!("2027-10-15"), json!("met")));
    let case = kept.worker.get(&format!("/v1/cases/{}", kept.case)).await.ok();
    assert_eq!(case["concerns"], Value::Null, "none stands");
}

#[actix_web::test]
async fn a_plan_that_goes_on_a_day_after_its_appeal_was_dismissed_is_overdue() {
    let (kept, appeal) = Kept::appealed().await;
    kept.end("2027-10-15", &appeal, json!({"outcome": "dismissed"})).await.id();
    kept.app.on("2027-10-16");
    assert_eq!(kept.duty("T44-a").await.1, "overdue");
}

#[actix_web::test]
async fn after_an_appeal_is_withdrawn_the_plan_can_cease_but_not_within_the_time_to_appeal() {
    for (withdrawn, from) in [("2027-07-15", "2027-09-02"), ("2027-09-15", "2027-09-15")] {
        let (kept, appeal) = Kept::appealed().await;
        kept.end(withdrawn, &appeal, json!({"outcome": "withdrawn"})).await.id();
        assert_eq!(kept.shown().await["mayCeaseFrom"], from);
        if withdrawn == "2027-07-15" {
            assert_eq!(concerns(&kept.cease("2027-09-01", "needs_met").await.problem(409)), ["plan_ceased_in_appeal_time"]);
        }
        kept.cease(from.max(withdrawn), "needs_met").await.id();
    }
}

#[actix_web::test]
async fn an_appeal_that_is_allowed_keeps_the_plan_and_the_decision_to_cease_falls() {
    let (kept, appeal) = Kept::appealed().await;
    kept.end("2027-10-15", &appeal, json!({"outcome": "allowed", "order": "continue"})).await.id();
    let shown = kept.shown().await;
    assert_eq!((&shown["decision"], &shown["mayCeaseFrom"]), (&Value::Null, &Value::Null));
    kept.app.on("2027-10-16");
    assert_eq!(kept.duty("T44-g").await, (json!("2027-10-15"), json!("met")), "it is kept as long as it has not ceased");
    let refused = kept.cease("2027-11-01", "needs_met").await.problem(409);
    assert_eq!(concerns(&refused), ["plan_ceased_despite_appeal"]);
    assert_eq!(refused["concerns"][0]["citation"]["text"], "Children and Families Act 2014, s. 45(4)");
}

#[actix_web::test]
async fn the_time_to_do_what_was_ordered_is_that_of_the_order_and_the_tribunals_own_day_takes_its_place() {
    for (outcome, order, rule, due, next) in [
        ("allowed", "amend_contents", "T44-e", "2026-08-07", "2026-08-08"),
        ("consent_order", "amend_setting", "T44-f", "2026-07-17", "2026-07-18"),
    ] {
        for (day, state) in [(due, "met"), (next, "late")] {
            let kept = Kept::plan().await;
            let appeal = kept.appeal("2026-06-01", "contents").await;
            kept.end("2026-07-03", &appeal, json!({"outcome": outcome, "order": order})).await.id();
            assert_eq!(kept.duty(rule).await, (json!(due), json!("running")));
            kept.amend(day, json!({"appeal": id_of(&appeal), "changes": {"f": "More."}})).await.id();
            assert_eq!(kept.duty(rule).await, (json!(due), json!(state)), "{day}");
        }
    }
    let kept = Kept::plan().await;
    let appeal = kept.appeal("2026-06-01", "contents").await;
    let directed = json!({"outcome": "allowed", "order": "amend_contents", "complyBy": "2026-07-10"});
    kept.end("2026-07-03", &appeal, directed).await.id();
    assert_eq!(kept.duty("T44-e").await.0, "2026-07-10");
}

#[actix_web::test]
async fn an_appeal_that_was_not_opposed_has_the_time_of_regulation_45() {
    let kept = Kept::plan().await;
    let appeal = kept.appeal("2026-06-01", "contents").await;
    kept.end("2026-06-15", &appeal, json!({"outcome": "conceded"})).await.id();
    assert_eq!(kept.duty("T45-c").await, (json!("2026-07-20"), json!("running")));
    let (kept, appeal) = Kept::appealed().await;
    kept.end("2027-07-15", &appeal, json!({"outcome": "conceded"})).await.id();
    assert_eq!(kept.duty("T45-f").await, (json!("2027-08-19"), json!("met")), "the plan is kept");
    assert_eq!(kept.shown().await["decision"], Value::Null);
}

#[actix_web::test]
async fn an_appeal_ends_once_not_before_it_began_and_with_an_order_that_fits() {
    let (kept, appeal) = Kept::appealed().await;
    let unknown = format!("/v1/cases/{}/appeals/{}", kept.case, kept.case);
    kept.end("2027-07-02", &unknown, json!({"outcome": "withdrawn"})).await.problem(404);
    let early = kept.end("2027-07-02", &appeal, json!({"outcome": "withdrawn", "on": "2027-06-30"})).await.problem(409);
    assert_eq!(early["reason"], "ended_before_registered");
    for body in [
        json!({"outcome": "allowed"}),
        json!({"outcome": "allowed", "order": "amend_contents"}),
        json!({"outcome": "consent_order", "order": "cease"}),
        json!({"outcome": "withdrawn", "order": "continue"}),
    ] {
        assert_eq!(kept.end("2027-07-02", &appeal, body.clone()).await.problem(409)["reason"], "order_does_not_fit", "{body}");
    }
    let before = json!({"outcome": "allowed", "order": "continue", "complyBy": "2027-07-01"});
    assert_eq!(kept.end("2027-07-02", &appeal, before).await.problem(409)["reason"], "complied_before_order");
    kept.end("2027-07-02", &appeal, json!({"outcome": "withdrawn"})).await.id();
    let dismissed = json!({"outcome": "dismissed"});
    assert_eq!(kept.end("2027-07-03", &appeal, dismissed.clone()).await.problem(409)["reason"], "no_appeal_open");
    kept.appeal("2027-07-03", "contents").await;
    assert_eq!(kept.end("2027-07-03", &appeal, dismissed).await.problem(409)["reason"], "already_recorded");
}

#[actix_web::test]
async fn a_plan_amended_as_the_tribunal_ordered_needs_no_proposals_and_names_what_was_ordered() {
    let kept = Kept::plan().await;
    let placement = json!({"names": "setting", "setting": "urn:900002"});
    let unordered = json!({"placement": placement, "changes": {}});
    let raised = ["setting_named_without_consultation", "plan_amended_without_notice"];
    assert_eq!(concerns(&kept.amend("2026-07-10", unordered).await.problem(409)), raised);
    let appeal = kept.appeal("2026-07-10", "setting_only").await;
    let body = json!({"appeal": id_of(&appeal), "placement": placement, "changes": {}});
    assert_eq!(kept.amend("2026-07-13", body.clone()).await.problem(409)["reason"], "not_ordered");
    kept.end("2026-07-13", &appeal, json!({"outcome": "allowed", "order": "amend_setting"})).await.id();
    let mut early = body.clone();
    early["sentOn"] = json!("2026-07-12");
    assert_eq!(kept.amend("2026-07-13", early).await.problem(409)["reason"], "amended_before_order");
    let unknown = json!({"appeal": kept.case, "changes": {}});
    assert_eq!(kept.amend("2026-07-13", unknown).await.problem(422)["errors"][0]["pointer"], "/appeal");
    kept.amend("2026-07-13", body).await.id();
    let amendments = kept.worker.get(&format!("{}/amendments", kept.plan)).await.ok();
    assert_eq!(amendments["data"][0]["appeal"], id_of(&appeal));
    let letter = kept.worker.get(&format!("{}/notices/amended_plan", kept.plan)).await.ok();
    assert_eq!(letter["letter"]["title"], "The amended EHC plan", "and its letter goes with it");
}

#[actix_web::test]
async fn a_dismissed_appeal_orders_no_amendment() {
    let kept = Kept::plan().await;
    let appeal = kept.appeal("2026-06-01", "contents").await;
    kept.end("2026-07-03", &appeal, json!({"outcome": "dismissed"})).await.id();
    let amended = kept.amend("2026-07-10", json!({"appeal": id_of(&appeal), "changes": {"f": "More."}})).await;
    assert_eq!(amended.problem(409)["reason"], "not_ordered");
}

#[actix_web::test]
async fn a_refusal_that_is_undone_by_order_has_one_clock_however_often_it_is_told() {
    let app = TestApp::start().await;
    app.on("2026-01-05");
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let child = json!({"givenName": "Ben", "familyName": "Sample", "bornOn": "2017-03-14"});
    let request = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001"});
    let case = app.client(Role::Family).post("/v1/requests", request).await.id();
    app.on("2026-02-16");
    let refusal = json!({"outcome": "refuse", "reasons": "So.", "notifiedOn": "2026-02-16"});
    officer.change(&case, "assessment-decision", refusal).await.id();
    app.on("2026-03-02");
    let appeal = worker.post("/v1/appeals", json!({"case": case, "about": "refusal_to_assess"})).await.id();
    app.on("2026-07-03");
    let ended = json!({"outcome": "allowed", "order": "assess"});
    worker.post(&format!("/v1/cases/{case}/appeals/{appeal}/end"), ended).await.id();
    let clocks = async || {
        let all = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
        let all = all["deadlines"].as_array().unwrap().clone();
        all.into_iter().filter(|duty| duty["rule"] == "T44-b0").map(|duty| duty["dueOn"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(clocks().await, ["2026-07-17"]);
    officer.change(&case, "refusal-reversal", json!({"about": "refusal_to_assess", "by": "order"})).await.id();
    assert_eq!(clocks().await, ["2026-07-17"]);
    let shown = worker.get(&format!("/v1/cases/{case}")).await.ok();
    let end = (&shown["appeals"][0]["outcome"], &shown["appeals"][0]["order"], &shown["appeals"][0]["endedOn"]);
    assert_eq!(end, (&json!("allowed"), &json!("assess"), &json!("2026-07-03")));
    assert_eq!(shown["stage"], "assessing");
}

#[actix_web::test]
async fn the_family_sees_how_its_appeal_stands_and_a_school_does_not() {
    let (kept, appeal) = Kept::appealed().await;
    let path = format!("/v1/cases/{}", kept.case);
    let child = kept.worker.get(&path).await.ok()["child"].as_str().unwrap().to_owned();
    let parent = json!({"kind": "parent", "livesWith": true, "account": subject("family"), "contact": {"name": "A Parent"}});
    kept.worker.post(&format!("/v1/children/{child}/relationships"), parent).await.id();
    assert_eq!(kept.app.school("900001").get(&path).await.ok()["appeals"], Value::Null);
    let shown = kept.app.client(Role::Family).get(&path).await.ok()["appeals"].clone();
    assert_eq!((&shown[0]["id"], &shown[0]["outcome"]), (&json!(id_of(&appeal)), &Value::Null));
    let action = |shown: &Value, name: &str| {
        let actions = shown["allowedActions"].as_array().unwrap();
        actions.iter().find(|action| action["action"] == name).unwrap()["allowed"].clone()
    };
    assert_eq!(action(&kept.worker.get(&path).await.ok(), "end_appeal"), true);
    kept.end("2027-07-15", &appeal, json!({"outcome": "withdrawn"})).await.id();
    assert_eq!(action(&kept.worker.get(&path).await.ok(), "end_appeal"), false);
}
