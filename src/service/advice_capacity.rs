//! How many requests for advice a service can take on in each week, how many it has, and when those who wait would be taken on.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::advice_queue::written;
use super::{Error, FieldError, wrong};
use crate::access::Reach;
use crate::db::Tx;
use crate::law::AdviceGiver;
use crate::record::{Organisation, waiting_after};
use crate::store::advice_capacity::{self, Of};

/// Says how many requests a service can take on in each of some weeks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "service": "psychology", "organisation": "local:ep-service",
    "weeks": [{"weekStarting": "2026-03-02", "places": 4}, {"weekStarting": "2026-03-09", "places": 3}]
}))]
pub struct PutCapacity {
    /// Who is asked.
    pub service: AdviceGiver,
    /// Its organisation.
    pub organisation: Organisation,
    /// The weeks; others stay as they are.
    #[schema(min_items = 1, max_items = 104)]
    pub weeks: Vec<WeekPlaces>,
}

/// The places of a week.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WeekPlaces {
    /// The Monday it starts on.
    #[schema(example = "2026-03-02")]
    pub week_starting: NaiveDate,
    /// How many requests can be taken on in it.
    #[schema(minimum = 0, maximum = 10_000, example = 4)]
    pub places: i32,
}

/// What a service can take on, has taken on, and has before it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Capacity {
    /// The service asked about. Null: all.
    pub service: Option<AdviceGiver>,
    /// The organisation asked about. Null: all the caller may know of.
    pub organisation: Option<Organisation>,
    /// Requests that are awaited and that nobody is named to write: the backlog.
    #[schema(example = 5)]
    pub unallocated: i64,
    /// The Monday of the week in which the last of them would be taken on, if every free place went to them. Null: there is none,
    /// or the weeks asked about do not suffice.
    pub clears_in_week: Option<NaiveDate>,
    /// Each week, in order.
    pub weeks: Vec<CapacityWeek>,
}

/// One week of a service.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CapacityWeek {
    /// The Monday it starts on.
    pub week_starting: NaiveDate,
    /// How many requests can be taken on in it; 0 where nothing was said.
    #[schema(example = 4)]
    pub places: i64,
    /// How many are: those whose writer is to see the child in it, or, without such a day, was named in it.
    #[schema(example = 2)]
    pub allocated: i64,
    /// How many that are awaited are due in it.
    #[schema(example = 3)]
    pub due: i64,
    /// How many of today's backlog would still wait at its end. Null for weeks that are over.
    #[schema(example = 3)]
    pub unallocated_after: Option<i64>,
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

/// What a service can take on from the week of a day on, and when those who wait would be taken on. Outside the authority, of the
/// caller's own organisation.
pub fn show(
    tx: &mut Tx<'_>,
    service: Option<AdviceGiver>,
    organisation: Option<Organisation>,
    from: Option<NaiveDate>,
    weeks: u16,
) -> Result<Capacity, Error> {
    let this_week = monday(tx.today());
    let from = from.map_or(this_week, monday);
    let starts: Vec<_> = (0..u64::from(weeks)).filter_map(|week| from.checked_add_days(Days::new(7 * week))).collect();
    // Free places from now on count for the backlog, also where only later weeks are asked about.
    let first = from.min(this_week);
    let before = starts.last().and_then(|last| last.checked_add_days(Days::new(7))).unwrap_or(from);
    let of = Of {
        service: service.as_ref().and_then(written),
        organisation: organisation.as_ref().map(|one| one.as_str().to_owned()),
    };
    let mut numbers: BTreeMap<(String, Option<NaiveDate>), i64> = BTreeMap::new();
    for row in advice_capacity::numbers(tx, &of, first, before)? {
        *numbers.entry((row.what, row.week_starting)).or_default() += row.number;
    }
    let number = |what: &str, week| numbers.get(&(what.to_owned(), week)).copied().unwrap_or_default();
    let unallocated = number("unallocated", None);
    let ahead: Vec<_> = this_week.iter_weeks().take_while(|week| *week < before).collect();
    let free = ahead.iter().map(|week| (number("places", Some(*week)), number("allocated", Some(*week))));
    let waiting: BTreeMap<_, _> = ahead.iter().copied().zip(waiting_after(unallocated, free)).collect();
    let clears_in_week = waiting.iter().find(|(_, waiting)| unallocated > 0 && **waiting == 0).map(|(week, _)| *week);
    let weeks = starts.into_iter().map(|week| CapacityWeek {
        week_starting: week,
        places: number("places", Some(week)),
        allocated: number("allocated", Some(week)),
        due: number("due", Some(week)),
        unallocated_after: waiting.get(&week).copied(),
    });
    Ok(Capacity { service, organisation, unallocated, clears_in_week, weeks: weeks.collect() })
}

/// Sets how many requests a service can take on.
///
/// # Errors
/// [`Error::Invalid`] for a week that does not start on a Monday, one named twice, or an organisation that is not the caller's.
pub fn put(tx: &mut Tx<'_>, body: &PutCapacity) -> Result<Capacity, Error> {
    let permit = tx.permit();
    if permit.reach() != Reach::Authority && permit.caller().organisation.as_ref() != Some(&body.organisation) {
        return Err(wrong("/organisation", "not_yours", "Is not the organisation you act for."));
    }
    let mut errors = Vec::new();
    for (at, week) in body.weeks.iter().enumerate() {
        let pointer = format!("/weeks/{at}/weekStarting");
        if week.week_starting.weekday() != Weekday::Mon {
            errors.push(FieldError::new(pointer, "not_a_monday", "Is no Monday: weeks start on Mondays."));
        } else if body.weeks.iter().take(at).any(|other| other.week_starting == week.week_starting) {
            errors.push(FieldError::new(pointer, "named_twice", "Is named twice."));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let service = written(&body.service).unwrap_or_default();
    let now = tx.now();
    for week in &body.weeks {
        advice_capacity::set(tx, &service, body.organisation.as_str(), (week.week_starting, week.places), now)?;
    }
    let first = body.weeks.iter().map(|week| week.week_starting).min();
    show(tx, Some(body.service), Some(body.organisation.clone()), first, WEEKS)
}

/// How many weeks are shown unless told.
pub const WEEKS: u16 = 12;
