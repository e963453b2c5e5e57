//! Which children change the phase of education at the end of a school year? Proposed from the year group and the setting; an officer
//! confirms.

use super::codes::Phase;
use super::year_group::YearGroup;
use crate::law::PhaseTransfer;

/// What a setting teaches, as far as a change of phase depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Teaches {
    /// Its phase.
    pub phase: Phase,
    /// The highest age it teaches, in the national register's words: 11 of most primary schools, 7 of an infant school.
    pub highest_age: Option<u8>,
}

impl Teaches {
    /// The last year group it teaches; none where that is not known.
    fn last_year(self) -> Option<YearGroup> {
        let by_age = self.highest_age.map(|age| i32::from(age) - 5);
        let by_phase = match self.phase {
            Phase::Nursery => Some(-1),
            Phase::Primary => Some(6),
            Phase::MiddleDeemedPrimary => Some(7),
            Phase::MiddleDeemedSecondary => Some(8),
            Phase::Secondary | Phase::AllThrough => Some(11),
            Phase::Post16 | Phase::NotApplicable => None,
        };
        by_age.or(by_phase).map(YearGroup)
    }
}

/// The change of phase of a child who is in a year group and a setting in the school year before it (SEND Regulations 2014, reg. 18);
/// none where they go on as they are. Of Year 11 everybody is proposed, because everybody chooses then; so is a child who has stayed in
/// a setting beyond its last year.
pub fn change_of_phase(group: YearGroup, setting: Option<Teaches>) -> Option<PhaseTransfer> {
    let last = setting.and_then(Teaches::last_year).map(|last| last.0);
    let after_16 = setting.is_some_and(|setting| setting.phase == Phase::Post16);
    match group.0 {
        -1 => Some(PhaseTransfer::EarlyYearsToSchool),
        0..=10 => match last {
            Some(last) if group.0 < last => None,
            Some(..0) => Some(PhaseTransfer::EarlyYearsToSchool),
            Some(0..=2) => Some(PhaseTransfer::InfantToJunior),
            Some(3..=5) => Some(PhaseTransfer::PrimaryToMiddle),
            Some(6) => Some(PhaseTransfer::PrimaryToSecondary),
            Some(_) => Some(PhaseTransfer::MiddleToSecondary),
            None => (group.0 == 6).then_some(PhaseTransfer::PrimaryToSecondary),
        },
        11 => (!after_16).then_some(PhaseTransfer::SecondaryToPost16),
        12..=14 => last.filter(|last| group.0 >= *last).map(|_| match after_16 {
            true => PhaseTransfer::BetweenPost16,
            false => PhaseTransfer::SecondaryToPost16,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::PhaseTransfer::*;
    use super::*;

    fn from(phase: Phase, highest_age: Option<u8>) -> Vec<(i32, PhaseTransfer)> {
        let found = |year| Some((year, change_of_phase(YearGroup(year), Some(Teaches { phase, highest_age }))?));
        (-3..=16).filter_map(found).collect()
    }

    /// The first year group of a setting in which a child moves on, other than from a nursery class and after Year 11.
    fn first(phase: Phase, highest_age: Option<u8>) -> Option<(i32, PhaseTransfer)> {
        from(phase, highest_age).into_iter().find(|(year, _)| !matches!(year, -1 | 11))
    }

    #[test]
    fn a_child_moves_on_at_the_end_of_the_last_year_their_setting_teaches() {
        assert_eq!(first(Phase::Primary, Some(7)), Some((2, InfantToJunior)));
        assert_eq!(first(Phase::Primary, Some(9)), Some((4, PrimaryToMiddle)));
        assert_eq!(first(Phase::Primary, None), Some((6, PrimaryToSecondary)));
        assert_eq!(first(Phase::MiddleDeemedPrimary, Some(12)), Some((7, MiddleToSecondary)));
        assert_eq!(first(Phase::MiddleDeemedSecondary, None), Some((8, MiddleToSecondary)));
        assert_eq!(first(Phase::Nursery, None), Some((0, EarlyYearsToSchool)));
        assert_eq!(first(Phase::Post16, Some(18)), Some((13, BetweenPost16)));
    }

    #[test]
    fn who_can_stay_in_their_school_is_proposed_before_reception_and_after_year_11_alone() {
        let twice = [(-1, EarlyYearsToSchool), (11, SecondaryToPost16)];
        assert_eq!(from(Phase::NotApplicable, Some(19))[..2], twice);
        assert_eq!(from(Phase::AllThrough, Some(18))[..2], twice);
    }

    #[test]
    fn of_a_special_school_whose_ages_are_not_known_year_6_is_proposed_too() {
        let found: Vec<i32> = from(Phase::NotApplicable, None).into_iter().map(|(year, _)| year).collect();
        assert_eq!(found, [-1, 6, 11]);
        assert_eq!(change_of_phase(YearGroup(6), None), Some(PrimaryToSecondary));
    }
}
