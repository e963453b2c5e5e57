//! On which days do the steps of a fictional case happen, in lawful order?
//!
//! Each step is drawn from the span of days that the steps around it leave, preferring working days. A span that holds no day is a
//! mistake of the caller, which the tests of order would show.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rand::RngExt;

use super::history::{
    Advice, AdviceGiver, AssessmentOutcome, Decision, Exception, ExceptionGround, History, PlanOutcome, Review, ReviewOutcome,
};
use super::names::Inventor;
use crate::record::codes::{Malformed, NeedType};

/// How a family contested a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Challenge {
    pub(super) mediation: bool,
    pub(super) appeal: bool,
}

impl Challenge {
    /// As many as the three published columns say: mediation, appeal, and both (which the first two include).
    pub(super) fn all(mediation: u32, appeal: u32, both: u32) -> Vec<Challenge> {
        let kind = |many: u32, mediation, appeal| (0..many).map(move |_| Challenge { mediation, appeal });
        kind(mediation.saturating_sub(both), true, false)
            .chain(kind(both, true, true))
            .chain(kind(appeal.saturating_sub(both), false, true))
            .collect()
    }

    /// Whether there was any.
    pub(super) fn any(self) -> bool {
        self.mediation || self.appeal
    }
}

/// The fewest days from the notice that there will be an assessment to a final plan.
pub(super) const NOTICE_TO_PLAN: u64 = 62;
/// The fewest days from the notice that there will be an assessment to the notice that there will be no plan.
pub(super) const NOTICE_TO_NO_PLAN: u64 = 45;

pub(super) fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

pub(super) fn minus(day: NaiveDate, days: u64) -> NaiveDate {
    day - Days::new(days)
}

impl Inventor {
    /// A day from the first to the last given: a working day wherever there is one.
    pub(super) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let span = u64::try_from((last - first).num_days()).unwrap_or(0) + 1;
        // A few draws before walking on from the last: walking alone would make a Monday of every weekend.
        let drawn = self.draw(span, 6, |drawn| works(plus(first, drawn)));
        (0..span).map(|step| plus(first, (drawn + step) % span)).find(|day| works(*day)).unwrap_or(plus(first, drawn))
    }

    /// A number below `span`, drawn again up to so many times until it suits.
    fn draw(&mut self, span: u64, times: u32, suits: impl Fn(u64) -> bool) -> u64 {
        let mut drawn = self.rng.random_range(0..span);
        for _ in 1..times {
            if suits(drawn) {
                break;
            }
            drawn = self.rng.random_range(0..span);
        }
        drawn
    }

    /// As `day`, more likely early in the span.
    pub(super) fn early_day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        self.day(first, last).min(self.day(first, last))
    }

    /// As `day`, more likely late in the span.
    pub(super) fn late_day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        self.day(first, last).max(self.day(first, last))
    }

    /// Days spread evenly over a span; one in twelve may be a weekend, as e-mails are.
    pub(super) fn spread(&mut self, many: u32, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let span = u32::try_from((last - first).num_days()).unwrap_or(0) + 1;
        let days = (0..many).map(|place| {
            let (start, end) = (place * span / many, ((place + 1) * span / many).max(place * span / many + 1));
            let (start, end) = (plus(first, start.into()), plus(first, u64::from(end) - 1));
            if self.rng.random_bool(1.0 / 12.0) {
                return end;
            }
            let day = self.day(start, end);
            if works(day) { day } else { self.day(minus(day, 3).max(first), plus(day, 3).min(last)) }
        });
        days.collect()
    }

    /// A child and their request, with nothing decided.
    pub(super) fn request(&mut self, received_on: NaiveDate) -> Result<History, Malformed> {
        let child = self.child(received_on)?;
        let setting = self.setting(&child, received_on, false)?;
        let source = self.source(&child, &setting, received_on);
        let panel = self.rng.random_bool(0.3);
        Ok(History {
            child,
            source,
            received_on,
            received_on_is_known: true,
            assessment_decision: None,
            assessment_conceded_on: None,
            advice: Vec::new(),
            exception: None,
            plan_decision: None,
            plan_conceded_on: None,
            draft_served_on: Vec::new(),
            final_plan_sent_on: None,
            withdrawn_on: None,
            request_mediation_on: None,
            request_appeal_on: None,
            plan_mediation_on: None,
            plan_appeal_on: None,
            other_mediation_on: None,
            other_appeal_on: None,
            panel,
            setting: setting.urn,
            named_setting: None,
            place: None,
            reviews: Vec::new(),
        })
    }

    /// The decision on the request, notified on a day.
    pub(super) fn decide_request(&mut self, history: &mut History, outcome: AssessmentOutcome, notified_on: NaiveDate) {
        let decided_on = self.decided(plus(history.received_on, 5), notified_on);
        history.assessment_decision = Some(Decision { outcome, decided_on, notified_on });
    }

    /// The days a family contests a decision, within two months of hearing of it.
    pub(super) fn contest(&mut self, challenge: Challenge, notified_on: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let mediation = challenge.mediation.then(|| self.day(plus(notified_on, 21), plus(notified_on, 42)));
        let appeal = challenge.appeal.then(|| self.day(plus(notified_on, 46), plus(notified_on, 60)));
        (mediation, appeal)
    }

    /// From the notice of an assessment to the notice that no plan follows, at least `NOTICE_TO_NO_PLAN` days later.
    pub(super) fn assess_without_plan(&mut self, history: &mut History, begun_on: NaiveDate, notified_on: NaiveDate) {
        let decided_on = self.decided(plus(begun_on, 30), notified_on);
        history.plan_decision = Some(Decision { outcome: PlanOutcome::NoPlan, decided_on, notified_on });
        self.advise(history, begun_on, minus(decided_on, 1));
    }

    /// From the notice of an assessment to a final plan, at least `NOTICE_TO_PLAN` days later, and its reviews a year at a time.
    pub(super) fn assess_with_plan(
        &mut self,
        history: &mut History,
        begun_on: NaiveDate,
        sent_on: NaiveDate,
    ) -> Result<(), Malformed> {
        let room = u64::try_from((sent_on - begun_on).num_days()).unwrap_or(0);
        let last_draft = self.day(minus(sent_on, 16 + (room / 5).min(20)), minus(sent_on, 16));
        let twice = room > 130 && self.rng.random_bool(0.2);
        let first_draft = if twice { self.day(minus(last_draft, 35), minus(last_draft, 16)) } else { last_draft };
        let notified_on = self.day(minus(first_draft, 8), first_draft);
        let decided_on = self.decided(minus(notified_on, 3), notified_on);
        history.plan_decision = Some(Decision { outcome: PlanOutcome::Issue, decided_on, notified_on });
        self.advise(history, begun_on, minus(decided_on, 1));
        self.finish(history, if twice { vec![first_draft, last_draft] } else { vec![last_draft] }, sent_on)
    }

    /// A plan conceded after it had been refused: one draft, the final plan 35 to 63 days after the concession.
    pub(super) fn concede_plan(&mut self, history: &mut History, conceded_on: NaiveDate) -> Result<(), Malformed> {
        history.plan_conceded_on = Some(conceded_on);
        let sent_on = self.day(plus(conceded_on, 35), plus(conceded_on, 63));
        let draft = self.day(plus(conceded_on, 3), minus(sent_on, 16));
        self.finish(history, vec![draft], sent_on)
    }

    /// An exception of about a month, somewhere between the request and the final plan.
    pub(super) fn except(&mut self, history: &mut History) {
        let ground =
            if self.rng.random_bool(0.6) { ExceptionGround::PersonalCircumstances } else { ExceptionGround::AbsentFromArea };
        let from = plus(history.received_on, self.rng.random_range(20..60));
        history.exception = Some(Exception { ground, from, to: plus(from, self.rng.random_range(28..35)) });
    }

    fn finish(&mut self, history: &mut History, drafts: Vec<NaiveDate>, sent_on: NaiveDate) -> Result<(), Malformed> {
        history.draft_served_on = drafts;
        history.final_plan_sent_on = Some(sent_on);
        let special = self.rng.random_bool(0.35);
        if self.rng.random_bool(0.95) {
            history.named_setting = Some(self.setting(&history.child, sent_on, special)?.urn);
        }
        history.reviews = self.reviews(sent_on);
        Ok(())
    }

    /// Advice from everybody the law names, and from a therapist where speech is a need, back by a day.
    fn advise(&mut self, history: &mut History, begun_on: NaiveDate, by: NaiveDate) {
        let mut givers =
            vec![AdviceGiver::Setting, AdviceGiver::EducationalPsychology, AdviceGiver::Health, AdviceGiver::SocialCare];
        if history.child.needs.contains(&NeedType::Slcn) {
            givers.push(AdviceGiver::SpeechAndLanguageTherapy);
        }
        let advice = givers.into_iter().map(|giver| {
            let requested_on = self.day(begun_on, plus(begun_on, 4));
            let received_on = self.day(requested_on, plus(requested_on, 3));
            let returned_on = self.day(plus(received_on, 7).min(by), plus(received_on, 60).min(by));
            Advice { giver, requested_on, received_on: Some(received_on), returned_on: Some(returned_on) }
        });
        history.advice = advice.collect();
    }

    /// Three years of reviews, or fewer if one ends the plan; most within the year, four decisions of ten within four weeks.
    fn reviews(&mut self, sent_on: NaiveDate) -> Vec<Review> {
        let mut reviews = Vec::new();
        let mut last = sent_on;
        for _ in 0..3 {
            let meeting_on = self.early_day(plus(last, 300), plus(last, 370));
            let report_on = self.day(plus(meeting_on, 3), plus(meeting_on, 17));
            let (first, latest) = if self.rng.random_bool(0.42) { (18, 28) } else { (29, 75) };
            let notified_on = self.day(plus(meeting_on, first), plus(meeting_on, latest));
            let decided_on = self.decided(plus(meeting_on, 17), notified_on);
            let outcome = match self.rng.random_range(0..100) {
                0..54 => ReviewOutcome::Maintain,
                54..98 => ReviewOutcome::Amend,
                _ => ReviewOutcome::Cease,
            };
            let decision = Some(Decision { outcome, decided_on, notified_on });
            reviews.push(Review { meeting_on, report_on: Some(report_on), decision });
            if outcome == ReviewOutcome::Cease {
                break;
            }
            last = meeting_on;
        }
        reviews
    }

    /// A day up to three before the notice, in its calendar year, so that either day gives the same figures.
    pub(super) fn decided(&mut self, earliest: NaiveDate, notified_on: NaiveDate) -> NaiveDate {
        let decided_on = self.day(minus(notified_on, 3).max(earliest).min(notified_on), notified_on);
        if decided_on.year() == notified_on.year() { decided_on } else { notified_on }
    }
}

fn works(day: NaiveDate) -> bool {
    let closed = matches!((day.month(), day.day()), (1, 1) | (12, 24..=31));
    !closed && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
