//! Which request this is: one id that the answer, the log, the trail and every event carry.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use uuid::Uuid;

/// The header that carries the id, both ways.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of one request: the client's own when it sent a UUID in `X-Request-Id`, otherwise a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

impl RequestId {
    /// The id of this request.
    pub fn of(req: &HttpRequest) -> RequestId {
        if let Some(id) = req.extensions().get::<RequestId>() {
            return *id;
        }
        let sent = req.headers().get(X_REQUEST_ID).and_then(|value| value.to_str().ok());
        let id = RequestId(sent.and_then(|text| Uuid::try_parse(text).ok()).unwrap_or_else(Uuid::now_v7));
        req.extensions_mut().insert(id);
        id
    }
}

impl FromRequest for RequestId {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(RequestId::of(req)))
    }
}

/// Middleware: settles the request's id and says it in the answer. Problems that come as errors say it themselves.
pub async fn assign<B: MessageBody>(req: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let RequestId(id) = RequestId::of(req.request());
    let mut response = next.call(req).await?;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, Responder, web};

    use super::*;

    async fn says_its_id(id: RequestId) -> impl Responder {
        id.0.to_string()
    }

    async fn ids(sent: Option<&str>) -> (String, String) {
        let app = init_service(App::new().wrap(from_fn(assign)).route("/", web::get().to(says_its_id))).await;
        let mut req = TestRequest::get();
        if let Some(sent) = sent {
            req = req.insert_header((X_REQUEST_ID, sent));
        }
        let response = call_service(&app, req.to_request()).await;
        let header = response.headers().get(X_REQUEST_ID).unwrap().to_str().unwrap().to_owned();
        (header, String::from_utf8(read_body(response).await.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn a_clients_uuid_is_kept() {
        let sent = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(ids(Some(sent)).await, (sent.to_owned(), sent.to_owned()));
    }

    #[actix_web::test]
    async fn anything_else_is_replaced_by_a_new_id() {
        for sent in [None, Some("mine"), Some("01890a5d ac96")] {
            let (header, seen) = ids(sent).await;
            assert_eq!(header, seen);
            assert_eq!(Uuid::parse_str(&header).unwrap().get_version_num(), 7);
        }
    }
}
