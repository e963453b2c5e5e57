//! Which weekdays are bank holidays in England and Wales, year by year, substitute and extra days included.
//!
//! To 2028 as published at <https://www.gov.uk/bank-holidays>. Later years are the usual days of the Banking and
//! Financial Dealings Act 1971 with their substitutes: a proclamation may move or add one, and is then entered here.

use chrono::{Datelike, NaiveDate};

/// The last year whose days have been published; what is counted in a later year rests on the usual days.
pub const PUBLISHED_TO: i32 = 2028;

/// Month and day of each bank holiday that falls on a weekday, ascending.
const DAYS: &[(i32, &[(u32, u32)])] = &[
    (2014, &[(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2015, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2016, &[(1, 1), (3, 25), (3, 28), (5, 2), (5, 30), (8, 29), (12, 26), (12, 27)]),
    (2017, &[(1, 2), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2018, &[(1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
    (2019, &[(1, 1), (4, 19), (4, 22), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
    (2020, &[(1, 1), (4, 10), (4, 13), (5, 8), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2021, &[(1, 1), (4, 2), (4, 5), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    (2022, &[(1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29), (9, 19), (12, 26), (12, 27)]),
    (2023, &[(1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2024, &[(1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
    (2025, &[(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2026, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2027, &[(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    (2028, &[(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2029, &[(1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
    (2030, &[(1, 1), (4, 19), (4, 22), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
    (2031, &[(1, 1), (4, 11), (4, 14), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2032, &[(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    (2033, &[(1, 3), (4, 15), (4, 18), (5, 2), (5, 30), (8, 29), (12, 26), (12, 27)]),
    (2034, &[(1, 2), (4, 7), (4, 10), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2035, &[(1, 1), (3, 23), (3, 26), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
    (2036, &[(1, 1), (4, 11), (4, 14), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2037, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2038, &[(1, 1), (4, 23), (4, 26), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    (2039, &[(1, 3), (4, 8), (4, 11), (5, 2), (5, 30), (8, 29), (12, 26), (12, 27)]),
    (2040, &[(1, 2), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
];

/// The first year of the table.
const FIRST: i32 = 2014;

/// Whether a weekday is a bank holiday in England and Wales. No day outside 2014 to 2040 is.
pub fn is_bank_holiday(day: NaiveDate) -> bool {
    let row = usize::try_from(day.year() - FIRST).ok().and_then(|row| DAYS.get(row));
    row.is_some_and(|(_, days)| days.contains(&(day.month(), day.day())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_follow_one_another_and_hold_weekdays_in_order() {
        for (position, (year, days)) in DAYS.iter().enumerate() {
            assert_eq!(*year, FIRST + position as i32);
            assert!(days.len() >= 8, "{year}");
            assert!(days.is_sorted(), "{year}");
            for (month, day) in days.iter() {
                let date = NaiveDate::from_ymd_opt(*year, *month, *day).expect("a date");
                assert!(date.weekday().number_from_monday() <= 5, "{date}");
            }
        }
    }

    #[test]
    fn substitute_moved_and_extra_days_are_there() {
        let holiday = |text: &str| is_bank_holiday(text.parse().expect("a date"));
        assert!(holiday("2026-12-28"), "for Boxing Day on a Saturday");
        assert!(holiday("2020-05-08") && !holiday("2020-05-04"), "moved to VE Day");
        assert!(holiday("2022-09-19"), "the state funeral");
        assert!(holiday("2023-05-08"), "the coronation");
        assert!(!holiday("2013-12-25") && !holiday("2041-12-25"), "outside the table");
    }
}
