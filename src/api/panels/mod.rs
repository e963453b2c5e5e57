//! `/v1/panels`: meetings that recommend, from the day they are convened to the day they are closed and after.

mod items;
mod kinds;
mod pages;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::page::{Cursor, Limit, Page, WholeAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::MeetingId;
use crate::service::Receipt;
use crate::service::cases::TimelineEntry;
use crate::service::panels::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_panels).service(convene_panel).service(show_panel).service(show_panel_timeline).service(set_agenda);
    cfg.service(record_attendance).service(take_minutes).service(close_panel);
    cfg.service(correct_panel_entry).service(strike_panel_entry);
    items::routes(cfg);
    kinds::routes(cfg);
    pages::routes(cfg);
}

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListPanels {
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List panel meetings
///
/// The latest first, those that lie ahead among them. For staff who run cases, decide or manage, and for panel members: those
/// they sit on.
#[utoipa::path(tag = "panels", params(ListPanels), responses(
    (status = 200, description = "A page of meetings.", body = Page<PanelLine>,
     example = json!(example::page(example::panel_line())))))]
#[get("/panels")]
async fn list_panels(asker: Asker, ValidQuery(query): ValidQuery<ListPanels>) -> Result<Page<PanelLine>, Problem> {
    let ListPanels { limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("panels")).transpose()?;
    let rows = asker.read(Ask::SeePanels, move |tx| panels::list(tx, before, limit.rows_to_read())).await?;
    Ok(Page::of("panels", limit, rows, |meeting| (meeting.meets_on, meeting.id)))
}

/// Convene a panel
///
/// Sets up one meeting of a panel and says who sits on it; with a `kind` from `/v1/panel-kinds`, its usual members, its rule of who
/// must be there and its interval hold for the meeting, as they are today. Members see the children on its agenda and the papers
/// of its items until twenty-eight days after it is closed. A panel recommends, it never decides: the power stays with the
/// officer, who may cite the item. For case workers. No provision asks for panels.
#[utoipa::path(tag = "panels", params(IdempotencyKey), request_body = ConvenePanel, responses(
    (status = 201, description = "Convened; `id` is the meeting.", body = Receipt,
     headers(("Location" = String, description = "The meeting.")), example = json!(example::receipt_without_case()))))]
#[post("/panels")]
async fn convene_panel(asker: Asker, key: IdempotencyKey, body: ValidJson<ConvenePanel>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Ask::KeepPanels, key, body, panels::convene).await?;
    Ok(recorded.at(|receipt| format!("/v1/panels/{}", receipt.id)))
}

/// Show a panel meeting
///
/// Who sits on it, who came and whether they were enough, and its agenda: why each case comes, what is asked and what it would
/// cost, the duties the law has running in the case, with a warning (`missedIfDeferred`) where waiting for the next usual
/// meeting would miss one, what was recommended with reasons against the legal test, and the decision that cites it. Panel
/// members see the items they have no conflict of interest in, until twenty-eight days after the meeting was closed. For staff
/// who run cases, decide or manage, and for panel members.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, At, Conditional), responses(
    (status = 200, description = "The meeting.", body = PanelView, example = json!(example::panel()))))]
#[get("/panels/{panelId}")]
async fn show_panel(
    asker: Asker,
    PathId(id): PathId<MeetingId>,
    ValidQuery(at): ValidQuery<At>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let meeting = asker.read(Ask::SeePanels, move |tx| panels::show(tx, id, at.moment())).await?;
    Ok(Etag::of(meeting.version).answer(&req, |response| response.json(meeting)))
}

/// Show what was recorded of a panel meeting
///
/// Entry by entry in the order it was recorded, with corrections beside what they put right. A correction names an entry by the
/// `id` it has here. Panel members see what is of the meeting as a whole and of the items they may see.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, At), responses(
    (status = 200, description = "Its entries.", body = WholeAsOf<TimelineEntry>,
     example = json!(example::whole_as_of(example::panel_entry())))))]
#[get("/panels/{panelId}/timeline")]
async fn show_panel_timeline(
    asker: Asker,
    PathId(id): PathId<MeetingId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<TimelineEntry>>, Problem> {
    let (known, data) = asker.read(Ask::SeePanels, move |tx| panels::timeline(tx, id, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Set the agenda's order
///
/// Which item comes when, with a time for each where the chair wants one. Can be set anew until the meeting is closed. For case
/// workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = SetAgenda, responses(
    (status = 201, description = "Set; `id` is the entry.", body = Receipt, example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/agenda")]
async fn set_agenda(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<SetAgenda>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::set_agenda(tx, meeting, body)).await
}

/// Record who came to a panel
///
/// Quorum is counted from this, for the meeting and for each item: a member with a conflict of interest does not count for that
/// item. The rule is the authority's own, from the kind of panel; the law has none. Can be recorded anew until the meeting is
/// closed. For case workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = RecordAttendance, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt,
     example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/attendance")]
async fn record_attendance(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<RecordAttendance>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::record_attendance(tx, meeting, body)).await
}

/// Take the minutes of a panel
///
/// What is minuted of the meeting as a whole; what concerns one child goes to that child's item. All members read it. For case
/// workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = TakeMinutes, responses(
    (status = 201, description = "Taken; `id` is the entry.", body = Receipt, example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/minutes")]
async fn take_minutes(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<TakeMinutes>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::take_minutes(tx, meeting, None, body)).await
}

/// Close a panel meeting
///
/// Once every item has a recommendation or a deferral. From then on nothing of the meeting can be set anew; what was recorded
/// wrongly is put right with a correction, which stays beside it. Members see the papers for another twenty-eight days. For case
/// workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = CloseMeeting, responses(
    (status = 201, description = "Closed; `id` is the meeting.", body = Receipt,
     example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/closing")]
async fn close_panel(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<CloseMeeting>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::close(tx, meeting, body)).await
}

/// Correct an entry of a panel meeting
///
/// Puts right the day or the facts of an entry, also after the meeting was closed; what was known before stays known as it was.
/// The minutes show what was put right and why. For case workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = CorrectMeetingEntry, responses(
    (status = 201, description = "Corrected; `id` is the correction.", body = Receipt,
     example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/corrections")]
async fn correct_panel_entry(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<CorrectMeetingEntry>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::correct(tx, meeting, body)).await
}

/// Strike an entry of a panel meeting
///
/// For what should never have been recorded, also after the meeting was closed. Striking `item_added` takes a case off the
/// agenda, and the child out of the members' sight. For case workers.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, IdempotencyKey), request_body = StrikeMeetingEntry, responses(
    (status = 201, description = "Struck; `id` is the strike.", body = Receipt,
     example = json!(example::receipt_without_case()))))]
#[post("/panels/{panelId}/strikes")]
async fn strike_panel_entry(
    asker: Asker,
    PathId(meeting): PathId<MeetingId>,
    key: IdempotencyKey,
    body: ValidJson<StrikeMeetingEntry>,
) -> Result<Recorded, Problem> {
    asker.record(Ask::KeepPanels, key, body, move |tx, body| panels::strike(tx, meeting, body)).await
}
