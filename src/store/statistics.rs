//! Statistics: counts over the views, by the Department's definitions. No child is shown.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Date, Double, Nullable};
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::{known_at, now, searched, then};
use crate::db::{Error, Tx};

/// A stretch of time to count in, and how it is cut up.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// `year`, `quarter` or `month`.
    pub unit: &'static str,
}

/// New plans of one period by the time they took.
#[derive(QueryableByName)]
pub struct TimelinessRow {
    /// First day of the period.
    #[diesel(sql_type = Date)]
    pub period: NaiveDate,
    /// Plans issued and measured.
    #[diesel(sql_type = BigInt)]
    pub issued: i64,
    /// Of these, within 20 weeks.
    #[diesel(sql_type = BigInt)]
    pub within_20: i64,
    /// Of these, after 20 and within 52 weeks.
    #[diesel(sql_type = BigInt)]
    pub within_52: i64,
    /// Of these, later.
    #[diesel(sql_type = BigInt)]
    pub over_52: i64,
    /// Mean weeks.
    #[diesel(sql_type = Nullable<Double>)]
    pub mean_weeks: Option<f64>,
    /// Median weeks.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_weeks: Option<f64>,
    /// Plans issued and measured, without those an exception excuses.
    #[diesel(sql_type = BigInt)]
    pub issued_ex: i64,
    /// Of these, within 20 weeks.
    #[diesel(sql_type = BigInt)]
    pub within_20_ex: i64,
    /// Of these, after 20 and within 52 weeks.
    #[diesel(sql_type = BigInt)]
    pub within_52_ex: i64,
    /// Of these, later.
    #[diesel(sql_type = BigInt)]
    pub over_52_ex: i64,
    /// Mean weeks.
    #[diesel(sql_type = Nullable<Double>)]
    pub mean_weeks_ex: Option<f64>,
    /// Median weeks.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_weeks_ex: Option<f64>,
    /// Decisions whether to assess of which the family was notified within six weeks.
    #[diesel(sql_type = BigInt)]
    pub decided_within_6: i64,
    /// Such decisions notified later.
    #[diesel(sql_type = BigInt)]
    pub decided_over_6: i64,
    /// Decisions to make no plan notified within sixteen weeks.
    #[diesel(sql_type = BigInt)]
    pub no_plan_within_16: i64,
    /// Such decisions notified later.
    #[diesel(sql_type = BigInt)]
    pub no_plan_over_16: i64,
}

/// New plans by the time they took, and the six and sixteen weeks beside it, by period.
pub fn timeliness(tx: &mut Tx<'_>, window: Window, position: Option<i64>) -> Result<Vec<TimelinessRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
            "WITH cases AS (SELECT c.*, c.final_plan_sent_on - c.received_on AS days, \
             NOT (c.request_mediation OR c.request_tribunal OR c.assessment_mediation OR c.assessment_tribunal) AS uncontested \
             FROM case_view c WHERE c.authority = $1 AND $2 AND ($3::text[] IS NOT NULL AND $4::date IS NOT NULL) AND ",
            $known!("c"),
            "), counted AS ( \
             SELECT final_plan_sent_on AS on_day, 'plan' AS what, days, excepted FROM cases \
             WHERE final_plan_sent_on BETWEEN $6 AND $7 AND uncontested \
             UNION ALL SELECT assessment_notified_on, 'decision', assessment_notified_on - received_on, false FROM cases \
             WHERE assessment_notified_on BETWEEN $6 AND $7 AND received_on IS NOT NULL \
             UNION ALL SELECT plan_notified_on, 'no_plan', plan_notified_on - received_on, false FROM cases \
             WHERE plan_outcome = 'no_plan' AND plan_notified_on BETWEEN $6 AND $7 AND received_on IS NOT NULL) \
             SELECT date_trunc($8, on_day)::date AS period, \
             count(*) FILTER (WHERE what = 'plan') AS issued, \
             count(*) FILTER (WHERE what = 'plan' AND days <= 140) AS within_20, \
             count(*) FILTER (WHERE what = 'plan' AND days > 140 AND days <= 364) AS within_52, \
             count(*) FILTER (WHERE what = 'plan' AND days > 364) AS over_52, \
             (avg(days) FILTER (WHERE what = 'plan') / 7)::double precision AS mean_weeks, \
             (percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE what = 'plan') / 7)::double precision AS median_weeks, \
             count(*) FILTER (WHERE what = 'plan' AND NOT excepted) AS issued_ex, \
             count(*) FILTER (WHERE what = 'plan' AND NOT excepted AND days <= 140) AS within_20_ex, \
             count(*) FILTER (WHERE what = 'plan' AND NOT excepted AND days > 140 AND days <= 364) AS within_52_ex, \
             count(*) FILTER (WHERE what = 'plan' AND NOT excepted AND days > 364) AS over_52_ex, \
             (avg(days) FILTER (WHERE what = 'plan' AND NOT excepted) / 7)::double precision AS mean_weeks_ex, \
             (percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE what = 'plan' AND NOT excepted) / 7)::double precision \
             AS median_weeks_ex, \
             count(*) FILTER (WHERE what = 'decision' AND days <= 42) AS decided_within_6, \
             count(*) FILTER (WHERE what = 'decision' AND days > 42) AS decided_over_6, \
             count(*) FILTER (WHERE what = 'no_plan' AND days <= 112) AS no_plan_within_16, \
             count(*) FILTER (WHERE what = 'no_plan' AND days > 112) AS no_plan_over_16 \
             FROM counted GROUP BY 1 ORDER BY 1"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// Requests received in a period and what had become of them by a day.
#[derive(QueryableByName)]
pub struct RequestsRow {
    /// First day of the period.
    #[diesel(sql_type = Date)]
    pub period: NaiveDate,
    /// Requests received.
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    /// Answered by a decision to assess.
    #[diesel(sql_type = BigInt)]
    pub assessed: i64,
    /// Answered by a refusal.
    #[diesel(sql_type = BigInt)]
    pub refused: i64,
    /// Withdrawn before a decision.
    #[diesel(sql_type = BigInt)]
    pub withdrawn: i64,
    /// Not yet answered.
    #[diesel(sql_type = BigInt)]
    pub undecided: i64,
    /// Followed by mediation about the decision.
    #[diesel(sql_type = BigInt)]
    pub mediation: i64,
    /// Appealed.
    #[diesel(sql_type = BigInt)]
    pub appeal: i64,
    /// Both.
    #[diesel(sql_type = BigInt)]
    pub appeal_after_mediation: i64,
}

/// Requests by the period they were received in, with their outcome as it stood on a day.
pub fn requests(tx: &mut Tx<'_>, window: Window, by: NaiveDate, position: Option<i64>) -> Result<Vec<RequestsRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
            "WITH cases AS (SELECT c.*, CASE WHEN c.assessment_notified_on <= $9 THEN c.assessment_outcome \
             WHEN c.withdrawn_on <= $9 THEN 'withdrawn' ELSE 'undecided' END AS outcome \
             FROM case_view c WHERE c.authority = $1 AND $2 AND ($3::text[] IS NOT NULL AND $4::date IS NOT NULL) AND ",
            $known!("c"),
            " AND c.received_on BETWEEN $6 AND $7) \
             SELECT date_trunc($8, received_on)::date AS period, count(*) AS received, \
             count(*) FILTER (WHERE outcome = 'assess') AS assessed, count(*) FILTER (WHERE outcome = 'refuse') AS refused, \
             count(*) FILTER (WHERE outcome = 'withdrawn') AS withdrawn, \
             count(*) FILTER (WHERE outcome = 'undecided') AS undecided, \
             count(*) FILTER (WHERE request_mediation) AS mediation, count(*) FILTER (WHERE request_tribunal) AS appeal, \
             count(*) FILTER (WHERE request_mediation AND request_tribunal) AS appeal_after_mediation \
             FROM cases GROUP BY 1 ORDER BY 1"
            )
        };
    }
    let query =
        searched(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit).bind(by);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// Assessments completed in a period, by their outcome.
#[derive(QueryableByName)]
pub struct AssessmentsRow {
    /// First day of the period.
    #[diesel(sql_type = Date)]
    pub period: NaiveDate,
    /// Assessments completed.
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
    /// Ended by a plan.
    #[diesel(sql_type = BigInt)]
    pub issued: i64,
    /// Ended by a decision to make no plan.
    #[diesel(sql_type = BigInt)]
    pub not_issued: i64,
    /// Withdrawn before either.
    #[diesel(sql_type = BigInt)]
    pub withdrawn: i64,
    /// With mediation about whether there is a plan.
    #[diesel(sql_type = BigInt)]
    pub mediation: i64,
    /// With an appeal about whether there is a plan.
    #[diesel(sql_type = BigInt)]
    pub appeal: i64,
    /// With both.
    #[diesel(sql_type = BigInt)]
    pub appeal_after_mediation: i64,
    /// With mediation about anything else but the decision to assess.
    #[diesel(sql_type = BigInt)]
    pub other_mediation: i64,
    /// With an appeal about anything else but the decision to assess.
    #[diesel(sql_type = BigInt)]
    pub other_appeal: i64,
    /// With both.
    #[diesel(sql_type = BigInt)]
    pub other_appeal_after_mediation: i64,
}

/// Assessments by the period they were completed in.
///
/// Each outcome counts on its own day (special educational needs survey, items 3.1 and 3.2): a plan when it was sent, a refusal of
/// one when the family was notified, a withdrawal that came before either. An outcome that is reversed stays in its period, and
/// the plan that follows is an outcome of its own.
pub fn assessments(tx: &mut Tx<'_>, window: Window, position: Option<i64>) -> Result<Vec<AssessmentsRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH cases AS (SELECT c.*, coalesce(p.other_mediation, false) AS other_mediation, \
             coalesce(p.other_tribunal, false) AS other_tribunal \
             FROM case_view c LEFT JOIN plan_view p ON p.authority = c.authority AND p.plan = c.plan AND ",
                $known!("p"),
                " WHERE c.authority = $1 AND $2 AND ($3::text[] IS NOT NULL AND $4::date IS NOT NULL) AND ",
                $known!("c"),
                "), outcomes AS ( \
             SELECT c.final_plan_sent_on AS on_day, 'issued' AS what, c.* FROM cases c WHERE c.final_plan_sent_on BETWEEN $6 AND $7 \
             UNION ALL SELECT c.plan_notified_on, 'not_issued', c.* FROM cases c \
             WHERE c.plan_outcome = 'no_plan' AND c.plan_notified_on BETWEEN $6 AND $7 \
             UNION ALL SELECT c.withdrawn_on, 'withdrawn', c.* FROM cases c \
             WHERE c.withdrawn_on BETWEEN $6 AND $7 AND c.assessment_outcome = 'assess' AND c.assessment_notified_on IS NOT NULL \
             AND c.final_plan_sent_on IS NULL AND c.plan_outcome IS DISTINCT FROM 'no_plan') \
             SELECT date_trunc($8, on_day)::date AS period, count(*) AS completed, \
             count(*) FILTER (WHERE what = 'issued') AS issued, count(*) FILTER (WHERE what = 'not_issued') AS not_issued, \
             count(*) FILTER (WHERE what = 'withdrawn') AS withdrawn, \
             count(*) FILTER (WHERE assessment_mediation) AS mediation, count(*) FILTER (WHERE assessment_tribunal) AS appeal, \
             count(*) FILTER (WHERE assessment_mediation AND assessment_tribunal) AS appeal_after_mediation, \
             count(*) FILTER (WHERE other_mediation) AS other_mediation, count(*) FILTER (WHERE other_tribunal) AS other_appeal, \
             count(*) FILTER (WHERE other_mediation AND other_tribunal) AS other_appeal_after_mediation \
             FROM outcomes GROUP BY 1 ORDER BY 1"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
