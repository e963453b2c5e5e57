//! `/v1/cases/{caseId}/views` and `/mediation-requests`: what the family says for the assessment, and that it wants mediation.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::Whole;
use super::path::PathId;
use super::problem::Problem;
use crate::access::Ask;
use crate::record::{Action, CaseId};
use crate::service::Receipt;
use crate::service::family_views::{self, AskMediation, GiveViews, ViewsView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_views).service(give_views).service(ask_mediation);
}

/// List the family's views
///
/// What the parents, the child or the young person said for the assessment, the earliest first. Staff read all of it. The child's school
/// and those who were asked for advice read what is `shared`: the authority must send advice givers what the family says (SEND
/// Regulations 2014, reg. 6(3)). A family member reads their own and no relative's.
#[utoipa::path(tag = "cases", params(PathId<CaseId>), responses(
    (status = 200, description = "The views.", body = Whole<ViewsView>, example = json!(example::whole(example::views())))))]
#[get("/cases/{caseId}/views")]
async fn list_views(asker: Asker, PathId(case): PathId<CaseId>) -> Result<web::Json<Whole<ViewsView>>, Problem> {
    let data = asker.read(Ask::SeeCases, move |tx| family_views::list(tx, case)).await?;
    Ok(web::Json(Whole { data }))
}

/// Give views
///
/// What the parent, the child or the young person thinks, wishes and feels; the authority must have regard to it (Children and
/// Families Act 2014, s. 19), and the plan's section A is made of it. As often as the family likes. Where the authority has asked
/// the family for advice (SEND Regulations 2014, reg. 6(1)(a)), the views of the parent or the young person are that advice, and it
/// counts as come. A parent gives their own views and the child's; a young person who has an account of their own gives theirs.
/// `visibility` says who reads them beside staff; other relatives never do. For families, and for case workers who record
/// what reached them otherwise.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey), request_body = GiveViews, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/views")]
async fn give_views(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<GiveViews>,
) -> Result<Recorded, Problem> {
    asker.record(Action::GiveViews, key, body, move |tx, body| family_views::give(tx, case, body)).await
}

/// Ask for mediation
///
/// The family tells the authority that it wants mediation about a decision: a meeting with somebody independent, before or instead of
/// an appeal. The authority must then arrange it and take part, within thirty days (SEND Regulations 2014, reg. 36). This is not yet
/// the family's contact with the mediation adviser, without which most appeals cannot be made: that contact has its own two
/// months from the day the decision was sent (reg. 33), and the decision's letter says who the adviser is. The clock is the case's, and
/// stands in its deadlines for all who see them; who asked, and in which words, other relatives are not told. For families, and for
/// case workers who record what reached them otherwise.
#[utoipa::path(tag = "disputes", params(PathId<CaseId>, IdempotencyKey), request_body = AskMediation, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/mediation-requests")]
async fn ask_mediation(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<AskMediation>,
) -> Result<Recorded, Problem> {
    asker.record(Action::AskMediation, key, body, move |tx, body| family_views::ask_mediation(tx, case, body)).await
}
