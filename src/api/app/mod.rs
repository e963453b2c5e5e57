//! How an app is put together: the handlers, and around them what holds for every request. Production and tests build it here.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use utoipa_actix_web::{AppExt, UtoipaApp};

use super::access_log::{self, LogFormat};
use super::auth::{Authorities, Verifier};
use super::docs::{Contract, docs, docs_redirect, openapi_json};
use super::headers::{cors, protect};
use super::problem::{answer, problem_index, problem_page};
use super::unmatched::{Routes, refuse_unknown_query, unmatched};
use super::{openapi, request_id};
use crate::db::Db;
use crate::files::Files;
use crate::pages;

/// What differs between installations.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Origins whose pages may call the API, such as `https://casework.example.gov.uk`; none unless told.
    pub origins: Vec<String>,
    /// How the access log is written.
    pub log: LogFormat,
}

/// What the handlers need to answer.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Who may ask.
    pub verifier: web::Data<Verifier>,
    /// The authorities kept here.
    pub authorities: Arc<dyn Authorities>,
    /// Where files are kept and who scans them.
    pub files: Files,
    /// What differs between installations.
    pub habits: Habits,
}

/// The whole app over its parts: what production and tests both serve.
///
/// # Errors
/// As [`assemble`].
pub fn build(
    parts: &Parts,
) -> Result<
    App<
        impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()> + use<>,
    >,
    serde_json::Error,
> {
    let handlers = App::new()
        .into_utoipa_app()
        .app_data(web::Data::new(parts.db.clone()))
        .app_data(web::Data::new(parts.db.clock().clone()))
        .app_data(parts.verifier.clone())
        .app_data(web::Data::new(parts.files.clone()))
        .app_data(web::Data::from(Arc::clone(&parts.authorities)))
        .configure(super::routes);
    assemble(handlers, &parts.habits)
}

/// The app that answers: the given handlers, their contract, documentation and error pages, and every habit around them.
///
/// # Errors
/// When the contract cannot be written as JSON.
pub fn assemble<T>(
    handlers: UtoipaApp<T>,
    habits: &Habits,
) -> Result<
    App<
        impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()> + use<T>,
    >,
    serde_json::Error,
>
where
    T: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()> + 'static,
{
    let (app, collected) = handlers.split_for_parts();
    let document = openapi::document(collected);
    let beside = ["/openapi.json", "/docs", "/docs/{file:.*}", "/problems", "/problems/{code}"];
    let routes = beside.into_iter().chain(pages::PATHS).fold(Routes::of(&document), |routes, path| routes.and(path, &["GET"]));
    let contract = Contract(openapi::text(&document)?);
    Ok(app
        .app_data(habits.log)
        .app_data(web::Data::new(routes))
        .app_data(web::Data::new(contract))
        .service(openapi_json)
        .service(docs_redirect)
        .service(docs())
        .service(problem_index)
        .service(problem_page)
        .configure(pages::routes)
        .default_service(web::to(unmatched))
        // The last is the first to see a request.
        .wrap(from_fn(refuse_unknown_query))
        .wrap(cors(&habits.origins))
        .wrap(from_fn(protect))
        .wrap(from_fn(answer))
        .wrap(from_fn(access_log::write))
        .wrap(from_fn(request_id::assign)))
}

#[cfg(test)]
mod tests;
