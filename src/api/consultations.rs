//! `/v1/cases/{caseId}/consultations` and `/health-agreements`: what settings and the health body say before the plan is final.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::page::WholeAsOf;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, CaseId, ConsultationId};
use crate::service::Receipt;
use crate::service::consultations::{
    self, AgreeHealthProvision, AnswerConsultation, ConsultSettings, ConsultationView, WithdrawConsultation,
};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_consultations).service(consult_settings).service(answer_consultation).service(withdraw_consultation);
    cfg.service(agree_health_provision);
}

/// List a case's consultations
///
/// Which settings were consulted on the draft, when, and what each answered, with its reasons. Staff see all; a setting sees its
/// own; others see none.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, At), responses(
    (status = 200, description = "The consultations.", body = WholeAsOf<ConsultationView>,
     example = json!(example::whole_as_of(example::consultation())))))]
#[get("/cases/{caseId}/consultations")]
async fn list_consultations(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<ConsultationView>>, Problem> {
    let (known, data) = asker.read(Ask::SeeCases, move |tx| consultations::list(tx, case, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Record that settings were consulted
///
/// Before a plan names a setting, its governing body, proprietor or principal is consulted, and the other authority that maintains
/// it, where one does (Children and Families Act 2014, ss. 39(2) and 40(2)). As many settings as were consulted on that day go into
/// one call; each becomes a consultation of its own. A setting sees the child while it is consulted: until it answers, the
/// consultation is withdrawn, or the plan is final. For case workers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey), request_body = ConsultSettings, responses(
    (status = 201, description = "Recorded; `id` is the first consultation, and the list has them all.", body = Receipt,
     example = json!(example::receipt()))))]
#[post("/cases/{caseId}/consultations")]
async fn consult_settings(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<ConsultSettings>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ConsultSettings, key, body, move |tx, body| consultations::consult(tx, case, body)).await
}

/// Record what a setting answered
///
/// The day the setting received the consultation, what it answered, or both. It should answer within fifteen days (SEND Code of
/// Practice, 9.83); that is guidance, and silence stops no decision. For case workers; a school records this of consultations of
/// its own.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, PathId<ConsultationId>, IdempotencyKey), request_body = AnswerConsultation,
    responses((status = 201, description = "Recorded; `id` is the consultation.", body = Receipt,
               example = json!(example::receipt()))))]
#[post("/cases/{caseId}/consultations/{consultationId}/answer")]
async fn answer_consultation(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<ConsultationId>,
    key: IdempotencyKey,
    body: ValidJson<AnswerConsultation>,
) -> Result<Recorded, Problem> {
    asker.record(Action::AnswerConsultation, key, body, move |tx, body| consultations::answer(tx, case, id, body)).await
}

/// Withdraw a consultation
///
/// The authority no longer asks the setting. It stops seeing the child; a plan that names it nevertheless names a setting that was
/// not consulted, unless it had answered. For case workers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, PathId<ConsultationId>, IdempotencyKey), request_body = WithdrawConsultation,
    responses((status = 201, description = "Recorded; `id` is the consultation.", body = Receipt,
               example = json!(example::receipt()))))]
#[post("/cases/{caseId}/consultations/{consultationId}/withdrawal")]
async fn withdraw_consultation(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<ConsultationId>,
    key: IdempotencyKey,
    body: ValidJson<WithdrawConsultation>,
) -> Result<Recorded, Problem> {
    asker.record(Action::WithdrawConsultation, key, body, move |tx, body| consultations::withdraw(tx, case, id, body)).await
}

/// Record the health body's agreement
///
/// Health care provision in section G of a final plan is agreed by the body that commissions it (SEND Regulations 2014,
/// reg. 12(2)). A final plan with a section G but without it comes back as a concern. For case workers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey), request_body = AgreeHealthProvision, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/health-agreements")]
async fn agree_health_provision(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<AgreeHealthProvision>,
) -> Result<Recorded, Problem> {
    asker
        .record(Action::RecordHealthAgreement, key, body, move |tx, body| consultations::agree_health_provision(tx, case, body))
        .await
}
