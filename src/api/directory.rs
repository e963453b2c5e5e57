//! `/v1/staff`, `/v1/teams` and `/v1/settings`: who works for the authority, and where children are taught.

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Page, Whole};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::service::directory::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_staff).service(add_staff).service(list_teams).service(add_team);
    cfg.service(list_settings).service(put_setting);
}

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListDirectory {
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List staff
///
/// The authority's staff, by id: whom cases are allocated to and who decides. For staff of the authority and administrators.
#[utoipa::path(tag = "directory", params(ListDirectory), responses(
    (status = 200, description = "A page of staff.", body = Page<StaffView>,
     example = json!(example::page(example::member_of_staff())))))]
#[get("/staff")]
async fn list_staff(asker: Asker, ValidQuery(query): ValidQuery<ListDirectory>) -> Result<Page<StaffView>, Problem> {
    let ListDirectory { limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("staff")).transpose()?;
    let rows = asker.read(Ask::SeeDirectory, move |tx| directory::staff(tx, after, limit.rows_to_read())).await?;
    Ok(Page::of("staff", limit, rows, |member| member.id))
}

/// Add a member of staff
///
/// With `subject`, decisions made under that person's token name them as the officer without being told. For administrators.
#[utoipa::path(tag = "directory", params(IdempotencyKey), request_body = AddStaff, responses(
    (status = 201, description = "Added.", body = Added, example = json!(example::added()))))]
#[post("/staff")]
async fn add_staff(asker: Asker, key: IdempotencyKey, body: ValidJson<AddStaff>) -> Result<Recorded<Added>, Problem> {
    asker.record(Ask::KeepDirectory, key, body, directory::add_staff).await
}

/// List teams
///
/// The authority's teams, by name; at most two hundred. For staff of the authority and administrators.
#[utoipa::path(tag = "directory", responses(
    (status = 200, description = "Its teams.", body = Whole<TeamView>, example = json!(example::whole(example::team())))))]
#[get("/teams")]
async fn list_teams(asker: Asker) -> Result<web::Json<Whole<TeamView>>, Problem> {
    let data = asker.read(Ask::SeeDirectory, directory::teams).await?;
    Ok(web::Json(Whole { data }))
}

/// Add a team
///
/// A team is only a name that staff can be put under. For administrators.
#[utoipa::path(tag = "directory", params(IdempotencyKey), request_body = AddTeam, responses(
    (status = 201, description = "Added.", body = Added, example = json!(example::added()))))]
#[post("/teams")]
async fn add_team(asker: Asker, key: IdempotencyKey, body: ValidJson<AddTeam>) -> Result<Recorded<Added>, Problem> {
    asker.record(Ask::KeepDirectory, key, body, directory::add_team).await
}

/// List settings
///
/// Schools, colleges and nurseries by their public identifier, for a school picker and for `placement`. For staff of the
/// authority and administrators.
#[utoipa::path(tag = "directory", params(ListDirectory), responses(
    (status = 200, description = "A page of settings.", body = Page<SettingView>,
     example = json!(example::page(example::setting())))))]
#[get("/settings")]
async fn list_settings(asker: Asker, ValidQuery(query): ValidQuery<ListDirectory>) -> Result<Page<SettingView>, Problem> {
    let ListDirectory { limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key::<String>("settings")).transpose()?;
    let rows = asker.read(Ask::SeeDirectory, move |tx| directory::settings(tx, after.as_deref(), limit.rows_to_read())).await?;
    Ok(Page::of("settings", limit, rows, |setting| setting.id.clone()))
}

/// Set what is known of a setting
///
/// Adds it, or replaces what was known under the same identifier. For administrators.
#[utoipa::path(tag = "directory", params(IdempotencyKey), request_body = PutSetting, responses(
    (status = 201, description = "Set.", body = Added, example = json!({"id": "urn:900001"}))))]
#[post("/settings")]
async fn put_setting(asker: Asker, key: IdempotencyKey, body: ValidJson<PutSetting>) -> Result<Recorded<Added>, Problem> {
    asker.record(Ask::KeepDirectory, key, body, directory::put_setting).await
}
