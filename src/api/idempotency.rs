//! Which request is a repetition: the client's key, and a fingerprint of what was asked under it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderName;
use actix_web::{FromRequest, HttpRequest};
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::limits::KEY_CHARS;
use super::problem::{Code, Problem};
use crate::service::{Error, FieldError, Once};

/// The header that carries the key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// `Idempotent-Replayed: true` says that the answer is that of an earlier request with the same key.
pub const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The `Idempotency-Key` of a request that creates something, and what it asks apart from its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    route: String,
    named: Vec<String>,
}

impl IdempotencyKey {
    /// The key: 1 to [`KEY_CHARS`] visible ASCII characters, the client's choice.
    pub fn as_str(&self) -> &str {
        &self.key
    }

    /// What the key is unique within, beside the caller: the method and the path's template.
    pub fn route(&self) -> &str {
        &self.route
    }

    /// SHA-256 over route, ids in the path, query and canonical body ([`ValidJson::canonical`], or nothing where none is taken):
    /// the same key with another fingerprint is another request.
    ///
    /// [`ValidJson::canonical`]: super::body::ValidJson::canonical
    pub fn fingerprint(&self, canonical_body: &str) -> [u8; 32] {
        let mut sum = Sha256::new();
        let parts = std::iter::once(self.route.as_str()).chain(self.named.iter().map(String::as_str));
        for part in parts.chain([canonical_body]) {
            sum.update((part.len() as u64).to_be_bytes());
            sum.update(part);
        }
        sum.finalize().into()
    }

    /// What tells this request from its repetition, by its canonical body.
    pub fn once(&self, canonical_body: &str) -> Once {
        Once { operation: self.route.clone(), key: self.key.clone(), fingerprint: self.fingerprint(canonical_body).to_vec() }
    }

    fn read(req: &HttpRequest) -> Result<Self, Problem> {
        let mut sent = req.headers().get_all(IDEMPOTENCY_KEY);
        let first = sent.next().ok_or(Error::KeyRequired)?;
        let visible = first.as_bytes().iter().all(u8::is_ascii_graphic);
        let key = match first.to_str() {
            Ok(key) if visible && (1..=KEY_CHARS).contains(&key.len()) && sent.next().is_none() => key.to_owned(),
            _ => {
                let rule = format!("Must be sent once, as 1 to {KEY_CHARS} visible ASCII characters.");
                return Err(Problem::of_fields(Code::InvalidHeader, vec![FieldError::new("Idempotency-Key", "format", rule)]));
            }
        };
        let template = req.match_pattern().unwrap_or_default();
        let mut named: Vec<String> = req.match_info().iter().map(|(name, value)| format!("{name}={value}")).collect();
        named.push(req.query_string().to_owned());
        Ok(Self { key, route: format!("{} {template}", req.method()), named })
    }
}

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(req))
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some(
                    "A random value of your own. The same request with the same key is carried out once: \
                     a repetition gets the first answer with `Idempotent-Replayed: true`.",
                ))
                .schema(Some(
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .min_length(Some(1))
                        .max_length(Some(KEY_CHARS))
                        .pattern(Some("^[!-~]+$")),
                ))
                .example(Some("9b2d3c1e-6f0a-4a52-8a55-0c1f0a6f2d11".into()))
                .build(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_and_read_body, init_service};
    use actix_web::{App, web};
    use serde::Deserialize;
    use utoipa::ToSchema;

    use crate::api::body::ValidJson;

    use super::*;

    fn code(value: Option<&str>) -> Option<Code> {
        let mut req = TestRequest::post();
        if let Some(value) = value {
            req = req.insert_header((IDEMPOTENCY_KEY, value));
        }
        IdempotencyKey::read(&req.to_http_request()).err().map(|problem| problem.code())
    }

    #[test]
    fn a_key_is_1_to_255_visible_ascii_characters() {
        assert_eq!(code(None), Some(Code::KeyRequired));
        for good in ["1", "!~", &"x".repeat(255)] {
            assert_eq!(code(Some(good)), None, "{good}");
        }
        for bad in ["", "a b", "é", "\t", &"x".repeat(256)] {
            assert_eq!(code(Some(bad)), Some(Code::InvalidHeader), "{bad}");
        }
        let twice = TestRequest::post().append_header((IDEMPOTENCY_KEY, "a")).append_header((IDEMPOTENCY_KEY, "b"));
        assert_eq!(IdempotencyKey::read(&twice.to_http_request()).unwrap_err().code(), Code::InvalidHeader);
    }

    #[derive(Deserialize, ToSchema)]
    struct Anything {
        weeks: Option<i32>,
    }

    async fn shows(key: IdempotencyKey, body: ValidJson<Anything>) -> String {
        let fingerprint = hex::encode(key.fingerprint(body.canonical()));
        format!("{} {fingerprint} {:?}", key.route(), body.into_inner().weeks)
    }

    async fn fingerprint(uri: &str, body: &'static str) -> String {
        let app = init_service(App::new().route("/v1/cases/{caseId}/note", web::post().to(shows))).await;
        let req = TestRequest::post()
            .uri(uri)
            .insert_header((IDEMPOTENCY_KEY, "k"))
            .insert_header(("content-type", "application/json"))
            .set_payload(body);
        String::from_utf8(call_and_read_body(&app, req.to_request()).await.to_vec()).unwrap()
    }

    #[actix_web::test]
    async fn the_same_request_has_the_same_fingerprint_however_its_body_is_written() {
        let one = fingerprint("/v1/cases/1/note", r#"{"weeks":1,"b":2}"#).await;
        assert!(one.starts_with("POST /v1/cases/{caseId}/note "), "{one}");
        assert_eq!(one, fingerprint("/v1/cases/1/note", "{\"b\": 2, \"weeks\": 1.0}").await);
    }

    #[actix_web::test]
    async fn another_id_query_or_body_is_another_request() {
        let one = fingerprint("/v1/cases/1/note", r#"{"weeks":1}"#).await;
        for (uri, body) in [
            ("/v1/cases/2/note", r#"{"weeks":1}"#),
            ("/v1/cases/1/note?a=1", r#"{"weeks":1}"#),
            ("/v1/cases/1/note", r#"{"weeks":2}"#),
        ] {
            assert_ne!(one, fingerprint(uri, body).await, "{uri} {body}");
        }
    }
}
