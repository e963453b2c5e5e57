//! `/v1/plans/{planId}/provision` and `/v1/shortfalls`: whether the provision of section F is delivered, and what becomes of it where it is not.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::At;
use super::page::{Cursor, Limit, Page, WholeAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, PlanId, ProvisionId, ProvisionKind, ShortfallId};
use crate::service::Receipt;
use crate::service::provision::{
    self, ArrangeProvision, EndProvision, ProvisionView, RemedyShortfall, ReportDelivered, ReportUndelivered, ShortfallLine,
};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_provision).service(arrange_provision).service(end_provision).service(report_delivered);
    cfg.service(report_undelivered).service(remedy_shortfall).service(list_shortfalls);
}

/// List a plan's provision
///
/// Each piece of provision that section F names, as it was arranged: who gives it and how much, when it was last known to be delivered, and
/// every time in which it was not: from when to when, why, and how that was made good. The authority must secure it (Children and Families
/// Act 2014, s. 42(2)). Staff see that of their authority, a school that of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, At), responses(
    (status = 200, description = "Its provision.", body = WholeAsOf<ProvisionView>,
     example = json!(example::whole_as_of(example::provision())))))]
#[get("/plans/{planId}/provision")]
async fn list_provision(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<ProvisionView>>, Problem> {
    let (known, data) = asker.read(Ask::SeePlans, move |tx| provision::list(tx, plan, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Record with whom provision was arranged
///
/// One piece of the provision that section F names, which must be specified and normally quantified: what it is, who gives it, how many
/// minutes in which time, and from which day. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, IdempotencyKey), request_body = ArrangeProvision, responses(
    (status = 201, description = "Recorded; `id` is the provision.", body = Receipt, example = json!(example::receipt_of_provision()))))]
#[post("/plans/{planId}/provision")]
async fn arrange_provision(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<ArrangeProvision>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ArrangeProvision, key, body, move |tx, body| provision::arrange(tx, plan, body)).await
}

/// Record that provision is due no more
///
/// Because the plan no longer names it, or names another in its place. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<ProvisionId>, IdempotencyKey), request_body = EndProvision, responses(
    (status = 201, description = "Recorded; `id` is the provision.", body = Receipt, example = json!(example::receipt_of_provision()))))]
#[post("/plans/{planId}/provision/{provisionId}/end")]
async fn end_provision(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<ProvisionId>,
    key: IdempotencyKey,
    body: ValidJson<EndProvision>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ArrangeProvision, key, body, move |tx, body| provision::end(tx, plan, id, body)).await
}

/// Report that provision is delivered
///
/// That it was delivered on a day, as whoever sees it says; a time without it that goes on ends the day before. For case workers, the
/// school and the family.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<ProvisionId>, IdempotencyKey), request_body = ReportDelivered, responses(
    (status = 201, description = "Recorded; `id` is the entry.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/provision/{provisionId}/deliveries")]
async fn report_delivered(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<ProvisionId>,
    key: IdempotencyKey,
    body: ValidJson<ReportDelivered>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ReportDelivery, key, body, move |tx, body| provision::report_delivered(tx, plan, id, body)).await
}

/// Report that provision is not delivered
///
/// From when to when, or still; in whole or in part; and why, as far as is known. Times of one piece of provision do not overlap: what is
/// reported already is not reported again. For case workers, the school and the family.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<ProvisionId>, IdempotencyKey), request_body = ReportUndelivered, responses(
    (status = 201, description = "Recorded; `id` is the time without it, a shortfall.", body = Receipt,
     example = json!(example::receipt_of_shortfall()))))]
#[post("/plans/{planId}/provision/{provisionId}/shortfalls")]
async fn report_undelivered(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<ProvisionId>,
    key: IdempotencyKey,
    body: ValidJson<ReportUndelivered>,
) -> Result<Recorded, Problem> {
    asker.record(Action::ReportDelivery, key, body, move |tx, body| provision::report_undelivered(tx, plan, id, body)).await
}

/// Record how undelivered provision was made good
///
/// What was missed was given later, or by somebody else, or the family was paid for it. For case workers.
#[utoipa::path(tag = "plans", params(PathId<PlanId>, PathId<ProvisionId>, PathId<ShortfallId>, IdempotencyKey), request_body = RemedyShortfall, responses(
    (status = 201, description = "Recorded; `id` is the shortfall.", body = Receipt, example = json!(example::receipt_of_shortfall()))))]
#[post("/plans/{planId}/provision/{provisionId}/shortfalls/{shortfallId}/remedy")]
async fn remedy_shortfall(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(id): PathId<ProvisionId>,
    PathId(shortfall): PathId<ShortfallId>,
    key: IdempotencyKey,
    body: ValidJson<RemedyShortfall>,
) -> Result<Recorded, Problem> {
    let remedy = move |tx: &mut Tx<'_>, body: &_| provision::remedy(tx, plan, (id, shortfall), body);
    asker.record(Action::RemedyProvision, key, body, remedy).await
}

/// Which shortfalls.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListShortfalls {
    /// `false`: only those that were not made good; `true`: only those that were.
    remedied: Option<bool>,
    /// Only of provision of this kind.
    #[param(inline)]
    kind: Option<ProvisionKind>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List provision that was not delivered
///
/// Over all plans, the longest ago first: which children go, or went, without what their plans say. `?remedied=false` is what is still to
/// be made good. Staff see that of their authority, a school that of its pupils, a family its own.
#[utoipa::path(tag = "plans", params(ListShortfalls), responses(
    (status = 200, description = "A page of shortfalls.", body = Page<ShortfallLine>,
     example = json!(example::page(example::shortfall_line())))))]
#[get("/shortfalls")]
async fn list_shortfalls(asker: Asker, ValidQuery(query): ValidQuery<ListShortfalls>) -> Result<Page<ShortfallLine>, Problem> {
    let ListShortfalls { remedied, kind, limit, cursor } = query;
    let after: Option<(NaiveDate, ShortfallId)> = cursor.map(|cursor| cursor.key("shortfalls")).transpose()?;
    let list = move |tx: &mut Tx<'_>| provision::shortfalls(tx, (remedied, kind), after, limit.rows_to_read());
    let rows = asker.read(Ask::SeePlans, list).await?;
    Ok(Page::of("shortfalls", limit, rows, |shortfall| (shortfall.from, shortfall.id)))
}
