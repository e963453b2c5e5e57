//! Does the `ehc` process serve, wait no longer than promised, stop as asked, and say in its exit code how it went?

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod command;
mod place;
mod server;

use std::fs;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use place::{Frozen, Place, children_of, is_alive, within};
use server::Server;

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
fn a_database_of_ones_own_is_served_once_it_is_migrated() {
    let (host, place) = (Place::of_havering("host"), Place::new("guest"));
    let running = host.serve(&[]);
    host.owner().batch_execute("CREATE DATABASE own").unwrap();
    let (app, owner) = (host.url("ehc_app", "own"), host.url("ehc_owner", "own"));
    let own = [("DATABASE_URL", app.as_str()), ("DATABASE_OWNER_URL", owner.as_str())];
    let serve = ["serve", "--listen", "127.0.0.1:0"];

    let early = place.ehc(&serve, &own);
    assert_eq!(early.status.code(), Some(78), "{early:?}");
    assert!(String::from_utf8_lossy(&early.stderr).contains("ehc migrate"), "{early:?}");
    for _ in 0..2 {
        let migrated = place.ehc(&["migrate"], &own);
        assert!(migrated.status.success(), "{migrated:?}");
    }
    let served = Server::start(place.command(&serve, &own));
    assert_eq!(served.get("/health/ready").status, 200);
    assert_eq!(running.get("/health/ready").status, 200);
    assert!(!place.0.join("data/cluster").exists(), "it has a database of its own beside the one it was given");
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
    let frozen = Frozen::now(place.postgres());

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

    drop(frozen);
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
