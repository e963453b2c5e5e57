//! `/v1/cases/{caseId}/reassessment`: the child has a plan, and the request is one for a reassessment.

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
use crate::service::reassessment::{self, TakeAsReassessment};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(take_as_reassessment);
}

/// Take a request as one for a reassessment
///
/// A child with a plan is not assessed anew but reassessed (Children and Families Act 2014, s. 44(2)); a case whose `flags` hold
/// `plan_in_force` is offered as that. Taken so, other limits run from the same days: fifteen days to tell whoever asked whether there
/// will be a reassessment (SEND Regulations 2014, reg. 25(1)), and fourteen weeks from then to the plan that follows (reg. 27(2)).
/// The decision and everything after it are recorded as in any case. For case workers and decision makers.
#[utoipa::path(tag = "decisions", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = TakeAsReassessment, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/reassessment")]
async fn take_as_reassessment(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<TakeAsReassessment>,
) -> Result<Recorded, Problem> {
    asker.record(Action::TakeAsReassessment, key, body, move |tx, body| reassessment::take(tx, case, body, read.versions())).await
}
