//! The app under test, its clock, and clients by role.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use ehc_casework::access::{Organisation, Role, system_permit};
use ehc_casework::api::app::{Habits, Parts, build};
use ehc_casework::api::auth::Verifier;
use ehc_casework::api::auth::development::{Keys, TokenRequest};
use ehc_casework::chance::Chance;
use ehc_casework::clock::Clock;
use ehc_casework::db::{Db, Fences, Recorder};
use ehc_casework::files::{Clamd, Files, Settings};
use ehc_casework::record::AuthorityId;
use ehc_casework::serve::Known;
use ehc_casework::service::Error;
use ehc_casework::store::directory;
use serde_json::Value;
use uuid::Uuid;

use super::TestDatabase;
use super::upload::{Folder, with_form};

type Calls = Rc<dyn Fn(actix_http::Request) -> Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>>;

/// The app, on a database of its own, with the authorities of Havering (311) and Haringey (309) and their staff.
#[derive(Clone)]
pub struct TestApp {
    pub db: Db,
    pub clock: Clock,
    pub database: Rc<TestDatabase>,
    /// The statements sent since it was last emptied.
    pub statements: Recorder,
    /// Where uploaded files are kept: a folder of this app alone.
    pub files: Files,
    pub folder: Rc<Folder>,
    keys: Rc<Keys>,
    calls: Calls,
}

/// The authorities every test knows.
pub const AUTHORITIES: [(i32, &str, &str); 2] = [(311, "Havering", "311"), (309, "Haringey", "309")];

/// Staff that the tokens of the same name stand for.
const STAFF: [Role; 3] = [Role::CaseWorker, Role::DecisionMaker, Role::Manager];

impl TestApp {
    /// The app on Monday 5 January 2026, at nine.
    pub async fn start() -> Self {
        Self::start_with(Fences::Both).await
    }

    /// The same behind other fences.
    pub async fn start_with(fences: Fences) -> Self {
        Self::start_scanned(fences, None).await
    }

    /// The same with a daemon that scans what is sent in.
    pub async fn start_scanned(fences: Fences, clamd: Option<Clamd>) -> Self {
        super::log::start();
        let database = Rc::new(TestDatabase::new());
        let clock = Clock::fixed(at("2026-01-05"));
        let statements: Recorder = Arc::new(Mutex::new(Vec::new()));
        let db = Db::observed(&database.app_url(), clock.clone(), Chance::seeded(1), fences, Arc::clone(&statements));
        for (id, name, code) in AUTHORITIES {
            let permit = system_permit(AuthorityId(id), Uuid::nil());
            db.write_now(&permit, |tx| {
                directory::add_authority(tx, name, code)?;
                for role in STAFF {
                    let id = staff_id(role, id);
                    let subject = subject(role.as_str());
                    directory::add_staff(tx, id, role.as_str(), role.as_str(), None, Some(&subject), (None, None))?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        }
        let keys = Keys::load_or_create(&keys_dir(), None).unwrap();
        let folder = Rc::new(Folder::new());
        let settings = Settings { place: None, clamd, most_bytes: 2 * 1024 * 1024 };
        let files = Files::open(&settings, &folder.0).unwrap();
        let parts = Parts {
            db: db.clone(),
            verifier: web::Data::new(Verifier::new(keys.settings(), clock.clone()).unwrap()),
            authorities: Arc::new(Known::load(&db).unwrap()),
            files: files.clone(),
            habits: Habits { origins: vec!["https://casework.example".into()], ..Habits::default() },
        };
        let service = Rc::new(init_service(build(&parts).unwrap()).await);
        let calls: Calls = Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let path = TestRequest::default().to_http_request();
                match try_call_service(&*service, request).await {
                    Ok(response) => response,
                    Err(error) => ServiceResponse::new(path, error.error_response()),
                }
            })
        });
        Self { db, clock, database, statements, files, folder, keys: Rc::new(keys), calls }
    }

    /// Sets the clock to nine in the morning of a day.
    pub fn on(&self, day: &str) -> &Self {
        self.clock.set(at(day));
        self
    }

    /// A client without a token.
    pub fn anonymous(&self) -> Client {
        Client { app: self.clone(), token: None, last_read: Rc::default() }
    }

    /// A client of Havering in a role.
    pub fn client(&self, role: Role) -> Client {
        self.client_of(role, "311", None, role.as_str())
    }

    /// A school of Havering.
    pub fn school(&self, urn: &str) -> Client {
        self.client_of(Role::School, "311", Some(&format!("urn:{urn}")), "school")
    }

    /// A client of any kind.
    pub fn client_of(&self, role: Role, authority: &str, organisation: Option<&str>, subject: &str) -> Client {
        let request = TokenRequest {
            role,
            authority_code: authority.into(),
            organisation: organisation.map(|o| o.parse::<Organisation>().unwrap()),
            subject: subject.into(),
            valid_for_hours: u16::MAX,
        };
        // Valid for seven years: a story that is longer takes new ones.
        let issued = if self.clock.now() < at("2033-01-01") { at("2026-01-01") } else { self.clock.now() };
        let token = self.keys.token(&request, issued).unwrap();
        Client { app: self.clone(), token: Some(token), last_read: Rc::default() }
    }

    /// Sends a request as it is.
    pub async fn call(&self, request: TestRequest) -> Reply {
        self.call_for_bytes(request).await.0
    }

    /// The same, for an answer that is no text.
    pub async fn call_for_bytes(&self, request: TestRequest) -> (Reply, Vec<u8>) {
        let response = (self.calls)(request.to_request()).await;
        let status = response.status();
        let headers =
            response.headers().iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
        let bytes = to_bytes(response.into_body()).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }, bytes.to_vec())
    }
}

/// The subject a development token of this name has.
pub fn subject(name: &str) -> String {
    format!("{}|{name}", ehc_casework::api::auth::development::ISSUER)
}

/// The id of the member of staff with this role.
pub fn staff_id(role: Role, authority: i32) -> Uuid {
    let place = Role::ALL.iter().position(|r| *r == role).unwrap() as u128;
    Uuid::from_u128((u128::from(authority.unsigned_abs()) << 64) + place)
}

/// Nine in the morning of a day, in winter time.
pub fn at(day: &str) -> DateTime<Utc> {
    let day: NaiveDate = day.parse().unwrap();
    day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap()).and_utc()
}

fn keys_dir() -> std::path::PathBuf {
    let dir = std::env::temp_dir().join(format!("ehc-test-keys-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// Somebody with a token, or without one.
#[derive(Clone)]
pub struct Client {
    pub app: TestApp,
    pub token: Option<String>,
    /// The ETag read last, which the next change sends as If-Match.
    last_read: Rc<Mutex<Option<String>>>,
}

static NEXT_KEY: AtomicU32 = AtomicU32::new(1);

impl Client {
    /// A request of theirs, before it is sent.
    pub fn request(&self, method: Method, path: &str) -> TestRequest {
        let mut request = TestRequest::default().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        request
    }

    /// Reads; the ETag is kept for the next change.
    pub async fn get(&self, path: &str) -> Reply {
        let reply = self.app.call(self.request(Method::GET, path)).await;
        if let Some(etag) = reply.header("etag") {
            *self.last_read.lock().unwrap() = Some(etag.to_owned());
        }
        reply
    }

    /// Creates, under a new key, with the ETag read last.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        let key = format!("key-{}", NEXT_KEY.fetch_add(1, Ordering::Relaxed));
        self.post_with_key(path, &key, body).await
    }

    /// Creates, under this key.
    pub async fn post_with_key(&self, path: &str, key: &str, body: Value) -> Reply {
        let mut request = self.request(Method::POST, path).insert_header(("idempotency-key", key));
        let etag = self.last_read.lock().unwrap().clone();
        if let Some(etag) = etag {
            request = request.insert_header(("if-match", etag));
        }
        self.app.call(request.set_json(body)).await
    }

    /// Sends a file with what is said of it, under a new key.
    pub async fn upload(&self, path: &str, says: &Value, name: &str, content: &[u8]) -> Reply {
        let key = format!("key-{}", NEXT_KEY.fetch_add(1, Ordering::Relaxed));
        self.upload_with_key(path, &key, says, name, content).await
    }

    /// The same under this key.
    pub async fn upload_with_key(&self, path: &str, key: &str, says: &Value, name: &str, content: &[u8]) -> Reply {
        let request = self.request(Method::POST, path).insert_header(("idempotency-key", key));
        self.app.call(with_form(request, says, Some((name, content)))).await
    }

    /// Reads a case and then changes it, as a person would.
    pub async fn change(&self, case: &str, what: &str, body: Value) -> Reply {
        self.get(&format!("/v1/cases/{case}")).await.ok();
        self.post(&format!("/v1/cases/{case}/{what}"), body).await
    }
}

/// An answer.
#[must_use]
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: Vec<(String, String)>,
    pub body: Value,
    pub text: String,
}

impl Reply {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The body, of an answer that must be a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.body
    }

    /// The problem's code, of an answer that must be an error with this status.
    #[track_caller]
    pub fn problem(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        self.body
    }

    /// The id in a receipt.
    #[track_caller]
    pub fn id(self) -> String {
        assert_eq!(self.status, StatusCode::CREATED, "{}", self.text);
        self.body["id"].as_str().unwrap().to_owned()
    }
}
