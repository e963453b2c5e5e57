//! `/v1/panel-kinds`: the kinds of panel an authority has.

use actix_web::{get, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::access::Ask;
use crate::api::asker::Asker;
use crate::api::body::ValidJson;
use crate::api::example;
use crate::api::page::Whole;
use crate::api::problem::Problem;
use crate::service::directory::Added;
use crate::service::panels::{self, PanelKind};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_panel_kinds).service(put_panel_kind);
}

/// List kinds of panel
///
/// The panels the authority has (an EHC panel, a multi-agency resource panel …), by name: how many members must be there and from
/// which agencies, how often it meets, who usually sits on it. All of it is the authority's own practice; no provision asks for
/// panels. For staff of the authority and administrators.
#[utoipa::path(tag = "panels", responses(
    (status = 200, description = "Its kinds of panel.", body = Whole<PanelKind>,
     example = json!(example::whole(example::panel_kind())))))]
#[get("/panel-kinds")]
async fn list_panel_kinds(asker: Asker) -> Result<web::Json<Whole<PanelKind>>, Problem> {
    let data = asker.read(Ask::SeeDirectory, panels::kinds).await?;
    Ok(web::Json(Whole { data }))
}

/// Set a kind of panel
///
/// Adds it, or replaces what was set under the same id. Meetings convened before keep the rule and the members they were convened
/// with. For administrators.
#[utoipa::path(tag = "panels", request_body = PanelKind, responses(
    (status = 200, description = "Set; `id` is the kind's.", body = Added, example = json!({"id": "ehc-panel"}))))]
#[put("/panel-kinds")]
async fn put_panel_kind(asker: Asker, body: ValidJson<PanelKind>) -> Result<web::Json<Added>, Problem> {
    asker.set(Ask::KeepDirectory, body, panels::put_kind).await
}
