//! What a JSON body must be: read once, strictly, and checked against the schema that the contract publishes for it.

mod identifier;
mod json;
mod schema;

pub use json::{Malformed, read};
pub use schema::Schema;

use std::any::TypeId;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::limits::{BODY_BYTES, ERRORS_TOLD, JSON_DEPTH};
use super::problem::{Code, Problem};
use crate::service::FieldError;

/// A JSON body that keeps every rule its published schema states.
///
/// `T` derives `Deserialize` and `ToSchema` with `#[serde(rename_all = "camelCase", deny_unknown_fields)]`; its schema carries the
/// bounds (`#[schema(max_length = 200)]`, `pattern`, `format` …), which are checked here and nowhere else. Rules that no
/// schema can state, such as check digits, are the use case's, which answers `service::Error::Invalid`.
///
/// # Errors
/// 415 for another content type, 413 for a body over [`BODY_BYTES`], 400 for what is not JSON, 422 with every broken rule.
#[derive(Debug)]
pub struct ValidJson<T> {
    body: T,
    canonical: String,
}

impl<T> ValidJson<T> {
    /// The body.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// The body as canonical JSON: keys in order, no white space. Two bodies that mean the same have the same text.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for ValidJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let announced = announced(req.headers());
        let payload = web::Payload::from_request(req, payload);
        Box::pin(async move {
            announced?;
            let broken = |_| Problem::new(Code::MalformedRequest).detail("The body broke off before its end.");
            let bytes = payload
                .await
                .map_err(broken)?
                .to_bytes_limited(BODY_BYTES)
                .await
                .map_err(|_| Problem::new(Code::BodyTooLarge))?
                .map_err(broken)?;
            checked(&bytes)
        })
    }
}

/// What the headers say of the body, before any of it is read.
fn announced(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
    let essence = text(header::CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let plain = text(header::CONTENT_ENCODING).is_none_or(|encoding| encoding.eq_ignore_ascii_case("identity"));
    if !essence.eq_ignore_ascii_case("application/json") || !plain {
        return Err(Problem::new(Code::UnsupportedMedia));
    }
    match text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > BODY_BYTES as u64 => Err(Problem::new(Code::BodyTooLarge)),
        _ => Ok(()),
    }
}

fn checked<T: DeserializeOwned + ToSchema + 'static>(bytes: &[u8]) -> Result<ValidJson<T>, Problem> {
    let (value, errors) = read(bytes).map_err(|malformed| {
        Problem::new(Code::MalformedJson).detail(match malformed {
            Malformed::Syntax { line, column } => format!("Reading stopped at line {line}, column {column}."),
            Malformed::TooDeep => format!("Objects and arrays stand more than {JSON_DEPTH} deep in one another."),
        })
    })?;
    told(value, errors)
}

/// As [`checked`], of fields that came otherwise than as JSON, with what is wrong with them already.
pub(super) fn told<T: DeserializeOwned + ToSchema + 'static>(
    value: Value,
    mut errors: Vec<FieldError>,
) -> Result<ValidJson<T>, Problem> {
    errors.extend(published::<T>()?.errors(&value));
    errors.truncate(ERRORS_TOLD);
    if !errors.is_empty() {
        return Err(Problem::of_fields(Code::InvalidFields, errors));
    }
    let canonical = value.to_string();
    match serde_json::from_value(value) {
        Ok(body) => Ok(ValidJson { body, canonical }),
        Err(_) => {
            let error = FieldError::new("", "invalid", "Holds a value that cannot be taken, although its shape is right.");
            Err(Problem::of_fields(Code::InvalidFields, vec![error]))
        }
    }
}

/// The schema that the contract publishes for `T`, built once in the life of the process.
fn published<T: ToSchema + 'static>() -> Result<Arc<Schema>, Problem> {
    kept(TypeId::of::<T>(), || {
        let mut components = Vec::new();
        T::schemas(&mut components);
        let name = T::name().into_owned();
        components.push((name.clone(), T::schema()));
        let components: Result<Map<String, Value>, serde_json::Error> =
            components.into_iter().map(|(name, schema)| Ok((name, serde_json::to_value(schema)?))).collect();
        Schema::of_components(&name, components.map_err(|error| error.to_string())?)
    })
}

/// The schema kept for a type, or else made and kept.
pub(super) fn kept(of: TypeId, make: impl FnOnce() -> Result<Schema, String>) -> Result<Arc<Schema>, Problem> {
    static KEPT: LazyLock<RwLock<HashMap<TypeId, Arc<Schema>>>> = LazyLock::new(RwLock::default);
    if let Some(schema) = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&of) {
        return Ok(schema.clone());
    }
    let made = Arc::new(make().map_err(|why| Problem::unexpected(format_args!("a schema cannot be built: {why}")))?);
    KEPT.write().unwrap_or_else(PoisonError::into_inner).insert(of, made.clone());
    Ok(made)
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use actix_web::test::TestRequest;
    use chrono::{DateTime, NaiveDate, Utc};
    use serde::Deserialize;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct OpenRequest {
        received_on: NaiveDate,
        #[schema(max_length = 20)]
        note: Option<String>,
        from: Option<Person>,
        made_by: MadeBy,
        #[serde(default)]
        #[schema(max_items = 2)]
        needs: Vec<Need>,
        told_at: Option<DateTime<Utc>>,
        setting: Option<Uuid>,
        weeks: Option<i32>,
    }

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Person {
        #[schema(min_length = 1)]
        family_name: String,
    }

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum MadeBy {
        Parent,
        YoungPerson,
    }

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Need {
        #[serde(rename_all = "camelCase")]
        Primary {
            code: String,
        },
        Other,
    }

    async fn taken(text: impl Into<web::Bytes>) -> Result<ValidJson<OpenRequest>, Problem> {
        let (req, mut payload) = TestRequest::post()
            .insert_header(("content-type", "application/json; charset=utf-8"))
            .set_payload(text)
            .to_http_parts();
        ValidJson::from_request(&req, &mut payload).await
    }

    async fn told(text: &str) -> Vec<(String, &'static str)> {
        let problem = taken(text.to_owned()).await.unwrap_err();
        assert_eq!(problem.code(), Code::InvalidFields);
        problem.body().errors.iter().map(|error| (error.pointer.clone(), error.code)).collect()
    }

    fn at(pointer: &str, code: &'static str) -> (String, &'static str) {
        (pointer.to_owned(), code)
    }

    #[actix_web::test]
    async fn a_body_that_keeps_every_rule_is_taken() {
        let text = r#"{"receivedOn": "2024-02-29", "madeBy": "young_person", "needs": [{"kind": "primary", "code": "ASD"}],
                       "from": {"familyName": "Ó Súilleabháin"}, "note": null, "weeks": 6.0, "toldAt": "2024-02-29T09:30:00Z"}"#;
        let body = taken(text).await.unwrap();
        assert!(body.canonical().starts_with(r#"{"from":{"familyName":"#));
        let body = body.into_inner();
        assert_eq!((body.made_by, body.weeks), (MadeBy::YoungPerson, Some(6)));
        assert_eq!(body.needs, [Need::Primary { code: "ASD".into() }]);
    }

    #[actix_web::test]
    async fn every_broken_rule_is_told_at_once() {
        let text = r#"{"receivedOn": "2025-02-29", "madeBy": "canary", "from": {"familyName": "", "age": 3}, "setting": "x", "weeks": 99999999999,
                       "needs": [{"kind": "primary"}], "note": "far too long for a note", "note": "x\u0000", "colour": 1}"#;
        let mut found = told(text).await;
        found.sort();
        let expected = [
            at("/colour", "unknown_field"),
            at("/from/age", "unknown_field"),
            at("/from/familyName", "too_short"),
            at("/madeBy", "enum"),
            at("/needs/0/code", "required"),
            at("/note", "control_character"),
            at("/note", "duplicate_key"),
            at("/receivedOn", "format"),
            at("/setting", "format"),
            at("/weeks", "maximum"),
        ];
        assert_eq!(found, expected);
    }

    #[actix_web::test]
    async fn a_required_field_is_missed_and_an_object_is_expected() {
        assert_eq!(told("{}").await, [at("/madeBy", "required"), at("/receivedOn", "required")]);
        assert_eq!(told("[]").await, [at("", "type")]);
    }

    #[actix_web::test]
    async fn two_bodies_that_mean_the_same_have_one_canonical_text() {
        let one = taken(r#"{"receivedOn":"2026-01-05","madeBy":"parent","weeks":1}"#).await.unwrap();
        let two = taken("{ \"weeks\": 1.0, \"madeBy\": \"\\u0070arent\",\n\"receivedOn\": \"2026-01-05\" }").await.unwrap();
        assert_eq!(one.canonical(), two.canonical());
    }

    #[actix_web::test]
    async fn what_is_not_json_is_told_with_its_place_and_without_its_text() {
        for text in ["", "{", "canary", "{\"note\": \"canary", "[[[["] {
            let problem = taken(text).await.unwrap_err();
            assert_eq!(problem.code(), Code::MalformedJson);
            assert!(problem.body().detail.contains("line 1") && !problem.body().detail.contains("canary"));
        }
        assert_eq!(taken("[".repeat(33)).await.unwrap_err().code(), Code::MalformedJson);
    }

    #[actix_web::test]
    async fn another_content_type_or_encoding_is_not_read() {
        for (name, value) in [("content-type", "text/json"), ("content-type", ""), ("content-encoding", "gzip"), ("x-none", "")] {
            let mut req = TestRequest::post().insert_header((name, value)).set_payload("{}");
            if name == "content-encoding" {
                req = req.insert_header(("content-type", "application/json"));
            }
            let (req, mut payload) = req.to_http_parts();
            let problem = ValidJson::<OpenRequest>::from_request(&req, &mut payload).await.unwrap_err();
            assert_eq!(problem.status_code(), 415, "{name}: {value}");
        }
    }

    #[actix_web::test]
    async fn a_mebibyte_is_read_and_one_byte_more_is_not() {
        let of = |bytes: usize| format!("{}{}", "{}", " ".repeat(bytes - 2));
        assert_eq!(taken(of(BODY_BYTES)).await.unwrap_err().code(), Code::InvalidFields);
        assert_eq!(taken(of(BODY_BYTES + 1)).await.unwrap_err().code(), Code::BodyTooLarge);
    }

    #[actix_web::test]
    async fn a_body_announced_as_too_large_is_not_even_read() {
        let (req, mut payload) = TestRequest::post()
            .insert_header(("content-type", "application/json"))
            .insert_header(("content-length", (BODY_BYTES + 1).to_string()))
            .to_http_parts();
        let problem = ValidJson::<OpenRequest>::from_request(&req, &mut payload).await.unwrap_err();
        assert_eq!(problem.code(), Code::BodyTooLarge);
    }

    #[test]
    fn a_type_that_refuses_unknown_fields_says_so_in_its_schema() {
        let schema = serde_json::to_value(<OpenRequest as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["additionalProperties"], Value::Bool(false));
    }
}
