//! `/v1/children/{childId}/flags`: what about a child the authority keeps an eye on.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::Whole;
use super::path::PathId;
use super::problem::Problem;
use crate::access::Ask;
use crate::record::{Action, ChildId};
use crate::service::Receipt;
use crate::service::flags::{self, FlagView, SetFlag};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_flags).service(set_flag).service(take_flag_off);
}

/// List a child's flags
///
/// What about the child is under the authority's eye, and was: that they have a social worker, that youth justice knows them. With where
/// they are taught, these make the list at `/v1/oversight`. For staff.
#[utoipa::path(tag = "children", params(PathId<ChildId>), responses(
    (status = 200, description = "The flags, by their first day.", body = Whole<FlagView>,
     example = json!(example::whole(example::flag())))))]
#[get("/children/{childId}/flags")]
async fn list_flags(asker: Asker, PathId(child): PathId<ChildId>) -> Result<web::Json<Whole<FlagView>>, Problem> {
    let data = asker.read(Ask::SeeOversight, move |tx| flags::list(tx, child)).await?;
    Ok(web::Json(Whole { data }))
}

/// Set a flag on a child
///
/// Neither the family nor a setting is shown it. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = SetFlag, responses(
    (status = 201, description = "Set; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/flags")]
async fn set_flag(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<SetFlag>,
) -> Result<Recorded, Problem> {
    asker.record(Action::FlagChild, key, body, move |tx, body| flags::set(tx, child, body)).await
}

/// Take a flag off a child
///
/// From the day after `on` the child is no longer listed for it; that they were stays on record. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = SetFlag, responses(
    (status = 201, description = "Taken off; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/flags/end")]
async fn take_flag_off(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<SetFlag>,
) -> Result<Recorded, Problem> {
    asker.record(Action::FlagChild, key, body, move |tx, body| flags::take_off(tx, child, body)).await
}
