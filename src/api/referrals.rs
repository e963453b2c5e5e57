//! `/v1/children/{childId}/referrals`: the services a child was referred to, and how long children wait for them.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::{At, Moment};
use super::page::WholeAsOf;
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, ChildId, ReferralId};
use crate::service::Receipt;
use crate::service::referrals::{self, EndReferral, MakeReferral, RecordReferral, ReferralView, ReferralsLine};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_referrals).service(make_referral).service(record_referral).service(end_referral).service(count_waits);
}

/// List a child's referrals
///
/// To which services the child was referred, such as therapies or neurodevelopmental assessment, when they were seen and treated, and
/// how many weeks they waited, or wait. For staff; an advice giver sees those to its organisation, while the child is granted to it.
#[utoipa::path(tag = "children", params(PathId<ChildId>, At), responses(
    (status = 200, description = "The referrals, by day.", body = WholeAsOf<ReferralView>,
     example = json!(example::whole_as_of(example::referral())))))]
#[get("/children/{childId}/referrals")]
async fn list_referrals(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<ReferralView>>, Problem> {
    let (known, data) = asker.read(Ask::SeeReferrals, move |tx| referrals::list(tx, child, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Record a referral
///
/// That the child was referred to a service, by whomever. The wait for the first appointment and for treatment counts from the day
/// of the referral. No provision of the SEND Regulations sets a limit for it, and it grants the service no sight of the child:
/// asking it for advice does. For case workers; an advice giver records those to its organisation.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = MakeReferral, responses(
    (status = 201, description = "Recorded; `id` is the referral.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/referrals")]
async fn make_referral(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<MakeReferral>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepReferrals, key, body, move |tx, body| referrals::make(tx, child, body)).await
}

/// Record what became of a referral
///
/// The day of the first appointment, the day treatment began, or both. For case workers; an advice giver records this of referrals to
/// its organisation.
#[utoipa::path(tag = "children", params(PathId<ChildId>, PathId<ReferralId>, IdempotencyKey), request_body = RecordReferral,
    responses(
    (status = 201, description = "Recorded; `id` is the referral.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/referrals/{referralId}/progress")]
async fn record_referral(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    PathId(id): PathId<ReferralId>,
    key: IdempotencyKey,
    body: ValidJson<RecordReferral>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepReferrals, key, body, move |tx, body| referrals::record(tx, child, id, body)).await
}

/// End a referral
///
/// That the service has done what the child was referred for, did not accept it, or that it came to nothing. The child then no
/// longer waits. For case workers; an advice giver records this of referrals to its organisation.
#[utoipa::path(tag = "children", params(PathId<ChildId>, PathId<ReferralId>, IdempotencyKey), request_body = EndReferral,
    responses(
    (status = 201, description = "Ended; `id` is the referral.", body = Receipt, example = json!(example::receipt_of_child()))))]
#[post("/children/{childId}/referrals/{referralId}/end")]
async fn end_referral(
    asker: Asker,
    PathId(child): PathId<ChildId>,
    PathId(id): PathId<ReferralId>,
    key: IdempotencyKey,
    body: ValidJson<EndReferral>,
) -> Result<Recorded, Problem> {
    asker.record(Action::KeepReferrals, key, body, move |tx, body| referrals::end(tx, child, id, body)).await
}

/// From when to when children were seen and treated, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountedReferrals {
    /// Only appointments, treatments and ends on this day or later; unless told, from the first on.
    from: Option<NaiveDate>,
    /// Only appointments, treatments and ends on this day or earlier; unless told, to the last.
    to: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Measure waits for services
///
/// By kind of service: how many children wait for a first appointment and for treatment, and how long those waited who were seen or
/// treated in the time asked about; median and longest, in weeks from the referral. Who waits, waits whatever the time asked about.
/// Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(CountedReferrals), responses(
    (status = 200, description = "One row for each kind of service.", body = WholeAsOf<ReferralsLine>,
     example = json!(example::whole_as_of(example::referrals_line())))))]
#[get("/statistics/referrals")]
async fn count_waits(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountedReferrals>,
) -> Result<web::Json<WholeAsOf<ReferralsLine>>, Problem> {
    let CountedReferrals { from, to, as_of } = query;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| referrals::waits(tx, (from, to), as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}
