//! `/v1/plans`, and a case's draft plans and final plan: what is served, what is sent, and what a plan says.

use actix_web::{HttpRequest, HttpResponse, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag, VersionRead};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, CaseId, PlanId};
use crate::service::Receipt;
use crate::service::plan_takeover::{TakeOverPlan, take_over};
use crate::service::plans::{self, PlanView, SendFinalPlan, ServeDraftPlan};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(serve_draft_plan).service(send_final_plan).service(show_plan).service(take_over_plan);
}

/// Record a draft plan that was served
///
/// The draft that was served on the family, with its sections A to K. The family then has at least fifteen days, the day
/// of service counted, to say what it thinks and which setting it asks for (SEND Regulations 2014, reg. 13(1)(a)). Section I
/// stays blank: a draft must not name a setting (Children and Families Act 2014, s. 38(5)); one that does comes back as a
/// concern to acknowledge. A draft can be served again any number of times: one that the authority changed begins the fifteen days
/// again, one that takes in only what the family asked for does not; `change` says which. For case workers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = ServeDraftPlan, responses(
    (status = 201, description = "Recorded; `id` is the draft.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/draft-plans")]
async fn serve_draft_plan(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<ServeDraftPlan>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ServeDraftPlan, key, body, move |tx, body| plans::serve_draft(tx, case, body, read.versions())).await
}

/// Record the final plan that was sent
///
/// The plan as it was sent to the family and the setting, due within twenty weeks of the request (SEND Regulations 2014,
/// reg. 13(2)). `placement` is what section I names: a setting, two, one until a day and another from a day, a type of
/// setting, `neither` where education is arranged otherwise (Children and Families Act 2014, s. 61), or `parents_arrangements`
/// where the parents make their own (s. 42(5)). From this day the authority must secure what section F says (s. 42), a
/// school that is named must admit (s. 43), and the yearly review begins to run (s. 44). Sent before the family's fifteen days
/// are over, without the consultation of a setting it names (ss. 39(2) and 40(2)), or with health provision in section G that the
/// health body has not agreed (reg. 12(2)), it comes back as a concern to acknowledge. A setting that did not answer can be named.
/// For case workers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = SendFinalPlan, responses(
    (status = 201, description = "Recorded; `id` is the plan.", body = Receipt,
     headers(("Location" = String, description = "The plan.")), example = json!(example::receipt()))))]
#[post("/cases/{caseId}/final-plan")]
async fn send_final_plan(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<SendFinalPlan>,
) -> Result<Recorded, Problem> {
    let send = asker.record(Action::SendFinalPlan, key, body, move |tx, body| plans::send_final(tx, case, body, read.versions()));
    Ok(send.await?.at(|receipt| format!("/v1/plans/{}", receipt.id)))
}

/// Take over a plan
///
/// A child's plan that was made before the authority's record begins here: in an older system, or by another authority from which the
/// child moved. It opens a case, of whose request and assessment nothing is known, and counts in no figure of new plans; its yearly
/// reviews are recorded and owed as those of any other plan. Reviews already held are recorded afterwards, with their own days. For
/// case workers.
#[utoipa::path(tag = "plans", params(IdempotencyKey), request_body = TakeOverPlan, responses(
    (status = 201, description = "Recorded; `id` is the plan, `case` the case it opened.", body = Receipt,
     headers(("Location" = String, description = "The plan.")), example = json!(example::receipt()))))]
#[post("/plans")]
async fn take_over_plan(asker: Asker, key: IdempotencyKey, body: ValidJson<TakeOverPlan>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Action::TakeOverPlan, key, body, take_over).await?;
    Ok(recorded.at(|receipt| format!("/v1/plans/{}", receipt.id)))
}

/// Show a plan
///
/// What the plan says in its sections A to K (SEND Regulations 2014, reg. 12(1)), what section I names, and its reviews. Staff
/// see the plans of their authority, a school those of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At, Conditional), responses(
    (status = 200, description = "The plan.", body = PlanView, example = json!(example::plan()))))]
#[get("/plans/{planId}")]
async fn show_plan(
    asker: Asker,
    PathId(id): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let plan = asker.read(Ask::SeePlans, move |tx| plans::show(tx, id, at.moment())).await?;
    Ok(Etag::shown(plan.version, plan.known.today, asker.caller()).answer(&req, |response| response.json(plan)))
}
