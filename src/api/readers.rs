//! `/v1/children/{childId}/readers`: who was shown a child's data.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::page::{Cursor, Limit, Page};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::ChildId;
use crate::service::readers::{self, ReaderView};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_readers);
}

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListReaders {
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List who has seen a child's information
///
/// Each time that somebody was shown anything of the child, the latest first: when, in which role, for which organisation, and what it
/// was about. The authority's staff are told by their role, whoever acts for a school or a service by their organisation, and the
/// reader's own looks are marked. What other members of the family looked at is theirs and is not listed. Looking here is looking, and
/// is listed the next time. For families.
#[utoipa::path(tag = "children", params(PathId<ChildId>, ListReaders), responses(
    (status = 200, description = "A page of who has seen it.", body = Page<ReaderView>,
     example = json!(example::page(example::reader())))))]
#[get("/children/{childId}/readers")]
async fn list_readers(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    ValidQuery(query): ValidQuery<ListReaders>,
) -> Result<Page<ReaderView>, Problem> {
    let ListReaders { limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("readers")).transpose()?;
    let rows = asker.read(Ask::SeeReaders, move |tx| readers::list(tx, child, before, limit.rows_to_read())).await?;
    Ok(Page::of("readers", limit, rows, |reader| reader.id))
}
