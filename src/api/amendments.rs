//! `/v1/plans/{planId}/amendments`: what is proposed to change in a plan, what the family says to it, and that it is not amended after all.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::page::WholeAsOf;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, AmendmentId, PlanId};
use crate::service::Receipt;
use crate::service::amendments::{self, AmendmentView, AnswerAmendments, DeclineAmendments, ProposeAmendments, ServeAmendments};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_amendments).service(propose_amendments).service(show_amendment).service(serve_amendments);
    cfg.service(answer_amendments).service(decline_amendments);
}

/// List a plan's amendments
///
/// Everything that was proposed to change in the plan, by the day it was proposed: section by section what it says and what it would say,
/// why, until when the family can answer and what it said, by when the amended plan must be sent, and what became of it. Staff see those
/// of their authority, a school those of its pupils, a family its own; of what the family said, a family member reads their own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At), responses(
    (status = 200, description = "Its amendments.", body = WholeAsOf<AmendmentView>,
     example = json!(example::whole_as_of(example::amendment())))))]
#[get("/plans/{planId}/amendments")]
async fn list_amendments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<AmendmentView>>, Problem> {
    let (known, data) = asker.read(Ask::SeePlans, move |tx| amendments::list(tx, plan, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Record that amendments were proposed
///
/// The notice of proposed amendments, which goes to the family with a copy of the plan and the evidence: each section that would change,
/// in whole (SEND Regulations 2014, reg. 22(2)). After a review it goes with the decision, within four weeks of the meeting (R (L, M and P)
/// v Devon County Council 2022, EWHC 493 (Admin)). Without a `review` the plan is amended as if one had been held (reg. 28). From the day
/// it is served the family has fifteen days; from the day it is sent the authority has eight weeks, and twelve from the meeting of a
/// review, to send the amended plan with `POST /v1/plans/{planId}/versions`, or to tell the family that it does not amend the plan. For
/// case workers; read the plan first.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey, VersionRead), request_body = ProposeAmendments, responses(
    (status = 201, description = "Recorded; `id` is the amendment.", body = Receipt,
     headers(("Location" = String, description = "The amendment.")), example = json!(example::receipt_of_amendment()))))]
#[post("/plans/{planId}/amendments")]
async fn propose_amendments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<ProposeAmendments>,
) -> Result<Recorded, Problem> {
    let propose = move |tx: &mut Tx<'_>, body: &_| amendments::propose(tx, plan, body, read.versions());
    let recorded = asker.record(Action::ProposeAmendments, key, body, propose).await?;
    Ok(recorded.at(|receipt| format!("/v1/plans/{plan}/amendments/{}", receipt.id)))
}

/// Show an amendment
///
/// One of the plan's amendments, as the list has it.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<AmendmentId>, At), responses(
    (status = 200, description = "The amendment.", body = AmendmentView, example = json!(example::amendment()))))]
#[get("/plans/{planId}/amendments/{amendmentId}")]
async fn show_amendment(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(amendment): PathId<AmendmentId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<AmendmentView>, Problem> {
    Ok(web::Json(asker.read(Ask::SeePlans, move |tx| amendments::show(tx, plan, amendment, at.moment())).await?))
}

/// Record when the proposals were served
///
/// Where the notice reached the family on another day than it was sent: the fifteen days begin with the day it was served (SEND
/// Regulations 2014, reg. 22(2)(c)), the eight weeks with the day it was sent. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<AmendmentId>, IdempotencyKey), request_body = ServeAmendments, responses(
    (status = 201, description = "Recorded; `id` is the amendment.", body = Receipt, example = json!(example::receipt_of_amendment()))))]
#[post("/plans/{planId}/amendments/{amendmentId}/service")]
async fn serve_amendments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(amendment): PathId<AmendmentId>,
    key: IdempotencyKey,
    body: ValidJson<ServeAmendments>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ProposeAmendments, key, body, move |tx, body| amendments::serve(tx, plan, amendment, body)).await
}

/// Answer proposed amendments
///
/// What the family says to the proposals, section by section or as a whole, as often as it likes; it has at least fifteen days (SEND
/// Regulations 2014, reg. 22(2)(c)), and what comes later is recorded all the same. With `complete` it says that it has nothing more to
/// say: only then can the amended plan lawfully follow before the fifteen days are over. A family member speaks for themselves, and other
/// relatives do not read it; case workers record what reached them otherwise.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<AmendmentId>, IdempotencyKey), request_body = AnswerAmendments, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/amendments/{amendmentId}/representations")]
async fn answer_amendments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(amendment): PathId<AmendmentId>,
    key: IdempotencyKey,
    body: ValidJson<AnswerAmendments>,
) -> Result<Recorded, Problem> {
    asker.record(Action::AnswerAmendments, key, body, move |tx, body| amendments::answer(tx, plan, amendment, body)).await
}

/// Decide that the plan is not amended after all
///
/// Records that the family was told, with the reasons and its right to appeal, that the plan stays as it is: within eight weeks of the
/// notice (SEND Regulations 2014, reg. 22(4)). The decision can be appealed (Children and Families Act 2014, s. 51(2)(e)). For decision
/// makers; read the plan first.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<AmendmentId>, IdempotencyKey, VersionRead), request_body = DeclineAmendments, responses(
    (status = 201, description = "Decided; `id` is the amendment.", body = Receipt, example = json!(example::receipt_of_amendment()))))]
#[post("/plans/{planId}/amendments/{amendmentId}/decision-not-to-amend")]
async fn decline_amendments(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(amendment): PathId<AmendmentId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<DeclineAmendments>,
) -> Result<Recorded, Problem> {
    let decline = move |tx: &mut Tx<'_>, body: &_| amendments::decline(tx, plan, amendment, body, read.versions());
    asker.record(Action::DeclineAmendments, key, body, decline).await
}
