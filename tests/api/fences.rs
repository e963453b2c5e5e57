//! Row-level security holds alone: with the scope in Rust switched off, and against SQL of the application's own role.

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::access::Role;
use ehc_casework::db::Fences;
use serde_json::json;

use crate::endpoints;
use crate::everything::{Everything, insider};
use crate::people;
use crate::support::TestApp;

#[actix_web::test]
async fn without_the_scope_in_rust_another_authority_still_knows_nothing() {
    endpoints::another_authority_knows_nothing(Fences::RowLevelSecurityOnly).await;
}

#[actix_web::test]
async fn without_the_scope_in_rust_who_was_not_granted_the_child_still_knows_nothing() {
    endpoints::who_was_not_granted_the_child_knows_nothing(Fences::RowLevelSecurityOnly).await;
}

#[actix_web::test]
async fn without_the_scope_in_rust_a_hidden_address_is_still_for_staff_alone() {
    people::a_hidden_address_stays_with_staff(Fences::RowLevelSecurityOnly).await;
}

/// What each role sees of the case where both fences stand, and where one does.
#[actix_web::test]
async fn without_the_scope_in_rust_who_was_granted_the_child_sees_the_same() {
    let both = Everything::in_havering(&TestApp::start_with(Fences::Both).await).await;
    let one = Everything::in_havering(&TestApp::start_with(Fences::RowLevelSecurityOnly).await).await;
    for role in Role::ALL {
        let mut seen = Vec::new();
        for case in [&both, &one] {
            other_child(case).await;
            let client = insider(&case.app, role);
            let mut texts = Vec::new();
            for path in ["/v1/cases", "/v1/children", "/v1/panels", "/v1/events"] {
                let reply = client.get(path).await;
                texts.push((path, reply.status, reply.body["data"].as_array().map(Vec::len)));
            }
            seen.push(texts);
        }
        assert_eq!(seen[0], seen[1], "{role}");
    }
}

/// A child of another school, whom nobody of the case may see but staff.
async fn other_child(case: &Everything) -> String {
    let child = json!({"givenName": "Other", "familyName": "Example", "bornOn": "2018-01-01"});
    case.app.school("900002").post("/v1/requests", json!({"child": child, "requestedBy": "school"})).await.id()
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    of_child: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Every table that speaks of a child, with a condition that picks the rows of one (`$1`).
fn tables_of_children(owner: &mut PgConnection) -> Vec<Table> {
    let tables = sql_query(
        "SELECT c.relname::text AS name, CASE WHEN c.relname = 'child' THEN 'id = $1::uuid' \
         WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'children') THEN '$1::uuid = ANY (children)' \
         ELSE 'child = $1::uuid' END AS of_child FROM pg_class c \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') \
         AND has_table_privilege('ehc_app', c.oid, 'SELECT') AND (c.relname = 'child' OR EXISTS \
         (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('child', 'children') AND NOT a.attisdropped)) ORDER BY 1",
    )
    .load::<Table>(owner)
    .unwrap();
    assert!(tables.len() >= 9, "{}", tables.len());
    tables
}

fn count(conn: &mut PgConnection, context: &str, table: &str, condition: &str, child: &str) -> i64 {
    conn.transaction(|conn| {
        conn.batch_execute(context)?;
        let query = format!("SELECT count(*) AS rows FROM {table} WHERE $1::uuid IS NOT NULL AND ({condition})");
        sql_query(query).bind::<Text, _>(child).get_result::<Counted>(conn)
    })
    .unwrap()
    .rows
}

fn context(authority: &str, reach: &str, grantee: &str) -> String {
    format!(
        "SET LOCAL ehc.authority = '{authority}'; SET LOCAL ehc.reach = '{reach}'; SET LOCAL ehc.today = '2027-03-20'; \
         SET LOCAL ehc.grantees = '{{\"{grantee}\"}}'"
    )
}

#[actix_web::test]
async fn the_applications_role_reads_no_row_of_a_child_beyond_its_context() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    other_child(&case).await;
    let child = case.ids.child.as_str();
    let tables = tables_of_children(&mut case.app.database.owner());
    let mut conn = PgConnection::establish(&case.app.database.app_url()).unwrap();
    for Table { name, of_child } in &tables {
        let mut rows = |context: &str, condition: &str| count(&mut conn, context, name, condition, child);
        let whole = rows(&context("311", "authority", "none"), "true");
        let own = rows(&context("311", "authority", "none"), of_child);
        assert!(own > 0 && whole >= own, "{name} holds nothing to hide");
        assert_eq!(rows("SELECT", "true"), 0, "{name} without a context");
        assert_eq!(rows("SET LOCAL ehc.authority = '311'", "true"), 0, "{name} without a reach");
        assert_eq!(rows("SET LOCAL ehc.reach = 'authority'", "true"), 0, "{name} without an authority");
        assert_eq!(rows(&context("309", "authority", "urn:900001"), "true"), 0, "{name} in another authority");
        assert_eq!(rows(&context("309", "granted", "urn:900001"), "true"), 0, "{name} granted in another authority");
        assert_eq!(rows(&context("311", "granted", "urn:900003"), "true"), 0, "{name} granted nothing");
        let granted = rows(&context("311", "granted", "urn:900001"), "true");
        assert_eq!(granted, rows(&context("311", "granted", "urn:900001"), of_child), "{name} shows another child to a school");
        match name.as_str() {
            // The trail is the auditor's; of `visible` everybody sees only what was granted to themselves.
            // Concerns are for staff; what was asked of a service, or referred to it, is that service's.
            "trail" | "concern_view" => assert_eq!(granted, 0),
            // Whom the authority keeps an eye on, and what it pays, is for staff.
            "oversight_view" | "commitment_view" => assert_eq!(granted, 0, "{name}"),
            "advice_view" | "referral_view" => {
                let services = rows(&context("311", "granted", "local:ep-service"), "true");
                assert_eq!((granted, services > 0), (0, true), "{name}");
            }
            // Contacts are for staff unless shared, reminders always; the message is between the family and the case worker.
            "contact" | "agreed_action" | "reminder" | "message" | "message_read" => assert_eq!(granted, 0, "{name}"),
            "visible" => assert!(granted > 0 && granted < own),
            _ => assert_eq!(granted, own, "{name} hides a row from the child's school"),
        }
    }
}

#[actix_web::test]
async fn a_granted_reach_writes_nothing_of_its_own_accord() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let mut conn = PgConnection::establish(&case.app.database.app_url()).unwrap();
    let writes = [
        "INSERT INTO child VALUES (311, gen_random_uuid())",
        "INSERT INTO visible (authority, child, grantee, reason, from_on, known_from) SELECT 311, id, 'urn:900003', 'x', '2020-01-01', 1 FROM child",
        "INSERT INTO detail (authority, id, child) SELECT 311, gen_random_uuid(), id FROM child",
    ];
    for write in writes {
        let refused = conn.transaction(|conn| {
            conn.batch_execute(&context("311", "granted", "urn:900001"))?;
            sql_query(write).execute(conn)
        });
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("row-level security"), "{write}: {refused}");
    }
    let changed = conn.transaction(|conn| {
        conn.batch_execute(&context("311", "granted", "urn:900001"))?;
        sql_query("UPDATE visible SET grantee = 'urn:900003'").execute(conn)
    });
    assert_eq!(changed.unwrap(), 0);
}
