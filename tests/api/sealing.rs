//! Former names are for staff; after an adoption nothing at all leads back to who the child was.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use ehc_casework::access::{Role, system_permit};
use ehc_casework::record::AuthorityId;
use ehc_casework::service::integrity;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::everything::{Everything, insider};
use crate::people::{a_child, account, person, relate, sees, with};
use crate::support::{Client, TestApp};

const OLD_UPN: &str = "H311400125001";

/// Sends the whole identity anew, as read.
pub async fn set_identity(app: &TestApp, child: &str, identity: Value) {
    let worker = app.client(Role::CaseWorker);
    let etag = worker.get(&format!("/v1/children/{child}")).await.header("etag").unwrap().to_owned();
    let request = worker.request("PUT".parse().unwrap(), &format!("/v1/children/{child}/identity"));
    app.call(request.insert_header(("if-match", etag)).set_json(json!({"identity": identity}))).await.ok();
}

async fn seal(app: &TestApp, child: &str, identity: Value) -> crate::support::Reply {
    let manager = app.client(Role::Manager);
    manager.get(&format!("/v1/children/{child}")).await.ok();
    manager.post(&format!("/v1/children/{child}/sealed-identity"), json!({"identity": identity})).await
}

async fn found(client: &Client, wanted: Value) -> usize {
    client.post("/v1/children/search", wanted).await.ok()["data"].as_array().unwrap().len()
}

#[actix_web::test]
async fn former_names_are_shown_to_staff_alone() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    relate(&app, &child, person("parent", "rana")).await;
    app.on("2026-01-06");
    set_identity(&app, &child, json!({"givenName": "Amira", "familyName": "Married", "bornOn": "2017-03-14"})).await;
    let path = format!("/v1/children/{child}");
    let told = app.client(Role::CaseWorker).get(&path).await.ok();
    assert_eq!(told["formerNames"], json!([{"givenName": "Amira", "familyName": "Example"}]));
    for reader in [account(&app, "rana"), app.school("900001")] {
        let told = reader.get(&path).await;
        assert!(told.text.contains("Married") && !told.text.contains("\"Example\""), "{}", told.text);
    }
    assert_eq!(found(&app.client(Role::CaseWorker), json!({"familyName": "Example"})).await, 0);
}

/// Everything the API tells anybody near the case, now and as of before.
async fn everything_told(case: &Everything) -> String {
    let ids = &case.ids;
    let mut paths =
        vec!["/v1/children".to_owned(), "/v1/cases".into(), "/v1/events?limit=200".into(), "/v1/audit?limit=200".into()];
    paths.push(format!("/v1/audit?child={}", ids.child));
    paths.push(format!("/v1/children/{}", ids.child));
    paths.push(format!("/v1/children/{}/relationships", ids.child));
    paths.push(format!("/v1/panels/{}", ids.panel));
    paths.push(format!("/v1/plans/{}", ids.plan));
    paths.push(format!("/v1/plans/{}/reviews", ids.plan));
    for end in ["", "/timeline", "/deadlines"] {
        paths.push(format!("/v1/cases/{}{end}", ids.case));
    }
    let then: Vec<_> = paths.iter().filter(|path| path.contains(&ids.case) || path.contains(&ids.plan)).cloned().collect();
    paths.extend(then.iter().map(|path| format!("{path}?asOf=2026-06-01")));
    paths.push("/v1/cases?asOf=2026-06-01".into());
    let mut texts = String::new();
    for role in Role::ALL {
        for path in &paths {
            texts.push_str(&insider(&case.app, role).get(path).await.text);
        }
    }
    texts
}

#[actix_web::test]
async fn after_an_adoption_no_answer_leads_back_to_who_the_child_was() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let app = case.app.clone();
    let child = &case.ids.child;
    let old = json!({"givenName": "Zenobia", "familyName": "Formername", "bornOn": "2017-03-14", "upn": OLD_UPN});
    set_identity(&app, child, old.clone()).await;
    // Another child with the same names and number: the two are noted as possibly one.
    let twin = json!({"child": old, "requestedBy": "school"});
    let twin = app.school("900002").post("/v1/requests", twin).await.id();
    let twin_path = format!("/v1/cases/{twin}");
    let worker = app.client(Role::CaseWorker);
    assert_eq!(worker.get(&twin_path).await.ok()["possibleDuplicates"], json!([child]));
    let family = insider(&app, Role::Family);
    assert!(sees(&family, child).await);
    let secrets = ["Zenobia", "Formername", OLD_UPN, "Words of", "1 Example Road"];
    let before = everything_told(&case).await;
    assert!(secrets.iter().all(|secret| before.contains(secret)));

    app.on("2027-03-21");
    let same = json!({"givenName": "Nora", "familyName": "Newname", "bornOn": "2017-03-14", "upn": OLD_UPN});
    assert_eq!(seal(&app, child, same).await.problem(422)["errors"][0]["code"], "number_of_before");
    let new = json!({"givenName": "Nora", "familyName": "Newname", "bornOn": "2017-03-14", "upnUnknown": "UN8"});
    seal(&app, child, new).await.id();

    let after = everything_told(&case).await;
    // The other child of those names is still somebody.
    let after = after.replace("\"givenName\":\"Zenobia\",\"familyName\":\"Formername\"", "");
    let other = worker.get(&twin_path).await.ok()["child"].as_str().unwrap().to_owned();
    for secret in secrets.iter().filter(|secret| ![OLD_UPN, "Words of"].contains(secret)) {
        assert!(!after.contains(secret), "{secret}: {}", &after[after.find(secret).unwrap().saturating_sub(400)..][..600]);
    }
    assert!(!after.contains("Words of") && after.contains("Newname"));
    assert_eq!(worker.get(&format!("/v1/cases/{}?asOf=2026-06-01", case.ids.case)).await.ok()["identity"], Value::Null);
    let alike = json!({"familyName": "Formername"});
    let ids: Vec<_> = worker.post("/v1/children/search", alike).await.ok()["data"].as_array().unwrap().clone();
    assert_eq!(ids.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>(), [other.as_str()]);
    assert_eq!(found(&worker, json!({"upn": OLD_UPN})).await, 1, "the other child's");
    assert_eq!(found(&worker, json!({"familyName": "Newname"})).await, 1);
    // The trail no longer ties the people of before to the child.
    let trail = insider(&app, Role::Auditor).get(&format!("/v1/audit?child={child}&limit=200")).await.text;
    assert!(trail.contains("manager") && !trail.contains("development|family"), "{trail}");
    // The other child's case no longer says that the two were alike; nor is that found anew.
    assert!(!worker.get(&twin_path).await.text.contains(child.as_str()));
    assert!(!worker.get(&format!("{twin_path}/timeline")).await.text.contains(child.as_str()));
    let again = json!({"child": old, "requestedBy": "school"});
    // A third school: the second one's own request would join the case it sees.
    let again = app.school("900003").post("/v1/requests", again).await.id();
    assert_eq!(worker.get(&format!("/v1/cases/{again}")).await.ok()["possibleDuplicates"], json!([other]));

    // Everybody's access of before has ended; new people are recorded anew.
    for role in [Role::Family, Role::School, Role::AdviceGiver] {
        assert!(!sees(&insider(&app, role), child).await, "{role}");
    }
    assert_eq!(worker.get(&format!("/v1/children/{child}/relationships")).await.ok()["data"], json!([]));
    app.on("2027-03-22");
    relate(&app, child, with(person("parent", "nia"), json!({"parentalResponsibility": true}))).await;
    assert!(sees(&account(&app, "nia"), child).await);
    // The record is whole, and made anew it is the same.
    let havering = system_permit(AuthorityId(311), Uuid::nil());
    assert!(integrity::verify(&app.db, &havering, |_| {}).unwrap().faults.is_empty());
    integrity::rebuild(&app.db, &havering, |_| {}).unwrap();
    assert!(integrity::verify(&app.db, &havering, |_| {}).unwrap().faults.is_empty());
}

#[actix_web::test]
async fn what_was_put_away_is_kept_where_the_application_cannot_read_it_and_only_an_adoption_puts_away() {
    let app = TestApp::start().await;
    let (_, child) = a_child(&app, "Amira", "2017-03-14").await;
    let mut conn = PgConnection::establish(&app.database.app_url()).unwrap();
    let context = "SET LOCAL ehc.authority = '311'; SET LOCAL ehc.reach = 'authority'; SET LOCAL ehc.today = '2026-01-05'";
    let mut refused = |sql: &str| {
        let tried = conn.transaction(|conn| {
            conn.batch_execute(context)?;
            conn.batch_execute(sql)
        });
        tried.unwrap_err().to_string()
    };
    // Without an adoption in the journal nothing can be put away.
    let seal_now = format!("SELECT seal_details('{child}')");
    assert!(refused(&seal_now).contains("no rows"), "{}", refused(&seal_now));
    app.on("2026-01-06");
    seal(&app, &child, json!({"givenName": "Nora", "familyName": "Newname", "bornOn": "2017-03-14"})).await.id();
    for sql in ["SELECT content FROM sealed_detail", "DELETE FROM sealed_detail", "UPDATE sealed_detail SET content = ''"] {
        assert!(refused(sql).contains("permission denied"), "{sql}");
    }
    let kept = "DO $$ BEGIN ASSERT (SELECT count(*) FROM sealed_detail WHERE content LIKE '%Amira%') = 1; END $$";
    app.database.owner().batch_execute(kept).unwrap();
}
