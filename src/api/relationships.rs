//! `/v1/children/{childId}/relationships`: the people around a child, and who of them may see what.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag, VersionRead};
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::Whole;
use super::path::PathId;
use super::problem::Problem;
use crate::access::Ask;
use crate::record::{Action, ChildId, RelationshipId};
use crate::service::Receipt;
use crate::service::relationships::{self, EndRelationship, RecordRelationship, RelationshipView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_relationships).service(record_relationship).service(change_relationship).service(end_relationship);
}

/// List the people around a child
///
/// Who they are to the child, whether they hold parental responsibility, whether the child lives with them, who receives
/// notices, what a court has restricted, and how each is reached. Staff see everybody, also those whose relationship has ended. A
/// member of the family sees only what is recorded of themselves: never another relative, nor how one is reached. Schools and
/// advice givers are not shown this list.
#[utoipa::path(tag = "children", params(PathId<ChildId>, Conditional), responses(
    (status = 200, description = "The people around the child.", body = Whole<RelationshipView>,
     example = json!(example::whole(example::relationship())))))]
#[get("/children/{childId}/relationships")]
async fn list_relationships(asker: Asker, PathId(child): PathId<ChildId>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let (version, data) = asker.read(Ask::SeeRelationships, move |tx| relationships::list(tx, child)).await?;
    Ok(Etag::shown(version, asker.today(), asker.caller()).answer(&req, |response| response.json(Whole { data })))
}

/// Record what somebody is to a child
///
/// A parent, carer, relative, social worker, Virtual School, the young person themselves, or whoever acts for them. With an
/// `account`, the person sees the child and their cases from `from` to `to`, several children where they are recorded for each;
/// a court's restriction forbids it. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = RecordRelationship, responses(
    (status = 201, description = "Recorded; `id` is the relationship.", body = Receipt,
     example = json!(example::receipt_of_relationship()))))]
#[post("/children/{childId}/relationships")]
async fn record_relationship(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<RecordRelationship>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepRelationships, key, body, move |tx, body| relationships::add(tx, child, body)).await
}

/// Change what somebody is to a child
///
/// Sends the whole relationship anew; it takes the place of what was recorded before, which stays in the journal. Recording a
/// court's restriction ends the person's access at once; recording the relationship without one gives it back. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, PathId<RelationshipId>, VersionRead),
    request_body = RecordRelationship, responses(
    (status = 200, description = "Changed; `id` is the relationship.", body = Receipt,
     example = json!(example::receipt_of_relationship()))))]
#[put("/children/{childId}/relationships/{relationshipId}")]
async fn change_relationship(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    PathId(id): PathId<RelationshipId>,
    read: VersionRead,
    body: ValidJson<RecordRelationship>,
) -> Result<web::Json<Receipt>, Problem> {
    let ask = Ask::Record(Action::KeepRelationships);
    asker.set(ask, body, move |tx, body| relationships::change(tx, child, id, body, read.versions())).await
}

/// End a relationship
///
/// Records that somebody is no longer what they were to the child, for example that a placement with a foster carer is over.
/// Their access ends with the day. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, PathId<RelationshipId>, IdempotencyKey),
    request_body = EndRelationship, responses(
    (status = 201, description = "Ended; `id` is the relationship.", body = Receipt,
     example = json!(example::receipt_of_relationship()))))]
#[post("/children/{childId}/relationships/{relationshipId}/end")]
async fn end_relationship(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    PathId(id): PathId<RelationshipId>,
    key: IdempotencyKey,
    body: ValidJson<EndRelationship>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepRelationships, key, body, move |tx, body| relationships::end(tx, child, id, body)).await
}
