//! `/v1/children/{childId}/sealed-identity`: adoption.

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
use crate::service::sealing::{self, SealIdentity};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(seal_identity);
}

/// Seal a child's identity at adoption
///
/// Gives an adopted child a new identity, with a new UPN, from which nothing leads back to the one before: no search, list,
/// timeline or `asOf` shows former names, words, contacts or the texts of plans from before, to anybody. Relationships and every
/// access of before end; record the new ones, and ask again whoever is to advise. What was put away stays beside the record, where
/// this API cannot read it, for a court to order it opened. This cannot be taken back. For managers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey, VersionRead), request_body = SealIdentity, responses(
    (status = 201, description = "Sealed; `id` is the child.", body = Receipt, example = json!(example::receipt_without_case()))))]
#[post("/children/{childId}/sealed-identity")]
async fn seal_identity(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<SealIdentity>,
) -> Result<Recorded, Problem> {
    asker.record(Action::SealIdentity, key, body, move |tx, body| sealing::seal(tx, child, body, read.versions())).await
}
