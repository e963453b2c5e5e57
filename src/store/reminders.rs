//! Reminders: those staff made, and what was agreed in contacts with a day.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Bool, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, scoped};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{CaseId, ChildId, ReminderId, StaffId};

/// A reminder as it is kept.
#[derive(QueryableByName)]
pub struct ReminderRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The case.
    #[diesel(sql_type = SqlUuid)]
    pub case_id: Uuid,
    /// The case's human reference.
    #[diesel(sql_type = Text)]
    pub reference: String,
    /// Whether the child has died.
    #[diesel(sql_type = Bool)]
    pub died: bool,
    /// The day.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// Whom it reminds.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub staff: Option<Uuid>,
    /// The words, or what was agreed, as JSON.
    #[diesel(sql_type = Text)]
    pub content: String,
    /// The contact in which it was agreed.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub contact: Option<Uuid>,
    /// When it was done.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub done_at: Option<DateTime<Utc>>,
    /// The child's identity, beside the record.
    #[diesel(sql_type = Nullable<Text>)]
    pub identity: Option<String>,
}

/// Which reminders.
pub struct Filter {
    /// Whom they remind.
    pub staff: StaffId,
    /// Only of this case.
    pub case: Option<CaseId>,
    /// Only before this day.
    pub due_before: Option<NaiveDate>,
    /// Those that were done instead of those that are not.
    pub done: bool,
}

/// Reminders by day and id, after one. What was agreed with nobody of the staff reminds the case's own case worker. A row that fills
/// the limit only says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<(NaiveDate, ReminderId)>,
    limit: i64,
) -> Result<Vec<ReminderRow>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT r.id, r.child, r.case_id, c.reference, EXISTS (SELECT FROM journal j WHERE j.authority = r.authority \
             AND j.child = r.child AND j.kind = 'child_died' AND NOT EXISTS (SELECT FROM journal x WHERE x.authority = j.authority \
             AND x.child = j.child AND x.corrects = j.id AND x.kind = 'struck')) AS died, r.due_on, r.staff, r.content, r.contact, r.done_at, \
             d.content AS identity FROM (\
             SELECT authority, id, child, case_id, due_on, staff, content, NULL::uuid AS contact, done_at FROM reminder WHERE staff = $5 \
             UNION ALL \
             SELECT a.authority, a.id, a.child, a.case_id, a.due_on, coalesce(a.staff, w.case_worker), a.content, a.contact, a.done_at \
             FROM agreed_action a JOIN contact k ON k.authority = a.authority AND k.id = a.contact \
             AND k.replaced_at IS NULL AND k.struck_at IS NULL \
             JOIN case_view w ON w.authority = a.authority AND w.case_id = a.case_id AND w.known_to IS NULL \
             WHERE a.due_on IS NOT NULL AND coalesce(a.staff, w.case_worker) = $5) r \
             JOIN case_view c ON c.authority = r.authority AND c.case_id = r.case_id AND c.known_to IS NULL \
             LEFT JOIN child_view i ON i.authority = r.authority AND i.child = r.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
             WHERE r.authority = $1 AND ",
            in_scope!("r.child"),
            " AND ($6::uuid IS NULL OR r.case_id = $6) AND ($7::date IS NULL OR r.due_on < $7) AND (r.done_at IS NOT NULL) = $8 \
             AND ($9::date IS NULL OR (r.due_on, r.id) > ($9, $10)) ORDER BY r.due_on, r.id LIMIT $11"
        ),
    )
    .bind(filter.staff.0)
    .bind(filter.case.map(|case| case.0))
    .bind(filter.due_before)
    .bind(filter.done)
    .bind(after.map(|(on, _)| on))
    .bind(after.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<ReminderRow>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// A reminder to be kept.
pub struct NewReminder {
    /// Its id.
    pub id: ReminderId,
    /// The child.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The day.
    pub due_on: NaiveDate,
    /// Whom it reminds.
    pub staff: StaffId,
    /// The words, as JSON.
    pub content: String,
}

/// Keeps a reminder.
pub fn add(tx: &mut Tx<'_>, new: NewReminder) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO reminder (authority, id, child, case_id, due_on, staff, content, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(tx.permit().authority().0)
    .bind(new.id.0)
    .bind(new.child.0)
    .bind(new.case.0)
    .bind(new.due_on)
    .bind(new.staff.0)
    .bind(new.content)
    .bind(tx.permit().caller().subject.clone())
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Whether there is a reminder of this id, and whether it was done.
pub enum Found {
    /// There is none.
    None,
    /// It was done by this call.
    Done,
    /// It had been done before.
    DoneBefore,
}

/// Marks a reminder, or what was agreed in a contact, as done.
pub fn done(tx: &mut Tx<'_>, id: ReminderId) -> Result<Found, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        now: bool,
        #[diesel(sql_type = Bool)]
        there: bool,
    }
    let query = statement(
        "WITH made AS (UPDATE reminder SET done_at = $3, done_by = $4 WHERE authority = $1 AND id = $2 AND done_at IS NULL RETURNING 1), \
         agreed AS (UPDATE agreed_action SET done_at = $3, done_by = $4 WHERE authority = $1 AND id = $2 AND done_at IS NULL RETURNING 1) \
         SELECT EXISTS (SELECT FROM made) OR EXISTS (SELECT FROM agreed) AS now, \
         EXISTS (SELECT FROM reminder WHERE authority = $1 AND id = $2) \
         OR EXISTS (SELECT FROM agreed_action WHERE authority = $1 AND id = $2) AS there",
    )
    .bind(tx.permit().authority().0)
    .bind(id.0)
    .bind(tx.now())
    .bind(tx.permit().caller().subject.clone());
    let row = query.get_result::<Row>(tx.conn());
    let row = tx.sql(row)?;
    Ok(match (row.there, row.now) {
        (false, _) => Found::None,
        (true, true) => Found::Done,
        (true, false) => Found::DoneBefore,
    })
}
