//! What excuses a missed duty? Every exception by its paragraph, what it takes, and whether a claim meets its terms.
//!
//! An exception never moves a date: what was due stays due, and becomes due as soon as practicable.

use chrono::NaiveDate;

use super::attribute::AdviceGiver;
use super::citation::Provision;
use super::counting::{days_after, days_before};
use super::explain::written;
use super::fact::Fact;
use super::fact_kind::FactKind;
use super::instruments::{DETAINED_REGS_2015, SEND_REGS_2014};
use super::rule::{Evidence, Governs, InForce, day};

/// A paragraph that excuses.
#[derive(Debug)]
pub struct Exception {
    /// The id a claim quotes, such as `X10.4c`.
    pub paragraph: &'static str,
    /// What it takes.
    pub terms: Terms,
    /// The provision.
    pub source: Provision,
    /// From when to when it is law.
    pub in_force: InForce,
    /// Where it was seen, or that it was not.
    pub evidence: Evidence,
}

/// What an exception takes, beside that it made keeping the limit impractical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// Advice was asked of a school or post-16 institution around a closure of at least four weeks.
    SettingClosed,
    /// The same of an early years provider.
    EarlyYearsClosed,
    /// Exceptional personal circumstances affect the child, a parent or the young person during the period.
    PersonalCircumstances,
    /// Exceptional circumstances, not only personal ones, affect them during the period.
    Circumstances,
    /// They are away from the area for at least so many days on end within the period.
    AbsentDays(i64),
    /// The child or young person missed an examination or test within the period.
    MissedAppointment,
    /// A closure, personal circumstances or absence as regulation 13(3) has them.
    AsForTheFinalPlan,
    /// Another date was agreed in writing. It is no excuse: told as the agreement's fixed date, it takes the place of the limit.
    AgreedInWriting,
    /// A reason to do with the incidence or transmission of coronavirus.
    Coronavirus,
}

impl Terms {
    /// The terms in plain words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SettingClosed => {
                "advice was asked of a school or post-16 institution from one week before it closed for at least four weeks to one week before it reopened"
            }
            Self::EarlyYearsClosed => {
                "advice was asked of an early years provider from one week before it closed for at least four weeks to one week before it reopened"
            }
            Self::PersonalCircumstances => "exceptional personal circumstances affected the child, a parent or the young person",
            Self::Circumstances => "exceptional circumstances affected the child, a parent or the young person",
            Self::AbsentDays(14) => {
                "the child, a parent or the young person was away from the area for at least two weeks on end"
            }
            Self::AbsentDays(_) => {
                "the child, a parent or the young person was away from the area for at least four weeks on end"
            }
            Self::MissedAppointment => "the child or young person missed an appointment for an examination or test",
            Self::AsForTheFinalPlan => "a long closure, personal circumstances or a long absence, as for the 20 weeks",
            Self::AgreedInWriting => "another date was agreed in writing, which then takes the place of this one",
            Self::Coronavirus => "a reason to do with coronavirus made it impractical",
        }
    }

    /// Whether they speak of a closure, whose days a calendar knows.
    pub const fn are_of_a_closure(self) -> bool {
        matches!(self, Self::SettingClosed | Self::EarlyYearsClosed)
    }

    /// Whether a claim meets the terms for a clock that ran from `starts_on` to `due_on`, as far as dates can tell.
    /// `facts` are those of the case: where they show when a setting was asked, that must lie in the window.
    ///
    /// # Errors
    /// What is missing.
    pub fn test(self, claim: &Fact, starts_on: NaiveDate, due_on: NaiveDate, facts: &[Fact]) -> Result<(), Shortfall> {
        let Some(from) = claim.from else { return Err(Shortfall::OutsideItsTime) };
        let to = claim.to.unwrap_or(due_on.max(from));
        let within = days_together(from, to, starts_on, due_on);
        let met = |met: bool, shortfall| if met { Ok(()) } else { Err(shortfall) };
        match self {
            Self::SettingClosed | Self::EarlyYearsClosed => {
                met(closed_long_enough(from, to), Shortfall::ClosedTooShort((to - from).num_days() + 1))?;
                let (first, last) = advice_window(from, days_after(to, 1));
                met(asked_in_window(claim, (first, last), facts), Shortfall::AskedOutside { first, last })
            }
            Self::AbsentDays(least) => met(within >= least, Shortfall::AbsentTooShort { within: within.max(0), least }),
            Self::MissedAppointment => met(starts_on <= from && from <= due_on, Shortfall::OutsideItsTime),
            Self::AgreedInWriting => Err(Shortfall::IsNoExcuse),
            Self::PersonalCircumstances | Self::Circumstances | Self::AsForTheFinalPlan | Self::Coronavirus => {
                met(within > 0, Shortfall::OutsideItsTime)
            }
        }
    }
}

/// What is missing for a claim to excuse a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// The paragraph was not law for this clock.
    NotInForce,
    /// The setting was closed for fewer than 28 days on end; so many.
    ClosedTooShort(i64),
    /// Advice was not asked of the setting from the first to the last day that count.
    AskedOutside {
        /// The first day that counts.
        first: NaiveDate,
        /// The last day that counts.
        last: NaiveDate,
    },
    /// Too few days of the absence lie within the duty's own time.
    AbsentTooShort {
        /// So many do.
        within: i64,
        /// So many it takes.
        least: i64,
    },
    /// Nothing of it lies within the duty's own time.
    OutsideItsTime,
    /// The paragraph sets another date and excuses nothing.
    IsNoExcuse,
}

impl Shortfall {
    /// What is missing, as a clause.
    pub fn words(self) -> String {
        match self {
            Self::NotInForce => "the paragraph was not law at that time".into(),
            Self::ClosedTooShort(days) => format!("the setting was closed for {days} days on end, and it takes 28"),
            Self::AskedOutside { first, last } => {
                format!("the setting was not asked for advice from {} to {}, the days that count", written(first), written(last))
            }
            Self::AbsentTooShort { within, least } => {
                format!("{within} days of the absence lie within the limit's own time, and it takes {least} on end")
            }
            Self::OutsideItsTime => "nothing of it lies within the limit's own time".into(),
            Self::IsNoExcuse => "it lets another date be agreed, and excuses nothing".into(),
        }
    }
}

/// Whether a setting closed from a first to a last day was closed for four weeks.
pub fn closed_long_enough(first: NaiveDate, last: NaiveDate) -> bool {
    (last - first).num_days() + 1 >= 28
}

/// The first and last day on which a request for advice falls under a closure: a week before the setting closes to a
/// week before it reopens. That both ends count is our reading.
pub fn advice_window(closes_on: NaiveDate, reopens_on: NaiveDate) -> (NaiveDate, NaiveDate) {
    (days_before(closes_on, 7), days_before(reopens_on, 7))
}

/// Whether the setting was asked within the window: by the claim's own word, otherwise by the requests on record. Where
/// neither says, the claim stands on the word of who made it.
fn asked_in_window(claim: &Fact, (first, last): (NaiveDate, NaiveDate), facts: &[Fact]) -> bool {
    let inside = |asked: NaiveDate| first <= asked && asked <= last;
    if let Some(asked) = claim.asked_on {
        return inside(asked);
    }
    let mut asked = facts
        .iter()
        .filter(|fact| fact.fact == FactKind::AdviceRequestReceived && fact.advice_giver == Some(AdviceGiver::Education))
        .map(|fact| fact.asked_on.unwrap_or(fact.on))
        .peekable();
    asked.peek().is_none() || asked.any(inside)
}

/// How many days two spans of days, both ends included, have in common.
fn days_together(from: NaiveDate, to: NaiveDate, starts_on: NaiveDate, due_on: NaiveDate) -> i64 {
    (to.min(due_on) - from.max(starts_on)).num_days() + 1
}

const ALWAYS: InForce = InForce { from: day(2014, 9, 1), to: None, governs: Governs::Start };
const DETAINED: InForce = InForce { from: day(2015, 4, 1), to: None, governs: Governs::Start };
/// The relaxations held for limits that ended between these days; after them the usual limits held again.
const COVID: InForce = InForce { from: day(2020, 5, 1), to: Some(day(2020, 9, 25)), governs: Governs::End };

const fn row(paragraph: &'static str, terms: Terms, at: &'static str, in_force: InForce, evidence: Evidence) -> Exception {
    Exception { paragraph, terms, source: SEND_REGS_2014.at(at), in_force, evidence }
}

const fn detained(paragraph: &'static str, terms: Terms, at: &'static str, evidence: Evidence) -> Exception {
    Exception { paragraph, terms, source: DETAINED_REGS_2015.at(at), in_force: DETAINED, evidence }
}

const COVID_SEEN: Evidence = Evidence::Unverified(
    "the dates were seen in the government's guidance on SI 2020/471, the lettering of the paragraph was not; spent",
);

/// Every exception, in the order of the Regulations.
#[rustfmt::skip]
pub static EXCEPTIONS: &[Exception] = &[
    row("X2A",    Terms::Coronavirus,           "2A",        COVID,  COVID_SEEN),
    row("X4.3",   Terms::Coronavirus,           "4(3)",      COVID,  COVID_SEEN),
    row("X5.4a",  Terms::SettingClosed,         "5(4)(a)",   ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 5, in part")),
    row("X5.4b",  Terms::EarlyYearsClosed,      "5(4)(b)",   ALWAYS, Evidence::Unverified("the paragraph was not readable")),
    row("X5.4c",  Terms::PersonalCircumstances, "5(4)(c)",   ALWAYS, Evidence::Unverified("seen to exist (Schedule 3), its words were not readable")),
    row("X5.4d",  Terms::AbsentDays(28),        "5(4)(d)",   ALWAYS, Evidence::Unverified("seen to exist (Schedule 3), its words were not readable")),
    row("X5.4e",  Terms::Coronavirus,           "5(4)(e)",   COVID,  COVID_SEEN),
    row("X8.2a",  Terms::Circumstances,         "8(2)(a)",   ALWAYS, Evidence::Seen("SEND Advice Surrey, The 6 weeks for the completion of professional assessments")),
    row("X8.2b",  Terms::AbsentDays(28),        "8(2)(b)",   ALWAYS, Evidence::Seen("SEND Advice Surrey, The 6 weeks for the completion of professional assessments")),
    row("X8.2c",  Terms::MissedAppointment,     "8(2)(c)",   ALWAYS, Evidence::Seen("SEND Advice Surrey, The 6 weeks for the completion of professional assessments")),
    row("X8.2d",  Terms::Coronavirus,           "8(2)(d)",   COVID,  COVID_SEEN),
    row("X10.4a", Terms::SettingClosed,         "10(4)(a)",  ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 10")),
    row("X10.4b", Terms::EarlyYearsClosed,      "10(4)(b)",  ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 10")),
    row("X10.4c", Terms::PersonalCircumstances, "10(4)(c)",  ALWAYS, Evidence::Seen("SEN Expert Solicitors, The 20 week EHC needs assessment deadline")),
    row("X10.4d", Terms::AbsentDays(28),        "10(4)(d)",  ALWAYS, Evidence::Seen("SEN Expert Solicitors, The 20 week EHC needs assessment deadline")),
    row("X10.4e", Terms::Coronavirus,           "10(4)(e)",  COVID,  COVID_SEEN),
    row("X13.3a", Terms::SettingClosed,         "13(3)",     ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 13")),
    row("X13.3b", Terms::EarlyYearsClosed,      "13(3)",     ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 13")),
    row("X13.3c", Terms::PersonalCircumstances, "13(3)",     ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 13")),
    row("X13.3d", Terms::AbsentDays(28),        "13(3)",     ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 13")),
    row("X13.3e", Terms::Coronavirus,           "13(3)",     COVID,  COVID_SEEN),
    row("X18A",   Terms::Coronavirus,           "18A",       COVID,  COVID_SEEN),
    row("X27.3a", Terms::SettingClosed,         "27(3)(a)",  ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 27")),
    row("X27.3b", Terms::EarlyYearsClosed,      "27(3)(b)",  ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 27")),
    row("X27.3c", Terms::PersonalCircumstances, "27(3)(c)",  ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 27")),
    row("X27.3d", Terms::AbsentDays(28),        "27(3)(d)",  ALWAYS, Evidence::Unverified("the page ended before the paragraph")),
    row("X42.5",  Terms::AgreedInWriting,       "42(5)",     ALWAYS, Evidence::Seen("SEND Regulations 2014, reg. 42")),
    row("X44.3a", Terms::PersonalCircumstances, "44(3)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND18; SEND Advice Surrey), the lettering was not")),
    row("X44.3b", Terms::AbsentDays(14),        "44(3)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND18; SEND Advice Surrey), the lettering was not")),
    row("X44.3c", Terms::AsForTheFinalPlan,     "44(3)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND Advice Surrey), how far it carries was not")),
    row("X45.7a", Terms::PersonalCircumstances, "45(7)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND Advice Surrey), the lettering was not")),
    row("X45.7b", Terms::AbsentDays(14),        "45(7)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND Advice Surrey), the lettering was not")),
    row("X45.7c", Terms::AsForTheFinalPlan,     "45(7)",     ALWAYS, Evidence::Unverified("the substance was seen (SEND Advice Surrey), how far it carries was not")),
    detained("XD5.4a",  Terms::SettingClosed,         "5(4)(a)", Evidence::Seen("SEND (Detained Persons) Regulations 2015, reg. 5")),
    detained("XD5.4b",  Terms::PersonalCircumstances, "5(4)(b)", Evidence::Seen("SEND (Detained Persons) Regulations 2015, reg. 5")),
    detained("XD5.4c",  Terms::AbsentDays(28),        "5(4)(c)", Evidence::Unverified("the page ended within the paragraph; read as an absence")),
    detained("XD13.3a", Terms::SettingClosed,         "13(3)",   Evidence::Seen("SEND (Detained Persons) Regulations 2015, reg. 13")),
    detained("XD13.3b", Terms::PersonalCircumstances, "13(3)",   Evidence::Seen("SEND (Detained Persons) Regulations 2015, reg. 13")),
    detained("XD13.3c", Terms::AbsentDays(28),        "13(3)",   Evidence::Unverified("three reasons were seen, the third was not readable; read as an absence")),
];

/// r5(4) with the relaxations of 2020; r4(3) excused the refusal.
pub(super) const X5_4: &[&str] = &["X5.4a", "X5.4b", "X5.4c", "X5.4d", "X4.3", "X5.4e"];
/// r8(2). A closed school does not excuse its advice.
pub(super) const X8_2: &[&str] = &["X8.2a", "X8.2b", "X8.2c", "X8.2d"];
/// r10(4).
pub(super) const X10_4: &[&str] = &["X10.4a", "X10.4b", "X10.4c", "X10.4d", "X10.4e"];
/// r13(3), which takes over r10(4).
pub(super) const X13_3: &[&str] = &["X13.3a", "X13.3b", "X13.3c", "X13.3d", "X13.3e"];
/// r27(3).
pub(super) const X27_3: &[&str] = &["X27.3a", "X27.3b", "X27.3c", "X27.3d"];
/// r44(3). A further ground that one guide reports, the family's wish for more time, was found nowhere else and is not here.
pub(super) const X44_3: &[&str] = &["X44.3a", "X44.3b", "X44.3c"];
/// r42(2), which takes over r44(3), and r42(5).
pub(super) const X44_3_AND_42_5: &[&str] = &["X44.3a", "X44.3b", "X44.3c", "X42.5"];
/// r42(5), and r2A of 2020.
pub(super) const X42_5_AND_2A: &[&str] = &["X42.5", "X2A"];
/// r44(3), for the paragraphs that r2A also relaxed in 2020.
pub(super) const X44_3_AND_2A: &[&str] = &["X44.3a", "X44.3b", "X44.3c", "X2A"];
/// r45(7).
pub(super) const X45_7: &[&str] = &["X45.7a", "X45.7b", "X45.7c"];
/// r45(7), for the paragraphs that r2A also relaxed in 2020.
pub(super) const X45_7_AND_2A: &[&str] = &["X45.7a", "X45.7b", "X45.7c", "X2A"];
/// r2A alone: limits without an exception of their own, relaxed in 2020.
pub(super) const X2A: &[&str] = &["X2A"];
/// r18A.
pub(super) const X18A: &[&str] = &["X18A"];
/// r5(4) for detained persons.
pub(super) const XD5_4: &[&str] = &["XD5.4a", "XD5.4b", "XD5.4c"];
/// r13(3) for detained persons.
pub(super) const XD13_3: &[&str] = &["XD13.3a", "XD13.3b", "XD13.3c"];

/// Every exception.
pub fn exceptions() -> impl Iterator<Item = &'static Exception> {
    EXCEPTIONS.iter()
}

/// The exception of that paragraph.
pub fn exception(paragraph: &str) -> Option<&'static Exception> {
    EXCEPTIONS.iter().find(|exception| exception.paragraph == paragraph)
}
