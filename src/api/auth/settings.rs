//! Whose tokens are accepted, and where in them our words are found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::access::Role;

use super::key_source::check_url;

/// The clock difference between us and the identity provider that is forgiven, in seconds, unless configured.
pub const DEFAULT_LEEWAY_SECONDS: u64 = 60;

/// The most that may be forgiven: more would let a token live on noticeably after its end.
const MOST_LEEWAY_SECONDS: u64 = 300;

/// Where the identity provider's public keys (a JSON Web Key Set, RFC 7517) are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// A file, read again when a token names a key it did not hold.
    File(PathBuf),
    /// An address: `https`, or `http` on this machine only.
    Url(String),
}

/// Where in a token's claims a thing is found.
///
/// A path is looked up as one claim's name first (`https://example.org/roles`), then step by step at its dots
/// (`realm_access.roles`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPaths {
    /// The provider's role names: an array of strings, or one string with spaces between.
    pub roles: String,
    /// Department codes of the authorities the person acts in: a string or an array of strings.
    pub authority: String,
    /// The organisation the person acts for, such as `urn:100000`: a string.
    pub organisation: String,
    /// What names the person for good at this issuer: a string. Never an e-mail address.
    pub subject: String,
}

impl Default for ClaimPaths {
    fn default() -> Self {
        Self { roles: "roles".into(), authority: "authority".into(), organisation: "organisation".into(), subject: "sub".into() }
    }
}

/// Whose tokens are accepted, and how they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the public keys are.
    pub keys: KeySource,
    /// The only `iss` accepted, compared to the letter.
    pub issuer: String,
    /// The name that `aud` must hold: ours at this provider.
    pub audience: String,
    /// Clock difference forgiven for `exp`, `nbf` and `iat`, in seconds; at most 300.
    pub leeway_seconds: u64,
    /// Where in the claims things are found.
    pub claims: ClaimPaths,
    /// The provider's role names and what each means here. Names not listed mean nothing.
    pub role_names: BTreeMap<String, Role>,
}

impl Settings {
    /// Settings with the usual leeway, claim paths and our own role names.
    pub fn new(keys: KeySource, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self {
            keys,
            issuer: issuer.into(),
            audience: audience.into(),
            leeway_seconds: DEFAULT_LEEWAY_SECONDS,
            claims: ClaimPaths::default(),
            role_names: Role::ALL.into_iter().map(|role| (role.as_str().to_owned(), role)).collect(),
        }
    }

    /// Everything that is wrong with the settings, in words for the person who wrote them; empty when nothing is.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if let KeySource::Url(url) = &self.keys
            && let Err(problem) = check_url(url)
        {
            problems.push(problem.to_string());
        }
        if self.issuer.is_empty() {
            problems.push("the issuer is empty".into());
        }
        if self.audience.is_empty() {
            problems.push("the audience is empty".into());
        }
        if self.leeway_seconds > MOST_LEEWAY_SECONDS {
            problems.push(format!("the leeway is more than {MOST_LEEWAY_SECONDS} seconds"));
        }
        if self.role_names.is_empty() {
            problems.push("no role name is mapped, so that nobody could do anything".into());
        }
        let ClaimPaths { roles, authority, organisation, subject } = &self.claims;
        for (what, path) in [("roles", roles), ("authority", authority), ("organisation", organisation), ("subject", subject)] {
            if path.split('.').any(str::is_empty) {
                problems.push(format!("the claim path for {what} is empty or has an empty step"));
            }
        }
        problems
    }
}
