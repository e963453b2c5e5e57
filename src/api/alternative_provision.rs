//! `/v1/alternative-provision`: the register of children in alternative provision.

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
use crate::service::alternative_provision::{self, AlternativeProvisionLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_alternative_provision);
}

/// Which part of the register.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListAlternative {
    /// Who was there on this day or later; `to` unless told, or today.
    from: Option<NaiveDate>,
    /// Who was there on this day or earlier; today unless told.
    to: Option<NaiveDate>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List the alternative provision register
///
/// Every child who is in alternative provision today, or was on some day from `from` to `to`, the latest first: also children without a
/// plan and without a case, whom `POST /v1/children` and `POST /v1/placements` put on it. Each with the hours, the day by which they are
/// to be back at their setting, whether they came back, and what the place did for them. A place counts that was recorded as alternative
/// provision, or that is at a pupil referral unit or an alternative provision academy. For staff.
#[utoipa::path(tag = "placements", params(ListAlternative), responses(
    (status = 200, description = "A page of the register.", body = Page<AlternativeProvisionLine>,
     example = json!(example::page(example::alternative_provision_line())))))]
#[get("/alternative-provision")]
async fn list_alternative_provision(
    asker: Asker,
    ValidQuery(query): ValidQuery<ListAlternative>,
) -> Result<Page<AlternativeProvisionLine>, Problem> {
    let ListAlternative { from, to, limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("alternative_provision")).transpose()?;
    let list = move |tx: &mut crate::db::Tx<'_>| alternative_provision::list(tx, (from, to), before, limit.rows_to_read());
    let rows = asker.read(Ask::SeeOversight, list).await?;
    Ok(Page::of("alternative_provision", limit, rows, |line| (line.placement.from, line.placement.id)))
}
