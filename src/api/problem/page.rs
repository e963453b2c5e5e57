//! What an error means, for people: the pages that a problem's `type` points to.

use std::fmt::Write;

use actix_web::http::header::{ACCEPT, ContentType};
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde_json::{Value, json};

use super::{CODES, Code, Problem};

/// Explains one error, as HTML or, when JSON is preferred, as JSON.
#[get("/problems/{code}")]
pub async fn problem_page(req: HttpRequest, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let code = Code::named(&code).ok_or_else(|| Problem::new(Code::NotFound).detail("There is no error with this code."))?;
    Ok(shaped(&req, code.title(), &[code]))
}

/// Lists every error.
#[get("/problems")]
pub async fn problem_index(req: HttpRequest) -> HttpResponse {
    shaped(&req, "Errors of this API", CODES)
}

fn shaped(req: &HttpRequest, title: &str, codes: &[Code]) -> HttpResponse {
    let accept = req.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("json") && !accept.contains("html") {
        let rows: Vec<Value> = codes.iter().map(|code| row(*code)).collect();
        return HttpResponse::Ok().json(json!({ "data": rows }));
    }
    HttpResponse::Ok().content_type(ContentType::html()).body(html(title, codes))
}

fn row(code: Code) -> Value {
    json!({
        "type": code.page(), "code": code.as_str(), "status": code.status().as_u16(), "title": code.title(), "advice": code.advice()
    })
}

/// Words come from the table alone, so nothing needs escaping.
fn html(title: &str, codes: &[Code]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for code in codes {
        let (name, status) = (code.as_str(), code.status().as_u16());
        let heading =
            if codes.len() > 1 { format!("<h2><a href=\"{}\">{}</a></h2>\n", code.page(), code.title()) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = writeln!(
            page,
            "{heading}<dl><dt>Code</dt><dd><code>{name}</code></dd><dt>HTTP status</dt><dd>{status}</dd>\
             <dt>What to do</dt><dd>{}</dd></dl>",
            code.advice()
        );
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::test::{TestRequest, call_and_read_body, call_and_read_body_json, call_service, init_service};

    use super::super::PROBLEM_JSON;
    use super::*;

    #[actix_web::test]
    async fn every_problems_type_is_a_page_of_this_server() {
        let app = init_service(App::new().service(problem_index).service(problem_page)).await;
        for code in CODES {
            let page = call_and_read_body(&app, TestRequest::get().uri(&code.page()).to_request()).await;
            let page = String::from_utf8(page.to_vec()).unwrap();
            assert!(page.contains(code.title()) && page.contains(code.advice()) && page.contains(code.as_str()));
        }
        let index = call_and_read_body(&app, TestRequest::get().uri("/problems").to_request()).await;
        let index = String::from_utf8(index.to_vec()).unwrap();
        assert!(CODES.iter().all(|code| index.contains(&code.page())));
    }

    #[actix_web::test]
    async fn a_program_gets_it_as_json() {
        let app = init_service(App::new().service(problem_page)).await;
        let req = TestRequest::get().uri("/problems/refused").insert_header((ACCEPT, "application/json")).to_request();
        let page: Value = call_and_read_body_json(&app, req).await;
        assert_eq!((&page["data"][0]["code"], &page["data"][0]["status"]), (&json!("refused"), &json!(409)));
    }

    #[actix_web::test]
    async fn an_unknown_code_is_a_problem_itself() {
        let app = init_service(App::new().service(problem_page)).await;
        let response = call_service(&app, TestRequest::get().uri("/problems/%3Cscript%3E").to_request()).await;
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers().get("content-type").unwrap(), PROBLEM_JSON);
    }

    #[test]
    fn the_table_holds_no_markup() {
        assert!(CODES.iter().all(|code| !format!("{}{}", code.title(), code.advice()).contains(['<', '>', '&'])));
    }
}
