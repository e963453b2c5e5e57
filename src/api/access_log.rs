//! What the log says of each request: one line, the path's template and never the path, and nobody's name.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};
use serde::Serialize;

use super::request_id::RequestId;
use super::unmatched::Template;

/// How a line is written; set as the app's data, plain unless set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Plain,
    /// One JSON object a line, for a collector.
    Json,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    method: &'a str,
    path: &'a str,
    status: u16,
    ms: f64,
    request: String,
}

/// Middleware: writes the line (target `access`) when the head of the answer is ready.
pub async fn write<B: MessageBody>(req: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let began = Instant::now();
    let method = req.method().to_string();
    let request = RequestId::of(req.request()).0.to_string();
    let format = req.app_data::<LogFormat>().copied().unwrap_or_default();
    let answer = next.call(req).await;
    let (path, status) = match &answer {
        Ok(response) => (template(response.request()), response.status()),
        Err(error) => ("-".to_owned(), error.as_response_error().status_code()),
    };
    let ms = began.elapsed().as_micros() as f64 / 1000.0;
    let line = Line { method: &method, path: &path, status: status.as_u16(), ms, request };
    log::info!(target: "access", "{}", line.text(format));
    answer
}

/// The path's template; `-` for a path that has none, which might hold anything.
fn template(req: &HttpRequest) -> String {
    let unanswered = || req.extensions().get::<Template>().map(|template| template.0.clone());
    req.match_pattern().or_else(unanswered).unwrap_or_else(|| "-".to_owned())
}

impl Line<'_> {
    fn text(&self, format: LogFormat) -> String {
        let plain = || format!("{} {} {} {:.1} ms {}", self.method, self.path, self.status, self.ms, self.request);
        match format {
            LogFormat::Plain => plain(),
            LogFormat::Json => serde_json::to_string(self).unwrap_or_else(|_| plain()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};
    use serde_json::{Value, json};

    use super::*;

    const LINE: Line<'static> = Line { method: "GET", path: "/v1/cases/{caseId}", status: 200, ms: 1.25, request: String::new() };

    #[test]
    fn a_line_is_plain_or_json() {
        assert_eq!(LINE.text(LogFormat::Plain), "GET /v1/cases/{caseId} 200 1.2 ms ");
        let json: Value = serde_json::from_str(&LINE.text(LogFormat::Json)).unwrap();
        assert_eq!(json, json!({"method": "GET", "path": "/v1/cases/{caseId}", "status": 200, "ms": 1.25, "request": ""}));
    }

    async fn logged(uri: &str) -> String {
        let seen = Arc::new(Mutex::new(String::new()));
        let looks = seen.clone();
        let app = init_service(
            App::new()
                .wrap(from_fn(write))
                .wrap_fn(move |req, srv| {
                    let (looks, future) = (looks.clone(), actix_web::dev::Service::call(srv, req));
                    async move {
                        let response = future.await?;
                        *looks.lock().unwrap() = template(response.request());
                        Ok(response)
                    }
                })
                .route("/v1/children/{childId}", web::get().to(HttpResponse::Ok)),
        )
        .await;
        call_service(&app, TestRequest::with_uri(uri).to_request()).await;
        seen.lock().unwrap().clone()
    }

    #[actix_web::test]
    async fn a_line_names_the_template_and_never_the_path() {
        assert_eq!(logged("/v1/children/canary?name=canary").await, "/v1/children/{childId}");
        assert_eq!(logged("/canary").await, "-");
    }
}
