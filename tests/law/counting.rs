//! Do the ways of counting keep their own laws, on any day from 2014 to 2040?

use chrono::{Datelike, Days, NaiveDate};
use ehc_casework::law::counting::*;
use ehc_casework::law::{advice_window, closed_long_enough, school_leaving_date};
use proptest::prelude::*;

use crate::vectors::on;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..9_800).prop_map(|n| on("2014-01-01") + Days::new(n))
}

proptest! {
    #[test]
    fn weeks_keep_the_weekday(day in any_day(), n in 0u16..200) {
        prop_assert_eq!(weeks_after(day, n).weekday(), day.weekday());
        prop_assert_eq!(weeks_before(weeks_after(day, n), n), day);
    }

    #[test]
    fn days_beginning_with_a_day_are_one_fewer_after_it(day in any_day(), n in 1u16..400) {
        prop_assert_eq!(last_of_days_from(day, n), days_after(day, n - 1));
    }

    #[test]
    fn months_keep_the_number_or_end_the_month(day in any_day(), n in 0u16..60) {
        let due = months_after(day, n);
        let month_ends = due.succ_opt().is_some_and(|next| next.day() == 1);
        prop_assert!(due.day() == day.day() || (month_ends && due.day() < day.day()));
    }

    #[test]
    fn months_starting_with_a_day_never_overlap_the_next_such_months(day in any_day(), n in 1u16..60) {
        let end = last_of_months_from(day, n);
        prop_assert!(end <= months_after(day, n));
        prop_assert!(end >= days_after(day, n * 28 - 1));
        if end.day() != day.day() && day.day() <= 28 {
            prop_assert_eq!(days_after(end, 1), months_after(day, n));
        }
    }

    #[test]
    fn months_before_is_the_last_day_from_which_the_months_fit(day in any_day(), n in 1u16..24) {
        let latest = months_before(day, n);
        prop_assert!(months_after(latest, n) <= day);
        prop_assert!(months_after(days_after(latest, 1), n) > day);
    }

    #[test]
    fn working_days_end_on_one_and_there_are_just_so_many(day in any_day(), n in 1u16..60) {
        let due = working_days_after(day, n);
        prop_assert!(working_day(due));
        let between = day.iter_days().skip(1).take_while(|day| *day <= due).filter(|day| working_day(*day)).count();
        prop_assert_eq!(between, usize::from(n));
        prop_assert!(last_of_working_days_from(day, n) <= due);
    }

    #[test]
    fn an_appeals_time_is_carried_to_the_next_working_day_and_out_of_the_closed_days(day in any_day()) {
        let rolled = tribunal_roll(day);
        let closed = |day: NaiveDate| matches!((day.month(), day.day()), (8, _) | (12, 25..) | (1, 1));
        prop_assert!(rolled >= day && working_day(rolled));
        prop_assert!(!(closed(day) && closed(rolled)));
        let skipped = day.iter_days().take_while(|between| *between < rolled);
        prop_assert!(skipped.filter(|between| working_day(*between)).all(|between| closed(day) && closed(between)));
    }

    #[test]
    fn a_school_leaves_on_a_friday_in_the_last_week_of_june(year in 2014i32..2041) {
        let leaving = school_leaving_date(year);
        prop_assert_eq!((leaving.weekday(), leaving.month()), (chrono::Weekday::Fri, 6));
        prop_assert!(leaving.day() > 23);
    }
}

#[test]
fn a_summer_closure_covers_requests_from_a_week_before_it_to_a_week_before_its_end() {
    assert_eq!(advice_window(on("2026-07-22"), on("2026-09-02")), (on("2026-07-15"), on("2026-08-26")));
    assert!(closed_long_enough(on("2026-07-22"), on("2026-08-18")));
    assert!(!closed_long_enough(on("2026-07-22"), on("2026-08-17")));
}

#[test]
fn the_leaving_date_of_2028_is_the_last_day_of_june() {
    assert_eq!(school_leaving_date(2028), on("2028-06-30"));
}
