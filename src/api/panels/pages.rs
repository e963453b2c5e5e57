//! A panel's agenda and minutes as HTML pages, behind the same token and scope as everything else.

use actix_web::{HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::access::Ask;
use crate::api::asker::Asker;
use crate::api::moment::At;
use crate::api::path::PathId;
use crate::api::problem::Problem;
use crate::api::query::ValidQuery;
use crate::pages;
use crate::record::MeetingId;
use crate::service::panels;

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_agenda_page).service(show_minutes_page);
}

/// Show the agenda as a page
///
/// For printing and for reading on a screen, with headings and tables a screen reader can follow and without scripts: each case
/// in its turn, why it comes, what is asked, and the time limits that run, with those that a deferral would miss. Shows what the
/// caller may see, as `GET /v1/panels/{panelId}` does. For staff who run cases, decide or manage, and for panel members.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, At), responses(
    (status = 200, description = "The page.", body = String, content_type = "text/html", example = "<!DOCTYPE html><html lang=\"en-GB\">…</html>")))]
#[get("/panels/{panelId}/agenda")]
async fn show_agenda_page(
    asker: Asker,
    PathId(id): PathId<MeetingId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<HttpResponse, Problem> {
    let panel = asker.read(Ask::SeePanels, move |tx| panels::show(tx, id, at.moment())).await?;
    Ok(pages::agenda(&panel))
}

/// Show the minutes as a page
///
/// Who came, what was advised on each case and why, who did not agree, what was decided and why where that differs, and what was
/// put right since. Shows what the caller may see, as `GET /v1/panels/{panelId}` does. For staff who run cases, decide or manage,
/// and for panel members.
#[utoipa::path(tag = "panels", params(PathId<MeetingId>, At), responses(
    (status = 200, description = "The page.", body = String, content_type = "text/html", example = "<!DOCTYPE html><html lang=\"en-GB\">…</html>")))]
#[get("/panels/{panelId}/minutes")]
async fn show_minutes_page(
    asker: Asker,
    PathId(id): PathId<MeetingId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<HttpResponse, Problem> {
    let panel = asker.read(Ask::SeePanels, move |tx| panels::show(tx, id, at.moment())).await?;
    Ok(pages::minutes(&panel))
}
