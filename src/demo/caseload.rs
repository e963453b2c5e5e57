//! Which fictional cases are open today, at every stage, and which plans are in their first year?
//!
//! Whole lives are told from their request on and cut off at today, so every stage comes of itself. None began before 2025: the
//! published years stay as they are.

use chrono::NaiveDate;

use rand::RngExt;

use super::history::{AssessmentOutcome, History};
use super::names::Inventor;
use super::timeline::{NOTICE_TO_PLAN, minus, plus};
use crate::record::codes::Malformed;

/// The first day a live case may have been received; the published figures end the day before.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 1, 1);

/// `many` histories of an authority as they stood at the end of `today`, by the day of the request: of twenty, thirteen are open
/// and were received in the last 40 weeks, five have a plan of between nine and fourteen months, one was refused, one withdrawn.
///
/// The same day, seed and number give the same histories. Before 2025 there are none.
pub fn live_caseload(authority: u16, today: NaiveDate, seed: u64, many: u32) -> Result<Vec<History>, Malformed> {
    let mut inventor = Inventor::new(authority, 9990, seed)?;
    let floor = FIRST_DAY.unwrap_or_default();
    if today < floor {
        return Ok(Vec::new());
    }
    let mut histories = Vec::new();
    let received = inventor.spread(many, minus(today, 280).max(floor), today);
    for (place, received_on) in received.into_iter().enumerate() {
        let history = match place % 20 {
            3 | 7 | 11 | 15 | 19 => match with_plan(today, floor, &mut inventor)? {
                Some(history) => history,
                None => open(received_on, today, &mut inventor)?,
            },
            9 => refused(received_on, &mut inventor)?,
            13 => withdrawn(received_on, &mut inventor)?,
            _ => open(received_on, today, &mut inventor)?,
        };
        histories.extend(history.as_known_on(today));
    }
    histories.sort_by_key(|history| history.received_on);
    Ok(histories)
}

/// The day the family hears of the decision on the request, one in seven after the six weeks.
fn notice(received_on: NaiveDate, inventor: &mut Inventor) -> NaiveDate {
    let (first, last) = if inventor.rng.random_bool(1.0 / 7.0) { (43, 60) } else { (18, 42) };
    inventor.day(plus(received_on, first), plus(received_on, last))
}

/// A case that will have its plan after today, and not much later than it should.
fn open(received_on: NaiveDate, today: NaiveDate, inventor: &mut Inventor) -> Result<History, Malformed> {
    let mut history = inventor.request(received_on)?;
    let notified_on = notice(received_on, inventor);
    inventor.decide_request(&mut history, AssessmentOutcome::Assess, notified_on);
    let first = plus(received_on, 112).max(plus(notified_on, NOTICE_TO_PLAN)).max(plus(today, 1));
    let sent_on = inventor.early_day(first, plus(first, 70));
    inventor.assess_with_plan(&mut history, notified_on, sent_on)?;
    Ok(history)
}

/// A case whose plan is about a year old; none if its request would be of a published year.
fn with_plan(today: NaiveDate, floor: NaiveDate, inventor: &mut Inventor) -> Result<Option<History>, Malformed> {
    let sent_on = inventor.day(minus(today, 430), minus(today, 270));
    let received_on = inventor.late_day(minus(sent_on, 230), minus(sent_on, 122));
    if received_on < floor {
        return Ok(None);
    }
    let mut history = inventor.request(received_on)?;
    let notified_on = notice(received_on, inventor);
    inventor.decide_request(&mut history, AssessmentOutcome::Assess, notified_on);
    inventor.assess_with_plan(&mut history, notified_on, sent_on)?;
    Ok(Some(history))
}

fn refused(received_on: NaiveDate, inventor: &mut Inventor) -> Result<History, Malformed> {
    let mut history = inventor.request(received_on)?;
    let notified_on = notice(received_on, inventor);
    inventor.decide_request(&mut history, AssessmentOutcome::Refuse, notified_on);
    Ok(history)
}

fn withdrawn(received_on: NaiveDate, inventor: &mut Inventor) -> Result<History, Malformed> {
    let mut history = inventor.request(received_on)?;
    history.withdrawn_on = Some(inventor.day(plus(received_on, 4), plus(received_on, 17)));
    Ok(history)
}
