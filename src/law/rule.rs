//! What shape does a rule of the register have? One constant row: what it counts, from which fact, who must act, what meets it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::citation::Provision;
use super::instruments::SEND_REGS_2014;
use super::when::When;

/// One row of the register. Rows are constants; several may share an id where what is due differs with what happened,
/// or where the law changed.
#[derive(Debug)]
pub struct Rule {
    /// The id other programs rely on, such as `D-20W`.
    pub id: &'static str,
    /// What must be done, in a few plain words that follow "must".
    pub duty: &'static str,
    /// Who must do it.
    pub actor: Actor,
    /// What kind of limit it is.
    pub nature: Nature,
    /// How long, and how that is counted.
    pub count: Count,
    /// Whether it is to be done as soon as practicable, and the date is only the outer limit (C-12).
    pub as_soon_as_practicable: bool,
    /// An earlier day that the date is cut to.
    pub cap: Cap,
    /// The facts that start it.
    pub starts_from: &'static [When],
    /// Which of several such facts start it.
    pub which: Which,
    /// Whether its facts are told apart by what they are about.
    pub scope: Scope,
    /// The facts that meet it.
    pub met_by: &'static [When],
    /// The facts after which it is no longer owed.
    pub ended_by: &'static [When],
    /// The facts after which it is not owed as things stand.
    pub set_aside_by: &'static [When],
    /// The facts that bring back what was set aside.
    pub restored_by: &'static [When],
    /// The exceptions that excuse it, by paragraph.
    pub excused_by: &'static [&'static str],
    /// Words of warning where an exception covers it and such a fact stands.
    pub caution: Option<(When, &'static str)>,
    /// Where a date fixed by the Tribunal or by written agreement takes the place of the counted one, the provision for it.
    pub may_be_fixed: Option<Provision>,
    /// The provision.
    pub source: Provision,
    /// How binding it is.
    pub strength: Strength,
    /// The other way some read the provision, where sources differ.
    pub other_reading: OtherReading,
    /// From when to when it is law.
    pub in_force: InForce,
    /// Where it was seen, or that it was not.
    pub evidence: Evidence,
}

/// What most rows have in common: an authority's statutory duty about a case under the Regulations of 1 September 2014.
pub(super) const STATUTE: Rule = Rule {
    id: "",
    duty: "",
    actor: Actor::LocalAuthority,
    nature: Nature::Duty,
    count: Count::Immediately,
    as_soon_as_practicable: false,
    cap: Cap::None,
    starts_from: &[],
    which: Which::First,
    scope: Scope::Thing,
    met_by: &[],
    ended_by: &[],
    set_aside_by: &[],
    restored_by: &[],
    excused_by: &[],
    caution: None,
    may_be_fixed: None,
    source: SEND_REGS_2014.at(""),
    strength: Strength::Statute,
    other_reading: OtherReading::None,
    in_force: InForce { from: day(2014, 9, 1), to: None, governs: Governs::Start },
    evidence: Evidence::Unverified(""),
};

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The local authority.
    LocalAuthority,
    /// The body asked for advice.
    AdviceGiver,
    /// The child's parent or the young person.
    Family,
    /// The setting.
    Setting,
    /// The school where it was asked to hold the meeting, otherwise the authority.
    SettingOrAuthority,
    /// The mediation adviser.
    MediationAdviser,
    /// The responsible health body.
    HealthBody,
    /// The health body that was responsible before.
    OldHealthBody,
    /// The health body that becomes responsible.
    NewHealthBody,
    /// The authority or the health body, whichever the agreement or recommendation names.
    AuthorityOrHealthBody,
    /// The authority the child moves from.
    OldAuthority,
    /// The authority the child moves to.
    NewAuthority,
    /// The home authority of a detained person.
    HomeAuthority,
}

/// What kind of limit a rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Something must be done by the day.
    Duty,
    /// Somebody may do it until the day; not using the time is no breach.
    Right,
    /// Time must be given up to and including the day; what cuts it short before is a breach. The row's `ended_by`
    /// names what does, its `met_by` the word that the time is not needed.
    Window,
    /// Nothing may be done before the day; `met_by` names what then may.
    NotBefore,
}

/// How long, and how that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// On the day itself.
    Immediately,
    /// C-01.
    Weeks(u16),
    /// C-01.
    Days(u16),
    /// C-02.
    DaysBeginning(u16),
    /// C-03.
    Months(u16),
    /// C-04.
    MonthsStarting(u16),
    /// C-05.
    WorkingDays(u16),
    /// C-09, from a day to come.
    WeeksBefore(u16),
    /// C-10, from the day of a phase transfer.
    MonthsBeforeTransfer(u16),
    /// C-08, in the calendar year of a phase transfer: month and day.
    BeforeDateInTransferYear(u32, u32),
    /// C-02 counted back from C-01: the last day on which so many days can begin and end before so many weeks are over.
    DaysWithinWeeks(u16, u16),
    /// C-03 and C-07: months from the notice or from the certificate, whichever ends later, carried to a Tribunal day.
    AppealPeriod(u16, u16),
    /// The day after the appeal period.
    AfterAppealPeriod(u16, u16),
    /// C-07: working days without August and Christmas.
    TribunalWorkingDays(u16),
    /// C-05: the day of a move known that many working days ahead, otherwise so many beginning with the day it was known.
    MoveOrWorkingDays(u16),
    /// C-04: months starting with the plan or its last review, or with the transfer, whichever end later.
    ReviewOrTransferMonths(u16, u16),
}

/// An earlier day that a counted date is cut to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// None.
    None,
    /// The end of the twelve months that D-AR12 gives, where the meeting was held within them.
    ReviewYear,
}

/// Which of several starting facts start a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The first.
    First,
    /// The last: what is planned anew replaces what was planned.
    Last,
    /// Each in its turn.
    Each,
    /// Each but the first.
    AllButFirst,
    /// Each while the child is under five.
    EachUnderFive,
}

/// Whether a rule's facts are told apart by what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// There is one such clock, whatever its facts are about.
    Case,
    /// Each thing (a request for advice, a draft, a review) has a clock of its own.
    Thing,
}

/// How binding a rule is: set by `statute`, by what courts said of one, by statutory guidance, or only as we read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// An Act, or Regulations or Rules made under one.
    Statute,
    /// A court said that the statute means this.
    CaseLaw,
    /// Statutory guidance: to be followed unless there is good reason not to.
    Guidance,
    /// Our own reading.
    OurReading,
}

/// The other way some read a provision; a deadline carries its date as `tolerance`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherReading {
    /// None is known.
    None,
    /// The day of receipt is day one.
    ReceiptIsDayOne,
    /// The anniversary itself is in time.
    Anniversary,
    /// "By" the date in place of "before" it.
    ByTheDate,
    /// The day of sending and the day of the meeting both do not count.
    ClearDays,
    /// An order's time runs from the day it was sent out.
    OrderSentOut,
    /// An appeal's time runs from the date on the letter.
    LetterDate,
    /// Working days in place of days.
    WorkingDays(u16),
    /// Weeks in place of working days.
    Weeks(u16),
    /// The week most authorities aim at.
    CommonTarget(u16),
}

/// From when to when a row is law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, where it is over.
    pub to: Option<NaiveDate>,
    /// Which end of a clock must lie within.
    pub governs: Governs,
}

/// Which end of a clock decides whether a row applies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Governs {
    /// The day it started: old cases keep the old row.
    Start,
    /// The day it is due.
    End,
}

impl InForce {
    /// From a day, governing the start of the clock.
    pub(super) const fn starting(year: i32, month: u32, date: u32) -> Self {
        Self { from: day(year, month, date), to: None, governs: Governs::Start }
    }

    /// Whether a clock between two days falls under the row.
    pub fn covers(&self, starts_on: NaiveDate, due_on: NaiveDate) -> bool {
        let decisive = match self.governs {
            Governs::Start => starts_on,
            Governs::End => due_on,
        };
        self.from <= decisive && self.to.is_none_or(|to| decisive <= to)
    }
}

/// Where a row was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// In the source of that title.
    Seen(&'static str),
    /// Seen nowhere: from knowledge, with what remains to be checked.
    Unverified(&'static str),
}

/// A date written in the source. A date that does not exist stops the build where it is used in a constant.
pub(super) const fn day(year: i32, month: u32, date: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, date) {
        Some(day) => day,
        None => panic!("no such date"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELAXED: InForce = InForce { from: day(2020, 5, 1), to: Some(day(2020, 9, 25)), governs: Governs::End };

    #[test]
    fn a_row_that_governs_the_end_looks_at_the_day_due() {
        let start = day(2020, 1, 6);
        assert!(!RELAXED.covers(start, day(2020, 4, 30)));
        assert!(RELAXED.covers(start, day(2020, 5, 1)));
        assert!(RELAXED.covers(start, day(2020, 9, 25)));
        assert!(!RELAXED.covers(start, day(2020, 9, 26)));
    }

    #[test]
    fn a_row_that_governs_the_start_looks_at_the_day_it_began() {
        let row = InForce { governs: Governs::Start, ..RELAXED };
        assert!(!row.covers(day(2020, 4, 30), day(2020, 6, 1)));
        assert!(row.covers(day(2020, 9, 25), day(2021, 1, 1)));
    }
}
