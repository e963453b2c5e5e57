//! How is a file given out? As an attachment that no browser opens in our name, piece by piece.

use actix_web::body::SizedStream;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, Charset, ContentDisposition, DispositionParam, DispositionType, ETAG,
    EntityTag, ExtendedValue, Header, IF_NONE_MATCH, IfNoneMatch,
};
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, HeaderBuilder, Ref, RefOr, Required};
use utoipa::{IntoParams, IntoResponses};

use super::problem::Problem;
use crate::files::{ACCEPTED, Files};
use crate::service::documents::Content;
use crate::service::{Cause, Error};

/// Not even where a browser is made to show it does a file run anything or reach anywhere.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The file as it was sent in, or 304 where the caller has it already.
///
/// # Errors
/// 503 when the storage does not answer.
pub async fn give_out(req: &HttpRequest, files: &Files, content: Content) -> Result<HttpResponse, Problem> {
    let tag = EntityTag::new_strong(format!("sha256-{}", content.sha256));
    if has(req, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag.to_string())).finish());
    }
    let chunks = files.read(content.key).await.map_err(|error| Problem::from(Error::Unavailable(Cause::new(error))))?;
    Ok(HttpResponse::Ok()
        .content_type(content.media_type)
        .insert_header((CONTENT_DISPOSITION, attachment(content.name.as_deref())))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((ETAG, tag.to_string()))
        .body(SizedStream::new(content.bytes, chunks)))
}

fn has(req: &HttpRequest, tag: &EntityTag) -> bool {
    match req.headers().contains_key(IF_NONE_MATCH).then(|| IfNoneMatch::parse(req)) {
        Some(Ok(IfNoneMatch::Any)) => true,
        Some(Ok(IfNoneMatch::Items(tags))) => tags.iter().any(|sent| sent.weak_eq(tag)),
        _ => false,
    }
}

/// The name in full (RFC 5987), and in plain letters for what cannot read that.
fn attachment(name: Option<&str>) -> ContentDisposition {
    let name = name.filter(|name| !name.is_empty()).unwrap_or("document");
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) || c == ' ' { c } else { '_' }).collect();
    let full = ExtendedValue { charset: Charset::Ext("UTF-8".into()), language_tag: None, value: name.as_bytes().to_vec() };
    let parameters = vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(full)];
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

/// What a file is answered with, as the contract tells it.
pub struct FileAnswers;

impl IntoResponses for FileAnswers {
    fn responses() -> std::collections::BTreeMap<String, RefOr<Response>> {
        let binary = Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
        let schema = ObjectBuilder::new().schema_type(Type::String).format(binary).build();
        let content = ContentBuilder::new().schema(Some(schema)).example(Some("%PDF-1.7 …".into())).build();
        let header = |words: &str| {
            HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).description(Some(words)).build()
        };
        let whole = ACCEPTED.iter().fold(ResponseBuilder::new(), |whole, kind| whole.content(kind.media_type, content.clone()));
        let whole = whole
            .description("The file as it was sent in, of the type it was found to be.")
            .header("Content-Disposition", header("`attachment`, with the file's name in plain letters and in full (RFC 5987)."))
            .header("Content-Length", header("How long the file is."))
            .header("ETag", header("The SHA-256 of its content, for `If-None-Match`."))
            .build();
        let unchanged = ResponseBuilder::new().description("The caller has it already.").build();
        let withheld = RefOr::Ref(Ref::from_response_name("Problem409Conflict"));
        [("200".to_owned(), RefOr::T(whole)), ("304".to_owned(), RefOr::T(unchanged)), ("409".to_owned(), withheld)].into()
    }
}

/// The tag of a file that the caller has already.
pub struct NoneMatch;

impl IntoParams for NoneMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("If-None-Match")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(
                    "The `ETag` of a file that was read before: the answer is 304 without a body when it is the same.",
                ))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .example(Some("\"sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"".into()))
                .build(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_in_plain_letters_and_in_full() {
        let told = attachment(Some("Amira's \"naïve\" report.pdf")).to_string();
        assert!(told.starts_with("attachment; filename=\"Amira's _na_ve_ report.pdf\"; filename*=UTF-8''"), "{told}");
        assert!(told.contains("na%C3%AFve"), "{told}");
        assert!(attachment(None).to_string().contains("filename=\"document\""));
    }
}
