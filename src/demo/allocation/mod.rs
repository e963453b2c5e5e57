//! Which fictional histories must there be, so that counting them gives the published figures of all years at once?
//!
//! Every published count is turned into that many cases with the outcome and the band of days it names; only what no column says
//! (who, which day within the band, what comes after the years) is drawn at random. Where the columns overlap, we read them thus:
//!
//! - a request's outcome is its first decision, as it stood on the survey day of the next January; decisions are timed in the
//!   calendar year in which the family was notified, so some were received the year before, or were notified in January;
//! - an assessment is completed in the year its final plan was sent or its refusal of a plan was notified;
//! - a plan leaves the 20-week measure when the decision to assess or the one to issue was contested, not when anything else was;
//! - what is published without a time has a request whose date the authority's files have lost.
//!
//! The years of an authority hang together: what one leaves undecided or unfinished is decided and finished in the next, and what
//! the first needs beyond its own requests was asked for before it, when no column counts.

mod completion;
mod endings;
mod requests;

use chrono::{NaiveDate, Weekday};

use super::figures::Published;
use super::history::History;
use super::names::Inventor;
use crate::record::codes::Malformed;

/// The histories behind the published years of an authority, as they stood at the end of `today`, by the day of the request.
///
/// The same authority, seed and day give the same histories. Counted as above they give every published row exactly, provided
/// `today` is past the survey day of the last year. Years beside the published ones are not complete. Fails only for an authority
/// the demonstration has no postcodes for.
pub fn allocate(authority: u16, seed: u64, today: NaiveDate) -> Result<Vec<History>, Malformed> {
    let mut inventor = Inventor::new(authority, 9900, seed)?;
    let years: Vec<Published> = Published::of(authority).copied().collect();
    let mut histories = requests::requests(&years, &mut inventor)?;
    completion::complete(&mut histories, &years, &mut inventor)?;
    let mut histories: Vec<History> = histories.into_iter().filter_map(|history| history.as_known_on(today)).collect();
    histories.sort_by_key(|history| history.received_on);
    Ok(histories)
}

/// A calendar year, and its days.
#[derive(Debug, Clone, Copy)]
struct Year(i32);

impl Year {
    fn day(self, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, month, day).unwrap_or_default()
    }

    fn before(self) -> Year {
        Year(self.0 - 1)
    }

    fn after(self) -> Year {
        Year(self.0 + 1)
    }

    /// The third Thursday of January after the year, on which authorities report it.
    fn survey_day(self) -> NaiveDate {
        NaiveDate::from_weekday_of_month_opt(self.0 + 1, 1, Weekday::Thu, 3).unwrap_or_default()
    }
}
