//! Which reviews each setting has to hold by a day, and which settings were sent the list of a term.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::children::identity;
use super::scope::{in_scope, searched};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::Identity;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    setting: String,
    #[diesel(sql_type = Nullable<Text>)]
    setting_name: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = SqlUuid)]
    plan: Uuid,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    meets_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// A review that a setting has to hold.
pub struct ToReview {
    /// The setting that the plan names.
    pub setting: String,
    /// Its name, where it is known.
    pub setting_name: Option<String>,
    /// The child.
    pub child: Uuid,
    /// Who they are.
    pub identity: Option<Identity>,
    /// The plan.
    pub plan: Uuid,
    /// The day by which the authority must have decided.
    pub due_on: NaiveDate,
    /// The day that was set for the meeting.
    pub meets_on: Option<NaiveDate>,
}

/// The reviews that end by a day and whose meeting was not held, of a page of settings after one, by setting and day. Whoever is granted
/// children as a setting is told of those at itself.
pub fn to_review(
    tx: &mut Tx<'_>,
    due_by: NaiveDate,
    setting: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<ToReview>, Error> {
    let query = searched(
        tx,
        concat!(
            "WITH owed AS (SELECT t.authority, t.case_id, p.setting, t.child, p.plan, t.due_on, p.meets_on FROM duty_view t \
             JOIN plan_view p ON p.authority = t.authority AND p.case_id = t.case_id AND p.known_to IS NULL \
             WHERE t.authority = $1 AND t.known_to IS NULL AND t.met_on IS NULL AND NOT t.fell_away AND t.rule = 'D-AR12' \
             AND t.due_on <= $5 AND ",
            in_scope!("t.child"),
            " AND ($2 OR p.setting = ANY ($3)) AND p.setting IS NOT NULL AND ($6::text IS NULL OR p.setting = $6) \
             AND NOT EXISTS (SELECT FROM duty_view o WHERE o.authority = t.authority AND o.case_id = t.case_id \
             AND o.rule = 'D-AR-DEC' AND o.known_to IS NULL AND o.met_on IS NULL AND NOT o.fell_away)), \
             page AS (SELECT DISTINCT o.setting FROM owed o WHERE $7::text IS NULL OR o.setting > $7 ORDER BY o.setting LIMIT $8) \
             SELECT o.setting, s.name AS setting_name, o.child, o.plan, o.due_on, o.meets_on, d.content \
             FROM owed o JOIN page USING (setting) LEFT JOIN setting s ON s.id = o.setting \
             LEFT JOIN child_view i ON i.authority = o.authority AND i.child = o.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
             ORDER BY o.setting, o.due_on, o.case_id"
        ),
    )
    .bind(due_by)
    .bind(setting.map(str::to_owned))
    .bind(after.map(str::to_owned))
    .bind(limit);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let row = |row: Row| ToReview {
        setting: row.setting,
        setting_name: row.setting_name,
        child: row.child,
        identity: identity(row.content.as_deref()),
        plan: row.plan,
        due_on: row.due_on,
        meets_on: row.meets_on,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The settings that were sent the list of the term that begins on a day, each with the first day it was sent. For staff alone.
pub fn sent(tx: &mut Tx<'_>, term: NaiveDate) -> Result<Vec<(String, NaiveDate)>, Error> {
    #[derive(QueryableByName)]
    struct Sent {
        #[diesel(sql_type = Text)]
        setting: String,
        #[diesel(sql_type = Date)]
        sent_on: NaiveDate,
    }
    let rows = statement(
        "SELECT x.setting, min(j.occurred_on) AS sent_on FROM journal j \
         CROSS JOIN LATERAL jsonb_array_elements_text(j.body::jsonb #> '{facts,settings}') AS x(setting) \
         WHERE j.authority = $1 AND j.kind = 'review_list_sent' AND j.body::jsonb #>> '{facts,term}' = $2::date::text \
         GROUP BY x.setting",
    )
    .bind(tx.permit().authority().0)
    .bind(term)
    .load::<Sent>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (row.setting, row.sent_on)).collect())
}
