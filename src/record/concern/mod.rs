//! What should not be: steps that can be recorded because they happened, although the law says otherwise.

mod advice;
mod amendment;
mod assessment;
mod cessation;
mod draft;
mod naming;
mod exception;
mod notice;
mod review;
mod placement;

use chrono::NaiveDate;
use uuid::Uuid;

use super::case::Case;
use super::cessation::Cessation;
use super::file::File;
use super::law_facts::duties;
use super::plan::Plan;
use super::refusal::Concern;
use crate::law::Citation;

/// A concern and the thing it is about.
pub type Finding = (Uuid, Concern);

/// Concerns about what was not done, or was done by others. They stand on the case until it is, and nobody is asked to acknowledge
/// them: there is no step of the recorder's that could be unlawful.
pub const OMISSIONS: &[&str] = &["exception_not_told", "nil_return"];

/// Every concern in the file.
pub fn findings(file: &File) -> Vec<Finding> {
    let mut found = Found(Vec::new());
    placement::look_at(file, &mut found);
    for case in file.cases().filter_map(|id| Case::of(file, id)) {
        assessment::look_at(&case, &mut found);
        advice::look_at(&case, &mut found);
        draft::look_at(&case, &mut found);
        naming::look_at(&case, &mut found);
        let plans = file.plans().filter(|(_, from)| *from == case.id);
        for plan in plans.filter_map(|(plan, _)| Plan::of(file, plan)) {
            naming::of_amendments(&case, &plan, &mut found);
            if plan.versions.len() > 1 || plan.cessation != Cessation::default() {
                let (facts, duties) = duties(file, case.id);
                amendment::look_at(&case, &plan, (&facts, &duties), &mut found);
                cessation::look_at(&case, &plan, &duties, &mut found);
            }
        }
        exception::look_at(file, &case, &mut found);
        notice::look_at(&case, &mut found);
    }
    for plan in file.plans().filter_map(|(id, _)| Plan::of(file, id)) {
        review::look_at(&plan, &mut found);
    }
    found.0
}

struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, about: Uuid, concern: &'static str, words: impl Into<String>, citation: Citation) {
        self.0.push((about, Concern { concern, words: words.into(), citation }));
    }
}

/// A day as it stands in a sentence.
fn in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
