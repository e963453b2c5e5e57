//! Many cases at once are given to a case worker: all of them, or none.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::directory::must_be_staff;
use super::recording::{Hand, Loaded, Step, accept, dated, enter, open_cases};
use super::{Error, FieldError};
use crate::db::Tx;
use crate::record::{Action, CaseId, EventId, Fact, StaffId};
use crate::store::journal::{self, Batch};

/// Gives cases to a case worker.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "cases": ["0190b0a0-0000-7000-8000-000000000002"], "caseWorker": "0190b0a0-0000-7000-8000-000000000001"
}))]
pub struct Reallocate {
    /// The cases, each once.
    #[schema(min_items = 1, max_items = 200)]
    pub cases: Vec<CaseId>,
    /// The case worker, from `/v1/staff`.
    pub case_worker: StaffId,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// What was recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reallocated {
    /// Who has them now.
    pub case_worker: StaffId,
    /// The cases, in the order they were sent, each with its entry.
    pub cases: Vec<ReallocatedCase>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// One case that was given to another case worker.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReallocatedCase {
    /// The case.
    pub case: CaseId,
    /// The entry that says so, as in its timeline.
    pub entry: EventId,
    /// The entry's place in the authority's journal.
    pub position: i64,
}

/// Allocates the cases, one entry for each.
///
/// # Errors
/// [`Error::Invalid`] with the place of every case that is unknown, told twice, or cannot be allocated; nothing is recorded then.
pub fn reallocate(tx: &mut Tx<'_>, body: &Reallocate) -> Result<Reallocated, Error> {
    must_be_staff(tx, "/caseWorker", body.case_worker)?;
    let mut files = open_cases(tx, &body.cases)?;
    let mut steps: Vec<(CaseId, usize, Step)> = Vec::with_capacity(body.cases.len());
    let mut errors = Vec::new();
    for (at, case) in body.cases.iter().copied().enumerate() {
        let mut wrong = |code, words: String| errors.push(FieldError::new(format!("/cases/{at}"), code, words));
        let Some(file) = files.iter().position(|file| file.case(case).is_ok()) else {
            wrong("unknown_case", "Is no case that you may see.".into());
            continue;
        };
        if body.cases.iter().take(at).any(|earlier| *earlier == case) {
            wrong("told_twice", "Is among the cases already.".into());
            continue;
        }
        let fact = Fact::CaseAllocated { case, case_worker: body.case_worker };
        let step = dated(tx, "/on", body.on, fact)?;
        match accepted(tx, &files[file], case, step) {
            Ok(step) => steps.push((case, file, step)),
            Err(Error::Refused(refusal)) => wrong(refusal.code, refusal.words),
            Err(Error::Unacknowledged(concerns)) => {
                concerns.into_iter().for_each(|concern| wrong(concern.concern, concern.words));
            }
            Err(other) => return Err(other),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut head = journal::lock_head(tx)?;
    let mut batch = Batch::default();
    let mut reallocated = Reallocated { case_worker: body.case_worker, cases: Vec::new(), recorded_at: tx.now() };
    for (case, file, step) in steps {
        let entry = step.event;
        let entered = enter(Hand::of(tx), &mut head, &mut batch, &mut files[file], vec![step], &[], &[]);
        if let Some((position, recorded_at)) = entered {
            reallocated.cases.push(ReallocatedCase { case, entry, position });
            reallocated.recorded_at = recorded_at;
        }
    }
    journal::write(tx, head, batch)?;
    Ok(reallocated)
}

/// The step, if it can stand.
fn accepted(tx: &Tx<'_>, file: &Loaded, case: CaseId, step: Step) -> Result<Step, Error> {
    let steps = [step];
    accept(tx.today(), file, Action::AllocateCase, case, &steps, &[])?;
    let [step] = steps;
    Ok(step)
}
