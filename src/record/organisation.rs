//! The bodies that act: the authority whose journal it is, and organisations by their public identifiers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The authority a request acts in. Ours; the Department's codes are dated attributes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthorityId(pub i32);

impl fmt::Display for AuthorityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An organisation by its public identifier: `urn:100000`, `ukprn:10000000`, `ods:RF4` or `local:name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "urn:100000", pattern = "^(urn:[0-9]{5,6}|ukprn:[0-9]{8}|ods:[A-Za-z0-9]{3,10}|local:[a-z0-9_-]{1,40})$")]
pub struct Organisation(String);

/// The text is not an organisation's identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnOrganisation;

impl fmt::Display for NotAnOrganisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an organisation is urn:<5-6 digits>, ukprn:<8 digits>, ods:<3-10 letters or digits> or local:<1-40 of a-z 0-9 _ ->",
        )
    }
}

impl std::error::Error for NotAnOrganisation {}

impl Organisation {
    /// The identifier with its scheme.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URN, when this is a setting known to the national register.
    pub fn urn(&self) -> Option<&str> {
        self.0.strip_prefix("urn:")
    }
}

impl FromStr for Organisation {
    type Err = NotAnOrganisation;

    fn from_str(text: &str) -> Result<Self, NotAnOrganisation> {
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let ok = match text.split_once(':') {
            Some(("urn", rest)) => (5..=6).contains(&rest.len()) && digits(rest),
            Some(("ukprn", rest)) => rest.len() == 8 && digits(rest),
            Some(("ods", rest)) => (3..=10).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric()),
            Some(("local", rest)) => {
                (1..=40).contains(&rest.len())
                    && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
            }
            _ => false,
        };
        if ok { Ok(Self(text.to_owned())) } else { Err(NotAnOrganisation) }
    }
}

impl<'de> Deserialize<'de> for Organisation {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The name under which a person is granted a child; an organisation is granted one under its own identifier.
pub fn person(subject: &str) -> String {
    format!("person:{subject}")
}
