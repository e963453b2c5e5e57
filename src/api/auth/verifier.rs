//! Is this token good, and what does it say?

use std::fmt;
use std::sync::Arc;

use actix_web::rt::task::spawn_blocking;
use actix_web::web;
use tokio::sync::Mutex;

use crate::clock::Clock;

use super::key_ring::KeyRing;
use super::token::Token;
use super::{Denied, Health, KeySource, KeySourceError, Settings, VerifiedClaims};

/// Verifies bearer tokens of one issuer. Shared by all of the server's threads.
#[derive(Debug)]
pub struct Verifier {
    settings: Settings,
    clock: Clock,
    keys: Arc<KeyRing>,
    /// The requests that wait for an unknown key wait here, so that one of them takes a blocking thread and not all.
    looking: Mutex<()>,
}

/// Why there is no verifier.
#[derive(Debug)]
pub enum VerifierError {
    /// The settings are wrong. Holds everything that is, in words.
    Settings(Vec<String>),
    /// The file of keys cannot be used. (An address that does not answer yet is no error: `Verifier::health` tells.)
    Keys(KeySourceError),
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VerifierError::Settings(problems) => f.write_str(&problems.join("; ")),
            VerifierError::Keys(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for VerifierError {}

impl Verifier {
    /// Reads the keys once and is ready. Blocks, for two seconds at most when the keys are fetched.
    ///
    /// An identity provider that does not answer does not keep the server from starting; a file that cannot be used does.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, VerifierError> {
        let problems = settings.problems();
        if !problems.is_empty() {
            return Err(VerifierError::Settings(problems));
        }
        let (keys, outcome) = KeyRing::new(settings.keys.clone(), clock.clone());
        match (outcome, &settings.keys) {
            (Err(error), KeySource::File(_)) => return Err(VerifierError::Keys(error)),
            (Err(error), KeySource::Url(_)) => log::warn!("no token can be verified yet: {error}"),
            (Ok(()), _) => {}
        }
        Ok(Self { settings, clock, keys: Arc::new(keys), looking: Mutex::new(()) })
    }

    /// Verifies a token. Blocks only when it names a key that is not known; `authenticate` is for handlers.
    pub fn verify(&self, token: &str) -> Result<VerifiedClaims, Denied> {
        let token = Token::parse(token)?;
        let mut outcome = self.check(&token);
        if outcome == Err(Denied::UnknownKey) {
            if self.keys.may_look() {
                self.keys.look();
            }
            outcome = self.check(&token);
        }
        outcome.map_err(|denied| self.excused(denied))
    }

    /// Verifies a token on the server's own threads: only looking for an unknown key hops to a blocking one.
    pub async fn authenticate(&self, token: &str) -> Result<VerifiedClaims, Denied> {
        let token = Token::parse(token)?;
        if self.keys.is_stale() {
            let keys = Arc::clone(&self.keys);
            spawn_blocking(move || keys.freshen());
        }
        let mut outcome = self.check(&token);
        if outcome == Err(Denied::UnknownKey) {
            if self.keys.may_look() {
                self.look_in_turn().await?;
            }
            outcome = self.check(&token);
        }
        outcome.map_err(|denied| self.excused(denied))
    }

    async fn look_in_turn(&self) -> Result<(), Denied> {
        let _turn = self.looking.lock().await;
        if self.keys.may_look() {
            let keys = Arc::clone(&self.keys);
            web::block(move || keys.look()).await.map_err(|_| Denied::KeysUnavailable)?;
        }
        Ok(())
    }

    /// Whether tokens can be verified, for readiness.
    pub fn health(&self) -> Health {
        self.keys.health()
    }

    fn check(&self, token: &Token<'_>) -> Result<VerifiedClaims, Denied> {
        self.keys.keys().check_signature(token)?;
        VerifiedClaims::read(&token.claims()?, &self.settings, self.clock.now())
    }

    /// A key that is unknown while the provider cannot be asked may be a good one: that is no verdict on the token.
    fn excused(&self, denied: Denied) -> Denied {
        match (denied, self.keys.health()) {
            (Denied::UnknownKey, Health::Degraded | Health::NoKeys) => Denied::KeysUnavailable,
            (denied, _) => denied,
        }
    }
}
