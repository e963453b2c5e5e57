//! When are the provider's keys read again, and what serves meanwhile?
//!
//! A key that is not known is looked for at once, by one reader at a time and not more often than `COOLDOWN`, so that a
//! provider may roll its keys at any moment and nobody can make us knock on its door. While it does not answer, the keys that
//! are known go on serving.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;

use super::KeySource;
use super::key_set::KeySet;
use super::key_source::KeySourceError;

/// The least time between two readings that unknown keys bring about.
const COOLDOWN: TimeDelta = TimeDelta::seconds(30);

/// The same while there is no key at all, so that a provider that starts after us is noticed soon.
const COOLDOWN_WITHOUT_KEYS: TimeDelta = TimeDelta::seconds(5);

/// After this long the keys are read again although none is missing, so that a key the provider has withdrawn stops serving.
/// After a reading that failed, `COOLDOWN` is long enough.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// Whether tokens can be verified, for readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// The keys came from the provider when they were last asked for.
    Ok,
    /// The provider did not answer when last asked; the keys known from before serve.
    Degraded,
    /// There has never been a key: no token can be verified.
    NoKeys,
}

#[derive(Debug)]
pub(super) struct KeyRing {
    source: KeySource,
    clock: Clock,
    state: RwLock<State>,
    /// Held by the one reader.
    reading: Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    keys: Option<Arc<KeySet>>,
    failed: bool,
    read_at: Option<DateTime<Utc>>,
    /// When an unknown key last brought about a reading, or one failed. Others do not count, so that a key rolled just after
    /// one of them is found.
    looked_at: Option<DateTime<Utc>>,
}

impl KeyRing {
    /// Reads the keys for the first time. A failure to is told beside the ring, which goes on trying.
    pub fn new(source: KeySource, clock: Clock) -> (Self, Result<(), KeySourceError>) {
        let ring = Self { source, clock, state: RwLock::default(), reading: Mutex::new(()) };
        let outcome = ring.read(&ring.one_reader());
        (ring, outcome)
    }

    /// The keys as known now; an empty set when there has never been one.
    pub fn keys(&self) -> Arc<KeySet> {
        self.with_state(|state| state.keys.clone()).unwrap_or_default()
    }

    pub fn health(&self) -> Health {
        self.with_state(|state| match (&state.keys, state.failed) {
            (None, _) => Health::NoKeys,
            (Some(_), true) => Health::Degraded,
            (Some(_), false) => Health::Ok,
        })
    }

    /// Whether looking for an unknown key could find it: a reading is under way or is allowed again.
    pub fn may_look(&self) -> bool {
        self.is_reading() || self.cooled_down()
    }

    /// Reads the keys because one is not known, unless that was done just now. Waits for a reading under way. Blocks.
    pub fn look(&self) {
        let reader = self.one_reader();
        if self.cooled_down() {
            self.write_state(|state, now| state.looked_at = Some(now));
            self.read_and_log(&reader);
        }
    }

    /// Whether the keys should be read again although none is missing.
    pub fn is_stale(&self) -> bool {
        !self.is_reading() && self.aged()
    }

    /// Reads the keys if they are stale still. Blocks.
    pub fn freshen(&self) {
        let reader = self.one_reader();
        if self.aged() {
            self.read_and_log(&reader);
        }
    }

    fn cooled_down(&self) -> bool {
        let cooldown = if self.with_state(|state| state.keys.is_none()) { COOLDOWN_WITHOUT_KEYS } else { COOLDOWN };
        self.passed(cooldown, |state| state.looked_at)
    }

    fn aged(&self) -> bool {
        let age = if self.with_state(|state| state.failed) { COOLDOWN } else { FRESH };
        self.passed(age, |state| state.read_at)
    }

    /// Whether the span has passed since an instant, in whichever direction the clock was moved.
    fn passed(&self, span: TimeDelta, since: impl Fn(&State) -> Option<DateTime<Utc>>) -> bool {
        self.with_state(|state| since(state)).is_none_or(|since| (self.clock.now() - since).abs() >= span)
    }

    fn read_and_log(&self, reader: &MutexGuard<'_, ()>) {
        match self.read(reader) {
            Ok(()) => log::info!("the identity provider's keys were read again"),
            Err(error) => log::warn!("the identity provider's keys could not be read again, those known go on serving: {error}"),
        }
    }

    fn read(&self, _reader: &MutexGuard<'_, ()>) -> Result<(), KeySourceError> {
        let read = self.source.read();
        self.write_state(|state, now| {
            state.read_at = Some(now);
            state.failed = read.is_err();
            if state.failed {
                state.looked_at = Some(now);
            }
            read.map(|keys| state.keys = Some(Arc::new(keys)))
        })
    }

    fn one_reader(&self) -> MutexGuard<'_, ()> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_reading(&self) -> bool {
        matches!(self.reading.try_lock(), Err(TryLockError::WouldBlock))
    }

    fn with_state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write_state<T>(&self, change: impl FnOnce(&mut State, DateTime<Utc>) -> T) -> T {
        let now = self.clock.now();
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner), now)
    }
}
