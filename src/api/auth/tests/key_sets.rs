//! Which published keys are used, and which passed over?

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{AUDIENCE, Folder, ISSUER, SigningKey, good_claims, now};
use crate::api::auth::{Denied, KeySource, Settings, Verifier, VerifierError};
use crate::clock::Clock;

fn verifier_of(folder: &Folder, set: &str) -> Result<Verifier, VerifierError> {
    let path = folder.path().join("jwks.json");
    std::fs::write(&path, set).expect("a file");
    Verifier::new(Settings::new(KeySource::File(path), ISSUER, AUDIENCE), Clock::fixed(now()))
}

fn with(key: &SigningKey, name: &str, value: Value) -> Value {
    let mut jwk = key.jwk();
    jwk[name] = value;
    jwk
}

#[test]
fn keys_that_cannot_be_used_are_passed_over_and_the_others_serve() {
    let good = SigningKey::ed25519("good");
    let ed = SigningKey::ed25519("k");
    let es = SigningKey::elliptic("k", Algorithm::ES256);
    let rs = SigningKey::rsa("k", Algorithm::RS256);
    let useless = [
        ("symmetric", json!({"kty": "oct", "kid": "k", "k": "c2VjcmV0", "alg": "HS256"})),
        ("of a kind not known", json!({"kty": "AKP", "kid": "k", "alg": "ML-DSA-44", "pub": "AAAA"})),
        ("for encryption", with(&ed, "use", json!("enc"))),
        ("for signing, not verifying", with(&ed, "key_ops", json!(["sign"]))),
        ("for an algorithm of encryption", with(&rs, "alg", json!("RSA-OAEP"))),
        ("for another kind's algorithm", with(&es, "alg", json!("RS256"))),
        ("an Ed25519 key cut short", with(&ed, "x", json!("AAAA"))),
        ("an empty Ed25519 key", with(&ed, "x", json!(""))),
        ("a coordinate cut short", with(&es, "y", json!("AAAA"))),
        ("on a curve we do not use", with(&es, "crv", json!("P-521"))),
        ("a weak RSA key", with(&rs, "n", json!("q83vq83vq83v"))),
        ("a weak RSA key padded with zeros", with(&rs, "n", json!(format!("{}q83v", "A".repeat(400))))),
        ("an endless RSA key", with(&rs, "n", json!("q83v".repeat(400)))),
        ("not base64", with(&ed, "x", json!("not base64!"))),
        ("a key id that is a number", with(&ed, "kid", json!(1))),
        ("not an object", json!("key")),
    ];
    for (what, jwk) in useless {
        let folder = Folder::new();
        let alone = verifier_of(&folder, &json!({"keys": [jwk]}).to_string());
        assert!(matches!(alone, Err(VerifierError::Keys(_))), "{what}");
        let both = verifier_of(&folder, &json!({"keys": [jwk, good.jwk()]}).to_string()).expect("one good key");
        assert!(both.verify(&good.token(&good_claims())).is_ok(), "{what}");
        for key in [&ed, &es, &rs] {
            assert_eq!(both.verify(&key.token(&good_claims())), Err(Denied::UnknownKey), "{what}");
        }
    }
}

#[test]
fn numbers_that_make_no_key_deny_and_do_not_panic() {
    let es = SigningKey::elliptic("es", Algorithm::ES256);
    let rs = SigningKey::rsa("rs", Algorithm::RS256);
    let off_the_curve = with(&es, "y", es.jwk()["x"].clone());
    let exponent_one = with(&rs, "e", json!("AQ"));
    let folder = Folder::new();
    let verifier = verifier_of(&folder, &json!({"keys": [off_the_curve, exponent_one]}).to_string()).expect("a verifier");
    assert_eq!(verifier.verify(&es.token(&good_claims())), Err(Denied::Signature));
    assert_eq!(verifier.verify(&rs.token(&good_claims())), Err(Denied::Signature));
}

#[test]
fn an_rsa_key_for_no_named_algorithm_serves_the_whole_family() {
    let key = SigningKey::rsa("k", Algorithm::PS384);
    let mut jwk = key.jwk();
    jwk.as_object_mut().expect("an object").remove("alg");
    let folder = Folder::new();
    let verifier = verifier_of(&folder, &json!({"keys": [jwk]}).to_string()).expect("a verifier");
    assert!(verifier.verify(&key.token(&good_claims())).is_ok());
    assert!(verifier.verify(&SigningKey::rsa("k", Algorithm::RS256).token(&good_claims())).is_ok());
}

#[test]
fn two_keys_of_one_name_are_told_apart_by_their_kind() {
    let (ed, es) = (SigningKey::ed25519("k"), SigningKey::elliptic("k", Algorithm::ES256));
    let verifier = Folder::new().verifier(&[&ed, &es]);
    assert!(verifier.verify(&ed.token(&good_claims())).is_ok());
    assert!(verifier.verify(&es.token(&good_claims())).is_ok());
}

#[test]
fn what_is_no_key_set_is_refused_at_the_start() {
    let folder = Folder::new();
    let key = SigningKey::ed25519("k").jwk();
    for set in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[]}"#, &format!(r#"{{"keys":[{key}],"keys":[{key}]}}"#)] {
        assert!(matches!(verifier_of(&folder, set), Err(VerifierError::Keys(_))), "{set}");
    }
    let long = format!(r#"{{"keys":[{key}],"x":"{}"}}"#, "x".repeat(256 * 1024));
    assert!(matches!(verifier_of(&folder, &long), Err(VerifierError::Keys(_))));
    let missing = KeySource::File(folder.path().join("missing.json"));
    let verifier = Verifier::new(Settings::new(missing, ISSUER, AUDIENCE), Clock::fixed(now()));
    assert!(matches!(verifier, Err(VerifierError::Keys(_))));
}

#[test]
fn unsafe_settings_are_told_all_at_once() {
    let mut settings = Settings::new(KeySource::Url("http://login.example.org/jwks".into()), "", "");
    settings.leeway_seconds = 301;
    settings.role_names.clear();
    settings.claims.roles = "realm_access..roles".into();
    match Verifier::new(settings, Clock::fixed(now())) {
        Err(VerifierError::Settings(problems)) => assert_eq!(problems.len(), 6, "{problems:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn keys_are_fetched_over_tls_or_from_this_machine() {
    let problems = |url: &str| Settings::new(KeySource::Url(url.into()), ISSUER, AUDIENCE).problems().len();
    for url in ["https://login.example.org/jwks", "http://127.0.0.1:8080/jwks", "http://[::1]/jwks", "http://localhost/jwks"] {
        assert_eq!(problems(url), 0, "{url}");
    }
    for url in
        ["http://10.0.0.1/jwks", "http://localhost.example.org/jwks", "ftp://localhost/jwks", "file:///etc/passwd", "jwks", ""]
    {
        assert_eq!(problems(url), 1, "{url}");
    }
}
