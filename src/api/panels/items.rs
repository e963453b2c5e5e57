//! `/v1/panels/{panelId}/items`: one case before a panel: its papers, conflicts of interest, the advice, the minutes.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::access::Ask;
use crate::api::asker::{Asker, Recorded};
use crate::api::body::ValidJson;
use crate::api::download::{FileAnswers, NoneMatch, give_out};
use crate::api::example;
use crate::api::idempotency::IdempotencyKey;
use crate::api::page::Whole;
use crate::api::path::{PaperEntry, PathId};
use crate::api::problem::Problem;
use crate::files::Files;
use crate::record::{ItemId, MeetingId};
use crate::service::Receipt;
use crate::service::panels::{self, *};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(add_panel_item).service(choose_papers).service(show_papers).service(read_paper).service(declare_conflict);
    cfg.service(recommend).service(take_item_minutes).service(compare_item);
}

/// Put a case on the agenda
///
/// With why it comes to a panel, what the panel is asked, and the yearly cost asked for. The meeting's members see the child from
/// then on; those who declared a conflict of interest about the case at an earlier meeting have it still. The same case stands
/// on one agenda once. For case workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = AddItem, responses(
    (status = 201, description = "Added; `id` is the item.", body = Receipt, example = json!(example::receipt()))))]
#[post("/panels/{panelId}/items")]
async fn add_panel_item(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<AddItem>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::add_item(tx, meeting, body)).await
}

/// Choose an item's papers
///
/// What the members read: entries of the case by their ids from its timeline, so that a paper stays what it was when it was
/// chosen, whatever is recorded later. Chosen anew, they take the place of those before, until the meeting is closed. For case
/// workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>, IdempotencyKey), request_body = ChoosePapers, responses(
    (status = 201, description = "Chosen; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/panels/{panelId}/items/{itemId}/papers")]
async fn choose_papers(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
    key: IdempotencyKey,
    body: ValidJson<ChoosePapers>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::choose_papers(tx, meeting, item, body)).await
}

/// Read an item's papers
///
/// All a panel member sees of a case beside the item itself, and only until twenty-eight days after the meeting was closed. To
/// whoever declared a conflict of interest the item is not there (404), staff of the authority included. Who read what is kept in
/// the trail.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>), responses(
    (status = 200, description = "The papers, in the order they are read.", body = Whole<Paper>,
     example = json!(example::whole(example::paper())))))]
#[get("/panels/{panelId}/items/{itemId}/papers")]
async fn show_papers(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
) -> Result<web::Json<Whole<Paper>>, Problem> {
    let data = asker.read(Ask::SeePanels, move |tx| panels::papers(tx, meeting, item)).await?;
    Ok(web::Json(Whole { data }))
}

/// Read a document among an item's papers
///
/// What a document holds that was chosen as a paper, named by its entry; for those who read the papers, on the same terms. What was
/// struck since, or made privileged, is not given out.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>, PathId<PaperEntry>, NoneMatch), responses(FileAnswers))]
#[get("/panels/{panelId}/items/{itemId}/papers/{paperId}/content")]
async fn read_paper(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
    PathId(PaperEntry(paper)): PathId<PaperEntry>,
    files: web::Data<Files>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let scans = files.scans();
    let content = asker.read(Ask::SeePanels, move |tx| panels::paper_content(tx, meeting, item, paper, scans)).await?;
    give_out(&req, &files, content).await
}

/// Declare a conflict of interest
///
/// From then on the member sees neither the item's papers nor the child, and does not count towards its quorum. Panel members
/// declare for themselves; staff who run cases or decide may record it for anybody who sits on the panel.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>, IdempotencyKey), request_body = DeclareConflict, responses(
    (status = 201, description = "Declared; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/panels/{panelId}/items/{itemId}/conflicts")]
async fn declare_conflict(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
    key: IdempotencyKey,
    body: ValidJson<DeclareConflict>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::DeclareConflict, key, body, move |tx, body| panels::declare_conflict(tx, meeting, item, body)).await
}

/// Record what a panel recommended
///
/// Once for each item, with reasons against the legal test: both limbs of s. 36(8) of the Children and Families Act 2014 where
/// the panel was asked whether to assess, s. 37(1) where it was asked whether to make a plan. A deferral says what is missing.
/// Where fewer were there than the authority's own rule asks for, it says why the panel advised all the same; the law has no such
/// rule. An officer's decision can cite the item as `panelItem` and may differ from it, saying why. An officer with the power to
/// decide who sits on the panel can give the `decision` with it: two entries, one in the meeting and one in the case, recorded
/// together or not at all. For case workers and decision makers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>, IdempotencyKey), request_body = Recommend, responses(
    (status = 201, description = "Recorded; `id` is the item.", body = Receipt, example = json!(example::receipt()))))]
#[post("/panels/{panelId}/items/{itemId}/recommendation")]
async fn recommend(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
    key: IdempotencyKey,
    body: ValidJson<Recommend>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::Recommend, key, body, move |tx, body| panels::recommend(tx, meeting, item, body)).await
}

/// Take the minutes of an item
///
/// What is minuted of one case, beside the recommendation's own reasons. For case workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>, IdempotencyKey), request_body = TakeMinutes, responses(
    (status = 201, description = "Taken; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/panels/{panelId}/items/{itemId}/minutes")]
async fn take_item_minutes(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
    key: IdempotencyKey,
    body: ValidJson<TakeMinutes>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::take_minutes(tx, meeting, Some(item), body)).await
}

/// Compare an item with past decisions
///
/// How officers of this authority decided the same question in cases alike: the same primary need, about the same age, the same
/// phase of education. Help to be consistent, never a rule: each case is decided on its own facts. Counts for all who see the
/// item; examples by case id for staff of the authority alone.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, PathId<ItemId>), responses(
    (status = 200, description = "What was decided.", body = AlikeView, example = json!(example::alike()))))]
#[get("/panels/{panelId}/items/{itemId}/comparable")]
async fn compare_item(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    PathId(item): PathId<ItemId>,
) -> Result<web::Json<AlikeView>, Problem> {
    Ok(web::Json(asker.read(Ask::SeePanels, move |tx| panels::alike(tx, meeting, item)).await?))
}
