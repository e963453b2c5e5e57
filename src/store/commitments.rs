//! What the authority is committed to spend in a financial year, by budget and by the agency that bears it.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::{all_in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};

/// One budget's commitment, as far as one agency bears it.
#[derive(QueryableByName)]
pub struct CommitmentRow {
    /// The budget.
    #[diesel(sql_type = Text)]
    pub budget: String,
    /// The agency.
    #[diesel(sql_type = Text)]
    pub agency: String,
    /// For how many children.
    #[diesel(sql_type = BigInt)]
    pub children: i64,
    /// Whole pounds.
    #[diesel(sql_type = BigInt)]
    pub pounds: i64,
}

/// What is committed from one day to another: of each yearly cost the part that falls on these days.
pub fn between(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate, position: Option<i64>) -> Result<Vec<CommitmentRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT m.budget, m.agency, count(DISTINCT m.child) AS children, \
                 round(sum(m.yearly_cost * m.percent / 100.0 * (least(coalesce(m.last_on, $7), $7) - greatest(m.from_on, $6) + 1) \
                 / ($7 - $6 + 1)))::bigint AS pounds FROM commitment_view m WHERE m.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("m"),
                " AND m.from_on <= $7 AND (m.last_on IS NULL OR m.last_on >= $6) GROUP BY m.budget, m.agency ORDER BY m.budget, m.agency"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(from).bind(to);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
