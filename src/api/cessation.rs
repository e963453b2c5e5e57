//! `/v1/plans/{planId}/cessation`: how a plan comes to its end.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, PlanId};
use crate::service::Receipt;
use crate::service::cessation::{self, CeasePlan, CessationView, DecideCessation, TakeCessationStep};
use crate::service::decisions::NotifyFamily;

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_cessation).service(cease_plan).service(take_cessation_step);
    cfg.service(decide_cessation).service(notify_cessation);
}

/// Show how a plan comes to its end
///
/// The steps taken, the decision, the first day on which the plan can cease, and that it did. A plan stays in force, and its provision
/// must be secured, until the time to appeal against the decision is over or the appeal is finally determined (Children and Families Act
/// 2014, s. 45(4)); `mayCeaseFrom` is the day after that time, counted by the register of law. Staff see the plans of their authority, a
/// school those of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At), responses(
    (status = 200, description = "Its end, as far as it is known.", body = CessationView, example = json!(example::cessation()))))]
#[get("/plans/{planId}/cessation")]
async fn show_cessation(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<CessationView>, Problem> {
    Ok(web::Json(asker.read(Ask::SeePlans, move |tx| cessation::show(tx, plan, at.moment())).await?))
}

/// Record a step before a plan is ceased
///
/// Before it decides to cease a plan the authority tells the family that it is considering to, consults it, and consults the head or
/// principal of the setting that the plan names (SEND Regulations 2014, reg. 31(1)). Each is a step; the record keeps what was said. For
/// case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey), request_body = TakeCessationStep, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/cessation/steps")]
async fn take_cessation_step(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<TakeCessationStep>,
) -> Result<Recorded, Problem> {
    asker.record(Action::PrepareCessation, key, body, move |tx, body| cessation::take_step(tx, plan, body)).await
}

/// Decide to cease a plan
///
/// Otherwise than at a review, whose decision is recorded with the review: that it is no longer necessary to maintain the plan (Children
/// and Families Act 2014, s. 45(1)(b)). Decided before the family and the setting were consulted, it comes back as a concern to
/// acknowledge. The decision can be appealed (s. 51(2)(f)). For decision makers; read the plan first.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey, VersionRead), request_body = DecideCessation, responses(
    (status = 201, description = "Decided; `id` is the plan.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/cessation/decision")]
async fn decide_cessation(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<DecideCessation>,
) -> Result<Recorded, Problem> {
    let decide = move |tx: &mut Tx<'_>, body: &_| cessation::decide(tx, plan, body, read.versions());
    asker.record(Action::DecideCessation, key, body, decide).await
}

/// Record that the family was told that the plan ceases
///
/// The notice of the decision goes to the family, the setting that the plan names and the health body, with the right to appeal (SEND
/// Regulations 2014, reg. 31(2) and (3)); the time to appeal runs from it. A decision at a review is notified with the review. For case
/// workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey), request_body = NotifyFamily, responses(
    (status = 201, description = "Recorded; `id` is the plan.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/cessation/notification")]
async fn notify_cessation(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<NotifyFamily>,
) -> Result<Recorded, Problem> {
    let notify = move |tx: &mut Tx<'_>, body: &NotifyFamily| cessation::notify(tx, plan, body.notified_on);
    asker.record(Action::PrepareCessation, key, body, notify).await
}

/// Record that a plan ceased
///
/// The first day on which the authority no longer maintains the plan, and why, as the Department's return counts it. From then on nothing
/// is due under the plan. Where the authority holds that the plan is no longer necessary, a plan that ceased without the family and the
/// setting having been consulted and notified, before the time to appeal was over (Children and Families Act 2014, s. 45(4)), or while an
/// appeal against it is open or after it succeeded, comes back as a concern to acknowledge. A plan whose young person died, moved away or reached the
/// maximum age ceases without them. For case workers; read the plan first.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey, VersionRead), request_body = CeasePlan, responses(
    (status = 201, description = "Recorded; `id` is the plan.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/cessation")]
async fn cease_plan(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<CeasePlan>,
) -> Result<Recorded, Problem> {
    let cease = move |tx: &mut Tx<'_>, body: &_| cessation::cease(tx, plan, body, read.versions());
    asker.record(Action::CeasePlan, key, body, cease).await
}
