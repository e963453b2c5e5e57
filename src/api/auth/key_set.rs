//! Which of the provider's keys signed this token?

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::token::Token;
use super::{Denied, unique_json};

/// RSA moduli accepted, in bytes: 2,048 bits is the least RFC 7518 §3.3 allows; past 4,096 the library checks no more.
const RSA_MODULUS: std::ops::RangeInclusive<usize> = 256..=512;

/// How many good tokens are remembered at most; when there are more, remembering starts anew.
const REMEMBERED: usize = 4_096;

/// The provider's signing keys that we can use.
///
/// A client sends one token many times, and checking its signature costs more than all else done with it: the digests of
/// tokens with a good signature are remembered for as long as these keys serve. Their claims are checked every time.
#[derive(Debug, Default)]
pub(super) struct KeySet {
    keys: Vec<Key>,
    good: Mutex<HashSet<[u8; 32]>>,
}

#[derive(Debug)]
struct Key {
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

impl KeySet {
    /// Reads a JSON Web Key Set. Keys that are not for signing, symmetric, too weak or of a kind not known here are passed over,
    /// as RFC 7517 §5 asks; `None` when it is not a key set or no key remains.
    pub fn parse(json: &[u8]) -> Option<Self> {
        let mut set = unique_json::parse(json).ok()?;
        let Value::Array(keys) = set.get_mut("keys")?.take() else { return None };
        let keys: Vec<Key> = keys.into_iter().filter_map(|key| usable(serde_json::from_value(key).ok()?)).collect();
        (!keys.is_empty()).then_some(Self { keys, good: Mutex::default() })
    }

    /// Checks the token's signature with the key it names.
    pub fn check_signature(&self, token: &Token<'_>) -> Result<(), Denied> {
        let digest: [u8; 32] = Sha256::digest(token.text).into();
        if self.good().contains(&digest) {
            return Ok(());
        }
        let mut denied = Denied::Algorithm;
        for key in self.named(token)?.into_iter().filter(|key| key.algorithms.contains(&token.algorithm)) {
            match jsonwebtoken::crypto::verify(token.signature, token.signed.as_bytes(), &key.key, token.algorithm) {
                Ok(true) => {
                    self.remember(digest);
                    return Ok(());
                }
                Ok(false) | Err(_) => denied = Denied::Signature,
            }
        }
        Err(denied)
    }

    /// The keys of the name the token gives; the only key when it gives none.
    fn named(&self, token: &Token<'_>) -> Result<Vec<&Key>, Denied> {
        let named: Vec<&Key> = match (&token.key_id, self.keys.as_slice()) {
            (Some(id), keys) => keys.iter().filter(|key| key.id.as_ref() == Some(id)).collect(),
            (None, [only]) => vec![only],
            (None, []) => vec![],
            (None, _) => return Err(Denied::KeyIdMissing),
        };
        if named.is_empty() { Err(Denied::UnknownKey) } else { Ok(named) }
    }

    fn remember(&self, digest: [u8; 32]) {
        let mut good = self.good();
        if good.len() >= REMEMBERED {
            good.clear();
        }
        good.insert(digest);
    }

    fn good(&self) -> MutexGuard<'_, HashSet<[u8; 32]>> {
        self.good.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn usable(jwk: Jwk) -> Option<Key> {
    let CommonParameters { public_key_use, key_operations, key_algorithm, key_id, .. } = &jwk.common;
    if public_key_use.as_ref().is_some_and(|purpose| *purpose != PublicKeyUse::Signature) {
        return None;
    }
    if key_operations.as_ref().is_some_and(|operations| !operations.contains(&KeyOperations::Verify)) {
        return None;
    }
    let mut algorithms = by_kind(&jwk.algorithm)?;
    if let Some(named) = key_algorithm {
        algorithms.retain(|algorithm| KeyAlgorithm::from(*algorithm) == *named);
    }
    if algorithms.is_empty() {
        return None;
    }
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some(Key { id: key_id.clone(), algorithms, key })
}

/// The algorithms a key of this kind can be for; `None` when the key is symmetric, or its numbers are not of the kind's size
/// (the library takes an Ed25519 key's first 32 bytes without asking whether there are as many).
fn by_kind(parameters: &AlgorithmParameters) -> Option<Vec<Algorithm>> {
    match parameters {
        AlgorithmParameters::RSA(rsa) => {
            let modulus = URL_SAFE_NO_PAD.decode(&rsa.n).ok()?;
            let length = modulus.iter().skip_while(|byte| **byte == 0).count();
            RSA_MODULUS.contains(&length).then(|| AlgorithmFamily::Rsa.algorithms().to_vec())
        }
        AlgorithmParameters::EllipticCurve(ec) => {
            let (algorithm, size) = match ec.curve {
                EllipticCurve::P256 => (Algorithm::ES256, 32),
                EllipticCurve::P384 => (Algorithm::ES384, 48),
                _ => return None,
            };
            (is_long(&ec.x, size) && is_long(&ec.y, size)).then(|| vec![algorithm])
        }
        AlgorithmParameters::OctetKeyPair(okp) => {
            (okp.curve == EllipticCurve::Ed25519 && is_long(&okp.x, 32)).then(|| vec![Algorithm::EdDSA])
        }
        _ => None,
    }
}

fn is_long(number: &str, bytes: usize) -> bool {
    URL_SAFE_NO_PAD.decode(number).is_ok_and(|number| number.len() == bytes)
}
