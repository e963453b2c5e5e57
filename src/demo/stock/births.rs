//! When was a child of a phase born, and when did they come into it?

use chrono::{Days, NaiveDate};
use rand::RngExt;

use super::{Draft, Stay, january};
use crate::demo::names::Inventor;
use crate::record::{AgePhase, CeaseReason, SchoolYear};

/// Gives each child a date of birth that puts them into their phase in the January it is meant of.
pub(super) fn draw(drafts: &mut [Draft], inventor: &mut Inventor) {
    for draft in drafts {
        let group = match (draft.phase, draft.stay) {
            (_, Stay::Left2023(CeaseReason::MaximumAge) | Stay::Left2024(CeaseReason::MaximumAge)) => 20,
            (AgePhase::EarlyYears, _) => -1,
            // Most plans are made in the course of the primary years.
            (AgePhase::Primary, _) => inventor.rng.random_range(0..7).max(inventor.rng.random_range(0..7)),
            (AgePhase::Secondary, _) => inventor.rng.random_range(7..12),
            (AgePhase::Post16, _) => inventor.rng.random_range(12..15),
            (AgePhase::Post19, _) => inventor.rng.random_range(15..20).min(inventor.rng.random_range(15..20)),
        };
        let year = SchoolYear::of(january(draft.stay.seen_in())).0 - group - 5;
        draft.born_on = SchoolYear(year).starts_on() + Days::new(inventor.rng.random_range(0..365));
    }
}

/// The first day of the school year in which somebody came into a phase.
pub(super) fn entered(born_on: NaiveDate, phase: AgePhase) -> NaiveDate {
    let group = match phase {
        AgePhase::EarlyYears => -1,
        AgePhase::Primary => 0,
        AgePhase::Secondary => 7,
        AgePhase::Post16 => 12,
        AgePhase::Post19 => 15,
    };
    SchoolYear(SchoolYear::of(born_on).0 + group + 5).starts_on()
}
