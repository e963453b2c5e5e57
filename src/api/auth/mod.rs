//! Who sent this request: from the `Authorization` header to a verified `access::Caller`.
//!
//! A request's token is read (`token`), its signature checked with a key of the identity provider (`key_ring`, `key_set`,
//! `key_source`), its claims checked and mapped to our words (`claims`), and one authority chosen for the request (`caller`).
//! The rules are those of RFC 8725: asymmetric signatures only, keys only from where the configuration says.

mod answer;
mod caller;
mod claims;
mod denied;
pub mod development;
mod key_ring;
mod key_set;
mod key_source;
mod settings;
mod token;
mod unique_json;
mod verifier;

#[cfg(test)]
mod tests;

pub use caller::{AUTHORITY_HEADER, Authorities};
pub use claims::VerifiedClaims;
pub use denied::{AuthError, Denied};
pub use key_ring::Health;
pub use key_source::KeySourceError;
pub use settings::{ClaimPaths, KeySource, Settings};
pub use verifier::{Verifier, VerifierError};
