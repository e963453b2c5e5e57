//! `/v1/statistics`: timeliness, requests and assessments, counted as the Department counts them.

use actix_web::{get, web};
use chrono::{Datelike, NaiveDate};
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
use crate::service::AsOf;
use crate::service::caseload::{self, CaseloadBy, CaseloadLine, CeasedLine};
use crate::service::concerns::{self, ConcernsLine};
use crate::service::panel_statistics::{self, ConsistencyLine, PanelsLine};
use crate::service::provision::{self, DeliveryLine};
use crate::service::review_statistics::{self, ReviewStatistics};
use crate::service::statistics::{self, AssessmentsLine, GroupBy, Period, RequestsLine, TimelinessLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_timeliness).service(count_requests).service(count_assessments).service(count_concerns);
    cfg.service(count_panels).service(compare_decisions).service(count_reviews).service(count_delivery);
    cfg.service(count_caseload).service(count_ceased_plans);
}

/// Which days, cut up how, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Counted {
    /// First day; unless told, 1 January of the year of `to`, or of this year.
    from: Option<NaiveDate>,
    /// Last day; unless told, 31 December of the year of `from`, or of this year.
    to: Option<NaiveDate>,
    /// How the time between is cut up.
    #[serde(default)]
    #[param(inline, required = false)]
    group_by: GroupBy,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Which days, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Compared {
    /// First day; unless told, 1 January of the year of `to`, or of this year.
    from: Option<NaiveDate>,
    /// Last day; unless told, 31 December of the year of `from`, or of this year.
    to: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// As for the other figures, and the day on which outcomes are looked at.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountedRequests {
    /// First day; unless told, 1 January of the year of `to`, or of this year.
    from: Option<NaiveDate>,
    /// Last day; unless told, 31 December of the year of `from`, or of this year.
    to: Option<NaiveDate>,
    /// How the time between is cut up.
    #[serde(default)]
    #[param(inline, required = false)]
    group_by: GroupBy,
    /// Count what had become of the requests by this day; today unless told. The Department counts by the day of its return.
    outcome_by: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// The days asked about; whole calendar years unless told otherwise, as the Department publishes.
fn period(from: Option<NaiveDate>, to: Option<NaiveDate>, group_by: GroupBy, today: NaiveDate) -> Period {
    let year = from.or(to).unwrap_or(today).year();
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
    Period { from: from.unwrap_or_else(|| day(1, 1)), to: to.unwrap_or_else(|| day(12, 31)), group_by }
}

fn moment(as_of: Option<Moment>) -> Option<AsOf> {
    as_of.map(|Moment(as_of)| as_of)
}

/// Show timeliness
///
/// The 20-week measure as the Department for Education publishes it: new plans by the time from the request to the final plan
/// (SEND Regulations 2014, reg. 13(2)), with and without those a statutory exception excuses; beside it the six weeks (reg.
/// 5(1)) and the sixteen (reg. 10(1)). Plans whose request or assessment went to mediation or the Tribunal are left out; plans
/// without a dated request count as issued and in no band. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Counted), responses(
    (status = 200, description = "One row for each period with anything in it.", body = WholeAsOf<TimelinessLine>,
     example = json!(example::whole_as_of(example::timeliness_line())))))]
#[get("/statistics/timeliness")]
async fn show_timeliness(
    asker: Asker,
    ValidQuery(query): ValidQuery<Counted>,
) -> Result<web::Json<WholeAsOf<TimelinessLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| statistics::timeliness(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Count requests
///
/// Requests for an assessment by the period they were received in, and what had become of them by `outcomeBy`: assessed, refused,
/// withdrawn or not yet decided (Children and Families Act 2014, s. 36). For managers and decision makers.
#[utoipa::path(tag = "statistics", params(CountedRequests), responses(
    (status = 200, description = "One row for each period with anything in it.", body = WholeAsOf<RequestsLine>,
     example = json!(example::whole_as_of(example::requests_line())))))]
#[get("/statistics/requests")]
async fn count_requests(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountedRequests>,
) -> Result<web::Json<WholeAsOf<RequestsLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let (by, as_of) = (query.outcome_by, moment(query.as_of));
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| statistics::requests(tx, period, by, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Count assessments
///
/// Assessments by the period they were completed in: by a plan sent, or by the family being told that there will be none (SEND
/// Regulations 2014, regs 10(1) and 13(2)). For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Counted), responses(
    (status = 200, description = "One row for each period with anything in it.", body = WholeAsOf<AssessmentsLine>,
     example = json!(example::whole_as_of(example::assessments_line())))))]
#[get("/statistics/assessments")]
async fn count_assessments(
    asker: Asker,
    ValidQuery(query): ValidQuery<Counted>,
) -> Result<web::Json<WholeAsOf<AssessmentsLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| statistics::assessments(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Count concerns
///
/// What was recorded although the law says otherwise, by the period in which it was recorded and by concern: in how many cases, or of
/// how many placements, it stands, and in how many of these its recorder acknowledged it. Counts only; `GET /v1/concerns` lists them. For managers and
/// decision makers.
#[utoipa::path(tag = "statistics", params(Counted), responses(
    (status = 200, description = "One row for each period and concern.", body = WholeAsOf<ConcernsLine>,
     example = json!(example::whole_as_of(example::concerns_line())))))]
#[get("/statistics/concerns")]
async fn count_concerns(
    asker: Asker,
    ValidQuery(query): ValidQuery<Counted>,
) -> Result<web::Json<WholeAsOf<ConcernsLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| concerns::count(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> (NaiveDate, NaiveDate) {
        let period = period(from, to, GroupBy::Year, day(2026, 6, 1));
        (period.from, period.to)
    }

    #[test]
    fn what_is_not_said_is_the_calendar_year_of_what_is() {
        assert_eq!(days(None, None), (day(2026, 1, 1), day(2026, 12, 31)));
        assert_eq!(days(Some(day(2024, 4, 1)), None), (day(2024, 4, 1), day(2024, 12, 31)));
        assert_eq!(days(None, Some(day(2024, 3, 31))), (day(2024, 1, 1), day(2024, 3, 31)));
        assert_eq!(days(Some(day(2023, 1, 1)), Some(day(2024, 2, 29))), (day(2023, 1, 1), day(2024, 2, 29)));
    }
}

/// Look back at panels
///
/// What came before each kind of panel and what it led to: meetings, items, deferrals and what was missing, the days from the agenda
/// to the decision, and how often an officer decided otherwise than recommended. No provision asks for panels; a panel that
/// delays a decision delays a legal time limit. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Counted), responses(
    (status = 200, description = "One row for each period and kind of panel.", body = WholeAsOf<PanelsLine>,
     example = json!(example::whole_as_of(example::panels_line())))))]
#[get("/statistics/panels")]
async fn count_panels(asker: Asker, ValidQuery(query): ValidQuery<Counted>) -> Result<web::Json<WholeAsOf<PanelsLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| panel_statistics::panels(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Compare decisions in like cases
///
/// Of the decisions whether to assess and whether to make a plan that were made in the time asked about, with a panel or without:
/// which share went which way, by the child's primary need. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Compared), responses(
    (status = 200, description = "One row for each question and primary need.", body = WholeAsOf<ConsistencyLine>,
     example = json!(example::whole_as_of(example::consistency_line())))))]
#[get("/statistics/panels/consistency")]
async fn compare_decisions(
    asker: Asker,
    ValidQuery(query): ValidQuery<Compared>,
) -> Result<web::Json<WholeAsOf<ConsistencyLine>>, Problem> {
    let period = period(query.from, query.to, GroupBy::default(), asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| panel_statistics::consistency(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Which year, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Reviewed {
    /// The calendar year; this one unless told.
    #[param(minimum = 2014, maximum = 2100)]
    year: Option<i32>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Count reviews
///
/// The reviews of a calendar year as the Department for Education publishes them: of the plans in force, how many a review is expected
/// of, when the last meeting was held, whether the decision followed within four weeks (SEND Regulations 2014, reg. 20(10)) and what it
/// was. Beside it the twelve months of the Act, which only the decision ends, and what the reviews of the year looked at: preparation for
/// adulthood from Year 9 (reg. 20(6)), and whether the child had part. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Reviewed), responses(
    (status = 200, description = "The year.", body = ReviewStatistics, example = json!(example::review_statistics()))))]
#[get("/statistics/reviews")]
async fn count_reviews(asker: Asker, ValidQuery(query): ValidQuery<Reviewed>) -> Result<web::Json<ReviewStatistics>, Problem> {
    let as_of = moment(query.as_of);
    Ok(web::Json(asker.read(Ask::SeeStatistics, move |tx| review_statistics::reviews(tx, query.year, as_of)).await?))
}

/// Count how provision was delivered
///
/// Provision of section F that was due in the time asked about, by its kind and by who gives it: how much of it was not delivered, to how
/// many children, for how many days and why, and how much of that was made good (Children and Families Act 2014, s. 42). `GET
/// /v1/shortfalls` lists it. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Compared), responses(
    (status = 200, description = "One row for each kind and provider.", body = WholeAsOf<DeliveryLine>,
     example = json!(example::whole_as_of(example::delivery_line())))))]
#[get("/statistics/delivery")]
async fn count_delivery(
    asker: Asker,
    ValidQuery(query): ValidQuery<Compared>,
) -> Result<web::Json<WholeAsOf<DeliveryLine>>, Problem> {
    let period = period(query.from, query.to, GroupBy::default(), asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| provision::delivery(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Which plans are counted, by what, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Maintained {
    /// The day; today unless told. The Department counts in January.
    on: Option<NaiveDate>,
    /// By what; by phase unless told.
    #[serde(default)]
    #[param(inline, required = false)]
    group_by: CaseloadBy,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Count plans
///
/// The plans that the authority maintains on a day, by the phase of education, the year group, the sex, the primary need, or where the
/// child is. By `provision` that is what the setting is in law and what kind of place they have there; by `place` it is as the Department
/// publishes it: `maintained_school`, `academy`, each also `…_resourced_provision` and `…_sen_unit`, `independent_school`,
/// `maintained_special_school`, `special_academy`, `independent_special_school`, `non_maintained_special_school`,
/// `alternative_provision`, `further_education`, `special_post_16_institution`, `elective_home_education`, `otherwise_than_at_school`,
/// `not_in_education`, `early_years_provider`; by `sector` these are added up: `mainstream`, `special`, `alternative_provision`,
/// `further_education`, `elsewhere`, `early_years`. On a day of January it is the Department's caseload; the sum of all rows is the whole
/// of it. Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Maintained), responses(
    (status = 200, description = "One row for each group.", body = WholeAsOf<CaseloadLine>,
     example = json!(example::whole_as_of(example::caseload_line())))))]
#[get("/statistics/caseload")]
async fn count_caseload(
    asker: Asker,
    ValidQuery(query): ValidQuery<Maintained>,
) -> Result<web::Json<WholeAsOf<CaseloadLine>>, Problem> {
    let Maintained { on, group_by, as_of } = query;
    let as_of = moment(as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| caseload::count(tx, on, group_by, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Count ceased plans
///
/// The plans that ceased, by the period of the day from which they were not maintained any more and by the reason, as the Department
/// publishes them (Children and Families Act 2014, s. 45). Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(Counted), responses(
    (status = 200, description = "One row for each period with anything in it.", body = WholeAsOf<CeasedLine>,
     example = json!(example::whole_as_of(example::ceased_line())))))]
#[get("/statistics/ceased-plans")]
async fn count_ceased_plans(
    asker: Asker,
    ValidQuery(query): ValidQuery<Counted>,
) -> Result<web::Json<WholeAsOf<CeasedLine>>, Problem> {
    let period = period(query.from, query.to, query.group_by, asker.today());
    let as_of = moment(query.as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| caseload::ceased(tx, period, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}
