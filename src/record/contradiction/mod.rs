//! What cannot be: facts that leave no room for one another, whatever the law says of them.

mod advice;
mod amendment;
mod appeal;
mod case;
mod cessation;
mod consultation;
mod draft;
mod child;
mod exception;
mod notice;
mod once;
mod phase_transfer;
mod money;
mod placement;
mod plan;
mod provision;
mod referral;
mod review;
mod reversal;
mod request;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::case::Case;
use super::file::File;
use super::plan::Plan;
use super::refusal::Refusal;
use super::subject::Subject;

/// A contradiction and the thing it is about.
pub type Contradiction = (Uuid, Refusal);

/// Every contradiction in the file, looked at on the given day. A sound file has none.
pub fn contradictions(file: &File, today: NaiveDate) -> Vec<Contradiction> {
    let mut found = Found(Vec::new());
    let cases: BTreeMap<_, _> = file.cases().filter_map(|id| Case::of(file, id).map(|case| (id, case))).collect();
    let plans: BTreeMap<_, _> = file.plans().filter_map(|(id, _)| Plan::of(file, id).map(|plan| (id, plan))).collect();

    for standing in file.standing() {
        if standing.day().is_some_and(|day| day > today) {
            found.add(standing.event.0, "not_happened_yet", "the date is in the future; record it once it has happened");
        }
        match standing.fact.subject() {
            Subject::Case(id) if !cases.contains_key(&id) => {
                found.add(id.0, "no_request", "no request stands for this case");
            }
            Subject::Plan(id) if !plans.contains_key(&id) => {
                found.add(id.0, "no_such_plan", "no final plan stands with this id");
            }
            _ => {}
        }
    }
    once::look_at(file, &mut found);
    child::look_at(file, &mut found);
    referral::look_at(file, &mut found);
    placement::look_at(file, &mut found);
    money::of_transport(file, &mut found);
    for case in cases.values() {
        request::look_at(file, case, &mut found);
        case::look_at(file, case, &mut found);
        reversal::look_at(file, case, &mut found);
        appeal::look_at(file, case, &mut found);
        draft::look_at(case, &mut found);
        consultation::look_at(file, case, &mut found);
        advice::look_at(file, case, &mut found);
        exception::look_at(file, case, &mut found);
        notice::look_at(file, case, &mut found);
    }
    for plan in plans.values() {
        amendment::look_at(plan, &mut found);
        cessation::look_at(file, plan, &mut found);
        plan::look_at(plan, &mut found);
        review::look_at(file, plan, &mut found);
        provision::look_at(file, plan, &mut found);
        phase_transfer::look_at(file, plan, &mut found);
        money::of_plan(file, plan, &mut found);
    }
    found.0
}

struct Found(Vec<Contradiction>);

impl Found {
    fn add(&mut self, about: Uuid, code: &'static str, words: &str) {
        self.0.push((about, Refusal { code, words: words.to_owned(), citation: None }));
    }

    /// Reports when `later` is known to be before `earlier`.
    fn order(&mut self, about: Uuid, earlier: Option<NaiveDate>, later: Option<NaiveDate>, code: &'static str, words: &str) {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later < earlier
        {
            self.add(about, code, words);
        }
    }
}
