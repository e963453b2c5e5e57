//! `/v1/me`: who the token says the caller is, and what they may ask for.

use actix_web::{get, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::problem::Problem;
use crate::access::Ask;
use crate::service::me::{self, Me};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_me);
}

/// Show who you are
///
/// The person, roles, authority and organisation as this API read them from the token, and in `may` everything the policy lets
/// these roles ask for. What may be done to one case is in its `allowedActions`. For everyone with a token.
#[utoipa::path(tag = "me", responses((status = 200, description = "You.", body = Me, example = json!(example::me()))))]
#[get("/me")]
async fn show_me(asker: Asker) -> Result<web::Json<Me>, Problem> {
    Ok(web::Json(asker.read(Ask::SeeSelf, me::show).await?))
}
