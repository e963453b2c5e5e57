//! `/v1/cases/{caseId}/contacts`: calls, letters, emails and meetings about a case.

use actix_web::{get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::Moment;
use super::page::{Cursor, Limit, Page, PageAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{CaseId, ContactId};
use crate::service::contacts::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_contacts).service(record_contact).service(strike_contact);
}

/// Which part of the list, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListContacts {
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). What may be seen is still
    /// judged now.
    #[param(inline)]
    as_of: Option<Moment>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List the contacts of a case
///
/// The log of calls, letters, emails, meetings and visits: with whom, what was said, and what was agreed with whom and by when; the
/// latest first. Nothing is ever changed in it: what was wrong is replaced by another contact or struck with a reason, and staff
/// still see it, with `replacedBy` or `struck`. Staff see every contact. A member of the family and a setting see those that stand
/// and are shared with them: separated parents do not see each other's. After an adoption nothing from before it is here.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, ListContacts), responses(
    (status = 200, description = "A page of contacts.", body = PageAsOf<ContactView>,
     example = json!(example::page_as_of(example::contact())))))]
#[get("/cases/{caseId}/contacts")]
async fn list_contacts(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    ValidQuery(query): ValidQuery<ListContacts>,
) -> Result<PageAsOf<ContactView>, Problem> {
    let ListContacts { as_of, limit, cursor } = query;
    let before = cursor.map(|cursor| cursor.key("contacts")).transpose()?;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let work = move |tx: &mut crate::db::Tx<'_>| contacts::list(tx, case, before, limit.rows_to_read(), as_of);
    let (known, rows) = asker.read(Ask::SeeContacts, work).await?;
    Ok(Page::of("contacts", limit, rows, |contact: &ContactView| (contact.on, contact.id)).known(known))
}

/// Record a contact
///
/// Writes down a call, letter, email, text message, meeting or visit that took place: with whom, what was said, and what was agreed.
/// What was agreed with a day stands among `/v1/reminders` until it is done. `visibility` says who may read it: staff alone unless
/// told. A contact with `replaces` takes the place of one that was wrong. It is a note and no fact of law: no time limit starts or
/// ends with it, and a request, a decision or advice that came by such a letter or call is recorded as what it is. Nothing is posted
/// or emailed by this call. After a child has died what took place can still be written down. For case workers, decision makers and
/// managers.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, IdempotencyKey), request_body = RecordContact, responses(
    (status = 201, description = "Recorded; `id` is the contact.", body = Logged, example = json!(example::logged()))))]
#[post("/cases/{caseId}/contacts")]
async fn record_contact(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    body: ValidJson<RecordContact>,
) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::RecordContacts, key, body, move |tx, body| contacts::record(tx, case, body)).await
}

/// Strike a contact
///
/// Says that a contact never took place, or belongs to another child. It stays for staff to see, with the reason; nobody else sees it
/// any more, and what was agreed in it reminds nobody. For case workers, decision makers and managers.
#[utoipa::path(tag = "contact", params(PathId<CaseId>, PathId<ContactId>, IdempotencyKey), request_body = StrikeContact, responses(
    (status = 201, description = "Struck; `id` is the contact.", body = Logged, example = json!(example::logged()))))]
#[post("/cases/{caseId}/contacts/{contactId}/strike")]
async fn strike_contact(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(contact): PathId<ContactId>,
    key: IdempotencyKey,
    body: ValidJson<StrikeContact>,
) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::RecordContacts, key, body, move |tx, body| contacts::strike(tx, case, contact, body)).await
}
