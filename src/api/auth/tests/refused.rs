//! Which tokens are refused, and why?

use jsonwebtoken::{Algorithm, EncodingKey};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{AUDIENCE, Folder, ISSUER, SigningKey, claims_with, encode, from_now, good_claims};
use crate::api::auth::{Denied, Verifier};

/// What is wrong, the token, and what the log says of it.
pub(super) type Refused = (&'static str, String, Denied);

/// The keys of the provider, and every token that it must not open the door to.
pub(super) struct Corpus {
    pub keys: [SigningKey; 3],
    pub refused: Vec<Refused>,
}

impl Corpus {
    pub fn new() -> Self {
        let keys =
            [SigningKey::ed25519("ed"), SigningKey::elliptic("es", Algorithm::ES256), SigningKey::rsa("rs", Algorithm::RS256)];
        let refused = [shapes(&keys), headers(&keys), signatures(&keys), purposes(&keys[0]), contents(&keys[0])].concat();
        Self { keys, refused }
    }

    pub fn verifier(&self, folder: &Folder) -> Verifier {
        folder.verifier(&self.keys.each_ref())
    }
}

fn shapes([key, ..]: &[SigningKey; 3]) -> Vec<Refused> {
    let good = key.token(&good_claims());
    let parts: Vec<&str> = good.split('.').collect();
    let (header, claims, signature) = (parts[0], parts[1], parts[2]);
    let signed = |header: &str, claims: &str| key.sign(header, claims);
    let own = key.header().to_string();
    let body = good_claims().to_string();
    let twice = |name: &str, value: &str| format!(r#"{},"{name}":"{value}"}}"#, body.trim_end_matches('}'));
    vec![
        ("nothing", String::new(), Denied::Malformed),
        ("two dots and nothing", "..".into(), Denied::Malformed),
        ("one part", header.into(), Denied::Malformed),
        ("two parts", format!("{header}.{claims}"), Denied::Malformed),
        ("four parts", format!("{good}.{signature}"), Denied::Malformed),
        ("five parts, as if encrypted", format!("{header}.{claims}.{signature}.{signature}.{signature}"), Denied::Malformed),
        ("one megabyte", format!("{header}.{}.{signature}", "A".repeat(1 << 20)), Denied::TooLong),
        ("one byte too long", "A".repeat(16 * 1024 + 1), Denied::TooLong),
        ("a header that is not base64", format!("!{header}.{claims}.{signature}"), Denied::Malformed),
        ("a header with padding", format!("{header}=.{claims}.{signature}"), Denied::Malformed),
        ("a header in the other alphabet", format!("+/+/.{claims}.{signature}"), Denied::Malformed),
        ("a header that is not UTF-8", format!("_____w.{claims}.{signature}"), Denied::Malformed),
        ("a header that is not JSON", format!("{}.{claims}.{signature}", encode("header")), Denied::Malformed),
        ("a header that is an array", signed("[]", &body), Denied::Malformed),
        ("a header nested beyond reason", format!("{}.{claims}.{signature}", encode(&"[".repeat(9_000))), Denied::Malformed),
        ("an algorithm twice", signed(r#"{"alg":"EdDSA","kid":"ed","alg":"EdDSA"}"#, &body), Denied::Malformed),
        ("claims that are not JSON", signed(&own, "claims"), Denied::Malformed),
        ("claims that are a string", signed(&own, r#""claims""#), Denied::Malformed),
        ("claims cut short", signed(&own, body.trim_end_matches('}')), Denied::Malformed),
        ("claims nested beyond reason", signed(&own, &format!(r#"{{"a":{}"#, "[".repeat(5_000))), Denied::Malformed),
        ("a subject twice", signed(&own, &twice("sub", "3f9a")), Denied::Malformed),
        ("an audience twice", signed(&own, &twice("aud", "other")), Denied::Malformed),
        ("a member within a claim twice", signed(&own, &body.replacen('{', r#"{"x":{"a":1,"a":2},"#, 1)), Denied::Malformed),
    ]
}

fn headers([key, ..]: &[SigningKey; 3]) -> Vec<Refused> {
    let with = |name: &str, value: Value| {
        let mut header = key.header();
        header[name] = value;
        key.sign(&header.to_string(), &good_claims().to_string())
    };
    let without = |name: &str| {
        let mut header = key.header();
        header.as_object_mut().expect("an object").remove(name);
        key.sign(&header.to_string(), &good_claims().to_string())
    };
    vec![
        ("jku", with("jku", json!("https://keys.example.net/jwks.json")), Denied::HeaderParameter("jku")),
        ("jwk, with the very key", with("jwk", key.jwk()), Denied::HeaderParameter("jwk")),
        ("x5u", with("x5u", json!("https://keys.example.net/chain.pem")), Denied::HeaderParameter("x5u")),
        ("x5c", with("x5c", json!(["MIIB"])), Denied::HeaderParameter("x5c")),
        ("crit", with("crit", json!(["exp"])), Denied::HeaderParameter("crit")),
        ("an unencoded payload", with("crit", json!(["b64"])), Denied::HeaderParameter("crit")),
        ("no algorithm", without("alg"), Denied::Malformed),
        ("an algorithm that is a number", with("alg", json!(7)), Denied::Malformed),
        ("an algorithm that does not exist", with("alg", json!("ES257")), Denied::Algorithm),
        ("a null algorithm", with("alg", json!(null)), Denied::Malformed),
        ("an algorithm in lower case", with("alg", json!("eddsa")), Denied::Algorithm),
        ("no key named among several", without("kid"), Denied::KeyIdMissing),
        ("a key id that is a number", with("kid", json!(1)), Denied::Malformed),
        ("an empty key id", with("kid", json!("")), Denied::UnknownKey),
        ("a key id that climbs directories", with("kid", json!("../../ed")), Denied::UnknownKey),
        ("a key id that speaks SQL", with("kid", json!("x' OR '1'='1")), Denied::UnknownKey),
        ("the type of a logout token", with("typ", json!("logout+jwt")), Denied::Type),
        ("the type of a proof", with("typ", json!("dpop+jwt")), Denied::Type),
        ("an empty type", with("typ", json!("")), Denied::Type),
        ("a type that is a number", with("typ", json!(1)), Denied::Malformed),
    ]
}

fn signatures([ed, es, rs]: &[SigningKey; 3]) -> Vec<Refused> {
    let body = good_claims().to_string();
    let good = ed.token(&good_claims());
    let (signed, signature) = good.rsplit_once('.').expect("a signature");
    let unsigned = |algorithm: &str| format!("{}.{}.", encode(&json!({"alg": algorithm}).to_string()), encode(&body));
    // As though a public key, in the forms it is published in, were a shared secret.
    let with_secret = |id: &str, secret: &[u8]| {
        let signed = format!("{}.{}", encode(&json!({"alg": "HS256", "kid": id}).to_string()), encode(&body));
        let key = EncodingKey::from_secret(secret);
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::HS256).expect("a signature");
        format!("{signed}.{signature}")
    };
    let jwk = rs.jwk();
    let modulus = jwk["n"].as_str().expect("a modulus");
    let stranger = SigningKey::ed25519("ed");
    let other_hash = SigningKey::rsa("rs", Algorithm::RS512);
    vec![
        ("no algorithm asked for", unsigned("none"), Denied::Algorithm),
        ("none, spelt otherwise", unsigned("nOnE"), Denied::Algorithm),
        ("an empty signature", format!("{signed}."), Denied::Signature),
        ("half a signature", format!("{signed}.{}", &signature[..40]), Denied::Signature),
        ("a signature with padding", format!("{good}=="), Denied::Signature),
        ("a signature that is not base64", format!("{signed}.!!!"), Denied::Signature),
        ("a signature of zeros", format!("{signed}.{}", "A".repeat(86)), Denied::Signature),
        (
            "an ECDSA signature of zeros",
            format!("{}.{}", es.token(&good_claims()).rsplit_once('.').expect("a signature").0, "A".repeat(86)),
            Denied::Signature,
        ),
        ("HS256 with the public key's JSON", with_secret("rs", jwk.to_string().as_bytes()), Denied::Algorithm),
        ("HS256 with the public key's modulus", with_secret("rs", modulus.as_bytes()), Denied::Algorithm),
        ("HS256 with nothing", with_secret("rs", b""), Denied::Algorithm),
        ("a stranger's key under a known name", stranger.token(&good_claims()), Denied::Signature),
        ("a stranger's key under its own", SigningKey::ed25519("stranger").token(&good_claims()), Denied::UnknownKey),
        ("another's name", ed.sign(&es.header().to_string(), &body), Denied::Signature),
        ("an algorithm of another kind of key", ed.sign(r#"{"alg":"ES256","kid":"ed"}"#, &body), Denied::Algorithm),
        ("a larger curve than the key's", es.sign(r#"{"alg":"ES384","kid":"es"}"#, &body), Denied::Algorithm),
        ("another hash than the key is for", other_hash.token(&good_claims()), Denied::Algorithm),
        ("another padding than the key is for", SigningKey::rsa("rs", Algorithm::PS256).token(&good_claims()), Denied::Algorithm),
        (
            "other claims under a good signature",
            format!(
                "{}.{}.{signature}",
                encode(&ed.header().to_string()),
                encode(&claims_with("roles", json!(["manager"])).to_string())
            ),
            Denied::Signature,
        ),
    ]
}

fn purposes(key: &SigningKey) -> Vec<Refused> {
    let with = |name: &str, value: Value| key.token(&claims_with(name, value));
    let without = |name: &str| with(name, Value::Null);
    vec![
        ("another issuer", with("iss", json!("https://login.example.net/realms/ehc")), Denied::Issuer),
        ("the issuer with a slash more", with("iss", json!(format!("{ISSUER}/"))), Denied::Issuer),
        ("two issuers", with("iss", json!([ISSUER])), Denied::Issuer),
        ("no issuer", without("iss"), Denied::ClaimMissing("issuer")),
        ("another audience", with("aud", json!("account")), Denied::Audience),
        ("other audiences", with("aud", json!(["account", "ehc-casework-2"])), Denied::Audience),
        ("no audience in the list", with("aud", json!([])), Denied::Audience),
        ("no audience", without("aud"), Denied::ClaimMissing("audience")),
        ("an audience among numbers", with("aud", json!([AUDIENCE, 1])), Denied::ClaimMalformed("audience")),
        ("an audience that is an object", with("aud", json!({AUDIENCE: true})), Denied::ClaimMalformed("audience")),
        ("an ID token by its nonce", with("nonce", json!("n-0S6")), Denied::NotAnAccessToken),
        ("an ID token by its at_hash", with("at_hash", json!("77Qm")), Denied::NotAnAccessToken),
        ("an ID token by its c_hash", with("c_hash", json!("LDkt")), Denied::NotAnAccessToken),
        ("an ID token by its use", with("token_use", json!("id")), Denied::NotAnAccessToken),
        ("an ID token by its type", with("typ", json!("ID")), Denied::NotAnAccessToken),
        ("a refresh token", with("typ", json!("Refresh")), Denied::NotAnAccessToken),
        ("long expired", with("exp", json!(from_now(-86_400))), Denied::Expired),
        ("expired by just more than is forgiven", with("exp", json!(from_now(-60))), Denied::Expired),
        ("expired before the epoch", with("exp", json!(-1)), Denied::Expired),
        ("expired beyond all numbers", with("exp", json!(i64::MIN)), Denied::Expired),
        ("without an end", without("exp"), Denied::ClaimMissing("end")),
        ("an end in words", with("exp", json!("tomorrow")), Denied::ClaimMalformed("end")),
        ("an end as text", with("exp", json!(from_now(300).to_string())), Denied::ClaimMalformed("end")),
        ("starting by just more than is forgiven", with("nbf", json!(from_now(61))), Denied::NotYetValid),
        ("starting beyond all numbers", with("nbf", json!(1e300)), Denied::NotYetValid),
        ("a start in words", with("nbf", json!("now")), Denied::ClaimMalformed("start")),
        ("issued in the future", with("iat", json!(from_now(61))), Denied::NotYetValid),
        ("issued at a list", with("iat", json!([])), Denied::ClaimMalformed("time of issue")),
    ]
}

fn contents(key: &SigningKey) -> Vec<Refused> {
    let with = |name: &str, value: Value| key.token(&claims_with(name, value));
    let without = |name: &str| with(name, Value::Null);
    vec![
        ("no subject", without("sub"), Denied::ClaimMissing("subject")),
        ("an empty subject", with("sub", json!("")), Denied::ClaimMalformed("subject")),
        ("a subject that is a number", with("sub", json!(7)), Denied::ClaimMalformed("subject")),
        ("a subject with a line break", with("sub", json!("a\nb")), Denied::ClaimMalformed("subject")),
        ("a subject with a NUL", with("sub", json!("a\u{0}b")), Denied::ClaimMalformed("subject")),
        ("a subject of 256 characters", with("sub", json!("a".repeat(256))), Denied::ClaimMalformed("subject")),
        ("no roles", without("roles"), Denied::NoRole),
        ("an empty list of roles", with("roles", json!([])), Denied::NoRole),
        ("an empty text of roles", with("roles", json!("")), Denied::NoRole),
        ("only roles that mean nothing here", with("roles", json!(["offline_access", "Case_Worker"])), Denied::NoRole),
        ("roles that are an object", with("roles", json!({"case_worker": true})), Denied::ClaimMalformed("roles")),
        ("a role that is a number", with("roles", json!(["case_worker", 1])), Denied::ClaimMalformed("roles")),
        ("an authority by name", with("authority", json!("Havering")), Denied::ClaimMalformed("authority")),
        ("an authority that is a number", with("authority", json!(311)), Denied::ClaimMalformed("authority")),
        ("an authority of four digits", with("authority", json!(["311", "3111"])), Denied::ClaimMalformed("authority")),
        ("an organisation of no known kind", with("organisation", json!("dfe:1")), Denied::ClaimMalformed("organisation")),
        ("several organisations", with("organisation", json!(["urn:100000"])), Denied::ClaimMalformed("organisation")),
    ]
}

#[test]
fn every_token_of_the_corpus_is_refused_for_its_own_reason() {
    let corpus = Corpus::new();
    let folder = Folder::new();
    let verifier = corpus.verifier(&folder);
    assert!(corpus.refused.len() >= 100, "{}", corpus.refused.len());
    for key in &corpus.keys {
        assert!(verifier.verify(&key.token(&good_claims())).is_ok(), "the corpus is refused for another reason than it says");
    }
    for (what, token, denied) in &corpus.refused {
        assert_eq!(verifier.verify(token), Err(*denied), "{what}");
    }
}

#[test]
fn changing_any_one_character_of_a_good_token_spoils_it() {
    let key = SigningKey::ed25519("k");
    let folder = Folder::new();
    let verifier = folder.verifier(&[&key]);
    let good = key.token(&good_claims());
    assert!(verifier.verify(&good).is_ok());
    for place in 0..good.len() {
        for other in ["A", "B", ".", "="] {
            let mut changed = good.clone();
            changed.replace_range(place..=place, other);
            assert!(changed == good || verifier.verify(&changed).is_err(), "at {place}: {other}");
        }
    }
}

#[test]
fn a_refusal_repeats_nothing_of_the_token() {
    let corpus = Corpus::new();
    for (what, _, denied) in &corpus.refused {
        let words = denied.to_string();
        for secret in ["3f9a", "311", "urn:", "Havering", "example", "climbs", "SQL"] {
            assert!(!words.contains(secret), "{what}: {words}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_a_token_by_chance(text in any::<String>(), header in any::<String>(), claims in any::<String>()) {
        let key = SigningKey::ed25519("k");
        let folder = Folder::new();
        let verifier = folder.verifier(&[&key]);
        prop_assert!(verifier.verify(&text).is_err());
        prop_assert!(verifier.verify(&key.sign(&header, &claims)).is_err());
        prop_assert!(verifier.verify(&key.sign(&key.header().to_string(), &claims)).is_err());
    }
}
