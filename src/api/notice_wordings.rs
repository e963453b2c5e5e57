//! `/v1/notice-wordings/{wordingKind}`: what the authority itself puts into its notices, from which day on.

use actix_web::{get, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::body::ValidJson;
use super::example;
use super::page::Whole;
use super::path::{PathWord, WordInPath};
use super::problem::Problem;
use crate::access::Ask;
use crate::record::WordingKind;
use crate::service::notices::{self, PutWording, WordingView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_wordings).service(put_wording);
}

impl WordInPath for WordingKind {
    const RESOURCE: &'static str = "notice_wording";
    const SEGMENT: &'static str = "wordingKind";

    fn words() -> Vec<&'static str> {
        use strum::VariantArray;
        WordingKind::VARIANTS.iter().map(|kind| kind.as_str()).collect()
    }
}

/// List the authority's wordings of a kind
///
/// The head of letters, who answers for mediation at the authority, the mediation adviser, help with disagreements, information,
/// advice and support, where to find out about schools, or the closing words: each as it is from a day on, the latest first. A notice
/// uses the one in force on the day it carries. For staff and administrators.
#[utoipa::path(tag = "notices", params(PathWord<WordingKind>), responses(
    (status = 200, description = "The wordings.", body = Whole<WordingView>, example = json!(example::whole(example::wording())))))]
#[get("/notice-wordings/{wordingKind}")]
async fn list_wordings(asker: Asker, PathWord(kind): PathWord<WordingKind>) -> Result<web::Json<Whole<WordingView>>, Problem> {
    let data = asker.read(Ask::SeeWordings, move |tx| notices::wordings(tx, kind)).await?;
    Ok(web::Json(Whole { data }))
}

/// Set the authority's wording of a kind
///
/// From `validFrom` on, until the next one begins. Letters that were sent keep what they said. One that says nothing ends the one
/// before. Answers with every wording of the kind as it then is. For managers and administrators.
#[utoipa::path(tag = "notices", params(PathWord<WordingKind>), request_body = PutWording, responses(
    (status = 200, description = "The wordings.", body = Whole<WordingView>, example = json!(example::whole(example::wording())))))]
#[put("/notice-wordings/{wordingKind}")]
async fn put_wording(
    asker: Asker,
    PathWord(kind): PathWord<WordingKind>,
    body: ValidJson<PutWording>,
) -> Result<web::Json<Whole<WordingView>>, Problem> {
    let web::Json(data) = asker.set(Ask::KeepWordings, body, move |tx, body| notices::put_wording(tx, kind, body)).await?;
    Ok(web::Json(Whole { data }))
}
