//! Does a family learn why it was refused and what is offered instead, and nobody before it was told?

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::everything::insider;
use crate::support::TestApp;

#[actix_web::test]
async fn the_family_reads_the_reasons_and_the_way_forward_once_it_was_notified_and_a_school_never_does() {
    let app = TestApp::start().await;
    let (family, officer) = (insider(&app, Role::Family), app.client(Role::DecisionMaker));
    let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
    let body = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001"});
    let case = family.post("/v1/requests", body).await.id();
    let path = format!("/v1/cases/{case}");
    app.on("2026-02-10");
    let way_forward = json!([
        {"support": "A speech and language programme in class.", "from": "The school.", "by": "2026-04-13"},
        {"support": "A visit by the outreach team.", "from": "The authority.", "by": null}
    ]);
    let reasons = "The support that schools give has not been tried.";
    let body = json!({"outcome": "refuse", "reasons": reasons, "wayForward": way_forward});
    officer.change(&case, "assessment-decision", body).await.ok();

    let decision = |case: Value| case["assessmentDecision"].clone();
    let told = |decision: &Value| (decision.get("reasons").cloned(), decision.get("wayForward").cloned());
    assert_eq!(told(&decision(officer.get(&path).await.ok())), (Some(json!(reasons)), Some(way_forward.clone())));
    assert_eq!(told(&decision(family.get(&path).await.ok())), (None, None), "not yet told");
    officer.post(&format!("{path}/assessment-decision/notification"), json!({})).await.ok();
    assert_eq!(told(&decision(family.get(&path).await.ok())), (Some(json!(reasons)), Some(way_forward)));
    assert_eq!(told(&decision(app.school("900001").get(&path).await.ok())), (None, None), "it is the family's");
}
