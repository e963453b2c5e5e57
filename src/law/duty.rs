//! What does the law ask of whom, given what happened? Each duty with its dates, without words and without today.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::age::birthday;
use super::due::{due, in_scope};
use super::exception::exception;
use super::fact::Fact;
use super::fact_kind::FactKind;
use super::register::started_by;
use super::rule::{Nature, Rule, Scope, Which};
use super::when::When;

/// One duty of one case: dates only, no words and no today. [`Duty::explain`] writes it out.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    /// The row it follows.
    pub rule: &'static Rule,
    /// The position of the fact that started it, among the facts it was computed from.
    pub started_by: usize,
    /// The day it is counted from.
    pub starts_on: NaiveDate,
    /// The last day to do it; for what may not be done before, the first day.
    pub due_on: NaiveDate,
    /// The day it was done.
    pub met_on: Option<NaiveDate>,
    /// The day it stopped being owed.
    pub fell_away_on: Option<NaiveDate>,
    /// The day a minimum time was cut short.
    pub cut_short_on: Option<NaiveDate>,
    excuses: u16,
}

/// How a duty stands on a day: `running` while there is time, `met` in time or `late`, `overdue` when the day has passed without it;
/// `excused` when it was missed and a statutory exception covers that; `fell_away` when it is owed no more or a right was not used;
/// `cut_short` when a time that had to be given was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineState {
    /// There is still time.
    Running,
    /// Done in time.
    Met,
    /// Done after the day.
    Late,
    /// Not done, and the day has passed.
    Overdue,
    /// Missed, and an exception excuses it. It is still to be done as soon as practicable.
    Excused,
    /// No longer owed, or a right that was not used in time.
    FellAway,
    /// A time that had to be given was not given in full.
    CutShort,
}

impl Duty {
    /// How it stands at the end of a day.
    pub fn state(&self, today: NaiveDate) -> DeadlineState {
        let missed = |missed| if self.excuses == 0 { missed } else { DeadlineState::Excused };
        match (self.rule.nature, self.met_on) {
            _ if self.fell_away_on.is_some() => DeadlineState::FellAway,
            _ if self.cut_short_on.is_some() => DeadlineState::CutShort,
            (Nature::Window | Nature::NotBefore, Some(_)) => DeadlineState::Met,
            (Nature::Duty | Nature::Right, Some(met)) if met <= self.due_on => DeadlineState::Met,
            (_, Some(_)) => missed(DeadlineState::Late),
            (Nature::NotBefore, None) if today < self.due_on => DeadlineState::Running,
            (Nature::Duty | Nature::Right | Nature::Window, None) if today <= self.due_on => DeadlineState::Running,
            (Nature::Window | Nature::NotBefore, None) => DeadlineState::Met,
            (Nature::Right, None) => missed(DeadlineState::FellAway),
            (Nature::Duty, None) => missed(DeadlineState::Overdue),
        }
    }

    /// The paragraphs of the exceptions claimed for it whose terms are met.
    pub fn excused_by(&self) -> impl Iterator<Item = &'static str> {
        let excuses = self.excuses;
        self.rule.excused_by.iter().enumerate().filter(move |(bit, _)| excuses & (1 << bit) != 0).map(|(_, paragraph)| *paragraph)
    }

    /// Whether an exception covers it, should it be missed.
    pub fn is_excused(&self) -> bool {
        self.excuses != 0
    }
}

/// The duties that follow from the facts, in the order of the facts that start them.
pub fn duties(facts: &[Fact]) -> Vec<Duty> {
    let mut found = Vec::new();
    duties_into(facts, &mut found);
    found
}

/// As [`duties`], into a buffer that is emptied first: nothing is allocated once it is large enough.
pub fn duties_into(facts: &[Fact], found: &mut Vec<Duty>) {
    found.clear();
    let told = Told::new(facts);
    for (position, start) in facts.iter().enumerate() {
        for rule in started_by(start.fact) {
            if starts(rule, position, start, told) {
                found.extend(duty(rule, position, start, told));
            }
        }
    }
}

/// The facts of one case and which kinds there are among them, so that asking for a kind that is not there costs nothing.
#[derive(Clone, Copy)]
struct Told<'a> {
    facts: &'a [Fact],
    kinds: u128,
}

const _: () = assert!(FactKind::ALL.len() <= u128::BITS as usize, "one bit for each kind of fact");

impl<'a> Told<'a> {
    fn new(facts: &'a [Fact]) -> Self {
        Self { facts, kinds: facts.iter().fold(0, |kinds, fact| kinds | bit(fact.fact)) }
    }

    fn has(self, kind: FactKind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// The facts that count, with their positions.
    fn of(self, wanted: &'static [When]) -> impl Iterator<Item = (usize, &'a Fact)> {
        let kinds = wanted.iter().fold(0, |kinds, when| kinds | bit(when.fact));
        let facts = if self.kinds & kinds == 0 { &[] } else { self.facts };
        let counts = move |fact: &Fact| kinds & bit(fact.fact) != 0 && wanted.iter().any(|when| when.matches(fact));
        facts.iter().enumerate().filter(move |(_, fact)| counts(fact))
    }

    /// The days of the facts that count for the clock that `start` began, from a day on.
    fn days(
        self,
        wanted: &'static [When],
        rule: &'static Rule,
        start: &Fact,
        since: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        self.of(wanted)
            .map(|(_, fact)| fact)
            .filter(move |fact| fact.on >= since && in_scope(rule.scope, start, fact))
            .map(|fact| fact.on)
    }
}

const fn bit(kind: FactKind) -> u128 {
    1 << kind as u32
}

/// Whether the fact at a position starts the row, among others that might.
fn starts(rule: &'static Rule, position: usize, start: &Fact, told: Told) -> bool {
    if !rule.starts_from.iter().any(|when| when.matches(start)) {
        return false;
    }
    let key = |position: usize, fact: &Fact| (fact.on, fact.fact, position);
    let another = |earlier: bool| {
        told.of(rule.starts_from).any(|(other_position, other)| {
            other_position != position
                && (key(other_position, other) < key(position, start)) == earlier
                && same_clock(rule, start, other)
        })
    };
    match rule.which {
        Which::Each => true,
        Which::First => !another(true),
        Which::Last => !another(false),
        Which::AllButFirst => another(true),
        Which::EachUnderFive => {
            // Of several, the youngest: the order in which they are told moves nothing.
            let born = told.facts.iter().filter(|fact| fact.fact == FactKind::ChildBorn).map(|fact| fact.on).max();
            born.is_some_and(|born| start.on < birthday(born, 5))
        }
    }
}

/// Whether two starting facts would start one and the same clock: the case has one; a thing has one where both facts name
/// it, or where they are of two kinds and can be about the same.
fn same_clock(rule: &Rule, one: &Fact, other: &Fact) -> bool {
    match rule.scope {
        Scope::Case => true,
        Scope::Thing if one.fact == other.fact => one.about.is_some() && one.about == other.about,
        Scope::Thing => one.ties_with(other),
    }
}

/// The duty that a fact starts under a row, if the row was law for it.
fn duty(rule: &'static Rule, position: usize, start: &Fact, told: Told) -> Option<Duty> {
    let starts_on = start.on;
    let due_on = due(rule, start, told.facts);
    if !rule.in_force.covers(starts_on, due_on) {
        return None;
    }
    let counts_back = due_on < starts_on;
    let met_on = told
        .of(rule.met_by)
        .filter(|(other, fact)| *other != position && in_scope(rule.scope, start, fact))
        .map(|(_, fact)| fact)
        .filter(|fact| counts_back || fact.on > starts_on || (fact.on == starts_on && fact.fact != start.fact))
        .map(|fact| fact.on)
        .min();
    let before_met = |day: &NaiveDate| met_on.is_none_or(|met| *day < met);
    let ended_on = told.days(rule.ended_by, rule, start, starts_on).min().filter(before_met);
    let (fell_away_on, cut_short_on) = match rule.nature {
        Nature::Window => (None, ended_on.filter(|ended| *ended <= due_on)),
        Nature::NotBefore => (ended_on, met_on.filter(|met| *met < due_on)),
        Nature::Duty | Nature::Right => (ended_on.or_else(|| set_aside(rule, start, told).filter(before_met)), None),
    };
    let excuses = if told.has(FactKind::ExceptionClaimed) { excuses(rule, start, due_on, told.facts) } else { 0 };
    Some(Duty { rule, started_by: position, starts_on, due_on, met_on, fell_away_on, cut_short_on, excuses })
}

/// The day the duty was set aside, unless a later fact restored it.
fn set_aside(rule: &'static Rule, start: &Fact, told: Told) -> Option<NaiveDate> {
    if rule.set_aside_by.is_empty() {
        return None;
    }
    let restored = told.days(rule.restored_by, rule, start, start.on).max().unwrap_or(start.on);
    told.days(rule.set_aside_by, rule, start, restored).min()
}

/// One bit for each of the row's exceptions that was claimed, was law, and whose terms are met.
fn excuses(rule: &Rule, start: &Fact, due_on: NaiveDate, facts: &[Fact]) -> u16 {
    let excused = |paragraph: &str| {
        let Some(exception) = exception(paragraph) else { return false };
        exception.in_force.covers(start.on, due_on)
            && facts.iter().any(|claim| {
                claim.fact == FactKind::ExceptionClaimed
                    && claim.paragraph.as_deref() == Some(paragraph)
                    && in_scope(rule.scope, start, claim)
                    && exception.terms.test(claim, start.on, due_on, facts).is_ok()
            })
    };
    rule.excused_by.iter().enumerate().filter(|(_, paragraph)| excused(paragraph)).fold(0, |bits, (bit, _)| bits | 1 << bit)
}
