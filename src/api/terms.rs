//! `/v1/terms`: the terms of the authority's schools.

use actix_web::{get, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::body::ValidJson;
use super::example;
use super::page::Whole;
use super::problem::Problem;
use crate::access::Ask;
use crate::service::terms::{self, PutTerms, Term};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_terms).service(put_terms);
}

/// List terms
///
/// The terms of the authority's schools. `GET /v1/reviews` tells by them what is due this term, and `GET /v1/review-lists` what each
/// setting has to review in one. For staff of the authority and administrators.
#[utoipa::path(tag = "directory", responses(
    (status = 200, description = "The terms, by day.", body = Whole<Term>, example = json!(example::whole(example::term())))))]
#[get("/terms")]
async fn list_terms(asker: Asker) -> Result<web::Json<Whole<Term>>, Problem> {
    let data = asker.read(Ask::SeeDirectory, terms::list).await?;
    Ok(web::Json(Whole { data }))
}

/// Set the terms
///
/// Puts these in the place of all terms that were known. For case workers and administrators.
#[utoipa::path(tag = "directory", request_body = PutTerms, responses(
    (status = 200, description = "The terms, by day.", body = Whole<Term>, example = json!(example::whole(example::term())))))]
#[put("/terms")]
async fn put_terms(asker: Asker, body: ValidJson<PutTerms>) -> Result<web::Json<Whole<Term>>, Problem> {
    let data = asker.set(Ask::KeepClosures, body, terms::put).await?.into_inner();
    Ok(web::Json(Whole { data }))
}
