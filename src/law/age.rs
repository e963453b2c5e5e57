//! How old must somebody be? Compulsory school age, when rights pass to the young person, and how long a plan may last (P-01 to P-05).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::citation::Provision;
use super::counting::months_after;
use super::instruments::{CFA_2014, EDUCATION_ACT_1996};
use super::rule::day;

/// Where compulsory school age, and so the young person's own rights, are defined.
pub const SCHOOL_AGE: Provision = EDUCATION_ACT_1996.at("8");
/// The power to keep a plan beyond the 25th birthday.
pub const BEYOND_25: Provision = CFA_2014.at("46");

/// C-13. The day an age in years is attained. Who was born on 29 February attains it on 28 February in other years.
pub fn birthday(born: NaiveDate, years: u16) -> NaiveDate {
    months_after(born, years.saturating_mul(12))
}

/// P-01. Whether somebody is of an age for an assessment or a plan: from birth to under 25.
pub fn under_scheme(born: NaiveDate, today: NaiveDate) -> bool {
    born <= today && today < birthday(born, 25)
}

/// P-01. Whether somebody is a young person: over compulsory school age and under 25.
pub fn young_person(born: NaiveDate, today: NaiveDate) -> bool {
    young_person_from(born) <= today && today < birthday(born, 25)
}

/// P-02. The school leaving date of a year: the last Friday in June.
pub fn school_leaving_date(year: i32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, 6, 30).unwrap_or(NaiveDate::MAX);
    let after_friday = last.weekday().days_since(Weekday::Fri);
    last.checked_sub_days(Days::new(after_friday.into())).unwrap_or(last)
}

/// P-02. The last day of compulsory school age: the leaving date of the school year, September to August, in which the
/// child turns sixteen (Education Act 1996, s. 8).
pub fn compulsory_school_age_ends_on(born: NaiveDate) -> NaiveDate {
    let sixteen = birthday(born, 16);
    school_leaving_date(if sixteen.month() >= 9 { sixteen.year() + 1 } else { sixteen.year() })
}

/// P-03. The first day on which rights are the young person's and no longer the parent's. It is not the sixteenth birthday.
pub fn young_person_from(born: NaiveDate) -> NaiveDate {
    compulsory_school_age_ends_on(born).succ_opt().unwrap_or(NaiveDate::MAX)
}

/// P-04. The first day of compulsory school age: the fifth birthday if it is 31 March, 31 August or 31 December, otherwise
/// the next of those days.
pub fn compulsory_school_age_starts_on(born: NaiveDate) -> NaiveDate {
    let five = birthday(born, 5);
    [(3, 31), (8, 31), (12, 31)]
        .into_iter()
        .filter_map(|(month, date)| NaiveDate::from_ymd_opt(five.year(), month, date))
        .find(|prescribed| five <= *prescribed)
        .unwrap_or(five)
}

/// Where somebody is educated at 25, as far as the last day of a plan depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EducationAt25 {
    /// A further education college, whose year ends on 31 July.
    College,
    /// An apprenticeship, and the day its training ends.
    Apprenticeship(NaiveDate),
}

/// P-05. The last day to which an authority may keep a plan after the 25th birthday: the end of that academic year, or of
/// the training but before the 26th birthday (Children and Families Act 2014, s. 46; SEND Regulations 2014, reg. 46).
pub fn plan_may_last_to(born: NaiveDate, education: EducationAt25) -> NaiveDate {
    let turns_25 = birthday(born, 25);
    match education {
        EducationAt25::College => {
            let year = if turns_25.month() >= 8 { turns_25.year() + 1 } else { turns_25.year() };
            NaiveDate::from_ymd_opt(year, 7, 31).unwrap_or(NaiveDate::MAX)
        }
        EducationAt25::Apprenticeship(training_ends) => {
            let before_26 = birthday(born, 26).pred_opt().unwrap_or(NaiveDate::MIN);
            training_ends.min(before_26).max(turns_25)
        }
    }
}

/// The first day the Act was in force; nothing under it happened before.
pub(super) const COMMENCED: NaiveDate = day(2014, 9, 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leaving_date_is_the_last_friday_in_june() {
        assert_eq!(school_leaving_date(2026), day(2026, 6, 26));
        assert_eq!(school_leaving_date(2027), day(2027, 6, 25));
        assert_eq!(school_leaving_date(2028), day(2028, 6, 30));
    }

    #[test]
    fn a_child_born_on_the_last_day_of_august_is_a_young_person_at_fifteen() {
        let born = day(2010, 8, 31);
        assert_eq!(young_person_from(born), day(2026, 6, 27));
        assert!(!young_person(born, day(2026, 6, 26)));
        assert!(young_person(born, day(2026, 6, 27)));
        assert!(birthday(born, 16) > day(2026, 6, 27));
    }

    #[test]
    fn a_child_born_a_day_later_waits_a_year() {
        assert_eq!(young_person_from(day(2010, 9, 1)), day(2027, 6, 26));
    }

    #[test]
    fn the_scheme_ends_at_the_start_of_the_25th_birthday() {
        let born = day(2001, 3, 10);
        assert!(under_scheme(born, born) && under_scheme(born, day(2026, 3, 9)));
        assert!(!under_scheme(born, day(2026, 3, 10)));
        assert!(!young_person(born, day(2026, 3, 10)));
    }

    #[test]
    fn compulsory_school_age_starts_on_a_prescribed_day() {
        assert_eq!(compulsory_school_age_starts_on(day(2020, 3, 31)), day(2025, 3, 31));
        assert_eq!(compulsory_school_age_starts_on(day(2020, 4, 1)), day(2025, 8, 31));
        assert_eq!(compulsory_school_age_starts_on(day(2020, 9, 1)), day(2025, 12, 31));
        assert_eq!(compulsory_school_age_starts_on(day(2020, 12, 31)), day(2025, 12, 31));
        assert_eq!(compulsory_school_age_starts_on(day(2021, 1, 1)), day(2026, 3, 31));
    }

    #[test]
    fn a_plan_may_last_to_the_end_of_the_college_year() {
        assert_eq!(plan_may_last_to(day(2001, 7, 31), EducationAt25::College), day(2026, 7, 31));
        assert_eq!(plan_may_last_to(day(2001, 8, 1), EducationAt25::College), day(2027, 7, 31));
    }

    #[test]
    fn an_apprentice_keeps_the_plan_until_the_training_ends_but_never_to_the_26th_birthday() {
        let born = day(2001, 3, 10);
        assert_eq!(plan_may_last_to(born, EducationAt25::Apprenticeship(day(2026, 12, 1))), day(2026, 12, 1));
        assert_eq!(plan_may_last_to(born, EducationAt25::Apprenticeship(day(2028, 1, 1))), day(2027, 3, 9));
    }

    #[test]
    fn a_leap_day_child_attains_an_age_at_the_end_of_february() {
        assert_eq!(birthday(day(2020, 2, 29), 5), day(2025, 2, 28));
        assert_eq!(birthday(day(2020, 2, 29), 4), day(2024, 2, 29));
    }
}
