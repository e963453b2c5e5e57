//! Reviews, counted: the last of each plan as the Department counts them, the twelve months, and what was looked at in a year's reviews.

use chrono::NaiveDate;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::{all_in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};

/// The year that is counted, and the day it is counted on.
#[derive(Debug, Clone, Copy)]
pub struct Year {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The day on which it is counted.
    pub on: NaiveDate,
}

/// The last review of each plan in force.
#[derive(QueryableByName)]
pub struct LastRow {
    /// Plans.
    #[diesel(sql_type = BigInt)]
    pub plans: i64,
    /// Of these, made before the year: a review is expected.
    #[diesel(sql_type = BigInt)]
    pub expected: i64,
    /// Of the expected, last met about after the year.
    #[diesel(sql_type = BigInt)]
    pub held_after: i64,
    /// In the year.
    #[diesel(sql_type = BigInt)]
    pub held_in: i64,
    /// Before it.
    #[diesel(sql_type = BigInt)]
    pub held_before: i64,
    /// Decided after the year.
    #[diesel(sql_type = BigInt)]
    pub decided_after: i64,
    /// In the year.
    #[diesel(sql_type = BigInt)]
    pub decided_in: i64,
    /// Before it.
    #[diesel(sql_type = BigInt)]
    pub decided_before: i64,
    /// Held, not decided, and the four weeks are not over.
    #[diesel(sql_type = BigInt)]
    pub not_due: i64,
    /// Held, not decided, and the four weeks are over.
    #[diesel(sql_type = BigInt)]
    pub outstanding: i64,
    /// Decided to maintain.
    #[diesel(sql_type = BigInt)]
    pub maintain: i64,
    /// To amend.
    #[diesel(sql_type = BigInt)]
    pub amend: i64,
    /// To cease.
    #[diesel(sql_type = BigInt)]
    pub cease: i64,
    /// Decided within four weeks of the meeting.
    #[diesel(sql_type = BigInt)]
    pub in_four_weeks: i64,
}

/// The last review of each plan in force.
pub fn last_of_each_plan(tx: &mut Tx<'_>, year: Year, position: Option<i64>) -> Result<LastRow, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH last AS (SELECT DISTINCT ON (r.plan) r.plan, r.held_on, r.outcome, r.notified_on FROM review_view r \
                 WHERE r.authority = $1 AND ",
                $known!("r"),
                " ORDER BY r.plan, r.held_on DESC, r.review), \
                 counted AS (SELECT p.made_on < $6 AS expected, l.held_on, l.outcome, l.notified_on FROM plan_view p \
                 LEFT JOIN last l ON l.plan = p.plan WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.maintained_from <= $8 AND (p.ceased_on IS NULL OR p.ceased_on > $8)) \
                 SELECT count(*) AS plans, count(*) FILTER (WHERE expected) AS expected, \
                 count(*) FILTER (WHERE expected AND held_on > $7) AS held_after, \
                 count(*) FILTER (WHERE expected AND held_on BETWEEN $6 AND $7) AS held_in, \
                 count(*) FILTER (WHERE expected AND held_on < $6) AS held_before, \
                 count(*) FILTER (WHERE expected AND notified_on > $7) AS decided_after, \
                 count(*) FILTER (WHERE expected AND notified_on BETWEEN $6 AND $7) AS decided_in, \
                 count(*) FILTER (WHERE expected AND notified_on < $6) AS decided_before, \
                 count(*) FILTER (WHERE expected AND notified_on IS NULL AND $8 - held_on <= 28) AS not_due, \
                 count(*) FILTER (WHERE expected AND notified_on IS NULL AND $8 - held_on > 28) AS outstanding, \
                 count(*) FILTER (WHERE expected AND notified_on IS NOT NULL AND outcome = 'maintain') AS maintain, \
                 count(*) FILTER (WHERE expected AND notified_on IS NOT NULL AND outcome = 'amend') AS amend, \
                 count(*) FILTER (WHERE expected AND notified_on IS NOT NULL AND outcome = 'cease') AS cease, \
                 count(*) FILTER (WHERE expected AND notified_on - held_on <= 28) AS in_four_weeks FROM counted"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(year.from).bind(year.to).bind(year.on);
    let row = query.get_result(tx.conn());
    tx.sql(row)
}

/// The twelve months.
#[derive(QueryableByName)]
pub struct MonthsRow {
    /// Ended in the year by a decision in time.
    #[diesel(sql_type = BigInt)]
    pub in_time: i64,
    /// By a decision after the twelve months.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    /// Over on the day it is counted, and no decision is told.
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
}

/// The twelve months of each plan, as they ended.
pub fn twelve_months(tx: &mut Tx<'_>, year: Year, position: Option<i64>) -> Result<MonthsRow, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT count(*) FILTER (WHERE t.met_on BETWEEN $6 AND $7 AND t.met_on <= t.due_on) AS in_time, \
                 count(*) FILTER (WHERE t.met_on BETWEEN $6 AND $7 AND t.met_on > t.due_on) AS late, \
                 count(*) FILTER (WHERE t.met_on IS NULL AND NOT t.fell_away AND t.due_on < $8) AS overdue \
                 FROM duty_view t WHERE t.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("t"),
                " AND t.rule = 'D-AR12'"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(year.from).bind(year.to).bind(year.on);
    let row = query.get_result(tx.conn());
    tx.sql(row)
}

/// What was looked at in the reviews of a year.
#[derive(QueryableByName)]
pub struct LookedAtRow {
    /// Reviews held in it.
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    /// Of these, with a report.
    #[diesel(sql_type = BigInt)]
    pub reported: i64,
    /// Of children in Year 9 or above.
    #[diesel(sql_type = BigInt)]
    pub from_year_9: i64,
    /// Of these, where preparation for adulthood was considered.
    #[diesel(sql_type = BigInt)]
    pub adulthood: i64,
    /// Where it is told how the child had part in it.
    #[diesel(sql_type = BigInt)]
    pub part_told: i64,
    /// Where the child had part.
    #[diesel(sql_type = BigInt)]
    pub took_part: i64,
}

/// What was looked at in the reviews of a year, of children in `from_year` or above where that matters.
pub fn looked_at(tx: &mut Tx<'_>, year: Year, from_year: i32, position: Option<i64>) -> Result<LookedAtRow, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT count(*) AS held, count(*) FILTER (WHERE r.reported) AS reported, \
                 count(*) FILTER (WHERE r.year_group >= $8) AS from_year_9, \
                 count(*) FILTER (WHERE r.year_group >= $8 AND r.adulthood) AS adulthood, \
                 count(r.child_took_part) AS part_told, count(*) FILTER (WHERE r.child_took_part) AS took_part \
                 FROM review_view r WHERE r.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("r"),
                " AND r.held_on BETWEEN $6 AND $7"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(year.from).bind(year.to).bind(from_year);
    let row = query.get_result(tx.conn());
    tx.sql(row)
}
