//! Which duties does one claim of an exception excuse, and which not, and why?

use chrono::NaiveDate;

use super::due::in_scope;
use super::duty::duties;
use super::exception::{Shortfall, exception};
use super::fact::Fact;
use super::rule::Rule;

/// What a claim does for one duty.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The duty's row.
    pub rule: &'static Rule,
    /// Which thing the duty is about.
    pub about: Option<String>,
    /// The day it is counted from.
    pub starts_on: NaiveDate,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// What is missing; none when the claim excuses missing the day.
    pub shortfall: Option<Shortfall>,
}

/// What a claim does for each duty that its paragraph can excuse, whether or not it is among the facts.
pub fn verdicts(claim: &Fact, facts: &[Fact]) -> Vec<Verdict> {
    let Some(exception) = claim.paragraph.as_deref().and_then(exception) else { return Vec::new() };
    duties(facts)
        .into_iter()
        .filter(|duty| duty.rule.excused_by.contains(&exception.paragraph))
        .filter_map(|duty| {
            let start = facts.get(duty.started_by).filter(|start| in_scope(duty.rule.scope, start, claim))?;
            let shortfall = if exception.in_force.covers(duty.starts_on, duty.due_on) {
                exception.terms.test(claim, duty.starts_on, duty.due_on, facts).err()
            } else {
                Some(Shortfall::NotInForce)
            };
            let about = start.about.clone();
            Some(Verdict { rule: duty.rule, about, starts_on: duty.starts_on, due_on: duty.due_on, shortfall })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::FactKind;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn claim(paragraph: &str, from: &str, to: &str) -> Fact {
        Fact::on(FactKind::ExceptionClaimed, on("2026-06-01")).paragraph(paragraph).between(on(from), Some(on(to)))
    }

    /// What a claim lacks for the one duty it can excuse.
    fn lacks(claim: &Fact) -> Option<Shortfall> {
        let facts = [Fact::on(FactKind::RequestReceived, on("2026-05-11"))];
        let verdicts = verdicts(claim, &facts);
        assert_eq!(verdicts.len(), 1);
        verdicts[0].shortfall
    }

    #[test]
    fn a_closure_takes_28_days_on_end() {
        let closed = |to| claim("X13.3a", "2026-07-22", to).asked_on(on("2026-07-22"));
        assert_eq!(lacks(&closed("2026-08-17")), Some(Shortfall::ClosedTooShort(27)));
        assert_eq!(lacks(&closed("2026-08-18")), None);
    }

    #[test]
    fn the_setting_is_asked_from_a_week_before_it_closes_to_a_week_before_it_reopens() {
        let asked = |day| lacks(&claim("X13.3a", "2026-07-22", "2026-09-01").asked_on(on(day)));
        let outside = Some(Shortfall::AskedOutside { first: on("2026-07-15"), last: on("2026-08-26") });
        assert_eq!(asked("2026-07-14"), outside);
        assert_eq!(asked("2026-07-15"), None);
        assert_eq!(asked("2026-08-26"), None);
        assert_eq!(asked("2026-08-27"), outside);
    }

    #[test]
    fn an_absence_takes_28_days_within_the_limit() {
        let away = |to| lacks(&claim("X13.3d", "2026-06-01", to));
        assert_eq!(away("2026-06-27"), Some(Shortfall::AbsentTooShort { within: 27, least: 28 }));
        assert_eq!(away("2026-06-28"), None);
    }

    #[test]
    fn a_paragraph_that_is_spent_or_agrees_another_date_excuses_nothing() {
        assert_eq!(lacks(&claim("X13.3e", "2026-06-01", "2026-07-01")), Some(Shortfall::NotInForce));
        let facts = [Fact::on(FactKind::RequestReceived, on("2026-05-11"))];
        assert!(verdicts(&claim("X42.5", "2026-06-01", "2026-07-01"), &facts).is_empty());
    }

    #[test]
    fn a_claim_about_one_piece_of_advice_says_nothing_of_another() {
        let asked = |about| Fact::on(FactKind::AdviceRequestReceived, on("2026-05-20")).about(about);
        let facts = [asked("a"), asked("b")];
        let about = |claim: &Fact| verdicts(claim, &facts).into_iter().filter_map(|v| v.about).collect::<Vec<_>>();
        let missed = claim("X8.2c", "2026-06-01", "2026-06-01");
        assert_eq!(about(&missed), ["a", "b"]);
        assert_eq!(about(&missed.about("b")), ["b"]);
    }
}
