//! `/v1/covers`: a case worker's list is lent to a colleague while they are away.

use actix_web::{get, post};
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
use crate::record::{CoverId, StaffId};
use crate::service::covers::{self, *};
use crate::service::directory::Added;

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_covers).service(lend_worklist).service(end_cover);
}

/// Whose covers, in which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListCovers {
    /// Only of this case worker's list, or lent to them, by their id in `/v1/staff`.
    #[param(inline)]
    case_worker: Option<StaffId>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List covers
///
/// Whose worklist is lent to whom, now and in days to come, by the first day. Why somebody is away is not kept. For case workers,
/// decision makers and managers.
#[utoipa::path(tag = "worklists", params(ListCovers), responses(
    (status = 200, description = "A page of covers.", body = Page<CoverView>, example = json!(example::page(example::cover())))))]
#[get("/covers")]
async fn list_covers(asker: Asker, ValidQuery(query): ValidQuery<ListCovers>) -> Result<Page<CoverView>, Problem> {
    let ListCovers { case_worker, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("covers")).transpose()?;
    let rows = asker.read(Ask::SeeWorklists, move |tx| covers::list(tx, case_worker, after, limit.rows_to_read())).await?;
    Ok(Page::of("covers", limit, rows, |cover| (cover.from, cover.id)))
}

/// Lend a worklist
///
/// From the first day to the last, both included, the colleague's `/v1/worklist` shows the lines of the list beside their own, with
/// `coveringFor`. Cases stay with their case worker, and what is lent to somebody is not lent on. A case worker lends their own list,
/// a manager anybody's.
#[utoipa::path(tag = "worklists", params(IdempotencyKey), request_body = LendWorklist, responses(
    (status = 201, description = "Lent.", body = Added, example = json!(example::added()))))]
#[post("/covers")]
async fn lend_worklist(asker: Asker, key: IdempotencyKey, body: ValidJson<LendWorklist>) -> Result<Recorded<Added>, Problem> {
    asker.record(Ask::KeepCovers, key, body, covers::lend).await
}

/// End a cover
///
/// Ends it before its last day, or before it begins. A case worker ends the cover of their own list, a manager anybody's.
#[utoipa::path(tag = "worklists", params(PathId<CoverId>, IdempotencyKey), request_body = EndCover, responses(
    (status = 201, description = "Ended.", body = Added, example = json!(example::added()))))]
#[post("/covers/{coverId}/end")]
async fn end_cover(
    asker: Asker,
    PathId(id): PathId<CoverId>,
    key: IdempotencyKey,
    body: ValidJson<EndCover>,
) -> Result<Recorded<Added>, Problem> {
    asker.record(Ask::KeepCovers, key, body, move |tx, body| covers::end(tx, id, body)).await
}
