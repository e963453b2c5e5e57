//! The rows of a case's duties, each with the state it has before its day and after.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::law::{self, DeadlineState};
use crate::record::Case;

pub(super) fn add(rows: &mut Rows, case: &Case, facts: &[law::Fact], duties: &[law::Duty]) {
    for duty in duties {
        let Some(deadline) = duty.explain(facts, duty.due_on) else { continue };
        // A duty's state changes once at most, with the day it is due.
        let after = duty.due_on.succ_opt().unwrap_or(duty.due_on);
        let last = duty.due_on.pred_opt().unwrap_or(duty.due_on);
        let (before, on, later) = (duty.state(last), duty.state(duty.due_on), duty.state(after));
        rows.add(
            View::Duties,
            DutyRow {
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
                deadline: serde_json::to_string(&deadline).unwrap_or_default(),
                law_version: law::REGISTER_VERSION,
            },
        );
    }
}

/// The earliest duty still owed.
pub fn next_due(duties: &[law::Duty]) -> Option<&law::Duty> {
    duties
        .iter()
        .filter(|duty| duty.rule.nature == law::Nature::Duty && duty.met_on.is_none() && duty.fell_away_on.is_none())
        .min_by_key(|duty| (duty.due_on, duty.rule.id))
}

#[derive(Serialize)]
struct DutyRow {
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
    deadline: String,
    law_version: &'static str,
}
