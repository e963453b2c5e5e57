//! On which day does a limit end? From a row and the fact that starts it, without words.

use chrono::{Datelike, NaiveDate};

use super::counting::*;
use super::fact::Fact;
use super::fact_kind::FactKind;
use super::register::REVIEW_YEAR_STARTS;
use super::rule::{Cap, Count, OtherReading, Rule, Scope};
use super::when::When;

/// The day a row's limit ends that `start` begins, with its cap and with a fixed date in its place.
pub(super) fn due(rule: &Rule, start: &Fact, facts: &[Fact]) -> NaiveDate {
    if let (Some(_), Some(fixed)) = (rule.may_be_fixed, start.fixed_due_on) {
        return fixed;
    }
    let counted = counted(rule, start, facts);
    match rule.cap {
        Cap::None => counted,
        Cap::ReviewYear => review_year_end(start.on, facts).map_or(counted, |end| counted.min(end)),
    }
}

/// The day the count alone gives.
pub(super) fn counted(rule: &Rule, start: &Fact, facts: &[Fact]) -> NaiveDate {
    let on = start.on;
    let transfer = start.transfer_on.unwrap_or(on);
    match rule.count {
        Count::Immediately => on,
        Count::Weeks(n) => weeks_after(on, n),
        Count::Days(n) => days_after(on, n),
        Count::DaysBeginning(n) => last_of_days_from(on, n),
        Count::Months(n) => months_after(on, n),
        Count::MonthsStarting(n) => last_of_months_from(on, n),
        Count::WorkingDays(n) => working_days_after(on, n),
        Count::WeeksBefore(n) => weeks_before(on, n),
        Count::MonthsBeforeTransfer(n) => months_before(transfer, n),
        Count::BeforeDateInTransferYear(month, date) => {
            NaiveDate::from_ymd_opt(transfer.year(), month, date).map_or(transfer, day_before)
        }
        Count::DaysWithinWeeks(days, weeks) => days_before(weeks_after(on, weeks), days),
        Count::AppealPeriod(notice, certificate) => appeal_end(rule, start, facts, notice, certificate),
        Count::AfterAppealPeriod(notice, certificate) => days_after(appeal_end(rule, start, facts, notice, certificate), 1),
        Count::TribunalWorkingDays(n) => tribunal_working_days_after(on, n),
        Count::MoveOrWorkingDays(n) => match start.moves_on {
            Some(moves) if working_days_after(on, n) <= moves => moves,
            _ => last_of_working_days_from(on, n),
        },
        Count::ReviewOrTransferMonths(review, transferred) => {
            let from_transfer = last_of_months_from(on, transferred);
            latest(REVIEW_YEAR_STARTS, facts, |made| made.on <= on)
                .map_or(from_transfer, |made| from_transfer.max(last_of_months_from(made, review)))
        }
    }
}

/// The later of the time from the notice and from the certificate of the same decision, before it is carried to a
/// Tribunal day.
pub(super) fn appeal_raw_end(rule: &Rule, start: &Fact, facts: &[Fact], notice: u16, certificate: u16) -> NaiveDate {
    let end = |fact: &Fact| match fact.fact {
        FactKind::MediationCertificateIssued => months_after(fact.on, certificate),
        _ => months_after(fact.on, notice),
    };
    facts
        .iter()
        .filter(|fact| fact.fact == FactKind::MediationCertificateIssued && fact.on >= start.on)
        .filter(|fact| in_scope(rule.scope, start, fact))
        .map(end)
        .fold(end(start), NaiveDate::max)
}

fn appeal_end(rule: &Rule, start: &Fact, facts: &[Fact], notice: u16, certificate: u16) -> NaiveDate {
    tribunal_roll(appeal_raw_end(rule, start, facts, notice, certificate))
}

/// The end of the twelve months in which a meeting was held, by D-AR12; nothing where the meeting was held after them, as
/// the time for the decision then runs from the meeting alone (our reading).
pub(super) fn review_year_end(meeting: NaiveDate, facts: &[Fact]) -> Option<NaiveDate> {
    let started = latest(REVIEW_YEAR_STARTS, facts, |made| made.on < meeting)?;
    Some(last_of_months_from(started, 12)).filter(|end| meeting <= *end)
}

/// The latest day of the facts that match.
pub(super) fn latest(wanted: &[When], facts: &[Fact], also: impl Fn(&Fact) -> bool) -> Option<NaiveDate> {
    facts.iter().filter(|fact| wanted.iter().any(|when| when.matches(fact)) && also(fact)).map(|fact| fact.on).max()
}

/// Whether a fact belongs to the clock that `start` began.
pub(super) fn in_scope(scope: Scope, start: &Fact, fact: &Fact) -> bool {
    match scope {
        Scope::Case => true,
        Scope::Thing => fact.fact.is_of_the_case() || start.ties_with(fact),
    }
}

/// The date the other reading of a row gives, where it differs.
pub(super) fn other_date(rule: &Rule, start: &Fact, facts: &[Fact], due_on: NaiveDate) -> Option<NaiveDate> {
    let redated = |on: Option<NaiveDate>| on.map(|on| due(rule, &Fact { on, ..start.clone() }, &elsewhere(facts, start)));
    let other = match rule.other_reading {
        OtherReading::None => None,
        OtherReading::ReceiptIsDayOne | OtherReading::ClearDays => Some(days_before(due_on, 1)),
        OtherReading::Anniversary | OtherReading::ByTheDate => Some(days_after(due_on, 1)),
        OtherReading::OrderSentOut => redated(start.sent_on),
        OtherReading::LetterDate => redated(start.letter_dated_on),
        OtherReading::WorkingDays(n) => Some(working_days_after(start.on, n)),
        OtherReading::Weeks(n) => Some(weeks_after(start.on, n)),
        OtherReading::CommonTarget(n) => Some(weeks_after(start.on, n)),
    };
    other.filter(|other| *other != due_on)
}

/// The other facts: those a start with another date is looked at with.
fn elsewhere(facts: &[Fact], start: &Fact) -> Vec<Fact> {
    facts.iter().filter(|fact| *fact != start).cloned().collect()
}
