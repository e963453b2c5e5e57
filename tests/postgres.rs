//! Does the embedded PostgreSQL start, survive and end as promised? Needs PostgreSQL's server binaries.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::postgres::{Data, Embedded, Error, Options, faults_of_app, faults_of_owner};
use rustix::process::{Pid, Signal, getpgid, kill_process, test_kill_process};

/// A data directory of one test, removed at its end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ehc-test-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn start(&self) -> Result<Embedded, Error> {
        Embedded::start(options(Data::Kept(self.data())))
    }

    fn postmaster(&self) -> Pid {
        postmaster_in(&self.data())
    }

    /// Whether neither guard nor any process of the server is left: each holds one of the two locks while it lives.
    fn is_deserted(&self) -> bool {
        ["guard.lock", "server.lock"].iter().all(|lock| File::open(self.data().join(lock)).unwrap().try_lock().is_ok())
    }

    /// Starts this test program again as the owner of a server, which holds it until it is killed.
    fn owner_in_another_process(&self) -> Owner {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_server_answers_when_its_owner_says_that_it_is_up", "--nocapture"])
            .env(OWNER, self.data())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("server is up: ").map(str::to_owned));
        Owner { process, url: ready.expect("the owner ended before its server was up") }
    }
}

/// Another process that owns a server. Killed at the end of the test at the latest.
struct Owner {
    process: Child,
    url: String,
}

impl Owner {
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const OWNER: &str = "EHC_TEST_OWNER_OF";

fn options(data: Data) -> Options {
    Options::new(data, PathBuf::from(env!("CARGO_BIN_EXE_ehc")))
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The one text a query answers.
fn ask(connection: &mut PgConnection, query: &str) -> String {
    sql_query(query).get_result::<Row>(connection).unwrap().text
}

/// The process id of the server in a data directory.
fn postmaster_in(data: &Path) -> Pid {
    let text = fs::read_to_string(data.join("cluster/postmaster.pid")).unwrap();
    Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
}

fn is_alive(pid: Pid) -> bool {
    test_kill_process(pid).is_ok()
}

/// The guard of a postmaster: it leads the process group of both.
fn guard_of(postmaster: Pid) -> Pid {
    getpgid(Some(postmaster)).unwrap()
}

fn within(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if holds() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Also the process that other tests start and kill: told of their data directory, it stays until then.
#[test]
fn a_server_answers_when_its_owner_says_that_it_is_up() {
    let told = std::env::var_os(OWNER).map(PathBuf::from);
    let embedded = Embedded::start(options(told.clone().map_or(Data::Ephemeral, Data::Kept))).unwrap();
    embedded.create_database("ehc").unwrap();
    assert_eq!(ask(&mut connect(&embedded.app_url("ehc")), "SELECT current_user::text AS text"), "ehc_app");
    println!("\nserver is up: {}", embedded.owner_url("ehc"));
    if told.is_some() {
        std::thread::sleep(Duration::from_secs(120));
    }
}

#[test]
fn a_first_start_makes_a_durable_cluster_with_its_two_roles_and_a_second_start_finds_it() {
    let place = Place::new("start");
    let embedded = place.start().unwrap();
    embedded.create_database("ehc").unwrap();
    embedded.create_database("ehc").unwrap();
    let mut owner = connect(&embedded.owner_url("ehc"));
    let settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) AS text FROM pg_settings WHERE name IN \
                    ('data_checksums', 'fsync', 'full_page_writes', 'listen_addresses', 'server_encoding', 'synchronous_commit')";
    assert_eq!(
        ask(&mut owner, settings),
        "data_checksums=on fsync=on full_page_writes=on listen_addresses= server_encoding=UTF8 synchronous_commit=on"
    );
    owner.batch_execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)").unwrap();

    let mut app = connect(&embedded.app_url("ehc"));
    let rights = "SELECT string_agg(rolname || ':' || concat_ws(',', CASE WHEN rolsuper THEN 'super' END, \
                  CASE WHEN rolbypassrls THEN 'bypassrls' END, CASE WHEN rolcreatedb THEN 'createdb' END, \
                  CASE WHEN rolcreaterole THEN 'createrole' END), ' ' ORDER BY rolname) AS text FROM pg_roles WHERE rolname LIKE 'ehc%'";
    assert_eq!(ask(&mut app, rights), "ehc_app: ehc_owner:createdb");
    assert!(app.batch_execute("CREATE TABLE mine (n int)").is_err(), "the application role made a table");
    assert!(app.batch_execute("SELECT * FROM kept").is_err(), "the application role read what it was not granted");
    assert!(app.batch_execute("CREATE DATABASE mine").is_err(), "the application role made a database");

    embedded.stop().unwrap();
    let again = place.start().unwrap();
    let mut owner = connect(&again.owner_url("ehc"));
    assert_eq!(ask(&mut owner, "SELECT n::text AS text FROM kept"), "1");
    again.stop().unwrap();
    assert!(place.is_deserted(), "a process was left behind");
}

#[test]
fn roles_that_row_level_security_does_not_bind_are_named() {
    let place = Place::new("roles");
    let embedded = place.start().unwrap();
    embedded.create_database("ehc").unwrap();
    let (owner, app) = (embedded.owner_url("ehc"), embedded.app_url("ehc"));
    assert_eq!((faults_of_owner(&owner).unwrap(), faults_of_app(&app).unwrap()), (vec![], vec![]));

    connect(&owner).batch_execute("CREATE TABLE owned (n int)").unwrap();
    let swapped = [faults_of_app(&owner).unwrap(), faults_of_owner(&app).unwrap()].concat();
    assert_eq!(
        swapped,
        [
            "the role ehc_owner owns tables, and so could lift row-level security: let another role migrate",
            "the role ehc_owner may act as the database's owner: revoke that membership",
            "the role ehc_app may not create in this database: make it the database's owner",
        ]
    );

    let superuser = app.replace("ehc_app", "postgres");
    connect(&superuser).batch_execute("ALTER ROLE ehc_app BYPASSRLS; GRANT ehc_owner TO ehc_app").unwrap();
    assert_eq!(
        faults_of_app(&app).unwrap(),
        [
            "the role ehc_app bypasses row-level security: ALTER ROLE ehc_app NOBYPASSRLS",
            "the role ehc_app may act as the database's owner: revoke that membership",
        ]
    );
    let fault = "the role postgres is a superuser, whom row-level security does not bind: ALTER ROLE postgres NOSUPERUSER";
    assert!(faults_of_app(&superuser).unwrap().contains(&fault.to_owned()));
}

#[test]
fn the_guard_does_not_heed_the_signals_of_a_terminal_or_a_service_manager() {
    let place = Place::new("signals");
    let embedded = place.start().unwrap();
    let postmaster = place.postmaster();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        kill_process(guard_of(postmaster), signal).unwrap();
    }
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(ask(&mut connect(&embedded.app_url("postgres")), "SELECT 'unmoved' AS text"), "unmoved");
    assert_eq!(place.postmaster(), postmaster);
    embedded.stop().unwrap();
    assert!(!is_alive(postmaster));
}

#[test]
fn an_owner_killed_outright_leaves_no_server_and_no_loss() {
    let place = Place::new("kill");
    let mut owner = place.owner_in_another_process();
    let postmaster = place.postmaster();
    connect(&owner.url).batch_execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n").unwrap();
    owner.kill();
    assert!(within(Duration::from_secs(5), || !is_alive(postmaster)), "the server outlived its owner by five seconds");
    assert!(within(Duration::from_secs(1), || place.is_deserted()), "a process was left behind");
    let again = place.start().unwrap();
    assert_eq!(ask(&mut connect(&again.owner_url("ehc")), "SELECT count(*)::text AS text FROM kept"), "1000");
}

#[test]
fn a_start_right_after_a_kill_waits_for_the_predecessor() {
    let place = Place::new("successor");
    let mut owner = place.owner_in_another_process();
    owner.process.kill().unwrap();
    let again = place.start().unwrap();
    assert_eq!(ask(&mut connect(&again.owner_url("ehc")), "SELECT 'here' AS text"), "here");
}

#[test]
fn a_second_owner_is_refused_and_told_who_holds_the_data() {
    let place = Place::new("second");
    let first = place.start().unwrap();
    let refused = place.start().unwrap_err();
    let holder = i32::try_from(std::process::id()).unwrap();
    assert_eq!(refused, Error::Held { data: place.data().display().to_string(), by: Some(holder) });
    assert_eq!(ask(&mut connect(&first.owner_url("postgres")), "SELECT 'unharmed' AS text"), "unharmed");
}

#[test]
fn a_crashed_server_is_started_again_with_its_data() {
    let place = Place::new("crash");
    let embedded = place.start().unwrap();
    embedded.create_database("ehc").unwrap();
    let url = embedded.owner_url("ehc");
    connect(&url).batch_execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n").unwrap();
    let postmaster = place.postmaster();
    kill_process(postmaster, Signal::KILL).unwrap();
    assert!(within(Duration::from_secs(5), || !is_alive(postmaster)));
    assert!(within(Duration::from_secs(10), || PgConnection::establish(&url).is_ok()), "the server did not come back");
    assert_eq!(ask(&mut connect(&url), "SELECT count(*)::text AS text FROM kept"), "1000");
}

#[test]
fn a_server_whose_guard_was_killed_is_stopped_by_the_next_start() {
    let place = Place::new("orphan");
    let mut owner = place.owner_in_another_process();
    let postmaster = place.postmaster();
    connect(&owner.url).batch_execute("CREATE TABLE kept AS SELECT 7 AS n").unwrap();
    kill_process(guard_of(postmaster), Signal::KILL).unwrap();
    owner.kill();
    assert!(is_alive(postmaster), "the server was to be an orphan");
    let again = place.start().unwrap();
    assert_ne!(place.postmaster(), postmaster);
    assert_eq!(ask(&mut connect(&again.owner_url("ehc")), "SELECT n::text AS text FROM kept"), "7");
}

#[test]
fn a_dead_servers_process_id_given_to_somebody_else_does_not_stop_the_next_start() {
    let place = Place::new("reused");
    place.start().unwrap().stop().unwrap();
    let stale = format!("{}\n{}\n", std::process::id(), place.data().join("cluster").display());
    fs::write(place.data().join("cluster/postmaster.pid"), stale).unwrap();
    place.start().unwrap().stop().unwrap();
}

#[test]
fn an_ephemeral_cluster_is_gone_afterwards() {
    let embedded = Embedded::start(options(Data::Ephemeral)).unwrap();
    let folder = embedded.socket().parent().unwrap().to_owned();
    assert!(folder.starts_with(std::env::temp_dir()) && folder.exists());
    let postmaster = postmaster_in(&folder);
    embedded.stop().unwrap();
    assert!(!folder.exists(), "the temporary directory was left behind");
    assert!(!is_alive(postmaster), "the server was left behind");
}

#[test]
fn data_of_another_major_version_is_refused_untouched() {
    let place = Place::new("major");
    let cluster = place.data().join("cluster");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("PG_VERSION"), "12\n").unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(&refused, Error::OtherMajor { made_by: 12, .. }), "{refused}");
    assert!(refused.to_string().contains("was made by PostgreSQL 12, and this machine has "), "{refused}");
    assert_eq!(fs::read_dir(&cluster).unwrap().count(), 1);
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let place = Place::new("broken");
    place.start().unwrap().stop().unwrap();
    let settings = place.data().join("cluster/postgresql.conf");
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + "no_such_setting = 1\n").unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(&refused, Error::DidNotStart { said, .. } if said.contains("contains errors")), "{refused}");
}

#[test]
fn a_long_path_gets_a_socket_that_fits_and_is_removed() {
    let place = Place::new("long");
    let data = place.0.join("d".repeat(100));
    let embedded = Embedded::start(options(Data::Kept(data))).unwrap();
    let socket = embedded.socket().to_owned();
    assert!(socket.starts_with("/tmp"));
    connect(&embedded.app_url("postgres"));
    embedded.stop().unwrap();
    assert!(!socket.exists(), "the socket's directory was left behind");
}

#[test]
fn the_server_never_runs_as_root_and_its_socket_is_closed_to_others() {
    let place = Place::new("account");
    let _embedded = place.start().unwrap();
    let cluster = fs::metadata(place.data().join("cluster")).unwrap();
    let socket = fs::metadata(place.data().join("run")).unwrap();
    assert_ne!(cluster.uid(), 0);
    assert_eq!((cluster.mode() & 0o777, socket.mode() & 0o777), (0o700, 0o700));
    // The server makes this file itself.
    let made = fs::metadata(place.data().join("cluster/postmaster.pid")).unwrap();
    assert_eq!(made.uid(), cluster.uid());
}
