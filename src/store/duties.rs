//! Duties: what the law asks in a case, as last computed.

use chrono::NaiveDate;
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use super::scope::{in_scope, known_at, now, scoped, then};
use crate::db::{Error, Tx};
use crate::record::CaseId;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    deadline: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<String>,
}

/// The duties of a case as known at a position and standing on a day, the earliest due first, each as the law module wrote it
/// out; none when there is no such case in scope.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, position: Option<i64>, today: NaiveDate) -> Result<Option<Vec<Value>>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT c.child, t.deadline, CASE WHEN $7 < t.changes_on THEN t.state_until ELSE t.state_from END AS state FROM case_view c \
                 LEFT JOIN duty_view t ON t.authority = c.authority AND t.case_id = c.case_id AND ",
                $known!("t"),
                " WHERE c.authority = $1 AND ",
                in_scope!("c.child"),
                " AND ",
                $known!("c"),
                " AND c.case_id = $6 ORDER BY t.due_on, t.rule, t.about, t.starts_on"
            )
        };
    }
    let query = scoped(tx, known_at!(position, sql)).bind(position).bind(case.0).bind(today);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let Some(first) = rows.first() else { return Ok(None) };
    tx.saw(first.child);
    let unreadable = |_| Error::Sql(diesel::result::Error::DeserializationError("a deadline of no known shape".into()));
    let mut deadlines = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(deadline), Some(state)) = (row.deadline, row.state) {
            let mut deadline: Value = serde_json::from_str(&deadline).map_err(unreadable)?;
            deadline["state"] = Value::String(state);
            deadlines.push(deadline);
        }
    }
    Ok(Some(deadlines))
}
