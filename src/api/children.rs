//! `/v1/children`: the children and young people themselves, and finding them.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::etag::{Conditional, Etag, VersionRead};
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Whole};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use super::unmatched::unmatched;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, ChildId};
use crate::service::Receipt;
use crate::service::children::{self, ChildLine, ChildView, RegisterChild, SearchChildren};
use crate::service::duplicates::{self, TellApart};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_children).service(register_child).service(search_children);
    // `search` is nobody's id: other methods are told which one its path answers.
    cfg.route("/children/search", web::to(unmatched));
    cfg.service(show_child).service(change_identity).service(tell_apart);
}

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListChildren {
    /// Only children of whom anything was recorded, or who came into sight, since then: what `since` of the answer before said, or an
    /// instant (`2026-02-01T09:30:00Z`) to begin with.
    #[param(inline)]
    since: Option<SinceWhen>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List children
///
/// The children and young people the caller may see, in the order they were first registered: staff those of their authority, a
/// school its pupils, a family its own, an advice giver those it was asked about. To find one by name, search. With `since` a system of
/// your own keeps in step, as with the list of cases.
#[utoipa::path(tag = "children", params(ListChildren), responses(
    (status = 200, description = "A page of children.", body = Changes<ChildLine>,
     example = json!(example::changes(example::child_line())))))]
#[get("/children")]
async fn list_children(asker: Asker, ValidQuery(query): ValidQuery<ListChildren>) -> Result<Changes<ChildLine>, Problem> {
    let ListChildren { since, limit, cursor } = query;
    let (after, since) = begins("children", since, cursor)?;
    let list = move |tx: &mut Tx<'_>| children::list(tx, after, limit.rows_to_read(), since);
    let (mark, known, rows) = asker.read(Ask::SeeChildren, list).await?;
    Ok(Changes::of("children", limit, rows, mark, known, |child| child.id))
}

/// Register a child
///
/// Opens a file for a child or young person without a request, for example before an import. A request opens one by itself. For
/// case workers.
#[utoipa::path(tag = "children", params(IdempotencyKey), request_body = RegisterChild, responses(
    (status = 201, description = "Registered; `id` is the child.", body = Receipt,
     headers(("Location" = String, description = "The child.")), example = json!(example::receipt_without_case()))))]
#[post("/children")]
async fn register_child(asker: Asker, key: IdempotencyKey, body: ValidJson<RegisterChild>) -> Result<Recorded, Problem> {
    let recorded = asker.record(Ask::KeepChildren, key, body, children::register).await?;
    Ok(recorded.at(|receipt| format!("/v1/children/{}", receipt.id)))
}

/// Find children by name, date of birth or UPN
///
/// A POST, so that no name stands in a URL or a log. Everything sent must match; names match from their beginning, in any case.
/// At most fifty, by name; among the children the caller may see.
#[utoipa::path(tag = "children", request_body = SearchChildren, responses(
    (status = 200, description = "Who matches.", body = Whole<ChildLine>,
     example = json!(example::whole(example::child_line())))))]
#[post("/children/search")]
async fn search_children(asker: Asker, body: ValidJson<SearchChildren>) -> Result<web::Json<Whole<ChildLine>>, Problem> {
    let wanted = body.into_inner();
    let data = asker.read(Ask::SeeChildren, move |tx| children::search(tx, &wanted)).await?;
    Ok(web::Json(Whole { data }))
}

/// Show a child
///
/// Who they are, as the national return asks for it, with their cases and plans. `identity` is null once it was erased; what was
/// recorded of them stays, without naming them.
#[utoipa::path(tag = "children", params(PathId<ChildId>, Conditional), responses(
    (status = 200, description = "The child.", body = ChildView, example = json!(example::child()))))]
#[get("/children/{childId}")]
async fn show_child(asker: Asker, PathId(id): PathId<ChildId>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let child = asker.read(Ask::SeeChildren, move |tx| children::show(tx, id)).await?;
    Ok(Etag::shown(child.version, asker.today(), asker.caller()).answer(&req, |response| response.json(child)))
}

/// Set a child's identity
///
/// Sends the whole identity anew; what it was stays beside the entry that said so. Identifiers are checked by their own rules
/// (the check letter of a UPN, the check digit of a ULN). For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, VersionRead), request_body = RegisterChild, responses(
    (status = 200, description = "Set; `id` is the child.", body = Receipt, example = json!(example::receipt_without_case()))))]
#[put("/children/{childId}/identity")]
async fn change_identity(
    asker: Asker,
    PathId(id): PathId<ChildId>,
    read: VersionRead,
    body: ValidJson<RegisterChild>,
) -> Result<web::Json<Receipt>, Problem> {
    asker.set(Ask::KeepChildren, body, move |tx, body| children::change_identity(tx, id, body, read.versions())).await
}

/// Tell two children apart
///
/// Twins, or namesakes, look alike on file: the same date of birth, nearly the same names. Records in both files that they are two,
/// with the reason; `possibleDuplicates` then shows neither for the other. Opens, closes and merges nothing. For case workers.
#[utoipa::path(tag = "children", params(PathId<ChildId>, IdempotencyKey), request_body = TellApart, responses(
    (status = 201, description = "Told apart; `id` is the entry.", body = Receipt,
     example = json!(example::receipt_without_case()))))]
#[post("/children/{childId}/told-apart")]
async fn tell_apart(
    asker: Asker,
    PathId(id): PathId<ChildId>,
    key: IdempotencyKey,
    body: ValidJson<TellApart>,
) -> Result<Recorded, Problem> {
    asker.record(Action::TellApart, key, body, move |tx, body| duplicates::tell_apart(tx, id, body)).await
}
