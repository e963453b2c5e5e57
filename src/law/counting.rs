//! How is time counted? Each way of counting once, named C-01 to C-13 as the register names it, with its authority.
//!
//! Dates are civil dates in London. Every function is total: beyond the calendar's end it answers the calendar's last day.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::bank_holidays::is_bank_holiday;
use super::citation::{Citation, Provision};
use super::instruments::{DODDS_1981, FAMILY_LAW_ACT_1969, SEND_REGS_2014, TRIBUNAL_RULES_2008};

/// A way of counting, and on whose word it is counted so.
#[derive(Debug, PartialEq, Eq)]
pub struct Basis {
    /// The name of the way of counting, `C-01` to `C-13`.
    pub id: &'static str,
    /// What it does, in one plain sentence.
    pub words: &'static str,
    /// The authority, or the provision that is read so.
    pub source: Provision,
    /// Whether it is our reading of the provision: no authority says so in terms.
    pub our_reading: bool,
}

impl Basis {
    /// The authority in words, with `our reading` where it is ours.
    pub fn cite(&self) -> Citation {
        let cited = self.source.cite();
        if self.our_reading {
            Citation { text: format!("Our reading ({}) of {}", self.id, cited.text).into(), ..cited }
        } else {
            cited
        }
    }
}

/// C-01: weeks or days from an event; the event's day is not counted.
pub static C01: Basis =
    Basis { id: "C-01", words: "the day of the event is not counted", source: DODDS_1981.at(""), our_reading: false };
/// C-02: days beginning with a day, which is the first of them.
pub static C02: Basis =
    Basis { id: "C-02", words: "the first day is counted as day one", source: SEND_REGS_2014.at("13(1)(a)"), our_reading: false };
/// C-03: months after an event end on the same number of a later month.
pub static C03: Basis = Basis {
    id: "C-03",
    words: "months end on the same day of a later month, or on its last day where it is shorter",
    source: DODDS_1981.at(""),
    our_reading: false,
};
/// C-04: months starting with a day end on the day before the same number of a later month.
pub static C04: Basis = Basis {
    id: "C-04",
    words: "months that start with a day end the day before the same day of a later month",
    source: DODDS_1981.at(""),
    our_reading: true,
};
/// C-05: working days are Monday to Friday without bank holidays.
pub static C05: Basis = Basis {
    id: "C-05",
    words: "working days are Monday to Friday, without the bank holidays of England and Wales",
    source: SEND_REGS_2014.at("2(1)"),
    our_reading: true,
};
/// C-06: a last day that is no working day stands.
pub static C06: Basis = Basis {
    id: "C-06",
    words: "the Regulations do not move a last day that is no working day",
    source: SEND_REGS_2014.at(""),
    our_reading: true,
};
/// C-07: the Tribunal's time: August and the days from Christmas to New Year.
pub static C07: Basis = Basis {
    id: "C-07",
    words: "the Tribunal's Rules carry an appeal over a day that is no working day, over August, and over Christmas",
    source: TRIBUNAL_RULES_2008.at("12"),
    our_reading: false,
};
/// C-08: before a date is the day before it at the latest.
pub static C08: Basis = Basis {
    id: "C-08",
    words: "before a date means the day before it at the latest",
    source: SEND_REGS_2014.at("18(1)"),
    our_reading: true,
};
/// C-09: at least some weeks' notice is counted back from the day itself.
pub static C09: Basis = Basis {
    id: "C-09",
    words: "notice is counted back from the day itself",
    source: SEND_REGS_2014.at("20(3)"),
    our_reading: true,
};
/// C-10: at least some months before a date.
pub static C10: Basis = Basis {
    id: "C-10",
    words: "the latest day from which the months still fit before the date",
    source: SEND_REGS_2014.at("18(2)"),
    our_reading: true,
};
/// C-11: served, sent and dated are three days; each provision says which of them counts.
pub static C11: Basis = Basis {
    id: "C-11",
    words: "served, sent and dated are three different days, and each provision names the one that counts",
    source: SEND_REGS_2014.at("22(3)"),
    our_reading: false,
};
/// C-12: as soon as practicable, and the outer limit is no target.
pub static C12: Basis = Basis {
    id: "C-12",
    words: "it is to be done as soon as practicable; the date is the outer limit and no target",
    source: SEND_REGS_2014.at("13(2)"),
    our_reading: false,
};
/// C-13: an age is attained at the start of the birthday.
pub static C13: Basis = Basis {
    id: "C-13",
    words: "an age is attained at the start of the birthday",
    source: FAMILY_LAW_ACT_1969.at("9"),
    our_reading: false,
};

/// Every way of counting, in order.
pub static WAYS: [&Basis; 13] = [&C01, &C02, &C03, &C04, &C05, &C06, &C07, &C08, &C09, &C10, &C11, &C12, &C13];

/// C-01. `n` weeks after an event.
pub fn weeks_after(event: NaiveDate, n: u16) -> NaiveDate {
    days_after(event, n.saturating_mul(7))
}

/// C-01. `n` days after an event.
pub fn days_after(event: NaiveDate, n: u16) -> NaiveDate {
    event.checked_add_days(Days::new(n.into())).unwrap_or(NaiveDate::MAX)
}

/// C-02. The last of `n` days beginning with `first`.
pub fn last_of_days_from(first: NaiveDate, n: u16) -> NaiveDate {
    days_after(first, n.saturating_sub(1))
}

/// C-03. `n` months after an event.
pub fn months_after(event: NaiveDate, n: u16) -> NaiveDate {
    event.checked_add_months(Months::new(n.into())).unwrap_or(NaiveDate::MAX)
}

/// C-04. The last day of `n` months starting with `first`.
pub fn last_of_months_from(first: NaiveDate, n: u16) -> NaiveDate {
    let same_number = months_after(first, n);
    if same_number.day() == first.day() { same_number.pred_opt().unwrap_or(NaiveDate::MIN) } else { same_number }
}

/// C-05. Whether a day is a working day in England and Wales.
pub fn working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_bank_holiday(day)
}

/// C-05. The `n`th working day after an event.
pub fn working_days_after(event: NaiveDate, n: u16) -> NaiveDate {
    nth_day(event.succ_opt(), n, working_day).unwrap_or(event)
}

/// C-05. The `n`th working day of those beginning with `first`.
pub fn last_of_working_days_from(first: NaiveDate, n: u16) -> NaiveDate {
    nth_day(Some(first), n, working_day).unwrap_or(first)
}

/// C-05. How many working days there are after an event up to a day, the day itself among them.
pub fn working_days_from_to(event: NaiveDate, day: NaiveDate) -> u32 {
    let after = std::iter::successors(event.succ_opt(), |next| next.succ_opt()).take_while(|next| *next <= day);
    u32::try_from(after.filter(|next| working_day(*next)).count()).unwrap_or(u32::MAX)
}

/// C-07. Where an appeal's time that ends on `last` is carried to: from August and from 25 December to 1 January to the
/// first working day after them, otherwise from a day that is no working day to the next that is. A Sunday 31 July is
/// carried to Monday 1 August and no further, as the time did not end in August (our reading).
pub fn tribunal_roll(last: NaiveDate) -> NaiveDate {
    let carried = |day: &NaiveDate| working_day(*day) && !(tribunal_closed(last) && tribunal_closed(*day));
    last.iter_days().find(carried).unwrap_or(last)
}

/// C-07. The `n`th working day after an event, leaving out August and 25 December to 1 January.
pub fn tribunal_working_days_after(event: NaiveDate, n: u16) -> NaiveDate {
    nth_day(event.succ_opt(), n, |day| working_day(day) && !tribunal_closed(day)).unwrap_or(event)
}

/// C-07. August, and 25 December to 1 January.
fn tribunal_closed(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (8, _) | (12, 25..) | (1, 1))
}

/// C-08. The last day before a date.
pub fn day_before(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(NaiveDate::MIN)
}

/// How many days are left until a day: 0 on the day itself, fewer once it is over.
pub fn days_left(today: NaiveDate, due: NaiveDate) -> i64 {
    due.signed_duration_since(today).num_days()
}

/// C-09. The latest day that gives `n` weeks' notice of a date.
pub fn weeks_before(date: NaiveDate, n: u16) -> NaiveDate {
    days_before(date, n.saturating_mul(7))
}

/// C-09. `n` days before a date.
pub fn days_before(date: NaiveDate, n: u16) -> NaiveDate {
    date.checked_sub_days(Days::new(n.into())).unwrap_or(NaiveDate::MIN)
}

/// C-10. The latest day from which `n` months (C-03) still end on or before a date.
pub fn months_before(date: NaiveDate, n: u16) -> NaiveDate {
    let back = date.checked_sub_months(Months::new(n.into())).unwrap_or(NaiveDate::MIN);
    std::iter::successors(Some(back), |day| day.succ_opt()).take_while(|day| months_after(*day, n) <= date).last().unwrap_or(back)
}

/// The `n`th day from `first` on that counts.
fn nth_day(first: Option<NaiveDate>, n: u16, counts: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    std::iter::successors(first, |day| day.succ_opt()).filter(|day| counts(*day)).nth(n.saturating_sub(1).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn each_way_of_counting_is_there_once_with_its_authority_or_as_our_reading() {
        for (position, way) in WAYS.iter().enumerate() {
            assert_eq!(way.id, format!("C-{:02}", position + 1));
            assert_eq!(way.cite().text.starts_with("Our reading"), way.our_reading, "{}", way.id);
        }
    }

    #[test]
    fn weeks_end_on_the_same_weekday_and_run_through_holidays() {
        assert_eq!(weeks_after(on("2026-01-05"), 20), on("2026-05-25"));
        assert_eq!(weeks_after(on("2026-09-14"), 16), on("2027-01-04"));
    }

    #[test]
    fn fifteen_days_beginning_with_service_end_fourteen_days_later() {
        assert_eq!(last_of_days_from(on("2026-04-20"), 15), on("2026-05-04"));
        assert_eq!(last_of_days_from(on("2026-12-14"), 15), on("2026-12-28"));
    }

    #[test]
    fn months_after_an_event_are_cut_to_the_shorter_month() {
        assert_eq!(months_after(on("2026-12-31"), 2), on("2027-02-28"));
        assert_eq!(months_after(on("2027-12-31"), 2), on("2028-02-29"));
        assert_eq!(months_after(on("2026-09-30"), 4), on("2027-01-30"), "not the 31st: Dodds v Walker");
    }

    #[test]
    fn months_starting_with_a_day_end_the_day_before_its_number() {
        assert_eq!(last_of_months_from(on("2026-03-01"), 12), on("2027-02-28"));
        assert_eq!(last_of_months_from(on("2027-03-01"), 12), on("2028-02-29"));
        assert_eq!(last_of_months_from(on("2026-08-31"), 12), on("2027-08-30"));
    }

    #[test]
    fn months_starting_with_a_leap_day_end_with_february() {
        assert_eq!(last_of_months_from(on("2028-02-29"), 12), on("2029-02-28"));
        assert_eq!(last_of_months_from(on("2026-11-30"), 3), on("2027-02-28"));
    }

    #[test]
    fn working_days_leave_out_easter() {
        assert_eq!(working_days_after(on("2026-04-02"), 3), on("2026-04-09"));
        assert_eq!(working_days_after(on("2026-12-23"), 3), on("2026-12-30"));
    }

    #[test]
    fn working_days_passed_are_none_on_the_day_itself_and_the_nth_on_the_nth() {
        assert_eq!(working_days_from_to(on("2026-04-02"), on("2026-04-02")), 0);
        assert_eq!(working_days_from_to(on("2026-04-02"), on("2026-04-06")), 0, "Good Friday to Easter Monday");
        assert_eq!(working_days_from_to(on("2026-04-02"), on("2026-04-07")), 1);
        assert_eq!(working_days_from_to(on("2026-04-07"), on("2026-04-02")), 0, "backwards there are none");
        for n in 1..30 {
            assert_eq!(working_days_from_to(on("2026-12-19"), working_days_after(on("2026-12-19"), n)), u32::from(n));
        }
    }

    #[test]
    fn working_days_beginning_with_a_day_count_it() {
        assert_eq!(last_of_working_days_from(on("2026-12-17"), 15), on("2027-01-11"));
        assert_eq!(last_of_working_days_from(on("2026-03-30"), 15), on("2026-04-21"));
        assert_eq!(last_of_working_days_from(on("2026-12-19"), 1), on("2026-12-21"), "a Saturday is not counted");
    }

    #[test]
    fn an_appeal_is_carried_over_august_christmas_and_weekends() {
        assert_eq!(tribunal_roll(on("2026-08-30")), on("2026-09-01"));
        assert_eq!(tribunal_roll(on("2026-12-25")), on("2027-01-04"));
        assert_eq!(tribunal_roll(on("2027-01-01")), on("2027-01-04"));
        assert_eq!(tribunal_roll(on("2027-02-28")), on("2027-03-01"));
        assert_eq!(tribunal_roll(on("2026-07-30")), on("2026-07-30"));
        assert_eq!(tribunal_roll(on("2026-12-24")), on("2026-12-24"), "the day before the closed days is an ordinary day");
        assert_eq!(tribunal_roll(on("2022-07-31")), on("2022-08-01"), "the time ended on a Sunday in July");
    }

    #[test]
    fn the_tribunals_working_days_stand_still_in_august_and_at_christmas() {
        assert_eq!(tribunal_working_days_after(on("2026-07-15"), 30), on("2026-09-24"));
        assert_eq!(tribunal_working_days_after(on("2026-12-01"), 30), on("2027-01-20"));
    }

    #[test]
    fn on_the_last_day_no_day_is_left_and_after_it_fewer() {
        let left = |today| days_left(on(today), on("2026-05-25"));
        assert_eq!([left("2026-05-24"), left("2026-05-25"), left("2026-05-26")], [1, 0, -1]);
    }

    #[test]
    fn notice_is_counted_back() {
        assert_eq!(weeks_before(on("2026-02-02"), 2), on("2026-01-19"));
        assert_eq!(day_before(on("2027-02-15")), on("2027-02-14"));
    }

    #[test]
    fn months_before_a_month_end_use_the_whole_of_february() {
        assert_eq!(months_before(on("2027-09-01"), 5), on("2027-04-01"));
        assert_eq!(months_before(on("2027-07-31"), 5), on("2027-02-28"));
        assert_eq!(months_before(on("2027-07-28"), 5), on("2027-02-28"));
        assert_eq!(months_before(on("2027-02-28"), 5), on("2026-09-30"), "30 September and 5 months is 28 February");
    }

    #[test]
    fn the_end_of_the_calendar_stops_the_count() {
        assert_eq!(weeks_after(NaiveDate::MAX, u16::MAX), NaiveDate::MAX);
        assert_eq!(months_after(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(days_before(NaiveDate::MIN, 1), NaiveDate::MIN);
    }
}
