//! The rows of a case's duties, each with the state it has before its day and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::Rows;
use crate::law::{self, Deadline, DeadlineState};
use crate::record::Case;

/// The rows of one case's duties, by what tells them apart, and the facts they follow from.
#[derive(Debug, Clone, Default)]
pub(super) struct DutyRows {
    facts: Vec<law::Fact>,
    rows: BTreeMap<(&'static str, String, NaiveDate, NaiveDate), DutyRow>,
}

/// Other facts can give the same rows.
impl PartialEq for DutyRows {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl Eq for DutyRows {}

impl DutyRows {
    pub(super) fn rows(&self) -> impl Iterator<Item = &DutyRow> {
        self.rows.values()
    }

    /// The rows that do not stand the same in `other`.
    pub(super) fn rows_not_in<'a>(self: &'a Arc<Self>, other: &'a Arc<Self>) -> impl Iterator<Item = &'a DutyRow> {
        let differs = !Arc::ptr_eq(self, other);
        self.rows.iter().filter(move |(key, row)| differs && other.rows.get(key) != Some(row)).map(|(_, row)| row)
    }
}

/// Adds the duties of a case; those of `before`, where they follow from the same facts.
pub(super) fn add(rows: &mut Rows, before: &Rows, case: &Case, facts: Vec<law::Fact>, duties: &[law::Duty]) {
    let known = before.duties.get(&case.id.0).filter(|known| known.facts == facts);
    let of_case = known.cloned().unwrap_or_else(|| {
        let row = |duty: &law::Duty| row(case, &facts, duty);
        let key = |row: &DutyRow| (row.rule, row.about.clone(), row.starts_on, row.due_on);
        let rows = duties.iter().filter_map(row).map(|row| (key(&row), row)).collect();
        Arc::new(DutyRows { facts, rows })
    });
    rows.duties.insert(case.id.0, of_case);
}

fn row(case: &Case, facts: &[law::Fact], duty: &law::Duty) -> Option<DutyRow> {
    let deadline = duty.explain(facts, duty.due_on)?;
    // A duty's state changes once at most, with the day it is due.
    let after = duty.due_on.succ_opt().unwrap_or(duty.due_on);
    let last = duty.due_on.pred_opt().unwrap_or(duty.due_on);
    let (before, on, later) = (duty.state(last), duty.state(duty.due_on), duty.state(after));
    Some(DutyRow {
        child: case.child.0,
        case_id: case.id.0,
        rule: duty.rule.id,
        about: deadline.about.clone().unwrap_or_default(),
        starts_on: duty.starts_on,
        due_on: duty.due_on,
        met_on: duty.met_on,
        fell_away: duty.fell_away_on.is_some(),
        changes_on: if before == on { after } else { duty.due_on },
        state_until: before,
        state_from: later,
        deadline,
        law_version: law::REGISTER_VERSION,
    })
}

/// The earliest duty still owed.
pub fn next_due(duties: &[law::Duty]) -> Option<&law::Duty> {
    duties
        .iter()
        .filter(|duty| duty.rule.nature == law::Nature::Duty && duty.met_on.is_none() && duty.fell_away_on.is_none())
        .min_by_key(|duty| (duty.due_on, duty.rule.id))
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct DutyRow {
    child: Uuid,
    case_id: Uuid,
    rule: &'static str,
    about: String,
    starts_on: NaiveDate,
    due_on: NaiveDate,
    met_on: Option<NaiveDate>,
    fell_away: bool,
    changes_on: NaiveDate,
    state_until: DeadlineState,
    state_from: DeadlineState,
    /// Its column holds the text of its JSON.
    #[serde(serialize_with = "as_text")]
    deadline: Deadline,
    law_version: &'static str,
}

fn as_text<S: Serializer>(deadline: &Deadline, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&serde_json::to_string(deadline).unwrap_or_default())
}
