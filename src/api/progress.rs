//! `/v1/cases/{caseId}/progress`: how a case goes, in plain words.

use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::etag::{Conditional, Etag};
use super::example;
use super::path::PathId;
use super::problem::Problem;
use crate::access::Ask;
use crate::record::CaseId;
use crate::service::progress::{self, Progress};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_progress);
}

/// Show how a case goes, in plain words
///
/// The same case as `/v1/cases/{caseId}`, for people who do not work on it: a family, a school, a service that was asked for advice.
/// Where it stands as a sentence; whom to ask; what has happened; what is awaited, from whom, by which day, why that is the day and
/// why it is late; and what is asked of the reader, each with the link to do it. The sentences are ready to be shown. What is private is
/// left out as everywhere: of separated parents each reads of what they said themselves, a school of the consultations that were its
/// own. Staff read it as it reads to others, with nothing asked of them.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, Conditional), responses(
    (status = 200, description = "How it goes.", body = Progress, example = json!(example::progress()))))]
#[get("/cases/{caseId}/progress")]
async fn show_progress(asker: Asker, PathId(id): PathId<CaseId>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let progress = asker.read(Ask::SeeCases, move |tx| progress::show(tx, id)).await?;
    Ok(Etag::shown(progress.version, progress.known.today, asker.caller()).answer(&req, |response| response.json(progress)))
}
