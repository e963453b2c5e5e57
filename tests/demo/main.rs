//! Is the demonstration what the services would have left, and does it count to the published figures?

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod figures;
mod stock;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Europe::London;
use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Binary, Text, Uuid as SqlUuid};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use indicatif::ProgressBar;
use strum::VariantArray;
use uuid::Uuid;

use ehc_casework::access::{Ask, Caller, Permit, Role, permit, reach, system_permit};
use ehc_casework::chance::Chance;
use ehc_casework::clock::{Clock, london_day};
use ehc_casework::db::{Db, Error, Limits};
use ehc_casework::demo::figures::Published;
use ehc_casework::demo::{self, Loaded, Options};
use ehc_casework::law::working_day;
use ehc_casework::postgres;
use ehc_casework::record::{AuthorityId, Fact, Stage, WordingKind, hmac_of};
use ehc_casework::service::integrity;
use ehc_casework::store::journal::{self, Stored};
use ehc_casework::store::migrations;

/// Havering, which the tests that look at one authority look at.
const HAVERING: u16 = 311;
const ISSUER: &str = "urn:ehc-casework:development";

fn cluster() -> &'static postgres::Embedded {
    static CLUSTER: OnceLock<postgres::Embedded> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let guard = PathBuf::from(env!("CARGO_BIN_EXE_ehc"));
        postgres::Embedded::start(postgres::Options::new(postgres::Data::Ephemeral, guard)).unwrap()
    })
}

/// A database of that name with every migration, and nothing in it.
fn empty_database(name: &str) -> Db {
    let cluster = cluster();
    cluster.create_database(name).unwrap();
    migrations::run(&cluster.owner_url(name)).unwrap();
    let now = Utc.with_ymd_and_hms(2026, 11, 22, 10, 0, 0).unwrap();
    Db::new(&cluster.app_url(name), Limits::default(), Clock::fixed(now), Chance::system())
}

fn options(code: u16, live_cases: u32) -> Options {
    Options {
        authority: AuthorityId(code.into()),
        code,
        live_cases,
        seed: 1,
        today: day(2026, 11, 22),
        issuer: ISSUER.to_owned(),
    }
}

/// The three authorities side by side, as `ehc demo` makes them, loaded once for every test that only reads them.
fn boroughs() -> &'static (Db, BTreeMap<u16, Loaded>) {
    static BOROUGHS: OnceLock<(Db, BTreeMap<u16, Loaded>)> = OnceLock::new();
    BOROUGHS.get_or_init(|| {
        let db = empty_database("boroughs");
        let loaded = thread::scope(|scope| {
            let loading = Published::AUTHORITIES.map(|code| {
                let (db, live_cases) = (&db, if code == HAVERING { 300 } else { 20 });
                (code, scope.spawn(move || demo::load(db, &options(code, live_cases), &ProgressBar::hidden()).unwrap()))
            });
            loading.into_iter().map(|(code, one)| (code, one.join().unwrap())).collect()
        });
        migrations::analyze(&cluster().owner_url("boroughs")).unwrap();
        (db, loaded)
    })
}

fn havering() -> (&'static Db, &'static Loaded) {
    let (db, loaded) = boroughs();
    (db, &loaded[&HAVERING])
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn of_role(authority: u16, role: Role, ask: Ask) -> Permit {
    let caller = Caller {
        subject: format!("{ISSUER}|{role}"),
        roles: BTreeSet::from([role]),
        authority: AuthorityId(authority.into()),
        organisation: None,
        request_id: Uuid::nil(),
    };
    permit(&caller, ask).unwrap()
}

/// The whole journal, in order.
fn journal(db: &Db) -> Vec<Stored> {
    let permit = of_role(HAVERING, Role::Manager, Ask::FollowEvents);
    db.read_now(&permit, |tx| -> Result<_, Error> {
        let mut all: Vec<Stored> = Vec::new();
        loop {
            let some = journal::after(tx, all.last().map_or(0, |last| last.entry.position), 2000)?;
            if some.is_empty() {
                return Ok(all);
            }
            all.extend(some);
        }
    })
    .unwrap()
}

/// A connection of the application's role that may see all of Havering.
fn connection() -> PgConnection {
    let mut connection = PgConnection::establish(&cluster().app_url("boroughs")).unwrap();
    connection.batch_execute(&format!("SET ehc.authority = '{HAVERING}'; SET ehc.reach = 'authority'")).unwrap();
    connection
}

#[test]
fn the_journal_has_no_gaps_and_its_instants_and_hashes_follow_one_another() {
    let (db, loaded) = havering();
    let journal = journal(db);
    assert_eq!(i64::try_from(journal.len()).unwrap(), loaded.entries);
    let (mut previous, mut recorded_at) = (Vec::new(), DateTime::<Utc>::MIN_UTC);
    let mut seqs: BTreeMap<Uuid, i32> = BTreeMap::new();
    for (place, stored) in journal.iter().enumerate() {
        let entry = &stored.entry;
        assert_eq!(entry.position, i64::try_from(place).unwrap() + 1);
        assert!(entry.recorded_at >= recorded_at, "{entry:?}");
        assert_eq!(stored.previous_hash, previous);
        assert_eq!(stored.hash, entry.hash(&previous));
        let seq = seqs.entry(entry.stream.id()).or_default();
        *seq += 1;
        assert_eq!(entry.seq, *seq);
        (previous, recorded_at) = (stored.hash.clone(), entry.recorded_at);
    }
    assert_eq!(hex::encode(previous), loaded.head);
}

#[test]
fn each_entry_was_recorded_in_office_hours_and_after_what_it_tells() {
    let (db, _) = havering();
    for Stored { entry, .. } in journal(db) {
        let local = entry.recorded_at.with_timezone(&London);
        assert!(working_day(local.date_naive()) && (9..18).contains(&local.hour()), "{entry:?}");
        assert!(local.date_naive() < day(2026, 11, 22), "{entry:?}");
        // A meeting is convened before it is held; everything else has happened.
        if !matches!(entry.body.fact, Fact::MeetingConvened { .. }) {
            assert!(entry.occurred.day().is_none_or(|on| on <= local.date_naive()), "{entry:?}");
        }
    }
}

#[test]
fn everybody_recorded_only_what_the_policy_lets_them() {
    let (db, _) = havering();
    let decisions =
        |fact: &Fact| matches!(fact, Fact::AssessmentDecided { .. } | Fact::PlanDecided { .. } | Fact::ReviewDecided { .. });
    let mut capacities: BTreeMap<String, usize> = BTreeMap::new();
    for Stored { entry, .. } in journal(db) {
        *capacities.entry(entry.by.capacity.clone()).or_default() += 1;
        assert_eq!(
            decisions(&entry.body.fact),
            entry.by.capacity == "decision_maker" && decisions(&entry.body.fact),
            "{entry:?}"
        );
        let role: Role = entry.by.capacity.parse().unwrap();
        assert!(reach(role, Ask::SeeCases).is_some(), "{entry:?}");
    }
    assert_eq!(capacities.keys().map(String::as_str).collect::<Vec<_>>(), ["case_worker", "decision_maker", "family", "manager"]);
    assert_eq!(capacities["family"], 2, "one family asked through the API: a file opened, a request received");
}

#[test]
fn the_unlawful_is_rare_and_acknowledged_with_a_reason() {
    let (db, _) = havering();
    let mut acknowledged = Vec::new();
    for Stored { entry, .. } in journal(db) {
        acknowledged.extend(entry.body.acknowledged);
    }
    acknowledged.sort();
    assert_eq!(acknowledged, ["draft_names_placement", "final_plan_before_response_time"]);
}

#[test]
fn every_detail_is_the_one_its_entry_cites() {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        content: String,
        #[diesel(sql_type = Binary)]
        key: Vec<u8>,
    }
    let (db, _) = havering();
    let rows: Vec<Row> = sql_query("SELECT id, content, key FROM detail").load(&mut connection()).unwrap();
    let mut details: BTreeMap<Uuid, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
    for Stored { entry, .. } in journal(db) {
        if let Some(cited) = &entry.body.detail {
            let row = details.remove(&cited.id.0).unwrap();
            assert_eq!(row.key.len(), 32);
            assert_eq!(hmac_of(&row.key, &row.content), cited.hmac);
        }
    }
    assert!(details.is_empty(), "{} details are cited by nothing", details.len());
}

#[test]
fn the_record_is_intact_and_its_views_are_what_its_entries_give() {
    let (db, loaded) = havering();
    let report = integrity::verify(db, &system_permit(AuthorityId(HAVERING.into()), Uuid::nil()), |_| ()).unwrap();
    assert_eq!((report.entries, report.faults), (loaded.entries, BTreeSet::new()));
    assert!(report.rows > 60_000, "{}", report.rows);
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(connection: &mut PgConnection, sql: &str) -> i64 {
    sql_query(format!("SELECT count(*) AS count FROM {sql}")).get_result::<Count>(connection).unwrap().count
}

#[test]
fn there_are_cases_at_every_stage_and_a_panel_ahead() {
    havering();
    let mut connection = connection();
    // No figure is published of children who live elsewhere, nor of notifications that asked for nothing: none are invented.
    let unpublished = [Stage::ResponsibilityEnded, Stage::NotARequest];
    for stage in Stage::VARIANTS.iter().filter(|stage| !unpublished.contains(stage)) {
        let cases = count(&mut connection, &format!("case_view WHERE known_to IS NULL AND stage = '{}'", stage.as_str()));
        assert!(cases > 0, "{stage:?}");
    }
    assert!(count(&mut connection, "meeting_view WHERE known_to IS NULL AND meets_on > '2026-11-22'") == 1);
    assert!(count(&mut connection, "item_view WHERE known_to IS NULL AND recommendation IS NULL") > 0);
    assert!(count(&mut connection, "item_view WHERE known_to IS NULL AND recommendation IS NOT NULL") > 100);
    let unknown = "staff s WHERE NOT EXISTS (SELECT FROM case_view c WHERE c.case_worker = s.id) AND s.role = 'case_worker'";
    assert_eq!(count(&mut connection, unknown), 0);
    let cited = "journal WHERE kind = 'assessment_decided' AND body::jsonb #>> '{facts,item}' IS NOT NULL";
    let advised = "item_view WHERE known_to IS NULL AND recommendation IS NOT NULL";
    assert_eq!(count(&mut connection, cited), count(&mut connection, advised));
}

#[test]
fn everything_that_a_letter_needs_from_the_authority_is_worded() {
    havering();
    let worded = count(&mut connection(), "notice_wording WHERE authority = 311");
    assert_eq!(usize::try_from(worded).unwrap(), WordingKind::VARIANTS.len());
}

#[test]
fn the_development_tokens_of_staff_are_known_to_the_directory() {
    havering();
    let mut connection = connection();
    for role in [Role::CaseWorker, Role::DecisionMaker, Role::Manager] {
        let known = format!("staff WHERE role = '{role}' AND subject = '{ISSUER}|{role}'");
        assert_eq!(count(&mut connection, &known), 1, "{role}");
    }
}

#[test]
fn the_same_options_leave_the_same_journal() {
    let (_, loaded) = boroughs();
    let again = demo::load(&empty_database("again"), &options(310, 20), &ProgressBar::hidden()).unwrap();
    assert_eq!(loaded[&310], again);
}

#[test]
fn an_authority_that_is_there_already_is_left_as_it_is() {
    let (db, loaded) = havering();
    let refused = demo::load(db, &options(HAVERING, 300), &ProgressBar::hidden()).unwrap_err();
    assert!(matches!(refused, demo::Error::AlreadyHere("Havering")), "{refused}");
    assert_eq!(i64::try_from(journal(db).len()).unwrap(), loaded.entries);
}

#[test]
fn nothing_is_recorded_after_the_last_working_day_before_the_demonstration() {
    let (db, _) = havering();
    let last = journal(db).pop().unwrap().entry.recorded_at;
    assert_eq!(london_day(last), day(2026, 11, 20));
    assert_eq!(london_day(last).weekday(), Weekday::Fri);
}
