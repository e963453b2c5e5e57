//! How did the assessments completed in a year end, and on which days can each ending fall?

use chrono::NaiveDate;
use rand::seq::SliceRandom;

use super::Year;
use crate::demo::figures::Published;
use crate::demo::history::History;
use crate::demo::names::Inventor;
use crate::demo::timeline::{Challenge, NOTICE_TO_NO_PLAN, NOTICE_TO_PLAN, plus};
use crate::record::codes::Malformed;

/// What an assessment ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Plan,
    NoPlan,
    /// No plan at first, the year before; a plan after mediation or an appeal.
    PlanAfterAll,
}

/// One ending the figures ask for: what, how many days after the request, and whether the family contested it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) ends: Ends,
    pub(super) days: (u64, u64),
    pub(super) dated: bool,
    pub(super) excepted: bool,
    pub(super) challenge: Challenge,
}

pub(super) const OVER_52_WEEKS: (u64, u64) = (365, 480);
const WITHIN_20_WEEKS: (u64, u64) = (98, 140);
const WITHIN_52_WEEKS: (u64, u64) = (141, 364);
const WITHIN_16_WEEKS: (u64, u64) = (84, 112);
const OVER_16_WEEKS: (u64, u64) = (113, 200);

/// The endings of a year.
pub(super) struct Endings {
    /// Those of requests that no column counts: undated, or refused a plan before the first year.
    pub(super) apart: Vec<Ending>,
    /// Those that few cases can have, because they come late or are contested.
    pub(super) scarce: Vec<Ending>,
    /// The rest, in random order.
    pub(super) usual: Vec<Ending>,
}

/// The endings of a year's assessments, but for the plans that followed a reversed refusal to assess.
pub(super) fn endings(published: &Published, inventor: &mut Inventor) -> Endings {
    let (all, unexcused, assessments) = (&published.timeliness, &published.timeliness_without_exceptions, &published.assessments);
    let mut dated = Vec::new();
    let mut found = Endings { apart: Vec::new(), scarce: Vec::new(), usual: Vec::new() };
    for (days, dated_, many, unexcused) in [
        (WITHIN_20_WEEKS, true, all.within_20_weeks, unexcused.within_20_weeks),
        (WITHIN_52_WEEKS, true, all.within_52_weeks, unexcused.within_52_weeks),
        (OVER_52_WEEKS, true, all.over_52_weeks, unexcused.over_52_weeks),
        (WITHIN_52_WEEKS, false, all.undated(), unexcused.undated()),
    ] {
        dated.extend((0..many).map(|place| Ending {
            ends: Ends::Plan,
            days,
            dated: dated_,
            excepted: place >= unexcused,
            challenge: Challenge::default(),
        }));
    }
    dated.shuffle(&mut inventor.rng);
    let about_contents =
        Challenge::all(assessments.other_mediation, assessments.other_appeal, assessments.other_appeal_after_mediation);
    let prompt = dated.iter_mut().filter(|ending| ending.dated && ending.days != OVER_52_WEEKS);
    for (ending, challenge) in prompt.zip(about_contents) {
        ending.challenge = challenge;
    }

    let contested = Challenge::all(assessments.mediation, assessments.appeal, assessments.appeal_after_mediation);
    let after_all = published.plans_after_refusing_one() as usize;
    let (reversed, upheld) = contested.split_at(after_all.min(contested.len()));
    let mut upheld = upheld.iter().copied();
    let untimed = assessments.not_issued - assessments.not_issued_within_16_weeks - assessments.not_issued_later;
    for (days, is_dated, many) in [
        (OVER_16_WEEKS, true, assessments.not_issued_later),
        (WITHIN_16_WEEKS, true, assessments.not_issued_within_16_weeks),
        (OVER_16_WEEKS, false, untimed),
    ] {
        dated.extend((0..many).map(|_| Ending {
            ends: Ends::NoPlan,
            days,
            dated: is_dated,
            excepted: false,
            challenge: upheld.next().unwrap_or_default(),
        }));
    }
    dated.extend(reversed.iter().map(|&challenge| Ending {
        ends: Ends::PlanAfterAll,
        days: (0, 0),
        dated: true,
        excepted: false,
        challenge,
    }));
    for ending in dated {
        let place = match ending {
            Ending { ends: Ends::PlanAfterAll, .. } | Ending { dated: false, .. } => &mut found.apart,
            Ending { days: OVER_52_WEEKS, .. } => &mut found.scarce,
            _ if ending.challenge.any() => &mut found.scarce,
            _ => &mut found.usual,
        };
        place.push(ending);
    }
    found.usual.shuffle(&mut inventor.rng);
    found
}

impl Ending {
    /// The days of a year on which an assessment begun on a day can end like this; none where its time is not in the year.
    ///
    /// What is contested ends by October, so that it is contested before the survey day.
    pub(super) fn window(&self, received_on: NaiveDate, begun_on: NaiveDate, year: Year) -> Option<(NaiveDate, NaiveDate)> {
        let least = if self.ends == Ends::Plan { NOTICE_TO_PLAN } else { NOTICE_TO_NO_PLAN };
        let latest = if self.challenge.any() { year.day(10, 31) } else { year.day(12, 31) };
        let first = plus(received_on, self.days.0).max(plus(begun_on, least)).max(year.day(1, 2));
        let last = plus(received_on, self.days.1).min(latest);
        // A few days at least, so that one of them is a working day.
        (plus(first, 4) <= last).then_some((first, last))
    }

    /// Brings an assessment to this ending, in its window.
    pub(super) fn bring(
        &self,
        history: &mut History,
        begun_on: NaiveDate,
        (first, last): (NaiveDate, NaiveDate),
        inventor: &mut Inventor,
    ) -> Result<(), Malformed> {
        history.received_on_is_known = self.dated;
        match self.ends {
            Ends::Plan => {
                let late = self.days == WITHIN_20_WEEKS;
                let sent_on = if late { inventor.late_day(first, last) } else { inventor.early_day(first, last) };
                inventor.assess_with_plan(history, begun_on, sent_on)?;
                if self.excepted {
                    inventor.except(history);
                }
                (history.other_mediation_on, history.other_appeal_on) = inventor.contest(self.challenge, sent_on);
            }
            Ends::NoPlan => {
                let notified_on = inventor.early_day(first, last);
                inventor.assess_without_plan(history, begun_on, notified_on);
                (history.plan_mediation_on, history.plan_appeal_on) = inventor.contest(self.challenge, notified_on);
            }
            Ends::PlanAfterAll => {
                let notified_on = inventor.day(first, last);
                inventor.assess_without_plan(history, begun_on, notified_on);
                (history.plan_mediation_on, history.plan_appeal_on) = inventor.contest(self.challenge, notified_on);
            }
        }
        Ok(())
    }
}
