//! A new version of the law register or of the views: what follows from them is made anew, and what was answered under an old
//! register is still answered so.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use ehc_casework::access::{Role, system_permit};
use ehc_casework::law::REGISTER_VERSION;
use ehc_casework::record::AuthorityId;
use ehc_casework::service::integrity;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

/// Makes what is stored look as a register would have left it that gave twenty-one weeks instead of twenty.
fn as_an_earlier_register_left_it(app: &TestApp) {
    let mut owner = app.database.owner();
    owner
        .batch_execute(
            "ALTER TABLE duty_view NO FORCE ROW LEVEL SECURITY; ALTER TABLE case_view NO FORCE ROW LEVEL SECURITY; \
             ALTER TABLE worklist_view NO FORCE ROW LEVEL SECURITY; UPDATE worklist_view SET law_version = 'earlier'; \
             UPDATE duty_view SET law_version = 'earlier', due_on = due_on + 7, changes_on = changes_on + 7, \
             deadline = replace(deadline, '2026-05-25', '2026-06-01') WHERE rule = 'D-20W'; \
             UPDATE duty_view SET law_version = 'earlier'; UPDATE case_view SET law_version = 'earlier', next_due_on = next_due_on + 7; \
             ALTER TABLE duty_view FORCE ROW LEVEL SECURITY; ALTER TABLE case_view FORCE ROW LEVEL SECURITY; \
             ALTER TABLE worklist_view FORCE ROW LEVEL SECURITY",
        )
        .unwrap();
}

fn final_plan_due(deadlines: &Value) -> Value {
    let all = deadlines["deadlines"].as_array().unwrap();
    all.iter().find(|d| d["rule"] == "D-20W").unwrap()["dueOn"].clone()
}

#[actix_web::test]
async fn dates_follow_the_new_register_and_the_past_keeps_the_old() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    as_an_earlier_register_left_it(&app);
    app.on("2026-01-12");
    let havering = system_permit(AuthorityId(311), Uuid::nil());
    let found = integrity::verify(&app.db, &havering, |_| ()).unwrap();
    assert!(found.faults.contains(&integrity::Fault::Register), "{:?}", found.faults);

    integrity::rebuild(&app.db, &havering, |_| ()).unwrap();
    app.on("2026-01-13");
    let worker = app.client(Role::CaseWorker);
    let now = worker.get(&format!("/v1/cases/{case}/deadlines")).await.ok();
    assert_eq!((final_plan_due(&now), &now["known"]["lawVersion"]), (json!("2026-05-25"), &json!(REGISTER_VERSION)));
    let then = worker.get(&format!("/v1/cases/{case}/deadlines?asOf=2026-01-11")).await.ok();
    assert_eq!((final_plan_due(&then), &then["known"]["lawVersion"]), (json!("2026-06-01"), &json!("earlier")));
    let case_then = worker.get(&format!("/v1/cases/{case}?asOf=2026-01-11")).await.ok();
    assert_eq!(case_then["nextDue"]["on"], "2026-02-23");
    assert_eq!(worker.get(&format!("/v1/cases/{case}")).await.ok()["nextDue"]["on"], "2026-02-16");
    let school = app.school("900001").get(&format!("/v1/cases/{case}/deadlines?asOf=2026-01-11")).await.ok();
    assert_eq!(school["known"]["lawVersion"], "earlier");

    assert!(integrity::verify(&app.db, &havering, |_| ()).unwrap().faults.is_empty());
    integrity::rebuild(&app.db, &havering, |_| ()).unwrap();
    assert!(integrity::verify(&app.db, &havering, |_| ()).unwrap().faults.is_empty());
    let again = worker.get(&format!("/v1/cases/{case}/deadlines?asOf=2026-01-11")).await.ok();
    assert_eq!(again, then);
}

#[actix_web::test]
async fn what_an_earlier_register_gave_cannot_be_changed_unseen() {
    let app = TestApp::start().await;
    app.school("900001").ask_for_assessment("Example").await;
    as_an_earlier_register_left_it(&app);
    let havering = system_permit(AuthorityId(311), Uuid::nil());
    integrity::rebuild(&app.db, &havering, |_| ()).unwrap();
    let mut owner = app.database.owner();
    owner.batch_execute("ALTER TABLE duty_view NO FORCE ROW LEVEL SECURITY").unwrap();
    diesel::sql_query("UPDATE duty_view SET due_on = due_on + 1 WHERE law_version = 'earlier' AND rule = 'D-20W'")
        .execute(&mut owner)
        .unwrap();
    owner.batch_execute("ALTER TABLE duty_view FORCE ROW LEVEL SECURITY").unwrap();
    let found = integrity::verify(&app.db, &havering, |_| ()).unwrap();
    assert!(found.faults.contains(&integrity::Fault::Register), "{:?}", found.faults);
}

#[actix_web::test]
async fn views_that_another_version_of_the_program_made_are_made_again_at_the_start() {
    let app = TestApp::start().await;
    let case = app.school("900001").ask_for_assessment("Example").await;
    let havering = system_permit(AuthorityId(311), Uuid::nil());
    assert!(!integrity::bring_up_to_date(&app.db, &havering).unwrap(), "what this version made is left alone");
    app.database
        .owner()
        .batch_execute(
            "ALTER TABLE case_view NO FORCE ROW LEVEL SECURITY; ALTER TABLE journal_head NO FORCE ROW LEVEL SECURITY; \
             UPDATE case_view SET stage = 'as_once_named'; UPDATE journal_head SET views_version = 0; \
             ALTER TABLE case_view FORCE ROW LEVEL SECURITY; ALTER TABLE journal_head FORCE ROW LEVEL SECURITY",
        )
        .unwrap();
    assert!(integrity::bring_up_to_date(&app.db, &havering).unwrap());
    let lines = app.client(Role::CaseWorker).get("/v1/cases").await.ok();
    assert_eq!((&lines["data"][0]["id"], &lines["data"][0]["stage"]), (&json!(case), &json!("considering")));
    assert!(integrity::verify(&app.db, &havering, |_| ()).unwrap().faults.is_empty());
}
