//! `/v1/requests`: somebody asks for an assessment.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::problem::Problem;
use crate::record::Action;
use crate::service::Receipt;
use crate::service::requests::{SubmitRequest, submit};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(submit_request);
}

/// Ask for an assessment
///
/// An EHC needs assessment finds out whether a child or young person needs an Education, Health and Care (EHC) plan. A parent,
/// a young person, or a person acting for a school or college may ask the local authority for one (Children and Families Act
/// 2014, s. 36(1)); anybody may bring a child to its attention (s. 24). The request opens a case, and its clock runs from the
/// day it was received: six weeks to decide whether to assess (SEND Regulations 2014, reg. 5(1)), twenty to send the final plan
/// (reg. 13(2)).
///
/// A school or a family asks for itself and today; a case worker records requests that came by letter, email or telephone, with
/// the day they arrived. A possible duplicate never turns a request away: it is recorded, and staff see `possibleDuplicates`.
#[utoipa::path(tag = "requests", params(IdempotencyKey), request_body = SubmitRequest, responses(
    (status = 201, description = "Received; `id` is the case.", body = Receipt,
     headers(("Location" = String, description = "The case.")), example = json!(example::receipt()))))]
#[post("/requests")]
async fn submit_request(asker: Asker, key: IdempotencyKey, body: ValidJson<SubmitRequest>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Action::SubmitRequest, key, body, |tx, body| submit(tx, body.clone())).await?;
    Ok(recorded.at(|receipt| format!("/v1/cases/{}", receipt.id)))
}
