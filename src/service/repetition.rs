//! Exactly once: the same request under the same key is carried out one time, and its receipt is given again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Cause, Error};
use crate::db::Tx;
use crate::store::idempotency;

/// What tells a request from its repetition.
#[derive(Debug, Clone)]
pub struct Once {
    /// The method and path it came by.
    pub operation: String,
    /// The client's key.
    pub key: String,
    /// What was asked, as a digest.
    pub fingerprint: Vec<u8>,
}

/// The effect of a request, or of its first occurrence.
#[derive(Debug, Clone)]
pub struct Effect<R> {
    /// What was recorded.
    pub receipt: R,
    /// Whether it was recorded by an earlier request.
    pub replayed: bool,
}

/// Carries out `work` unless the same request was carried out before; the key commits with the effect.
///
/// # Errors
/// [`Error::KeyInFlight`] while the first is still at work, [`Error::KeyReused`] when the key belongs to another request.
pub fn once<R: Serialize + DeserializeOwned>(
    tx: &mut Tx<'_>,
    once: &Once,
    work: impl FnOnce(&mut Tx<'_>) -> Result<R, Error>,
) -> Result<Effect<R>, Error> {
    if !idempotency::claim(tx, &once.operation, &once.key)? {
        return Err(Error::KeyInFlight);
    }
    if let Some((fingerprint, receipt)) = idempotency::find(tx, &once.operation, &once.key)? {
        if fingerprint != once.fingerprint {
            return Err(Error::KeyReused);
        }
        let receipt = serde_json::from_str(&receipt).map_err(|error| Error::Unexpected(Cause::new(error)))?;
        return Ok(Effect { receipt, replayed: true });
    }
    let receipt = work(tx)?;
    let text = serde_json::to_string(&receipt).map_err(|error| Error::Unexpected(Cause::new(error)))?;
    idempotency::keep(tx, &once.operation, &once.key, &once.fingerprint, &text)?;
    Ok(Effect { receipt, replayed: false })
}
