//! Does the `ehc` process serve, wait no longer than promised, stop as asked, and say in its exit code how it went?

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::{Value, json};

/// A data directory of one test, removed at its end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ehc-serve-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    /// With Havering among its authorities.
    fn of_havering(name: &str) -> Self {
        let place = Self::new(name);
        let added = place.ehc(&["authority", "--code", "311"], &[]);
        assert!(added.status.success(), "{added:?}");
        place
    }

    /// The command in this place, and in no other: the environment is this test's.
    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ehc"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("EHC_") || name.starts_with("DATABASE_")) {
            command.env_remove(name);
        }
        command.args(arguments).env("EHC_DATA_DIR", self.0.join("data")).envs(variables.iter().copied());
        command.stdin(Stdio::null());
        command
    }

    fn ehc(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(arguments, variables).output().unwrap()
    }

    fn token(&self, role: &str, organisation: Option<&str>) -> String {
        let mut arguments = vec!["token", "--role", role, "--authority", "311"];
        arguments.extend(organisation.into_iter().flat_map(|name| ["--organisation", name]));
        let printed = self.ehc(&arguments, &[]);
        assert!(printed.status.success(), "{printed:?}");
        String::from_utf8(printed.stdout).unwrap().trim_end().to_owned()
    }

    fn serve(&self, arguments: &[&str]) -> Server {
        Server::start(self.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat(), &[]))
    }

    fn postmaster(&self) -> Pid {
        let text = fs::read_to_string(self.0.join("data/cluster/postmaster.pid")).unwrap();
        Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
    }

    /// The server's processes, the first of them last: once that one stands still, no new ones come.
    fn postgres(&self) -> Vec<Pid> {
        let postmaster = self.postmaster();
        let mut all = children_of(postmaster);
        all.push(postmaster);
        all
    }

    fn owner(&self) -> PgConnection {
        let socket = self.0.join("data/run").display().to_string().replace('/', "%2F");
        PgConnection::establish(&format!("postgresql://ehc_owner@{socket}:5432/ehc")).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn children_of(parent: Pid) -> Vec<Pid> {
    let is_child = |pid: &i32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name stands in brackets and may hold anything; the parent is the second word after it.
        let after = stat.rsplit(')').next().unwrap_or_default();
        after.split_whitespace().nth(1).and_then(|text| text.parse().ok()) == Some(parent.as_raw_nonzero().get())
    };
    let entries = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    entries.filter(is_child).filter_map(Pid::from_raw).collect()
}

fn is_alive(pid: Pid) -> bool {
    test_kill_process(pid).is_ok()
}

fn within(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if holds() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// A running `ehc serve`, and what it logs. Killed at the end of the test at the latest.
struct Server {
    process: Child,
    address: SocketAddr,
    log: Receiver<String>,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (send, log) = channel();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(send.send(line))));
        let mut said = Vec::new();
        loop {
            let line = log.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("it does not serve: {said:#?}"));
            if let Some((_, rest)) = line.split_once("serving on http://") {
                let address = rest.split(',').next().unwrap().parse().unwrap();
                return Self { process, address, log };
            }
            said.push(line);
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.process)
    }

    fn client(&self, token: &str) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(30)));
        Client { agent: config.build().into(), at: format!("http://{}", self.address), token: token.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.client("").get(path)
    }

    /// Waits for the end, at most half a minute.
    fn ended(&mut self) -> ExitStatus {
        let mut status = None;
        let ended = within(Duration::from_secs(30), || {
            status = self.process.try_wait().unwrap();
            status.is_some()
        });
        assert!(ended, "it does not end");
        status.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Clone)]
struct Client {
    agent: ureq::Agent,
    at: String,
    token: String,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    retry_after: Option<String>,
    body: Value,
    took: Duration,
}

impl Client {
    fn get(&self, path: &str) -> Answer {
        let began = Instant::now();
        let request = self.agent.get(format!("{}{path}", self.at)).header("authorization", format!("Bearer {}", self.token));
        Answer::of(request.call().unwrap(), began)
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let began = Instant::now();
        let request = self.agent.post(format!("{}{path}", self.at)).header("authorization", format!("Bearer {}", self.token));
        let request = request.header("idempotency-key", key).header("content-type", "application/json");
        Answer::of(request.send(body.to_string()).unwrap(), began)
    }
}

impl Answer {
    fn of(mut response: ureq::http::Response<ureq::Body>, began: Instant) -> Self {
        let retry_after = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        let text = response.body_mut().read_to_string().unwrap();
        Self {
            status: response.status().as_u16(),
            retry_after,
            body: serde_json::from_str(&text).unwrap_or_default(),
            took: began.elapsed(),
        }
    }
}

fn request() -> Value {
    json!({"child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"}, "requestedBy": "school"})
}

#[test]
fn a_server_on_a_temporary_database_is_live_and_ready_and_leaves_nothing_behind() {
    let place = Place::new("ephemeral");
    let mut server = place.serve(&["--ephemeral"]);
    assert_eq!((server.get("/health/live").status, server.get("/health/ready").status), (200, 200));
    assert_eq!(server.get("/v1/law/rules").status, 200);
    assert_eq!(server.get("/v1/me").status, 401);
    let address = server.address.to_string();
    assert!(place.ehc(&["health", "--listen", &address], &[]).status.success());

    kill_process(server.pid(), Signal::INT).unwrap();
    assert_eq!(server.ended().code(), Some(0), "Ctrl-C is a way to stop");
    assert_eq!(place.ehc(&["health", "--listen", &address], &[]).status.code(), Some(69));
    assert!(!place.0.join("data/cluster").exists(), "a temporary database came into the data directory");
}

#[test]
fn what_was_recorded_is_there_after_a_stop_and_its_record_is_intact() {
    let place = Place::of_havering("kept");
    let (school, worker) = (place.token("school", Some("urn:900001")), place.token("case_worker", None));
    let mut server = place.serve(&[]);
    let recorded = server.client(&school).post("/v1/requests", "one", &request());
    assert_eq!(recorded.status, 201, "{recorded:?}");
    let second = place.ehc(&["serve", "--listen", "127.0.0.1:0"], &[]);
    assert_eq!(second.status.code(), Some(69), "two servers have one data directory: {second:?}");
    kill_process(server.pid(), Signal::TERM).unwrap();
    assert_eq!(server.ended().code(), Some(0));

    for (command, says) in [("verify", "Havering: intact; "), ("rebuild", "Havering: "), ("verify", "Havering: intact; ")] {
        let done = place.ehc(&[command], &[]);
        assert!(done.status.success() && String::from_utf8_lossy(&done.stdout).starts_with(says), "{command}: {done:?}");
    }
    let server = place.serve(&[]);
    let again = server.client(&school).post("/v1/requests", "one", &request());
    assert_eq!((again.status, &again.body), (201, &recorded.body));
    assert_eq!(server.client(&worker).get("/v1/cases").body["data"].as_array().unwrap().len(), 1);
}

#[test]
fn a_record_that_was_tampered_with_is_told_in_words_and_exit_code() {
    let place = Place::of_havering("tampered");
    let school = place.token("school", Some("urn:900001"));
    let mut server = place.serve(&[]);
    assert_eq!(server.client(&school).post("/v1/requests", "one", &request()).status, 201);
    place
        .owner()
        .batch_execute(
            "ALTER TABLE journal NO FORCE ROW LEVEL SECURITY; ALTER TABLE journal DISABLE TRIGGER USER; \
             UPDATE journal SET occurred_on = occurred_on - 7 WHERE kind = 'request_received'; \
             ALTER TABLE journal ENABLE TRIGGER USER; ALTER TABLE journal FORCE ROW LEVEL SECURITY",
        )
        .unwrap();
    kill_process(server.pid(), Signal::TERM).unwrap();
    server.ended();
    let checked = place.ehc(&["verify"], &[]);
    assert_eq!(checked.status.code(), Some(65));
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(said.contains("NOT intact") && said.contains("entry 2 is not what was recorded"), "{said}");
}

#[test]
fn while_postgresql_stands_still_everybody_is_told_to_come_back_and_then_all_is_well() {
    let place = Place::of_havering("frozen");
    let token = place.token("case_worker", None);
    let server = place.serve(&[]);
    let client = server.client(&token);
    // Connections that were open before are those that hang.
    assert_eq!(client.get("/v1/cases").status, 200);
    let processes = place.postgres();
    processes.iter().rev().for_each(|pid| kill_process(*pid, Signal::STOP).unwrap());

    // More than there are connections: some wait for an answer, some for their turn.
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || client.get("/v1/cases"))
        })
        .collect();
    thread::sleep(Duration::from_millis(200));
    let live = server.get("/health/live");
    assert!(live.status == 200 && live.took < Duration::from_secs(1), "{live:?}");
    let ready = server.get("/health/ready");
    assert!(ready.status == 503 && ready.took < Duration::from_secs(3), "{ready:?}");
    for answer in asking {
        let answer = answer.join().unwrap();
        assert_eq!((answer.status, &answer.body["code"]), (503, &json!("unavailable")), "{answer:?}");
        assert!(answer.retry_after.as_deref().unwrap().parse::<u32>().unwrap() > 0);
        assert!(answer.took < Duration::from_secs(5), "{answer:?}");
    }
    assert_eq!(server.get("/health/live").status, 200);

    processes.iter().for_each(|pid| kill_process(*pid, Signal::CONT).unwrap());
    assert!(within(Duration::from_secs(2), || client.get("/v1/cases").status == 200), "it did not recover in two seconds");
    assert!(within(Duration::from_secs(2), || server.get("/health/ready").status == 200));
    assert!((0..40).all(|_| client.get("/v1/cases").status == 200), "a connection came back broken");
}

#[test]
fn a_connection_that_ended_in_the_pool_costs_no_request() {
    let place = Place::of_havering("ended");
    let server = place.serve(&[]);
    let client = server.client(&place.token("case_worker", None));
    assert_eq!(client.get("/v1/cases").status, 200);
    for pid in backends(&place) {
        kill_process(pid, Signal::TERM).unwrap();
    }
    thread::sleep(Duration::from_millis(100));
    let next = client.get("/v1/cases");
    assert_eq!(next.status, 200, "{next:?}");
}

#[test]
fn a_stop_is_not_held_up_by_a_postgresql_that_stands_still() {
    let place = Place::of_havering("stuck");
    let mut server = place.serve(&[]);
    let client = server.client(&place.token("case_worker", None));
    assert_eq!(client.get("/v1/cases").status, 200);
    let processes = place.postgres();
    processes.iter().rev().for_each(|pid| kill_process(*pid, Signal::STOP).unwrap());
    let asking = thread::spawn(move || client.get("/v1/cases"));
    thread::sleep(Duration::from_millis(300));
    kill_process(server.pid(), Signal::TERM).unwrap();
    assert_eq!(asking.join().unwrap().status, 503);
    server.ended();
    assert!(within(Duration::from_secs(5), || !processes.iter().any(|pid| is_alive(*pid))), "PostgreSQL was left behind");
}

/// The processes that serve the application's connections.
fn backends(place: &Place) -> Vec<Pid> {
    let command = |pid: &Pid| fs::read_to_string(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    let all: Vec<Pid> = children_of(place.postmaster()).into_iter().filter(|pid| command(pid).contains("ehc_app")).collect();
    assert!(!all.is_empty(), "the server holds no connection");
    all
}

#[test]
fn a_backend_killed_outright_is_answered_with_patience_and_never_with_an_error() {
    let place = Place::of_havering("killed");
    let server = place.serve(&[]);
    let client = server.client(&place.token("case_worker", None));
    assert_eq!(client.get("/v1/cases").status, 200);
    // PostgreSQL ends every other connection too, and recovers.
    kill_process(backends(&place)[0], Signal::KILL).unwrap();
    let mut answers = Vec::new();
    let well = within(Duration::from_secs(10), || {
        let answer = client.get("/v1/cases");
        assert!(answer.took < Duration::from_secs(5), "{answer:?}");
        answers.push(answer.status);
        answer.status == 200
    });
    assert!(well && answers.iter().all(|status| [200, 503].contains(status)), "{answers:?}");
    assert!((0..40).all(|_| client.get("/v1/cases").status == 200));
}

#[test]
fn a_request_that_is_being_answered_is_finished_before_the_end() {
    let place = Place::of_havering("graceful");
    let mut server = place.serve(&[]);
    let school = server.client(&place.token("school", Some("urn:900001")));
    let mut owner = place.owner();
    owner
        .batch_execute(
            "SET ehc.authority = '311'; SET ehc.reach = 'authority'; BEGIN; SELECT FROM journal_head WHERE authority = 311 FOR UPDATE",
        )
        .unwrap();
    let asking = thread::spawn(move || school.post("/v1/requests", "one", &request()));
    thread::sleep(Duration::from_millis(700));
    kill_process(server.pid(), Signal::TERM).unwrap();
    thread::sleep(Duration::from_millis(700));
    assert!(server.process.try_wait().unwrap().is_none(), "it ended with a request unanswered");
    owner.batch_execute("COMMIT").unwrap();
    let answer = asking.join().unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn a_server_killed_outright_leaves_no_process_behind() {
    let place = Place::of_havering("orphan");
    let mut server = place.serve(&[]);
    let processes = place.postgres();
    server.process.kill().unwrap();
    assert!(within(Duration::from_secs(5), || !processes.iter().any(|pid| is_alive(*pid))), "PostgreSQL outlived its owner");
}

#[test]
fn every_request_is_one_line_of_the_log_without_its_ids_or_its_query() {
    let place = Place::new("log");
    let command = place.command(&["serve", "--listen", "127.0.0.1:0", "--ephemeral"], &[("EHC_LOG_FORMAT", "json")]);
    let server = Server::start(command);
    server.get("/v1/cases/01890a5d-ac96-774b-bcce-b302099a8057?name=canary");
    let line = server.log.recv_timeout(Duration::from_secs(5)).unwrap();
    let lines = std::iter::once(line).chain(server.log.try_iter()).collect::<Vec<_>>();
    let parsed: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let access = parsed.iter().find(|line| line["target"] == "access").unwrap();
    assert_eq!((&access["message"]["path"], &access["message"]["status"]), (&json!("/v1/cases/{caseId}"), &json!(401)));
    assert!(access["message"]["request"].as_str().unwrap().len() == 36);
    assert!(!lines.concat().contains("canary"));
}

#[test]
fn everything_wrong_with_the_environment_is_said_at_once_with_exit_code_78() {
    let place = Place::new("environment");
    let wrong =
        [("EHC_LISTEN", "here"), ("EHC_CONNECTIONS", "0"), ("EHC_LOG_FORMAT", "xml"), ("EHC_ISSUER", "https://login.example")];
    let refused = place.ehc(&["serve", "--ephemeral"], &wrong);
    assert_eq!(refused.status.code(), Some(78));
    let said = String::from_utf8(refused.stderr).unwrap();
    for name in ["EHC_LISTEN", "EHC_CONNECTIONS", "EHC_LOG_FORMAT", "EHC_ISSUER"] {
        assert!(said.lines().any(|line| line.starts_with("ehc: ") && line.contains(name)), "{name}: {said}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
}

#[test]
fn what_is_not_there_is_said_with_exit_code_69() {
    let place = Place::new("unavailable");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, variables, says) in [
        (vec!["serve", "--ephemeral", "--listen", &address], vec![], address.as_str()),
        (vec!["serve", "--ephemeral"], vec![("EHC_PG_BIN", "/nonexistent")], "/nonexistent"),
        (vec!["serve"], vec![("DATABASE_URL", "postgresql://ehc_app@127.0.0.1:1/ehc")], "127.0.0.1"),
    ] {
        let refused = place.ehc(&arguments, &variables);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(69), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    let refused = place.ehc(&["migrate"], &[]);
    assert_eq!(refused.status.code(), Some(78));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("DATABASE_OWNER_URL"));
}

#[test]
fn a_token_is_one_line_and_nothing_else() {
    let place = Place::new("token");
    let printed = place.ehc(&["token", "--role", "school", "--authority", "311", "--organisation", "urn:100000"], &[]);
    assert!(printed.status.success() && printed.stderr.is_empty(), "{printed:?}");
    let text = String::from_utf8(printed.stdout).unwrap();
    assert_eq!((text.lines().count(), text.trim_end().split('.').count()), (1, 3), "{text}");
    assert!(text.ends_with('\n'));
}

#[test]
fn no_token_is_made_beside_a_real_identity_provider() {
    let place = Place::new("issuer");
    let keys = place.0.join("keys.json");
    fs::write(&keys, r#"{"keys": []}"#).unwrap();
    let real = [("EHC_ISSUER", "https://login.example"), ("EHC_JWKS_FILE", keys.to_str().unwrap())];
    let refused = place.ehc(&["token", "--role", "school", "--authority", "311"], &real);
    assert_eq!(refused.status.code(), Some(78));
    assert!(refused.stdout.is_empty());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("identity provider"));
}

#[test]
fn help_names_every_subcommand_and_a_wrong_word_is_exit_code_64() {
    let place = Place::new("help");
    let help = place.ehc(&["--help"], &[]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for command in ["serve", "demo", "token", "migrate", "authority", "openapi", "verify", "rebuild", "health"] {
        assert!(text.lines().any(|line| line.trim_start().starts_with(command)), "{command}: {text}");
        let own = place.ehc(&[command, "--help"], &[]);
        assert!(own.status.success() && !own.stdout.is_empty(), "{command}");
    }
    assert!(!text.contains("postgres-guard"));
    let version = place.ehc(&["--version"], &[]);
    assert_eq!(String::from_utf8(version.stdout).unwrap().trim_end(), concat!("ehc ", env!("CARGO_PKG_VERSION")));
    for wrong in [
        &["fly"][..],
        &[],
        &["serve", "--listen", "here"],
        &["token", "--role", "king", "--authority", "311"],
        &["authority", "--code", "999"],
    ] {
        let refused = place.ehc(wrong, &[]);
        assert_eq!(refused.status.code(), Some(64), "{wrong:?}: {refused:?}");
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn the_contract_is_printed_without_a_database() {
    let place = Place::new("openapi");
    let printed = place.ehc(&["openapi"], &[]);
    assert!(printed.status.success());
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), fs::read_to_string("openapi/openapi.json").unwrap());
}
