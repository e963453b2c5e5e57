//! Which fictional histories must there be, so that counting them gives the published figures?
//!
//! Every published count is turned into that many cases with the outcome and the band of days it names; only what no column says
//! (who, which day within the band, what comes after the year) is drawn at random. Where the columns overlap, we read them thus:
//!
//! - a request's outcome is its first decision, as it stood on the survey day of the next January; decisions are timed in the
//!   calendar year in which the family was notified, so some were received the year before, or were notified in January;
//! - an assessment is completed in the year its final plan was sent or its refusal of a plan was notified;
//! - a plan leaves the 20-week measure when the decision to assess or the one to issue was contested, not when anything else was;
//! - what is published without a time has a request whose date the authority's files have lost.

use chrono::NaiveDate;
use rand::RngExt;
use rand::seq::SliceRandom;

use super::figures::Published;
use super::history::{AssessmentOutcome, History};
use super::names::Inventor;
use super::timeline::{Challenge, NOTICE_TO_NO_PLAN, NOTICE_TO_PLAN, minus, plus};
use crate::record::codes::Malformed;

/// How an assessment completed in the year ended, and how many days after the request.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Plan {
        days: (u64, u64),
        dated: bool,
        excepted: bool,
        other: Challenge,
    },
    NoPlan {
        days: (u64, u64),
        dated: bool,
        challenge: Challenge,
    },
    /// No plan at first; a plan after mediation or an appeal.
    PlanAfterAll {
        challenge: Challenge,
    },
}

/// When the request was received and decided: in the year, around its beginning, or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decided {
    InYear,
    InJanuaryAfter,
    AfterSurvey,
    ReceivedBefore,
    YearBefore,
}

#[derive(Debug, Clone, Copy)]
enum Path {
    Refused { challenge: Challenge, conceded: bool },
    Assessed(Option<Ending>),
    Withdrawn,
}

/// One case to be told: what happened and within which bounds.
#[derive(Debug, Clone, Copy)]
struct Case {
    received_on: NaiveDate,
    decided: Decided,
    late: bool,
    path: Path,
}

const WITHIN_20_WEEKS: (u64, u64) = (98, 140);
const WITHIN_52_WEEKS: (u64, u64) = (141, 364);
const OVER_52_WEEKS: (u64, u64) = (365, 480);
const WITHIN_16_WEEKS: (u64, u64) = (84, 112);
const OVER_16_WEEKS: (u64, u64) = (113, 200);

/// The histories behind one authority's published year, as they stood at the end of `today`, by the day of the request.
///
/// The same figures, seed and day give the same histories. Counted as above they give the published rows exactly, provided
/// `today` is past the survey day (the third Thursday of January after the year). Other years they touch are not complete.
/// Fails only for figures of an authority the demonstration has no postcodes for.
pub fn allocate(published: &Published, seed: u64, today: NaiveDate) -> Result<Vec<History>, Malformed> {
    let establishment = 9900 + 2 * u16::try_from(published.year.rem_euclid(40)).unwrap_or(0);
    let mut inventor = Inventor::new(published.authority, establishment, seed)?;
    let year = Year { of: published.year };
    let mut histories = Vec::new();
    for case in cases(published, year, &mut inventor) {
        histories.extend(tell(case, year, &mut inventor)?.as_known_on(today));
    }
    histories.sort_by_key(|history| history.received_on);
    Ok(histories)
}

/// A calendar year, and its days.
#[derive(Debug, Clone, Copy)]
struct Year {
    of: i32,
}

impl Year {
    fn day(self, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.of, month, day).unwrap_or_default()
    }

    fn before(self) -> Year {
        Year { of: self.of - 1 }
    }

    fn after(self) -> Year {
        Year { of: self.of + 1 }
    }
}

/// The endings of the year's assessments, but for plans that followed a reversed refusal to assess. First those that only fit
/// cases of the year before, then the rest in random order; and how many the first are.
fn endings(published: &Published, plans_after_all: &[Challenge], inventor: &mut Inventor) -> (Vec<Ending>, usize) {
    let (all, unexcused) = (&published.timeliness, &published.timeliness_without_exceptions);
    let assessments = &published.assessments;
    let mut early: Vec<Ending> = plans_after_all.iter().map(|&challenge| Ending::PlanAfterAll { challenge }).collect();
    let mut free = Vec::new();
    let plans = |days, dated, many: u32, unexcused: u32, into: &mut Vec<Ending>| {
        let excepted = |place| place >= unexcused;
        into.extend((0..many).map(|place| Ending::Plan { days, dated, excepted: excepted(place), other: Challenge::default() }));
    };
    plans(WITHIN_20_WEEKS, true, all.within_20_weeks, unexcused.within_20_weeks, &mut free);
    plans(WITHIN_52_WEEKS, true, all.within_52_weeks, unexcused.within_52_weeks, &mut free);
    plans(OVER_52_WEEKS, true, all.over_52_weeks, unexcused.over_52_weeks, &mut early);
    plans(WITHIN_52_WEEKS, false, all.undated(), unexcused.undated(), &mut early);
    free.shuffle(&mut inventor.rng);
    let others = Challenge::all(assessments.other_mediation, assessments.other_appeal, assessments.other_appeal_after_mediation);
    for challenge in others {
        if let Some(Ending::Plan { days, dated, excepted, .. }) = free.pop() {
            early.push(Ending::Plan { days, dated, excepted, other: challenge });
        }
    }

    let contested = Challenge::all(assessments.mediation, assessments.appeal, assessments.appeal_after_mediation);
    let mut contested = contested.into_iter().skip(plans_after_all.len());
    let undated = assessments.not_issued - assessments.not_issued_within_16_weeks - assessments.not_issued_later;
    let refusals = [
        (OVER_16_WEEKS, true, assessments.not_issued_later),
        (WITHIN_16_WEEKS, true, assessments.not_issued_within_16_weeks),
        (OVER_16_WEEKS, false, undated),
    ];
    for (days, dated, many) in refusals {
        for _ in 0..many {
            let challenge = contested.next().unwrap_or_default();
            let ending = Ending::NoPlan { days, dated, challenge };
            if challenge.any() || !dated { early.push(ending) } else { free.push(ending) }
        }
    }
    free.shuffle(&mut inventor.rng);
    let only_early = early.len();
    early.extend(free);
    (early, only_early)
}

/// Every case the figures ask for.
fn cases(published: &Published, year: Year, inventor: &mut Inventor) -> Vec<Case> {
    let (requests, assessments) = (&published.requests, &published.assessments);
    let decided = requests.assessed + requests.refused;
    let timed = requests.decided_within_6_weeks + requests.decided_later;
    let received_before = timed.saturating_sub(decided);
    let in_january = decided.saturating_sub(timed);

    let contested = (assessments.issued - published.timeliness.issued) as usize;
    let refusals = Challenge::all(requests.mediation, requests.appeal, requests.appeal_after_mediation);
    let conceded = contested.min(refusals.len());
    let plans_after_all: Vec<Challenge> =
        Challenge::all(assessments.mediation, assessments.appeal, assessments.appeal_after_mediation)
            .into_iter()
            .take(contested - conceded)
            .collect();
    let (mut endings, only_early) = endings(published, &plans_after_all, inventor);

    let mut cases = Vec::new();
    let mut add = |received: Vec<NaiveDate>, decided: Decided, path: Path| {
        cases.extend(received.into_iter().map(|received_on| Case { received_on, decided, late: false, path }));
    };
    let january = inventor.spread(in_january, year.day(11, 27), year.day(12, 19));
    let (january_assessed, january_refused) = january.split_at(january.len() / 2);
    add(january_assessed.to_vec(), Decided::InJanuaryAfter, Path::Assessed(None));
    let uncontested = Path::Refused { challenge: Challenge::default(), conceded: false };
    add(january_refused.to_vec(), Decided::InJanuaryAfter, uncontested);
    let waiting = inventor.spread(requests.undecided, year.day(11, 25), year.day(12, 31));
    let (refused_late, assessed_late) = waiting.into_iter().partition(|_| inventor.rng.random_bool(0.22));
    add(refused_late, Decided::AfterSurvey, uncontested);
    add(assessed_late, Decided::AfterSurvey, Path::Assessed(None));
    add(inventor.spread(requests.withdrawn, year.day(2, 1), year.day(10, 31)), Decided::InYear, Path::Withdrawn);

    let refused = requests.refused - january_refused.len() as u32;
    add(inventor.spread(refused, year.day(1, 2), year.day(11, 28)), Decided::InYear, uncontested);
    let assessed = requests.assessed - january_assessed.len() as u32;
    add(inventor.spread(assessed, year.day(1, 2), year.day(11, 28)), Decided::InYear, Path::Assessed(None));
    add(
        inventor.spread(received_before, year.before().day(11, 24), year.before().day(12, 29)),
        Decided::ReceivedBefore,
        uncontested,
    );

    contest(&mut cases, &refusals, conceded, year, inventor);
    late_decisions(&mut cases, requests.decided_later, year, inventor);
    complete(&mut cases, &mut endings, only_early, assessed, year, inventor);
    for ending in endings {
        cases.push(case_of_the_year_before(ending, year, inventor));
    }
    cases
}

/// Spreads the contested refusals over the cases refused early enough for it; the first of them end in a plan in the year.
fn contest(cases: &mut [Case], refusals: &[Challenge], conceded: usize, year: Year, inventor: &mut Inventor) {
    let mut refused: Vec<&mut Case> = cases
        .iter_mut()
        .filter(|case| case.decided == Decided::InYear && matches!(case.path, Path::Refused { .. }))
        .filter(|case| case.received_on <= year.day(7, 31))
        .collect();
    refused.shuffle(&mut inventor.rng);
    if conceded > 0 {
        refused.sort_by_key(|case| case.received_on > year.day(4, 30));
    }
    for (place, (case, &challenge)) in refused.into_iter().zip(refusals).enumerate() {
        case.path = Path::Refused { challenge, conceded: place < conceded };
    }
}

/// Spreads the decisions made after more than six weeks over the cases with room for it.
fn late_decisions(cases: &mut [Case], many: u32, year: Year, inventor: &mut Inventor) {
    let mut roomy: Vec<&mut Case> = cases
        .iter_mut()
        .filter(|case| matches!(case.decided, Decided::InYear | Decided::ReceivedBefore))
        .filter(|case| case.received_on <= year.day(10, 20))
        .filter(|case| !matches!(case.path, Path::Withdrawn | Path::Refused { conceded: true, .. }))
        .collect();
    roomy.shuffle(&mut inventor.rng);
    for case in roomy.into_iter().take(many as usize) {
        case.late = true;
    }
}

/// Gives endings in the year to cases decided in it, and takes them from the list.
///
/// At most 55 in 100 of those assessed can end within the year, and most received the year before were assessed.
fn complete(
    cases: &mut [Case],
    endings: &mut Vec<Ending>,
    only_early: usize,
    assessed: u32,
    year: Year,
    inventor: &mut Inventor,
) {
    let free = endings.len() - only_early;
    let ending = |wanted: u32| (wanted as usize).min(free * 68 / 100);
    let mut assessed_early: Vec<&mut Case> = Vec::new();
    let mut before: Vec<&mut Case> = Vec::new();
    for case in cases {
        match (case.decided, case.path) {
            (Decided::InYear, Path::Assessed(None)) if case.received_on <= year.day(8, 5) => assessed_early.push(case),
            (Decided::ReceivedBefore, _) => before.push(case),
            _ => {}
        }
    }
    // Whoever asked in winter has their answer by the year's end; the others wait their turn at random.
    assessed_early.shuffle(&mut inventor.rng);
    assessed_early.sort_by_key(|case| case.received_on > year.day(2, 28));
    let from_before = before.len() * 3 / 4;
    let chosen = assessed_early.into_iter().take(ending(assessed * 55 / 100)).chain(before.into_iter().take(from_before));
    for case in chosen {
        if endings.len() > only_early {
            case.path = Path::Assessed(endings.pop());
        }
    }
}

/// A case decided the year before and completed in the year.
fn case_of_the_year_before(ending: Ending, year: Year, inventor: &mut Inventor) -> Case {
    let before = year.before();
    let longest = match ending {
        Ending::Plan { days: (_, longest), .. } | Ending::NoPlan { days: (_, longest), .. } => longest,
        Ending::PlanAfterAll { .. } => 0,
    };
    let received_on = match ending {
        Ending::PlanAfterAll { .. } => inventor.day(before.day(7, 15), before.day(9, 1)),
        Ending::Plan { days: OVER_52_WEEKS, .. } => inventor.day(before.day(1, 10), before.day(8, 31)),
        _ => inventor.late_day(plus(minus(year.day(1, 2), longest), 10), before.day(11, 14)),
    };
    let late = inventor.rng.random_bool(0.15) && !matches!(ending, Ending::PlanAfterAll { .. });
    Case { received_on, decided: Decided::YearBefore, late, path: Path::Assessed(Some(ending)) }
}

/// The history of one case.
fn tell(case: Case, year: Year, inventor: &mut Inventor) -> Result<History, Malformed> {
    let mut history = inventor.request(case.received_on)?;
    if matches!(case.path, Path::Withdrawn) {
        history.withdrawn_on = Some(inventor.day(plus(case.received_on, 5), plus(case.received_on, 30)));
        return Ok(history);
    }
    let notified_on = notice(case, year, inventor);
    match case.path {
        Path::Refused { challenge, conceded } => {
            inventor.decide_request(&mut history, AssessmentOutcome::Refuse, notified_on);
            (history.request_mediation_on, history.request_appeal_on) = inventor.contest(challenge, notified_on);
            if let (true, Some(last)) = (conceded, history.request_appeal_on.max(history.request_mediation_on)) {
                let conceded_on = inventor.day(plus(last, 10), plus(last, 24));
                history.assessment_conceded_on = Some(conceded_on);
                let sent_on = inventor.day(plus(conceded_on, 84), plus(conceded_on, 98));
                inventor.assess_with_plan(&mut history, conceded_on, sent_on)?;
            }
        }
        Path::Assessed(ending) => {
            inventor.decide_request(&mut history, AssessmentOutcome::Assess, notified_on);
            match ending {
                Some(ending) => end(&mut history, ending, notified_on, case.decided, year, inventor)?,
                None => end_after_the_year(&mut history, notified_on, year, inventor)?,
            }
        }
        Path::Withdrawn => {}
    }
    Ok(history)
}

/// The day the family hears of the decision on the request.
fn notice(case: Case, year: Year, inventor: &mut Inventor) -> NaiveDate {
    let received = case.received_on;
    let (first, last) =
        if case.late { (plus(received, 43), plus(received, 60)) } else { (plus(received, 18), plus(received, 42)) };
    let (earliest, latest) = match case.decided {
        Decided::InYear | Decided::ReceivedBefore => (year.day(1, 2), year.day(12, 31)),
        Decided::YearBefore => (year.before().before().day(1, 1), year.before().day(12, 31)),
        Decided::InJanuaryAfter => return inventor.day(year.after().day(1, 2), year.after().day(1, 13)),
        Decided::AfterSurvey => {
            let first = plus(received, 36).max(year.after().day(2, 1));
            return inventor.day(first, plus(first, 21));
        }
    };
    inventor.day(first.max(earliest), last.min(latest))
}

/// Brings an assessment to its ending in the year.
fn end(
    history: &mut History,
    ending: Ending,
    begun_on: NaiveDate,
    decided: Decided,
    year: Year,
    inventor: &mut Inventor,
) -> Result<(), Malformed> {
    let received = history.received_on;
    let within = |(shortest, longest): (u64, u64), least: u64, latest: NaiveDate| {
        let first = plus(received, shortest).max(plus(begun_on, least)).max(year.day(1, 2));
        (first, plus(received, longest).min(latest))
    };
    // Cases of the year before end by August, so that whatever is contested is contested within the year.
    let latest = if decided == Decided::YearBefore { year.day(8, 31) } else { year.day(12, 31) };
    match ending {
        Ending::Plan { days, dated, excepted, other } => {
            let latest = if days == OVER_52_WEEKS { year.day(12, 31) } else { latest };
            let (first, last) = within(days, NOTICE_TO_PLAN, latest);
            let sent_on = if days == WITHIN_20_WEEKS { inventor.late_day(first, last) } else { inventor.early_day(first, last) };
            inventor.assess_with_plan(history, begun_on, sent_on)?;
            history.received_on_is_known = dated;
            if excepted {
                inventor.except(history);
            }
            (history.other_mediation_on, history.other_appeal_on) = inventor.contest(other, sent_on);
        }
        Ending::NoPlan { days, dated, challenge } => {
            let (first, last) = within(days, NOTICE_TO_NO_PLAN, latest);
            let notified_on = inventor.early_day(first, last);
            inventor.assess_without_plan(history, begun_on, notified_on);
            history.received_on_is_known = dated;
            (history.plan_mediation_on, history.plan_appeal_on) = inventor.contest(challenge, notified_on);
        }
        Ending::PlanAfterAll { challenge } => {
            let first = plus(received, 95).max(plus(begun_on, NOTICE_TO_NO_PLAN));
            let notified_on = inventor.day(first, plus(received, 112));
            inventor.assess_without_plan(history, begun_on, notified_on);
            (history.plan_mediation_on, history.plan_appeal_on) = inventor.contest(challenge, notified_on);
            if let Some(last) = history.plan_appeal_on.max(history.plan_mediation_on) {
                let conceded_on = inventor.day(plus(last, 10).max(year.day(1, 2)), plus(last, 30).max(year.day(1, 12)));
                inventor.concede_plan(history, conceded_on)?;
            }
        }
    }
    Ok(())
}

/// Brings an assessment to an end in the next year: mostly a plan, within a year of the request.
fn end_after_the_year(history: &mut History, begun_on: NaiveDate, year: Year, inventor: &mut Inventor) -> Result<(), Malformed> {
    let new_year = year.after().day(1, 2);
    let received = history.received_on;
    if inventor.rng.random_bool(0.05) {
        let first = plus(begun_on, NOTICE_TO_NO_PLAN).max(new_year);
        let notified_on = inventor.day(first, plus(first, 60));
        inventor.assess_without_plan(history, begun_on, notified_on);
        return Ok(());
    }
    let first = plus(begun_on, NOTICE_TO_PLAN).max(plus(received, 105)).max(new_year);
    let timely = first < plus(received, 126) && inventor.rng.random_bool(0.4);
    let last = if timely { plus(received, 140) } else { plus(first, 110).min(plus(received, 364)) };
    let sent_on = inventor.early_day(first, last);
    inventor.assess_with_plan(history, begun_on, sent_on)
}
