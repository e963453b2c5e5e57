//! `/v1/cases/{caseId}/responsibility-end`: the child lives elsewhere, or moved there.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, CaseId};
use crate::service::Receipt;
use crate::service::responsibility::{self, EndResponsibility};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(end_responsibility);
}

/// Record that the authority is not responsible
///
/// An authority is responsible for the children and young people in its area (Children and Families Act 2014, s. 24(1)). Records
/// that the child never lived there, moved away during the assessment, or turned out to live there no longer, and where the papers
/// were forwarded. The case ends and what was still owed falls away; the new authority decides afresh, on a clock of its own. A
/// child with a final plan takes the plan along instead, so this is refused from the day it was sent. For case workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = EndResponsibility, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/responsibility-end")]
async fn end_responsibility(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<EndResponsibility>,
) -> Result<Recorded, Problem> {
    asker.record(Action::EndResponsibility, key, body, move |tx, body| responsibility::end(tx, case, body, read.versions())).await
}
