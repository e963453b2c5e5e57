//! Which requests were received, when was each decided, and which refusals were contested?

use chrono::{Datelike, NaiveDate};
use rand::RngExt;
use rand::seq::SliceRandom;

use super::Year;
use crate::demo::figures::Published;
use crate::demo::history::{AssessmentOutcome, History};
use crate::demo::names::Inventor;
use crate::demo::timeline::{Challenge, plus};
use crate::record::codes::Malformed;

/// When a request was received and decided, seen from the year whose columns it fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decided {
    InYear,
    /// Received in the last weeks of the year before.
    ReceivedBefore,
    /// Decided in the next January, by the survey day.
    InJanuaryAfter,
    AfterSurvey,
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Assess,
    Refuse { challenge: Challenge, conceded: bool },
    Withdrawn,
}

/// One request to be told: what became of it and within which bounds.
#[derive(Debug, Clone, Copy)]
struct Request {
    received_on: NaiveDate,
    decided: Decided,
    late: bool,
    answer: Answer,
}

const UNCONTESTED: Answer = Answer::Refuse { challenge: Challenge { mediation: false, appeal: false }, conceded: false };

/// Every request that the published years count, and those received before the first and decided in it. Assessments are begun and
/// not ended, but for those the authority conceded.
pub(super) fn requests(years: &[Published], inventor: &mut Inventor) -> Result<Vec<History>, Malformed> {
    let mut histories = Vec::new();
    let mut carried = received_before(years);
    let mut late_already = 0;
    for (place, published) in years.iter().enumerate() {
        let year = Year(published.year);
        let mut requests = received_in(published, carried, inventor);
        if place == 0 {
            let before = year.before();
            for received_on in inventor.spread(carried, before.day(11, 24), before.day(12, 29)) {
                let answer = if inventor.rng.random_bool(0.75) { Answer::Assess } else { UNCONTESTED };
                requests.push(Request { received_on, decided: Decided::ReceivedBefore, late: false, answer });
            }
        }
        contest(&mut requests, published, inventor);
        late_decisions(&mut requests, published.requests.decided_later.saturating_sub(late_already), year, inventor);
        late_already = count(&requests, |request| request.late && request.decided == Decided::AfterSurvey);
        carried = count(&requests, |request| matches!(request.decided, Decided::InJanuaryAfter | Decided::AfterSurvey));
        for request in requests {
            histories.push(tell(request, year, inventor)?);
        }
    }
    Ok(histories)
}

fn count(requests: &[Request], holds: impl Fn(&&Request) -> bool) -> u32 {
    u32::try_from(requests.iter().filter(holds).count()).unwrap_or(u32::MAX)
}

/// The fewest requests received before the first year and decided in it with which no year decides more in a January than there is.
///
/// A year's decisions are those on its own requests, without the ones left to its January, and those left by the year before.
fn received_before(years: &[Published]) -> u32 {
    let (mut carried, mut shortage) = (0, 0);
    for Published { requests, .. } in years {
        let decided = i64::from(requests.assessed + requests.refused);
        let in_january = decided + carried - i64::from(requests.decided_within_6_weeks + requests.decided_later);
        shortage = shortage.max(-in_january);
        carried = in_january + i64::from(requests.undecided);
    }
    u32::try_from(shortage).unwrap_or(0)
}

/// The requests received in a year that decides `carried` of earlier ones.
fn received_in(published: &Published, carried: u32, inventor: &mut Inventor) -> Vec<Request> {
    let (requests, year) = (&published.requests, Year(published.year));
    let decided = requests.assessed + requests.refused;
    let in_january = (decided + carried).saturating_sub(requests.decided_within_6_weeks + requests.decided_later);
    let mut all = Vec::new();
    let mut add = |received: &[NaiveDate], decided: Decided, answer: Answer| {
        all.extend(received.iter().map(|&received_on| Request { received_on, decided, late: false, answer }));
    };
    let january = inventor.spread(in_january, year.day(11, 23), year.day(12, 19));
    let (assessed, refused) = january.split_at(january.len() / 2);
    add(assessed, Decided::InJanuaryAfter, Answer::Assess);
    add(refused, Decided::InJanuaryAfter, UNCONTESTED);
    let waiting = inventor.spread(requests.undecided, year.day(11, 25), year.day(12, 31));
    let (refused_late, assessed_late): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|_| inventor.rng.random_bool(0.22));
    add(&refused_late, Decided::AfterSurvey, UNCONTESTED);
    add(&assessed_late, Decided::AfterSurvey, Answer::Assess);
    add(&inventor.spread(requests.withdrawn, year.day(2, 1), year.day(10, 31)), Decided::InYear, Answer::Withdrawn);
    let in_year = |of: u32, in_january: usize| of.saturating_sub(u32::try_from(in_january).unwrap_or(0));
    let (first, last) = (year.day(1, 2), year.day(11, 28));
    add(&inventor.spread(in_year(requests.refused, refused.len()), first, last), Decided::InYear, UNCONTESTED);
    add(&inventor.spread(in_year(requests.assessed, assessed.len()), first, last), Decided::InYear, Answer::Assess);
    for request in all.iter_mut().filter(|request| request.decided == Decided::AfterSurvey) {
        let in_time = plus(request.received_on, 42) > plus(year.survey_day(), 7);
        request.late = !in_time || inventor.rng.random_bool(0.5);
    }
    all
}

/// Spreads the contested refusals over the requests refused early enough for it; the first of them end in a plan in the year.
fn contest(requests: &mut [Request], published: &Published, inventor: &mut Inventor) {
    let year = Year(published.year);
    let wanted = &published.requests;
    let challenges = Challenge::all(wanted.mediation, wanted.appeal, wanted.appeal_after_mediation);
    let conceded = challenges.len().min(published.contested_plans() as usize);
    let mut refused: Vec<&mut Request> = requests
        .iter_mut()
        .filter(|request| request.decided == Decided::InYear && matches!(request.answer, Answer::Refuse { .. }))
        .filter(|request| request.received_on <= year.day(7, 31))
        .collect();
    refused.shuffle(&mut inventor.rng);
    if conceded > 0 {
        refused.sort_by_key(|request| request.received_on > year.day(4, 30));
    }
    for (place, (request, challenge)) in refused.into_iter().zip(challenges).enumerate() {
        request.answer = Answer::Refuse { challenge, conceded: place < conceded };
    }
}

/// Spreads the decisions made after more than six weeks over the requests with room for it.
fn late_decisions(requests: &mut [Request], many: u32, year: Year, inventor: &mut Inventor) {
    let mut roomy: Vec<&mut Request> = requests
        .iter_mut()
        .filter(|request| matches!(request.decided, Decided::InYear | Decided::ReceivedBefore))
        .filter(|request| request.received_on <= year.day(10, 20))
        .filter(|request| !matches!(request.answer, Answer::Withdrawn | Answer::Refuse { conceded: true, .. }))
        .collect();
    roomy.shuffle(&mut inventor.rng);
    for request in roomy.into_iter().take(many as usize) {
        request.late = true;
    }
}

/// The history of one request up to the decision, and of a refusal to the end.
fn tell(request: Request, year: Year, inventor: &mut Inventor) -> Result<History, Malformed> {
    let received_on = request.received_on;
    let mut history = inventor.request(received_on)?;
    match request.answer {
        Answer::Withdrawn => history.withdrawn_on = Some(inventor.day(plus(received_on, 5), plus(received_on, 30))),
        Answer::Assess => {
            let notified_on = notice(request, year, inventor);
            inventor.decide_request(&mut history, AssessmentOutcome::Assess, notified_on);
        }
        Answer::Refuse { challenge, conceded } => {
            let notified_on = notice(request, year, inventor);
            inventor.decide_request(&mut history, AssessmentOutcome::Refuse, notified_on);
            (history.request_mediation_on, history.request_appeal_on) = inventor.contest(challenge, notified_on);
            if let (true, Some(last)) = (conceded, history.request_appeal_on.max(history.request_mediation_on)) {
                let conceded_on = inventor.day(plus(last, 10), plus(last, 24));
                history.assessment_conceded_on = Some(conceded_on);
                let sent_on = inventor.day(plus(conceded_on, 84), plus(conceded_on, 98));
                inventor.assess_with_plan(&mut history, conceded_on, sent_on)?;
            }
        }
    }
    Ok(history)
}

/// The day the family hears of the decision on the request.
fn notice(request: Request, year: Year, inventor: &mut Inventor) -> NaiveDate {
    let received = request.received_on;
    let (first, last) =
        if request.late { (plus(received, 43), plus(received, 60)) } else { (plus(received, 18), plus(received, 42)) };
    let (earliest, latest) = match request.decided {
        Decided::InYear | Decided::ReceivedBefore => (year.day(1, 2), year.day(12, 31)),
        Decided::InJanuaryAfter => (year.after().day(1, 2), year.survey_day()),
        Decided::AfterSurvey => {
            let earliest = plus(year.survey_day(), 1);
            (earliest, plus(earliest.max(received), 70))
        }
    };
    let first = first.max(earliest);
    // Whoever waited longest on the survey day still waits some days.
    let last = last.min(latest).max(if request.late { plus(first, 7).min(latest) } else { first });
    inventor.day(first, last)
}

/// Whether an assessment was begun in time for a year, and has not ended.
pub(super) fn awaits_ending(history: &History) -> bool {
    let begun = history.assessment_decision.is_some_and(|made| made.outcome == AssessmentOutcome::Assess);
    begun && history.received_on_is_known && history.plan_decision.is_none()
}

/// Whether the request was received in a year.
pub(super) fn received_within(history: &History, year: Year) -> bool {
    history.received_on.year() == year.0
}
