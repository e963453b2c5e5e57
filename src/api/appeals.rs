//! `/v1/appeals`, how each ended, and a case's mediation meetings and reversals: when a decision is disputed.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::{AppealEntry, PathId};
use super::problem::Problem;
use crate::record::{Action, CaseId};
use crate::service::Receipt;
use crate::service::appeals::{self, AboutDecision, EndAppeal, RegisterAppeal, ReverseRefusal};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(record_mediation).service(register_appeal).service(end_appeal).service(reverse_refusal);
}

/// Record a mediation meeting
///
/// A family that disputes a decision can ask for mediation before it appeals (Children and Families Act 2014, ss. 52 to 55). A
/// plan whose request or assessment went to mediation leaves the Department's measure of timeliness. For case workers.
#[utoipa::path(tag = "disputes", params(PathId<CaseId>, IdempotencyKey), request_body = AboutDecision, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/mediation-meetings")]
async fn record_mediation(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<AboutDecision>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordMediation, key, body, move |tx, body| appeals::hold_mediation(tx, case, body)).await
}

/// Record an appeal
///
/// The family can appeal to the First-tier Tribunal against a refusal to assess, a decision to make no plan, what a plan says,
/// and more (Children and Families Act 2014, s. 51(2)). Records that the Tribunal registered one. For case workers.
#[utoipa::path(tag = "disputes", params(IdempotencyKey), request_body = RegisterAppeal, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/appeals")]
async fn register_appeal(asker: Asker, key: IdempotencyKey, body: ValidJson<RegisterAppeal>) -> Result<Recorded, Problem> {
    asker.record(Action::RegisterAppeal, key, body, appeals::register_appeal).await
}

/// Record how an appeal ended
///
/// The family withdrew it, the authority did not oppose it, or the Tribunal dismissed it, allowed it, or made an order by consent. An
/// order starts its own time to carry it out, from the day it was made (SEND Regulations 2014, reg. 44(2)), and an appeal that was not
/// opposed the same (reg. 45): both stand among the case's deadlines. A plan that was to cease stays in force until the appeal against
/// that is finally determined (Children and Families Act 2014, s. 45(4)): dismissed, it ceases at once; allowed, the decision to cease
/// falls. An amended plan that carries out the order names the appeal, and needs no notice of proposals. Where a refusal to assess or to
/// make a plan is undone, record that with `refusal-reversal` too, so that the case goes on; its time is counted once. `appeals` of the
/// case shows each appeal with its end. For case workers.
#[utoipa::path(tag = "disputes", params(PathId<CaseId>, PathId<AppealEntry>, IdempotencyKey), request_body = EndAppeal, responses(
    (status = 201, description = "Recorded; `id` is the appeal.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/appeals/{appealId}/end")]
async fn end_appeal(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(AppealEntry(appeal)): PathId<AppealEntry>,
    key: IdempotencyKey,
    body: ValidJson<EndAppeal>,
) -> Result<Recorded, Problem> {
    asker.record(Action::EndAppeal, key, body, move |tx, body| appeals::end_appeal(tx, case, appeal, body)).await
}

/// Reverse a refusal
///
/// The authority refused to assess, or to make a plan, and now will after all. The case goes on from where it was refused:
/// `stage` is `assessing` or `drafting` again. The decision itself stays `refuse` or `no_plan` with its days, as the national
/// return and the figures ask; the case shows the reversal beside it, in `reversals`.
///
/// `by` says which clock runs. After a `concession` the twenty weeks from the request stand, even when they are over (R (W) v
/// Hertfordshire [2023] EWHC 3138 (Admin)). An agreement at `mediation` (SEND Regulations 2014, reg. 42(2)), an `order` of the
/// Tribunal (reg. 44(2)) and an `unopposed_appeal`, where the Tribunal was told before the authority responded (reg. 45), have
/// their own time. Record the mediation meeting or the appeal first. When the family is notified that there will be an assessment
/// or a plan, give `notifiedOn` here, or record it later as the notification of the decision. For decision makers.
#[utoipa::path(tag = "disputes", params(PathId<CaseId>, IdempotencyKey, VersionRead), request_body = ReverseRefusal, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/refusal-reversal")]
async fn reverse_refusal(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<ReverseRefusal>,
) -> Result<Recorded, Problem> {
    asker
        .record(Action::ReverseRefusal, key, body, move |tx, body| appeals::reverse_refusal(tx, case, body, read.versions()))
        .await
}
