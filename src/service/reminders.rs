//! Reminders: what a member of staff is to think of on a day, made by hand or agreed in a contact.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contacts::{Logged, read, written};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::children::identity;
use crate::store::reminders::{self, Filter, Found, NewReminder, ReminderRow};
use crate::store::{cases, directory};

/// Makes a reminder.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "case": "0190b0a0-0000-7000-8000-000000000002", "on": "2027-04-27", "words": "Ask the service whether the visit took place."
}))]
pub struct MakeReminder {
    /// The case.
    pub case: CaseId,
    /// The day; today at the earliest.
    pub on: NaiveDate,
    /// What to think of.
    #[schema(min_length = 1, max_length = 2000)]
    pub words: String,
    /// The colleague it is for, as `/v1/staff` has them; the caller unless told.
    pub staff: Option<StaffId>,
}

/// Nothing more is said: what is done is in the path.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct MarkDone {}

/// What a reminder came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// Somebody of the staff made it.
    Made,
    /// It was agreed in a contact.
    Agreed,
}

/// A reminder.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reminder)]
pub struct ReminderView {
    /// Its id.
    pub id: ReminderId,
    /// What it came from.
    pub kind: ReminderKind,
    /// The day.
    pub on: NaiveDate,
    /// Whether the day has passed and it is not done.
    pub overdue: bool,
    /// What to think of, or what was agreed.
    pub words: String,
    /// Who does what was agreed; null for a reminder that was made.
    pub who: Option<Whom>,
    /// The contact in which it was agreed.
    pub contact: Option<ContactId>,
    /// The case.
    pub case: CaseId,
    /// The case's human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The child.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Whether the child has died, so that nobody is rung about it unawares.
    pub child_died: bool,
    /// Whom it reminds.
    pub staff: Option<StaffId>,
    /// When it was marked as done.
    pub done_at: Option<DateTime<Utc>>,
}

/// Which reminders.
#[derive(Debug, Clone, Default)]
pub struct ReminderFilter {
    /// A colleague's instead of the caller's own.
    pub staff: Option<StaffId>,
    /// Only of this case.
    pub case: Option<CaseId>,
    /// Only before this day.
    pub due_before: Option<NaiveDate>,
    /// Those that were done instead of those that are not.
    pub done: bool,
}

/// Reminders by day.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &ReminderFilter,
    after: Option<(NaiveDate, ReminderId)>,
    limit: i64,
) -> Result<Vec<ReminderView>, Error> {
    let staff = match filter.staff {
        Some(staff) => staff,
        None => own_staff(tx, "?staff")?,
    };
    let wanted = Filter { staff, case: filter.case, due_before: filter.due_before, done: filter.done };
    let rows = reminders::list(tx, &wanted, after, limit)?;
    let today = tx.today();
    rows.into_iter().map(|row| view(row, today)).collect()
}

/// Makes a reminder for the caller or a colleague.
pub fn make(tx: &mut Tx<'_>, body: &MakeReminder) -> Result<Logged, Error> {
    if body.on < tx.today() {
        return Err(wrong("/on", "has_passed", "Has passed: nobody can be reminded on it."));
    }
    let words = "Is no case of yours to see.";
    let child = cases::child_of(tx, body.case)?.ok_or_else(|| wrong("/case", "unknown_case", words))?;
    let staff = match body.staff {
        Some(staff) if directory::is_staff(tx, staff)? => staff,
        Some(_) => return Err(wrong("/staff", "unknown_staff", "Is no member of the authority's staff; /v1/staff lists them.")),
        None => own_staff(tx, "/staff")?,
    };
    let id: ReminderId = tx.new_id();
    let content = written(&body.words)?;
    reminders::add(tx, NewReminder { id, child, case: body.case, due_on: body.on, staff, content })?;
    Ok(Logged { id: id.0, recorded_at: tx.now() })
}

/// Marks a reminder, or what was agreed in a contact, as done.
pub fn done(tx: &mut Tx<'_>, id: ReminderId) -> Result<Logged, Error> {
    match reminders::done(tx, id)? {
        Found::None => Err(Error::NotFound("reminder")),
        Found::DoneBefore => {
            let words = "it was marked as done before".to_owned();
            Err(Error::Refused(Refusal { code: "already_recorded", words, citation: None }))
        }
        Found::Done => Ok(Logged { id: id.0, recorded_at: tx.now() }),
    }
}

/// The caller as the directory knows them.
///
/// # Errors
/// [`Error::Invalid`], which names the field that says whose, when the directory does not know the caller.
pub(super) fn own_staff(tx: &mut Tx<'_>, at: &str) -> Result<StaffId, Error> {
    let subject = tx.permit().caller().subject.clone();
    let found = directory::staff_of_subject(tx, &subject)?.map(|(id, _)| id);
    found.ok_or_else(|| {
        wrong(at, "required", "Is needed: the directory of staff does not know the caller, so has nothing of their own.")
    })
}

fn view(row: ReminderRow, today: NaiveDate) -> Result<ReminderView, Error> {
    let (kind, words, who) = match row.contact {
        None => (ReminderKind::Made, read(&row.content)?, None),
        Some(_) => {
            let Agreed { what, who } = read(&row.content)?;
            (ReminderKind::Agreed, what, Some(who))
        }
    };
    let child = identity(row.identity.as_deref());
    Ok(ReminderView {
        id: ReminderId(row.id),
        kind,
        on: row.due_on,
        overdue: row.done_at.is_none() && row.due_on < today,
        words,
        who,
        contact: row.contact.map(ContactId),
        case: CaseId(row.case_id),
        reference: row.reference,
        child: ChildId(row.child),
        given_name: child.as_ref().map(|child| child.given_name.clone()),
        family_name: child.map(|child| child.family_name),
        child_died: row.died,
        staff: row.staff.map(StaffId),
        done_at: row.done_at,
    })
}
