//! Where do the provider's keys come from, and what may go wrong on the way?

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{StatusCode, Uri};

use super::KeySource;
use super::key_set::KeySet;

/// The longest key set read, in bytes.
const LONGEST_KEY_SET: u64 = 256 * 1024;

/// How long the provider may take, from the name's look-up to the last byte.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why there are no keys from a source.
#[derive(Debug)]
pub enum KeySourceError {
    /// The address is none, or neither `https` nor on this machine.
    Address,
    /// The file could not be read.
    File(std::io::Error),
    /// The provider did not answer, or not in time.
    Provider(Box<ureq::Error>),
    /// The provider answered with another status than 200; redirections are not followed.
    Status(u16),
    /// What came is longer than a key set ever is.
    TooLong,
    /// What came holds no key that can be used.
    NoUsableKey,
}

impl fmt::Display for KeySourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeySourceError::Address => f.write_str("the key set's address must be https, or http on this machine"),
            KeySourceError::File(cause) => write!(f, "the key set's file could not be read: {cause}"),
            KeySourceError::Provider(cause) => write!(f, "the key set could not be fetched: {cause}"),
            KeySourceError::Status(status) => write!(f, "the key set's address answered with status {status}"),
            KeySourceError::TooLong => write!(f, "the key set is longer than {LONGEST_KEY_SET} bytes"),
            KeySourceError::NoUsableKey => f.write_str("the key set holds no key that can be used"),
        }
    }
}

impl std::error::Error for KeySourceError {}

impl KeySource {
    /// Reads the keys. Blocks, for two seconds at most when they are fetched.
    pub(super) fn read(&self) -> Result<KeySet, KeySourceError> {
        let json = match self {
            KeySource::File(path) => {
                let mut json = Vec::new();
                let file = File::open(path).map_err(KeySourceError::File)?;
                file.take(LONGEST_KEY_SET + 1).read_to_end(&mut json).map_err(KeySourceError::File)?;
                if json.len() as u64 > LONGEST_KEY_SET {
                    return Err(KeySourceError::TooLong);
                }
                json
            }
            KeySource::Url(url) => fetch(url)?,
        };
        KeySet::parse(&json).ok_or(KeySourceError::NoUsableKey)
    }
}

/// Whether keys may be fetched from the address.
pub(super) fn check_url(url: &str) -> Result<Uri, KeySourceError> {
    let uri: Uri = url.parse().map_err(|_| KeySourceError::Address)?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => Ok(uri),
        (Some("http"), Some(host)) if is_this_machine(host) => Ok(uri),
        _ => Err(KeySourceError::Address),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn fetch(url: &str) -> Result<Vec<u8>, KeySourceError> {
    let uri = check_url(url)?;
    let remote = uri.scheme_str() == Some("https");
    let mut config = Agent::config_builder().https_only(remote).max_redirects(0).timeout_global(Some(PATIENCE));
    if !remote {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let refused = |error: ureq::Error| match error {
        ureq::Error::StatusCode(status) => KeySourceError::Status(status),
        ureq::Error::BodyExceedsLimit(_) => KeySourceError::TooLong,
        other => KeySourceError::Provider(Box::new(other)),
    };
    let mut answer = agent.get(uri).header("accept", "application/jwk-set+json, application/json").call().map_err(refused)?;
    if answer.status() != StatusCode::OK {
        return Err(KeySourceError::Status(answer.status().as_u16()));
    }
    answer.body_mut().with_config().limit(LONGEST_KEY_SET).read_to_vec().map_err(refused)
}
