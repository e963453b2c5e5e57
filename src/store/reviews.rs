//! What the reviews of plans still need: the review itself, its report, the decision.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::children::identity;
use super::scope::{in_scope, scoped};
use crate::db::{Error, Tx};
use crate::record::Identity;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    plan: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    setting: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    next_review: Option<Uuid>,
    #[diesel(sql_type = Nullable<Date>)]
    meets_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    rule: String,
    #[diesel(sql_type = Text)]
    about: String,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The rules of the duties to list.
    pub rules: Vec<&'static str>,
    /// Only plans that name this setting.
    pub setting: Option<String>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due before this day.
    pub due_before: Option<NaiveDate>,
}

/// Where a line stands in the list: the order is total.
pub type Place = (NaiveDate, Uuid, String, String, NaiveDate);

/// A duty about a review that is still owed.
pub struct Line {
    /// The child.
    pub child: Uuid,
    /// Who they are.
    pub identity: Option<Identity>,
    /// The plan.
    pub plan: Uuid,
    /// The setting it names first.
    pub setting: Option<String>,
    /// The review whose day is set.
    pub next_review: Option<Uuid>,
    /// That day.
    pub meets_on: Option<NaiveDate>,
    /// Where it stands in the list: its day, case, rule, what it is about, and the day it began.
    pub place: Place,
}

/// What is still owed on reviews, the earliest first. A row that fills the limit only says that there are more: it is not shown.
pub fn owed(tx: &mut Tx<'_>, wanted: Wanted, after: Option<Place>, limit: i64) -> Result<Vec<Line>, Error> {
    let (due_on, case, rule, about, starts_on) = match after {
        Some((due_on, case, rule, about, starts_on)) => (Some(due_on), Some(case), Some(rule), Some(about), Some(starts_on)),
        None => (None, None, None, None, None),
    };
    let query = scoped(
        tx,
        concat!(
            "SELECT t.child, t.case_id, p.plan, p.setting, p.next_review, p.meets_on, t.rule, t.about, t.starts_on, t.due_on, d.content \
             FROM duty_view t JOIN plan_view p ON p.authority = t.authority AND p.case_id = t.case_id AND p.known_to IS NULL \
             LEFT JOIN child_view i ON i.authority = t.authority AND i.child = t.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
             WHERE t.authority = $1 AND t.known_to IS NULL AND t.met_on IS NULL AND NOT t.fell_away AND t.rule = ANY ($5) AND ",
            in_scope!("t.child"),
            " AND ($6::text IS NULL OR p.setting = $6 OR p.other_setting = $6) \
             AND ($7::date IS NULL OR t.due_on >= $7) AND ($8::date IS NULL OR t.due_on < $8) \
             AND ($9::date IS NULL OR (t.due_on, t.case_id, t.rule, t.about, t.starts_on) > ($9, $10, $11, $12, $13)) \
             ORDER BY t.due_on, t.case_id, t.rule, t.about, t.starts_on LIMIT $14"
        ),
    )
    .bind(wanted.rules.iter().map(|rule| (*rule).to_owned()).collect::<Vec<_>>())
    .bind(wanted.setting)
    .bind(wanted.due_from)
    .bind(wanted.due_before)
    .bind(due_on)
    .bind(case)
    .bind(rule)
    .bind(about)
    .bind(starts_on)
    .bind(limit);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    let line = |row: Row| Line {
        child: row.child,
        identity: identity(row.content.as_deref()),
        plan: row.plan,
        setting: row.setting,
        next_review: row.next_review,
        meets_on: row.meets_on,
        place: (row.due_on, row.case_id, row.rule, row.about, row.starts_on),
    };
    Ok(rows.into_iter().map(line).collect())
}
