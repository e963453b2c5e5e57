//! `/v1/cases/{caseId}/delay-letters`: telling the family that something is late, why, and by when it can expect it.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, CaseId};
use crate::service::Receipt;
use crate::service::delays::{self, TellDelay};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(tell_delay);
}

/// Record a letter about a delay
///
/// What to do where something is late and no exception excuses it, such as for want of psychologists: the family is told why, what
/// is awaited, and by when. The letter excuses nothing and moves no date; it stands on the case as `delayLetters`. No provision
/// asks for it. For case workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey), request_body = TellDelay, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/delay-letters")]
async fn tell_delay(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<TellDelay>,
) -> Result<Recorded, Problem> {
    asker.record(Action::TellDelay, key, body, move |tx, body| delays::tell(tx, case, body)).await
}
