//! `/v1/cases/{caseId}/advice-requests`: whom advice is asked of, and what became of each request; and existing advice.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, AdviceId, CaseId};
use crate::service::Receipt;
use crate::service::advice::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(request_advice).service(record_advice).service(explain_late_advice).service(allocate_advice);
    cfg.service(record_advice_visit).service(sign_off_advice).service(reuse_advice);
}

/// Record a request for advice
///
/// An assessment rests on advice: from the family, the school, health, an educational psychologist, social care and whoever
/// else the family reasonably asks for (SEND Regulations 2014, reg. 6(1)). Each body has six weeks from the day it received the
/// request (reg. 8(1)); give that day as `receivedOn` once it is known. The organisation named sees the child from then on. For
/// case workers.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, IdempotencyKey), request_body = RequestAdvice, responses(
    (status = 201, description = "Asked for; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests")]
async fn request_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<RequestAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RequestAdvice, key, body, move |tx, body| advice::request(tx, case, body)).await
}

/// Record what became of a request for advice
///
/// The day the body received the request (its six weeks begin; SEND Regulations 2014, reg. 8(1)), what it answered, or both.
/// `answer` is `given` unless told, with the advice itself in `words`. A body that does not know the child, declines or has no
/// capacity is recorded with that answer: it is no advice, the six weeks run on, the plan cannot rest on it, and the case shows
/// the concern `nil_return` until advice of that kind is there. For case workers; a school or an advice giver records this of
/// requests made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey),
    request_body(content = RecordAdvice, examples(
        ("received" = (summary = "The request arrived", value = json!({"receivedOn": "2026-02-17"}))),
        ("given" = (summary = "The advice came back", value = json!({"returnedOn": "2026-03-27", "words": "The advice."}))),
        ("nil return" = (summary = "Not known to the service", value = json!({"answer": "not_known", "words": "No referral."}))))),
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/progress")]
async fn record_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<RecordAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordAdvice, key, body, move |tx, body| advice::record_advice(tx, case, id, body)).await
}

/// Say why advice is late
///
/// Keeps the reason and the new expected day with the request, as often as either changes. Neither moves the six weeks: most
/// reasons excuse nothing, and those that do (SEND Regulations 2014, reg. 8(2)) are claimed as an exception. For case workers;
/// a school or an advice giver records this of requests made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = ExplainLateAdvice,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/delays")]
async fn explain_late_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<ExplainLateAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ExplainLateAdvice, key, body, move |tx, body| advice::explain_late(tx, case, id, body)).await
}

/// Say who writes the advice
///
/// Names the psychologist or other professional who takes the request on, employed by the service or a locum; a later one takes
/// the place of an earlier. The six weeks stay those of the request, whoever writes. A locum's own `organisation` sees the child
/// from then on, and records of the request as its own. For case workers; a school or an advice giver records this of requests
/// made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = AllocateAdvice,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/allocation")]
async fn allocate_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<AllocateAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::AllocateAdvice, key, body, move |tx, body| advice::allocate(tx, case, id, body)).await
}

/// Record a visit for advice
///
/// The day on which whoever writes the advice saw the child; there can be several. No provision asks for it. For case workers; a
/// school or an advice giver records this of requests made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = RecordAdviceVisit,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/visits")]
async fn record_advice_visit(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<RecordAdviceVisit>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordAdviceVisit, key, body, move |tx, body| advice::record_visit(tx, case, id, body)).await
}

/// Sign advice off
///
/// Who in the service answers for the advice, and since when; it may be signed off before or after it is sent. No provision asks
/// for it. For case workers; a school or an advice giver records this of requests made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = SignOffAdvice,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/sign-off")]
async fn sign_off_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<SignOffAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::SignOffAdvice, key, body, move |tx, body| advice::sign_off(tx, case, id, body)).await
}

/// Take up existing advice
///
/// Advice that was given before, for any purpose, takes the place of new only where whoever gave it, the authority and the
/// family all agree that it is sufficient (SEND Regulations 2014, reg. 6(4)); give the day each agreed. What is left out was not
/// agreed: the advice can still be recorded, as the concern `reused_without_agreement`, and the decision whether to make a plan
/// cannot rest on it. The family's own views are always asked for. For case workers.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, IdempotencyKey), request_body = ReuseAdvice, responses(
    (status = 201, description = "Recorded; `id` stands among the case's advice.", body = Receipt,
     example = json!(example::receipt()))))]
#[post("/cases/{caseId}/existing-advice")]
async fn reuse_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<ReuseAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ReuseAdvice, key, body, move |tx, body| advice::reuse(tx, case, body)).await
}
