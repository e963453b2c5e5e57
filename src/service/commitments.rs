//! What the authority is committed to spend in a financial year, by budget and by the agency that bears it.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use crate::db::Tx;
use crate::record::{Agency, Budget};
use crate::store::commitments::{self, CommitmentRow};

/// What one agency is to bear of one budget in a financial year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentLine {
    /// The calendar year in which the financial year begins: 2026 is from 1 April 2026 to 31 March 2027.
    #[schema(example = 2026)]
    pub year: i32,
    /// The budget.
    pub budget: Budget,
    /// The agency. Where no shares are recorded, the authority's education service bears it all.
    pub agency: Agency,
    /// For how many children.
    #[schema(example = 42)]
    pub children: i64,
    /// Whole pounds: of each yearly cost the part that falls on the days of the year for which it is committed.
    #[schema(example = 1_008_000)]
    pub pounds: i64,
}

/// What is committed in a financial year, today's unless told.
pub fn in_year(tx: &mut Tx<'_>, year: Option<i32>, as_of: Option<AsOf>) -> Result<(Known, Vec<CommitmentLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let year = year.unwrap_or_else(|| financial_year(known.today));
    let (from, to) = days_of(year);
    let rows = commitments::between(tx, from, to, known.position)?;
    Ok((known, rows.into_iter().filter_map(|row| line(year, &row)).collect()))
}

fn line(year: i32, row: &CommitmentRow) -> Option<CommitmentLine> {
    let agency = serde_json::from_value(row.agency.clone().into()).ok()?;
    Some(CommitmentLine { year, budget: row.budget.parse().ok()?, agency, children: row.children, pounds: row.pounds })
}

/// The financial year of a local authority that holds a day (Local Government Finance Act 1988, s. 145(3)): from 1 April to 31 March.
fn financial_year(day: NaiveDate) -> i32 {
    if day.month() < 4 { day.year() - 1 } else { day.year() }
}

fn days_of(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
    (day(year, 4, 1), day(year + 1, 3, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_begins_on_the_first_of_april() {
        let of = |text: &str| financial_year(text.parse().unwrap());
        assert_eq!((of("2027-03-31"), of("2027-04-01")), (2026, 2027));
        let (from, to) = days_of(2026);
        assert_eq!((from.to_string(), to.to_string()), ("2026-04-01".to_owned(), "2027-03-31".to_owned()));
    }
}
