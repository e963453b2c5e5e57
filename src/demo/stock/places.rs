//! Who is where in January 2024 and 2025, of which phase, and who of them leaves?

use std::iter::repeat_n;

use chrono::NaiveDate;
use rand::RngExt;
use rand::seq::SliceRandom;
use strum::VariantArray;

use super::growth::{Growth, january};
use super::{Draft, Place, Stay};
use crate::demo::figures::{Caseload, Ceased, PLACES};
use crate::demo::history::History;
use crate::demo::names::Inventor;
use crate::record::codes::{Malformed, Sex};
use crate::record::{AgePhase, CeaseReason, SchoolYear, YearGroup};

/// How many at each place.
type Counts = [u32; PLACES];

/// The phases in the order in which they choose their places: who has least choice first.
const CHOOSING: [AgePhase; 5] =
    [AgePhase::Post19, AgePhase::EarlyYears, AgePhase::Post16, AgePhase::Secondary, AgePhase::Primary];

/// Every plan of the stock with its place and phase; the natives' places are set.
pub(super) fn allot(
    published: &Caseload,
    growth: &Growth,
    natives: &mut [History],
    inventor: &mut Inventor,
) -> Result<Vec<Draft>, Malformed> {
    let reasons = [0, 1].map(|year| reasons(&published.ceased[year], growth.ceased_beyond[year]));
    let grown = |reasons: &[CeaseReason]| u32::try_from(reasons.iter().filter(|why| of_the_grown(**why)).count()).unwrap_or(0);
    let [then, now] = published.places;
    let leaving = leaving(&then, &now, growth.ceased[1], grown(&reasons[1]));
    let mut staying = less(&then, &leaving);
    let mut coming = less(&now, &staying);

    let mut phases = published.phases;
    for native in natives.iter_mut() {
        let Some(sent_on) = native.final_plan_sent_on.filter(|on| *on <= january(2025)) else { continue };
        let first = if sent_on <= january(2024) { 2024 } else { 2025 };
        let phase = phase_in(first, native);
        let left = if first == 2024 { &mut staying } else { &mut coming };
        let place = choose(phase, left, inventor);
        native.place = place;
        native.named_setting = match place {
            Some(place) => inventor.at(place, phase)?.map(|setting| setting.urn),
            None => None,
        };
        if let Some(phases) = phases.as_mut().filter(|_| first == 2024) {
            phases[phase as usize] = phases[phase as usize].saturating_sub(1);
        }
    }

    let here: Counts = std::array::from_fn(|place| staying[place] + leaving[place]);
    let mut there = fill(&here, phases.unwrap_or_else(|| likely_phases(&here)));
    there.shuffle(&mut inventor.rng);
    let [left_2023, left_2024] = reasons;
    let mut drafts = leave(&mut there, leaving, left_2024);
    let moved = there.split_off(there.len().saturating_sub(growth.moved[0] as usize));
    drafts.extend(there.into_iter().map(|(place, phase)| draft(Stay::Throughout, place, phase)));
    drafts.extend(moved.into_iter().map(|(place, phase)| draft(Stay::Moved2023, place, phase)));
    for place in Place::VARIANTS {
        for _ in 0..coming[*place as usize] {
            let phase = some_phase(*place, inventor);
            drafts.push(draft(Stay::Moved2024, *place, phase));
        }
    }
    for why in left_2023 {
        let phase = match (of_the_grown(why), inventor.rng.random_bool(0.6)) {
            (true, _) => AgePhase::Post19,
            (false, true) => AgePhase::Secondary,
            (false, false) => AgePhase::Primary,
        };
        let place = choose(phase, &mut then.clone(), inventor).unwrap_or(Place::Unknown);
        drafts.push(draft(Stay::Left2023(why), place, phase));
    }
    Ok(drafts)
}

fn draft(stay: Stay, place: Place, phase: AgePhase) -> Draft {
    let day = NaiveDate::default();
    Draft { stay, place, phase, born_on: day, made_on: day, moved_on: None, ceased: None, sex: Sex::Male }
}

/// The reasons of a year's ceased plans, one for each.
fn reasons(ceased: &Ceased, beyond: u32) -> Vec<CeaseReason> {
    let all = [
        (CeaseReason::MaximumAge, ceased.maximum_age),
        (CeaseReason::HigherEducation, ceased.higher_education),
        (CeaseReason::PaidEmployment, ceased.paid_employment),
        (CeaseReason::NoEngagement, ceased.no_engagement),
        (CeaseReason::NeedsMet, ceased.needs_met),
        (CeaseReason::Transferred, ceased.transferred),
        (CeaseReason::LeftEngland, ceased.left_england),
        (CeaseReason::Died, ceased.died),
        (CeaseReason::Other, ceased.other + beyond),
    ];
    all.into_iter().flat_map(|(why, many)| repeat_n(why, many as usize)).collect()
}

/// Whether a plan ceases for the reason only after compulsory school age.
fn of_the_grown(why: CeaseReason) -> bool {
    matches!(
        why,
        CeaseReason::MaximumAge | CeaseReason::HigherEducation | CeaseReason::PaidEmployment | CeaseReason::NoEngagement
    )
}

/// The phase of a native child in January of a year.
fn phase_in(year: i32, native: &History) -> AgePhase {
    YearGroup::by_age(native.child.born_on, SchoolYear::of(january(year))).phase()
}

fn less(from: &Counts, what: &Counts) -> Counts {
    std::array::from_fn(|place| from[place].saturating_sub(what[place]))
}

/// Who leaves which place in 2024: at least as many as it shrinks by, and so many from where only the grown are.
fn leaving(then: &Counts, now: &Counts, many: u32, grown: u32) -> Counts {
    let mut leaving = less(then, now);
    let only_grown = |place: &Place| place.only_for(AgePhase::Post16);
    let sum = |leaving: &Counts, which: &dyn Fn(&Place) -> bool| -> u32 {
        Place::VARIANTS.iter().filter(|place| which(place)).map(|place| leaving[*place as usize]).sum()
    };
    let left = many.saturating_sub(sum(&leaving, &|_| true));
    let of_grown = grown.saturating_sub(sum(&leaving, &only_grown)).min(left);
    let mut give = |many: u32, which: &dyn Fn(&Place) -> bool| {
        for _ in 0..many {
            let fits = Place::VARIANTS.iter().filter(|place| which(place));
            let open = fits.filter(|place| leaving[**place as usize] < then[**place as usize]);
            // Each place gives up as large a share as the others.
            let next = open.max_by_key(|place| {
                let place = **place as usize;
                u64::from(then[place]) * 1_000_000 / (2 * u64::from(leaving[place]) + 1)
            });
            if let Some(place) = next {
                leaving[*place as usize] += 1;
            }
        }
    };
    give(of_grown, &only_grown);
    give(left - of_grown, &|place| !only_grown(place));
    leaving
}

/// How the phases divide where that is not published.
fn likely_phases(here: &Counts) -> [u32; 5] {
    let only =
        |phase| -> u32 { Place::VARIANTS.iter().filter(|place| place.only_for(phase)).map(|place| here[*place as usize]).sum() };
    let (all, grown, small): (u32, _, _) = (here.iter().sum(), only(AgePhase::Post16), only(AgePhase::EarlyYears));
    let of_school_age = all - grown - small;
    let (early, sixth_form) = (small + of_school_age / 150, of_school_age * 9 / 100);
    let post_19 = grown * 38 / 100;
    let post_16 = grown - post_19 + sixth_form;
    let secondary = (all - early - post_16 - post_19) * 43 / 100;
    [early, all - early - post_16 - post_19 - secondary, secondary, post_16, post_19]
}

/// A place that still has room for somebody of a phase, at random by its room, and takes it.
fn choose(phase: AgePhase, left: &mut Counts, inventor: &mut Inventor) -> Option<Place> {
    let weight = |place: &Place| u64::from(place.takes(phase)) * u64::from(left[*place as usize]);
    let all: u64 = Place::VARIANTS.iter().map(weight).sum();
    if all == 0 {
        return None;
    }
    let mut drawn = inventor.rng.random_range(0..all);
    for place in Place::VARIANTS {
        if drawn < weight(place) {
            left[*place as usize] -= 1;
            return Some(*place);
        }
        drawn -= weight(place);
    }
    None
}

/// As many of each phase as there are to be, at places that take them, so that every place is filled.
fn fill(places: &Counts, phases: [u32; 5]) -> Vec<(Place, AgePhase)> {
    let mut left = *places;
    let mut filled = Vec::new();
    for phase in CHOOSING {
        let (offered, mut given) = (left, [0u32; PLACES]);
        // Who chooses last takes what is left.
        let many = if phase == AgePhase::Primary { left.iter().sum() } else { phases[phase as usize] };
        for _ in 0..many {
            let open = Place::VARIANTS.iter().filter(|place| left[**place as usize] > 0 && place.takes(phase) > 0);
            let next = open.max_by_key(|place| {
                let of = **place as usize;
                u64::from(place.takes(phase)) * u64::from(offered[of]) * 1_000 / (2 * u64::from(given[of]) + 1)
            });
            let Some(place) = next else { break };
            left[*place as usize] -= 1;
            given[*place as usize] += 1;
            filled.push((*place, phase));
        }
    }
    filled
}

/// Takes those who leave in 2024 out of those who are there: of each place as many as leave it, the oldest first.
fn leave(there: &mut Vec<(Place, AgePhase)>, mut leaving: Counts, mut reasons: Vec<CeaseReason>) -> Vec<Draft> {
    let (mut gone, mut rest) = (Vec::new(), Vec::new());
    for (place, phase) in there.drain(..) {
        if leaving[place as usize] > 0 {
            leaving[place as usize] -= 1;
            gone.push((place, phase));
        } else {
            rest.push((place, phase));
        }
    }
    *there = rest;
    // The reasons of the grown stand first.
    gone.sort_by_key(|(_, phase)| std::cmp::Reverse(*phase as usize));
    reasons.truncate(gone.len());
    let left = gone.into_iter().zip(reasons);
    left.map(|((place, phase), why)| draft(Stay::Left2024(why), place, phase)).collect()
}

/// A phase of which somebody at a place may be.
fn some_phase(place: Place, inventor: &mut Inventor) -> AgePhase {
    if place.only_for(AgePhase::EarlyYears) {
        return AgePhase::EarlyYears;
    }
    if place.only_for(AgePhase::Post16) {
        return if inventor.rng.random_bool(0.6) { AgePhase::Post16 } else { AgePhase::Post19 };
    }
    if inventor.rng.random_bool(0.55) { AgePhase::Primary } else { AgePhase::Secondary }
}
