//! Where ids and keys come from: the one source of randomness, which the demonstration and tests can seed.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

/// Makes ids and keys. Cheap to clone.
#[derive(Clone, Default)]
pub struct Chance {
    seeded: Option<Arc<Mutex<StdRng>>>,
}

impl Chance {
    /// The operating system's randomness.
    pub fn system() -> Self {
        Self { seeded: None }
    }

    /// The same ids and keys each time.
    pub fn seeded(seed: u64) -> Self {
        Self { seeded: Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))) }
    }

    fn fill(&self, bytes: &mut [u8]) {
        match &self.seeded {
            Some(seeded) => seeded.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).fill_bytes(bytes),
            None => rand::rng().fill_bytes(bytes),
        }
    }

    /// A new id, ordered by the instant (UUID version 7).
    pub fn id<T: From<Uuid>>(&self, at: DateTime<Utc>) -> T {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into()
    }

    /// A new key for the HMAC of a detail.
    pub fn key(&self) -> Vec<u8> {
        let mut key = vec![0; 32];
        self.fill(&mut key);
        key
    }
}
