//! `/v1/children/{childId}/transport`: transport to school at the authority's cost.

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
use crate::record::{Action, ChildId, TransportId};
use crate::service::Receipt;
use crate::service::transport::{self, ArrangeTransport, EndTransport, TransportView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_transport).service(arrange_transport).service(end_transport);
}

/// List a child's transport
///
/// What was arranged for the child to get to school, by its first day, also what is over: by what means, from when to when, and at what
/// cost. For staff.
#[utoipa::path(tag = "placements", params(PathId<ChildId>), responses(
    (status = 200, description = "The transport.", body = Whole<TransportView>, example = json!(example::whole(example::transport())))))]
#[get("/children/{childId}/transport")]
async fn list_transport(asker: Asker, PathId(child): PathId<ChildId>) -> Result<web::Json<Whole<TransportView>>, Problem> {
    let data = asker.read(Ask::SeeFunding, move |tx| transport::list(tx, child)).await?;
    Ok(web::Json(Whole { data }))
}

/// Record transport to school
///
/// What was arranged for a child (Education Act 1996, ss. 508B and 508C; for sixth form age, s. 509AA), also one without a case or a
/// plan. Where its cost or its means change, end it and record what takes its place. For case workers.
#[utoipa::path(tag = "placements", params(PathId<ChildId>, IdempotencyKey), request_body = ArrangeTransport, responses(
    (status = 201, description = "Recorded; `id` is the transport.", body = Receipt,
     example = json!(example::receipt_of_transport()))))]
#[post("/children/{childId}/transport")]
async fn arrange_transport(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<ArrangeTransport>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepTransport, key, body, move |tx, body| transport::arrange(tx, child, body)).await
}

/// End a child's transport
///
/// The last day may lie ahead. Nothing is committed for it after that. For case workers.
#[utoipa::path(tag = "placements", params(PathId<ChildId>, PathId<TransportId>, IdempotencyKey), request_body = EndTransport, responses(
    (status = 201, description = "Ended; `id` is the transport.", body = Receipt,
     example = json!(example::receipt_of_transport()))))]
#[post("/children/{childId}/transport/{transportId}/end")]
async fn end_transport(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    PathId(id): PathId<TransportId>,
    key: IdempotencyKey,
    body: ValidJson<EndTransport>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepTransport, key, body, move |tx, body| transport::end(tx, child, id, body)).await
}
