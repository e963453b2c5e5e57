//! What an error looks like to whoever asked: a problem as RFC 9457 has it, with a stable code and, where law is the reason, its citation.

mod answer;
mod code;
mod page;

pub use answer::answer;
pub use code::{CODES, Code};
pub use page::{problem_index, problem_page};

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::auth::AuthError;
use crate::api::request_id::X_REQUEST_ID;
use crate::law::Citation;
use crate::record::{Concern, Lack};
use crate::service::{Cause, Error, FieldError};

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Seconds a client is asked to wait when no answer is possible.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");

/// An error on its way out. Handlers return it by `?` from a use case; [`answer`] gives it the request's id.
#[derive(Debug, Clone)]
pub struct Problem(Box<Told>);

/// Boxed, so that a handler's `Result` stays small.
#[derive(Debug, Clone)]
struct Told {
    code: Code,
    detail: Cow<'static, str>,
    reason: Option<&'static str>,
    errors: Vec<FieldError>,
    citation: Option<Citation>,
    concerns: Vec<Concern>,
    missing: Vec<Lack>,
    headers: Vec<(HeaderName, HeaderValue)>,
    request_id: Option<Uuid>,
    cause: Option<Arc<Cause>>,
}

/// The body of every answer that is not a success (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem, title = "Problem")]
pub struct ProblemBody<'a> {
    /// The page of this server that explains the error.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/invalid_fields")]
    pub kind: String,
    /// What happened, the same words for each code.
    #[schema(example = "The body has fields that break a rule")]
    pub title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    /// What happened this time and what to do next. Never repeats a value that was sent.
    #[schema(example = "1 field breaks a rule.")]
    pub detail: &'a str,
    /// This request, as our log names it.
    #[schema(format = "uri", example = "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057")]
    pub instance: String,
    /// The stable name of the error.
    pub code: Code,
    /// For `refused` and `not_permitted`: the stable name of the rule that says no.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "no_draft_to_finalise")]
    pub reason: Option<&'static str>,
    /// Everything in the request that breaks a rule, all at once.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    pub errors: &'a [FieldError],
    /// The provision that says no, where the law is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub citation: Option<&'a Citation>,
    /// For `unlawful_unless_acknowledged`: what must be acknowledged, each with its provision.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    pub concerns: &'a [Concern],
    /// For `refused` by `notice_incomplete`: what the notice lacks, each with its provision.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    pub missing: &'a [Lack],
}

impl Problem {
    /// The problem with this code; its detail is the code's advice until [`detail`](Self::detail) says more.
    pub fn new(code: Code) -> Self {
        Self(Box::new(Told {
            code,
            detail: Cow::Borrowed(code.advice()),
            reason: None,
            errors: Vec::new(),
            citation: None,
            concerns: Vec::new(),
            missing: Vec::new(),
            headers: Vec::new(),
            request_id: None,
            cause: None,
        }))
    }

    /// What is wrong with fields of the body, parameters or headers, all of it.
    pub fn of_fields(code: Code, errors: Vec<FieldError>) -> Self {
        let mut problem = Self::new(code).detail(match errors.len() {
            1 => "One thing in the request breaks a rule; errors says which.".into(),
            n => format!("{n} things in the request break a rule; errors says which."),
        });
        problem.0.errors = errors;
        problem
    }

    /// Our fault, with what to tell the log.
    pub fn unexpected(cause: impl fmt::Display) -> Self {
        Self::new(Code::Unexpected).caused_by(Cause::new(cause))
    }

    /// Replaces the detail. It must not repeat anything that was sent.
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// Adds a header to the answer, such as `Allow`, `ETag` or `WWW-Authenticate`.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    fn reason(mut self, reason: &'static str) -> Self {
        self.0.reason = Some(reason);
        self
    }

    fn caused_by(mut self, cause: Cause) -> Self {
        self.0.cause = Some(Arc::new(cause));
        self
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The body, as it is sent.
    pub fn body(&self) -> ProblemBody<'_> {
        let told = &*self.0;
        ProblemBody {
            kind: told.code.page(),
            title: told.code.title(),
            status: told.code.status().as_u16(),
            detail: &told.detail,
            instance: told.request_id.unwrap_or_default().urn().to_string(),
            code: told.code,
            reason: told.reason,
            errors: &told.errors,
            citation: told.citation.as_ref(),
            concerns: &told.concerns,
            missing: &told.missing,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let no = Problem::new;
        match error {
            Error::NotFound(resource) => {
                let name = resource.replace('_', " ");
                no(Code::NotFound).detail(format!("There is no such {name}, or it is not yours to see."))
            }
            Error::NotPermitted(action) => no(Code::NotPermitted).reason(action),
            Error::Refused(refusal) => {
                let mut problem = no(Code::Refused).reason(refusal.code).detail(refusal.words);
                problem.0.citation = refusal.citation;
                problem
            }
            Error::Unacknowledged(concerns) => {
                let mut problem = no(Code::Unlawful);
                problem.0.concerns = concerns;
                problem
            }
            Error::Lacking(missing) => {
                let words = "The notice lacks what the law asks for; missing says what, and what to do about it.";
                let mut problem = no(Code::Refused).reason("notice_incomplete").detail(words);
                problem.0.missing = missing;
                problem
            }
            Error::Invalid(errors) => Self::of_fields(code_of(&errors), errors),
            Error::Unscanned => no(Code::FileUnscanned),
            Error::Infected => no(Code::FileInfected),
            Error::PreconditionRequired => no(Code::ConditionRequired),
            Error::Stale => no(Code::Stale),
            Error::KeyRequired => no(Code::KeyRequired),
            Error::KeyReused => no(Code::KeyReused),
            Error::KeyInFlight => no(Code::KeyInFlight),
            Error::Unavailable(cause) => no(Code::Unavailable).caused_by(cause),
            Error::Unexpected(cause) => no(Code::Unexpected).caused_by(cause),
        }
    }
}

/// Rules that only a use case can check are broken by the query (`?to`) or by the body.
fn code_of(errors: &[FieldError]) -> Code {
    if errors.iter().any(|error| error.pointer.starts_with('?')) { Code::InvalidParameters } else { Code::InvalidFields }
}

impl From<&AuthError> for Problem {
    fn from(error: &AuthError) -> Self {
        let problem = match (error, error.field_error()) {
            (_, Some(field)) => Self::of_fields(Code::InvalidHeader, vec![field]),
            (AuthError::Unavailable, None) => Self::new(Code::Unavailable),
            (_, None) => Self::new(Code::Unauthenticated),
        };
        match error.challenge() {
            Some(challenge) => problem.header(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge)),
            None => problem,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.as_str())
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &self.0.headers {
            response.append_header((name.clone(), value.clone()));
        }
        if let Some(id) = self.0.request_id {
            response.insert_header((X_REQUEST_ID, id.to_string()));
        }
        let names = |name: HeaderName| self.0.headers.iter().any(|(set, _)| *set == name);
        match self.0.code {
            Code::Unauthenticated if !names(header::WWW_AUTHENTICATE) => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Code::Unavailable | Code::KeyInFlight | Code::FileUnscanned if !names(header::RETRY_AFTER) => {
                response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
            }
            _ => {}
        }
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response.content_type(PROBLEM_JSON).json(self.body())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use serde_json::{Value, json};

    use crate::record::Refusal;

    use super::*;

    async fn sent(problem: Problem) -> (HttpResponse<()>, Value) {
        let (head, body) = problem.error_response().into_parts();
        (head, serde_json::from_slice(&to_bytes(body).await.unwrap()).unwrap())
    }

    #[actix_web::test]
    async fn a_refusal_tells_its_rule_its_words_and_its_provision() {
        let citation = Citation::new("SEND Regulations 2014, reg. 13(2)", "https://example.org");
        let refusal = Refusal { code: "no_draft_to_finalise", words: "There is no draft plan.".into(), citation: Some(citation) };
        let (head, body) = sent(Error::from(refusal).into()).await;
        assert_eq!(head.headers().get("content-type").unwrap(), PROBLEM_JSON);
        assert_eq!(
            body,
            json!({
                "type": "/problems/refused", "title": "What stands on the record leaves no room for it", "status": 409,
                "detail": "There is no draft plan.", "instance": "urn:uuid:00000000-0000-0000-0000-000000000000",
                "code": "refused", "reason": "no_draft_to_finalise",
                "citation": {"text": "SEND Regulations 2014, reg. 13(2)", "url": "https://example.org"}
            })
        );
    }

    #[actix_web::test]
    async fn concerns_come_back_each_with_its_provision() {
        let citation = Citation::new("a provision", "https://example.org");
        let concern = Concern { concern: "final_plan_before_response_time", words: "Too early.".into(), citation };
        let (_, body) = sent(Error::Unacknowledged(vec![concern]).into()).await;
        assert_eq!((&body["status"], &body["code"]), (&json!(409), &json!("unlawful_unless_acknowledged")));
        assert_eq!(body["concerns"][0]["concern"], "final_plan_before_response_time");
        assert_eq!(body["concerns"][0]["citation"]["text"], "a provision");
    }

    #[actix_web::test]
    async fn a_cause_never_reaches_the_answer() {
        for error in [Error::Unexpected(Cause::new("canary")), Error::Unavailable(Cause::new("canary"))] {
            let (head, body) = sent(error.into()).await;
            assert!(!body.to_string().contains("canary") && !format!("{head:?}").contains("canary"));
        }
    }

    #[actix_web::test]
    async fn an_unknown_caller_is_told_how_to_say_who_they_are_and_an_overload_when_to_return() {
        let (head, _) = sent(Problem::new(Code::Unauthenticated)).await;
        assert_eq!(head.headers().get("www-authenticate").unwrap(), "Bearer");
        let expired = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        let (head, _) = sent(Problem::new(Code::Unauthenticated).header(header::WWW_AUTHENTICATE, expired.clone())).await;
        assert_eq!(head.headers().get_all("www-authenticate").collect::<Vec<_>>(), [&expired]);
        let (head, _) = sent(Error::Unavailable(Cause::new("")).into()).await;
        assert_eq!(head.headers().get("retry-after").unwrap(), "2");
    }

    #[test]
    fn every_end_of_a_use_case_has_its_status() {
        let status = |error: Error| Problem::from(error).status_code().as_u16();
        assert_eq!(status(Error::NotFound("case")), 404);
        assert_eq!(status(Error::NotPermitted("final_plan")), 403);
        assert_eq!(status(Error::Invalid(vec![])), 422);
        assert_eq!(
            status(Error::Invalid(vec![FieldError::new("?to", "ends_before_it_begins", "Must not be before from.")])),
            400
        );
        assert_eq!(status(Error::PreconditionRequired), 428);
        assert_eq!(status(Error::Unscanned), 409);
        assert_eq!(status(Error::Infected), 409);
        assert_eq!(status(Error::Stale), 412);
        assert_eq!(status(Error::KeyRequired), 400);
        assert_eq!(status(Error::KeyReused), 422);
        assert_eq!(status(Error::KeyInFlight), 409);
        assert_eq!(status(Error::Unavailable(Cause::new(""))), 503);
        assert_eq!(status(Error::Unexpected(Cause::new(""))), 500);
    }
}
