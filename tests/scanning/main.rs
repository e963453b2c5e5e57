//! What becomes of files that a real ClamAV daemon scans. It knows one signature, the test's own; `.ci/scanning` runs this.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, unused_imports, reason = "what all tests stand on holds more than this one needs")]

#[path = "../api/support/mod.rs"]
mod support;
mod together;

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::Duration;

use actix_web::http::Method;
use ehc_casework::access::{AuthorityId, Role, system_permit};
use ehc_casework::db::Fences;
use ehc_casework::files::Clamd;
use ehc_casework::service::documents;
use serde_json::{Value, json};
use support::{Client, PDF, Reply, TestApp, subject};

/// What the one signature finds.
const VIRUS: &[u8] = b"%PDF-1.7\nThis is what the signature of the test finds.\n";

/// The daemon in a folder of its own, stopped with the test.
struct Daemon {
    folder: PathBuf,
    port: u16,
    running: Option<Child>,
}

impl Daemon {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("ehc-clamd-{}", uuid::Uuid::new_v4().simple()));
        let signatures = folder.join("signatures");
        std::fs::create_dir_all(&signatures).unwrap();
        let known = hex::encode("what the signature of the test finds");
        std::fs::write(signatures.join("test.ndb"), format!("Test.Signature:0:*:{known}\n")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { folder, port, running: None }
    }

    fn socket(&self) -> Clamd {
        Clamd::Socket(self.folder.join("clamd.ctl"))
    }

    fn tcp(&self) -> Clamd {
        Clamd::Tcp(format!("127.0.0.1:{}", self.port))
    }

    /// Starts it, and waits until it listens.
    fn start(&mut self) {
        let at = |name: &str| self.folder.join(name).display().to_string();
        let config = format!(
            "Foreground yes\nDatabaseDirectory {}\nLocalSocket {}\nFixStaleSocket yes\nTCPSocket {}\nTCPAddr 127.0.0.1\n\
             StreamMaxLength 1M\nLogFile {}\n",
            at("signatures"),
            at("clamd.ctl"),
            self.port,
            at("log"),
        );
        std::fs::write(self.folder.join("clamd.conf"), config).unwrap();
        let child = Command::new("clamd").arg(format!("--config-file={}", at("clamd.conf"))).spawn();
        self.running = Some(child.expect("clamd, from Debian's clamav-daemon"));
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("clamd does not listen: {}", std::fs::read_to_string(at("log")).unwrap_or_default());
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        drop(std::fs::remove_file(self.folder.join("clamd.ctl")));
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.stop();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// A case of the family, and its documents.
struct Near {
    app: TestApp,
    at: String,
    worker: Client,
    family: Client,
}

impl Near {
    async fn of(clamd: Clamd) -> Self {
        let app = TestApp::start_scanned(Fences::Both, Some(clamd)).await;
        let (worker, family) = (app.client(Role::CaseWorker), app.client(Role::Family));
        let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
        let case = family.post("/v1/requests", json!({"child": child, "requestedBy": "parent"})).await.id();
        Self { app, at: format!("/v1/cases/{case}/documents"), worker, family }
    }

    async fn file(&self, content: &[u8]) -> String {
        self.family.upload(&self.at, &json!({"role": "other"}), "Report.pdf", content).await.id()
    }

    async fn scan(&self, document: &str) -> Value {
        self.worker.get(&format!("{}/{document}", self.at)).await.ok()["versions"][0]["scan"].clone()
    }

    async fn read(&self, client: &Client, document: &str) -> Reply {
        self.app.call(client.request(Method::GET, &format!("{}/{document}/content", self.at))).await
    }

    /// What the server does each minute.
    async fn a_minute_passes(&self) {
        let permit = system_permit(AuthorityId(311), uuid::Uuid::nil());
        documents::scan_waiting(&self.app.db, &self.app.files, &permit).await.unwrap();
    }
}

#[actix_web::test]
async fn a_clean_file_is_given_out_and_an_infected_one_never() {
    let mut daemon = Daemon::new();
    daemon.start();
    for clamd in [daemon.socket(), daemon.tcp()] {
        let near = Near::of(clamd).await;
        let ready = near.app.anonymous().get("/health/ready").await.ok();
        assert_eq!(ready["documents"], json!({"storage": "on", "scanning": "on"}));
        let clean = near.file(PDF).await;
        assert_eq!(near.scan(&clean).await, "clean");
        assert_eq!(near.read(&near.family, &clean).await.ok(), Value::Null);

        let infected = near.file(VIRUS).await;
        assert_eq!(near.scan(&infected).await, "infected");
        for client in [&near.worker, &near.family] {
            assert_eq!(near.read(client, &infected).await.problem(409)["code"], "file_infected");
        }
        near.a_minute_passes().await;
        assert_eq!(near.scan(&infected).await, "infected");
    }
}

#[actix_web::test]
async fn an_infected_paper_reaches_no_panel() {
    let mut daemon = Daemon::new();
    daemon.start();
    let near = Near::of(daemon.socket()).await;
    let infected = near.file(VIRUS).await;
    let shown = near.worker.get(&format!("{}/{infected}", near.at)).await.ok();
    let entry = shown["versions"][0]["entry"].as_str().unwrap();
    let members = [json!({"member": subject("panel_member"), "agency": "health"})];
    let panel = json!({"panel": "EHC panel", "meetsOn": "2026-01-05", "members": members});
    let panel = near.worker.post("/v1/panels", panel).await.id();
    let item = json!({"case": shown["case"], "why": ["complex"], "question": "assess"});
    let item = near.worker.post(&format!("/v1/panels/{panel}/items"), item).await.id();
    let papers = format!("/v1/panels/{panel}/items/{item}/papers");
    near.worker.post(&papers, json!({"entries": [entry]})).await.id();
    let member = near.app.client(Role::PanelMember);
    assert_eq!(member.get(&format!("{papers}/{entry}/content")).await.problem(409)["code"], "file_infected");
}

#[actix_web::test]
async fn what_came_while_the_daemon_was_away_is_scanned_when_it_is_back() {
    let mut daemon = Daemon::new();
    let near = Near::of(daemon.socket()).await;
    let (clean, infected) = (near.file(PDF).await, near.file(VIRUS).await);
    near.a_minute_passes().await;
    for document in [&clean, &infected] {
        assert_eq!(near.scan(document).await, "waiting");
        assert_eq!(near.read(&near.worker, document).await.problem(409)["code"], "file_not_scanned_yet");
    }
    daemon.start();
    near.a_minute_passes().await;
    assert_eq!((near.scan(&clean).await, near.scan(&infected).await), (json!("clean"), json!("infected")));
    assert_eq!(near.read(&near.worker, &clean).await.ok(), Value::Null);
    // Once found clean it is given out, whether the daemon is there or not.
    daemon.stop();
    assert_eq!(near.read(&near.worker, &clean).await.ok(), Value::Null);
    near.read(&near.worker, &infected).await.problem(409);
}

#[actix_web::test]
async fn a_file_longer_than_the_daemon_takes_goes_on_waiting_and_holds_up_no_other() {
    let mut daemon = Daemon::new();
    let near = Near::of(daemon.tcp()).await;
    let mut long = PDF.to_vec();
    long.resize(1024 * 1024 + 1, b'x');
    let (long, clean) = (near.file(&long).await, near.file(PDF).await);
    daemon.start();
    near.a_minute_passes().await;
    assert_eq!((near.scan(&long).await, near.scan(&clean).await), (json!("waiting"), json!("clean")));
}
