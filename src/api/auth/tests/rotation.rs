//! What happens when the provider rolls its keys, is flooded with unknown ones, or goes away?

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::json;

use super::{AUDIENCE, ISSUER, SigningKey, good_claims, key_set, now};
use crate::api::auth::{Denied, Health, KeySource, Settings, Verifier};
use crate::clock::Clock;

/// An identity provider's key endpoint on this machine.
struct Provider {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    answer: Mutex<String>,
    slowness: Mutex<Duration>,
    fetches: AtomicUsize,
    stop: AtomicBool,
}

impl Provider {
    fn new(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            answer: Mutex::new(ok(&key_set(keys))),
            slowness: Mutex::default(),
            fetches: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            for connection in listener.incoming() {
                if serving.stop.load(Ordering::SeqCst) {
                    break;
                }
                answer(connection.expect("a connection"), &serving);
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    fn publish(&self, keys: &[&SigningKey]) {
        self.say(ok(&key_set(keys)));
    }

    fn say(&self, answer: String) {
        *self.shared.answer.lock().expect("a lock") = answer;
    }

    fn answer_after(&self, slowness: Duration) {
        *self.shared.slowness.lock().expect("a lock") = slowness;
    }

    fn fetches(&self) -> usize {
        self.shared.fetches.load(Ordering::SeqCst)
    }

    fn verifier(&self, clock: &Clock) -> Verifier {
        let url = format!("http://{}/jwks", self.address);
        Verifier::new(Settings::new(KeySource::Url(url), ISSUER, AUDIENCE), clock.clone()).expect("a verifier")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        TcpStream::connect(self.address).ok();
        self.thread.take().map(JoinHandle::join);
    }
}

fn answer(mut connection: TcpStream, shared: &Shared) {
    shared.fetches.fetch_add(1, Ordering::SeqCst);
    let mut request = Vec::new();
    let mut buffer = [0; 1024];
    while !request.ends_with(b"\r\n\r\n") {
        match connection.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    thread::sleep(*shared.slowness.lock().expect("a lock"));
    let answer = shared.answer.lock().expect("a lock").clone();
    connection.write_all(answer.as_bytes()).ok();
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Longer ago than the provider's keys stay fresh.
fn an_hour_later(clock: &Clock) {
    clock.set(clock.now() + TimeDelta::hours(1));
}

#[actix_web::test]
async fn a_new_key_is_accepted_at_first_sight_and_the_old_one_as_long_as_it_is_published() {
    let (old, new) = (SigningKey::ed25519("old"), SigningKey::ed25519("new"));
    let provider = Provider::new(&[&old]);
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    assert!(verifier.authenticate(&old.token(&good_claims())).await.is_ok());
    assert_eq!(provider.fetches(), 1);

    provider.publish(&[&old, &new]);
    assert!(verifier.authenticate(&new.token(&good_claims())).await.is_ok());
    assert!(verifier.authenticate(&old.token(&good_claims())).await.is_ok());
    assert_eq!(provider.fetches(), 2);

    // A signature once found good is not good for ever.
    provider.publish(&[&new]);
    clock.set(now() + TimeDelta::seconds(30));
    assert_eq!(verifier.authenticate(&SigningKey::ed25519("other").token(&good_claims())).await, Err(Denied::UnknownKey));
    assert_eq!(verifier.authenticate(&old.token(&good_claims())).await, Err(Denied::UnknownKey));
    assert!(verifier.authenticate(&new.token(&good_claims())).await.is_ok());
}

#[test]
fn a_new_key_is_accepted_at_first_sight_off_the_server_too() {
    let (old, new) = (SigningKey::ed25519("old"), SigningKey::ed25519("new"));
    let provider = Provider::new(&[&old]);
    let verifier = provider.verifier(&Clock::fixed(now()));
    provider.publish(&[&new]);
    assert!(verifier.verify(&new.token(&good_claims())).is_ok());
}

#[actix_web::test]
async fn a_thousand_unknown_keys_cause_one_fetch_in_thirty_seconds() {
    let key = SigningKey::ed25519("known");
    let provider = Provider::new(&[&key]);
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    let unknown = |number: usize| {
        let header = json!({"alg": "EdDSA", "kid": format!("unknown-{number}")});
        key.sign(&header.to_string(), &good_claims().to_string())
    };
    for number in 0..1_000 {
        assert_eq!(verifier.authenticate(&unknown(number)).await, Err(Denied::UnknownKey));
    }
    assert_eq!(provider.fetches(), 2, "one at the start, one for all of them");
    clock.set(now() + TimeDelta::seconds(29));
    assert_eq!(verifier.verify(&unknown(1_000)), Err(Denied::UnknownKey));
    assert_eq!(provider.fetches(), 2);
    clock.set(now() + TimeDelta::seconds(30));
    assert_eq!(verifier.verify(&unknown(1_001)), Err(Denied::UnknownKey));
    assert_eq!(provider.fetches(), 3);
}

#[actix_web::test]
async fn requests_that_meet_a_new_key_together_share_one_fetch() {
    let (old, new) = (SigningKey::ed25519("old"), SigningKey::ed25519("new"));
    let provider = Provider::new(&[&old]);
    let verifier = Arc::new(provider.verifier(&Clock::fixed(now())));
    provider.publish(&[&new]);
    provider.answer_after(Duration::from_millis(200));
    let requests: Vec<_> = (0..50)
        .map(|_| {
            let (verifier, token) = (Arc::clone(&verifier), new.token(&good_claims()));
            actix_web::rt::spawn(async move { verifier.authenticate(&token).await })
        })
        .collect();
    for request in requests {
        assert!(request.await.expect("a task").is_ok());
    }
    assert_eq!(provider.fetches(), 2);
}

#[actix_web::test]
async fn a_request_given_up_while_the_provider_is_asked_costs_the_next_one_nothing() {
    let (old, new) = (SigningKey::ed25519("old"), SigningKey::ed25519("new"));
    let provider = Provider::new(&[&old]);
    let verifier = Arc::new(provider.verifier(&Clock::fixed(now())));
    provider.publish(&[&new]);
    provider.answer_after(Duration::from_secs(1));
    let token = new.token(&good_claims());
    let given_up = tokio::time::timeout(Duration::from_millis(100), verifier.authenticate(&token)).await;
    assert!(given_up.is_err(), "the provider answered too soon for this test");
    assert!(verifier.authenticate(&token).await.is_ok());
    assert_eq!(provider.fetches(), 2);
}

#[actix_web::test]
async fn known_keys_go_on_serving_while_the_provider_is_down() {
    let (known, unknown) = (SigningKey::ed25519("known"), SigningKey::ed25519("unknown"));
    let provider = Provider::new(&[&known]);
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    assert_eq!(verifier.health(), Health::Ok);
    drop(provider);

    assert_eq!(verifier.authenticate(&unknown.token(&good_claims())).await, Err(Denied::KeysUnavailable));
    assert_eq!(verifier.health(), Health::Degraded);
    an_hour_later(&clock);
    let mut claims = good_claims();
    claims["exp"] = json!(clock.now().timestamp() + 300);
    assert!(verifier.authenticate(&known.token(&claims)).await.is_ok());
}

#[actix_web::test]
async fn answers_that_are_no_key_set_leave_the_known_keys_in_place() {
    let key = SigningKey::ed25519("known");
    let provider = Provider::new(&[&key]);
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    let target = provider.address;
    let answers = [
        "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
        format!("HTTP/1.1 302 Found\r\nlocation: http://{target}/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        ok("{}"),
        ok(r#"{"keys":[]}"#),
        ok(&" ".repeat(300 * 1024)),
        String::new(),
    ];
    for (turn, answer) in (1..).zip(answers) {
        provider.say(answer.clone());
        clock.set(now() + TimeDelta::seconds(30 * turn));
        let denied = verifier.authenticate(&SigningKey::ed25519("unknown").token(&good_claims())).await;
        assert_eq!(denied, Err(Denied::KeysUnavailable), "{answer:.60}");
        assert_eq!(provider.fetches() as i64, 1 + turn);
        assert!(verifier.authenticate(&key.token(&good_claims())).await.is_ok());
    }
    provider.publish(&[&key]);
    clock.set(now() + TimeDelta::seconds(300));
    assert_eq!(verifier.authenticate(&SigningKey::ed25519("unknown").token(&good_claims())).await, Err(Denied::UnknownKey));
    assert_eq!(verifier.health(), Health::Ok);
}

#[test]
fn a_provider_that_is_slow_is_not_waited_for_longer_than_two_seconds() {
    let key = SigningKey::ed25519("known");
    let provider = Provider::new(&[&key]);
    let verifier = provider.verifier(&Clock::fixed(now()));
    provider.answer_after(Duration::from_secs(3));
    assert_eq!(verifier.verify(&SigningKey::ed25519("new").token(&good_claims())), Err(Denied::KeysUnavailable));
}

#[actix_web::test]
async fn a_provider_that_starts_after_us_is_found() {
    let key = SigningKey::ed25519("k");
    let provider = Provider::new(&[&key]);
    provider.say(String::new());
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    assert_eq!(verifier.health(), Health::NoKeys);
    assert_eq!(verifier.authenticate(&key.token(&good_claims())).await, Err(Denied::KeysUnavailable));
    provider.publish(&[&key]);
    clock.set(now() + TimeDelta::seconds(5));
    assert!(verifier.authenticate(&key.token(&good_claims())).await.is_ok());
    assert_eq!(verifier.health(), Health::Ok);
}

#[actix_web::test]
async fn a_key_that_the_provider_withdraws_stops_serving_although_none_is_missing() {
    let (withdrawn, kept) = (SigningKey::ed25519("withdrawn"), SigningKey::ed25519("kept"));
    let provider = Provider::new(&[&withdrawn, &kept]);
    let clock = Clock::fixed(now());
    let verifier = provider.verifier(&clock);
    provider.publish(&[&kept]);
    an_hour_later(&clock);
    let mut claims = good_claims();
    claims["exp"] = json!(clock.now().timestamp() + 300);
    let token = withdrawn.token(&claims);
    let deadline = Instant::now() + Duration::from_secs(5);
    while verifier.authenticate(&token).await.is_ok() {
        assert!(Instant::now() < deadline, "the withdrawn key goes on serving");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(verifier.authenticate(&kept.token(&claims)).await.is_ok());
    assert_eq!(provider.fetches(), 3, "at the start, for age, and to look for the key that is gone");
}
