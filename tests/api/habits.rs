//! Does every request meet the same habits: pages, problems, limits, origins and headers?

use std::collections::BTreeMap;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use ehc_casework::access::Role;
use ehc_casework::api::problem::CODES;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, request_for};

const SCHOOL: &str = "900001";

/// The pointers of a problem's errors, with their codes, in order.
fn errors(problem: &Value) -> Vec<(&str, &str)> {
    let told = problem["errors"].as_array().unwrap();
    told.iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
}

fn posting(client: &Client, path: &str, key: &str) -> TestRequest {
    client.request(Method::POST, path).insert_header(("idempotency-key", key))
}

/// The path in `Link: <…>; rel="next"`.
fn next(reply: &Reply) -> Option<String> {
    let link = reply.header("link")?;
    let (path, rest) = link.strip_prefix('<').unwrap().split_once('>').unwrap();
    assert_eq!(rest, "; rel=\"next\"");
    Some(path.to_owned())
}

#[actix_web::test]
async fn pages_show_every_case_that_was_there_throughout_exactly_once() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    let mut throughout = Vec::new();
    for (place, day) in
        ["2026-01-05", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-07", "2026-01-08", "2026-01-09"].iter().enumerate()
    {
        app.on(day);
        throughout.push(school.ask_for_assessment(&format!("Stays{place}")).await);
    }
    let officer = app.client(Role::DecisionMaker);
    // A case without a next date stands at the end of the list.
    let ended = throughout[3].clone();
    let worker = app.client(Role::CaseWorker);
    worker.change(&ended, "withdrawal", json!({})).await.id();

    for limit in [1, 2, 3] {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let mut path = Some(format!("/v1/cases?limit={limit}"));
        let mut pages = 0;
        let mut dates = Vec::new();
        while let Some(here) = path {
            let page = officer.get(&here).await;
            path = next(&page);
            let page = page.ok();
            assert_eq!(
                page["nextCursor"].as_str().map(str::to_owned),
                path.as_deref().map(|p| p.rsplit("cursor=").next().unwrap().to_owned())
            );
            assert!(page["data"].as_array().unwrap().len() <= limit);
            for line in page["data"].as_array().unwrap() {
                *seen.entry(line["id"].as_str().unwrap().to_owned()).or_default() += 1;
                dates.push(line["nextDue"]["on"].as_str().unwrap_or("none").to_owned());
            }
            // Cases come in before and behind where the reader stands.
            app.on(if pages % 2 == 0 { "2026-01-09" } else { "2026-01-20" });
            school.ask_for_assessment(&format!("Comes{limit}and{pages}")).await;
            pages += 1;
            assert!(pages < 60, "the pages never end");
        }
        for case in &throughout {
            assert_eq!(seen.get(case), Some(&1), "limit {limit}: {case}");
        }
        assert!(seen.values().all(|times| *times == 1), "limit {limit}: {seen:?}");
        // Days sort as text, and before the word.
        assert!(dates.is_sorted(), "limit {limit}: {dates:?}");
        assert!(pages >= 7 / limit);
    }
}

#[actix_web::test]
async fn a_cursor_that_was_tampered_with_is_a_wrong_parameter() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    school.ask_for_assessment("One").await;
    school.ask_for_assessment("Two").await;
    let worker = app.client(Role::CaseWorker);
    let cursor = worker.get("/v1/cases?limit=1").await.ok()["nextCursor"].as_str().unwrap().to_owned();
    let changed = if cursor.ends_with('A') { "B" } else { "A" };
    let of_children = worker.get("/v1/children?limit=1").await.ok()["nextCursor"].as_str().unwrap().to_owned();
    for wrong in [format!("{}{changed}", &cursor[..cursor.len() - 1]), format!("{changed}{cursor}"), "AAAA".into(), of_children] {
        let problem = worker.get(&format!("/v1/cases?cursor={wrong}")).await.problem(400);
        assert_eq!((problem["code"].as_str(), errors(&problem)[0].0), (Some("invalid_parameters"), "?cursor"), "{wrong}");
    }
    worker.get(&format!("/v1/cases?cursor={cursor}")).await.ok();
}

#[actix_web::test]
async fn every_field_error_is_told_in_one_answer() {
    let app = TestApp::start().await;
    let body = json!({
        "child": {"givenName": "Amira", "bornOn": "2017-02-29", "upn": "A311400125001", "uln": "1000000009", "postcode": "NOT A CODE"},
        "requestedBy": "school"
    });
    let problem = app.school(SCHOOL).post("/v1/requests", body).await.problem(422);
    assert_eq!(problem["code"], "invalid_fields");
    let expected = [
        ("/child/bornOn", "format"),
        ("/child/familyName", "required"),
        ("/child/postcode", "postcode_format"),
        ("/child/uln", "uln_check_digit"),
        ("/child/upn", "upn_check_letter"),
    ];
    assert_eq!(errors(&problem), expected);
    assert!(!problem.to_string().contains("A311400125001") && !problem.to_string().contains("NOT A CODE"));
}

#[actix_web::test]
async fn unknown_fields_and_duplicate_keys_are_refused_by_pointer() {
    let app = TestApp::start().await;
    let text = r#"{"child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "colour": "red"},
                   "requestedBy": "school", "requestedBy": "parent", "priority": 1}"#;
    let request = posting(&app.school(SCHOOL), "/v1/requests", "one").insert_header(("content-type", "application/json"));
    let problem = app.call(request.set_payload(text)).await.problem(422);
    let mut found = errors(&problem);
    found.sort_unstable();
    assert_eq!(found, [("/child/colour", "unknown_field"), ("/priority", "unknown_field"), ("/requestedBy", "duplicate_key")]);
    assert_eq!(app.number_of_cases().await, 0);
}

#[actix_web::test]
async fn unknown_and_wrong_query_parameters_are_told_together() {
    let app = TestApp::start().await;
    let problem =
        app.client(Role::CaseWorker).get("/v1/cases?colour=red&limit=0&dueBefore=2025-02-29&state=late").await.problem(400);
    assert_eq!(problem["code"], "invalid_parameters");
    let mut pointers: Vec<_> = errors(&problem).into_iter().map(|(pointer, _)| pointer).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["?colour", "?dueBefore", "?limit", "?state"]);
}

#[actix_web::test]
async fn a_body_too_large_or_of_another_type_is_not_read() {
    let app = TestApp::start().await;
    let school = app.school(SCHOOL);
    let json = |bytes: usize| {
        posting(&school, "/v1/requests", "one").insert_header(("content-type", "application/json")).set_payload(vec![b' '; bytes])
    };
    assert_eq!(app.call(json(1024 * 1024 + 1)).await.problem(413)["code"], "body_too_large");
    assert_eq!(app.call(json(1024 * 1024)).await.problem(400)["code"], "malformed_json");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let request = posting(&school, "/v1/requests", "one").insert_header(("content-type", kind));
        let problem = app.call(request.set_payload(request_for("Example").to_string())).await.problem(415);
        assert_eq!(problem["code"], "unsupported_media_type", "{kind}");
    }
    let request = posting(&school, "/v1/requests", "one").insert_header(("content-type", "application/json; charset=utf-8"));
    app.call(request.set_payload(request_for("Example").to_string())).await.id();
}

#[actix_web::test]
async fn an_unknown_path_is_404_and_a_wrong_verb_405_with_what_is_allowed() {
    let app = TestApp::start().await;
    for client in [app.anonymous(), app.client(Role::CaseWorker)] {
        for path in ["/", "/v1", "/v1/colours", "/v1/cases/", "/v2/cases"] {
            assert_eq!(client.get(path).await.problem(404)["code"], "no_such_path", "{path}");
        }
        for (method, path, allow) in [
            (Method::DELETE, "/v1/cases", "GET"),
            (Method::GET, "/v1/requests", "POST"),
            (Method::PUT, "/v1/children", "GET, POST"),
            (Method::PATCH, "/v1/cases/01890a5d-ac96-774b-bcce-b302099a8057", "GET"),
            (Method::POST, "/health/live", "GET"),
            (Method::POST, "/openapi.json", "GET"),
            (Method::GET, "/v1/children/search", "POST"),
        ] {
            let reply = app.call(client.request(method, path)).await;
            assert_eq!(reply.header("allow"), Some(allow), "{path}");
            assert_eq!(reply.problem(405)["code"], "method_not_allowed");
        }
    }
}

#[actix_web::test]
async fn only_listed_origins_may_call_and_they_may_read_what_a_frontend_needs() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    let from = |origin: &'static str| worker.request(Method::GET, "/v1/me").insert_header(("origin", origin));
    let answer = app.call(from("https://casework.example")).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://casework.example"));
    let exposed = answer.header("access-control-expose-headers").unwrap().to_ascii_lowercase();
    for name in ["etag", "link", "location", "retry-after", "idempotent-replayed", "x-request-id"] {
        assert!(exposed.split(',').any(|one| one.trim() == name), "{name}: {exposed}");
    }
    for other in ["https://other.example", "http://casework.example", "https://casework.example.org", "null"] {
        assert_eq!(app.call(from(other)).await.header("access-control-allow-origin"), None, "{other}");
    }

    let preflight = |origin: &'static str| {
        TestRequest::with_uri("/v1/requests")
            .method(Method::OPTIONS)
            .insert_header(("origin", origin))
            .insert_header(("access-control-request-method", "POST"))
            .insert_header(("access-control-request-headers", "authorization,content-type,idempotency-key,if-match"))
    };
    let allowed = app.call(preflight("https://casework.example")).await;
    assert_eq!(allowed.status, 200);
    let headers = allowed.header("access-control-allow-headers").unwrap().to_ascii_lowercase();
    assert!(["authorization", "idempotency-key", "if-match"].iter().all(|name| headers.contains(name)), "{headers}");
    app.call(preflight("https://other.example")).await.problem(400);
}

#[actix_web::test]
async fn a_problem_of_a_listed_origin_can_be_read_by_its_page() {
    let app = TestApp::start().await;
    let request = TestRequest::with_uri("/v1/me").insert_header(("origin", "https://casework.example"));
    let refused = app.call(request).await;
    assert_eq!(refused.header("access-control-allow-origin"), Some("https://casework.example"));
    refused.problem(401);
}

#[actix_web::test]
async fn a_requests_id_is_echoed_and_names_the_problem_and_the_trail() {
    let app = TestApp::start().await;
    let (sent, urn) = ("01890a5d-ac96-774b-bcce-b302099a8057", "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057");
    let request = |client: &Client, path: &str| client.request(Method::GET, path).insert_header(("x-request-id", sent));
    let worker = app.client(Role::CaseWorker);

    let wrong = app.call(request(&worker, "/v1/cases?colour=red")).await;
    assert_eq!(wrong.header("x-request-id"), Some(sent));
    assert_eq!(wrong.problem(400)["instance"], urn);
    assert_eq!(app.call(request(&app.anonymous(), "/v1/nothing")).await.problem(404)["instance"], urn);
    let own = worker.get("/v1/me").await;
    assert!(own.header("x-request-id").unwrap().parse::<uuid::Uuid>().is_ok());

    let case = app.school(SCHOOL).ask_for_assessment("Example").await;
    assert_eq!(app.call(request(&worker, &format!("/v1/cases/{case}"))).await.status, 200);
    let trail = app.client(Role::Auditor).get("/v1/audit").await.ok();
    assert_eq!(trail["data"][0]["requestId"], sent);
}

#[actix_web::test]
async fn every_problem_has_a_page_that_explains_it() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    for code in CODES {
        let page = anonymous.get(&format!("/problems/{}", code.as_str())).await;
        assert_eq!(page.status, 200, "{}", code.as_str());
        assert!(page.header("content-type").unwrap().starts_with("text/html"));
        assert!(page.text.contains(code.title()), "{}", code.as_str());
    }
    let index = anonymous.get("/problems").await;
    assert!(CODES.iter().all(|code| index.text.contains(code.as_str())));
    anonymous.get("/problems/teapot").await.problem(404);
}

#[actix_web::test]
async fn a_problem_has_the_members_of_its_standard_and_leads_to_its_page() {
    let app = TestApp::start().await;
    let refused = app.anonymous().get("/v1/cases").await;
    assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer"));
    let problem = refused.problem(401);
    assert_eq!(problem["status"], 401);
    for member in ["type", "title", "detail", "instance", "code"] {
        assert!(!problem[member].as_str().unwrap().is_empty(), "{member}");
    }
    let page = app.anonymous().get(problem["type"].as_str().unwrap()).await;
    assert_eq!(page.status, 200);
}

#[actix_web::test]
async fn the_documentation_and_the_contract_are_there_without_a_token_and_load_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let contract = anonymous.get("/openapi.json").await;
    assert_eq!(contract.header("content-type"), Some("application/json"));
    assert_eq!(contract.ok()["openapi"], "3.1.0");

    let moved = anonymous.get("/docs").await;
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, Some("/docs/")));
    let page = anonymous.get("/docs/").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
    let from = |attribute: &str| {
        page.text.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let files = [from("src=\""), from("href=\"")].concat();
    assert!(files.iter().any(|file| file.ends_with(".js")), "{}", page.text);
    for file in files {
        assert!(!file.contains("://"), "{file} comes from elsewhere");
        let path = format!("/docs/{}", file.trim_start_matches("./"));
        assert_eq!(anonymous.get(&path).await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn nothing_under_v1_may_be_stored_and_everything_is_protected() {
    let app = TestApp::start().await;
    let worker = app.client(Role::CaseWorker);
    for path in ["/v1/me", "/v1/cases", "/v1/cases?colour=red", "/v1/nothing", "/v1/law/rules"] {
        assert_eq!(worker.get(path).await.header("cache-control"), Some("no-store"), "{path}");
    }
    assert_eq!(app.anonymous().get("/v1/me").await.header("cache-control"), Some("no-store"));
    for path in ["/v1/me", "/health/live", "/docs/", "/nothing"] {
        let answer = worker.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
    }
}
