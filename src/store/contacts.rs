//! Contacts: calls, letters, emails and meetings about a case, and what was agreed in them. Rows are added, replaced and struck.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use serde::Serialize;
use uuid::Uuid;

use super::scope::{party_to, scoped};
use super::statement::{Statement, statement};
use crate::db::{Error, Tx};
use crate::record::{CaseId, ChildId, ContactId};

/// A contact as it is kept.
#[derive(QueryableByName)]
pub struct ContactRow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The day.
    #[diesel(sql_type = Date)]
    pub happened_on: NaiveDate,
    /// Who may read it.
    #[diesel(sql_type = Text)]
    pub visibility: String,
    /// By what means, with whom and what was said, as JSON.
    #[diesel(sql_type = Text)]
    pub content: String,
    /// The contact it puts right.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub replaces: Option<Uuid>,
    /// When it was recorded.
    #[diesel(sql_type = Timestamptz)]
    pub recorded_at: DateTime<Utc>,
    /// The member of staff who recorded it, where the directory knows them.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub staff: Option<Uuid>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub staff_name: Option<String>,
    /// The contact that took its place.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub replaced_by: Option<Uuid>,
    /// When it did.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub replaced_at: Option<DateTime<Utc>>,
    /// When it was struck.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub struck_at: Option<DateTime<Utc>>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub struck_why: Option<String>,
    /// What was agreed, as a JSON array of objects with `id`, `dueOn`, `doneAt` and `content`.
    #[diesel(sql_type = Text)]
    pub agreed: String,
}

macro_rules! contacts {
    ($where:literal) => {
        concat!(
            "SELECT c.id, c.child, c.happened_on, c.visibility, c.content, c.replaces, c.recorded_at, s.id AS staff, s.name AS staff_name, \
             c.replaced_by, c.replaced_at, c.struck_at, c.struck_why, \
             (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'dueOn', a.due_on, 'doneAt', a.done_at, 'content', a.content::jsonb) \
             ORDER BY a.place), '[]')::text FROM agreed_action a WHERE a.authority = c.authority AND a.contact = c.id) AS agreed \
             FROM contact c LEFT JOIN staff s ON s.authority = c.authority AND s.subject = c.recorded_by \
             WHERE c.authority = $1 AND ",
            party_to!("c.child", "c.parties"),
            " AND ($2 OR (c.visibility = 'shared' AND c.replaced_at IS NULL AND c.struck_at IS NULL))",
            $where
        )
    };
}

fn load(tx: &mut Tx<'_>, query: Statement, shown: usize) -> Result<Vec<ContactRow>, Error> {
    let rows = query.load::<ContactRow>(tx.conn());
    let rows = tx.sql(rows)?;
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// The contacts of a case that the caller may read, the latest first, before a day and id. A row that fills the limit only says that
/// there are more: it is not shown.
pub fn of_case(
    tx: &mut Tx<'_>,
    case: CaseId,
    recorded_by: DateTime<Utc>,
    before: Option<(NaiveDate, ContactId)>,
    limit: i64,
) -> Result<Vec<ContactRow>, Error> {
    let query = scoped(
        tx,
        contacts!(
            " AND c.case_id = $5 AND c.recorded_at <= $6 AND ($7::date IS NULL OR (c.happened_on, c.id) < ($7, $8)) \
             ORDER BY c.happened_on DESC, c.id DESC LIMIT $9"
        ),
    )
    .bind(case.0)
    .bind(recorded_by)
    .bind(before.map(|(on, _)| on))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    load(tx, query, usize::try_from(limit - 1).unwrap_or_default())
}

/// One contact of a case.
pub fn find(tx: &mut Tx<'_>, case: CaseId, id: ContactId) -> Result<Option<ContactRow>, Error> {
    let query = scoped(tx, contacts!(" AND c.case_id = $5 AND c.id = $6")).bind(case.0).bind(id.0);
    Ok(load(tx, query, 1)?.pop())
}

/// A contact to be kept.
pub struct NewContact {
    /// Its id.
    pub id: ContactId,
    /// The child.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The day.
    pub happened_on: NaiveDate,
    /// Who may read it.
    pub visibility: &'static str,
    /// Who outside the authority reads it.
    pub parties: Vec<String>,
    /// By what means, with whom and what was said, as JSON.
    pub content: String,
    /// The contact it puts right.
    pub replaces: Option<ContactId>,
}

/// Keeps a contact.
pub fn add(tx: &mut Tx<'_>, new: NewContact) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO contact (authority, id, child, case_id, happened_on, visibility, parties, content, replaces, recorded_by, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(tx.permit().authority().0)
    .bind(new.id.0)
    .bind(new.child.0)
    .bind(new.case.0)
    .bind(new.happened_on)
    .bind(new.visibility)
    .bind(new.parties)
    .bind(new.content)
    .bind(new.replaces.map(|id| id.0))
    .bind(tx.permit().caller().subject.clone())
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// What was agreed in a contact, to be kept.
#[derive(Serialize)]
pub struct NewAction {
    /// Its id.
    pub id: Uuid,
    /// Its place among what was agreed.
    pub place: i32,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// The member of staff who does it.
    pub staff: Option<Uuid>,
    /// What, and who does it, as JSON.
    pub content: String,
}

/// Keeps what was agreed in a contact. What the contact it replaces held alike and was done stays done.
pub fn add_actions(tx: &mut Tx<'_>, of: &NewContactKeys, new: &[NewAction]) -> Result<(), Error> {
    let rows = serde_json::to_string(new).map_err(|error| Error::Sql(diesel::result::Error::SerializationError(error.into())))?;
    let done = statement(
        "INSERT INTO agreed_action (authority, id, child, case_id, contact, place, due_on, staff, content, done_at, done_by) \
         SELECT $1, n.id, $2, $3, $4, n.place, n.due_on, n.staff, n.content, was.done_at, was.done_by \
         FROM jsonb_to_recordset($5::jsonb) AS n (id uuid, place integer, due_on date, staff uuid, content text) LEFT JOIN LATERAL \
         (SELECT a.done_at, a.done_by FROM agreed_action a WHERE a.authority = $1 AND a.contact = $6 AND a.content = n.content \
         AND a.due_on IS NOT DISTINCT FROM n.due_on AND a.done_at IS NOT NULL LIMIT 1) was ON true",
    )
    .bind(tx.permit().authority().0)
    .bind(of.child.0)
    .bind(of.case.0)
    .bind(of.id.0)
    .bind(rows)
    .bind(of.replaces.map(|id| id.0))
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Which contact something was agreed in.
pub struct NewContactKeys {
    /// The contact.
    pub id: ContactId,
    /// The child.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The contact it puts right.
    pub replaces: Option<ContactId>,
}

/// Marks a contact as replaced by another; says whether it stood until now.
pub fn replace(tx: &mut Tx<'_>, id: ContactId, by: ContactId) -> Result<bool, Error> {
    let done = statement(
        "UPDATE contact SET replaced_by = $3, replaced_at = $4 \
         WHERE authority = $1 AND id = $2 AND replaced_at IS NULL AND struck_at IS NULL",
    )
    .bind(tx.permit().authority().0)
    .bind(id.0)
    .bind(by.0)
    .bind(tx.now())
    .execute(tx.conn());
    Ok(tx.sql(done)? > 0)
}

/// Strikes a contact; says whether it stood until now.
pub fn strike(tx: &mut Tx<'_>, id: ContactId, why: &str) -> Result<bool, Error> {
    let done = statement(
        "UPDATE contact SET struck_by = $3, struck_at = $4, struck_why = $5 \
         WHERE authority = $1 AND id = $2 AND replaced_at IS NULL AND struck_at IS NULL",
    )
    .bind(tx.permit().authority().0)
    .bind(id.0)
    .bind(tx.permit().caller().subject.clone())
    .bind(tx.now())
    .bind(why)
    .execute(tx.conn());
    Ok(tx.sql(done)? > 0)
}
