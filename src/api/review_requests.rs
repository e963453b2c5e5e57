//! `/v1/plans/{planId}/review-requests`: asking for a review before it is due, and the answer.

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
use crate::db::Tx;
use crate::record::{Action, PlanId, ReviewRequestId};
use crate::service::Receipt;
use crate::service::reviews::{self, AnswerReviewRequest, RequestReview, ReviewRequestView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_review_requests).service(request_review).service(answer_review_request);
}

/// List requests for a review
///
/// Who asked for a review of the plan before it is due, and what they were answered. The reasons are for staff and for whoever asked.
/// Staff see those of their authority, a school those about its pupils, a family those about its own child.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>), responses(
    (status = 200, description = "The requests, the earliest first.", body = Whole<ReviewRequestView>,
     example = json!(example::whole(example::review_request())))))]
#[get("/plans/{planId}/review-requests")]
async fn list_review_requests(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
) -> Result<web::Json<Whole<ReviewRequestView>>, Problem> {
    let data = asker.read(Ask::SeePlans, move |tx| reviews::list_requests(tx, plan)).await?;
    Ok(web::Json(Whole { data }))
}

/// Ask for a review
///
/// A family, a school or anybody else can ask for a review before it is due, such as when needs have changed. The law sets no time for
/// the answer, and no appeal lies against a refusal; each request is answered with reasons. For families and schools themselves, and for
/// case workers when somebody asked otherwise.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, IdempotencyKey), request_body = RequestReview, responses(
    (status = 201, description = "Recorded; `id` is the request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/review-requests")]
async fn request_review(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<RequestReview>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RequestReview, key, body, move |tx, body| reviews::ask(tx, plan, body)).await
}

/// Answer a request for a review
///
/// Says whether a review will be held early, and why. If so, set its day with `POST /v1/plans/{planId}/review-dates`, naming this
/// `request`. For case workers and decision makers.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewRequestId>, IdempotencyKey), request_body = AnswerReviewRequest,
    responses((status = 201, description = "Recorded; `id` is the request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/review-requests/{requestId}/answer")]
async fn answer_review_request(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(request): PathId<ReviewRequestId>,
    key: IdempotencyKey,
    body: ValidJson<AnswerReviewRequest>,
) -> Result<Recorded, Problem> {
    let answer = move |tx: &mut Tx<'_>, body: &_| reviews::answer(tx, plan, request, body);
    asker.record(Action::AnswerReviewRequest, key, body, answer).await
}
