//! Why a request has no caller: what the log is told, and what the client is.

use std::fmt;

use crate::service::FieldError;

use super::caller::AUTHORITY_HEADER;

/// Why a token is not accepted. For the log: nothing of the token is repeated, and the client learns only `invalid_token`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denied {
    /// Longer than any token of ours.
    TooLong,
    /// Not three parts of base64url, or a header or claims that are not a JSON object naming each member once.
    Malformed,
    /// Signed with a method we do not accept, or not with one that the key is for.
    Algorithm,
    /// The header carries a parameter that could steer which key is used or how. Holds its name.
    HeaderParameter(&'static str),
    /// The header's `typ` is not that of an access token.
    Type,
    /// Several keys, and the token does not say which.
    KeyIdMissing,
    /// The provider has no such key.
    UnknownKey,
    /// The key is unknown, and the provider could not be asked just now: the token may be good.
    KeysUnavailable,
    /// The signature is not this key's.
    Signature,
    /// An ID, refresh or logout token, not an access token.
    NotAnAccessToken,
    /// Of another issuer.
    Issuer,
    /// For another audience.
    Audience,
    /// Past its end.
    Expired,
    /// Before its start.
    NotYetValid,
    /// A claim we need is absent. Holds what it would have said.
    ClaimMissing(&'static str),
    /// A claim has another shape than it must. Holds what it says.
    ClaimMalformed(&'static str),
    /// No role that means anything here.
    NoRole,
    /// No authority to act in.
    NoAuthority,
    /// An authority that is not served here.
    UnknownAuthority,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Denied::TooLong => "the token is too long",
            Denied::Malformed => "the token is malformed",
            Denied::Algorithm => "the signature's algorithm is not accepted for this key",
            Denied::HeaderParameter(name) => return write!(f, "the token's header carries {name}"),
            Denied::Type => "the token's type is not that of an access token",
            Denied::KeyIdMissing => "the token names no key and there are several",
            Denied::UnknownKey => "the token names an unknown key",
            Denied::KeysUnavailable => "the token names an unknown key and the identity provider does not answer",
            Denied::Signature => "the signature is wrong",
            Denied::NotAnAccessToken => "the token is not an access token",
            Denied::Issuer => "the token is of another issuer",
            Denied::Audience => "the token is for another audience",
            Denied::Expired => "the token has expired",
            Denied::NotYetValid => "the token is not valid yet",
            Denied::ClaimMissing(name) => return write!(f, "the token does not say its {name}"),
            Denied::ClaimMalformed(name) => return write!(f, "the token says its {name} in a shape that is not understood"),
            Denied::NoRole => "the token carries no role known here",
            Denied::NoAuthority => "the token names no authority",
            Denied::UnknownAuthority => "the token names an authority that is not served here",
        };
        f.write_str(words)
    }
}

impl std::error::Error for Denied {}

/// Why a request has no caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthError {
    /// No bearer token was sent: 401.
    Missing,
    /// A token was sent and is not accepted: 401. That includes a token for an authority that is not served here: it
    /// identifies nobody to us, and a different answer would tell strangers which authorities are.
    Invalid(Denied),
    /// The header `EHC-Authority` is needed to choose among the token's authorities, or names none of them: a field error.
    ChooseAuthority,
    /// The identity provider's keys are not to be had just now: 503, and the same request may succeed later.
    Unavailable,
}

impl AuthError {
    /// The value of `WWW-Authenticate` that goes with a 401 (RFC 6750 §3), for those errors that are one.
    pub fn challenge(&self) -> Option<&'static str> {
        match self {
            AuthError::Missing => Some(r#"Bearer realm="ehc-casework""#),
            AuthError::Invalid(_) => Some(r#"Bearer error="invalid_token""#),
            AuthError::ChooseAuthority | AuthError::Unavailable => None,
        }
    }

    /// The field that is wrong, for the error that is about one.
    pub fn field_error(&self) -> Option<FieldError> {
        matches!(self, AuthError::ChooseAuthority).then(|| {
            let detail =
                "the token is for several authorities or for another: name one of its authorities by its three-digit code";
            FieldError::new(AUTHORITY_HEADER, "choose_authority", detail)
        })
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AuthError::Missing => f.write_str("no bearer token was sent"),
            AuthError::Invalid(denied) => denied.fmt(f),
            AuthError::ChooseAuthority => f.write_str("no authority of the token's was chosen"),
            AuthError::Unavailable => f.write_str("the identity provider's keys are not available"),
        }
    }
}

impl std::error::Error for AuthError {}

impl From<Denied> for AuthError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::KeysUnavailable => AuthError::Unavailable,
            denied => AuthError::Invalid(denied),
        }
    }
}
