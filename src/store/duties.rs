//! Duties: what the law asks in a case, as last computed.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, known, scoped};
use crate::db::{Error, Tx};
use crate::law::Deadline;
use crate::record::CaseId;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    deadline: Option<String>,
}

/// The duties of a case as known at a position, the earliest due first; none when there is no such case in scope.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, position: Option<i64>) -> Result<Option<Vec<Deadline>>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT c.child, t.deadline FROM case_view c \
             LEFT JOIN duty_view t ON t.authority = c.authority AND t.case_id = c.case_id AND ",
            known!("t"),
            " WHERE c.authority = $1 AND ",
            in_scope!("c.child"),
            " AND ",
            known!("c"),
            " AND c.case_id = $6 ORDER BY t.due_on, t.rule, t.about, t.starts_on"
        ),
    )
    .bind(position)
    .bind(case.0);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let Some(first) = rows.first() else { return Ok(None) };
    tx.saw(first.child);
    let unreadable = |_| Error::Sql(diesel::result::Error::DeserializationError("a deadline of no known shape".into()));
    rows.into_iter()
        .filter_map(|row| row.deadline)
        .map(|text| serde_json::from_str(&text).map_err(unreadable))
        .collect::<Result<Vec<_>, _>>()
        .map(Some)
}
