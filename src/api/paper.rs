//! In which form was a letter or a plan asked for: as data, as a page or as a Word document?

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT, Accept, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, ContentType, Header, VARY};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, RefOr};

use super::problem::Problem;
use crate::documents::{DOCX, Paper, STYLE};

/// The form asked for in `Accept`; data unless a page or a document is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperForm {
    /// `application/json`.
    Data,
    /// `text/html`.
    Page,
    /// A Word document.
    Document,
}

impl PaperForm {
    fn of(req: &HttpRequest) -> Self {
        let Ok(accept) = Accept::parse(req) else { return PaperForm::Data };
        let form = |kind: &str| match kind {
            "text/html" => Some(PaperForm::Page),
            DOCX => Some(PaperForm::Document),
            "application/json" | "*/*" | "application/*" => Some(PaperForm::Data),
            _ => None,
        };
        accept.ranked().iter().find_map(|kind| form(kind.essence_str())).unwrap_or(PaperForm::Data)
    }

    /// The answer in this form; `name` names the document's file and holds nothing personal.
    ///
    /// # Errors
    /// When the document cannot be written.
    pub fn answer<T: Serialize>(self, value: &T, paper: impl FnOnce(&T) -> Paper, name: &str) -> Result<HttpResponse, Problem> {
        let mut response = HttpResponse::Ok();
        response.insert_header((VARY, ACCEPT.as_str()));
        Ok(match self {
            PaperForm::Data => response.json(value),
            PaperForm::Page => response
                .content_type(ContentType::html())
                .insert_header((CONTENT_SECURITY_POLICY, policy()))
                .body(paper(value).html()),
            PaperForm::Document => response
                .content_type(DOCX)
                .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.docx\"")))
                .body(paper(value).docx().map_err(Problem::unexpected)?),
        })
    }
}

impl FromRequest for PaperForm {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(PaperForm::of(req)))
    }
}

/// A page may use the one style that is written into it, and nothing else.
fn policy() -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
}

/// The operations that answer with a paper.
const OPERATIONS: [&str; 7] = [
    "compose_notice",
    "compose_plan_notice",
    "show_sent_notice",
    "preview_delay_letter",
    "show_delay_letter",
    "show_plan_document",
    "show_draft_plan_document",
];

/// Adds the page and the document to what an operation of the contract answers, if it answers with a paper.
pub fn add_forms(operation: &mut Operation) {
    if !operation.operation_id.as_deref().is_some_and(|id| OPERATIONS.contains(&id)) {
        return;
    }
    let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") else { return };
    let text =
        |words: &str, format| ObjectBuilder::new().schema_type(Type::String).format(format).description(Some(words)).build();
    let binary = Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    let forms = [
        ("text/html", text("A page without scripts, fit to be printed.", None), "<!DOCTYPE html><html lang=\"en-GB\">…</html>"),
        (DOCX, text("A Word document.", binary), "PK…"),
    ];
    for (kind, schema, example) in forms {
        let content = ContentBuilder::new().schema(Some(schema)).example(Some(example.into())).build();
        answer.content.insert(kind.to_owned(), RefOr::T(content));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn asked(accept: &str) -> PaperForm {
        PaperForm::of(&TestRequest::default().insert_header(("accept", accept)).to_http_request())
    }

    #[test]
    fn what_is_preferred_is_given_and_data_where_nothing_is_said() {
        assert_eq!(PaperForm::of(&TestRequest::default().to_http_request()), PaperForm::Data);
        assert_eq!(asked("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"), PaperForm::Page);
        assert_eq!(asked(DOCX), PaperForm::Document);
        assert_eq!(asked(&format!("text/html;q=0.5, {DOCX};q=0.9")), PaperForm::Document);
        assert_eq!(asked("image/png"), PaperForm::Data);
        assert_eq!(asked("*/*"), PaperForm::Data);
    }
}
