//! HTML for people, without scripts: the register of law and its calculator, and a panel's agenda and minutes.

mod frame;
mod law;
mod panel;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType};
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

pub use panel::{agenda, minutes};

/// What a browser may load for a page: its one stylesheet. Its forms lead back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Pages hold nothing about anybody, and what they say changes with the day and with the program.
const FRESH: &str = "public, max-age=300";

/// The paths of [`routes`]; each answers GET.
pub const PATHS: [&str; 3] = ["/law", "/law/calculator", STYLESHEET];

/// Where the stylesheet of every page is.
const STYLESHEET: &str = "/pages.css";

/// Every page. The server gives them `web::Data` of `Clock`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(law::register).service(law::calculator).service(stylesheet);
}

#[get("/pages.css")]
async fn stylesheet() -> HttpResponse {
    let kind = "text/css; charset=utf-8";
    HttpResponse::Ok().content_type(kind).insert_header((CACHE_CONTROL, FRESH)).body(include_str!("style.css"))
}

fn answered(page: maud::Markup) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CACHE_CONTROL, FRESH))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .body(page.into_string())
}
