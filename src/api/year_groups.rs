//! `/v1/children/{childId}/year-groups`: the national curriculum year of a child who is not with others of their age.

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
use crate::service::year_groups::{self, SetYearGroup};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(set_year_group);
}

/// Set a child's year group
///
/// A child's year group follows from the date of birth: Reception is the school year, September to August, in which they turn five.
/// A child who began late, repeats a year or skipped one is so many year groups behind or ahead from a school year on, and stays so
/// each September until something else is set here. Who changes the phase of education, and from when reviews look to adulthood, goes
/// by it; compulsory school age goes by the date of birth alone. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = SetYearGroup, responses(
    (status = 201, description = "Set; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/year-groups")]
async fn set_year_group(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<SetYearGroup>,
) -> Result<Recorded, Problem> {
    asker.record(Action::SetYearGroup, key, body, move |tx, body| year_groups::set(tx, child, body)).await
}
