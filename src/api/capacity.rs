//! `/v1/settings/{settingId}/capacity`: how many places a setting has, and how many are taken.

use actix_web::{get, put, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::body::ValidJson;
use super::example;
use super::page::Whole;
use super::path::PathSetting;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::service::capacity::{self, PlacesLine, PutPlaces};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_places).service(put_places);
}

/// On which day.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OnDay {
    /// The day on which to count who is there, and whose school year's places to show; today unless told. It may lie ahead.
    on: Option<NaiveDate>,
}

/// List a setting's places
///
/// How many places a setting of `/v1/settings` has for the authority's children in a school year, by designation: what kind of place, and
/// for which need. Beside each, how many of the authority's children have such a place on the day, as `/v1/placements` tells it, and how
/// many are left. Children in places of a designation that nobody counted on show as a row with no places. Counts only; no child is
/// shown. For staff of the authority and administrators.
#[utoipa::path(tag = "directory", params(PathSetting, OnDay), responses(
    (status = 200, description = "Its places, one row for each designation.", body = Whole<PlacesLine>,
     example = json!(example::whole(example::places_line())))))]
#[get("/settings/{settingId}/capacity")]
async fn list_places(
    asker: Asker,
    PathSetting(setting): PathSetting,
    ValidQuery(OnDay { on }): ValidQuery<OnDay>,
) -> Result<web::Json<Whole<PlacesLine>>, Problem> {
    let data = asker.read(Ask::SeeDirectory, move |tx| capacity::list(tx, &setting, on)).await?;
    Ok(web::Json(Whole { data }))
}

/// Set a setting's places
///
/// Puts these in the place of all that was known of its places for the authority's children in one school year. For managers and
/// administrators.
#[utoipa::path(tag = "directory", params(PathSetting), request_body = PutPlaces, responses(
    (status = 200, description = "Its places in that school year, counted today or on the first day of the school year.",
     body = Whole<PlacesLine>, example = json!(example::whole(example::places_line())))))]
#[put("/settings/{settingId}/capacity")]
async fn put_places(
    asker: Asker,
    PathSetting(setting): PathSetting,
    body: ValidJson<PutPlaces>,
) -> Result<web::Json<Whole<PlacesLine>>, Problem> {
    let done = move |tx: &mut Tx<'_>, body: &PutPlaces| capacity::put(tx, &setting, body);
    let data = asker.set(Ask::KeepCapacity, body, done).await?.into_inner();
    Ok(web::Json(Whole { data }))
}
