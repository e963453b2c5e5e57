//! `/v1/request-forms`: requests that a setting has begun and not yet sent.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::{Conditional, Etag, VersionRead};
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::Whole;
use super::path::PathId;
use super::problem::Problem;
use crate::access::Ask;
use crate::record::{Action, FormId};
use crate::service::Receipt;
use crate::service::request_forms::{self, FormKept, RequestForm, RequestFormView, SubmitForm};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_request_forms).service(begin_request_form).service(show_request_form).service(write_request_form);
    cfg.service(discard_request_form).service(submit_request_form);
}

/// List unfinished requests
///
/// The requests that the caller's setting has begun, the one written last first; at most two hundred. They belong to the setting and
/// not to the person who began them: anybody who works there can finish them. The authority and other settings never see them. For
/// schools, colleges and nurseries.
#[utoipa::path(tag = "requests", responses(
    (status = 200, description = "The setting's forms.", body = Whole<RequestFormView>,
     example = json!(example::whole(example::request_form())))))]
#[get("/request-forms")]
async fn list_request_forms(asker: Asker) -> Result<web::Json<Whole<RequestFormView>>, Problem> {
    let data = asker.read(Ask::KeepRequestForms, request_forms::list).await?;
    Ok(web::Json(Whole { data }))
}

/// Begin a request
///
/// Keeps what is filled in so far; anything may be missing. No clock runs: nothing has reached the authority yet. For schools,
/// colleges and nurseries.
#[utoipa::path(tag = "requests", params(IdempotencyKey), request_body = RequestForm, responses(
    (status = 201, description = "Kept.", body = FormKept, headers(("Location" = String, description = "The form.")),
     example = json!(example::form_kept()))))]
#[post("/request-forms")]
async fn begin_request_form(
    asker: Asker,
    key: IdempotencyKey,
    body: ValidJson<RequestForm>,
) -> Result<Recorded<FormKept>, Problem> {
    let recorded = asker.record(Ask::KeepRequestForms, key, body, request_forms::begin).await?;
    Ok(recorded.at(|form| format!("/v1/request-forms/{}", form.id)))
}

/// Show an unfinished request
///
/// What is filled in so far. For anybody of the setting that began it.
#[utoipa::path(tag = "requests", params(PathId<FormId>, Conditional), responses(
    (status = 200, description = "The form.", body = RequestFormView, example = json!(example::request_form()))))]
#[get("/request-forms/{formId}")]
async fn show_request_form(asker: Asker, PathId(id): PathId<FormId>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let form = asker.read(Ask::KeepRequestForms, move |tx| request_forms::show(tx, id)).await?;
    Ok(Etag::of(form.version).answer(&req, |response| response.json(form)))
}

/// Write an unfinished request
///
/// Sends the whole form anew. `If-Match` keeps two people of the same setting from writing over one another. For anybody of the
/// setting that began it.
#[utoipa::path(tag = "requests", params(PathId<FormId>, VersionRead), request_body = RequestForm, responses(
    (status = 200, description = "Kept.", body = FormKept, example = json!(example::form_kept()))))]
#[put("/request-forms/{formId}")]
async fn write_request_form(
    asker: Asker,
    PathId(id): PathId<FormId>,
    read: VersionRead,
    body: ValidJson<RequestForm>,
) -> Result<web::Json<FormKept>, Problem> {
    let write = move |tx: &mut crate::db::Tx<'_>, body: &RequestForm| request_forms::replace(tx, id, body, read.versions());
    asker.set(Ask::KeepRequestForms, body, write).await
}

/// Discard an unfinished request
///
/// Removes the form for good. For anybody of the setting that began it.
#[utoipa::path(tag = "requests", params(PathId<FormId>), responses((status = 204, description = "Removed.")))]
#[delete("/request-forms/{formId}")]
async fn discard_request_form(asker: Asker, PathId(id): PathId<FormId>) -> Result<HttpResponse, Problem> {
    asker.remove(Ask::KeepRequestForms, move |tx| request_forms::discard(tx, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Send a request that was begun
///
/// Asks for the assessment, received today, and removes the form, together or not at all; the same as `POST /v1/requests` with what
/// the form holds. Needs the child's names, or their `id`, and `requestedBy`. For anybody of the setting that began it.
#[utoipa::path(tag = "requests", params(PathId<FormId>, IdempotencyKey), request_body = SubmitForm, responses(
    (status = 201, description = "Received; `id` is the case it opened or joined.", body = Receipt,
     headers(("Location" = String, description = "The case.")), example = json!(example::receipt()))))]
#[post("/request-forms/{formId}/submission")]
async fn submit_request_form(
    asker: Asker,
    PathId(id): PathId<FormId>,
    key: IdempotencyKey,
    body: ValidJson<SubmitForm>,
) -> Result<Recorded, Problem> {
    let recorded = asker.record(Action::SubmitRequest, key, body, move |tx, _| request_forms::submit(tx, id)).await?;
    Ok(recorded.at(|receipt| format!("/v1/cases/{}", receipt.id)))
}
