//! A refusal is reversed at mediation: its own clock leads to the plan, and the refusal stays a refusal in the figures.

use serde_json::json;

use super::teller::Story;
use super::told::told;

#[actix_web::test]
async fn a_refusal_reversed_at_mediation_leads_to_a_plan_and_stays_a_refusal_in_the_figures() {
    let mut story = Story::begin().await;
    let (parent, worker, officer) = (story.parent.clone(), story.case_worker.clone(), story.officer.clone());

    let ben = json!({"givenName": "Ben", "familyName": "Sample", "bornOn": "2019-11-02"});
    let request = json!({"child": ben, "requestedBy": "parent", "setting": "urn:900002", "reasons": "He is lost in class."});
    story.asked("2026-01-05", &parent, request).await;
    let refused = json!({"outcome": "refuse", "reasons": "School support has not been tried for long enough."});
    story.on("2026-02-12", &officer, "assessment-decision", refused).await;
    story.on("2026-02-13", &worker, "assessment-decision/notification", json!({})).await;

    let reversal = |by: &str| json!({"about": "refusal_to_assess", "by": by, "words": "The authority assesses after all."});
    officer.get(&story.case).await.ok();
    let early = officer.post(&format!("{}/refusal-reversal", story.case), reversal("mediation")).await;
    assert_eq!(early.problem(409)["reason"], "no_mediation", "an agreement at mediation takes one");

    story.on("2026-03-30", &worker, "mediation-meetings", json!({"about": "refusal_to_assess"})).await;
    story.on("2026-03-30", &officer, "refusal-reversal", reversal("mediation")).await;
    assert_eq!(story.states("D-20W").await, ["fell_away"], "the agreement has a clock of its own");
    assert_eq!(story.states("M-DO-APP").await, ["running"; 3], "say so in two weeks, no plan in ten, the plan in fourteen");

    // Two weeks from the agreement end on Monday 13 April.
    story.on("2026-04-13", &worker, "assessment-decision/notification", json!({})).await;
    let asked = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-04-13"});
    let advice = story.on("2026-04-13", &worker, "advice-requests", asked).await;
    let returned = json!({"returnedOn": "2026-05-22", "words": "The advice."});
    story.on("2026-05-22", &worker, &format!("advice-requests/{advice}/progress"), returned).await;
    let issue = json!({"outcome": "issue", "reasons": "His needs take a plan.", "notifiedOn": "2026-06-01"});
    story.on("2026-06-01", &officer, "plan-decision", issue).await;
    story.on("2026-06-02", &worker, "draft-plans", json!({"sections": {"b": "Attention.", "f": "Small groups."}})).await;
    story.on("2026-06-02", &worker, "consultations", json!({"settings": [{"setting": "urn:900002"}]})).await;
    // Fourteen weeks from the agreement end on Monday 6 July.
    let named = json!({"placement": {"names": "setting", "setting": "urn:900002"}, "sections": {"b": "Attention."}});
    story.on("2026-07-06", &worker, "final-plan", named).await;
    assert_eq!(story.states("M-DO-APP").await, ["met", "fell_away", "met"]);

    let case = parent.get(&story.case).await.ok();
    assert_eq!(case["stage"], "plan_issued");
    assert_eq!(case["assessmentDecision"]["outcome"], "refuse", "what was decided stays what it was");
    assert_eq!(case["assessmentDecision"]["notifiedOn"], "2026-02-13");
    let reversed = json!([{"about": "refusal_to_assess", "by": "mediation", "on": "2026-03-30", "notifiedOn": "2026-04-13"}]);
    assert_eq!(case["reversals"], reversed);

    let line = story.timeliness_of_2026().await;
    assert_eq!(line["includingExceptions"]["issued"], 0, "a request that went to mediation is outside the measure");
    assert_eq!(line["assessmentDecisions"]["inTime"], 1);
    let requests = story.manager.get("/v1/statistics/requests?from=2026-01-01&to=2026-12-31").await.ok()["data"][0].clone();
    let counted = ["received", "assessed", "refused", "mediation"].map(|name| requests[name].as_i64().unwrap());
    assert_eq!(counted, [1, 0, 1, 1]);
    insta::assert_snapshot!(told(&story, None).await);
}
