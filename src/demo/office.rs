//! At which instant does the office record what happened on a day?

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;
use rand::RngExt;
use rand::rngs::StdRng;

use crate::law::working_day;

/// The office opens at half past nine; what begins a day, such as convening a panel, is done in the half hour before.
const OPENS: TimeDelta = TimeDelta::minutes(9 * 60 + 30);
const BEFORE_OPENING: TimeDelta = TimeDelta::minutes(9 * 60);
const PANEL_BEGINS: TimeDelta = TimeDelta::minutes(14 * 60);
/// Nothing new is begun after half past three, so that what follows it on the same day is recorded within office hours.
const BEGINNING_HOURS: i64 = 6;

/// The working day on which what happened on a day is recorded: that day or the next working one.
pub(super) fn recorded_on(day: NaiveDate) -> NaiveDate {
    (0..30).filter_map(|days| day.checked_add_days(Days::new(days))).find(|day| working_day(*day)).unwrap_or(day)
}

/// The last working day up to a day.
pub(super) fn last_working_day(day: NaiveDate) -> NaiveDate {
    (0..30).filter_map(|days| day.checked_sub_days(Days::new(days))).find(|day| working_day(*day)).unwrap_or(day)
}

/// The instant so long after midnight in London.
fn instant(day: NaiveDate, after_midnight: TimeDelta) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + after_midnight;
    // Office hours are never within an hour that the clocks skip.
    London.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// An instant before the office opens.
pub(super) fn before_opening(day: NaiveDate, minutes: u8) -> DateTime<Utc> {
    instant(day, BEFORE_OPENING + TimeDelta::minutes(i64::from(minutes % 30)))
}

/// When a panel makes its recommendation on the item at a place of its agenda.
pub(super) fn in_panel(day: NaiveDate, place: usize) -> DateTime<Utc> {
    instant(day, PANEL_BEGINS + TimeDelta::minutes(7 * i64::try_from(place).unwrap_or(0)))
}

/// The instants at which one case worker records the steps of one case, each after the one before.
#[derive(Debug, Default)]
pub(super) struct Diary {
    last: Option<(NaiveDate, TimeDelta)>,
}

impl Diary {
    /// The next instant, on the same day as the last or on a later one.
    pub(super) fn next(&mut self, day: NaiveDate, rng: &mut StdRng) -> DateTime<Utc> {
        let after_midnight = match self.last {
            Some((last, at)) if last == day => at + TimeDelta::milliseconds(rng.random_range(60_000..600_000)),
            _ => OPENS + TimeDelta::milliseconds(rng.random_range(0..BEGINNING_HOURS * 3_600_000)),
        };
        self.last = Some((day, after_midnight));
        instant(day, after_midnight)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::clock::london_day;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn what_comes_at_christmas_is_recorded_after_boxing_day() {
        assert_eq!(recorded_on(day(2024, 12, 25)), day(2024, 12, 27));
        assert_eq!(recorded_on(day(2024, 12, 28)), day(2024, 12, 30));
        assert_eq!(recorded_on(day(2024, 12, 24)), day(2024, 12, 24));
        assert_eq!(last_working_day(day(2024, 12, 26)), day(2024, 12, 24));
    }

    #[test]
    fn steps_of_a_day_follow_one_another_on_that_day_summer_and_winter() {
        let mut rng = StdRng::seed_from_u64(1);
        for on in [day(2024, 7, 1), day(2024, 12, 2)] {
            let mut diary = Diary::default();
            let mut last = before_opening(on, 29);
            for _ in 0..12 {
                let at = diary.next(on, &mut rng);
                assert!(at > last && london_day(at) == on, "{at} after {last}");
                last = at;
            }
        }
    }

    #[test]
    fn half_past_nine_is_an_hour_earlier_by_universal_time_in_summer() {
        assert_eq!(before_opening(day(2024, 7, 1), 0).to_rfc3339(), "2024-07-01T08:00:00+00:00");
        assert_eq!(before_opening(day(2024, 12, 2), 0).to_rfc3339(), "2024-12-02T09:00:00+00:00");
    }
}
