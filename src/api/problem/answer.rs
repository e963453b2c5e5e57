//! How everything that goes wrong becomes a problem: the framework's own errors and panics too, each naming its request.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};
use uuid::Uuid;

use super::{Code, PROBLEM_JSON, Problem};
use crate::api::auth::AuthError;
use crate::api::request_id::RequestId;

/// Middleware: turns every answer that is an error into a problem that names its request, and logs what only we should know.
///
/// What actix-http refuses before there is a request (a malformed request line: 400, a head over 128 KiB: 431, a head that
/// comes too slowly: 408) is answered below this, without a body.
pub async fn answer(req: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = RequestId::of(req.request()).0;
    match unwinding(next.call(req)).await {
        Ok(Ok(response)) if !is_error(&response) => Ok(response.map_into_boxed_body()),
        Ok(Ok(response)) => Ok(replaced(response.map_into_boxed_body(), id)),
        Ok(Err(error)) => Err(named(of_error(&error), id).into()),
        Err(Panicked) => Err(named(Problem::unexpected("a handler panicked"), id).into()),
    }
}

struct Panicked;

/// Runs a future to its end or to its panic; the panic hook has then told where.
async fn unwinding<T>(future: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
        Err(_) => Poll::Ready(Err(Panicked)),
    })
    .await
}

fn is_error<B>(response: &ServiceResponse<B>) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

/// The same answer with a problem as its body; other headers, such as those of CORS, stay.
fn replaced(response: ServiceResponse, id: Uuid) -> ServiceResponse {
    let (req, old) = response.into_parts();
    let is_problem = old.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM_JSON);
    let problem = match old.error() {
        Some(error) => of_error(error),
        None if is_problem => return ServiceResponse::new(req, old),
        None => Problem::new(Code::of_status(old.status())),
    };
    let mut new = named(problem, id).error_response();
    let about_the_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING];
    let kept = || old.headers().iter().filter(|(name, _)| !about_the_body.contains(name));
    for (name, _) in kept() {
        new.headers_mut().remove(name);
    }
    for (name, value) in kept() {
        new.headers_mut().append(name.clone(), value.clone());
    }
    ServiceResponse::new(req, new)
}

/// Our own problems as they are; the framework's errors by their status.
fn of_error(error: &Error) -> Problem {
    if let Some(problem) = error.as_error::<Problem>() {
        return problem.clone();
    }
    if let Some(error) = error.as_error::<AuthError>() {
        return error.into();
    }
    match Code::of_status(error.as_response_error().status_code()) {
        Code::Unexpected => Problem::unexpected(error),
        code => Problem::new(code),
    }
}

fn named(mut problem: Problem, id: Uuid) -> Problem {
    problem.0.request_id = Some(id);
    if let Some(cause) = &problem.0.cause {
        log::error!(target: "problem", "request={id} code={} cause={cause:?}", problem.code().as_str());
    }
    problem
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::http::header::HeaderMap;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body_json};
    use actix_web::{App, HttpResponse, Responder, web};
    use serde_json::Value;

    use crate::api::auth::Denied;
    use crate::api::request_id;
    use crate::service;

    use super::*;

    async fn panics() -> impl Responder {
        if true {
            panic!("on purpose");
        }
        HttpResponse::Ok()
    }

    async fn unavailable() -> Result<HttpResponse, Problem> {
        Err(service::Error::Unavailable(service::Cause::new("canary")).into())
    }

    async fn number(path: web::Path<u8>) -> impl Responder {
        path.into_inner().to_string()
    }

    async fn told(uri: &str) -> (StatusCode, Value, HeaderMap) {
        let app = init_service(
            App::new()
                .wrap(from_fn(answer))
                .wrap(from_fn(request_id::assign))
                .route("/panics", web::get().to(panics))
                .route("/unavailable", web::get().to(unavailable))
                .route("/number/{n}", web::get().to(number))
                .route("/expired", web::get().to(|| async { Err::<HttpResponse, _>(AuthError::Invalid(Denied::NoAuthority)) }))
                .route("/whose", web::get().to(|| async { Err::<HttpResponse, _>(AuthError::ChooseAuthority) }))
                .route(
                    "/bare",
                    web::get().to(|| async { HttpResponse::ImATeapot().insert_header(("x-kept", "1")).body("words") }),
                ),
        )
        .await;
        let response = call_service(&app, TestRequest::get().uri(uri).to_request()).await;
        assert_eq!(response.headers().get("content-type").unwrap(), PROBLEM_JSON, "{uri}");
        let (status, headers) = (response.status(), response.headers().clone());
        (status, read_body_json(response).await, headers)
    }

    #[actix_web::test]
    async fn every_error_names_its_request() {
        for uri in ["/unavailable", "/number/many", "/bare", "/nowhere"] {
            let (_, body, headers) = told(uri).await;
            let id = headers.get("x-request-id").unwrap().to_str().unwrap();
            assert_eq!(body["instance"], format!("urn:uuid:{id}"), "{uri}");
        }
    }

    #[actix_web::test]
    async fn the_frameworks_own_errors_are_problems() {
        assert_eq!(told("/nowhere").await.1["code"], "no_such_path");
        assert_eq!(told("/number/many").await.1["code"], "no_such_path");
        let (_, body, headers) = told("/bare").await;
        assert_eq!((&body["code"], headers.get("x-kept").unwrap()), (&"malformed_request".into(), &"1".parse().unwrap()));
    }

    #[actix_web::test]
    async fn who_cannot_be_identified_is_told_why_and_which_header_is_wrong() {
        let (_, body, headers) = told("/expired").await;
        assert_eq!(body["code"], "unauthenticated");
        let challenges: Vec<_> = headers.get_all("www-authenticate").collect();
        assert_eq!(challenges, [r#"Bearer error="invalid_token""#]);
        let (status, body, _) = told("/whose").await;
        assert_eq!((status.as_u16(), &body["code"]), (400, &"invalid_header".into()));
        assert_eq!(body["errors"][0]["pointer"], "EHC-Authority");
    }

    #[actix_web::test]
    async fn a_cause_stays_inside() {
        let (status, body, _) = told("/unavailable").await;
        assert_eq!(status, 503);
        assert!(!body.to_string().contains("canary"));
    }

    #[actix_web::test]
    async fn a_panic_is_answered_and_the_process_lives_on() {
        let app = init_service(
            App::new()
                .wrap(from_fn(answer))
                .wrap(from_fn(request_id::assign))
                .route("/panics", web::get().to(panics))
                .route("/fine", web::get().to(HttpResponse::Ok)),
        )
        .await;
        let error = actix_web::test::try_call_service(&app, TestRequest::get().uri("/panics").to_request()).await.unwrap_err();
        let response = error.error_response();
        assert_eq!(response.status(), 500);
        let id = response.headers().get("x-request-id").unwrap().to_str().unwrap().to_owned();
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["code"], &body["instance"]), (&"unexpected".into(), &format!("urn:uuid:{id}").into()));
        assert_eq!(call_service(&app, TestRequest::get().uri("/fine").to_request()).await.status(), 200);
    }
}
