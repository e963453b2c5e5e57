//! Managers' questions about panels: do they help to decide in time, and are like cases decided alike?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::statistics::Period;
use crate::db::Tx;
use crate::store::panel_statistics::{self, ConsistencyRow};

/// The panels of one kind that met in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelsLine {
    /// First day of the period.
    pub period: NaiveDate,
    /// The kind of panel, as `/v1/panel-kinds` has it. Null: panels of this name were convened without one.
    #[schema(example = "ehc-panel")]
    pub kind: Option<String>,
    /// What the panel is called.
    pub panel: String,
    /// Meetings in the period.
    pub meetings: i64,
    /// Items on their agendas.
    pub items: i64,
    /// Of these, deferred.
    pub deferrals: i64,
    /// Why: how often each thing was missing. A deferral can miss several.
    pub missing: BTreeMap<String, i64>,
    /// Items that an officer's decision cites.
    pub decisions: i64,
    /// Of these, decided otherwise than the panel recommended; a decision after a deferral is one.
    pub decisions_that_differ: i64,
    /// Median days from the day a case was put on the agenda to the decision that cites it; null when none does.
    pub median_days_to_decision: Option<f64>,
}

/// How decisions on one question went where the primary need was the same.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsistencyLine {
    /// Which decision: `assess` or `plan`.
    #[schema(example = "assess")]
    pub question: String,
    /// The primary need, by the Department's code. Null: not known.
    #[schema(example = "SLCN")]
    pub need: Option<String>,
    /// Decisions.
    pub decisions: i64,
    /// The percentage of them that each outcome has, to one decimal place.
    pub shares: BTreeMap<String, f64>,
}

/// Panels by the period they met in and by their kind.
pub fn panels(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<PanelsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = panel_statistics::panels(tx, period.window()?, known.position)?;
    let lines = rows.into_iter().map(|row| {
        let mut missing = BTreeMap::new();
        for word in row.missing {
            *missing.entry(word).or_default() += 1;
        }
        PanelsLine {
            period: row.period,
            kind: row.kind,
            panel: row.panel,
            meetings: row.meetings,
            items: row.items,
            deferrals: row.deferrals,
            missing,
            decisions: row.decisions,
            decisions_that_differ: row.differ,
            median_days_to_decision: row.median_days,
        }
    });
    Ok((known, lines.collect()))
}

/// Decisions made in a period, by question and primary need.
pub fn consistency(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<ConsistencyLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let window = period.window()?;
    let rows = panel_statistics::consistency(tx, (window.from, window.to), known.position)?;
    let alike = rows.chunk_by(|one, next| (&one.question, &one.need) == (&next.question, &next.need));
    Ok((known, alike.filter_map(line).collect()))
}

fn line(rows: &[ConsistencyRow]) -> Option<ConsistencyLine> {
    let first = rows.first()?;
    let decisions: i64 = rows.iter().map(|row| row.cases).sum();
    // Counts are far below where a float loses whole numbers.
    let share = |cases: i64| (cases as f64 * 1000.0 / decisions as f64).round() / 10.0;
    Some(ConsistencyLine {
        question: first.question.clone(),
        need: first.need.clone(),
        decisions,
        shares: rows.iter().map(|row| (row.outcome.clone(), share(row.cases))).collect(),
    })
}
