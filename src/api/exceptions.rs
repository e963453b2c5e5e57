//! `/v1/cases/{caseId}/exceptions`: what is claimed as an excuse, whether its terms are met, and what became of the claim.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::page::WholeAsOf;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, CaseId, EventId};
use crate::service::Receipt;
use crate::service::exceptions::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_claims).service(claim_exception).service(tell_exception).service(withdraw_exception);
}

/// List the exceptions claimed
///
/// Each claim of the case with what its paragraph takes, whether that is met, for which duties, and why or why not, in words with
/// the provision. Claims that were withdrawn stay in the list, with `stands: false`. To know what is excused in the end, read the
/// case's deadlines. For those who see the case; the evidence is for staff.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, At), responses(
    (status = 200, description = "The claims.", body = WholeAsOf<ClaimView>,
     example = json!(example::whole_as_of(example::claim())))))]
#[get("/cases/{caseId}/exceptions")]
async fn list_claims(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<ClaimView>>, Problem> {
    let (known, data) = asker.read(Ask::SeeCases, move |tx| exceptions::list(tx, id, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Claim an exception
///
/// Records that something named in the Regulations made a limit impractical to meet: a setting closed for four weeks or more
/// around the day it was asked for advice, the child away for as long, exceptional personal circumstances (SEND Regulations 2014,
/// regs 5(4), 8(2), 10(4) and 13(3)). `paragraph` is one of `/v1/law/exceptions`; a claim for one limit excuses no other. With
/// `setting`, a closure takes its days from that setting's calendar. The answer says whether the terms are met, and why. A claim
/// whose terms are not met is possible, comes back as the concern `exception_terms_not_met` to acknowledge, and excuses nothing.
/// No claim moves a date. A shortage of staff, the dates of a panel and late advice are no exceptions: record a letter about the
/// delay instead. The family must be told (SEND Code of Practice 2015, para. 9.43); until that is recorded the case shows the
/// concern `exception_not_told`. For case workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, IdempotencyKey),
    request_body(content = ClaimException, examples(
        ("absence" = (summary = "The family is away", value = json!({"paragraph": "X13.3d", "from": "2026-03-02",
            "to": "2026-04-06", "evidence": "Letter from the family of 20 February."}))),
        ("closure" = (summary = "The school is closed, as its calendar says", value = json!({"paragraph": "X13.3a",
            "setting": "urn:900001", "evidence": "The school's calendar.", "toldOn": "2026-01-05"}))))),
    responses((status = 201, description = "Claimed; `id` is the claim.", body = Claimed, example = json!(example::claimed()))))]
#[post("/cases/{caseId}/exceptions")]
async fn claim_exception(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<ClaimException>,
) -> Result<Recorded<Claimed>, Problem> {
    asker.record(Action::ClaimException, key, body, move |tx, body| exceptions::claim(tx, id, body)).await
}

/// Record that the family was told of an exception
///
/// The day the family was told that the limit is missed, and why that is excused (SEND Code of Practice 2015, para. 9.43). For case
/// workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, PathId<EventId>, IdempotencyKey), request_body = TellException, responses(
    (status = 201, description = "Recorded; `id` is the claim.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/exceptions/{exceptionId}/notification")]
async fn tell_exception(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    PathId(claim): PathId<EventId>,
    key: IdempotencyKey,
    body: ValidJson<TellException>,
) -> Result<Recorded, Problem> {
    asker.record(Action::TellException, key, body, move |tx, body| exceptions::tell(tx, id, claim, body)).await
}

/// Withdraw the claim of an exception
///
/// For a claim that turned out not to hold: from now on it excuses nothing, and deadlines and figures follow. What was known before
/// stays known as it was, and `asOf` still shows the excuse. No provision asks for it. For case workers.
#[utoipa::path(tag = "cases", params(PathId<CaseId>, PathId<EventId>, IdempotencyKey), request_body = WithdrawException,
    responses((status = 201, description = "Withdrawn; `id` is the claim.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/exceptions/{exceptionId}/withdrawal")]
async fn withdraw_exception(
    asker: Asker,
    PathId(id): PathId<CaseId>,
    PathId(claim): PathId<EventId>,
    key: IdempotencyKey,
    body: ValidJson<WithdrawException>,
) -> Result<Recorded, Problem> {
    asker.record(Action::WithdrawException, key, body, move |tx, body| exceptions::withdraw(tx, id, claim, body)).await
}
