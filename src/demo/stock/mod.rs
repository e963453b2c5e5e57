//! Which plans did an authority have beside those whose assessment is told, so that every January counts as published?
//!
//! Everything published is allotted exactly, the native plans counted first; only what no column says is drawn at random.

mod births;
mod dates;
mod growth;
mod needs;
mod place;
mod places;
mod reviews;
mod sexes;
mod telling;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::figures::Caseload;
use super::history::{FictionalChild, History, Review};
use super::names::Inventor;
use super::settings::FictionalSetting;
use crate::record::codes::{Malformed, Sex};
use crate::record::{AgePhase, CeaseReason};

pub use growth::{in_force, january};
pub use place::Place;

/// A plan that was there without an assessment that is told: made in an older system, or by another authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPlan {
    /// The child.
    pub child: FictionalChild,
    /// The day the plan was made.
    pub made_on: NaiveDate,
    /// The day the child came from another authority, which had made it.
    pub moved_on: Option<NaiveDate>,
    /// Where the child is.
    pub place: Place,
    /// The setting there, if there is one.
    pub setting: Option<FictionalSetting>,
    /// The first day there.
    pub there_from: NaiveDate,
    /// The day from which the plan is not maintained any more, and why.
    pub ceased: Option<(NaiveDate, CeaseReason)>,
    /// The last review known of it.
    pub review: Option<Review>,
}

impl HeldPlan {
    /// The day from which the authority has had it.
    pub fn held_from(&self) -> NaiveDate {
        self.moved_on.unwrap_or(self.made_on)
    }

    /// Whether the authority maintains it on a day.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.held_from() <= day && self.ceased.is_none_or(|(on, _)| day < on)
    }
}

/// When a plan of the stock came and went, seen from the two Januaries whose children are known by where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stay {
    /// Made here before 2023, and there in both.
    Throughout,
    /// Made here before, ceased in 2023.
    Left2023(CeaseReason),
    /// Made here before, ceased in 2024.
    Left2024(CeaseReason),
    /// Came in the year to January 2024.
    Moved2023,
    /// Came in the year to January 2025.
    Moved2024,
}

impl Stay {
    fn in_january(self, year: i32) -> bool {
        match self {
            Stay::Throughout => true,
            Stay::Left2023(_) => year < 2024,
            Stay::Left2024(_) => year < 2025,
            Stay::Moved2023 => year >= 2024,
            Stay::Moved2024 => year >= 2025,
        }
    }

    /// The January by which the phase is meant.
    fn seen_in(self) -> i32 {
        match self {
            Stay::Left2023(_) => 2023,
            Stay::Moved2024 => 2025,
            Stay::Throughout | Stay::Left2024(_) | Stay::Moved2023 => 2024,
        }
    }
}

/// A plan as far as it is allotted.
#[derive(Debug, Clone)]
struct Draft {
    stay: Stay,
    place: Place,
    phase: AgePhase,
    born_on: NaiveDate,
    made_on: NaiveDate,
    moved_on: Option<NaiveDate>,
    ceased: Option<(NaiveDate, CeaseReason)>,
    sex: Sex,
}

/// The plans of an authority beside the native ones. The natives are given their place, and the need and the reviews that the published
/// counts leave for them: their own stand wherever there is room.
///
/// The same authority, natives and seed give the same plans.
///
/// # Errors
/// For an authority the demonstration has no postcodes for, or a place it has no setting for.
pub fn stock(published: &Caseload, natives: &mut [History], seed: u64) -> Result<Vec<HeldPlan>, Malformed> {
    let mut inventor = Inventor::new(published.authority, 9910, seed)?;
    let growth = growth::Growth::of(published, natives);
    let mut drafts = places::allot(published, &growth, natives, &mut inventor)?;
    births::draw(&mut drafts, &mut inventor);
    dates::allot(published, &growth, natives, &mut drafts, &mut inventor);
    sexes::allot(published, natives, &mut drafts, &mut inventor);
    let mut plans = Vec::with_capacity(drafts.len());
    for draft in drafts {
        plans.push(draft.told(&mut inventor)?);
    }
    needs::allot(published, natives, &mut plans, &mut inventor);
    reviews::allot(published, natives, &mut plans, &mut inventor);
    plans.sort_by_key(|plan| (plan.held_from(), plan.made_on));
    Ok(plans)
}

impl Draft {
    /// The plan with its child, whose needs are still to be said.
    fn told(self, inventor: &mut Inventor) -> Result<HeldPlan, Malformed> {
        let held_from = self.moved_on.unwrap_or(self.made_on);
        let seen_on = january(self.stay.seen_in());
        let child = inventor.portray(self.born_on, self.sex, held_from.max(seen_on))?;
        let setting = inventor.at(self.place, self.phase)?;
        let entered = births::entered(self.born_on, self.phase);
        let there_from = self.moved_on.map_or(entered, |came| came.max(entered));
        let (made_on, moved_on, place, ceased) = (self.made_on, self.moved_on, self.place, self.ceased);
        Ok(HeldPlan { child, made_on, moved_on, place, setting, there_from, ceased, review: None })
    }
}
