//! What the reviews of plans still need: the review itself, its report, the decision.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::changes::{Window, changed};
use super::children::identity;
use super::scope::{in_scope, searched};
use crate::db::{Error, Tx};
use crate::record::Identity;
use crate::record::codes::SettingType;

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
    #[diesel(sql_type = Nullable<Text>)]
    setting_name: Option<String>,
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
    setting_type: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    met_on: Option<NaiveDate>,
    #[diesel(sql_type = Bool)]
    owed: bool,
    #[diesel(sql_type = Bool)]
    under_way: bool,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// How a review stands, as far as the list can be narrowed to it: any of these.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Late.
    pub overdue: bool,
    /// Not late, of a meeting that was not held, and due by this day.
    pub to_hold_by: Option<NaiveDate>,
    /// By what is waited for.
    pub rules: Vec<&'static str>,
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
    /// Only what stands so; all without one.
    pub standing: Option<Standing>,
    /// Only of children of whom something changed in this window, and then also what is owed no longer.
    pub changed: Option<Window>,
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
    /// Its name, where the directory has it.
    pub setting_name: Option<String>,
    /// Its type, where the directory has it.
    pub setting_type: Option<SettingType>,
    /// The day it was done.
    pub met_on: Option<NaiveDate>,
    /// Whether it is still owed.
    pub owed: bool,
    /// Whether a meeting was held of which the decision is awaited.
    pub under_way: bool,
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
    let texts = |rules: &[&'static str]| rules.iter().map(|rule| (*rule).to_owned()).collect::<Vec<_>>();
    let standing = wanted.standing.as_ref();
    let (changed_after, changed_to) = (wanted.changed.map(|window| window.after), wanted.changed.map(|window| window.up_to));
    let query = searched(
        tx,
        concat!(
            "SELECT t.child, t.case_id, p.plan, p.setting, s.name AS setting_name, s.setting_type, p.next_review, p.meets_on, t.rule, t.about, t.starts_on, \
             t.due_on, t.met_on, t.met_on IS NULL AND NOT t.fell_away AS owed, u.under_way, d.content \
             FROM duty_view t JOIN plan_view p ON p.authority = t.authority AND p.case_id = t.case_id AND p.known_to IS NULL \
             CROSS JOIN LATERAL (SELECT t.rule = 'D-AR12' AND EXISTS (SELECT FROM duty_view o WHERE o.authority = t.authority \
             AND o.case_id = t.case_id AND o.rule = 'D-AR-DEC' AND o.known_to IS NULL AND o.met_on IS NULL AND NOT o.fell_away) \
             AS under_way) u LEFT JOIN setting s ON s.id = p.setting \
             LEFT JOIN child_view i ON i.authority = t.authority AND i.child = t.child AND i.known_to IS NULL \
             LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
             WHERE t.authority = $1 AND t.known_to IS NULL AND ($14::bigint IS NOT NULL OR (t.met_on IS NULL AND NOT t.fell_away)) \
             AND t.rule = ANY ($5) AND ",
            in_scope!("t.child"),
            " AND ($6::text IS NULL OR p.setting = $6 OR p.other_setting = $6) \
             AND ($7::date IS NULL OR t.due_on >= $7) AND ($8::date IS NULL OR t.due_on < $8) \
             AND ($9::date IS NULL OR (t.due_on, t.case_id, t.rule, t.about, t.starts_on) > ($9, $10, $11, $12, $13)) AND ",
            changed!("t.child", "$14", "$15", "$16", "$17"),
            " AND ($18 OR (t.met_on IS NULL AND NOT t.fell_away AND (($19 AND t.due_on < $4) OR t.rule = ANY ($21) \
             OR ($20::date IS NOT NULL AND t.rule = 'D-AR12' AND NOT u.under_way AND t.due_on BETWEEN $4 AND $20)))) \
             ORDER BY t.due_on, t.case_id, t.rule, t.about, t.starts_on LIMIT $22"
        ),
    )
    .bind(texts(&wanted.rules))
    .bind(wanted.setting)
    .bind(wanted.due_from)
    .bind(wanted.due_before)
    .bind(due_on)
    .bind(case)
    .bind(rule)
    .bind(about)
    .bind(starts_on)
    .bind(changed_after.map(|(position, _)| position))
    .bind(changed_after.map(|(_, day)| day))
    .bind(changed_to.map(|(position, _)| position))
    .bind(changed_to.map(|(_, day)| day))
    .bind(standing.is_none())
    .bind(standing.is_some_and(|standing| standing.overdue))
    .bind(standing.and_then(|standing| standing.to_hold_by))
    .bind(standing.map(|standing| texts(&standing.rules)).unwrap_or_default())
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
        setting_name: row.setting_name,
        setting_type: row.setting_type.and_then(|code| code.parse().ok()),
        met_on: row.met_on,
        owed: row.owed,
        under_way: row.under_way,
        next_review: row.next_review,
        meets_on: row.meets_on,
        place: (row.due_on, row.case_id, row.rule, row.about, row.starts_on),
    };
    Ok(rows.into_iter().map(line).collect())
}
