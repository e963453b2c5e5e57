//! `/v1/advice-requests` and `/v1/advice-capacity`: the work of a service, how old it is, and how much of it fits into a week.

use actix_web::{get, put, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::example;
use super::moment::Moment;
use super::page::{Cursor, Limit, WholeAsOf};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::law::AdviceGiver;
use crate::record::{Organisation, Specialism};
use crate::service::advice_capacity::{self, Capacity, PutCapacity, WEEKS};
use crate::service::advice_queue::{self, AdviceCounts, AdviceGroup, AdviceLine, AdviceState, QueueFilter};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_advice_requests).service(count_advice).service(show_advice_capacity).service(put_advice_capacity);
}

/// Which requests, in which part of the queue, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListAdvice {
    /// Only requests to this service; repeated, to any of these.
    #[serde(default)]
    #[param(inline)]
    service: Vec<AdviceGiver>,
    /// Only requests to this kind of service, where `service` leaves that open.
    #[param(inline)]
    specialism: Option<Specialism>,
    /// Only requests to this organisation, or written by its people.
    #[param(inline)]
    organisation: Option<Organisation>,
    /// Only requests that stand so; repeated, in any of these ways. Unless told, those still awaited: `awaiting_receipt`, `outstanding`,
    /// `overdue`, `excused` and `sent_back`; with `since`, all.
    #[serde(default)]
    #[param(inline)]
    state: Vec<AdviceState>,
    /// `true`: only requests that somebody is named to write; `false`: only those that nobody is.
    allocated: Option<bool>,
    /// Only requests due on this day or later.
    due_from: Option<NaiveDate>,
    /// Only requests due on this day or earlier.
    due_to: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). What may be seen is still
    /// judged now.
    #[param(inline)]
    as_of: Option<Moment>,
    /// Only requests of children of whom anything was recorded since then: what `since` of the answer before said, or an instant
    /// (`2026-02-01T09:30:00Z`) to begin with.
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

/// List requests for advice
///
/// The queue of a service: requests for advice by the day they are due, the earliest first, those without one last. Each line says how
/// old the request is, how many days are left, who writes it, how often it was chased and why it is late. Filters combine. Staff see
/// the authority's requests; an advice giver or a school sees those made to its organisation, and those that its people are to
/// write, while the child is granted to it. With `since` a system of your own keeps in step, as with the list of cases.
#[utoipa::path(tag = "advice", params(ListAdvice), responses(
    (status = 200, description = "A page of the queue.", body = Changes<AdviceLine>,
     example = json!(example::changes(example::advice_line())))))]
#[get("/advice-requests")]
async fn list_advice_requests(asker: Asker, ValidQuery(query): ValidQuery<ListAdvice>) -> Result<Changes<AdviceLine>, Problem> {
    let ListAdvice {
        service: services,
        specialism,
        organisation,
        state: states,
        allocated,
        due_from,
        due_to,
        as_of,
        since,
        limit,
        cursor,
    } = query;
    let filter = QueueFilter { services, specialism, organisation, states, allocated, due_from, due_to };
    let (after, since) = begins("advice-requests", since, cursor)?;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let list = move |tx: &mut crate::db::Tx<'_>| advice_queue::list(tx, &filter, after, limit.rows_to_read(), as_of, since);
    let (mark, known, rows) = asker.read(Ask::SeeAdvice, list).await?;
    Ok(Changes::of("advice-requests", limit, rows, mark, known, |line| (line.due_on, line.id)))
}

/// Which requests are counted, by what, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountedAdvice {
    /// Only requests asked for on this day or later; unless told, from the first on.
    from: Option<NaiveDate>,
    /// Only requests asked for on this day or earlier; unless told, to the last.
    to: Option<NaiveDate>,
    /// By service, or by organisation.
    #[serde(default)]
    #[param(inline, required = false)]
    group_by: AdviceGroup,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Count requests for advice
///
/// How the requests asked for in a time stand: came back within their six weeks (SEND Regulations 2014, reg. 8(1)) or later,
/// answered by something that is no advice, awaited, overdue, with nobody named to write them, and how old those are that are
/// awaited. Without `from` and `to`, all of them: what a service has before it now. Counts only; no child is shown. For staff; an
/// advice giver and a school count what their organisation was asked, also what has come back.
#[utoipa::path(tag = "statistics", params(CountedAdvice), responses(
    (status = 200, description = "One row for each service or organisation.", body = WholeAsOf<AdviceCounts>,
     example = json!(example::whole_as_of(example::advice_counts())))))]
#[get("/statistics/advice")]
async fn count_advice(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountedAdvice>,
) -> Result<web::Json<WholeAsOf<AdviceCounts>>, Problem> {
    let CountedAdvice { from, to, group_by, as_of } = query;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let (known, data) = asker.read(Ask::SeeAdvice, move |tx| advice_queue::count(tx, (from, to), group_by, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Whose weeks, and which.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AskedCapacity {
    /// Only of this service.
    #[param(inline)]
    service: Option<AdviceGiver>,
    /// Only of this organisation.
    #[param(inline)]
    organisation: Option<Organisation>,
    /// A day of the first week; this week unless told.
    from: Option<NaiveDate>,
    /// How many weeks; 12 unless told.
    #[param(minimum = 1, maximum = 104)]
    weeks: Option<u16>,
}

/// Show a service's weeks
///
/// For each week how many requests for advice a service can take on, how many it has taken on, how many are due, and in which week
/// the last of those that nobody is named to write would be taken on, if every free place went to them. A request takes a place in
/// the week in which its writer is to see the child (`visitOn` of its allocation), or else was named; somebody of another
/// organisation takes one of that organisation's. A forecast, and no promise: it knows nothing of requests still to come. For
/// staff; an advice giver and a school see their organisation's.
#[utoipa::path(tag = "advice", params(AskedCapacity), responses(
    (status = 200, description = "The weeks.", body = Capacity, example = json!(example::capacity()))))]
#[get("/advice-capacity")]
async fn show_advice_capacity(
    asker: Asker,
    ValidQuery(query): ValidQuery<AskedCapacity>,
) -> Result<web::Json<Capacity>, Problem> {
    let AskedCapacity { service, organisation, from, weeks } = query;
    let weeks = weeks.unwrap_or(WEEKS);
    let show = move |tx: &mut crate::db::Tx<'_>| advice_capacity::show(tx, service, organisation, from, weeks);
    Ok(web::Json(asker.read(Ask::SeeAdvice, show).await?))
}

/// Set a service's weeks
///
/// How many requests for advice a service can take on in each of the weeks named, in the place of what was said of them before; other
/// weeks stay as they are. Answers with the weeks from the first of them on. For managers; an advice giver sets its organisation's.
#[utoipa::path(tag = "advice", request_body = PutCapacity, responses(
    (status = 200, description = "The weeks.", body = Capacity, example = json!(example::capacity()))))]
#[put("/advice-capacity")]
async fn put_advice_capacity(asker: Asker, body: ValidJson<PutCapacity>) -> Result<web::Json<Capacity>, Problem> {
    asker.set(Ask::KeepAdviceCapacity, body, advice_capacity::put).await
}
