//! Which tokens are accepted and which are not: keys, tokens and verifiers for the tests of this folder.

mod accepted;
mod development;
mod key_sets;
mod refused;
mod requests;
mod rotation;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeZone, Utc};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use rsa::pkcs1::EncodeRsaPrivateKey;
use serde_json::{Value, json};

use crate::clock::Clock;

use super::{KeySource, Settings, Verifier};

const ISSUER: &str = "https://login.example.org/realms/ehc";
const AUDIENCE: &str = "ehc-casework";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).single().expect("an instant")
}

/// Seconds since the epoch, so many after `now()`.
fn from_now(seconds: i64) -> i64 {
    now().timestamp() + seconds
}

/// A provider's signing key.
struct SigningKey {
    id: &'static str,
    algorithm: Algorithm,
    private: EncodingKey,
}

impl SigningKey {
    fn ed25519(id: &'static str) -> Self {
        let prefix = hex::decode("302e020100300506032b657004220420").expect("hex");
        let private = EncodingKey::from_ed_der(&[prefix, rand::random::<[u8; 32]>().to_vec()].concat());
        Self { id, algorithm: Algorithm::EdDSA, private }
    }

    /// PKCS #8 around a scalar below both curves' orders.
    fn elliptic(id: &'static str, algorithm: Algorithm) -> Self {
        let (prefix, size) = match algorithm {
            Algorithm::ES256 => ("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420", 32),
            _ => ("304e020100301006072a8648ce3d020106052b81040022043730350201010430", 48),
        };
        let mut scalar: Vec<u8> = (0..size).map(|_| rand::random()).collect();
        scalar[0] = 1;
        let private = EncodingKey::from_ec_der(&[hex::decode(prefix).expect("hex"), scalar].concat());
        Self { id, algorithm, private }
    }

    /// One RSA key for all tests: making one takes seconds.
    fn rsa(id: &'static str, algorithm: Algorithm) -> Self {
        static DER: OnceLock<Vec<u8>> = OnceLock::new();
        let der = DER.get_or_init(|| {
            let key = rsa::RsaPrivateKey::new(&mut Random, 2048).expect("an RSA key");
            key.to_pkcs1_der().expect("an encoded key").as_bytes().to_vec()
        });
        Self { id, algorithm, private: EncodingKey::from_rsa_der(der) }
    }

    /// The public half as the provider publishes it.
    fn jwk(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.private, self.algorithm).expect("a public key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = json!(self.id);
        jwk["use"] = json!("sig");
        jwk
    }

    fn header(&self) -> Value {
        json!({"alg": format!("{:?}", self.algorithm), "kid": self.id, "typ": "JWT"})
    }

    fn token(&self, claims: &Value) -> String {
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    /// Signs any two texts, whether they make a token or not.
    fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.private, self.algorithm).expect("a signature");
        format!("{signed}.{signature}")
    }
}

struct Random;

impl rsa::rand_core::RngCore for Random {
    fn next_u32(&mut self) -> u32 {
        rand::random()
    }

    fn next_u64(&mut self) -> u64 {
        rand::random()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Random {}

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn key_set(keys: &[&SigningKey]) -> String {
    json!({"keys": keys.iter().map(|key| key.jwk()).collect::<Vec<_>>()}).to_string()
}

/// Claims that are accepted as they are.
fn good_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "3f9a", "iat": from_now(-10), "nbf": from_now(-10), "exp": from_now(300),
        "roles": ["case_worker"], "authority": "311"
    })
}

/// The good claims with one replaced, or removed when the value is null.
fn claims_with(name: &str, value: Value) -> Value {
    let mut claims = good_claims();
    match value {
        Value::Null => claims.as_object_mut().expect("an object").remove(name).map(drop).unwrap_or_default(),
        value => claims[name] = value,
    }
    claims
}

/// A directory that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("ehc-auth-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&path).expect("a directory");
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// A file of keys.
    fn keys(&self, keys: &[&SigningKey]) -> KeySource {
        let path = self.0.join("jwks.json");
        fs::write(&path, key_set(keys)).expect("a file");
        KeySource::File(path)
    }

    fn verifier(&self, keys: &[&SigningKey]) -> Verifier {
        Verifier::new(Settings::new(self.keys(keys), ISSUER, AUDIENCE), Clock::fixed(now())).expect("a verifier")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
