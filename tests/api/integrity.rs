//! Is every change to the record found by its check, and do the views come out of the journal exactly as they are kept?

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::access::{Permit, Role, system_permit};
use ehc_casework::record::AuthorityId;
use ehc_casework::service::integrity::{self, Fault};
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestApp, any_casework};

const VIEWS: [&str; 18] = [
    "child_view",
    "case_view",
    "duty_view",
    "worklist_view",
    "advice_view",
    "referral_view",
    "concern_view",
    "plan_view",
    "review_view",
    "transfer_view",
    "placement_view",
    "provision_view",
    "shortfall_view",
    "oversight_view",
    "commitment_view",
    "meeting_view",
    "item_view",
    "visible",
];

/// What a plant may change beside the views, in an order in which rows can be put back.
const RECORD: [&str; 4] = ["journal_head", "journal", "detail", "trail"];

/// Everything that a plant may change.
fn tables() -> impl Iterator<Item = &'static str> {
    RECORD.into_iter().chain(VIEWS)
}

fn havering() -> Permit {
    system_permit(AuthorityId(311), Uuid::nil())
}

fn faults(app: &TestApp) -> BTreeSet<Fault> {
    integrity::verify(&app.db, &havering(), |_| {}).unwrap().faults
}

/// Every row of every view, as text, in order.
fn view_rows(owner: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let mut all = Vec::new();
    for view in VIEWS {
        let sql = format!("SELECT '{view} ' || t::text AS text FROM {view} t ORDER BY t::text");
        all.extend(sql_query(sql).load::<Row>(owner).unwrap().into_iter().map(|row| row.text));
    }
    all
}

/// A record of every kind of stream: a case to its first review, another on a panel's agenda, a correction, a strike, a seal.
async fn filled() -> TestApp {
    let app = TestApp::start().await;
    let (worker, officer) = (app.client(Role::CaseWorker), app.client(Role::DecisionMaker));
    let case = app.case_with_draft().await;
    let child = worker.get(&format!("/v1/cases/{case}")).await.ok()["child"].as_str().unwrap().to_owned();
    worker.post(&format!("/v1/children/{child}/referrals"), json!({"service": "physiotherapy"})).await.id();
    let terms = json!({"residentialWeeks": 38, "yearlyCost": 60_000});
    let placed = json!({"child": child, "setting": "urn:900001", "from": "2026-04-20", "terms": terms});
    worker.post("/v1/placements", placed).await.id();
    app.on("2026-05-04");
    let body = json!({
        "placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Needs.", "f": "Provision."},
        "acknowledge": [{"concern": "final_plan_before_response_time", "reason": "The family asked for it."}]
    });
    let plan = worker.change(&case, "final-plan", body).await.id();
    let other = app.school("900002").ask_for_assessment("Another").await;
    let body = json!({"panel": "EHC panel", "meetsOn": "2026-05-12", "members": [{"member": "urn:ehc-casework:development|member", "agency": "health"}]});
    let panel = worker.post("/v1/panels", body).await.id();
    let item = worker
        .post(&format!("/v1/panels/{panel}/items"), json!({"case": other, "why": ["complex"], "question": "assess"}))
        .await
        .id();
    app.on("2026-05-12");
    let path = format!("/v1/panels/{panel}/items/{item}/recommendation");
    worker.post(&path, json!({"recommendation": "assess", "reasons": "The legal test is met.", "met": ["has_or_may_have_needs", "may_need_plan"]})).await.id();
    let staff = crate::support::staff_id(Role::CaseWorker, 311);
    let allocation = worker.post(&format!("/v1/cases/{other}/allocation"), json!({"caseWorker": staff})).await.id();
    worker.change(&other, "strikes", json!({"of": allocation, "why": "Another case was meant."})).await.id();
    let timeline = worker.get(&format!("/v1/cases/{other}/timeline")).await.ok();
    let body = json!({"of": timeline["data"][0]["id"], "occurredOn": "2026-05-05", "why": "It came in the evening before."});
    worker.change(&other, "corrections", body).await.id();
    app.on("2027-05-04");
    let body = json!({"kind": "tuition", "words": "Tuition, two hours a week.", "from": "2026-09-01"});
    let provision = worker.post(&format!("/v1/plans/{plan}/provision"), body).await.id();
    let body = json!({"from": "2026-09-01", "to": "2026-09-30", "why": "vacancy", "words": "Nobody was found."});
    worker.post(&format!("/v1/plans/{plan}/provision/{provision}/shortfalls"), body).await.id();
    let due = json!({"due": [{"plan": plan, "kind": "primary_to_secondary", "transferOn": "2028-09-01"}]});
    officer.post("/v1/phase-transfers/confirmations", due).await.ok();
    let review = worker.post(&format!("/v1/plans/{plan}/reviews"), json!({"meetingOn": "2027-05-04"})).await.id();
    app.db.write_now(&havering(), integrity::seal_trail).unwrap();
    app.on("2027-05-20");
    officer.get(&format!("/v1/plans/{plan}")).await.ok();
    let body = json!({"outcome": "maintain", "reasons": "Progress as hoped.", "notifiedOn": "2027-05-20"});
    officer.post(&format!("/v1/plans/{plan}/reviews/{review}/decision"), body).await.id();
    app
}

/// Somebody with the owner's rights who lifts what stands in the way, and can put everything back.
struct Intruder(PgConnection);

impl Intruder {
    fn in_database_of(app: &TestApp) -> Self {
        let mut owner = app.database.owner();
        owner.batch_execute("CREATE SCHEMA kept").unwrap();
        for table in tables() {
            owner
                .batch_execute(&format!(
                    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE TRIGGER USER; \
                     CREATE TABLE kept.{table} AS TABLE {table}"
                ))
                .unwrap();
        }
        Self(owner)
    }

    fn plant(&mut self, sql: &str) {
        self.0.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn put_back(&mut self) {
        for table in tables() {
            self.plant(&format!(
                "DO $$ DECLARE columns text; BEGIN \
                 SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute \
                 WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''; \
                 DELETE FROM {table}; \
                 EXECUTE format('INSERT INTO {table} (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM kept.{table}', columns, columns); \
                 END $$"
            ));
        }
    }

    /// The one number a query gives.
    fn number(&mut self, sql: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            number: i64,
        }
        sql_query(sql).get_result::<Row>(&mut self.0).unwrap().number
    }

    fn position_of(&mut self, kind: &str) -> i64 {
        self.number(&format!("SELECT min(position) AS number FROM journal WHERE kind = '{kind}'"))
    }
}

#[actix_web::test]
async fn a_record_filled_through_the_api_is_intact() {
    let app = filled().await;
    let report = integrity::verify(&app.db, &havering(), |_| {}).unwrap();
    assert_eq!(report.faults, BTreeSet::new());
    assert!(report.entries > 20 && report.rows > 30, "{report:?}");
    let elsewhere = integrity::verify(&app.db, &system_permit(AuthorityId(309), Uuid::nil()), |_| {}).unwrap();
    assert_eq!((elsewhere.entries, elsewhere.faults), (0, BTreeSet::new()));
}

#[actix_web::test]
async fn progress_is_told_up_to_the_last_entry() {
    let app = filled().await;
    let told = std::cell::Cell::new(0);
    let report = integrity::verify(&app.db, &havering(), |position| told.set(position)).unwrap();
    assert_eq!(told.get(), report.entries);
}

#[actix_web::test]
async fn neither_the_application_nor_the_owner_can_change_the_journal_or_the_trail() {
    let app = filled().await;
    let context = "SET ehc.authority = '311'; SET ehc.reach = 'authority'; SET ehc.today = '2027-05-20'";
    let mut application = diesel::Connection::establish(&app.database.app_url()).unwrap();
    let mut owner = app.database.owner();
    for connection in [&mut application, &mut owner] {
        PgConnection::batch_execute(connection, context).unwrap();
    }
    for sql in [
        "UPDATE journal SET actor = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "UPDATE trail SET actor = 'x'",
        "DELETE FROM trail",
        "TRUNCATE trail",
    ] {
        let refused = application.batch_execute(sql).unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
        let refused = owner.batch_execute(sql).unwrap_err().to_string();
        assert!(refused.contains("only grows"), "{sql}: {refused}");
    }
    assert!(application.batch_execute("UPDATE detail SET content = NULL, key = NULL").is_err());
    assert!(application.batch_execute("DELETE FROM detail").is_err());
    assert_eq!(faults(&app), BTreeSet::new());
}

#[actix_web::test]
async fn every_change_to_an_entry_is_found_at_its_position() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let at = intruder.position_of("assessment_decided");
    let struck = intruder.position_of("struck");
    let changes = [
        (at, "body = replace(body, '\"assess\"', '\"refuse\"')"),
        (at, "body = replace(body, '\"facts\":{', '\"facts\":{\"added\":1,')"),
        (at, "body = replace(body, ':', ': ')"),
        (at, "body = '{}'"),
        (at, "kind = 'plan_decided'"),
        (at, "kind = 'unknown'"),
        (at, "occurred_on = occurred_on - 1"),
        (at, "occurred_precision = 'month'"),
        (at, "recorded_at = recorded_at + interval '1 microsecond'"),
        (at, "actor = 'somebody else'"),
        (at, "capacity = 'manager'"),
        (at, "organisation = 'urn:900001'"),
        (at, "on_behalf_of = 'somebody'"),
        (at, "request_id = gen_random_uuid()"),
        (at, "id = gen_random_uuid()"),
        (at, "seq = seq + 1000"),
        (at, "stream = gen_random_uuid()"),
        (at, "child = NULL"),
        (at, "subject = NULL"),
        (at, "version = 2"),
        (at, "hash_version = 2"),
        (struck, "corrects = NULL"),
        (at, "hash = sha256(hash)"),
        (at, "previous_hash = sha256(previous_hash)"),
    ];
    for (position, change) in changes {
        intruder.plant(&format!("UPDATE journal SET {change} WHERE authority = 311 AND position = {position}"));
        let found = faults(&app);
        assert!(found.contains(&Fault::Altered(position)), "{change}: {found:?}");
        intruder.put_back();
    }
    assert_eq!(faults(&app), BTreeSet::new());
}

#[actix_web::test]
async fn a_changed_hash_unchains_the_next_entry() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    intruder.plant("UPDATE journal SET hash = sha256(hash) WHERE position = 5");
    let found = faults(&app);
    assert!(found.is_superset(&[Fault::Altered(5), Fault::Unchained(6)].into()), "{found:?}");
}

#[actix_web::test]
async fn entries_that_are_missing_swapped_or_cut_off_are_found() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let last = intruder.number("SELECT max(position) AS number FROM journal");
    let swap = "UPDATE journal SET position = -position WHERE position IN (5, 6)";
    let swapped = "UPDATE journal SET position = CASE position WHEN -5 THEN 6 ELSE 5 END WHERE position < 0";
    let unchecked = "ALTER TABLE journal DROP CONSTRAINT journal_position_positive";
    for (plant, expected) in [
        ("DELETE FROM journal WHERE position = 5".to_owned(), vec![Fault::Gap(6), Fault::Unchained(6)]),
        ("DELETE FROM journal WHERE position = 1".to_owned(), vec![Fault::Gap(2), Fault::Unchained(2)]),
        (
            format!("{unchecked}; {swap}; {swapped}"),
            vec![Fault::Altered(5), Fault::Altered(6), Fault::Unchained(5), Fault::Unchained(6)],
        ),
        (format!("DELETE FROM journal WHERE position = {last}"), vec![Fault::Head]),
        (format!("DELETE FROM journal WHERE position > {last} - 3"), vec![Fault::Head]),
        ("DELETE FROM journal".to_owned(), vec![Fault::Head]),
        ("UPDATE journal_head SET hash = sha256(hash) WHERE authority = 311".to_owned(), vec![Fault::Head]),
        ("UPDATE journal_head SET position = position + 1 WHERE authority = 311".to_owned(), vec![Fault::Head]),
        (
            "UPDATE journal SET recorded_at = '2020-01-01' WHERE position = 5".to_owned(),
            vec![Fault::OutOfTime(5), Fault::Altered(5)],
        ),
    ] {
        intruder.plant(&plant);
        let found = faults(&app);
        assert!(expected.iter().all(|fault| found.contains(fault)), "{plant}: {found:?}");
        intruder.put_back();
    }
    assert_eq!(faults(&app), BTreeSet::new());
}

#[actix_web::test]
async fn personal_data_that_was_changed_or_lost_is_found_and_what_was_erased_is_no_fault() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let at = intruder.position_of("assessment_decided");
    let cited = format!("id = (SELECT detail FROM journal WHERE authority = 311 AND position = {at})");
    for (plant, expected) in [
        (format!("UPDATE detail SET content = replace(content, 'legal', 'other') WHERE {cited}"), Fault::DetailAltered(at)),
        (format!("UPDATE detail SET key = sha256(key) WHERE {cited}"), Fault::DetailAltered(at)),
        (
            format!("UPDATE detail SET content = (SELECT content FROM detail WHERE NOT {cited} LIMIT 1) WHERE {cited}"),
            Fault::DetailAltered(at),
        ),
        (format!("DELETE FROM detail WHERE {cited}"), Fault::DetailMissing(at)),
    ] {
        intruder.plant(&plant);
        assert_eq!(faults(&app), [expected].into(), "{plant}");
        intruder.put_back();
    }
    intruder.plant("UPDATE detail SET content = NULL, key = NULL");
    assert_eq!(faults(&app), BTreeSet::new());
}

#[actix_web::test]
async fn rows_changed_lost_or_added_are_found_in_every_view() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    for view in VIEWS {
        let one = format!("ctid = (SELECT min(ctid) FROM {view} WHERE authority = 311)");
        for (plant, expected) in [
            (
                format!("UPDATE {view} SET known_to = 1000000 WHERE {one}"),
                vec![Fault::RowUnfounded(view), Fault::RowMissing(view)],
            ),
            (format!("DELETE FROM {view} WHERE {one}"), vec![Fault::RowMissing(view)]),
            (
                format!(
                    "CREATE TEMP TABLE one AS SELECT * FROM {view} WHERE {one}; UPDATE one SET known_from = known_from + 1000000; \
                     INSERT INTO {view} SELECT * FROM one; DROP TABLE one"
                ),
                vec![Fault::RowUnfounded(view)],
            ),
        ] {
            intruder.plant(&plant);
            assert_eq!(faults(&app), expected.into_iter().collect(), "{plant}");
            intruder.put_back();
        }
    }
    for (view, change) in [
        ("case_view", "next_due_on = next_due_on + 1"),
        ("case_view", "concerns = concerns + 1"),
        ("duty_view", "due_on = due_on + 1"),
        ("duty_view", "deadline = '{}'"),
        ("worklist_view", "awaits = 'family'"),
        ("concern_view", "acknowledged_in = NULL"),
        ("plan_view", "setting = NULL"),
        ("meeting_view", "members = '{}'"),
        ("item_view", "detail = NULL"),
        ("visible", "to_on = '2030-01-01'"),
        ("child_view", "identity = NULL"),
    ] {
        intruder.plant(&format!("UPDATE {view} SET {change} WHERE authority = 311"));
        assert_eq!(faults(&app), [Fault::RowUnfounded(view), Fault::RowMissing(view)].into(), "{view}: {change}");
        intruder.put_back();
    }
    intruder.plant("UPDATE case_view SET law_version = 'another' WHERE authority = 311");
    assert_eq!(faults(&app), [Fault::Register, Fault::RowMissing("case_view")].into());
    intruder.put_back();
    assert_eq!(faults(&app), BTreeSet::new());
}

#[actix_web::test]
async fn a_sealed_row_of_the_trail_cannot_change_unseen() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let seal = intruder.position_of("trail_sealed");
    let sealed = "id = (SELECT min(id) FROM trail WHERE authority = 311)";
    for change in ["actor = 'somebody'", "children = '{}'", "at = at + interval '1 second'", "operation = 'see_plans'"] {
        intruder.plant(&format!("UPDATE trail SET {change} WHERE {sealed}"));
        assert_eq!(faults(&app), [Fault::Trail(seal)].into(), "{change}");
        intruder.put_back();
    }
    intruder.plant(&format!("DELETE FROM trail WHERE {sealed}"));
    assert_eq!(faults(&app), [Fault::Trail(seal)].into());
    intruder.put_back();

    let unsealed = intruder.number("SELECT count(*) AS number FROM trail WHERE authority = 311 AND at > '2027-05-10'");
    assert!(unsealed > 0, "something is left for the next seal");
    app.on("2027-05-21");
    let sealed = app.db.write_now(&havering(), integrity::seal_trail).unwrap();
    assert!(sealed >= unsealed, "{sealed} of {unsealed}");
    assert_eq!(app.db.write_now(&havering(), integrity::seal_trail).unwrap(), 0, "a row is sealed once");
    assert_eq!(faults(&app), BTreeSet::new());
    intruder.plant("DELETE FROM trail WHERE id = (SELECT max(id) FROM trail WHERE authority = 311)");
    assert!(matches!(faults(&app).first(), Some(Fault::Trail(_))));
}

#[actix_web::test]
async fn a_rebuild_repairs_every_view_and_leaves_the_journal_as_it_is() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let before = view_rows(&mut intruder.0);
    for view in VIEWS {
        intruder.plant(&format!(
            "DELETE FROM {view} WHERE authority = 311 AND ctid <> (SELECT min(ctid) FROM {view} WHERE authority = 311)"
        ));
        intruder.plant(&format!("UPDATE {view} SET known_from = known_from + 7"));
    }
    assert!(!faults(&app).is_empty());
    let (entries, rows) = integrity::rebuild(&app.db, &havering(), |_| {}).unwrap();
    assert_eq!((faults(&app), rows), (BTreeSet::new(), before.len()));
    assert_eq!(entries, intruder.number("SELECT max(position) AS number FROM journal"));
    assert_eq!(view_rows(&mut intruder.0), before);
}

#[actix_web::test]
async fn a_rebuild_changes_nothing_where_an_entry_cannot_be_read() {
    let app = filled().await;
    let mut intruder = Intruder::in_database_of(&app);
    let before = view_rows(&mut intruder.0);
    intruder.plant("UPDATE journal SET body = '{}' WHERE position = 5");
    assert!(integrity::rebuild(&app.db, &havering(), |_| {}).is_err());
    assert_eq!(view_rows(&mut intruder.0), before);
}

#[actix_web::test]
async fn a_rebuild_gives_the_live_views_after_any_casework() {
    for seed in 1..=4 {
        let app = TestApp::start().await;
        let recorded = any_casework(&app, seed, 120).await;
        assert!(recorded.values().sum::<u32>() > 40 && recorded.len() > 8, "seed {seed}: too little happened: {recorded:?}");
        assert_eq!(faults(&app), BTreeSet::new(), "seed {seed}: {recorded:?}");
        let mut intruder = Intruder::in_database_of(&app);
        let live = view_rows(&mut intruder.0);
        integrity::rebuild(&app.db, &havering(), |_| {}).unwrap();
        assert_eq!(view_rows(&mut intruder.0), live, "seed {seed}");
    }
}
