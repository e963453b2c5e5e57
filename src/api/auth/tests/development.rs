//! Do development tokens work here, and only here?

use std::os::unix::fs::PermissionsExt;
use std::{fs, thread};

use chrono::TimeDelta;

use super::{Folder, now};
use crate::access::Role;
use crate::api::auth::development::{DevelopmentError, ISSUER, Keys, TokenRequest};
use crate::api::auth::{Denied, Verifier};
use crate::clock::Clock;

fn request() -> TokenRequest {
    TokenRequest {
        role: Role::School,
        authority_code: "311".into(),
        organisation: "urn:100000".parse().ok(),
        subject: "demo-school".into(),
        valid_for_hours: 12,
    }
}

#[test]
fn a_development_token_is_accepted_until_its_last_hour_is_over() {
    let folder = Folder::new();
    let keys = Keys::load_or_create(folder.path(), None).expect("keys");
    let token = keys.token(&request(), now()).expect("a token");
    let clock = Clock::fixed(now());
    let verifier = Verifier::new(keys.settings(), clock.clone()).expect("a verifier");
    let verified = verifier.verify(&token).expect("a good token");
    assert_eq!(verified.subject, format!("{ISSUER}|demo-school"));
    assert!(verified.roles.contains(&Role::School));
    assert_eq!(verified.authorities, ["311"]);
    assert_eq!(verified.organisation, request().organisation);
    clock.set(now() + TimeDelta::hours(12) + TimeDelta::seconds(59));
    assert!(verifier.verify(&token).is_ok());
    clock.set(now() + TimeDelta::hours(12) + TimeDelta::seconds(60));
    assert_eq!(verifier.verify(&token), Err(Denied::Expired));
}

#[test]
fn every_role_can_have_a_token() {
    let folder = Folder::new();
    let keys = Keys::load_or_create(folder.path(), Some(ISSUER)).expect("keys");
    let verifier = Verifier::new(keys.settings(), Clock::fixed(now())).expect("a verifier");
    for role in Role::ALL {
        let token = keys.token(&TokenRequest { role, organisation: None, ..request() }, now()).expect("a token");
        assert!(verifier.verify(&token).expect("a good token").roles.contains(&role));
    }
}

#[test]
fn the_key_is_kept_for_its_owner_alone_and_used_again() {
    let folder = Folder::new();
    let first = Keys::load_or_create(folder.path(), None).expect("keys");
    let verifier = Verifier::new(first.settings(), Clock::fixed(now())).expect("a verifier");
    let second = Keys::load_or_create(folder.path(), None).expect("keys");
    assert!(verifier.verify(&second.token(&request(), now()).expect("a token")).is_ok());
    let private = folder.path().join("development-key.pem");
    assert_eq!(fs::metadata(&private).expect("a file").permissions().mode() & 0o777, 0o600);
    let public = fs::read_to_string(folder.path().join("development-jwks.json")).expect("a file");
    assert!(!public.contains(r#""d""#), "the public set holds the private key");
    fs::set_permissions(&private, fs::Permissions::from_mode(0o640)).expect("a file");
    assert!(matches!(Keys::load_or_create(folder.path(), None), Err(DevelopmentError::Exposed(_))));
}

#[test]
fn processes_that_start_at_once_agree_on_one_key() {
    let folder = Folder::new();
    let tokens: Vec<String> = thread::scope(|scope| {
        let start = || Keys::load_or_create(folder.path(), None).expect("keys").token(&request(), now()).expect("a token");
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect()
    });
    let keys = Keys::load_or_create(folder.path(), None).expect("keys");
    let verifier = Verifier::new(keys.settings(), Clock::fixed(now())).expect("a verifier");
    assert!(tokens.iter().all(|token| verifier.verify(token).is_ok()));
    assert_eq!(fs::read_dir(folder.path()).expect("a directory").count(), 2, "drafts are left behind");
}

#[test]
fn there_are_no_development_tokens_beside_a_real_issuer() {
    let folder = Folder::new();
    let keys = Keys::load_or_create(folder.path(), Some("https://login.example.org/realms/ehc"));
    assert!(matches!(keys, Err(DevelopmentError::RealIssuer)));
    assert_eq!(fs::read_dir(folder.path()).expect("a directory").count(), 0);
}

#[test]
fn a_file_that_holds_no_key_is_refused() {
    let folder = Folder::new();
    let private = folder.path().join("development-key.pem");
    fs::write(&private, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").expect("a file");
    fs::set_permissions(&private, fs::Permissions::from_mode(0o600)).expect("a file");
    assert!(matches!(Keys::load_or_create(folder.path(), None), Err(DevelopmentError::Key(_))));
}
