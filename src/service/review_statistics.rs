//! Managers' questions about reviews: held, late and outstanding as the Department counts them, and what was looked at in them.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::statistics::percentage;
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::ADULTHOOD_FROM_YEAR;
use crate::store::review_statistics::{self, LastRow, Year};

/// The reviews of a calendar year. The Department asks in January: for its figures of 2026 ask for `year=2026` with `asOf` the day of the
/// return.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewStatistics {
    /// The calendar year.
    #[schema(example = 2026)]
    pub year: i32,
    /// Plans in force.
    pub plans: i64,
    /// Of these, made before the year: a review is expected of them.
    pub expected: i64,
    /// Of these, made in it or since.
    pub not_expected: i64,
    /// Of the expected, when the last review meeting was held.
    pub meetings: LastMeetings,
    /// Of these meetings, what became of the decision.
    pub decisions: LastDecisions,
    /// What the decisions were.
    pub outcomes: LastOutcomes,
    /// Within twelve months: the decision, by which each review is concluded.
    pub twelve_months: TwelveMonths,
    /// What was looked at in the reviews held in the year.
    pub looked_at: LookedAt,
    /// What the answer was computed from.
    pub known: Known,
}

/// When the last review meeting of each plan was held.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastMeetings {
    /// Since the year.
    pub after_the_year: i64,
    /// In the year.
    pub in_the_year: i64,
    /// Before it.
    pub before_the_year: i64,
    /// These three.
    pub total: i64,
    /// No meeting was ever held.
    pub none: i64,
}

/// What became of the decision after each of these meetings.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastDecisions {
    /// Notified since the year.
    pub after_the_year: i64,
    /// Notified in the year.
    pub in_the_year: i64,
    /// Notified before it.
    pub before_the_year: i64,
    /// Not notified, and four weeks from the meeting are not over.
    pub not_due: i64,
    /// Not notified, and they are.
    pub outstanding: i64,
    /// Of those notified, within four weeks of the meeting.
    pub within_four_weeks: i64,
    /// Later.
    pub later: i64,
    /// Within four weeks as a percentage of all notified; null when there was none.
    pub percentage_within_four_weeks: Option<f64>,
    /// Later as a percentage of all notified.
    pub percentage_later: Option<f64>,
}

/// What was decided after each of these meetings.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastOutcomes {
    /// To maintain the plan as it is.
    pub maintain: i64,
    /// To amend it.
    pub amend: i64,
    /// To cease it.
    pub cease: i64,
    /// Nothing is notified yet.
    pub none: i64,
}

/// How the twelve months of plans ended (Children and Families Act 2014, s. 44(1)).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TwelveMonths {
    /// Reviews concluded in the year within the twelve months.
    pub in_time: i64,
    /// Concluded in the year, after them.
    pub late: i64,
    /// Plans of which the twelve months are over and no review is concluded, on the day that is counted.
    pub overdue: i64,
}

/// What was looked at in the reviews held in the year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LookedAt {
    /// Reviews held.
    pub held: i64,
    /// Of these, with a report.
    pub reported: i64,
    /// Of children and young people in Year 9 or above.
    pub from_year_9: i64,
    /// Of these, where the report tells what was considered to prepare for adulthood.
    pub adulthood_considered: i64,
    /// The same as a percentage; null when there was no such review.
    #[schema(example = 92.5)]
    pub percentage_adulthood_considered: Option<f64>,
    /// Of those held, where it is told whether the child or young person had part.
    pub involvement_told: i64,
    /// Of these, where they had.
    pub child_took_part: i64,
}

/// The reviews of a calendar year, of this one unless told.
///
/// # Errors
/// [`Error::Invalid`] for a year before there were plans, or to come.
pub fn reviews(tx: &mut Tx<'_>, year: Option<i32>, as_of: Option<AsOf>) -> Result<ReviewStatistics, Error> {
    let known = Known::at(tx, as_of)?;
    let year = year.unwrap_or(known.today.year());
    if !(2014..=known.today.year()).contains(&year) {
        return Err(wrong("?year", "no_such_year", "Is no year from 2014 to this one."));
    }
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(known.today);
    let asked = Year { from: day(1, 1), to: day(12, 31), on: known.today };
    let last = review_statistics::last_of_each_plan(tx, asked, known.position)?;
    let months = review_statistics::twelve_months(tx, asked, known.position)?;
    let seen = review_statistics::looked_at(tx, asked, ADULTHOOD_FROM_YEAR.0, known.position)?;
    Ok(ReviewStatistics {
        year,
        plans: last.plans,
        expected: last.expected,
        not_expected: last.plans - last.expected,
        meetings: meetings(&last),
        decisions: decisions(&last),
        outcomes: LastOutcomes {
            maintain: last.maintain,
            amend: last.amend,
            cease: last.cease,
            none: last.not_due + last.outstanding,
        },
        twelve_months: TwelveMonths { in_time: months.in_time, late: months.late, overdue: months.overdue },
        looked_at: LookedAt {
            held: seen.held,
            reported: seen.reported,
            from_year_9: seen.from_year_9,
            adulthood_considered: seen.adulthood,
            percentage_adulthood_considered: percentage(seen.adulthood, seen.from_year_9),
            involvement_told: seen.part_told,
            child_took_part: seen.took_part,
        },
        known,
    })
}

fn meetings(last: &LastRow) -> LastMeetings {
    let total = last.held_after + last.held_in + last.held_before;
    LastMeetings {
        after_the_year: last.held_after,
        in_the_year: last.held_in,
        before_the_year: last.held_before,
        total,
        none: last.expected - total,
    }
}

fn decisions(last: &LastRow) -> LastDecisions {
    let notified = last.decided_after + last.decided_in + last.decided_before;
    LastDecisions {
        after_the_year: last.decided_after,
        in_the_year: last.decided_in,
        before_the_year: last.decided_before,
        not_due: last.not_due,
        outstanding: last.outstanding,
        within_four_weeks: last.in_four_weeks,
        later: notified - last.in_four_weeks,
        percentage_within_four_weeks: percentage(last.in_four_weeks, notified),
        percentage_later: percentage(notified - last.in_four_weeks, notified),
    }
}
