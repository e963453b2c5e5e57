//! Where the contract is read: as a file at `/openapi.json`, and by people, offline, at `/docs`.

use actix_web::http::header::{ContentType, LOCATION};
use actix_web::{HttpResponse, get, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The contract's text, the same bytes as the committed file.
pub struct Contract(pub String);

/// The contract.
#[get("/openapi.json")]
pub async fn openapi_json(contract: web::Data<Contract>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(contract.0.clone())
}

/// Leads to the documentation, whose files stand under the slash.
#[get("/docs")]
pub async fn docs_redirect() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((LOCATION, "/docs/")).finish()
}

/// The documentation: every file comes from this program, none from elsewhere.
pub fn docs() -> SwaggerUi {
    let config = Config::from("/openapi.json").try_it_out_enabled(true).deep_linking(true).validator_url("none");
    SwaggerUi::new("/docs/{file:.*}").config(config)
}
