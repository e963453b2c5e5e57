//! `/v1/cases/{caseId}/advice-requests`: whom advice is asked of, and what became of each request; and existing advice.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, AdviceId, CaseId};
use crate::service::Receipt;
use crate::service::advice::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(request_advice).service(record_advice).service(explain_late_advice).service(allocate_advice);
    cfg.service(record_advice_visit).service(sign_off_advice).service(reuse_advice);
    cfg.service(show_advice_request).service(chase_advice).service(judge_advice);
}

/// Record a request for advice
///
/// An assessment rests on advice: from the family, the school, health, an educational psychologist, social care and whoever
/// else the family reasonably asks for (SEND Regulations 2014, reg. 6(1)). For a child with a vision or hearing impairment, or
/// both, a specialist teacher is asked as well (reg. 6(2)). `specialism` says which service of health, or which other body, is
/// meant, and `words` what is asked. Each body has six weeks from the day it received the
/// request (reg. 8(1)); give that day as `receivedOn` once it is known. The organisation named sees the child from then on, and the request
/// in its queue. The family and private advisers have no time limit. For case workers.
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
/// `answer` is `given` unless told, with the advice itself in `words`, for those to read whom `visibility` lets. Advice that was
/// sent back is recorded once more when it comes again, and had met the six weeks when it first came. A body that does not know the child, declines or has no
/// capacity is recorded with that answer: it is no advice, the six weeks run on, the plan cannot rest on it, and the case shows
/// the concern `nil_return` until advice of that kind is there. For case workers; a school or an advice giver records this of
/// requests made to it.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey),
    request_body(content = RecordAdvice, examples(
        ("received" = (summary = "The request arrived", value = json!({"receivedOn": "2026-02-17"}))),
        ("given" = (summary = "The advice came back", value = json!({"returnedOn": "2026-03-27", "words": "The advice."}))),
        ("document" = (summary = "The advice came as a document filed before", value = json!({"returnedOn": "2026-03-27",
            "document": "0190b0a0-0000-7000-8000-0000000000f2"}))),
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

/// Show a request for advice
///
/// One request in full: what was asked, every answer with its text, when it was chased, who writes it, and what was found of it.
/// For those who see the case. What came back is for those whom its `visibility` lets read it, and for whoever was asked; judgements
/// are for staff unless they are shared. `GET /v1/advice-requests` lists the requests of a service.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, At), responses(
    (status = 200, description = "The request.", body = AdviceRequestView, example = json!(example::advice_request()))))]
#[get("/cases/{caseId}/advice-requests/{adviceId}")]
async fn show_advice_request(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<AdviceRequestView>, Problem> {
    Ok(web::Json(asker.read(Ask::SeeCases, move |tx| advice::show(tx, case, id, at.moment())).await?))
}

/// Record that advice was chased
///
/// That whoever was asked was reminded, how and when; as often as it happens. The case shows how often and when last. No provision
/// asks for it, and it moves no limit. For case workers.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = ChaseAdvice,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/chasers")]
async fn chase_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<ChaseAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ChaseAdvice, key, body, move |tx, body| advice::chase(tx, case, id, body)).await
}

/// Judge advice
///
/// How good the advice is that came back: whether it says what the needs, the provision and the outcomes are (SEND Regulations 2014,
/// reg. 6(1)), is clear and specific (SEND Code of Practice 2015, para. 9.51), quantifies the provision (para. 9.69) and has the
/// child's views in it. Advice that falls short can be sent back: its giver then sees the child and the request again, and `progress`
/// takes the advice once more. The six weeks were met when it first came (reg. 8(1)), whatever is found of it. Staff alone read
/// the judgement unless its `visibility` is `shared`. For case workers.
#[utoipa::path(tag = "advice", params(PathId<CaseId>, PathId<AdviceId>, IdempotencyKey), request_body = JudgeAdvice,
    responses(
    (status = 201, description = "Recorded; `id` is the advice request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/advice-requests/{adviceId}/judgements")]
async fn judge_advice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<AdviceId>,
    key: IdempotencyKey,
    body: ValidJson<JudgeAdvice>,
) -> Result<Recorded, Problem> {
    asker.record(Action::JudgeAdvice, key, body, move |tx, body| advice::judge(tx, case, id, body)).await
}
