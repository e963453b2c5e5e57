//! `/v1/reallocations`: many cases are given to a case worker at once.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::problem::Problem;
use crate::record::Action;
use crate::service::reallocations::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(reallocate_cases);
}

/// Reallocate cases
///
/// Gives up to 200 cases to one case worker, all of them or none: where one cannot be allocated, nothing is recorded and each
/// problem names its case (`/cases/3`). Each case gets an entry of its own in its timeline, as if it had been allocated alone. For
/// case workers and managers.
#[utoipa::path(tag = "worklists", params(IdempotencyKey), request_body = Reallocate, responses(
    (status = 201, description = "All of them are allocated.", body = Reallocated, example = json!(example::reallocated()))))]
#[post("/reallocations")]
async fn reallocate_cases(
    asker: Asker,
    key: IdempotencyKey,
    body: ValidJson<Reallocate>,
) -> Result<Recorded<Reallocated>, Problem> {
    asker.record(Action::AllocateCase, key, body, reallocations::reallocate).await
}
