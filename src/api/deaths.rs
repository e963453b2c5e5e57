//! `/v1/children/{childId}/death` and `/strikes`: a child has died, and what should never have been recorded of one.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, ChildId};
use crate::service::Receipt;
use crate::service::deaths::{self, RecordDeath};
use crate::service::entries::StrikeEntry;

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(record_death).service(strike_of_child);
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

/// Strike an entry about a child
///
/// Says that a death, a relationship, a placement, a referral, the end of one, or a confirmation of rights should never have been recorded, for example because it
/// belongs to another child. It stays in the journal and stands no longer. For case workers, decision makers and managers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey, VersionRead), request_body = StrikeEntry, responses(
    (status = 201, description = "Struck; `id` is the new entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/strikes")]
async fn strike_of_child(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<StrikeEntry>,
) -> Result<Recorded, Problem> {
    asker.record(Action::StrikeEntry, key, body, move |tx, body| deaths::strike(tx, child, body, read.versions())).await
}
