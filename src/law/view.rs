//! How does the register look from outside? Each row and each exception as the API publishes it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::attribute::Attribute;
use super::citation::Citation;
use super::exception::Exception;
use super::fact_kind::FactKind;
use super::register::rules;
use super::rule::{Actor, Count, Evidence, Governs, Nature, Rule, Strength};
use super::when::{Said, When};

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Calendar days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Monday to Friday without bank holidays.
    WorkingDay,
    /// A date of the year.
    FixedDate,
}

/// A fact that starts or meets a limit, and what it must or may say.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    /// The kind of fact.
    pub fact: FactKind,
    /// What its attributes must say: one of the values listed.
    #[serde(rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, Vec<Said>>)]
    pub only: BTreeMap<&'static str, Vec<Said>>,
    /// The attributes the fact must have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Attribute>,
    /// The attributes it may have, beside `about`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<Attribute>,
}

impl From<&When> for FactView {
    fn from(when: &When) -> Self {
        let (needs, takes) = when.fact.attributes();
        let only = when.narrowed_by().into_iter().map(|(attribute, values)| (attribute.field(), values)).collect();
        Self { fact: when.fact, only, needs: needs.into(), takes: takes.into() }
    }
}

/// One row of the register.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// The id; several rows share one where what is due differs with what happened, or where the law changed.
    #[schema(example = "D-20W")]
    pub id: &'static str,
    /// What must be done.
    #[schema(example = "send the final plan")]
    pub duty: &'static str,
    /// How long; null for a date of the year.
    #[schema(example = 20)]
    pub length: Option<u16>,
    /// What the length is counted in.
    pub unit: Unit,
    /// The facts that start it.
    pub starts_from: Vec<FactView>,
    /// The facts that meet it.
    pub met_by: Vec<FactView>,
    /// Who must act.
    pub actor: Actor,
    /// The provision.
    pub citation: Citation,
    /// How binding it is.
    pub strength: Strength,
    /// The paragraphs that excuse it.
    pub exceptions: Vec<&'static str>,
    /// The first day it was law.
    pub in_force_from: NaiveDate,
    /// The last day it was law.
    pub in_force_to: Option<NaiveDate>,
    /// Which end of a clock must lie between those days.
    pub governs: Governs,
    /// Whether the provision, or a source that quotes it, was read.
    pub verified: bool,
    /// How it is counted, where it was read, and what remains to be checked.
    pub note: String,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        let (length, unit) = rule.count.length();
        let (verified, source) = rule.evidence.told();
        Self {
            id: rule.id,
            duty: rule.duty,
            length,
            unit,
            starts_from: rule.starts_from.iter().map(FactView::from).collect(),
            met_by: rule.met_by.iter().map(FactView::from).collect(),
            actor: rule.actor,
            citation: rule.source.cite(),
            strength: rule.strength,
            exceptions: rule.excused_by.to_vec(),
            in_force_from: rule.in_force.from,
            in_force_to: rule.in_force.to,
            governs: rule.in_force.governs,
            verified,
            note: rule.note(&source),
        }
    }
}

impl Rule {
    /// How it is counted, what else to know, and where it was read.
    fn note(&self, source: &str) -> String {
        let mut note = format!("{}{}", self.count.words(), self.nature.words());
        if self.as_soon_as_practicable {
            note.push_str(" As soon as practicable; the length is the outer limit.");
        }
        if let Some(provision) = self.may_be_fixed {
            note.push_str(&format!(" Another date may be fixed under {}.", provision.cite().text));
        }
        for more in [self.caution.map_or("", |(_, words)| words), self.other_reading.note(), source] {
            note.push_str(if more.is_empty() { "" } else { " " });
            note.push_str(more);
        }
        note
    }
}

/// One exception.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExceptionView {
    /// The id a claim quotes.
    #[schema(example = "X13.3c")]
    pub paragraph: &'static str,
    /// What it takes.
    pub words: &'static str,
    /// The rules it excuses, and no others.
    pub excuses: Vec<&'static str>,
    /// The provision.
    pub citation: Citation,
    /// The first day it was law.
    pub in_force_from: NaiveDate,
    /// The last day it was law.
    pub in_force_to: Option<NaiveDate>,
    /// Which end of a clock must lie between those days.
    pub governs: Governs,
    /// Whether the paragraph, or a source that quotes it, was read.
    pub verified: bool,
    /// Where it was read, or what remains to be checked.
    pub note: String,
}

impl From<&Exception> for ExceptionView {
    fn from(exception: &Exception) -> Self {
        let (verified, note) = exception.evidence.told();
        let mut excuses: Vec<_> =
            rules().filter(|rule| rule.excused_by.contains(&exception.paragraph)).map(|rule| rule.id).collect();
        excuses.dedup();
        Self {
            paragraph: exception.paragraph,
            words: exception.terms.words(),
            excuses,
            citation: exception.source.cite(),
            in_force_from: exception.in_force.from,
            in_force_to: exception.in_force.to,
            governs: exception.in_force.governs,
            verified,
            note,
        }
    }
}

impl Evidence {
    /// Whether it was read, and where or what is missing, as a sentence.
    fn told(self) -> (bool, String) {
        match self {
            Self::Seen(title) => (true, format!("Read in: {title}.")),
            Self::Unverified(missing) => (false, format!("Not verified: {missing}.")),
        }
    }
}

impl Nature {
    /// What kind of limit it is, as a clause after the counting; empty for a duty.
    const fn words(self) -> &'static str {
        match self {
            Self::Duty => ".",
            Self::Right => "; a right that may be used until the day.",
            Self::Window => "; a time to be given in full.",
            Self::NotBefore => "; not before the day.",
        }
    }
}

impl Count {
    /// The length and what it is counted in; of two lengths the one from the usual start.
    pub(super) const fn length(self) -> (Option<u16>, Unit) {
        match self {
            Self::Immediately => (Some(0), Unit::Day),
            Self::Weeks(n) | Self::WeeksBefore(n) => (Some(n), Unit::Week),
            Self::DaysWithinWeeks(days, weeks) => (Some((weeks * 7).saturating_sub(days)), Unit::Day),
            Self::Days(n) | Self::DaysBeginning(n) => (Some(n), Unit::Day),
            Self::Months(n)
            | Self::MonthsStarting(n)
            | Self::MonthsBeforeTransfer(n)
            | Self::AppealPeriod(n, _)
            | Self::AfterAppealPeriod(n, _)
            | Self::ReviewOrTransferMonths(n, _) => (Some(n), Unit::Month),
            Self::WorkingDays(n) | Self::TribunalWorkingDays(n) | Self::MoveOrWorkingDays(n) => (Some(n), Unit::WorkingDay),
            Self::BeforeDateInTransferYear(..) => (None, Unit::FixedDate),
        }
    }

    /// How it is counted, as the start of a sentence.
    pub(super) fn words(self) -> String {
        match self {
            Self::Immediately => "On the day itself".into(),
            Self::Weeks(n) => format!("{n} weeks, the day of the event not counted (C-01)"),
            Self::Days(n) => format!("{n} days, the day of the event not counted (C-01)"),
            Self::DaysBeginning(n) => format!("{n} days, the first day counted (C-02)"),
            Self::Months(n) => format!("{n} months to the same day of the month (C-03)"),
            Self::MonthsStarting(n) => format!("{n} months starting with the day, so the day before the same date (C-04)"),
            Self::WorkingDays(n) => format!("{n} working days, the day of the event not counted (C-05)"),
            Self::WeeksBefore(n) => format!("{n} weeks counted back (C-09)"),
            Self::MonthsBeforeTransfer(n) => format!("{n} months before the transfer (C-10)"),
            Self::BeforeDateInTransferYear(month, date) => {
                format!("Before {date} {} of the year of transfer (C-08)", if month == 2 { "February" } else { "March" })
            }
            Self::DaysWithinWeeks(days, weeks) => format!("{weeks} weeks less {days} days (C-01, C-02)"),
            Self::AppealPeriod(notice, certificate) => format!(
                "{notice} months from the notice or {certificate} month from the certificate, whichever is later, carried to a day of the Tribunal (C-03, C-07)"
            ),
            Self::AfterAppealPeriod(..) => "The day after the time to appeal (C-03, C-07)".into(),
            Self::TribunalWorkingDays(n) => format!("{n} working days without August and 25 December to 1 January (C-07)"),
            Self::MoveOrWorkingDays(n) => {
                format!(
                    "The day of the move if known {n} working days before, otherwise {n} working days beginning with the day it was known (C-05)"
                )
            }
            Self::ReviewOrTransferMonths(review, transfer) => format!(
                "{review} months starting with the plan or its last review, or {transfer} starting with the transfer, whichever is later (C-04)"
            ),
        }
    }
}
