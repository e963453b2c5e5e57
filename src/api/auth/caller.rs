//! How does a request become a `Caller`?

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use crate::access::{AuthorityId, Caller};
use crate::api::RequestId;

use super::{AuthError, Denied, VerifiedClaims, Verifier};

/// The header that chooses among a token's authorities, by Department code.
pub const AUTHORITY_HEADER: &str = "EHC-Authority";

/// The authorities served here. Handlers find it as `web::Data<dyn Authorities>` (`web::Data::from(Arc<dyn Authorities>)`).
pub trait Authorities: Send + Sync {
    /// The authority that the Department's code (`311`) stands for today.
    fn by_code(&self, code: &str) -> Option<AuthorityId>;
}

/// Verifies the bearer token and chooses the authority. A refusal is logged with the request's id and nothing of the token.
impl FromRequest for Caller {
    type Error = AuthError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AuthError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let Some(RequestId(id)) = request.extensions().get::<RequestId>().copied() else {
                log::error!("a request has no id: its middleware is not installed");
                return Err(AuthError::Unavailable);
            };
            let (Some(verifier), Some(authorities)) =
                (request.app_data::<web::Data<Verifier>>(), request.app_data::<web::Data<dyn Authorities>>())
            else {
                log::error!("no verifier or no authorities: the server was put together without them");
                return Err(AuthError::Unavailable);
            };
            let caller = async {
                let claims = verifier.authenticate(bearer(request.headers())?).await?;
                let authority = choose_authority(&claims, request.headers(), authorities.as_ref())?;
                let VerifiedClaims { subject, roles, organisation, .. } = claims;
                Ok(Caller { subject, roles, authority, organisation, request_id: id })
            };
            caller.await.inspect_err(|error| log::info!("request {id} has no caller: {error}"))
        })
    }
}

/// The token in `Authorization` (RFC 6750 §2.1). Another scheme is no bearer token; two headers leave open which is meant.
fn bearer(headers: &HeaderMap) -> Result<&str, AuthError> {
    let mut sent = headers.get_all(AUTHORIZATION);
    let value = sent.next().ok_or(AuthError::Missing)?;
    if sent.next().is_some() {
        return Err(Denied::Malformed.into());
    }
    let text = value.to_str().map_err(|_| Denied::Malformed)?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim_matches(' ')),
        _ => Err(AuthError::Missing),
    }
}

/// The one authority the token names, or the one among several that the header names. A header that names another than the
/// token's only authority is an error too: whoever sent it meant another.
fn choose_authority(
    claims: &VerifiedClaims,
    headers: &HeaderMap,
    authorities: &dyn Authorities,
) -> Result<AuthorityId, AuthError> {
    let sent: Vec<&HeaderValue> = headers.get_all(AUTHORITY_HEADER).collect();
    let code = match (claims.authorities.as_slice(), sent.as_slice()) {
        ([], _) => return Err(Denied::NoAuthority.into()),
        ([only], []) => only,
        (several, [chosen]) => {
            several.iter().find(|code| code.as_bytes() == chosen.as_bytes()).ok_or(AuthError::ChooseAuthority)?
        }
        (_, _) => return Err(AuthError::ChooseAuthority),
    };
    authorities.by_code(code).ok_or_else(|| Denied::UnknownAuthority.into())
}
