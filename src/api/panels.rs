//! `/v1/panels`: meetings that recommend, their agendas, and what was recommended.

use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag};
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Page};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{ItemId, MeetingId};
use crate::service::Receipt;
use crate::service::panels::{self, AddItem, ConvenePanel, PanelLine, PanelView, Recommend};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_panels).service(convene_panel).service(show_panel).service(add_panel_item).service(recommend);
}

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListPanels {
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List panel meetings
///
/// The latest first, those that lie ahead among them. For staff who run cases, decide or manage, and for panel members.
#[utoipa::path(tag = "panels", params(ListPanels), responses(
    (status = 200, description = "A page of meetings.", body = Page<PanelLine>,
     example = json!(example::page(example::panel_line())))))]
#[get("/panels")]
async fn list_panels(asker: Asker, ValidQuery(query): ValidQuery<ListPanels>) -> Result<Page<PanelLine>, Problem> {
    let ListPanels { limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("panels")).transpose()?;
    let rows = asker.read(Ask::SeePanels, move |tx| panels::list(tx, before, limit.rows_to_read())).await?;
    Ok(Page::of("panels", limit, rows, |meeting| (meeting.meets_on, meeting.id)))
}

/// Convene a panel
///
/// Sets up one meeting of a panel and names who sits on it; members see the children on its agenda. A panel recommends, it never
/// decides: the power stays with the officer, who may cite the item. For case workers. No provision asks for panels.
#[utoipa::path(tag = "panels", params(IdempotencyKey), request_body = ConvenePanel, responses(
    (status = 201, description = "Convened; `id` is the meeting.", body = Receipt,
     headers(("Location" = String, description = "The meeting.")), example = json!(example::receipt_without_case()))))]
#[post("/panels")]
async fn convene_panel(asker: Asker, key: IdempotencyKey, body: ValidJson<ConvenePanel>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Ask::KeepPanels, key, body, panels::convene).await?;
    Ok(recorded.at(|receipt| format!("/v1/panels/{}", receipt.id)))
}

/// Show a panel meeting
///
/// Who sits on it, its agenda, and what was recommended on each item, with reasons. For staff who run cases, decide or manage,
/// and for panel members.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, Conditional), responses(
    (status = 200, description = "The meeting.", body = PanelView, example = json!(example::panel()))))]
#[get("/panels/{panelId}")]
async fn show_panel(asker: Asker, PathId(id): PathId<MeetingId>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let meeting = asker.read(Ask::SeePanels, move |tx| panels::show(tx, id)).await?;
    Ok(Etag::of(meeting.version).answer(&req, |response| response.json(meeting)))
}

/// Put a case on the agenda
///
/// The meeting's members see the child from then on. The same case stands on one agenda once. For case workers.
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

/// Record what a panel recommended
///
/// Once for each item, with reasons against the legal test. The officer's decision can cite it as `panelItem`, and may differ
/// from it. For case workers and decision makers.
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
