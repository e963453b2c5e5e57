//! `/v1/requests` and the requests of a case: somebody asks for an assessment, joins one who did, or takes the request back.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, CaseId};
use crate::service::Receipt;
use crate::service::requests::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(submit_request).service(join_request).service(withdraw_request).service(record_notification_effect);
}

/// Ask for an assessment
///
/// An EHC needs assessment finds out whether a child or young person needs an Education, Health and Care (EHC) plan. A parent,
/// a young person, or a person acting for a school or college may ask the local authority for one (Children and Families Act
/// 2014, s. 36(1)), of a detained person also whoever is in charge of the youth accommodation (s. 71(2)); anybody may bring a
/// child to its attention (s. 24). The request opens a case, and its clock runs from the day it was received: six weeks to decide
/// whether to assess (SEND Regulations 2014, reg. 5(1)), twenty to send the final plan (reg. 13(2)).
///
/// No form is needed: a bare letter or email is a request, and a name is enough. What is missing is listed for staff in the case's
/// `gaps` and stops no clock. A school or a family asks for itself and today; a case worker records requests that came by letter,
/// email or telephone, with the day they arrived.
///
/// Where the child has an open case already, the request joins it: a child named by `id`, or by a UPN and names that are those of
/// a child whom the caller sees. A case that is closed, withdrawn or refused stands in nobody's way. A child who only may be the
/// same never turns a request away: it is recorded, and staff see `possibleDuplicates`.
#[utoipa::path(tag = "requests", params(IdempotencyKey), request_body = SubmitRequest, responses(
    (status = 201, description = "Received; `id` is the case it opened or joined.", body = Receipt,
     headers(("Location" = String, description = "The case.")), example = json!(example::receipt()))))]
#[post("/requests")]
async fn submit_request(asker: Asker, key: IdempotencyKey, body: ValidJson<SubmitRequest>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Action::SubmitRequest, key, body, |tx, body| submit(tx, body.clone())).await?;
    Ok(recorded.at(|receipt| format!("/v1/cases/{}", receipt.id)))
}

/// Ask for the assessment that a case is about
///
/// A second person asks while the case is open: their request joins it, and lives on when the first is withdrawn. The clock runs
/// from the earliest request, by which the child came to the authority's attention (Children and Families Act 2014, ss. 24(1),
/// 36(3)); that stays so when that request is withdrawn while another is alive. A family or a setting that joins sees the child
/// from then on. Refused when the case was over by then: such a request opens a case of its own, at `/v1/requests`. For case
/// workers, and for a school or a family that sees the child and asks for itself.
#[utoipa::path(tag = "requests", params(PathId<CaseId>, IdempotencyKey), request_body = JoinRequest, responses(
    (status = 201, description = "Joined; `id` is the request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/requests")]
async fn join_request(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<JoinRequest>,
) -> Result<Recorded, Problem> {
    asker.record(Action::JoinRequest, key, body, move |tx, body| join(tx, case, body)).await
}

/// Withdraw a request
///
/// Records that whoever asked no longer wants the assessment. Only their own request ends; others in the same case live on, and
/// the case ends, with its clocks, once none is alive. What a family member saw because of their request they see no longer. For
/// case workers, and for a school or a family that made the request itself.
#[utoipa::path(tag = "requests", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = WithdrawRequest, responses(
    (status = 201, description = "Withdrawn; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/withdrawal")]
async fn withdraw_request(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<WithdrawRequest>,
) -> Result<Recorded, Problem> {
    asker.record(Action::WithdrawRequest, key, body, move |tx, body| withdraw(tx, id, body, read.versions())).await
}

/// Record what a health notification amounts to
///
/// A health body must tell the authority of a child under compulsory school age who it thinks has, or probably has, special
/// educational needs (Children and Families Act 2014, s. 23). An officer reads whether it brought the child to the authority's
/// attention (s. 24(1)), so that the same clock runs as for a request, or was for information only, so that none does. Until that
/// is recorded the clock runs. For case workers and decision makers.
#[utoipa::path(tag = "requests", params(PathId<CaseId>, IdempotencyKey), request_body = RecordNotificationEffect, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/notification-effect")]
async fn record_notification_effect(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<RecordNotificationEffect>,
) -> Result<Recorded, Problem> {
    asker
        .record(Action::RecordNotificationEffect, key, body, move |tx, body| requests::record_notification_effect(tx, case, body))
        .await
}
