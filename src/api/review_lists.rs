//! `/v1/review-lists`: what each setting has to review in a term, and that it was told.

use actix_web::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Page};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{Action, Organisation};
use crate::service::reviews::lists::{self, ReviewList, ReviewListsSent, SendReviewLists};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_review_lists).service(send_review_lists);
}

/// Which lists.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListReviewLists {
    /// The first day of the term, as `/v1/terms` has it; the next term to begin unless told.
    term: Option<NaiveDate>,
    /// Only of this setting, by its id in `/v1/settings`.
    #[param(inline)]
    setting: Option<Organisation>,
    /// Lists of a page, one for each setting.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List what each setting has to review in a term
///
/// Two weeks before each term every setting is owed the list of its pupils whose plan has to be reviewed in it (SEND Code of Practice,
/// 9.172). One list for each setting that a plan names: every review whose meeting must be held by the end of the term, so that the
/// authority still has its four weeks to decide before the twelve months end, also those that are overdue; not those whose meeting was
/// held. Staff see those of their authority, a school its own. 400, `no_such_term`, where the term is not known.
#[utoipa::path(tag = "reviews", params(ListReviewLists), responses(
    (status = 200, description = "A page of lists, by setting.", body = Page<ReviewList>,
     example = json!(example::page(example::review_list())))))]
#[get("/review-lists")]
async fn list_review_lists(asker: Asker, ValidQuery(query): ValidQuery<ListReviewLists>) -> Result<Page<ReviewList>, Problem> {
    let ListReviewLists { term, setting, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key::<String>("review-lists")).transpose()?;
    let read = move |tx: &mut crate::db::Tx<'_>| lists::list(tx, term, setting.as_ref(), after.as_deref(), limit.rows_to_read());
    let rows = asker.read(Ask::SeePlans, read).await?;
    Ok(Page::of("review-lists", limit, rows, |list| list.setting.clone()))
}

/// Record that settings were sent their list
///
/// That these settings were sent the list of the reviews they have to hold in a term; how it was sent is yours. For case workers.
#[utoipa::path(tag = "reviews", params(IdempotencyKey), request_body = SendReviewLists, responses(
    (status = 201, description = "Recorded.", body = ReviewListsSent, example = json!(example::review_lists_sent()))))]
#[post("/review-lists/sendings")]
async fn send_review_lists(
    asker: Asker,
    key: IdempotencyKey,
    body: ValidJson<SendReviewLists>,
) -> Result<Recorded<ReviewListsSent>, Problem> {
    asker.record(Action::SendReviewList, key, body, lists::send).await
}
