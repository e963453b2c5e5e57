//! In which national curriculum year is a child in a school year, and in which phase of education?

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;

/// A school year by the calendar year it begins in: 2026 is 1 September 2026 to 31 August 2027.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The school year that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 9 { day.year() } else { day.year() - 1 })
    }

    /// Its first day, 1 September.
    pub fn starts_on(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 9, 1).unwrap_or(NaiveDate::MAX)
    }
}

/// A year of the national curriculum: 0 is Reception, 1 to 11 are Year 1 to Year 11, 12 to 14 come after compulsory school age; what is
/// below 0 is before school, what is over 14 has no year's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct YearGroup(pub i32);

/// A phase of education, by the year group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum AgePhase {
    /// Before Reception.
    EarlyYears,
    /// Reception to Year 6.
    Primary,
    /// Year 7 to Year 11.
    Secondary,
    /// Year 12 to Year 14.
    #[serde(rename = "post_16")]
    Post16,
    /// Older.
    #[serde(rename = "post_19")]
    Post19,
}

impl YearGroup {
    /// Reception.
    pub const RECEPTION: Self = Self(0);

    /// The year group of those who were born on a day: in Reception in the school year in which they turn five.
    pub fn by_age(born: NaiveDate, in_year: SchoolYear) -> Self {
        Self(in_year.0 - SchoolYear::of(born).0 - 5)
    }

    /// The year group of a child, with what was set for them beside their age.
    pub fn of(file: &File, born: NaiveDate, in_year: SchoolYear) -> Self {
        Self::with(&offsets(file), born, in_year)
    }

    /// The same from what was set: it holds from its school year on and in every later one, until something else is set. September
    /// moves both alike.
    pub fn with(offsets: &[Offset], born: NaiveDate, in_year: SchoolYear) -> Self {
        let set = offsets.iter().rfind(|offset| offset.from <= in_year).map_or(0, |offset| offset.by);
        Self(Self::by_age(born, in_year).0 + i32::from(set))
    }

    /// The phase it belongs to.
    pub const fn phase(self) -> AgePhase {
        match self.0 {
            i32::MIN..0 => AgePhase::EarlyYears,
            0..=6 => AgePhase::Primary,
            7..=11 => AgePhase::Secondary,
            12..=14 => AgePhase::Post16,
            _ => AgePhase::Post19,
        }
    }
}

impl fmt::Display for YearGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            i32::MIN..0 => f.write_str("early years"),
            0 => f.write_str("Reception"),
            1..=14 => write!(f, "Year {}", self.0),
            _ => f.write_str("older than Year 14"),
        }
    }
}

/// Why a child is in another year group than others of their age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearGroupReason {
    /// Born in summer, they began Reception at compulsory school age, a year later.
    Deferred,
    /// They repeat, or repeated, a year.
    HeldBack,
    /// They skipped a year.
    PutUp,
    /// They are with others of their age again.
    WithAge,
}

/// From which school year on a child is ahead of others of their age, and by how many year groups; below 0: behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offset {
    /// The first school year.
    pub from: SchoolYear,
    /// By how many year groups.
    pub by: i8,
}

/// What was set for a child beside their age, the latest school year last. Of two for one school year the later set holds.
pub fn offsets(file: &File) -> Vec<Offset> {
    let set = file.standing().iter().filter_map(|s| match s.fact {
        Fact::YearGroupSet { offset, from, .. } => Some((from, s.seq, Offset { from, by: offset })),
        _ => None,
    });
    let mut set: Vec<_> = set.collect();
    set.sort_by_key(|(from, seq, _)| (*from, *seq));
    set.into_iter().map(|(_, _, offset)| offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(born: &str, day_of: &str) -> YearGroup {
        YearGroup::by_age(day(born), SchoolYear::of(day(day_of)))
    }

    #[test]
    fn reception_is_the_school_year_in_which_a_child_turns_five() {
        assert_eq!(on("2021-09-01", "2026-09-01"), YearGroup::RECEPTION);
        assert_eq!(on("2021-08-31", "2026-09-01"), YearGroup(1));
        assert_eq!(on("2021-09-01", "2026-08-31"), YearGroup(-1));
    }

    #[test]
    fn what_was_set_for_a_child_survives_each_september_until_something_else_is_set() {
        let offsets = [Offset { from: SchoolYear(2024), by: -1 }, Offset { from: SchoolYear(2027), by: 0 }];
        let group = |year| YearGroup::with(&offsets, day("2016-06-15"), SchoolYear(year)).0;
        assert_eq!([2023, 2024, 2025, 2026, 2027].map(group), [3, 3, 4, 5, 7]);
    }

    #[test]
    fn a_phase_ends_with_the_school_year() {
        assert_eq!(on("2015-12-24", "2027-08-31").phase(), AgePhase::Primary);
        assert_eq!(on("2015-12-24", "2027-09-01").phase(), AgePhase::Secondary);
        assert_eq!(YearGroup(-1).phase(), AgePhase::EarlyYears);
        assert_eq!(YearGroup(11).phase(), AgePhase::Secondary);
        assert_eq!(YearGroup(12).phase(), AgePhase::Post16);
        assert_eq!(YearGroup(14).phase(), AgePhase::Post16);
        assert_eq!(YearGroup(15).phase(), AgePhase::Post19);
    }
}
