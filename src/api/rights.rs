//! `/v1/children/{childId}/rights`: who holds the rights once compulsory school age is over.

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
use crate::service::rights::{self, ConfirmRights};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(confirm_rights);
}

/// Confirm who holds the rights
///
/// From the day after compulsory school age ends (the last Friday in June of the school year in which somebody turns sixteen:
/// Education Act 1996, s. 8) the rights are the young person's. Nobody loses access by the calendar: staff see `rightsToConfirm`
/// on the child and their cases until an officer records here whether the young person acts for themselves or lacks capacity for
/// one kind of decision, which a representative then makes (Children and Families Act 2014, s. 80), and whether the family keeps its
/// access. A later confirmation takes the place of an earlier one; for another kind of decision it stands beside it. For decision
/// makers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey, VersionRead), request_body = ConfirmRights, responses(
    (status = 201, description = "Confirmed; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/rights")]
async fn confirm_rights(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<ConfirmRights>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ConfirmRights, key, body, move |tx, body| rights::confirm(tx, child, body, read.versions())).await
}
