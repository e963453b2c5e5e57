//! The rows of the requests for advice: whom each was asked of, until when, who has it, and what came of it.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::law;
use crate::record::{Advice, Case, EventId, File};

/// Adds the requests for advice of a case; existing advice in the place of new was asked of nobody.
pub(super) fn add(rows: &mut Rows, file: &File, case: &Case, facts: &[law::Fact], duties: &[law::Duty]) {
    let detail = |event: EventId| file.find(event).and_then(|standing| standing.detail).map(|id| id.0);
    for advice in case.advice.iter().filter(|advice| advice.reused.is_none()) {
        let about = advice.id.to_string();
        let started = |duty: &law::Duty| facts.get(duty.started_by).and_then(|fact| fact.about.as_deref());
        let duty = duties.iter().find(|duty| duty.rule.id == "D-ADV" && started(duty) == Some(about.as_str()));
        let answer = advice.given().or_else(|| advice.nil_that_stands());
        let allocation = advice.allocations.last();
        let chaser = advice.chasers.last();
        let delay = advice.delays.last();
        rows.add(
            View::Advice,
            AdviceRow {
                child: case.child.0,
                case_id: case.id.0,
                advice: advice.id.0,
                giver: text(advice.giver),
                specialism: advice.specialism.map(text),
                organisation: advice.organisation.as_ref().map(|one| one.as_str().to_owned()),
                organisations: organisations(advice),
                asked: detail(advice.event),
                requested_on: advice.requested_on,
                received_on: advice.received_on,
                due_on: duty.map(|duty| duty.due_on),
                excused: duty.is_some_and(law::Duty::is_excused),
                answer: answer.map(|one| text(one.answer)),
                answered_on: answer.and_then(|one| one.on),
                sent_back_on: advice.sent_back_on(),
                awaited: (answer.is_none() || advice.sent_back_on().is_some()) && !case.stage().is_closed(),
                allocated: allocation.is_some(),
                allocated_on: allocation.and_then(|one| one.on),
                writer: allocation.and_then(|one| detail(one.event)),
                writers_organisation: allocation
                    .map(|one| one.organisation.as_ref().or(advice.organisation.as_ref()))
                    .and_then(|one| Some(one?.as_str().to_owned())),
                visit_on: allocation.and_then(|one| one.visit_on),
                visited_on: advice.visited_on.last().copied(),
                signed_off_on: advice.signed_off.as_ref().and_then(|signed| signed.on),
                chased: advice.chasers.len(),
                last_chased_on: chaser.and_then(|one| one.on),
                last_chased_by: chaser.map(|one| text(one.means)),
                late_reason: delay.map(|one| text(one.reason)),
                expected_on: delay.and_then(|one| one.expected_on),
                law_version: law::REGISTER_VERSION,
            },
        );
    }
}

/// Whose request it is: the organisation that was asked, and that whose people are named to write it.
fn organisations(advice: &Advice) -> Vec<String> {
    let named = advice.allocations.last().and_then(|allocation| allocation.organisation.as_ref());
    let mut all: Vec<_> = advice.organisation.iter().chain(named).map(|one| one.as_str().to_owned()).collect();
    all.sort();
    all.dedup();
    all
}

#[derive(Serialize)]
struct AdviceRow {
    child: Uuid,
    case_id: Uuid,
    advice: Uuid,
    giver: String,
    specialism: Option<String>,
    organisation: Option<String>,
    organisations: Vec<String>,
    /// The detail that says what was asked.
    asked: Option<Uuid>,
    requested_on: Option<NaiveDate>,
    received_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    excused: bool,
    answer: Option<String>,
    answered_on: Option<NaiveDate>,
    sent_back_on: Option<NaiveDate>,
    awaited: bool,
    allocated: bool,
    allocated_on: Option<NaiveDate>,
    /// The detail that names who writes it.
    writer: Option<Uuid>,
    writers_organisation: Option<String>,
    visit_on: Option<NaiveDate>,
    visited_on: Option<NaiveDate>,
    signed_off_on: Option<NaiveDate>,
    chased: usize,
    last_chased_on: Option<NaiveDate>,
    last_chased_by: Option<String>,
    late_reason: Option<String>,
    expected_on: Option<NaiveDate>,
    law_version: &'static str,
}
