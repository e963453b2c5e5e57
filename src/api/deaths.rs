//! `/v1/children/{childId}/death`: a child has died.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, ChildId};
use crate::service::Receipt;
use crate::service::deaths::{self, RecordDeath};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(record_death);
}

/// Record that a child has died
///
/// Every duty still running falls away, every open case is closed (`responsibility_ended`), and no action that would send anything
/// or ask anything of anybody is offered any more. Nothing about it is ever a concern. The file stays, and the family keeps its
/// access. Where it was wrong, strike the entry. For case workers, decision makers and managers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = RecordDeath, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/death")]
async fn record_death(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<RecordDeath>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordDeath, key, body, move |tx, body| deaths::record(tx, child, body)).await
}
