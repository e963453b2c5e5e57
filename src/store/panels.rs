//! Panels: meetings and the items of their agendas.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, scoped};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{CaseId, ItemId, MeetingId, person};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = SqlUuid)]
    meeting: Uuid,
    #[diesel(sql_type = Text)]
    panel: String,
    #[diesel(sql_type = Date)]
    meets_on: NaiveDate,
}

/// Meetings the caller may know of, the latest first, before a day and id.
pub fn list(
    tx: &mut Tx<'_>,
    before: Option<(NaiveDate, MeetingId)>,
    limit: i64,
) -> Result<Vec<(MeetingId, String, NaiveDate)>, Error> {
    let member = person(&tx.permit().caller().subject);
    let query = scoped(
        tx,
        "SELECT m.meeting, m.panel, m.meets_on FROM meeting_view m \
         WHERE m.authority = $1 AND m.known_to IS NULL AND m.meets_on IS NOT NULL AND ($2 OR ($5 = ANY (m.members) \
         AND $3::text[] IS NOT NULL AND $4::date IS NOT NULL)) \
         AND ($6::date IS NULL OR (m.meets_on, m.meeting) < ($6, $7)) ORDER BY m.meets_on DESC, m.meeting DESC LIMIT $8",
    )
    .bind(member)
    .bind(before.map(|(on, _)| on))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<Line>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (MeetingId(row.meeting), row.panel, row.meets_on)).collect())
}

#[derive(QueryableByName)]
struct Recommended {
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
    #[diesel(sql_type = Bool)]
    recommended: bool,
}

/// The case an item is about, and whether the panel made its recommendation.
pub fn recommendation(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<(CaseId, bool)>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT i.case_id, i.recommendation IS NOT NULL AS recommended FROM item_view i WHERE i.authority = $1 \
             AND i.known_to IS NULL AND ",
            in_scope!("i.child"),
            " AND i.item = $5"
        ),
    )
    .bind(item.0);
    let row = query.get_result::<Recommended>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| (CaseId(row.case_id), row.recommended)))
}

/// Locks a meeting, so that nothing else is added to it until this transaction ends. Children's files are locked before it.
pub fn lock(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<(), Error> {
    // A meeting has no row of its own to lock; its id does as well.
    let done =
        statement("SELECT pg_advisory_xact_lock(hashtextextended('meeting ' || $1::text, 0))").bind(meeting.0).execute(tx.conn());
    tx.sql(done).map(drop)
}
