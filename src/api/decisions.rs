//! `/v1/cases/{caseId}/assessment-decision` and `/plan-decision`: the two decisions of an assessment, and telling the family.

use actix_web::post;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::path::PathId;
use super::problem::Problem;
use crate::record::{Action, AssessmentOutcome, CaseId, PlanOutcome};
use crate::service::Receipt;
use crate::service::decisions::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(decide_assessment).service(notify_assessment_decision).service(decide_plan).service(notify_plan_decision);
}

/// Decide whether to assess
///
/// The authority must decide, and tell the family, within six weeks of the request (SEND Regulations 2014, reg. 5(1)). It must
/// assess where the child or young person has or may have special educational needs and may need an EHC plan (Children and
/// Families Act 2014, s. 36(8)). Only an officer with the delegated power decides; a panel's recommendation can be cited in
/// `panelItem`. A refusal can be appealed (s. 51(2)(a)). The clock stops when the family is notified, not when it is decided:
/// give `notifiedOn` here, or record it later. For decision makers.
#[utoipa::path(tag = "decisions", params(PathId<CaseId>, IdempotencyKey, VersionRead), 
    request_body(content = Decide<AssessmentOutcome>, example = json!(example::decision_to_assess())), responses(
    (status = 201, description = "Decided; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/assessment-decision")]
async fn decide_assessment(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<Decide<AssessmentOutcome>>,
) -> Result<Recorded, Problem> {
    asker.record(Action::DecideAssessment, key, body, move |tx, body| decisions::decide(tx, case, body, read.versions())).await
}

/// Record that the family was told whether there will be an assessment
///
/// Records the day the family was notified of the decision; the six weeks end here (SEND Regulations 2014, reg. 5(1)). A notice
/// of refusal carries the reasons, the right of appeal with its time limits, and what mediation is (reg. 5(3)). For case
/// workers and decision makers.
#[utoipa::path(tag = "decisions", params(PathId<CaseId>, IdempotencyKey), request_body = NotifyFamily, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/assessment-decision/notification")]
async fn notify_assessment_decision(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<NotifyFamily>,
) -> Result<Recorded, Problem> {
    asker
        .record(Action::NotifyAssessmentDecision, key, body, move |tx, body| {
            decisions::notify_assessment_decision(tx, case, body)
        })
        .await
}

/// Decide whether to make a plan
///
/// After the assessment the authority makes a plan where one is necessary (Children and Families Act 2014, s. 37(1)). If there
/// will be none, the family must be told with reasons within sixteen weeks of the request (SEND Regulations 2014, reg. 10(1))
/// and can appeal (s. 51(2)(b)). Only an officer with the delegated power decides; deciding before any advice came back is
/// possible but comes back as a concern to acknowledge. For decision makers.
#[utoipa::path(tag = "decisions", params(PathId<CaseId>, IdempotencyKey, VersionRead), 
    request_body(content = Decide<PlanOutcome>, example = json!(example::decision_to_plan())), responses(
    (status = 201, description = "Decided; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/plan-decision")]
async fn decide_plan(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<Decide<PlanOutcome>>,
) -> Result<Recorded, Problem> {
    asker.record(Action::DecidePlan, key, body, move |tx, body| decisions::decide(tx, case, body, read.versions())).await
}

/// Record that the family was told whether a plan will be made
///
/// Records the day the family was notified. For a decision to make no plan, the sixteen weeks end here (SEND Regulations 2014,
/// reg. 10(1)), and the notice carries the reasons, the right of appeal and what mediation is (reg. 10(3)). For case workers and
/// decision makers.
#[utoipa::path(tag = "decisions", params(PathId<CaseId>, IdempotencyKey), request_body = NotifyFamily, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/plan-decision/notification")]
async fn notify_plan_decision(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<NotifyFamily>,
) -> Result<Recorded, Problem> {
    asker.record(Action::NotifyPlanDecision, key, body, move |tx, body| decisions::notify_plan_decision(tx, case, body)).await
}
