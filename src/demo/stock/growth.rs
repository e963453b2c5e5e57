//! When did each plan of the stock come, and which ceased, so that every January has as many as were published?

use chrono::{NaiveDate, Weekday};

use super::HeldPlan;
use crate::demo::figures::Caseload;
use crate::demo::history::History;

/// The first day on which there were plans (Children and Families Act 2014, in force).
pub(super) const FIRST_PLANS: NaiveDate = match NaiveDate::from_ymd_opt(2014, 9, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The third Thursday of January of a year, on which authorities count their plans.
pub fn january(year: i32) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, 1, Weekday::Thu, 3).unwrap_or_default()
}

/// How many plans of the stock there are of each sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Growth {
    /// Plans made here up to the survey day of January 2019, and how many more by each of the next four Januaries.
    pub(super) made: [u32; 5],
    /// Plans that ceased in 2023 and in 2024, made here before.
    pub(super) ceased: [u32; 2],
    /// Of these, those beyond the published number, which the caseload of the next January leaves no room for.
    pub(super) ceased_beyond: [u32; 2],
    /// Plans that other authorities made, of children who came between the survey days of January 2023 and 2024, and 2024 and 2025.
    pub(super) moved: [u32; 2],
}

impl Growth {
    /// What the native plans leave of the published counts.
    pub(super) fn of(published: &Caseload, natives: &[History]) -> Self {
        let native = |day: NaiveDate| {
            i64::try_from(natives.iter().filter(|one| one.final_plan_sent_on.is_some_and(|on| on <= day)).count()).unwrap_or(0)
        };
        let held = |year| i64::from(published.in_january(year)) - native(january(year));
        let count = |number: i64| u32::try_from(number).unwrap_or(0);
        let mut made = [0; 5];
        for (place, year) in (2019..=2023).enumerate() {
            made[place] = count(held(year) - if place == 0 { 0 } else { held(year - 1) });
        }
        let (mut ceased, mut beyond, mut moved) = ([0; 2], [0; 2], [0; 2]);
        for (place, year) in [2023, 2024].into_iter().enumerate() {
            let reported = i64::from(published.ceased[place].total());
            let came = held(year + 1) - held(year) + reported;
            (moved[place], beyond[place]) = (count(came), count(-came));
            ceased[place] = count(reported) + beyond[place];
        }
        Self { made, ceased, ceased_beyond: beyond, moved }
    }
}

/// Plans in force on a day, told and native together.
pub fn in_force(stock: &[HeldPlan], natives: &[History], day: NaiveDate) -> usize {
    let native = natives.iter().filter(|one| one.final_plan_sent_on.is_some_and(|on| on <= day)).count();
    stock.iter().filter(|plan| plan.in_force(day)).count() + native
}
