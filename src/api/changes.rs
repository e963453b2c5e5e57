//! Lists that a system keeps in step with: what changed since it asked last.

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use super::page::{Cursor, Limit, Page, linked};
use super::problem::Problem;
use crate::service::changes::{Asked, Mark, Since};
use crate::service::{FieldError, Known};

/// The value of `since`: what `since` of the answer before said, or an instant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SinceWhen {
    /// An instant.
    Instant(DateTime<Utc>),
    /// The mark that an answer gave.
    Mark(Cursor),
}

/// What the marks of lists are called, so that no cursor passes for one.
const MARKS: &str = "since";

impl TryFrom<String> for SinceWhen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match DateTime::parse_from_rfc3339(&text) {
            Ok(at) => Ok(Self::Instant(at.with_timezone(&Utc))),
            Err(_) if text.contains(':') => Err("neither an instant nor a mark"),
            Err(_) => Cursor::of_text(text).ok_or("neither an instant nor a mark").map(Self::Mark),
        }
    }
}

impl SinceWhen {
    /// What it says.
    ///
    /// # Errors
    /// 400 `invalid_parameters` when the mark was not handed out by a list or was changed.
    fn read(&self) -> Result<Since, Problem> {
        match self {
            Self::Instant(at) => Ok(Since::Instant(*at)),
            Self::Mark(mark) => mark.key_of::<Mark>(MARKS).map(Since::Mark).ok_or_else(|| {
                let words = "Is neither an instant nor what `since` of an answer said; send it as it was received.";
                Problem::of_fields(super::problem::Code::InvalidParameters, vec![FieldError::new("?since", "since", words)])
            }),
        }
    }
}

/// Where a page of the list called `name` begins, and since when it is asked for; its cursor carries the mark of the first page.
///
/// # Errors
/// 400 `invalid_parameters` when a mark or a cursor was not handed out by the list or was changed.
pub fn begins<K: DeserializeOwned>(
    name: &str,
    since: Option<SinceWhen>,
    cursor: Option<Cursor>,
) -> Result<(Option<K>, Option<Asked>), Problem> {
    let since = since.as_ref().map(SinceWhen::read).transpose()?;
    let (after, begun) = cursor.map(|cursor| cursor.key::<(K, Option<Mark>)>(name)).transpose()?.unzip();
    Ok((after, since.map(|since| (since, begun.flatten()))))
}

impl PartialSchema for SinceWhen {
    fn schema() -> RefOr<Schema> {
        let instant =
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
        OneOfBuilder::new().item(instant).item(Cursor::schema()).into()
    }
}

impl ToSchema for SinceWhen {}

/// One page of a list that can be kept in step with. Its answer carries `Link: rel="next"` beside `nextCursor`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Changes<T> {
    /// The rows, in the list's order.
    pub data: Vec<T>,
    /// What `cursor` must be for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<Cursor>,
    /// What `since` must be the next time, to be told of all that changes from here on; the same on every page. Null where `since`
    /// was not asked for.
    #[schema(required = true)]
    pub since: Option<Cursor>,
    /// What the answer was computed from.
    pub known: Known,
}

impl<T> Changes<T> {
    /// A page of the list called `name`, from one row more than is shown where there are more.
    pub fn of<K: Serialize>(
        name: &str,
        limit: Limit,
        rows: Vec<T>,
        mark: Option<Mark>,
        known: Known,
        key: impl Fn(&T) -> K,
    ) -> Self {
        let page = Page::of(name, limit, rows, |row| (key(row), mark));
        let since = mark.and_then(|mark| Cursor::after(MARKS, &mark));
        Self { data: page.data, next_cursor: page.next_cursor, since, known }
    }
}

impl<T: Serialize> Responder for Changes<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        linked(req, self.next_cursor.as_ref(), &self)
    }
}
