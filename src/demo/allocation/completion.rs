//! Which assessment ends how, so that every year's endings are found among the cases that can have them?

use chrono::NaiveDate;
use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};

use super::Year;
use super::endings::{Ending, Endings, Ends, OVER_52_WEEKS, endings};
use super::requests::{awaits_ending, received_within};
use crate::demo::figures::Published;
use crate::demo::history::{AssessmentOutcome, History};
use crate::demo::names::Inventor;
use crate::demo::timeline::{NOTICE_TO_NO_PLAN, NOTICE_TO_PLAN, minus, plus};
use crate::record::codes::Malformed;

/// Ends every assessment, year by year: what one year leaves open ends in the next, and what the last leaves open after it.
pub(super) fn complete(histories: &mut Vec<History>, years: &[Published], inventor: &mut Inventor) -> Result<(), Malformed> {
    for (place, published) in years.iter().enumerate() {
        let year = Year(published.year);
        let Endings { apart, mut scarce, mut usual } = endings(published, inventor);
        let mut before = apart;
        if place == 0 {
            before.append(&mut scarce);
        }
        let most = match years.get(place + 1) {
            Some(next) if place == 0 => most_in_first_year(histories, usual.len(), published, next),
            _ => usize::MAX,
        };
        for ending in scarce {
            give_to_any(histories, ending, year, inventor)?;
        }
        give_in_turn(histories, &mut usual, most, year, inventor)?;
        if place == 0 {
            before.append(&mut usual);
        }
        for ending in before {
            histories.push(of_the_year_before(ending, year, inventor)?);
        }
    }
    if let Some(last) = years.last() {
        for history in histories.iter_mut().filter(|history| awaits_ending(history)) {
            end_after(history, Year(last.year), inventor)?;
        }
    }
    Ok(())
}

/// The day an assessment began, if it waits for its ending.
fn begun(history: &History) -> Option<NaiveDate> {
    history.assessment_decision.filter(|_| awaits_ending(history)).map(|made| made.notified_on)
}

/// How many assessments of the first year's own requests end in it. The more do, the fewer wait for the next year, which ends at
/// most 48 in 100 of its own.
fn most_in_first_year(histories: &[History], endings: usize, first: &Published, next: &Published) -> usize {
    let early = Year(first.year).day(8, 5);
    let eligible = histories.iter().filter(|history| begun(history).is_some() && history.received_on <= early).count();
    let next_endings = next.assessments.completed - next.contested_plans();
    let waits = (first.requests.assessed + first.requests.undecided) as usize;
    let left = (next_endings as usize).saturating_sub(next.requests.assessed as usize * 48 / 100);
    (eligible * 9 / 10).min(endings * 9 / 10).min(waits.saturating_sub(left))
}

/// Gives an ending to one of those who can have it, of the year before if there is any.
fn give_to_any(histories: &mut [History], ending: Ending, year: Year, inventor: &mut Inventor) -> Result<(), Malformed> {
    let fits: Vec<usize> = (0..histories.len())
        .filter(|&place| {
            let history = &histories[place];
            begun(history).and_then(|begun_on| ending.window(history.received_on, begun_on, year)).is_some()
        })
        .collect();
    let earlier: Vec<usize> = fits.iter().copied().filter(|&place| !received_within(&histories[place], year)).collect();
    let chosen = earlier.choose(&mut inventor.rng).or_else(|| fits.choose(&mut inventor.rng)).copied();
    if let Some(history) = chosen.and_then(|place| histories.get_mut(place))
        && let Some(begun_on) = begun(history)
        && let Some(window) = ending.window(history.received_on, begun_on, year)
    {
        ending.bring(history, begun_on, window, inventor)?;
    }
    Ok(())
}

/// Gives endings, each to one who can have it, and takes them from the list: first to those of earlier years, the oldest first,
/// then to at most so many of the year itself. Of these, whoever asked in winter has an answer by the year's end; the others wait
/// their turn at random.
fn give_in_turn(
    histories: &mut [History],
    endings: &mut Vec<Ending>,
    most: usize,
    year: Year,
    inventor: &mut Inventor,
) -> Result<(), Malformed> {
    let mut waiting: Vec<&mut History> = histories.iter_mut().filter(|history| begun(history).is_some()).collect();
    waiting.shuffle(&mut inventor.rng);
    waiting.sort_by_key(|history| match received_within(history, year) {
        false => history.received_on,
        true => history.received_on.max(year.day(2, 28)),
    });
    let mut of_the_year = 0;
    for history in waiting {
        let Some(begun_on) = begun(history) else { continue };
        let own = received_within(history, year);
        if own && of_the_year >= most {
            break;
        }
        let window = |ending: &Ending| ending.window(history.received_on, begun_on, year);
        let fits: Vec<usize> = (0..endings.len()).filter(|&place| window(&endings[place]).is_some()).collect();
        if let Some(&place) = fits.choose(&mut inventor.rng)
            && let Some(window) = window(&endings[place])
        {
            endings.swap_remove(place).bring(history, begun_on, window, inventor)?;
            of_the_year += usize::from(own);
        }
    }
    Ok(())
}

/// A case received and decided the year before, when no column counts it, and completed in the year.
fn of_the_year_before(ending: Ending, year: Year, inventor: &mut Inventor) -> Result<History, Malformed> {
    let before = year.before();
    let received_on = match ending {
        Ending { ends: Ends::PlanAfterAll, .. } => inventor.day(before.day(7, 15), before.day(9, 1)),
        Ending { days: OVER_52_WEEKS, .. } => inventor.day(before.day(1, 10), before.day(8, 31)),
        Ending { days: (_, longest), .. } => inventor.late_day(plus(minus(year.day(1, 2), longest), 10), before.day(11, 14)),
    };
    let late = inventor.rng.random_bool(0.15) && ending.ends != Ends::PlanAfterAll;
    let (first, last) = if late { (43, 60) } else { (18, 42) };
    let begun_on = inventor.day(plus(received_on, first), plus(received_on, last).min(before.day(12, 31)));
    let mut history = inventor.request(received_on)?;
    inventor.decide_request(&mut history, AssessmentOutcome::Assess, begun_on);
    if ending.ends == Ends::PlanAfterAll {
        let first = plus(received_on, 95).max(plus(begun_on, NOTICE_TO_NO_PLAN));
        ending.bring(&mut history, begun_on, (first, plus(received_on, 112)), inventor)?;
        if let Some(last) = history.plan_appeal_on.max(history.plan_mediation_on) {
            let conceded_on = inventor.day(plus(last, 10).max(year.day(1, 2)), plus(last, 30).max(year.day(1, 12)));
            inventor.concede_plan(&mut history, conceded_on)?;
        }
    } else if let Some(window) = ending.window(received_on, begun_on, year) {
        ending.bring(&mut history, begun_on, window, inventor)?;
    }
    Ok(history)
}

/// Brings an assessment to an end after the last year: mostly a plan, within a year of the request.
fn end_after(history: &mut History, year: Year, inventor: &mut Inventor) -> Result<(), Malformed> {
    let Some(begun_on) = begun(history) else { return Ok(()) };
    let new_year = year.after().day(1, 2);
    let received = history.received_on;
    if inventor.rng.random_bool(0.05) {
        let first = plus(begun_on, NOTICE_TO_NO_PLAN).max(new_year);
        let notified_on = inventor.day(first, plus(first, 60));
        inventor.assess_without_plan(history, begun_on, notified_on);
        return Ok(());
    }
    // Of the plans in force on the survey day no more were made in the last year than were published.
    let first = plus(begun_on, NOTICE_TO_PLAN).max(plus(received, 105)).max(plus(year.survey_day(), 1));
    let timely = first < plus(received, 126) && inventor.rng.random_bool(0.4);
    let last = if timely { plus(received, 140) } else { plus(first, 110).min(plus(received, 364).max(plus(first, 14))) };
    let sent_on = inventor.early_day(first, last);
    inventor.assess_with_plan(history, begun_on, sent_on)
}
