//! `/v1/plans/{planId}/direct-payments`: money that a family is paid to arrange provision itself.

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
use crate::record::{Action, DirectPaymentsId, PlanId};
use crate::service::Receipt;
use crate::service::direct_payments::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_direct_payments).service(start_direct_payments).service(review_direct_payments).service(end_direct_payments);
}

/// List a plan's direct payments
///
/// What is paid for the family to arrange provision of the plan itself (Children and Families Act 2014, s. 49), by its first day, also
/// what has stopped, with each review. For staff.
#[utoipa::path(tag = "plans", params(PathId<PlanId>), responses(
    (status = 200, description = "The direct payments.", body = Whole<DirectPaymentsView>,
     example = json!(example::whole(example::direct_payments())))))]
#[get("/plans/{planId}/direct-payments")]
async fn list_direct_payments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
) -> Result<web::Json<Whole<DirectPaymentsView>>, Problem> {
    let data = asker.read(Ask::SeeFunding, move |tx| direct_payments::list(tx, plan)).await?;
    Ok(web::Json(Whole { data }))
}

/// Record the first direct payment
///
/// From it the authority has three months to review the payments for the first time (SEN (Personal Budgets) Regulations 2014, reg. 11);
/// the duty stands among the deadlines of the plan's case. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey), request_body = StartDirectPayments, responses(
    (status = 201, description = "Recorded; `id` is the direct payments.", body = Receipt,
     example = json!(example::receipt_of_direct_payments()))))]
#[post("/plans/{planId}/direct-payments")]
async fn start_direct_payments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<StartDirectPayments>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepDirectPayments, key, body, move |tx, body| direct_payments::start(tx, plan, body)).await
}

/// Record a review of direct payments
///
/// That they go on, go on at another amount, or are to stop; the first review meets the duty of three months. Once they have stopped,
/// record that as well. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<DirectPaymentsId>, IdempotencyKey), request_body = ReviewDirectPayments,
    responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/direct-payments/{paymentsId}/reviews")]
async fn review_direct_payments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<DirectPaymentsId>,
    key: IdempotencyKey,
    body: ValidJson<ReviewDirectPayments>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepDirectPayments, key, body, move |tx, body| direct_payments::review(tx, plan, id, body)).await
}

/// Record that direct payments stopped
///
/// Nothing is committed for them after the last day they are for, and a first review that was still to come falls away. For case
/// workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<DirectPaymentsId>, IdempotencyKey), request_body = EndDirectPayments,
    responses(
    (status = 201, description = "Recorded; `id` is the direct payments.", body = Receipt,
     example = json!(example::receipt_of_direct_payments()))))]
#[post("/plans/{planId}/direct-payments/{paymentsId}/end")]
async fn end_direct_payments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<DirectPaymentsId>,
    key: IdempotencyKey,
    body: ValidJson<EndDirectPayments>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepDirectPayments, key, body, move |tx, body| direct_payments::end(tx, plan, id, body)).await
}
