//! `/v1/plans/{planId}/document`, that of another version, and a draft plan's: a plan as people read it.

use actix_web::{HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::moment::At;
use super::paper::PaperForm;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::documents;
use crate::record::{CaseId, DraftId, PlanId, PlanText, VersionId};
use crate::service::plan_documents;

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_plan_document).service(show_version_document).service(show_draft_plan_document);
}

/// Show a plan as a document
///
/// The final plan in the order of the national template: the person, section A, then each need of section B beside the provision of F
/// and the outcome of E, health (C and G), social care (D, H1 and H2), the setting (I), direct payments (J) and the advice (K). Sections
/// are plain text; needs, provision and outcomes are put side by side by their numbers where every item begins with one (`1.`, `2)`,
/// `B1`), else by their order where the sections have as many paragraphs, set apart by blank lines, as one another, else each section
/// stands whole in one row; `matched` says which. Where the child lives is left out. As data, as a page or as a Word document: `Accept`
/// chooses. Staff see the plans of their authority, a school those of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At), responses(
    (status = 200, description = "The plan.", body = PlanText,
     example = json!(example::plan_text()))))]
#[get("/plans/{planId}/document")]
async fn show_plan_document(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let text = asker.read(Ask::SeePlans, move |tx| plan_documents::of_plan(tx, plan, None, at.moment())).await?;
    form.answer(&text, documents::plan, "plan")
}

/// Show a version of a plan as a document
///
/// Any version of the plan as people read it, laid out as the one in force is. Staff see the plans of their authority, a school those of
/// its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<VersionId>, At), responses(
    (status = 200, description = "The version.", body = PlanText,
     example = json!(example::plan_text()))))]
#[get("/plans/{planId}/versions/{versionId}/document")]
async fn show_version_document(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(version): PathId<VersionId>,
    ValidQuery(at): ValidQuery<At>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let text = asker.read(Ask::SeePlans, move |tx| plan_documents::of_plan(tx, plan, Some(version), at.moment())).await?;
    form.answer(&text, documents::plan, "plan")
}

/// Show a draft plan as a document
///
/// A draft as it was served, laid out as the final plan is. Its section I is blank, so that the family can say which setting it asks
/// for (Children and Families Act 2014, s. 38(5)). Staff see the drafts of their authority, a school those of its pupils, a family
/// its own.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, PathId<DraftId>, At), responses(
    (status = 200, description = "The draft.", body = PlanText,
     example = json!(example::draft_text()))))]
#[get("/cases/{caseId}/draft-plans/{draftId}/document")]
async fn show_draft_plan_document(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(draft): PathId<DraftId>,
    ValidQuery(at): ValidQuery<At>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let text = asker.read(Ask::SeePlans, move |tx| plan_documents::of_draft(tx, case, draft, at.moment())).await?;
    form.answer(&text, documents::plan, "draft-plan")
}
