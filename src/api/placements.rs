//! `/v1/placements`: where children are really taught.

use actix_web::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Page};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, ChildId, Organisation, PlacementId};
use crate::service::Receipt;
use crate::service::placements::{self, BeginPlacement, EndPlacement, PlacementFilter, PlacementView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_placements).service(begin_placement).service(end_placement);
}

/// Which placements.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListPlacements {
    /// Only of this child.
    #[param(inline)]
    child: Option<ChildId>,
    /// Only at this setting, by its id in `/v1/settings`.
    #[param(inline)]
    setting: Option<Organisation>,
    /// Only those that hold on this day: who is there then.
    on: Option<NaiveDate>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List placements
///
/// Where children are really taught, the latest first, past and to come; what a plan names is in the plan. Staff see those of their
/// authority, a school those at itself of the pupils it sees. Filters combine: `?setting=urn:900002&on=2026-09-01` is who is there on
/// the first of September.
#[utoipa::path(tag = "children", params(ListPlacements), responses(
    (status = 200, description = "A page of placements.", body = Page<PlacementView>,
     example = json!(example::page(example::placement())))))]
#[get("/placements")]
async fn list_placements(asker: Asker, ValidQuery(query): ValidQuery<ListPlacements>) -> Result<Page<PlacementView>, Problem> {
    let ListPlacements { child, setting, on, limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("placements")).transpose()?;
    let filter = PlacementFilter { child, setting: setting.map(|setting| setting.as_str().to_owned()), on };
    let rows = asker.read(Ask::SeePlacements, move |tx| placements::list(tx, filter, before, limit.rows_to_read())).await?;
    Ok(Page::of("placements", limit, rows, |placement| (placement.from, placement.id)))
}

/// Record where a child is taught
///
/// The child begins at a setting, or is to begin: what a school sees follows it. The new school sees the child, with every case of
/// theirs, from the first day there; a school that the child leaves sees nothing of them from the day after the last. What the old
/// school sent or recorded stays on record, and it reads it no more; only the receipts of its own requests are still its own. Advice
/// or an answer that the authority awaits from it goes on being its business until it is given. Unless `alongside`, the child moves:
/// placements that have no end yet end the day before, and a school known only because it asked for the assessment, or because a
/// plan names it, is left as well. A plan that names a setting goes on naming it until it is amended. For case workers; no provision
/// asks for it.
#[utoipa::path(tag = "children", params(IdempotencyKey), request_body = BeginPlacement, responses(
    (status = 201, description = "Recorded; `id` is the placement.", body = Receipt,
     example = json!(example::receipt_of_placement()))))]
#[post("/placements")]
async fn begin_placement(asker: Asker, key: IdempotencyKey, body: ValidJson<BeginPlacement>) -> Result<Recorded, Problem> {
    asker.record(Action::KeepPlacements, key, body, placements::begin).await
}

/// Record that a placement ends
///
/// The last day may lie ahead. The school sees the child until that day is over. For case workers.
#[utoipa::path(tag = "children", params(PathId<PlacementId>, IdempotencyKey), request_body = EndPlacement, responses(
    (status = 201, description = "Recorded; `id` is the placement.", body = Receipt,
     example = json!(example::receipt_of_placement()))))]
#[post("/placements/{placementId}/end")]
async fn end_placement(
    asker: Asker,
    PathId(placement): PathId<PlacementId>,
    key: IdempotencyKey,
    body: ValidJson<EndPlacement>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepPlacements, key, body, move |tx, body| placements::end(tx, placement, body)).await
}
