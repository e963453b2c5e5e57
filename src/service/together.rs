//! Steps in many children's files at once: all of them are recorded, or none.

use chrono::{DateTime, Utc};

use super::recording::{Hand, Loaded, Step, accept, enter, open_cases};
use super::{Error, FieldError};
use crate::db::Tx;
use crate::record::{Action, CaseId, File};
use crate::store::journal::{self, Batch};

/// The files, locked, with what is to be recorded in each and what stands against it.
pub struct Together {
    files: Vec<Loaded>,
    steps: Vec<(usize, Vec<Step>)>,
    errors: Vec<FieldError>,
}

impl Together {
    /// Locks and loads the files that hold any of the cases, within the caller's scope.
    pub fn open(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Self, Error> {
        Ok(Self { files: open_cases(tx, cases)?, steps: Vec::new(), errors: Vec::new() })
    }

    /// The file that holds a case.
    pub fn file(&self, case: CaseId) -> Option<&File> {
        self.files.iter().map(|loaded| &loaded.file).find(|file| file.cases().any(|known| known == case))
    }

    /// Says what is wrong with a line of the body.
    pub fn refuse(&mut self, at: &str, code: &'static str, words: impl Into<String>) {
        self.errors.push(FieldError::new(at, code, words));
    }

    /// Adds steps of a case, said at a place of the body, if they can stand.
    pub fn add(&mut self, tx: &Tx<'_>, at: &str, action: Action, case: CaseId, steps: Vec<Step>) -> Result<(), Error> {
        let Some(place) = self.files.iter().position(|loaded| loaded.case(case).is_ok()) else {
            self.refuse(at, "unknown_case", "Is no case that you may see.");
            return Ok(());
        };
        match accept(tx.today(), &self.files[place], action, case, &steps, &[]) {
            Ok(_) => self.steps.push((place, steps)),
            Err(Error::Refused(refusal)) => self.refuse(at, refusal.code, refusal.words),
            Err(Error::Unacknowledged(concerns)) => {
                concerns.into_iter().for_each(|concern| self.refuse(at, concern.concern, concern.words));
            }
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// Records them; gives the place in the journal of the last step of each line, and when they were recorded.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that stands against any of them; nothing is recorded then.
    pub fn record(mut self, tx: &mut Tx<'_>) -> Result<(Vec<i64>, DateTime<Utc>), Error> {
        if !self.errors.is_empty() {
            return Err(Error::Invalid(self.errors));
        }
        let mut head = journal::lock_head(tx)?;
        let mut batch = Batch::default();
        let (mut positions, mut at) = (Vec::with_capacity(self.steps.len()), tx.now());
        for (place, steps) in self.steps {
            let entered = enter(Hand::of(tx), &mut head, &mut batch, &mut self.files[place], steps, &[], &[]);
            let (position, recorded_at) = entered.unwrap_or((0, at));
            positions.push(position);
            at = recorded_at;
        }
        journal::write(tx, head, batch)?;
        Ok((positions, at))
    }
}
