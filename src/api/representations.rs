//! `/v1/cases/{caseId}/representations`, `/setting-requests`, `/officer-meetings` and one draft plan: what the family says to it.

use actix_web::{HttpRequest, HttpResponse, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, CaseId, DraftId};
use crate::service::Receipt;
use crate::service::representations::{self, DraftPlanView, MakeRepresentations, MeetOfficer, RequestSetting};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_draft_plan).service(make_representations).service(request_setting).service(record_officer_meeting);
}

/// Show a draft plan
///
/// What the draft said in its sections when it was served, and what the family said to it. Staff read all representations; a
/// family member reads their own and no relative's; a school reads the draft alone.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, PathId<DraftId>, At, Conditional), responses(
    (status = 200, description = "The draft plan.", body = DraftPlanView, example = json!(example::draft_plan()))))]
#[get("/cases/{caseId}/draft-plans/{draftId}")]
async fn show_draft_plan(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<DraftId>,
    ValidQuery(at): ValidQuery<At>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let draft = asker.read(Ask::SeePlans, move |tx| representations::show_draft(tx, case, id, at.moment())).await?;
    Ok(Etag::shown(draft.version, draft.known.today, asker.caller()).answer(&req, |response| response.json(draft)))
}

/// Make representations on a draft plan
///
/// What the family says to the draft, section by section or as a whole, as often as it likes. It has at least fifteen days for it,
/// the day of service counted (SEND Regulations 2014, reg. 13(1)(a)); what comes later is recorded all the same. With `complete`
/// the family says that it has nothing more to say: only then can the final plan lawfully follow before the fifteen days are over.
/// A family member speaks for themselves, and other relatives do not read it; case workers record what reached them otherwise.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey), request_body = MakeRepresentations, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/representations")]
async fn make_representations(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<MakeRepresentations>,
) -> Result<Recorded, Problem> {
    asker.record(Action::MakeRepresentations, key, body, move |tx, body| representations::make(tx, case, body)).await
}

/// Ask for a setting
///
/// With the draft the family can ask for a particular school, college or nursery to be named (Children and Families Act 2014,
/// s. 38(2)(b)). A request that comes after the fifteen days is recorded and marked `late` in the case; it is never turned away.
/// For families, and for case workers who record what reached them otherwise.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey), request_body = RequestSetting, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/setting-requests")]
async fn request_setting(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<RequestSetting>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RequestSetting, key, body, move |tx, body| representations::request_setting(tx, case, body)).await
}

/// Record a meeting of the family with an officer
///
/// A family that has the draft can require a meeting with an officer of the authority to discuss it (SEND Regulations 2014,
/// reg. 13(1)(a)). For case workers and decision makers.
#[utoipa::path(tag = "plans", params(PathId<CaseId>, IdempotencyKey), request_body = MeetOfficer, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/officer-meetings")]
async fn record_officer_meeting(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<MeetOfficer>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordOfficerMeeting, key, body, move |tx, body| representations::meet_officer(tx, case, body)).await
}
