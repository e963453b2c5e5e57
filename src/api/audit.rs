//! `/v1/audit` and `/v1/events`: who saw whose data, and what changed.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::page::{Cursor, Limit, Page};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::ChildId;
use crate::service::audit::{self, EventLine, TrailLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_trail).service(list_events);
}

/// Whose data, seen by whom.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListTrail {
    /// Only requests that showed this child's data.
    #[param(inline)]
    child: Option<ChildId>,
    /// Only requests of this person, as their token names them: issuer, a bar, subject.
    #[param(max_length = 600)]
    actor: Option<String>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List who saw whose data
///
/// One row for each request that showed any child's data, the latest first: who asked, in which role, for which organisation,
/// when, and which children were in the answer. A row is written before the answer it is about is sent. For auditors.
#[utoipa::path(tag = "audit", params(ListTrail), responses(
    (status = 200, description = "A page of the trail.", body = Page<TrailLine>,
     example = json!(example::page(example::trail_line())))))]
#[get("/audit")]
async fn list_trail(asker: Asker, ValidQuery(query): ValidQuery<ListTrail>) -> Result<Page<TrailLine>, Problem> {
    let ListTrail { child, actor, limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("audit")).transpose()?;
    let read = move |tx: &mut Tx<'_>| audit::trail(tx, child, actor.as_deref(), before, limit.rows_to_read());
    Ok(Page::of("audit", limit, asker.read(Ask::SeeAudit, read).await?, |line| line.id))
}

/// From where on.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListEvents {
    /// The last position already known; 0 for the beginning.
    #[serde(default)]
    #[param(minimum = 0, required = false)]
    after: i64,
    /// Changes in one answer.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
}

/// Changes, and where to go on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Events {
    /// The changes, in the order of their positions.
    data: Vec<EventLine>,
    /// What `after` must be next time, whether or not there was anything.
    #[schema(example = 1031)]
    next_after: i64,
}

/// List changes after a position
///
/// The change feed for systems that keep in step: every entry of the authority's journal, in order, without personal data.
/// Positions have no gaps and nothing arrives late, so a reader that keeps `nextAfter` misses nothing and sees nothing twice.
/// Read the case for what changed. For case workers and managers.
#[utoipa::path(tag = "events", params(ListEvents), responses(
    (status = 200, description = "What was recorded since.", body = Events, example = json!(example::events()))))]
#[get("/events")]
async fn list_events(asker: Asker, ValidQuery(query): ValidQuery<ListEvents>) -> Result<web::Json<Events>, Problem> {
    let ListEvents { after, limit } = query;
    let data = asker.read(Ask::FollowEvents, move |tx| audit::events(tx, after, limit.rows_to_read() - 1)).await?;
    let next_after = data.last().map_or(after, |event| event.position);
    Ok(web::Json(Events { data, next_after }))
}
