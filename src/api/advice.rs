//! `/v1/cases/{caseId}/advice-requests`: whom advice is asked of, and what became of each request.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, AdviceId, CaseId};
use crate::service::Receipt;
use crate::service::advice::{self, RecordAdvice, RequestAdvice};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(request_advice).service(record_advice);
}

/// Record a request for advice
///
/// An assessment rests on advice: from the family, the school, health, an educational psychologist, social care and whoever
/// else the family reasonably asks for (SEND Regulations 2014, reg. 6(1)). Each body has six weeks from the day it received the
/// request (reg. 8(1)); give that day as `receivedOn` once it is known. The organisation named sees the child from then on. For
/// case workers.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, IdempotencyKey), request_body = RequestAdvice, responses(
    (status = 201, description = "Asked for; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests")]
async fn request_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<RequestAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RequestAdvice, key, body, move |tx, body| advice::request(tx, case, body)).await
}

/// Record what became of a request for advice
///
/// The day the body received the request (its six weeks begin; SEND Regulations 2014, reg. 8(1)), the day its advice came back,
/// or both, with the advice itself in `words`. For case workers; a school or an advice giver records this of requests made to
/// it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = RecordAdvice, responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/progress")]
async fn record_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<RecordAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordAdvice, key, body, move |tx, body| advice::record_advice(tx, case, id, body)).await
}
