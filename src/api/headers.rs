//! What every answer forbids a browser, and which other origins may read it.

use actix_cors::Cors;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

use super::idempotency::{IDEMPOTENCY_KEY, IDEMPOTENT_REPLAYED};
use super::request_id::X_REQUEST_ID;

/// `EHC-Authority`, as browsers spell it when they ask whether they may send it.
const AUTHORITY: HeaderName = HeaderName::from_static("ehc-authority");

/// On every answer that has not set its own.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
];

/// What the offline documentation needs: its own scripts, styles written into the page, and images as data.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/// Middleware: adds the headers, and forbids storing anything under `/v1`.
pub async fn protect<B: MessageBody>(req: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let (private, docs) = (req.path().starts_with("/v1"), req.path().starts_with("/docs"));
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    if private {
        unless_set(headers, header::CACHE_CONTROL, "no-store");
    }
    if docs {
        unless_set(headers, header::CONTENT_SECURITY_POLICY, DOCS_POLICY);
    }
    for (name, value) in ALWAYS {
        unless_set(headers, name, value);
    }
    Ok(response)
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Lets pages of these origins (`https://casework.example.gov.uk`, no path) call the API; nobody else's.
pub fn cors(origins: &[String]) -> Cors {
    let allowed = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            IDEMPOTENCY_KEY,
            X_REQUEST_ID,
            AUTHORITY,
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::ETAG,
            header::LINK,
            header::LOCATION,
            header::RETRY_AFTER,
            IDEMPOTENT_REPLAYED,
            X_REQUEST_ID,
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
        ])
        .max_age(600);
    origins.iter().fold(allowed, |cors, origin| cors.allowed_origin(origin))
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    async fn headers(req: TestRequest) -> (u16, HeaderMap) {
        let app = init_service(
            App::new()
                .wrap(from_fn(protect))
                .wrap(cors(&["https://casework.example".to_owned()]))
                .route("/v1/me", web::get().to(|| async { HttpResponse::Ok().insert_header(("etag", "\"v1\"")).finish() }))
                .route(
                    "/law",
                    web::get().to(|| async { HttpResponse::Ok().insert_header(("content-security-policy", "own")).finish() }),
                ),
        )
        .await;
        let response = call_service(&app, req.to_request()).await;
        (response.status().as_u16(), response.headers().clone())
    }

    #[actix_web::test]
    async fn nothing_under_v1_is_stored() {
        assert_eq!(headers(TestRequest::with_uri("/v1/me")).await.1.get("cache-control").unwrap(), "no-store");
        assert_eq!(headers(TestRequest::with_uri("/v1/none")).await.1.get("cache-control").unwrap(), "no-store");
        assert!(headers(TestRequest::with_uri("/law")).await.1.get("cache-control").is_none());
    }

    #[actix_web::test]
    async fn every_answer_is_protected_and_a_page_may_say_more() {
        let (_, headers) = headers(TestRequest::with_uri("/law")).await;
        assert_eq!(headers.get("x-content-type-options").unwrap(), "nosniff");
        assert_eq!(headers.get("content-security-policy").unwrap(), "own");
    }

    #[actix_web::test]
    async fn an_allowed_origin_may_read_the_headers_a_frontend_needs() {
        let (_, headers) = headers(TestRequest::with_uri("/v1/me").insert_header(("origin", "https://casework.example"))).await;
        assert_eq!(headers.get("access-control-allow-origin").unwrap(), "https://casework.example");
        let exposed = headers.get("access-control-expose-headers").unwrap().to_str().unwrap().to_ascii_lowercase();
        for name in ["content-disposition", "etag", "link", "location", "retry-after", "idempotent-replayed", "x-request-id"] {
            assert!(exposed.contains(name), "{name}: {exposed}");
        }
    }

    #[actix_web::test]
    async fn another_origin_may_not() {
        let (_, plain) = headers(TestRequest::with_uri("/v1/me").insert_header(("origin", "https://other.example"))).await;
        assert!(plain.get("access-control-allow-origin").is_none());
        let preflight = TestRequest::with_uri("/v1/me")
            .method(Method::OPTIONS)
            .insert_header(("origin", "https://other.example"))
            .insert_header(("access-control-request-method", "GET"));
        assert_eq!(headers(preflight).await.0, 400);
    }
}
