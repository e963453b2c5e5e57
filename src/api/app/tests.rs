//! One small resource, written as every resource is, asked in every way that can go wrong.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::header::LOCATION;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{HttpRequest, HttpResponse, HttpServer, get, patch, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::{AppExt, scope};

use crate::api::body::{Schema, ValidJson};
use crate::api::etag::{Conditional, Etag, VersionRead};
use crate::api::idempotency::IdempotencyKey;
use crate::api::page::{Cursor, Limit, Page};
use crate::api::path::PathId;
use crate::api::problem::{CODES, PROBLEM_JSON, Problem};
use crate::api::query::ValidQuery;
use crate::record::CaseId;
use crate::service;

use super::*;

/// What a school sends to ask for an assessment.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"receivedOn": "2026-01-05", "reasons": "Progress has stalled despite support."}))]
struct AskForAssessment {
    /// The day the authority received it.
    received_on: NaiveDate,
    /// Why an assessment may be needed.
    #[schema(min_length = 1, max_length = 4000)]
    reasons: Option<String>,
}

/// One case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"id": "01890a5d-ac96-774b-bcce-b302099a8057", "version": 17}))]
struct CaseView {
    /// The case.
    id: CaseId,
    /// How often it has changed.
    version: u64,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListCases {
    /// Only cases with a deadline before this day.
    due_before: Option<NaiveDate>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins.
    #[param(inline)]
    cursor: Option<Cursor>,
}

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn case(version: u64) -> CaseView {
    CaseView { id: CaseId(ID.parse().unwrap()), version }
}

/// Ask for an assessment
///
/// Records a request; the six weeks to decide begin on the day it was received.
#[utoipa::path(
    tag = "requests",
    params(IdempotencyKey),
    request_body = AskForAssessment,
    responses((status = 201, description = "Recorded.", body = CaseView, headers(("Location" = String, description = "The case."))))
)]
#[post("/requests")]
async fn ask_for_assessment(key: IdempotencyKey, body: ValidJson<AskForAssessment>) -> Result<HttpResponse, Problem> {
    let fingerprint = key.fingerprint(body.canonical());
    assert_eq!((key.route(), fingerprint.len()), ("POST /v1/requests", 32));
    let asked = body.into_inner();
    assert_eq!(Some(asked.received_on), NaiveDate::from_ymd_opt(2026, 1, 5));
    match asked.reasons.as_deref() {
        Some("panic") => panic!("canary"),
        Some("busy") => Err(service::Error::Unavailable(service::Cause::new("canary")).into()),
        _ => Ok(HttpResponse::Created().insert_header((LOCATION, format!("/v1/cases/{ID}"))).json(case(1))),
    }
}

/// List cases
///
/// In the order of their deadlines.
#[utoipa::path(tag = "cases", params(ListCases), responses((status = 200, description = "A page.", body = Page<CaseView>,
    example = json!({"data": [{"id": ID, "version": 17}], "nextCursor": null}))))]
#[get("/cases")]
async fn list_cases(query: ValidQuery<ListCases>) -> Result<Page<CaseView>, Problem> {
    let ListCases { due_before, limit, cursor } = query.0;
    let most = if due_before.is_some() { 30 } else { 50 };
    let after = cursor.map(|cursor| cursor.key::<u64>("cases")).transpose()?.unwrap_or(0);
    let rows = (after + 1..=most).take(limit.rows() + 1).map(case).collect();
    Ok(Page::of("cases", limit, rows, |row| row.version))
}

/// Show a case
///
/// As this caller may see it today.
#[utoipa::path(
    tag = "cases", params(PathId<CaseId>, Conditional), responses((status = 200, description = "The case.", body = CaseView)))]
#[get("/cases/{caseId}")]
async fn show_case(req: HttpRequest, id: PathId<CaseId>) -> Result<HttpResponse, Problem> {
    if id.0.to_string() != ID {
        return Err(service::Error::NotFound("case").into());
    }
    Ok(Etag::of(17).answer(&req, |response| response.json(case(17))))
}

/// Change a case
///
/// Needs the version that was read.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, VersionRead), request_body = AskForAssessment,
    responses((status = 200, description = "Changed.", body = CaseView)))]
#[patch("/cases/{caseId}")]
async fn change_case(
    _id: PathId<CaseId>,
    read: VersionRead,
    _body: ValidJson<AskForAssessment>,
) -> Result<HttpResponse, Problem> {
    read.must_be(17)?;
    Ok(HttpResponse::Ok().json(case(18)))
}

/// List rules
///
/// For anybody.
#[utoipa::path(tag = "law", security(()), responses((status = 200, description = "All.", body = [String], example = json!(["D-20W"]))))]
#[get("/law/rules")]
async fn list_rules() -> HttpResponse {
    HttpResponse::Ok().json(["D-20W"])
}

fn handlers()
-> UtoipaApp<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>>
{
    let v1 =
        scope("/v1").service(ask_for_assessment).service(list_cases).service(show_case).service(change_case).service(list_rules);
    App::new().into_utoipa_app().service(v1)
}

struct Told {
    status: u16,
    headers: actix_web::http::header::HeaderMap,
    body: Value,
}

async fn told(req: TestRequest) -> Told {
    let app = init_service(assemble(handlers(), &Habits::default()).unwrap()).await;
    let response = call_service(&app, req.to_request()).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = serde_json::from_slice(&read_body(response).await).unwrap_or_default();
    Told { status, headers, body }
}

fn asks(body: &str) -> TestRequest {
    TestRequest::post()
        .uri("/v1/requests")
        .insert_header(("content-type", "application/json"))
        .insert_header(("idempotency-key", "k"))
        .set_payload(body.to_owned())
}

#[actix_web::test]
async fn what_is_right_is_done() {
    let made = told(asks(r#"{"receivedOn": "2026-01-05"}"#)).await;
    assert_eq!(
        (made.status, made.headers.get("location").unwrap().to_str().unwrap()),
        (201, "/v1/cases/01890a5d-ac96-774b-bcce-b302099a8057")
    );
    assert_eq!(told(TestRequest::with_uri(&format!("/v1/cases/{ID}"))).await.headers.get("etag").unwrap(), "\"v17\"");
    let again = TestRequest::with_uri(&format!("/v1/cases/{ID}")).insert_header(("if-none-match", "\"v17\""));
    assert_eq!(told(again).await.status, 304);
}

#[actix_web::test]
async fn a_list_is_walked_to_its_end_with_every_row_once() {
    let (mut seen, mut uri) = (Vec::new(), "/v1/cases?dueBefore=2026-02-16&limit=7".to_owned());
    for _ in 0..10 {
        let page = told(TestRequest::with_uri(&uri)).await;
        seen.extend(page.body["data"].as_array().unwrap().iter().map(|row| row["version"].as_u64().unwrap()));
        let Some(link) = page.headers.get("link") else { break };
        uri = link.to_str().unwrap().split(['<', '>']).nth(1).unwrap().to_owned();
        assert!(uri.contains("dueBefore=2026-02-16"));
    }
    assert_eq!(seen, (1..=30).collect::<Vec<_>>());
}

fn problem_schema() -> Schema {
    let document = serde_json::to_value(contract()).unwrap();
    Schema::of_components("Problem", document["components"]["schemas"].as_object().unwrap().clone()).unwrap()
}

#[actix_web::test]
async fn every_error_is_a_problem_that_names_its_request_and_repeats_nothing() {
    let case = |id: &str| TestRequest::with_uri(&format!("/v1/cases/{id}"));
    let change = |version: &'static str| {
        case(ID)
            .method(Method::PATCH)
            .insert_header(("content-type", "application/json"))
            .insert_header(("if-match", version))
            .set_payload(r#"{"receivedOn": "2026-01-05"}"#)
    };
    for (req, status, code) in [
        (TestRequest::with_uri("/canary"), 404, "no_such_path"),
        (TestRequest::with_uri("/v1/canary"), 404, "no_such_path"),
        (TestRequest::with_uri("/docs/canary"), 404, "no_such_path"),
        (case("canary"), 404, "not_found"),
        (TestRequest::with_uri("/v1/law/rules?canary=canary"), 400, "invalid_parameters"),
        (case("01890a5d-ac96-774b-bcce-b302099a8058"), 404, "not_found"),
        (case(ID).method(Method::DELETE), 405, "method_not_allowed"),
        (TestRequest::with_uri("/openapi.json").method(Method::POST), 405, "method_not_allowed"),
        (TestRequest::with_uri("/v1/cases?canary=canary&limit=0"), 400, "invalid_parameters"),
        (TestRequest::with_uri("/v1/cases?cursor=canary"), 400, "invalid_parameters"),
        (TestRequest::post().uri("/v1/requests").set_payload("canary"), 400, "idempotency_key_required"),
        (asks("canary"), 400, "malformed_json"),
        (asks(r#"{"receivedOn": "canary"}"#), 422, "invalid_fields"),
        (asks("{}").insert_header(("content-type", "text/plain")), 415, "unsupported_media_type"),
        (asks(&" ".repeat(1 << 21)), 413, "body_too_large"),
        (asks(r#"{"receivedOn": "2026-01-05", "reasons": "busy"}"#), 503, "unavailable"),
        (case(ID).method(Method::PATCH), 428, "precondition_required"),
        (change("\"v16\""), 412, "changed_since_read"),
        (change("canary"), 400, "invalid_header"),
    ] {
        let told = told(req).await;
        let id = told.headers.get("x-request-id").unwrap().to_str().unwrap();
        assert_eq!((told.status, &told.body["code"]), (status, &json!(code)), "{}", told.body);
        assert_eq!(told.headers.get("content-type").unwrap(), PROBLEM_JSON, "{code}");
        assert_eq!(told.body["instance"], format!("urn:uuid:{id}"), "{code}");
        assert_eq!(told.headers.contains_key("allow"), status == 405, "{code}");
        assert_eq!(told.headers.contains_key("retry-after"), status == 503, "{code}");
        assert_eq!(told.headers.get("x-content-type-options").unwrap(), "nosniff", "{code}");
        assert_eq!(problem_schema().errors(&told.body), [], "{code}");
        let words = told.body.to_string().replace("?canary", "");
        assert!(!words.contains("canary"), "{words}");
    }
}

/// Sends requests one after another on one connection and returns everything that came back.
async fn over_a_socket(requests: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = HttpServer::new(|| assemble(handlers(), &Habits::default()).unwrap());
    let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let answers = web::block(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        for request in requests {
            stream.write_all(request.as_bytes()).unwrap();
        }
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        answers
    });
    let answers = answers.await.unwrap();
    handle.stop(false).await;
    answers
}

#[actix_web::test]
async fn a_panic_is_a_problem_too_and_the_connection_lives_on() {
    let body = r#"{"receivedOn": "2026-01-05", "reasons": "panic"}"#;
    let panics = format!(
        "POST /v1/requests HTTP/1.1\r\nhost: x\r\nidempotency-key: k\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let after = "GET /v1/law/rules HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned();
    let answers = over_a_socket(vec![panics, after]).await;
    let (first, second) = answers.split_at(answers.rfind("HTTP/1.1").unwrap());
    assert!(first.starts_with("HTTP/1.1 500") && first.contains(PROBLEM_JSON) && first.contains("x-request-id: "), "{first}");
    assert!(first.contains(r#""code":"unexpected""#) && !first.contains("canary"), "{first}");
    assert!(second.starts_with("HTTP/1.1 200") && second.ends_with(r#"["D-20W"]"#), "{second}");
}

#[actix_web::test]
async fn what_is_no_request_at_all_is_refused_below_the_app() {
    let answer = over_a_socket(vec!["NONSENSE\r\n\r\n".into()]).await;
    assert!(answer.starts_with("HTTP/1.1 400") && !answer.contains("NONSENSE"), "{answer}");
}

fn contract() -> utoipa::openapi::OpenApi {
    openapi::document(handlers().split_for_parts().1)
}

#[test]
fn the_contract_of_handlers_written_so_is_complete() {
    assert_eq!(openapi::incomplete(&contract()), Vec::<String>::new());
}

#[test]
fn the_contract_is_3_1_and_says_each_error_that_can_come() {
    let document = serde_json::to_value(contract()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let errors = |path: &str, method: &str| -> Vec<String> {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().filter(|status| status.as_str() >= "3").cloned().collect()
    };
    assert_eq!(errors("/v1/requests", "post"), ["400", "401", "403", "409", "413", "415", "422", "500", "503"]);
    assert_eq!(errors("/v1/cases", "get"), ["400", "401", "403", "500", "503"]);
    assert_eq!(errors("/v1/cases/{caseId}", "get"), ["304", "400", "401", "403", "404", "500", "503"]);
    assert_eq!(
        errors("/v1/cases/{caseId}", "patch"),
        ["400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "500", "503"]
    );
    assert_eq!(errors("/v1/law/rules", "get"), ["400", "500"]);
    assert_eq!(document["paths"]["/v1/law/rules"]["get"]["security"], json!([{}]));
    assert_eq!(document["paths"]["/v1/cases"]["get"]["security"], json!([{"token": []}]));
    let examples: usize = document["components"]["responses"]
        .as_object()
        .unwrap()
        .values()
        .map(|response| response["content"][PROBLEM_JSON]["examples"].as_object().unwrap().len())
        .sum();
    assert_eq!(examples, CODES.len());
}

#[test]
fn the_rows_of_a_page_have_their_own_schema() {
    let document = serde_json::to_value(contract()).unwrap();
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["Page_CaseView"]["properties"]["data"]["items"], json!({"$ref": "#/components/schemas/CaseView"}));
    assert_eq!(schemas["CaseView"]["required"], json!(["id", "version"]));
    assert!(document["paths"]["/v1/cases"]["get"]["responses"]["200"]["headers"]["Link"].is_object());
}

#[test]
fn each_parameter_is_documented_once() {
    let document = serde_json::to_value(contract()).unwrap();
    let names = |path: &str, method: &str| -> Vec<String> {
        let parameters = document["paths"][path][method]["parameters"].as_array().unwrap();
        parameters.iter().map(|parameter| parameter["name"].as_str().or(parameter["$ref"].as_str()).unwrap().to_owned()).collect()
    };
    assert_eq!(names("/v1/cases/{caseId}", "patch"), ["caseId", "If-Match", "#/components/parameters/Authority"]);
    assert_eq!(names("/v1/cases", "get"), ["dueBefore", "limit", "cursor", "#/components/parameters/Authority"]);
}

#[test]
fn a_contract_that_owes_something_says_what() {
    #[utoipa::path(responses((status = 200, description = "x", body = CaseView)), tag = "colours")]
    #[get("/cases/{colour}")]
    async fn bare(colour: actix_web::web::Path<String>) -> String {
        colour.into_inner()
    }
    let (_, collected) = App::new().into_utoipa_app().service(bare).split_for_parts();
    let missing = openapi::incomplete(&openapi::document(collected)).join("\n");
    for what in ["summary", "description", "known tags", "description of colour"] {
        assert!(missing.contains(what), "{what}: {missing}");
    }
}

#[actix_web::test]
async fn the_contract_and_its_documentation_are_served_from_this_program_alone() {
    let app = init_service(assemble(handlers(), &Habits::default()).unwrap()).await;
    let body = actix_web::test::call_and_read_body(&app, TestRequest::with_uri("/openapi.json").to_request()).await;
    assert_eq!(String::from_utf8(body.to_vec()).unwrap(), openapi::text(&contract()).unwrap());
    assert!(body.ends_with(b"}\n"));
    assert_eq!(told(TestRequest::with_uri("/docs")).await.headers.get("location").unwrap(), "/docs/");
    let page = call_service(&app, TestRequest::with_uri("/docs/").to_request()).await;
    assert!(page.headers().get("content-security-policy").unwrap().to_str().unwrap().contains("script-src 'self'"));
    let page = String::from_utf8(read_body(page).await.to_vec()).unwrap();
    assert!(page.contains("swagger-ui-bundle.js") && !page.contains("https://"));
    let start =
        actix_web::test::call_and_read_body(&app, TestRequest::with_uri("/docs/swagger-initializer.js").to_request()).await;
    assert!(String::from_utf8(start.to_vec()).unwrap().contains("/openapi.json"));
}
