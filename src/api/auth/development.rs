//! Tokens without an identity provider: a key of this machine's own, for development and the demonstration.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use crate::access::{Organisation, Role};

use super::{KeySource, Settings};

/// The issuer of development tokens.
pub const ISSUER: &str = "urn:ehc-casework:development";

/// The audience of development tokens.
pub const AUDIENCE: &str = "ehc-casework";

const PRIVATE_KEY_FILE: &str = "development-key.pem";
const PUBLIC_KEYS_FILE: &str = "development-jwks.json";

/// What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7).
const PKCS8_ED25519: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why there are no development tokens.
#[derive(Debug)]
pub enum DevelopmentError {
    /// A real issuer is configured: a key on this machine must not stand in for it.
    RealIssuer,
    /// The key's file, or the public one, could not be read or written.
    File(PathBuf, io::Error),
    /// The private key's file may be read by others than its owner.
    Exposed(PathBuf),
    /// The private key's file holds no Ed25519 key, or the key does not sign.
    Key(jsonwebtoken::errors::Error),
}

impl fmt::Display for DevelopmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DevelopmentError::RealIssuer => f.write_str("an identity provider is configured: get a token from it"),
            DevelopmentError::File(path, error) => write!(f, "{}: {error}", path.display()),
            DevelopmentError::Exposed(path) => {
                write!(f, "{0} may be read by others; run: chmod 600 {0}", path.display())
            }
            DevelopmentError::Key(error) => write!(f, "the development key cannot be used: {error}"),
        }
    }
}

impl std::error::Error for DevelopmentError {}

impl From<jsonwebtoken::errors::Error> for DevelopmentError {
    fn from(error: jsonwebtoken::errors::Error) -> Self {
        DevelopmentError::Key(error)
    }
}

/// What a development token says.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// What the person does.
    pub role: Role,
    /// Department code of the authority they act in, such as `311`.
    pub authority_code: String,
    /// The organisation they act for, if not the authority.
    pub organisation: Option<Organisation>,
    /// Who they are at the development issuer.
    pub subject: String,
    /// How long the token is good for, in hours.
    pub valid_for_hours: u16,
}

/// The development key and its public half.
pub struct Keys {
    private: EncodingKey,
    key_id: String,
    public_keys: PathBuf,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    roles: [Role; 1],
    authority: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<&'a Organisation>,
}

impl Keys {
    /// Reads the key in the directory, or makes one that only its owner may read; writes the public key set beside it.
    ///
    /// Refuses when `configured_issuer` is any other than ours. Safe when several processes start at once.
    pub fn load_or_create(dir: &Path, configured_issuer: Option<&str>) -> Result<Self, DevelopmentError> {
        if configured_issuer.is_some_and(|issuer| issuer != ISSUER) {
            return Err(DevelopmentError::RealIssuer);
        }
        let path = dir.join(PRIVATE_KEY_FILE);
        let pem = match read_private(&path) {
            Err(DevelopmentError::File(_, error)) if error.kind() == ErrorKind::NotFound => {
                create_private(&path)?;
                read_private(&path)?
            }
            outcome => outcome?,
        };
        let private = EncodingKey::from_ed_pem(&pem)?;
        let mut public = Jwk::from_encoding_key(&private, Algorithm::EdDSA)?;
        let key_id = public.thumbprint(ThumbprintHash::SHA256)?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let set = serde_json::to_vec(&JwkSet { keys: vec![public] }).map_err(jsonwebtoken::errors::Error::from)?;
        let public_keys = dir.join(PUBLIC_KEYS_FILE);
        replace(&public_keys, &set).map_err(|error| DevelopmentError::File(public_keys.clone(), error))?;
        Ok(Self { private, key_id, public_keys })
    }

    /// The settings of a verifier that accepts these tokens.
    pub fn settings(&self) -> Settings {
        Settings::new(KeySource::File(self.public_keys.clone()), ISSUER, AUDIENCE)
    }

    /// Signs a token that is good from `now` on.
    pub fn token(&self, request: &TokenRequest, now: DateTime<Utc>) -> Result<String, DevelopmentError> {
        let header = Header { kid: Some(self.key_id.clone()), typ: Some("at+jwt".into()), ..Header::new(Algorithm::EdDSA) };
        let claims = Claims {
            iss: ISSUER,
            aud: AUDIENCE,
            sub: &request.subject,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + TimeDelta::hours(request.valid_for_hours.into())).timestamp(),
            roles: [request.role],
            authority: &request.authority_code,
            organisation: request.organisation.as_ref(),
        };
        Ok(jsonwebtoken::encode(&header, &claims, &self.private)?)
    }
}

fn read_private(path: &Path) -> Result<Vec<u8>, DevelopmentError> {
    let failed = |error| DevelopmentError::File(path.to_owned(), error);
    let mode = fs::metadata(path).map_err(failed)?.mode();
    if mode & 0o077 != 0 {
        return Err(DevelopmentError::Exposed(path.to_owned()));
    }
    fs::read(path).map_err(failed)
}

/// Puts a new key in place whole or not at all, and never over one that another process has made meanwhile.
fn create_private(path: &Path) -> Result<(), DevelopmentError> {
    let pkcs8 = [PKCS8_ED25519.as_slice(), &rand::random::<[u8; 32]>()].concat();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(pkcs8));
    let draft = draft_of(path);
    let outcome = write_new(&draft, 0o600, pem.as_bytes()).and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft).ok();
    match outcome {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(DevelopmentError::File(path.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Replaces a file in one step, so that nobody reads half of it.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = draft_of(path);
    write_new(&draft, 0o644, content).and_then(|()| fs::rename(&draft, path)).inspect_err(|_| {
        fs::remove_file(&draft).ok();
    })
}

fn write_new(path: &Path, mode: u32, content: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn draft_of(path: &Path) -> PathBuf {
    path.with_extension(format!("{}.draft", uuid::Uuid::new_v4().simple()))
}
