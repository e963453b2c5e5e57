//! `/v1/cases/{caseId}/corrections` and `/strikes`, and `/v1/children/{childId}/strikes`: putting the record right.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, CaseId, ChildId};
use crate::service::Receipt;
use crate::service::entries::{self, CorrectEntry, StrikeEntry};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(correct_entry).service(strike_entry).service(strike_of_child);
}

/// Correct an entry
///
/// Says what an entry of the timeline should have said: another day, or other facts. Deadlines are computed anew from then on;
/// what was known before stays known as it was, and `asOf` still answers it. A correction is checked like a new entry, together
/// with all that stands. The latest correction of an entry wins. For case workers, decision makers and managers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = CorrectEntry, responses(
    (status = 201, description = "Corrected; `id` is the new entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/corrections")]
async fn correct_entry(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<CorrectEntry>,
) -> Result<Recorded, Problem> {
    asker.record(Action::CorrectEntry, key, body, move |tx, body| entries::correct(tx, case, body, read.versions())).await
}

/// Strike an entry
///
/// Says that an entry should never have been made, for example because it belongs to another child. It stays in the journal,
/// stands no longer, and is hidden from everyone outside the authority. Refused where something that stands depends on it. For
/// case workers, decision makers and managers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = StrikeEntry, responses(
    (status = 201, description = "Struck; `id` is the new entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/strikes")]
async fn strike_entry(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<StrikeEntry>,
) -> Result<Recorded, Problem> {
    asker.record(Action::StrikeEntry, key, body, move |tx, body| entries::strike(tx, case, body, read.versions())).await
}

/// Strike an entry about a child
///
/// Says that what was recorded of the child as a whole, and of no case, should never have been, for example because it belongs to another
/// child: a death, a relationship, a confirmation of rights, a flag, a year group. `of` is the entry, as `/v1/events` shows it, or the id of
/// a placement, a referral or transport: all that was said of it is struck then. It stays in the journal and stands no longer. For case
/// workers, decision makers and managers.
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
    asker.record(Action::StrikeEntry, key, body, move |tx, body| entries::strike_of_child(tx, child, body, read.versions())).await
}
