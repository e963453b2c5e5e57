//! What was published about all the plans of an authority: how many, where, for which needs, how reviewed, and why they ended?
//!
//! Source: Department for Education, "Education, health and care plans, reporting year 2025", the files on the caseload, on needs of all
//! plans, on annual reviews and on ceased plans, rows for all plans. Contains public sector information licensed under the Open
//! Government Licence v3.0. Phases and sex: Harrow Council, SEND and alternative provision strategy 2024 to 2029 (Harrow's plans of
//! January 2024); the share of boys in Havering: its report to scrutiny of April 2025.

use super::held::HELD;
use crate::demo::stock::Place;
use crate::record::codes::NeedType;

/// How many places are told apart.
pub const PLACES: usize = 19;

/// The primary needs that are published, in the order of the columns; the last column counts plans whose need is unknown.
pub const NEEDS: [NeedType; 12] = [
    NeedType::Asd,
    NeedType::Hi,
    NeedType::Mld,
    NeedType::Msi,
    NeedType::Oth,
    NeedType::Pd,
    NeedType::Pmld,
    NeedType::Semh,
    NeedType::Slcn,
    NeedType::Sld,
    NeedType::Spld,
    NeedType::Vi,
];

/// What was published about all plans of one authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caseload {
    /// The authority, by the Department's code.
    pub authority: u16,
    /// Plans in force on the survey days of January, from 2019 to 2025.
    pub january: [u32; 7],
    /// Of a thousand children with plans in January 2024, how many are boys.
    pub boys_of_thousand: u32,
    /// Plans in January 2024 of children before Reception, in Reception to Year 6, in Year 7 to 11, in Year 12 to 14, and older; only
    /// Harrow's are published.
    pub phases: Option<[u32; 5]>,
    /// Plans in January 2024 and in January 2025, by where the child is, in the order of [`Place`].
    pub places: [[u32; PLACES]; 2],
    /// Plans in January 2025 by primary need, in the order of [`NEEDS`], then those whose need is unknown.
    pub needs: [u32; NEEDS.len() + 1],
    /// The last review of each plan in force in January 2025.
    pub reviews: Reviews,
    /// Plans that ceased in 2023 and in 2024.
    pub ceased: [Ceased; 2],
}

/// The last review of each plan in force on the survey day of January 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviews {
    /// Plans of which a review is expected.
    pub expected: u32,
    /// The others, made in 2024 or since.
    pub not_expected: u32,
    /// The last meeting was in January 2025.
    pub met_2025: u32,
    /// In 2024.
    pub met_2024: u32,
    /// Before.
    pub met_before: u32,
    /// There was none.
    pub never_met: u32,
    /// The decision after the last meeting was notified in January 2025.
    pub decided_2025: u32,
    /// In 2024.
    pub decided_2024: u32,
    /// Before.
    pub decided_before: u32,
    /// It is not due yet.
    pub not_due: u32,
    /// It is outstanding.
    pub outstanding: u32,
    /// Decisions to amend.
    pub amend: u32,
    /// Decisions to cease.
    pub cease: u32,
    /// Decisions to maintain.
    pub maintain: u32,
    /// Decisions of which no outcome was reported.
    pub unreported: u32,
    /// Decisions within four weeks of the meeting.
    pub within_four_weeks: u32,
}

/// Plans that ceased in a calendar year, by the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceased {
    /// Reached the maximum age.
    pub maximum_age: u32,
    /// Needs are met without a plan.
    pub needs_met: u32,
    /// Moved on to higher education.
    pub higher_education: u32,
    /// Moved on to paid employment.
    pub paid_employment: u32,
    /// Transferred to another authority.
    pub transferred: u32,
    /// Did not wish to engage any more.
    pub no_engagement: u32,
    /// Moved outside England.
    pub left_england: u32,
    /// Died.
    pub died: u32,
    /// Another reason.
    pub other: u32,
}

impl Caseload {
    /// What was published about an authority.
    pub fn of(authority: u16) -> Option<&'static Caseload> {
        HELD.iter().find(|held| held.authority == authority)
    }

    /// Plans in force on the survey day of January of a year from 2019 to 2025.
    pub fn in_january(&self, year: i32) -> u32 {
        usize::try_from(year - 2019).ok().and_then(|place| self.january.get(place)).copied().unwrap_or(0)
    }

    /// Plans at a place in January 2024 (0) or in January 2025 (1).
    pub fn at(&self, place: Place, january: usize) -> u32 {
        self.places.get(january).and_then(|places| places.get(place as usize)).copied().unwrap_or(0)
    }
}

impl Ceased {
    /// All of them.
    pub const fn total(&self) -> u32 {
        self.maximum_age
            + self.needs_met
            + self.higher_education
            + self.paid_employment
            + self.transferred
            + self.no_engagement
            + self.left_england
            + self.died
            + self.other
    }
}

impl Reviews {
    /// Decisions that were made.
    pub const fn decided(&self) -> u32 {
        self.decided_2025 + self.decided_2024 + self.decided_before
    }
}
