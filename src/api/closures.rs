//! `/v1/settings/{settingId}/closures`: when a setting is closed.

use actix_web::{get, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::body::ValidJson;
use super::example;
use super::page::Whole;
use super::path::PathSetting;
use super::problem::Problem;
use crate::access::Ask;
use crate::service::closures::{self, ClosureView, PutClosures};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_closures).service(put_closures);
}

/// List a setting's closures
///
/// When a setting of `/v1/settings` is closed, with what each closure means for an exception: whether its 28 days are long enough,
/// and from when to when advice must have been asked of the setting for it to excuse a missed limit (SEND Regulations 2014, reg.
/// 10(4)(a) and (b)). For staff of the authority and administrators.
#[utoipa::path(tag = "directory", params(PathSetting), responses(
    (status = 200, description = "Its closures, by day.", body = Whole<ClosureView>,
     example = json!(example::whole(example::closure())))))]
#[get("/settings/{settingId}/closures")]
async fn list_closures(asker: Asker, PathSetting(setting): PathSetting) -> Result<web::Json<Whole<ClosureView>>, Problem> {
    let data = asker.read(Ask::SeeDirectory, move |tx| closures::list(tx, &setting)).await?;
    Ok(web::Json(Whole { data }))
}

/// Set a setting's closures
///
/// Puts these in the place of all that was known of when the setting is closed. Claims made before keep the days they were made
/// with. For case workers and administrators.
#[utoipa::path(tag = "directory", params(PathSetting), request_body = PutClosures, responses(
    (status = 200, description = "Its closures, by day.", body = Whole<ClosureView>,
     example = json!(example::whole(example::closure())))))]
#[put("/settings/{settingId}/closures")]
async fn put_closures(
    asker: Asker,
    PathSetting(setting): PathSetting,
    body: ValidJson<PutClosures>,
) -> Result<web::Json<Whole<ClosureView>>, Problem> {
    let done = move |tx: &mut crate::db::Tx<'_>, body: &PutClosures| closures::put(tx, &setting, body);
    let data = asker.set(Ask::KeepClosures, body, done).await?.into_inner();
    Ok(web::Json(Whole { data }))
}
