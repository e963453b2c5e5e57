//! How was the day counted, in words? One sentence of arithmetic for each way of counting, with its authority.

use chrono::{Datelike, NaiveDate, Weekday};

use super::bank_holidays::{PUBLISHED_TO, is_bank_holiday};
use super::counting::*;
use super::due::{appeal_raw_end, counted, latest};
use super::explain::{Step, written};
use super::fact::Fact;
use super::register::REVIEW_YEAR_STARTS;
use super::rule::{Count, Rule};

/// The sentence that leads from the fact that starts a limit to the day the count gives, before any cap.
pub(super) fn counting_step(rule: &Rule, start: &Fact, facts: &[Fact]) -> Step {
    let due = counted(rule, start, facts);
    let (from, to) = (written(start.on), written(due));
    let transfer = written(start.transfer_on.unwrap_or(start.on));
    let (words, basis) = match rule.count {
        Count::Immediately => (format!("It is to be done at once, on {to}"), &C01),
        Count::Weeks(n) => (format!("{from} plus {} is {to}", many(n, "week")), &C01),
        Count::Days(n) => (format!("{from} plus {} is {to}", many(n, "day")), &C01),
        Count::DaysBeginning(n) => {
            (format!("{} beginning with {from}, which counts as the first, end with {to}", many(n, "day")), &C02)
        }
        Count::Months(n) => (format!("{} after {from} is {to}", many(n, "month")), &C03),
        Count::MonthsStarting(n) => (format!("{} starting with {from} end with {to}", many(n, "month")), &C04),
        Count::WorkingDays(n) => (format!("{} after {from} is {to}", many(n, "working day")), &C05),
        Count::WeeksBefore(n) => (format!("{} before {from} is {to}", many(n, "week")), &C09),
        Count::MonthsBeforeTransfer(n) => {
            (format!("The transfer is on {transfer}; {to} is the latest day at least {} before it", many(n, "month")), &C10)
        }
        Count::BeforeDateInTransferYear(..) => {
            (format!("The transfer is on {transfer}; {to} is the last day before {}", written(days_after(due, 1))), &C08)
        }
        Count::DaysWithinWeeks(days, weeks) => {
            let end = weeks_after(start.on, weeks);
            let words = format!(
                "{from} plus {} is {}; a draft served on {to} leaves {} before it",
                many(weeks, "week"),
                written(end),
                many(days, "day")
            );
            (words, &C02)
        }
        Count::AppealPeriod(notice, certificate) => (appeal_words(rule, start, facts, notice, certificate), &C07),
        Count::AfterAppealPeriod(notice, certificate) => {
            (format!("{}; the day after is {to}", appeal_words(rule, start, facts, notice, certificate)), &C07)
        }
        Count::TribunalWorkingDays(n) => {
            (format!("{} after {from}, without August and 25 December to 1 January, is {to}", many(n, "working day")), &C07)
        }
        Count::MoveOrWorkingDays(n) if start.moves_on == Some(due) => {
            (format!("The move was known at least {} before, so the day of the move holds: {to}", many(n, "working day")), &C05)
        }
        Count::MoveOrWorkingDays(n) => (format!("{} beginning with {from} end with {to}", many(n, "working day")), &C05),
        Count::ReviewOrTransferMonths(review, transferred) => {
            let words = match latest(REVIEW_YEAR_STARTS, facts, |made| made.on <= start.on) {
                Some(made) => format!(
                    "{} starting with {} end with {}; {} starting with the transfer end with {}; the later is {to}",
                    many(review, "month"),
                    written(made),
                    written(last_of_months_from(made, review)),
                    many(transferred, "month"),
                    written(last_of_months_from(start.on, transferred))
                ),
                None => format!("{} starting with {from} end with {to}", many(transferred, "month")),
            };
            (words, &C04)
        }
    };
    let tail = match rule.count {
        Count::AppealPeriod(..) | Count::AfterAppealPeriod(..) => published(due),
        Count::WorkingDays(_) | Count::TribunalWorkingDays(_) | Count::MoveOrWorkingDays(_) => published(due),
        _ => unmoved(due),
    };
    Step { words: format!("{words}{tail}."), citation: basis.cite() }
}

fn appeal_words(rule: &Rule, start: &Fact, facts: &[Fact], notice: u16, certificate: u16) -> String {
    let raw = appeal_raw_end(rule, start, facts, notice, certificate);
    let rolled = tribunal_roll(raw);
    let counted = format!(
        "{} from the notice, or {} from the mediation certificate where that is later, end with {}",
        many(notice, "month"),
        many(certificate, "month"),
        written(raw)
    );
    if raw == rolled { counted } else { format!("{counted}; the Tribunal's Rules carry that to {}", written(rolled)) }
}

/// What to say of a last day that is no working day: it stands (C-06).
fn unmoved(due: NaiveDate) -> String {
    match due.weekday() {
        _ if is_bank_holiday(due) => "; the bank holiday does not move it".into(),
        Weekday::Sat => "; the Saturday does not move it".into(),
        Weekday::Sun => "; the Sunday does not move it".into(),
        _ => String::new(),
    }
}

/// What to say of working days in years whose bank holidays are not published.
fn published(due: NaiveDate) -> String {
    if due.year() > PUBLISHED_TO { "; the bank holidays of that year are not published yet".into() } else { String::new() }
}

fn many(n: u16, unit: &str) -> String {
    if n == 1 { format!("one {unit}") } else { format!("{n} {unit}s") }
}
