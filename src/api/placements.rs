//! `/v1/placements`: where children are really taught, on what terms, and when they were out of it.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::Moment;
use super::page::{Cursor, Limit, WholeAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, ChildId, Organisation, PlacementId, PlacementKind};
use crate::service::Receipt;
use crate::service::placement_statistics::{self, PlacementsLine};
use crate::service::placements::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_placements).service(begin_placement).service(show_placement).service(end_placement);
    cfg.service(change_placement_terms).service(reintegrate).service(record_days_out);
    cfg.service(count_placements);
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
    /// Only places of this kind; repeated, of any of these.
    #[serde(default)]
    #[param(inline)]
    kind: Vec<PlacementKind>,
    /// `true`: only at settings in your authority's own area; `false`: only at settings elsewhere. Those of which the directory does not
    /// say where they are stand in neither.
    in_borough: Option<bool>,
    /// Only time-limited places whose planned end lies before this day.
    planned_end_before: Option<NaiveDate>,
    /// Only placements that were recorded or changed since then, or came into sight: what `since` of the answer before said, or an
    /// instant (`2026-02-01T09:30:00Z`) to begin with.
    #[param(inline)]
    since: Option<SinceWhen>,
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
/// Where children are really taught, the latest first, past and to come: at settings, in units and resourced provision, in alternative
/// provision, at home, or in no education. What a plan names is in the plan; `namedInPlan` says whether the two agree. Staff see those
/// of their authority, with what they cost; a school those at itself of the pupils it sees, without. Filters combine:
/// `?setting=urn:900002&on=2026-09-01` is who is there on the first of September, `?plannedEndBefore=2026-08-01` which time-limited
/// places come to their end. With `since` a system of your own keeps in step, as with the list of cases.
#[utoipa::path(tag = "placements", params(ListPlacements), responses(
    (status = 200, description = "A page of placements.", body = Changes<PlacementView>,
     example = json!(example::changes(example::placement())))))]
#[get("/placements")]
async fn list_placements(asker: Asker, ValidQuery(query): ValidQuery<ListPlacements>) -> Result<Changes<PlacementView>, Problem> {
    let ListPlacements { child, setting, on, kind: kinds, in_borough, planned_end_before, since, limit, cursor } = query;
    let setting = setting.map(|setting| setting.as_str().to_owned());
    let filter = PlacementFilter { child, setting, on, kinds, in_borough, planned_end_before };
    let (before, since) = begins("placements", since, cursor)?;
    let list = move |tx: &mut Tx<'_>| placements::list(tx, filter, before, limit.rows_to_read(), since);
    let (mark, known, rows) = asker.read(Ask::SeePlacements, list).await?;
    Ok(Changes::of("placements", limit, rows, mark, known, |placement| (placement.from, placement.id)))
}

/// Show a placement
///
/// One placement with all that was recorded of it: its terms in turn, the times out of school, the way back from alternative provision,
/// and, for staff, what is of concern about it. Staff see any of their authority, a school one at itself.
#[utoipa::path(tag = "placements", params(PathId<PlacementId>), responses(
    (status = 200, description = "The placement.", body = PlacementDetail, example = json!(example::placement_detail()))))]
#[get("/placements/{placementId}")]
async fn show_placement(asker: Asker, PathId(id): PathId<PlacementId>) -> Result<web::Json<PlacementDetail>, Problem> {
    Ok(web::Json(asker.read(Ask::SeePlacements, move |tx| placements::show(tx, id)).await?))
}

/// Record where a child is taught
///
/// The child begins at a setting, or is to begin: what a school sees follows it. The new school sees the child, with every case of
/// theirs, from the first day there; a school that the child leaves sees nothing of them from the day after the last. What the old
/// school sent or recorded stays on record, and it reads it no more; only the receipts of its own requests are still its own. Advice
/// or an answer that the authority awaits from it goes on being its business until it is given. Unless `alongside`, the child moves:
/// placements that have no end yet end the day before, and a school known only because it asked for the assessment, or because a
/// plan names it, is left as well. A plan that names a setting goes on naming it until it is amended. Also for a child without a case or
/// a plan, and for one who is taught at no setting. Two places at once of which neither goes beside the other, and a part-time timetable
/// without an end, are concerns to acknowledge. For case workers; no provision asks for it.
#[utoipa::path(tag = "placements", params(IdempotencyKey), request_body = BeginPlacement, responses(
    (status = 201, description = "Recorded; `id` is the placement.", body = Receipt,
     example = json!(example::receipt_of_placement()))))]
#[post("/placements")]
async fn begin_placement(asker: Asker, key: IdempotencyKey, body: ValidJson<BeginPlacement>) -> Result<Recorded, Problem> {
    asker.record(Action::KeepPlacements, key, body, placements::begin).await
}

/// Record that a placement ends
///
/// The last day may lie ahead. The school sees the child until that day is over. For case workers.
#[utoipa::path(tag = "placements", params(PathId<PlacementId>, IdempotencyKey), request_body = EndPlacement, responses(
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

/// Change the terms of a placement
///
/// From a day on, which may lie ahead: hours, a part-time timetable with its end, weeks of residence, the planned end of a time-limited
/// place, the way back that alternative provision plans for, funding band, yearly cost and the agencies' shares of it. Sends all of them
/// anew; what held before stays on record for its time. A review of what a place costs ends with this. For case workers.
#[utoipa::path(tag = "placements", params(PathId<PlacementId>, IdempotencyKey), request_body = ChangeTerms, responses(
    (status = 201, description = "Changed; `id` is the placement.", body = Receipt,
     example = json!(example::receipt_of_placement()))))]
#[post("/placements/{placementId}/terms")]
async fn change_placement_terms(
    asker: Asker,
    PathId(placement): PathId<PlacementId>,
    key: IdempotencyKey,
    body: ValidJson<ChangeTerms>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepPlacements, key, body, move |tx, body| placements::change_terms(tx, placement, body)).await
}

/// Record that a child came back from alternative provision
///
/// The first day back, for the whole week or a part of it, and what the placement did for the child. Back for the whole week, the
/// placement ends the day before. Where the child comes back to is a placement of its own: record it if it is not there yet. For case
/// workers.
#[utoipa::path(tag = "placements", params(PathId<PlacementId>, IdempotencyKey), request_body = Reintegrate, responses(
    (status = 201, description = "Recorded; `id` is the placement.", body = Receipt,
     example = json!(example::receipt_of_placement()))))]
#[post("/placements/{placementId}/reintegration")]
async fn reintegrate(
    asker: Asker,
    PathId(placement): PathId<PlacementId>,
    key: IdempotencyKey,
    body: ValidJson<Reintegrate>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepPlacements, key, body, move |tx, body| placements::reintegrate(tx, placement, body)).await
}

/// Record days out of school
///
/// An absence, a suspension or a permanent exclusion, with how many half days of school it comes to. A permanent exclusion does not end
/// the placement by itself. For case workers; a school records those of its own pupils.
#[utoipa::path(tag = "placements", params(PathId<PlacementId>, IdempotencyKey), request_body = RecordDaysOut, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/placements/{placementId}/days-out")]
async fn record_days_out(
    asker: Asker,
    PathId(placement): PathId<PlacementId>,
    key: IdempotencyKey,
    body: ValidJson<RecordDaysOut>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordDaysOut, key, body, move |tx, body| placements::out(tx, placement, body)).await
}

/// On which day, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountedOn {
    /// Placements that hold on this day; today unless told. It may lie ahead.
    on: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Count placements
///
/// The placements that hold on a day by kind, by the type of setting and by whether it lies in the borough: how many children are at
/// special schools, at independent ones, in alternative provision, at home. Counts only; no child is shown. For managers and decision
/// makers.
#[utoipa::path(tag = "statistics", params(CountedOn), responses(
    (status = 200, description = "One row for each kind, type of setting and side of the border.", body = WholeAsOf<PlacementsLine>,
     example = json!(example::whole_as_of(example::placements_line())))))]
#[get("/statistics/placements")]
async fn count_placements(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountedOn>,
) -> Result<web::Json<WholeAsOf<PlacementsLine>>, Problem> {
    let CountedOn { on, as_of } = query;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| placement_statistics::count(tx, on, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}
