//! Which tokens are good, and what do they say in our words?

use std::collections::{BTreeMap, BTreeSet};

use jsonwebtoken::Algorithm;
use serde_json::json;

use super::{AUDIENCE, Folder, ISSUER, SigningKey, claims_with, from_now, good_claims, now};
use crate::access::Role;
use crate::api::auth::{ClaimPaths, Denied, Settings, Verifier};
use crate::clock::Clock;

#[test]
fn every_asymmetric_algorithm_is_accepted_with_a_key_of_its_kind() {
    let algorithms = [
        Algorithm::RS256,
        Algorithm::RS384,
        Algorithm::RS512,
        Algorithm::PS256,
        Algorithm::PS384,
        Algorithm::PS512,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::EdDSA,
    ];
    for algorithm in algorithms {
        let key = match algorithm {
            Algorithm::ES256 | Algorithm::ES384 => SigningKey::elliptic("k", algorithm),
            Algorithm::EdDSA => SigningKey::ed25519("k"),
            _ => SigningKey::rsa("k", algorithm),
        };
        let verified = Folder::new().verifier(&[&key]).verify(&key.token(&good_claims()));
        assert!(verified.is_ok(), "{algorithm:?}: {verified:?}");
    }
}

#[test]
fn a_token_says_who_what_and_where() {
    let key = SigningKey::ed25519("k");
    let claims = claims_with("organisation", json!("urn:100000"));
    let verified = Folder::new().verifier(&[&key]).verify(&key.token(&claims)).expect("a good token");
    assert_eq!(verified.subject, format!("{ISSUER}|3f9a"));
    assert_eq!(verified.roles, BTreeSet::from([Role::CaseWorker]));
    assert_eq!(verified.authorities, ["311"]);
    assert_eq!(verified.organisation, "urn:100000".parse().ok());
}

#[test]
fn time_is_forgiven_up_to_the_leeway_and_no_further() {
    let key = SigningKey::ed25519("k");
    let verifier = Folder::new().verifier(&[&key]);
    let cases = [
        ("exp", 1, Ok(())),
        ("exp", 0, Ok(())),
        ("exp", -59, Ok(())),
        ("exp", -60, Err(Denied::Expired)),
        ("exp", -61, Err(Denied::Expired)),
        ("nbf", 59, Ok(())),
        ("nbf", 60, Ok(())),
        ("nbf", 61, Err(Denied::NotYetValid)),
        ("iat", 60, Ok(())),
        ("iat", 61, Err(Denied::NotYetValid)),
    ];
    for (claim, seconds, expected) in cases {
        let token = key.token(&claims_with(claim, json!(from_now(seconds))));
        assert_eq!(verifier.verify(&token).map(drop), expected, "{claim} {seconds:+}");
    }
}

#[test]
fn a_token_ends_by_the_given_clock_not_by_the_machines() {
    let key = SigningKey::ed25519("k");
    let folder = Folder::new();
    let clock = Clock::fixed(now());
    let verifier = Verifier::new(Settings::new(folder.keys(&[&key]), ISSUER, AUDIENCE), clock.clone()).expect("a verifier");
    let token = key.token(&good_claims());
    assert!(verifier.verify(&token).is_ok());
    clock.set(now() + chrono::TimeDelta::seconds(360));
    assert_eq!(verifier.verify(&token), Err(Denied::Expired));
}

#[test]
fn more_tokens_than_are_remembered_are_all_good_and_a_bad_one_among_them_is_not() {
    let key = SigningKey::ed25519("k");
    let verifier = Folder::new().verifier(&[&key]);
    let forged = SigningKey::ed25519("k").token(&good_claims());
    let tokens: Vec<String> = (0..4_100).map(|number| key.token(&claims_with("sub", json!(number.to_string())))).collect();
    for token in tokens.iter().chain(&tokens[..10]) {
        assert!(verifier.verify(token).is_ok());
        assert_eq!(verifier.verify(&forged), Err(Denied::Signature));
    }
}

#[test]
fn a_leeway_of_zero_forgives_nothing() {
    let key = SigningKey::ed25519("k");
    let folder = Folder::new();
    let settings = Settings { leeway_seconds: 0, ..Settings::new(folder.keys(&[&key]), ISSUER, AUDIENCE) };
    let verifier = Verifier::new(settings, Clock::fixed(now())).expect("a verifier");
    assert_eq!(verifier.verify(&key.token(&claims_with("exp", json!(from_now(0))))), Err(Denied::Expired));
    assert!(verifier.verify(&key.token(&claims_with("exp", json!(from_now(1))))).is_ok());
    assert!(verifier.verify(&key.token(&claims_with("nbf", json!(from_now(0))))).is_ok());
    assert_eq!(verifier.verify(&key.token(&claims_with("nbf", json!(from_now(1))))), Err(Denied::NotYetValid));
}

#[test]
fn what_a_provider_may_write_another_way_is_understood() {
    let key = SigningKey::ed25519("k");
    let verifier = Folder::new().verifier(&[&key]);
    let variants = [
        claims_with("aud", json!([AUDIENCE])),
        claims_with("aud", json!(["account", AUDIENCE])),
        claims_with("exp", json!(from_now(300) as f64 + 0.5)),
        claims_with("nbf", json!(null)),
        claims_with("iat", json!(null)),
        claims_with("roles", json!("offline_access case_worker")),
        claims_with("roles", json!(["offline_access", "case_worker"])),
        claims_with("authority", json!(["311"])),
        claims_with("token_use", json!("access")),
        claims_with("typ", json!("Bearer")),
        claims_with("anything_else", json!({"deep": [1, 2.5, true, null, "x"]})),
    ];
    for claims in variants {
        let verified = verifier.verify(&key.token(&claims));
        assert!(verified.is_ok(), "{claims}: {verified:?}");
    }
    for kind in ["JWT", "jwt", "at+jwt", "application/at+jwt", "AT+JWT"] {
        let header = json!({"alg": "EdDSA", "kid": "k", "typ": kind}).to_string();
        assert!(verifier.verify(&key.sign(&header, &good_claims().to_string())).is_ok(), "{kind}");
    }
    let untyped = json!({"alg": "EdDSA", "kid": "k", "x5t": "a thumbprint"}).to_string();
    assert!(verifier.verify(&key.sign(&untyped, &good_claims().to_string())).is_ok());
}

#[test]
fn an_only_key_needs_no_name() {
    let key = SigningKey::ed25519("k");
    let token = key.sign(r#"{"alg":"EdDSA"}"#, &good_claims().to_string());
    assert!(Folder::new().verifier(&[&key]).verify(&token).is_ok());
}

#[test]
fn several_authorities_are_told_once_each_in_the_tokens_order() {
    let key = SigningKey::ed25519("k");
    let token = key.token(&claims_with("authority", json!(["320", "311", "320"])));
    assert_eq!(Folder::new().verifier(&[&key]).verify(&token).expect("a good token").authorities, ["320", "311"]);
}

#[test]
fn claims_are_found_at_the_configured_paths_and_roles_by_the_providers_names() {
    let key = SigningKey::rsa("k", Algorithm::RS256);
    let folder = Folder::new();
    let settings = Settings {
        claims: ClaimPaths {
            roles: "realm_access.roles".into(),
            authority: "https://ehc.example/claims.authority".into(),
            organisation: "ehc.acts_for".into(),
            subject: "oid".into(),
        },
        role_names: BTreeMap::from([
            ("SEN-Officers".to_owned(), Role::CaseWorker),
            ("SEN-Heads".to_owned(), Role::DecisionMaker),
        ]),
        ..Settings::new(folder.keys(&[&key]), ISSUER, AUDIENCE)
    };
    let verifier = Verifier::new(settings, Clock::fixed(now())).expect("a verifier");
    let mut claims = good_claims();
    claims["oid"] = json!("person-7");
    claims["realm_access"] = json!({"roles": ["SEN-Heads", "SEN-Officers", "manager"]});
    claims["https://ehc.example/claims.authority"] = json!("320");
    claims["ehc"] = json!({"acts_for": "ods:RF4"});
    let verified = verifier.verify(&key.token(&claims)).expect("a good token");
    assert_eq!(verified.subject, format!("{ISSUER}|person-7"));
    assert_eq!(verified.roles, BTreeSet::from([Role::CaseWorker, Role::DecisionMaker]));
    assert_eq!(verified.authorities, ["320"]);
    assert_eq!(verified.organisation, "ods:RF4".parse().ok());
}
