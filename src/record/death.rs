//! A child has died: every clock stops, nothing more is sent, and nothing about it is ever a concern.

use chrono::NaiveDate;

use super::action::Action;
use super::fact::Fact;
use super::file::File;
use super::ids::CaseId;
use super::offer::{Offer, may};
use super::refusal::Refusal;

/// The day the child died, if that stands; the inner option is an unknown day.
pub fn died(file: &File) -> Option<Option<NaiveDate>> {
    file.standing().iter().find(|s| matches!(s.fact, Fact::ChildDied {})).map(|s| s.day())
}

/// Whether the action is offered today: what [`may`] lets through, but once the child has died nothing that would be sent or asked
/// of anybody. What was sent all the same can still be recorded.
pub fn offered<'a>(action: Action, file: &'a File, case: CaseId, today: NaiveDate) -> Result<Offer<'a>, Refusal> {
    let sends_nothing = matches!(action, Action::AllocateCase | Action::RecordAdvice);
    if died(file).is_some() && !sends_nothing {
        let words = "the child has died: no clock runs, and nothing more is sent or asked of anybody".to_owned();
        return Err(Refusal { code: "child_died", words, citation: None });
    }
    may(action, file, case, today)
}
