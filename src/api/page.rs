//! How long lists come: a page at a time, each pointing to the next by a cursor nobody need understand.

use std::borrow::Cow;

use actix_web::body::BoxBody;
use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::limits::{CURSOR_CHARS, PAGE_DEFAULT, PAGE_MAX};
use super::problem::{Code, Problem};
use crate::service::{FieldError, Known};

/// One page of a list. Its answer carries `Link: rel="next"` beside `nextCursor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub data: Vec<T>,
    /// What `cursor` must be for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page from up to `limit + 1` rows: one more than was asked for says that there is a next page, which begins after
    /// the key of the last row shown.
    pub fn of<K: Serialize>(list: &str, limit: Limit, mut rows: Vec<T>, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > limit.rows();
        rows.truncate(limit.rows());
        let next_cursor = if more { rows.last().and_then(|last| Cursor::after(list, &key(last))) } else { None };
        Self { data: rows, next_cursor }
    }

    /// The same page with what it was computed from.
    pub fn known(self, known: Known) -> PageAsOf<T> {
        PageAsOf { data: self.data, next_cursor: self.next_cursor, known }
    }
}

impl<T: Serialize> Responder for Page<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        linked(req, self.next_cursor.as_ref(), &self)
    }
}

/// One page of a list that also answers `asOf`. Its answer carries `Link: rel="next"` beside `nextCursor`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PageAsOf<T> {
    /// The rows, in the list's order.
    pub data: Vec<T>,
    /// What `cursor` must be for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<Cursor>,
    /// What the answer was computed from.
    pub known: Known,
}

impl<T: Serialize> Responder for PageAsOf<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        linked(req, self.next_cursor.as_ref(), &self)
    }
}

pub(super) fn linked(req: &HttpRequest, next: Option<&Cursor>, page: &impl Serialize) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(Cursor(next)) = next {
        let kept = req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let query: String = kept.flat_map(|pair| [pair, "&"]).collect();
        response.insert_header((LINK, format!("<{}?{query}cursor={next}>; rel=\"next\"", req.path())));
    }
    response.json(page)
}

/// A list short enough to be given whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Whole<T> {
    /// The rows, in the list's order.
    pub data: Vec<T>,
}

/// A list given whole that also answers `asOf`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WholeAsOf<T> {
    /// The rows, in the list's order.
    pub data: Vec<T>,
    /// What the answer was computed from.
    pub known: Known,
}

/// How many rows a page may have: 1 to [`PAGE_MAX`], [`PAGE_DEFAULT`] unless told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Limit(u16);

impl Limit {
    /// Rows of the page.
    pub fn rows(self) -> usize {
        usize::from(self.0)
    }

    /// Rows to ask the database for: one more tells whether a page follows.
    pub fn rows_to_read(self) -> i64 {
        i64::from(self.0) + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(PAGE_DEFAULT)
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(PAGE_MAX))
            .default(Some(json!(PAGE_DEFAULT)))
            .into()
    }
}

impl ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Limit")
    }
}

/// Where a page ended. Opaque to clients; holds the position's key, so that key must hold no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// The position after `key` in the list of this name, whose meaning includes its order and filters.
    pub fn after(list: &str, key: &impl Serialize) -> Option<Self> {
        let key = serde_json::to_vec(key).ok()?;
        let mut bytes = checksum(list, &key).to_vec();
        bytes.extend(key);
        Some(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The key of the position.
    ///
    /// # Errors
    /// 400 `invalid_parameters` when the cursor was not handed out for this list or was changed. The checksum catches
    /// accidents; it is no secret, and what a made-up position shows is still only what its reader may see.
    pub fn key<K: DeserializeOwned>(&self, list: &str) -> Result<K, Problem> {
        self.opened(list).ok_or_else(|| {
            let error = FieldError::new("?cursor", "cursor", "Is not a cursor of this list; send nextCursor as it was received.");
            Problem::of_fields(Code::InvalidParameters, vec![error])
        })
    }

    /// A cursor somebody sent, where it can be one.
    pub(super) fn of_text(text: String) -> Option<Self> {
        let fits = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
        (!text.is_empty() && text.len() <= CURSOR_CHARS && text.bytes().all(fits)).then_some(Self(text))
    }

    /// The key of the position; none when the cursor was not handed out for this list or was changed.
    pub(super) fn key_of<K: DeserializeOwned>(&self, list: &str) -> Option<K> {
        self.opened(list)
    }

    fn opened<K: DeserializeOwned>(&self, list: &str) -> Option<K> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).ok()?;
        let (sum, key) = bytes.split_at_checked(8)?;
        if sum != checksum(list, key) { None } else { serde_json::from_slice(key).ok() }
    }
}

fn checksum(list: &str, key: &[u8]) -> [u8; 8] {
    let sum = Sha256::new().chain_update(list).chain_update([0]).chain_update(key).finalize();
    let mut short = [0; 8];
    short.copy_from_slice(&sum[..8]);
    short
}

impl PartialSchema for Cursor {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Opaque: send it back as it was received."))
            .min_length(Some(1))
            .max_length(Some(CURSOR_CHARS))
            .pattern(Some("^[A-Za-z0-9_-]+$"))
            .into()
    }
}

impl ToSchema for Cursor {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Cursor")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    use super::*;

    fn page(rows: std::ops::Range<u32>, limit: u16) -> Page<u32> {
        Page::of("cases", Limit(limit), rows.collect(), |row| *row)
    }

    #[test]
    fn one_row_more_than_asked_for_means_a_next_page() {
        assert_eq!(page(0..25, 25).next_cursor, None);
        let full = page(0..26, 25);
        assert_eq!(full.data.len(), 25);
        assert_eq!(full.next_cursor.unwrap().key::<u32>("cases").unwrap(), 24);
        assert_eq!(page(0..0, 25), Page { data: vec![], next_cursor: None });
    }

    #[test]
    fn a_cursor_that_was_changed_or_belongs_to_another_list_is_refused() {
        let cursor = Cursor::after("cases", &("2026-01-05", 7)).unwrap();
        assert_eq!(cursor.key::<(String, u32)>("cases").unwrap(), ("2026-01-05".to_owned(), 7));
        assert!(cursor.key::<(String, u32)>("plans").is_err());
        for at in 0..cursor.0.len() {
            let mut changed = cursor.0.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(Cursor(String::from_utf8(changed).unwrap()).key::<(String, u32)>("cases").is_err(), "{at}");
        }
        for text in ["", "x", "===", "AAAAAAAAAAA"] {
            let problem = Cursor(text.into()).key::<u32>("cases").unwrap_err();
            assert_eq!((problem.code(), problem.body().errors[0].pointer.as_str()), (Code::InvalidParameters, "?cursor"));
        }
    }

    #[actix_web::test]
    async fn a_page_links_to_the_next_and_keeps_the_filters() {
        let first = page(0..3, 2);
        let Some(Cursor(next)) = first.next_cursor.clone() else { panic!("there is a next page") };
        let req = TestRequest::with_uri("/v1/cases?stage=draft%20plan&cursor=old&limit=2").to_http_request();
        let response = first.respond_to(&req);
        let link = response.headers().get("link").unwrap().to_str().unwrap();
        assert_eq!(link, format!("</v1/cases?stage=draft%20plan&limit=2&cursor={next}>; rel=\"next\""));
        let body: serde_json::Value = serde_json::from_slice(&to_bytes(response.into_body()).await.unwrap()).unwrap();
        assert_eq!(body, json!({"data": [0, 1], "nextCursor": next}));
    }

    #[actix_web::test]
    async fn the_last_page_links_nowhere_and_says_null() {
        let response = page(0..2, 2).respond_to(&TestRequest::default().to_http_request());
        assert!(response.headers().get("link").is_none());
        let body: serde_json::Value = serde_json::from_slice(&to_bytes(response.into_body()).await.unwrap()).unwrap();
        assert_eq!(body, json!({"data": [0, 1], "nextCursor": null}));
    }
}
