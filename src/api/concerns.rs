//! `/v1/concerns`: what was recorded although the law says otherwise.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::moment::Moment;
use super::page::{Cursor, Limit, Page, PageAsOf};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::StaffId;
use crate::service::concerns::{self, ConcernFilter, ConcernLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_concerns);
}

/// Which concerns, in which part of the list, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListConcerns {
    /// Only concerns of this name.
    #[param(max_length = 100)]
    concern: Option<String>,
    /// Only in cases of this case worker, by their id in `/v1/staff`.
    #[param(inline)]
    case_worker: Option<StaffId>,
    /// `true`: only those their recorder acknowledged; `false`: only those nobody did.
    acknowledged: Option<bool>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List concerns
///
/// What happened can always be recorded here, also when it was unlawful: a final plan on day nine of fifteen, a draft that names
/// a school, two placements that overlap. Each such departure is a concern of its case or placement. One row for each that stands, with
/// the provision, the case, and who acknowledged it with which reason; a concern goes when the record is put right. For managers, decision makers and case
/// workers. `GET /v1/statistics/concerns` counts them.
#[utoipa::path(tag = "concerns", params(ListConcerns), responses(
    (status = 200, description = "A page of concerns.", body = PageAsOf<ConcernLine>,
     example = json!(example::page_as_of(example::concern_line())))))]
#[get("/concerns")]
async fn list_concerns(asker: Asker, ValidQuery(query): ValidQuery<ListConcerns>) -> Result<PageAsOf<ConcernLine>, Problem> {
    let ListConcerns { concern, case_worker, acknowledged, as_of, limit, cursor } = query;
    let filter = ConcernFilter { concern, case_worker, acknowledged };
    let after = cursor.map(|cursor| cursor.key("concerns")).transpose()?;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let read = move |tx: &mut Tx<'_>| concerns::list(tx, filter, after, limit.rows_to_read(), as_of);
    let (known, rows) = asker.read(Ask::SeeConcerns, read).await?;
    Ok(Page::of("concerns", limit, rows, ConcernLine::place).known(known))
}
