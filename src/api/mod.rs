//! HTTP. Parse, call, shape.

pub mod auth;

use uuid::Uuid;

/// The request's id, put into the request's extensions before anything else looks at the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub Uuid);
