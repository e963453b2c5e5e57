//! `/v1/reminders`: what a member of staff is to think of on a day.

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
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::{CaseId, ReminderId, StaffId};
use crate::service::contacts::Logged;
use crate::service::reminders::{self, *};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_reminders).service(make_reminder).service(mark_reminder_done);
}

/// Which reminders, in which part of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListReminders {
    /// Those of this colleague, by their id in `/v1/staff`; the caller's own unless told.
    #[param(inline)]
    staff: Option<StaffId>,
    /// Only of this case.
    #[param(inline)]
    case: Option<CaseId>,
    /// Only of days before this one.
    due_before: Option<NaiveDate>,
    /// `true`: those that were done, instead of those that are not.
    #[serde(default)]
    done: bool,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List reminders
///
/// What the caller is to think of, by day, what is overdue first: the reminders made for them, and what was agreed in a contact with
/// a day. Of what was agreed, that which a member of staff is to do reminds that person; that which the family, a school or anybody
/// else is to do reminds the case's case worker. What was agreed in a contact that was replaced or struck reminds nobody. They are
/// listed here and sent to nobody. For case workers, decision makers and managers.
#[utoipa::path(tag = "contact", params(ListReminders), responses(
    (status = 200, description = "A page of reminders.", body = Page<ReminderView>,
     example = json!(example::page(example::reminder())))))]
#[get("/reminders")]
async fn list_reminders(asker: Asker, ValidQuery(query): ValidQuery<ListReminders>) -> Result<Page<ReminderView>, Problem> {
    let ListReminders { staff, case, due_before, done, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("reminders")).transpose()?;
    let filter = ReminderFilter { staff, case, due_before, done };
    let rows = asker.read(Ask::KeepReminders, move |tx| reminders::list(tx, &filter, after, limit.rows_to_read())).await?;
    Ok(Page::of("reminders", limit, rows, |reminder: &ReminderView| (reminder.on, reminder.id)))
}

/// Make a reminder
///
/// For the caller or a colleague, of a case, on a day. For case workers, decision makers and managers.
#[utoipa::path(tag = "contact", params(IdempotencyKey), request_body = MakeReminder, responses(
    (status = 201, description = "Made; `id` is the reminder.", body = Logged, example = json!(example::logged()))))]
#[post("/reminders")]
async fn make_reminder(asker: Asker, key: IdempotencyKey, body: ValidJson<MakeReminder>) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::KeepReminders, key, body, reminders::make).await
}

/// Mark a reminder as done
///
/// Also what was agreed in a contact, by its own id. For case workers, decision makers and managers.
#[utoipa::path(tag = "contact", params(PathId<ReminderId>, IdempotencyKey), request_body = MarkDone, responses(
    (status = 201, description = "Done; `id` is the reminder.", body = Logged, example = json!(example::logged()))))]
#[post("/reminders/{reminderId}/done")]
async fn mark_reminder_done(
    asker: Asker,
    PathId(reminder): PathId<ReminderId>,
    key: IdempotencyKey,
    body: ValidJson<MarkDone>,
) -> Result<Recorded<Logged>, Problem> {
    asker.record(Ask::KeepReminders, key, body, move |tx, _| reminders::done(tx, reminder)).await
}
