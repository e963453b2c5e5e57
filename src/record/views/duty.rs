//! The rows of a case's duties, each with the state it has before its day and after; of open ones whom they wait for and what puts them at risk.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{Row, Rows, View, text};
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

/// What tells the duties of a case apart: rule, what it is about, the day it is counted from, the day it is due.
type Key = (&'static str, String, NaiveDate, NaiveDate);

/// The rows of one case's duties, and the facts they follow from.
#[derive(Debug, Clone, Default)]
pub(super) struct DutyRows {
    facts: Vec<law::Fact>,
    duties: BTreeMap<Key, DutyRow>,
    /// Those that are somebody's open work, as a worklist shows them.
    open: BTreeMap<Key, OpenRow>,
}

/// Other facts can give the same rows.
impl PartialEq for DutyRows {
    fn eq(&self, other: &Self) -> bool {
        self.duties == other.duties && self.open == other.open
    }
}

impl Eq for DutyRows {}

impl DutyRows {
    /// Every row with its view.
    pub(super) fn iter(&self) -> impl Iterator<Item = (View, Row)> {
        let duties = self.duties.values().map(|row| (View::Duties, Row::of(View::Duties, row)));
        duties.chain(self.open.values().map(|row| (View::Worklist, Row::of(View::Worklist, row))))
    }

    /// The rows that do not stand the same in `other`.
    pub(super) fn not_in(self: &Arc<Self>, other: &Arc<Self>) -> Vec<(View, Row)> {
        if Arc::ptr_eq(self, other) {
            return Vec::new();
        }
        let duties = differing(&self.duties, &other.duties).map(|row| (View::Duties, Row::of(View::Duties, row)));
        duties.chain(differing(&self.open, &other.open).map(|row| (View::Worklist, Row::of(View::Worklist, row)))).collect()
    }
}

fn differing<'a, R: PartialEq>(these: &'a BTreeMap<Key, R>, those: &'a BTreeMap<Key, R>) -> impl Iterator<Item = &'a R> {
    these.iter().filter(|(key, row)| those.get(key) != Some(row)).map(|(_, row)| row)
}

/// Adds the duties of a case; what is said of those of `before` is kept, where they follow from the same facts.
pub(super) fn add(rows: &mut Rows, before: &Rows, case: &Case, plan: Option<&Plan>, facts: Vec<law::Fact>, duties: &[law::Duty]) {
    let known = before.duties.get(&case.id.0).filter(|known| known.facts == facts);
    let mut of_case = DutyRows::default();
    for duty in duties {
        let about = facts.get(duty.started_by).and_then(|fact| fact.about.clone()).unwrap_or_default();
        let key = (duty.rule.id, about, duty.starts_on, duty.due_on);
        // To explain a duty and to write that out takes longer than all the rest.
        let explained = known.and_then(|known| known.duties.get(&key)).map(|row| Arc::clone(&row.deadline));
        let explain = || Some(written(&duty.explain(&facts, duty.due_on)?).into());
        let Some(deadline) = explained.or_else(explain) else { continue };
        let row = row(case, duty, key.1.clone(), deadline);
        if let Some(waiting) = waiting(case, plan, &facts, duty) {
            let open = OpenRow::of(&row, waiting, risks(case, plan, &facts, duties, duty));
            of_case.open.insert(key.clone(), open);
        }
        of_case.duties.insert(key, row);
    }
    let of_case = match known {
        Some(known) if **known == of_case => Arc::clone(known),
        _ => Arc::new(DutyRows { facts, ..of_case }),
    };
    rows.duties.insert(case.id.0, of_case);
}

fn row(case: &Case, duty: &law::Duty, about: String, deadline: Arc<str>) -> DutyRow {
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
    /// How it came about, as the text of its JSON.
    #[serde(serialize_with = "as_it_is")]
    deadline: Arc<str>,
    law_version: &'static str,
}

/// A duty as a worklist shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct OpenRow {
    child: Uuid,
    case_id: Uuid,
    rule: &'static str,
    about: String,
    starts_on: NaiveDate,
    due_on: NaiveDate,
    changes_on: NaiveDate,
    state_until: DeadlineState,
    state_from: DeadlineState,
    awaits: &'static str,
    question: Option<String>,
    at_risk_from: Option<NaiveDate>,
    /// Its column holds the text of its JSON.
    #[serde(serialize_with = "as_text")]
    outlook: Outlook,
    law_version: &'static str,
}

impl OpenRow {
    fn of(duty: &DutyRow, waiting: Waiting, risks: Vec<Risk>) -> Self {
        let Waiting { on, service, specialism, organisation, act, review, question } = waiting;
        Self {
            child: duty.child,
            case_id: duty.case_id,
            rule: duty.rule,
            about: duty.about.clone(),
            starts_on: duty.starts_on,
            due_on: duty.due_on,
            changes_on: duty.changes_on,
            state_until: duty.state_until,
            state_from: duty.state_from,
            awaits: on.as_str(),
            question: question.map(text),
            at_risk_from: risks.first().map(|risk| risk.from),
            outlook: Outlook { service, specialism, organisation, act, review, risks },
            law_version: duty.law_version,
        }
    }
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
