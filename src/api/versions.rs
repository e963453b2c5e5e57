//! `/v1/plans/{planId}/versions`: every version of a plan, how two of them differ, and the amended plan that makes another.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag, VersionRead};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::{At, Moment};
use super::page::WholeAsOf;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, PlanId, VersionId};
use crate::service::Receipt;
use crate::service::amendments::{self, AmendPlan};
use crate::service::versions::{self, PlanVersionView, VersionComparison, VersionLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_versions).service(amend_plan).service(show_version).service(compare_versions);
}

/// List a plan's versions
///
/// The plan as it was made and as each amendment made it, the first first: when it was sent, who decided on it and why, and which sections
/// changed. The last is in force. Staff see the plans of their authority, a school those of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At), responses(
    (status = 200, description = "Its versions.", body = WholeAsOf<VersionLine>,
     example = json!(example::whole_as_of(example::version_line())))))]
#[get("/plans/{planId}/versions")]
async fn list_versions(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<VersionLine>>, Problem> {
    let (known, data) = asker.read(Ask::SeePlans, move |tx| versions::list(tx, plan, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Record that an amended plan was sent
///
/// The amended plan as it was sent to the family, the setting and the health body: another version of the same plan, from that day the
/// one in force, with the sections of the version before and those that changed in their place. It is due within eight weeks of the notice
/// of the proposals (SEND Regulations 2014, reg. 22(3)) and within twelve of a review's meeting (R (L, M and P) v Devon County Council
/// 2022, EWHC 493 (Admin)); its contents can be appealed as those of the first (Children and Families Act 2014, s. 51(3)). Sent without a
/// notice of proposals, before the family's fifteen days are over, naming a setting that was not consulted, or with new health provision
/// in section G that the health body has not agreed, it comes back as a concern to acknowledge. For case workers; read the plan first.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey, VersionRead), request_body = AmendPlan, responses(
    (status = 201, description = "Recorded; `id` is the version.", body = Receipt,
     headers(("Location" = String, description = "The version.")), example = json!(example::receipt()))))]
#[post("/plans/{planId}/versions")]
async fn amend_plan(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<AmendPlan>,
) -> Result<Recorded, Problem> {
    let amend = move |tx: &mut Tx<'_>, body: &_| amendments::amend(tx, plan, body, read.versions());
    let recorded = asker.record(Action::AmendPlan, key, body, amend).await?;
    Ok(recorded.at(|receipt| format!("/v1/plans/{plan}/versions/{}", receipt.id)))
}

/// Show a version of a plan
///
/// What the plan said in its sections A to K while this version was in force. Staff see the plans of their authority, a school those of
/// its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<VersionId>, At, Conditional), responses(
    (status = 200, description = "The version.", body = PlanVersionView, example = json!(example::version()))))]
#[get("/plans/{planId}/versions/{versionId}")]
async fn show_version(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<VersionId>,
    ValidQuery(at): ValidQuery<At>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let shown = asker.read(Ask::SeePlans, move |tx| versions::show(tx, plan, id, at.moment())).await?;
    Ok(Etag::shown(shown.version, shown.known.today, asker.caller()).answer(&req, |response| response.json(shown)))
}

/// Which version to compare with, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompareWith {
    /// The version to compare with; the one before unless told.
    #[param(inline)]
    with: Option<VersionId>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Compare two versions of a plan
///
/// The sections that differ, each with what it was and what it became, and what section I names in each: with the version before, unless
/// `with` says another. Staff see the plans of their authority, a school those of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<VersionId>, CompareWith), responses(
    (status = 200, description = "How they differ.", body = VersionComparison, example = json!(example::comparison()))))]
#[get("/plans/{planId}/versions/{versionId}/comparison")]
async fn compare_versions(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<VersionId>,
    ValidQuery(CompareWith { with, as_of }): ValidQuery<CompareWith>,
) -> Result<web::Json<VersionComparison>, Problem> {
    let as_of = as_of.map(|Moment(as_of)| as_of);
    Ok(web::Json(asker.read(Ask::SeePlans, move |tx| versions::compare(tx, plan, id, with, as_of)).await?))
}
