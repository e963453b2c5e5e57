//! The plans in force on a day, each with what they are counted by, and how many ceased. No child is shown.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::children;
use super::scope::{all_in_scope, known_at, now, scoped, searched, then};
use super::statistics::Window;
use crate::db::{Error, Tx};
use crate::record::Identity;

/// One plan.
#[derive(QueryableByName)]
pub struct Held {
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    /// The year groups that were set for the child beside their age, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    pub year_groups: Option<String>,
    /// What kind of place the child has, by name; none where no placement is on record.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// What the setting is in law, by name: that of the placement, or else that which the plan names.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_type: Option<String>,
    /// The ages that setting teaches, by name.
    #[diesel(sql_type = Nullable<Text>)]
    pub phase: Option<String>,
    /// The form of the plan's section I, by name.
    #[diesel(sql_type = Text)]
    pub names: String,
}

impl Held {
    /// Who the child is.
    pub fn identity(&self) -> Option<Identity> {
        children::identity(self.content.as_deref())
    }
}

/// Every plan that the authority maintains on a day: made, and neither ceased nor another authority's.
pub fn held(tx: &mut Tx<'_>, on: NaiveDate, position: Option<i64>) -> Result<Vec<Held>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT d.content, i.year_groups, l.kind, s.setting_type, s.phase, p.names FROM plan_view p \
                 JOIN child_view i ON i.authority = p.authority AND i.child = p.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 LEFT JOIN LATERAL (SELECT n.kind, n.setting FROM placement_view n WHERE n.authority = p.authority AND n.child = p.child \
                 AND NOT n.alongside AND n.from_on <= $6 AND (n.last_on IS NULL OR n.last_on >= $6) AND ",
                $known!("n"),
                " ORDER BY n.from_on DESC, n.placement DESC LIMIT 1) l ON true \
                 LEFT JOIN setting s ON s.id = CASE WHEN l.kind IS NULL THEN p.setting ELSE l.setting END \
                 WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.maintained_from <= $6 AND (p.ceased_on IS NULL OR p.ceased_on > $6)"
            )
        };
    }
    let rows = searched(tx, known_at!(position, sql)).bind(position).bind(on).load(tx.conn());
    tx.sql(rows)
}

/// The plans that ceased in one period, by the reason.
#[derive(QueryableByName)]
pub struct CeasedRow {
    /// First day of the period.
    #[diesel(sql_type = Date)]
    pub period: NaiveDate,
    /// All of them.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    /// Reached the maximum age.
    #[diesel(sql_type = BigInt)]
    pub maximum_age: i64,
    /// Needs are met without a plan.
    #[diesel(sql_type = BigInt)]
    pub needs_met: i64,
    /// Moved on to higher education.
    #[diesel(sql_type = BigInt)]
    pub higher_education: i64,
    /// Moved on to paid employment.
    #[diesel(sql_type = BigInt)]
    pub paid_employment: i64,
    /// Transferred to another authority.
    #[diesel(sql_type = BigInt)]
    pub transferred: i64,
    /// No wish to engage any more.
    #[diesel(sql_type = BigInt)]
    pub no_engagement: i64,
    /// Moved outside England.
    #[diesel(sql_type = BigInt)]
    pub left_england: i64,
    /// Died.
    #[diesel(sql_type = BigInt)]
    pub died: i64,
    /// Another reason.
    #[diesel(sql_type = BigInt)]
    pub other: i64,
}

/// The plans that ceased, by the period of the day from which they were not maintained any more.
pub fn ceased(tx: &mut Tx<'_>, window: Window, position: Option<i64>) -> Result<Vec<CeasedRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT date_trunc($8, p.ceased_on)::date AS period, count(*) AS total, \
                 count(*) FILTER (WHERE p.cease_reason = 'maximum_age') AS maximum_age, \
                 count(*) FILTER (WHERE p.cease_reason = 'needs_met') AS needs_met, \
                 count(*) FILTER (WHERE p.cease_reason = 'higher_education') AS higher_education, \
                 count(*) FILTER (WHERE p.cease_reason = 'paid_employment') AS paid_employment, \
                 count(*) FILTER (WHERE p.cease_reason = 'transferred') AS transferred, \
                 count(*) FILTER (WHERE p.cease_reason = 'no_engagement') AS no_engagement, \
                 count(*) FILTER (WHERE p.cease_reason = 'left_england') AS left_england, \
                 count(*) FILTER (WHERE p.cease_reason = 'died') AS died, \
                 count(*) FILTER (WHERE p.cease_reason = 'other') AS other \
                 FROM plan_view p WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.ceased_on BETWEEN $6 AND $7 GROUP BY 1 ORDER BY 1"
            )
        };
    }
    let query = scoped(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
