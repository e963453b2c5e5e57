//! What does a token say before its signature is checked?
//!
//! Only what is needed to find the key: the algorithm and the key's id. Claims are read once the signature holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, AlgorithmFamily};
use serde_json::{Map, Value};

use super::{Denied, unique_json};

/// The longest token that is looked at, in bytes. Provider tokens with hundreds of group claims stay below it.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Header parameters that name or carry a key, or demand extensions: the key is found by configuration alone (RFC 8725 §3.10).
const REFUSED_PARAMETERS: [&str; 5] = ["jku", "jwk", "x5u", "x5c", "crit"];

/// A token in compact form (RFC 7515 §3.1), read as far as its header.
pub(super) struct Token<'a> {
    /// The whole token.
    pub text: &'a str,
    /// Header and claims as they were signed.
    pub signed: &'a str,
    /// The signature in base64url.
    pub signature: &'a str,
    /// How it says it is signed; always an asymmetric algorithm.
    pub algorithm: Algorithm,
    /// Which key it says it is signed with.
    pub key_id: Option<String>,
    claims: &'a str,
}

impl<'a> Token<'a> {
    /// Reads the header.
    pub fn parse(text: &'a str) -> Result<Self, Denied> {
        if text.len() > LONGEST_TOKEN {
            return Err(Denied::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(Denied::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(Denied::Malformed)?;
        if claims.contains('.') {
            return Err(Denied::Malformed);
        }
        let header = object(header)?;
        if let Some(name) = REFUSED_PARAMETERS.into_iter().find(|name| header.contains_key(*name)) {
            return Err(Denied::HeaderParameter(name));
        }
        let algorithm = header.get("alg").and_then(Value::as_str).ok_or(Denied::Malformed)?;
        let algorithm = algorithm.parse::<Algorithm>().map_err(|_| Denied::Algorithm)?;
        if algorithm.family() == AlgorithmFamily::Hmac {
            return Err(Denied::Algorithm);
        }
        if let Some(kind) = text_member(&header, "typ")?
            && !is_access_token_type(kind)
        {
            return Err(Denied::Type);
        }
        let key_id = text_member(&header, "kid")?.map(str::to_owned);
        Ok(Self { text, signed, signature, algorithm, key_id, claims })
    }

    /// Reads the claims; to be believed only after the signature was checked.
    pub fn claims(&self) -> Result<Map<String, Value>, Denied> {
        object(self.claims)
    }
}

/// Media types, so compared without case; `application/` may be left out (RFC 7515 §4.1.9, RFC 9068 §2.1).
fn is_access_token_type(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    matches!(kind.strip_prefix("application/").unwrap_or(&kind), "jwt" | "at+jwt")
}

fn text_member<'h>(header: &'h Map<String, Value>, name: &str) -> Result<Option<&'h str>, Denied> {
    match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Denied::Malformed),
    }
}

fn object(part: &str) -> Result<Map<String, Value>, Denied> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| Denied::Malformed)?;
    match unique_json::parse(&json) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(Denied::Malformed),
    }
}
