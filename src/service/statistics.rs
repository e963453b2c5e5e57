//! Managers' questions about timeliness, answered as the Department defines them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::wrong;
use crate::db::Tx;
use crate::store::statistics::{self, TimelinessRow, Window};

/// How time is cut up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Calendar years, as the Department publishes.
    #[default]
    Year,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
}

impl GroupBy {
    fn unit(self) -> &'static str {
        match self {
            GroupBy::Year => "year",
            GroupBy::Quarter => "quarter",
            GroupBy::Month => "month",
        }
    }
}

/// What to count.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How it is cut up.
    pub group_by: GroupBy,
}

impl Period {
    pub(super) fn window(self) -> Result<Window, Error> {
        if self.to < self.from {
            return Err(wrong("?to", "ends_before_it_begins", "Must not be before from."));
        }
        Ok(Window { from: self.from, to: self.to, unit: self.group_by.unit() })
    }
}

/// New plans by the time from the request to the final plan. Whole days: 140 are within 20 weeks, 364 within a year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TwentyWeeks {
    /// New plans issued in the period. Plans whose request or assessment went to mediation or the Tribunal are not counted;
    /// plans whose request is undated are counted here and in none of the bands.
    #[schema(example = 439)]
    pub issued: i64,
    /// Of these, issued within 20 weeks of the request.
    #[schema(example = 129)]
    pub within_20_weeks: i64,
    /// Of these, after 20 weeks and within 52.
    #[schema(example = 310)]
    pub between_20_and_52_weeks: i64,
    /// Of these, after 52 weeks.
    #[schema(example = 0)]
    pub over_52_weeks: i64,
    /// Within 20 weeks as a percentage of all issued, to one decimal place; null when none was issued.
    #[schema(example = 29.4)]
    pub percentage_within_20_weeks: Option<f64>,
    /// After 20 weeks and within 52 as a percentage of all issued.
    #[schema(example = 70.6)]
    pub percentage_between_20_and_52_weeks: Option<f64>,
    /// After 52 weeks as a percentage of all issued.
    #[schema(example = 0.0)]
    pub percentage_over_52_weeks: Option<f64>,
    /// Mean weeks, to one decimal place.
    pub mean_weeks: Option<f64>,
    /// Median weeks, to one decimal place.
    pub median_weeks: Option<f64>,
}

/// Decisions of a kind, by whether the family was notified in time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InTime {
    /// In time.
    pub in_time: i64,
    /// Later.
    pub later: i64,
    /// In time as a percentage, to one decimal place; null when there was none.
    pub percentage_in_time: Option<f64>,
}

/// Timeliness of one period.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelinessLine {
    /// First day of the period.
    pub period: NaiveDate,
    /// All new plans.
    pub including_exceptions: TwentyWeeks,
    /// The same without plans that a statutory exception excuses, in numerator and denominator both.
    pub excluding_exceptions: TwentyWeeks,
    /// Decisions whether to assess, within six weeks of the request.
    pub assessment_decisions: InTime,
    /// Decisions to make no plan, within sixteen weeks of the request.
    pub no_plan_decisions: InTime,
}

/// The 20-week measure, by period.
pub fn timeliness(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<TimelinessLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = statistics::timeliness(tx, period.window()?, known.position)?;
    Ok((known, rows.iter().map(line).collect()))
}

fn line(row: &TimelinessRow) -> TimelinessLine {
    TimelinessLine {
        period: row.period,
        including_exceptions: TwentyWeeks {
            issued: row.issued,
            within_20_weeks: row.within_20,
            between_20_and_52_weeks: row.within_52,
            over_52_weeks: row.over_52,
            percentage_within_20_weeks: percentage(row.within_20, row.issued),
            percentage_between_20_and_52_weeks: percentage(row.within_52, row.issued),
            percentage_over_52_weeks: percentage(row.over_52, row.issued),
            mean_weeks: row.mean_weeks.map(tenth),
            median_weeks: row.median_weeks.map(tenth),
        },
        excluding_exceptions: TwentyWeeks {
            issued: row.issued_ex,
            within_20_weeks: row.within_20_ex,
            between_20_and_52_weeks: row.within_52_ex,
            over_52_weeks: row.over_52_ex,
            percentage_within_20_weeks: percentage(row.within_20_ex, row.issued_ex),
            percentage_between_20_and_52_weeks: percentage(row.within_52_ex, row.issued_ex),
            percentage_over_52_weeks: percentage(row.over_52_ex, row.issued_ex),
            mean_weeks: row.mean_weeks_ex.map(tenth),
            median_weeks: row.median_weeks_ex.map(tenth),
        },
        assessment_decisions: in_time(row.decided_within_6, row.decided_over_6),
        no_plan_decisions: in_time(row.no_plan_within_16, row.no_plan_over_16),
    }
}

fn in_time(in_time: i64, later: i64) -> InTime {
    InTime { in_time, later, percentage_in_time: percentage(in_time, in_time + later) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of plans are far below 2^52")]
pub(super) fn percentage(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| tenth(part as f64 * 100.0 / whole as f64))
}

/// To one decimal place.
pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Requests of one period.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestsLine {
    /// First day of the period.
    pub period: NaiveDate,
    /// Requests received in it.
    pub received: i64,
    /// Of these, answered by a decision to assess.
    pub assessed: i64,
    /// Of these, answered by a decision not to assess.
    pub refused: i64,
    /// Of these, withdrawn before a decision.
    pub withdrawn: i64,
    /// Of these, not yet answered.
    pub undecided: i64,
    /// Of these, where a mediation meeting about the decision was held.
    pub mediation: i64,
    /// Of these, where the decision was appealed.
    pub appeal: i64,
    /// Of these, where both happened; they are in the two counts before as well.
    pub appeal_after_mediation: i64,
}

/// Requests by the period they were received in; what became of them is counted as it stood on `outcome_by`.
pub fn requests(
    tx: &mut Tx<'_>,
    period: Period,
    outcome_by: Option<NaiveDate>,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<RequestsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = statistics::requests(tx, period.window()?, outcome_by.unwrap_or(known.today), known.position)?;
    let lines = rows.into_iter().map(|row| RequestsLine {
        period: row.period,
        received: row.received,
        assessed: row.assessed,
        refused: row.refused,
        withdrawn: row.withdrawn,
        undecided: row.undecided,
        mediation: row.mediation,
        appeal: row.appeal,
        appeal_after_mediation: row.appeal_after_mediation,
    });
    Ok((known, lines.collect()))
}

/// Assessments of one period.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentsLine {
    /// First day of the period.
    pub period: NaiveDate,
    /// Assessments completed in it. An outcome that was reversed later stays counted, and the plan that followed counts too.
    pub completed: i64,
    /// Of these, ended by a plan.
    pub issued: i64,
    /// Of these, ended by a decision to make no plan.
    pub not_issued: i64,
    /// Of these, withdrawn after the decision to assess and before either.
    pub withdrawn: i64,
    /// Of these, where a mediation meeting was held about whether to make a plan.
    pub mediation: i64,
    /// Of these, where the refusal to make a plan was appealed.
    pub appeal: i64,
    /// Of these, where both happened; they are in the two counts before as well.
    pub appeal_after_mediation: i64,
    /// Of these, where a mediation meeting was held about anything else, such as what the plan says.
    pub other_mediation: i64,
    /// Of these, where anything else was appealed.
    pub other_appeal: i64,
    /// Of these, where both happened about anything else; they are in the two counts before as well.
    pub other_appeal_after_mediation: i64,
}

/// Assessments by the period they were completed in.
pub fn assessments(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<AssessmentsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = statistics::assessments(tx, period.window()?, known.position)?;
    let lines = rows.into_iter().map(|row| AssessmentsLine {
        period: row.period,
        completed: row.completed,
        issued: row.issued,
        not_issued: row.not_issued,
        withdrawn: row.withdrawn,
        mediation: row.mediation,
        appeal: row.appeal,
        appeal_after_mediation: row.appeal_after_mediation,
        other_mediation: row.other_mediation,
        other_appeal: row.other_appeal,
        other_appeal_after_mediation: row.other_appeal_after_mediation,
    });
    Ok((known, lines.collect()))
}
