//! Which moment a question is about: now, or an earlier one.

use serde::Deserialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::service::AsOf;

/// The value of `asOf`: a day, whose end is meant, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Moment(pub AsOf);

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        AsOf::parse(&text).map(Moment).map_err(|_| "neither a day nor an instant")
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        let text = |format| ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
        OneOfBuilder::new().item(text(KnownFormat::Date)).item(text(KnownFormat::DateTime)).into()
    }
}

impl ToSchema for Moment {}

/// The query of a resource that can be looked at as it was.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). What may be seen is still
    /// judged now.
    #[param(inline)]
    as_of: Option<Moment>,
}

impl At {
    /// The moment; none for now.
    pub fn moment(self) -> Option<AsOf> {
        self.as_of.map(|Moment(as_of)| as_of)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::FromRequest;
    use actix_web::test::TestRequest;

    use super::*;
    use crate::api::problem::Problem;
    use crate::api::query::ValidQuery;

    async fn taken(query: &str) -> Result<Option<AsOf>, Problem> {
        let req = TestRequest::with_uri(&format!("/?{query}")).to_http_request();
        ValidQuery::<At>::extract(&req).await.map(|ValidQuery(at)| at.moment())
    }

    #[actix_web::test]
    async fn a_day_or_an_instant_is_taken() {
        let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        assert_eq!(taken("asOf=2024-02-29").await.unwrap(), Some(AsOf::Day(day)));
        assert!(matches!(taken("asOf=2026-02-01T09:30:00Z").await.unwrap(), Some(AsOf::Instant(_))));
        assert_eq!(taken("").await.unwrap(), None);
    }

    #[actix_web::test]
    async fn anything_else_is_told_with_its_parameter() {
        for text in ["2025-02-29", "yesterday", "2026-02-01T09:30:00", ""] {
            let problem = taken(&format!("asOf={text}")).await.unwrap_err();
            let body = problem.body();
            assert_eq!((body.status, body.errors[0].pointer.as_str(), body.errors[0].code), (400, "?asOf", "format"), "{text}");
        }
    }
}
