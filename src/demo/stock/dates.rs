//! On which days was each plan of the stock made, did its child move in, and did it cease?

use chrono::{Days, Months, NaiveDate};
use rand::RngExt;
use rand::seq::SliceRandom;

use super::growth::{FIRST_PLANS, Growth, january};
use super::{Draft, Stay};
use crate::demo::figures::Caseload;
use crate::demo::history::History;
use crate::demo::names::Inventor;

/// The age, in months, before which no plan of the stock was made.
const YOUNGEST: u32 = 24;

/// Sets the days of every plan.
pub(super) fn allot(published: &Caseload, growth: &Growth, natives: &[History], drafts: &mut [Draft], inventor: &mut Inventor) {
    made_here(growth, drafts, inventor);
    for draft in drafts.iter_mut() {
        draft.ceased = match draft.stay {
            Stay::Left2023(why) => Some((ceased_in(2023, draft.made_on, inventor), why)),
            Stay::Left2024(why) => Some((ceased_in(2024, draft.made_on, inventor), why)),
            Stay::Throughout | Stay::Moved2023 | Stay::Moved2024 => None,
        };
    }
    for draft in drafts.iter_mut().filter(|draft| draft.stay == Stay::Moved2023) {
        let came_on = inventor.day(january(2023) + Days::new(4), january(2024) - Days::new(4));
        moved(draft, came_on, FIRST_PLANS, came_on - Days::new(45), inventor);
    }
    // Of the plans of which no review is expected, the natives leave some: these were made elsewhere in 2024.
    let (new_year, survey_day) = (day(2024, 1, 1), january(2025));
    let native = natives.iter().filter(|one| one.final_plan_sent_on.is_some_and(|on| on >= new_year && on <= survey_day)).count();
    let recent = (published.reviews.not_expected as usize).saturating_sub(native);
    let mut movers: Vec<_> = drafts.iter_mut().filter(|draft| draft.stay == Stay::Moved2024).collect();
    movers.shuffle(&mut inventor.rng);
    // The youngest have the youngest plans.
    movers.sort_by_key(|draft| draft.born_on < day(2019, 1, 1));
    for (place, draft) in movers.into_iter().enumerate() {
        if place < recent {
            let came_on = inventor.day(day(2024, 4, 1), survey_day - Days::new(4));
            moved(draft, came_on, day(2024, 1, 8), came_on - Days::new(40), inventor);
        } else {
            let came_on = inventor.day(january(2024) + Days::new(4), day(2024, 8, 30));
            moved(draft, came_on, FIRST_PLANS, day(2023, 12, 20), inventor);
        }
    }
}

/// Plans made here: the oldest children have the oldest plans, but for some.
fn made_here(growth: &Growth, drafts: &mut [Draft], inventor: &mut Inventor) {
    let mut days = Vec::new();
    for (place, many) in growth.made.into_iter().enumerate() {
        let year = 2019 + i32::try_from(place).unwrap_or(0);
        let first = if place == 0 { FIRST_PLANS } else { january(year - 1) + Days::new(1) };
        days.extend((0..many).map(|_| inventor.day(first, january(year))));
    }
    days.sort();
    let here = drafts.iter_mut().filter(|draft| !matches!(draft.stay, Stay::Moved2023 | Stay::Moved2024));
    let mut here: Vec<_> = here.collect();
    here.sort_by_key(|draft| draft.born_on);
    for (draft, made_on) in here.iter_mut().zip(days) {
        draft.made_on = made_on;
    }
    for _ in 0..here.len() * 2 {
        let (one, other) = (inventor.rng.random_range(0..here.len()), inventor.rng.random_range(0..here.len()));
        let (first, second) = (here[one].made_on, here[other].made_on);
        if first >= youngest(here[other].born_on) && second >= youngest(here[one].born_on) {
            here[one].made_on = second;
            here[other].made_on = first;
        }
    }
}

/// A plan made elsewhere between two days, of a child who came on a day.
fn moved(draft: &mut Draft, came_on: NaiveDate, first: NaiveDate, last: NaiveDate, inventor: &mut Inventor) {
    let first = first.max(youngest(draft.born_on)).max(last - Months::new(72)).min(last);
    draft.made_on = inventor.late_day(first, last);
    draft.moved_on = Some(came_on);
}

/// The first day on which a child may have had a plan.
pub(super) fn youngest(born_on: NaiveDate) -> NaiveDate {
    born_on + Months::new(YOUNGEST)
}

/// A day on which a plan ceased, mostly at the end of the school year, and never soon after it was made.
fn ceased_in(year: i32, made_on: NaiveDate, inventor: &mut Inventor) -> NaiveDate {
    if inventor.rng.random_bool(0.5) {
        return inventor.day(day(year, 8, 15), day(year, 9, 6));
    }
    inventor.day((january(year) + Days::new(10)).max(made_on + Days::new(200)), day(year, 12, 20))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
