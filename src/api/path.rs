//! Which thing a path names: an id that cannot be an id names nothing.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::problem::Problem;
use crate::service::Error;

/// An id that stands in a path.
pub trait InPath: FromStr {
    /// The resource it names, in lower_snake, as `service::Error::NotFound` has it.
    const RESOURCE: &'static str;
    /// The segment it stands at, as the path's template has it: `caseId` in `/v1/cases/{caseId}`.
    const SEGMENT: &'static str;
}

/// The id in the path, or 404 in that resource's name when the text cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathId<T>(pub T);

impl<T: InPath> FromRequest for PathId<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.match_info().get(T::SEGMENT) {
            Some(text) => text.parse().map(PathId).map_err(|_| Error::NotFound(T::RESOURCE).into()),
            None => Err(Problem::unexpected(format_args!("the path has no segment {}", T::SEGMENT))),
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use actix_web::test::TestRequest;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct CaseId(Uuid);

    impl FromStr for CaseId {
        type Err = uuid::Error;

        fn from_str(text: &str) -> Result<Self, uuid::Error> {
            Uuid::try_parse(text).map(CaseId)
        }
    }

    impl InPath for CaseId {
        const RESOURCE: &'static str = "case";
        const SEGMENT: &'static str = "caseId";
    }

    async fn taken(segment: &'static str, text: &'static str) -> Result<PathId<CaseId>, Problem> {
        PathId::extract(&TestRequest::default().param(segment, text).to_http_request()).await
    }

    #[actix_web::test]
    async fn an_id_is_taken_from_its_segment() {
        let text = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(taken("caseId", text).await.unwrap(), PathId(CaseId(text.parse().unwrap())));
    }

    #[actix_web::test]
    async fn what_cannot_be_an_id_names_nothing_and_is_not_repeated() {
        let problem = taken("caseId", "canary").await.unwrap_err();
        assert_eq!(problem.status_code(), 404);
        assert_eq!(problem.body().detail, "There is no such case, or it is not yours to see.");
    }

    #[actix_web::test]
    async fn a_template_without_the_segment_is_our_fault() {
        assert_eq!(taken("planId", "x").await.unwrap_err().status_code(), 500);
    }
}
