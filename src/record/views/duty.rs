//! The rows of a case's duties, each with the state it has before its day and after, whom it waits for and what puts it at risk.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{Rows, text};
use crate::law::{self, AdviceGiver, DeadlineState};
use crate::record::awaited::{Waiting, waiting};
use crate::record::risk::{Risk, risks};
use crate::record::{Action, Case, Organisation, Plan, ReviewId, Specialism};

/// What a worklist shows of an open duty beside its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// For an advice giver: which kind.
    pub service: Option<AdviceGiver>,
    /// And of what speciality.
    pub specialism: Option<Specialism>,
    /// The organisation it waits for, where that is known.
    pub organisation: Option<Organisation>,
    /// The step that moves it on.
    pub act: Option<Action>,
    /// The review the step is about.
    pub review: Option<ReviewId>,
    /// Each risk, from the day it begins.
    pub risks: Vec<Risk>,
}

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

/// Adds the duties of a case; what is said of those of `before` is kept, where they follow from the same facts.
pub(super) fn add(rows: &mut Rows, before: &Rows, case: &Case, plan: Option<&Plan>, facts: Vec<law::Fact>, duties: &[law::Duty]) {
    let known = before.duties.get(&case.id.0).filter(|known| known.facts == facts);
    let mut of_case = BTreeMap::new();
    for duty in duties {
        let about = facts.get(duty.started_by).and_then(|fact| fact.about.clone()).unwrap_or_default();
        let key = (duty.rule.id, about, duty.starts_on, duty.due_on);
        // To explain a duty and to write that out takes longer than all the rest.
        let explained = known.and_then(|known| known.rows.get(&key)).map(|row| Arc::clone(&row.deadline));
        let explain = || Some(written(&duty.explain(&facts, duty.due_on)?).into());
        let Some(deadline) = explained.or_else(explain) else { continue };
        let waiting = waiting(case, plan, &facts, duty);
        let risks = risks(case, plan, &facts, duties, duty);
        let row = row(case, duty, key.1.clone(), deadline, waiting, risks);
        of_case.insert(key, row);
    }
    let of_case = match known {
        Some(known) if known.rows == of_case => Arc::clone(known),
        _ => Arc::new(DutyRows { facts, rows: of_case }),
    };
    rows.duties.insert(case.id.0, of_case);
}

fn row(case: &Case, duty: &law::Duty, about: String, deadline: Arc<str>, waiting: Option<Waiting>, risks: Vec<Risk>) -> DutyRow {
    // A duty's state changes once at most, with the day it is due.
    let after = duty.due_on.succ_opt().unwrap_or(duty.due_on);
    let last = duty.due_on.pred_opt().unwrap_or(duty.due_on);
    let (before, on, later) = (duty.state(last), duty.state(duty.due_on), duty.state(after));
    DutyRow {
        child: case.child.0,
        case_id: case.id.0,
        rule: duty.rule.id,
        about,
        starts_on: duty.starts_on,
        due_on: duty.due_on,
        met_on: duty.met_on,
        fell_away: duty.fell_away_on.is_some(),
        changes_on: if before == on { after } else { duty.due_on },
        state_until: before,
        state_from: later,
        deadline,
        awaits: waiting.as_ref().map(|waiting| waiting.on.as_str()),
        question: waiting.as_ref().and_then(|waiting| waiting.question).map(text),
        at_risk_from: risks.first().map(|risk| risk.from),
        outlook: waiting.map(|Waiting { service, specialism, organisation, act, review, .. }| Outlook {
            service,
            specialism,
            organisation,
            act,
            review,
            risks,
        }),
        law_version: law::REGISTER_VERSION,
    }
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
    /// How it came about, as the text of its JSON.
    #[serde(serialize_with = "as_it_is")]
    deadline: Arc<str>,
    awaits: Option<&'static str>,
    question: Option<String>,
    at_risk_from: Option<NaiveDate>,
    /// Its column holds the text of its JSON too.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    outlook: Option<Outlook>,
    law_version: &'static str,
}

fn as_it_is<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn as_text<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&written(value))
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
