//! What does a token with a good signature say, and does it hold here and now?

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::access::{Organisation, Role};

use super::{Denied, Settings};

/// The longest subject, in characters, as OpenID Connect Core §2 limits `sub`.
const LONGEST_SUBJECT: usize = 255;

/// Claims that only an ID token has (OpenID Connect Core §2, §3.3.2.11).
const ID_TOKEN_CLAIMS: [&str; 3] = ["nonce", "at_hash", "c_hash"];

/// What Keycloak writes as the claim `typ` of tokens that are not for calling an API.
const OTHER_TOKENS: [&str; 4] = ["ID", "Refresh", "Offline", "Logout"];

type Claims = Map<String, Value>;

/// What a verified token says, in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedClaims {
    /// The person: issuer and subject together, as `issuer|subject`.
    pub subject: String,
    /// What they do here. Never empty.
    pub roles: BTreeSet<Role>,
    /// Department codes of the authorities they act in, such as `311`, each once, in the token's order. May be empty.
    pub authorities: Vec<String>,
    /// The organisation they act for, when it is not the authority.
    pub organisation: Option<Organisation>,
}

impl VerifiedClaims {
    /// Checks that the claims are an access token's, from the right issuer, for us and for this instant, and maps them.
    pub(super) fn read(claims: &Claims, settings: &Settings, now: DateTime<Utc>) -> Result<Self, Denied> {
        check_purpose(claims)?;
        check_issuer_and_audience(claims, settings)?;
        check_time(claims, settings.leeway_seconds, now)?;
        let paths = &settings.claims;
        Ok(Self {
            subject: format!("{}|{}", settings.issuer, subject(at(claims, &paths.subject))?),
            roles: roles(at(claims, &paths.roles), &settings.role_names)?,
            authorities: authorities(at(claims, &paths.authority))?,
            organisation: organisation(at(claims, &paths.organisation))?,
        })
    }
}

fn check_purpose(claims: &Claims) -> Result<(), Denied> {
    let says = |name: &str, values: &[&str]| claims.get(name).and_then(Value::as_str).is_some_and(|says| values.contains(&says));
    if ID_TOKEN_CLAIMS.iter().any(|name| claims.contains_key(*name)) || says("token_use", &["id"]) || says("typ", &OTHER_TOKENS) {
        return Err(Denied::NotAnAccessToken);
    }
    Ok(())
}

fn check_issuer_and_audience(claims: &Claims, settings: &Settings) -> Result<(), Denied> {
    match claims.get("iss") {
        None => return Err(Denied::ClaimMissing("issuer")),
        Some(Value::String(issuer)) if *issuer == settings.issuer => {}
        Some(_) => return Err(Denied::Issuer),
    }
    let audiences = texts(claims.get("aud"), "audience")?.ok_or(Denied::ClaimMissing("audience"))?;
    if audiences.contains(&settings.audience.as_str()) { Ok(()) } else { Err(Denied::Audience) }
}

/// RFC 7519 §4.1.4 to §4.1.6: valid strictly before `exp`, and from `nbf` on, each loosened by the leeway.
fn check_time(claims: &Claims, leeway_seconds: u64, now: DateTime<Utc>) -> Result<(), Denied> {
    let now = now.timestamp();
    let leeway = i64::try_from(leeway_seconds).unwrap_or(i64::MAX);
    let ends = seconds(claims, "exp", "end")?.ok_or(Denied::ClaimMissing("end"))?;
    if now >= ends.saturating_add(leeway) {
        return Err(Denied::Expired);
    }
    for (name, what) in [("nbf", "start"), ("iat", "time of issue")] {
        if seconds(claims, name, what)?.is_some_and(|starts| now < starts.saturating_sub(leeway)) {
            return Err(Denied::NotYetValid);
        }
    }
    Ok(())
}

/// A NumericDate, which RFC 7519 §2 lets have a fraction; the fraction is dropped.
fn seconds(claims: &Claims, name: &str, what: &'static str) -> Result<Option<i64>, Denied> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let whole = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64));
    whole.map(Some).ok_or(Denied::ClaimMalformed(what))
}

fn subject(claim: Option<&Value>) -> Result<&str, Denied> {
    match claim {
        None => Err(Denied::ClaimMissing("subject")),
        Some(Value::String(subject))
            if !subject.is_empty() && subject.chars().count() <= LONGEST_SUBJECT && !subject.chars().any(char::is_control) =>
        {
            Ok(subject)
        }
        Some(_) => Err(Denied::ClaimMalformed("subject")),
    }
}

fn roles(claim: Option<&Value>, names: &BTreeMap<String, Role>) -> Result<BTreeSet<Role>, Denied> {
    let listed = match claim {
        Some(Value::String(spaced)) => spaced.split_ascii_whitespace().collect(),
        claim => texts(claim, "roles")?.unwrap_or_default(),
    };
    let roles: BTreeSet<Role> = listed.into_iter().filter_map(|name| names.get(name).copied()).collect();
    if roles.is_empty() { Err(Denied::NoRole) } else { Ok(roles) }
}

fn authorities(claim: Option<&Value>) -> Result<Vec<String>, Denied> {
    let mut authorities = Vec::new();
    for code in texts(claim, "authority")?.unwrap_or_default() {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Denied::ClaimMalformed("authority"));
        }
        if !authorities.iter().any(|known| known == code) {
            authorities.push(code.to_owned());
        }
    }
    Ok(authorities)
}

fn organisation(claim: Option<&Value>) -> Result<Option<Organisation>, Denied> {
    match claim {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| Denied::ClaimMalformed("organisation")),
        Some(_) => Err(Denied::ClaimMalformed("organisation")),
    }
}

/// The claim at a path: the claim of that whole name, or else what its dotted steps lead to.
fn at<'c>(claims: &'c Claims, path: &str) -> Option<&'c Value> {
    claims.get(path).or_else(|| {
        let mut steps = path.split('.');
        let first = claims.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    })
}

/// One string or an array of strings; `None` when absent.
fn texts<'c>(claim: Option<&'c Value>, what: &'static str) -> Result<Option<Vec<&'c str>>, Denied> {
    match claim {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(one)) => Ok(Some(vec![one])),
        Some(Value::Array(several)) => {
            let several: Option<Vec<&str>> = several.iter().map(Value::as_str).collect();
            several.map(Some).ok_or(Denied::ClaimMalformed(what))
        }
        Some(_) => Err(Denied::ClaimMalformed(what)),
    }
}
