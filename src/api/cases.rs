//! `/v1/cases`: what stands, what happened, what is due, and what the caller may do next.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::etag::{Conditional, Etag};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::{At, Moment};
use super::page::{Cursor, Limit, WholeAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::law::Deadline;
use crate::record::{Action, CaseId, Organisation, StaffId, Stage};
use crate::service::cases::{self, *};
use crate::service::{Known, Receipt};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_cases).service(show_case).service(show_timeline).service(show_deadlines);
    cfg.service(allocate_case);
}

/// Which cases, in which part of the list, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListCases {
    /// Only cases at this stage; repeated, at any of these.
    #[serde(default)]
    #[param(inline)]
    stage: Vec<Stage>,
    /// Only cases of this case worker, by their id in `/v1/staff`.
    #[param(inline)]
    case_worker: Option<StaffId>,
    /// `true`: only cases that no case worker has.
    #[serde(default)]
    unallocated: bool,
    /// Only cases of children who attend this setting, by its id in `/v1/settings`.
    #[param(inline)]
    school: Option<Organisation>,
    /// Only cases whose next date lies before this day.
    due_before: Option<NaiveDate>,
    /// Only cases whose next date has passed, or has not.
    #[param(inline)]
    state: Option<DueState>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). What may be seen is still
    /// judged now.
    #[param(inline)]
    as_of: Option<Moment>,
    /// Only cases that changed since then: what `since` of the answer before said, or an instant (`2026-02-01T09:30:00Z`) to begin
    /// with.
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

/// List cases
///
/// Cases by their next statutory date, the earliest first, those without one last; `/v1/worklist` has each open duty. Filters
/// combine. Staff see their authority's cases; a school sees those of its pupils, a family its own, an advice giver those it was
/// asked about, a panel member those on the agenda.
///
/// A system of your own, such as a school's, keeps in step with `since`. Ask once with an instant long past (`2014-09-01T00:00:00Z`)
/// and follow `nextCursor` to the end; keep the answer's `since`, and ask with it the next time. What is answered then is every case
/// of which anything was recorded in between, and every one that came into your sight, each once; nothing is left out, also when
/// something changes while you turn the pages. What the calendar alone does, such as that a date has passed, is no change. A case that
/// you no longer see, because the pupil moved, answers 404.
#[utoipa::path(tag = "cases", params(ListCases), responses(
    (status = 200, description = "A page of cases.", body = Changes<CaseLine>,
     example = json!(example::changes(example::case_line())))))]
#[get("/cases")]
async fn list_cases(asker: Asker, ValidQuery(query): ValidQuery<ListCases>) -> Result<Changes<CaseLine>, Problem> {
    let ListCases { stage: stages, case_worker, unallocated, school, due_before, state, as_of, since, limit, cursor } = query;
    let school = school.map(|setting| setting.as_str().to_owned());
    let filter = CaseFilter { stages, case_worker, unallocated, school, due_before, state };
    let (after, since) = begins("cases", since, cursor)?;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let list = move |tx: &mut Tx<'_>| cases::list(tx, &filter, after, limit.rows_to_read(), as_of, since);
    let (mark, known, rows) = asker.read(Ask::SeeCases, list).await?;
    let next_due = |line: &CaseLine| (line.next_due.as_ref().map(|due| due.on), line.id);
    Ok(Changes::of("cases", limit, rows, mark, known, next_due))
}

/// Show a case
///
/// One request and everything it led to, for those who see it in the list. `stage` is derived from what was recorded; `nextDue`
/// is the earliest date not yet met; `allowedActions` says what this caller may record next and, for the rest, why not and what
/// would make it lawful. What staff alone see (concerns, possible duplicates) is left out for others. The `ETag` changes with
/// the case, the day and the reader; send it back in `If-Match` when a change depends on what you read.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, At, Conditional), responses(
    (status = 200, description = "The case.", body = CaseView, example = json!(example::case()))))]
#[get("/cases/{caseId}")]
async fn show_case(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let case = asker.read(Ask::SeeCases, move |tx| cases::show(tx, id, at.moment())).await?;
    Ok(Etag::shown(case.version, case.known.today, asker.caller()).answer(&req, |response| response.json(case)))
}

/// Show a case's timeline
///
/// Every entry about the case in the order it was recorded: `occurredOn` is when it happened, `recordedAt` when this system was
/// told. Nothing is ever changed or removed: a correction or a strike is an entry of its own, and what it replaces stays with
/// `stands: false` for staff. Correct or strike an entry by its `id`.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, At), responses(
    (status = 200, description = "What happened.", body = WholeAsOf<TimelineEntry>,
     example = json!(example::whole_as_of(example::timeline_entry())))))]
#[get("/cases/{caseId}/timeline")]
async fn show_timeline(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<TimelineEntry>>, Problem> {
    let (known, data) = asker.read(Ask::SeeCases, move |tx| cases::timeline(tx, id, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// The duties of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CaseDeadlines {
    /// Each duty, the earliest due first.
    #[schema(value_type = Vec<Deadline>)]
    deadlines: Vec<Value>,
    /// What the answer was computed from.
    known: Known,
}

/// Show a case's deadlines
///
/// Each duty the law puts on somebody because of what happened in this case: the provision, the day it began to run, the day it
/// is due, how it stands, and in `because` the steps of the count in words a family can follow. An exception turns a missed
/// limit `excused`; it never moves `dueOn`. The same computation as `POST /v1/law/deadlines`.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, At), responses(
    (status = 200, description = "What is due.", body = CaseDeadlines, example = json!(example::case_deadlines()))))]
#[get("/cases/{caseId}/deadlines")]
async fn show_deadlines(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<CaseDeadlines>, Problem> {
    let (known, deadlines) = asker.read(Ask::SeeCases, move |tx| cases::deadlines(tx, id, at.moment())).await?;
    Ok(web::Json(CaseDeadlines { deadlines, known }))
}

/// Allocate a case
///
/// Gives the case to a case worker, who runs it from then on; a later allocation takes the place of an earlier one. For case
/// workers and managers. No provision asks for it.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey), request_body = AllocateCase, responses(
    (status = 201, description = "Allocated; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/allocation")]
async fn allocate_case(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<AllocateCase>,
) -> Result<Recorded, Problem> {
    asker.record(Action::AllocateCase, key, body, move |tx, body| cases::allocate(tx, id, body)).await
}
