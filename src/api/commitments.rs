//! `/v1/statistics/commitments`: what is committed in a financial year.

use actix_web::{get, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::moment::Moment;
use super::page::WholeAsOf;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::service::commitments::{self, CommitmentLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(count_commitments);
}

/// Which financial year, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InYear {
    /// The calendar year in which the financial year begins: 2026 is from 1 April 2026 to 31 March 2027; this one unless told.
    #[param(minimum = 2014, maximum = 2100)]
    year: Option<i32>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Count commitments
///
/// What the authority and other agencies are committed to spend in a financial year on placements, transport and direct payments: of
/// each yearly cost the part that falls on the days of the year for which it is committed, by the agency that bears it. A placement
/// without a last day is committed until its planned end, or without one for the whole year; placements of which no cost is recorded
/// count nothing. With `asOf`, as it was known then: the growth of a commitment is two answers apart. Counts only; no child is shown.
/// For managers and decision makers.
#[utoipa::path(tag = "statistics", params(InYear), responses(
    (status = 200, description = "One row for each budget and agency.", body = WholeAsOf<CommitmentLine>,
     example = json!(example::whole_as_of(example::commitment_line())))))]
#[get("/statistics/commitments")]
async fn count_commitments(
    asker: Asker,
    ValidQuery(query): ValidQuery<InYear>,
) -> Result<web::Json<WholeAsOf<CommitmentLine>>, Problem> {
    let InYear { year, as_of } = query;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| commitments::in_year(tx, year, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}
