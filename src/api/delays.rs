//! `/v1/cases/{caseId}/delay-letters`: telling the family that something is late, why, and by when it can expect it.

use actix_web::{HttpResponse, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::paper::PaperForm;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::documents;
use crate::record::{Action, CaseId, DelayLetterId, EventId};
use crate::service::delays::{self, DelayLetterSentView, DelayPreview, TellDelay};
use crate::service::{Error, Receipt};

/// The name of the document's file.
const FILE: &str = "delay_letter";

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(preview_delay_letter).service(tell_delay).service(show_delay_letter);
}

/// Compose a letter about a delay
///
/// The letter that `POST /v1/cases/{caseId}/delay-letters` with the same body would keep: which limits have passed on the day it
/// carries and since when, as the register of law counts them; why; what is awaited, from whom and by when; that being late takes no
/// right away; and where to turn, with the contacts of `/v1/notice-wordings`. `recipients` are the people around the child who receive
/// notices on that day; no address is in the letter. It records and sends nothing, and it excuses nothing in law: only a statutory
/// exception does (`/v1/cases/{caseId}/exceptions`). Refused once the child has died. As data, as a page or as a Word document:
/// `Accept` chooses. For staff.
#[utoipa::path(tag = "cases", params(PathId<CaseId>), request_body = TellDelay, responses(
    (status = 200, description = "The letter as it would be sent.", body = DelayPreview, example = json!(example::delay_preview()))))]
#[post("/cases/{caseId}/delay-letter-preview")]
async fn preview_delay_letter(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    form: PaperForm,
    body: ValidJson<TellDelay>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let preview = asker.read(Ask::ComposeNotices, move |tx| delays::preview(tx, case, &body)).await?;
    form.answer(&preview, |preview| documents::delay_letter(&preview.letter), FILE)
}

/// Record a letter about a delay
///
/// What to do where something is late and no exception excuses it, such as for want of psychologists: the family is told why, what
/// is awaited, and by when. The letter is kept as it is composed for the day it was sent, with `recipients`: to whom it went, by what
/// means and when; only people who receive notices get a letter of ours. One that was written elsewhere (`sentElsewhere`) is recorded
/// without its text. Nothing is posted or emailed by this call. The letter excuses nothing and moves no date; it stands on the case as
/// `delayLetters`. No provision asks for it. For case workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey), request_body = TellDelay, responses(
    (status = 201, description = "Recorded; `id` is the letter.", body = Receipt,
     headers(("Location" = String, description = "The letter as it was sent.")), example = json!(example::receipt()))))]
#[post("/cases/{caseId}/delay-letters")]
async fn tell_delay(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<TellDelay>,
) -> Result<Recorded, Problem> {
    let told = asker.record(Action::TellDelay, key, body, move |tx, body| delays::tell(tx, case, body)).await?;
    Ok(told.at(|receipt| format!("/v1/cases/{case}/delay-letters/{}", receipt.id)))
}

/// Show a letter about a delay
///
/// The letter as it was sent, to whom, by what means and when. As data, as a page or as a Word document: `Accept` chooses; a letter
/// that was written elsewhere is shown as data alone. Staff see all of them; a member of the family those that were sent to them, and
/// those of which nobody recorded to whom they went.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, PathId<DelayLetterId>, At), responses(
    (status = 200, description = "The letter as it was sent.", body = DelayLetterSentView,
     example = json!(example::sent_delay_letter()))))]
#[get("/cases/{caseId}/delay-letters/{letterId}")]
async fn show_delay_letter(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<DelayLetterId>,
    ValidQuery(at): ValidQuery<At>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let show = move |tx: &mut crate::db::Tx<'_>| delays::show(tx, case, EventId(id.0), at.moment());
    let sent = asker.read(Ask::SeeNotices, show).await?;
    match (form, &sent.letter) {
        (PaperForm::Page | PaperForm::Document, None) => Err(Error::NotFound("letter").into()),
        (PaperForm::Page | PaperForm::Document, Some(letter)) => form.answer(letter, documents::delay_letter, FILE),
        (PaperForm::Data, _) => Ok(HttpResponse::Ok().json(sent)),
    }
}
