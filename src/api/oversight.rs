//! `/v1/oversight`: vulnerable children that the authority keeps an eye on.

use actix_web::get;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::page::{Cursor, Limit, Page};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::service::oversight::{self, OversightLine, OversightReason};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_vulnerable_children);
}

/// Which children.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListVulnerable {
    /// Only children for whom this reason holds; repeated, any of these.
    #[serde(default)]
    #[param(inline)]
    reason: Vec<OversightReason>,
    /// The day on which it is to hold; today unless told.
    on: Option<NaiveDate>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List vulnerable children
///
/// The children that managers keep an eye on, each with every reason: taught at an independent or non-maintained setting, living at a
/// setting that is not in the borough, with a social worker, or known to youth justice. What kind of setting it is and where it lies
/// comes from `/v1/settings`; where the child really is, from `/v1/placements`; a social worker from the people around the child or a
/// flag, youth justice from a flag. No provision asks for the list. For staff.
#[utoipa::path(tag = "placements", params(ListVulnerable), responses(
    (status = 200, description = "A page of children.", body = Page<OversightLine>,
     example = json!(example::page(example::oversight_line())))))]
#[get("/oversight")]
async fn list_vulnerable_children(
    asker: Asker,
    ValidQuery(query): ValidQuery<ListVulnerable>,
) -> Result<Page<OversightLine>, Problem> {
    let ListVulnerable { reason, on, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("oversight")).transpose()?;
    let rows = asker.read(Ask::SeeOversight, move |tx| oversight::list(tx, &reason, on, after, limit.rows_to_read())).await?;
    Ok(Page::of("oversight", limit, rows, |line| line.child))
}
