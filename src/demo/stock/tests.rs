//! Do the plans of the stock and the native ones together count to what was published?

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use strum::VariantArray;

use super::dates::youngest;
use super::{HeldPlan, Place, in_force, january, stock};
use crate::demo::allocation::allocate;
use crate::demo::figures::{Caseload, NEEDS, Published};
use crate::demo::history::{History, Review, ReviewOutcome};
use crate::record::codes::{NeedType, Sex};
use crate::record::{CeaseReason, SchoolYear, YearGroup};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

struct World {
    published: &'static Caseload,
    natives: Vec<History>,
    plans: Vec<HeldPlan>,
}

fn world(authority: u16, seed: u64) -> World {
    let published = Caseload::of(authority).unwrap();
    let mut natives = allocate(authority, seed, day(2026, 11, 20)).unwrap();
    let plans = stock(published, &mut natives, seed).unwrap();
    World { published, natives, plans }
}

fn each(holds: impl Fn(&World, &str)) {
    for authority in Published::AUTHORITIES {
        for seed in [1, 2024] {
            holds(&world(authority, seed), &format!("{authority}, seed {seed}"));
        }
    }
}

/// One child with a plan in force.
struct Counted<'a> {
    made_on: NaiveDate,
    born_on: NaiveDate,
    sex: Sex,
    need: Option<NeedType>,
    place: Option<Place>,
    reviews: Vec<&'a Review>,
}

impl World {
    fn counted(&self, on: NaiveDate) -> Vec<Counted<'_>> {
        let natives = self.natives.iter().filter_map(|one| Some((one, one.final_plan_sent_on.filter(|sent| *sent <= on)?)));
        let natives = natives.map(|(one, made_on)| Counted {
            made_on,
            born_on: one.child.born_on,
            sex: one.child.sex,
            need: one.child.needs.first().copied(),
            place: one.place,
            reviews: one.reviews.iter().collect(),
        });
        let held = self.plans.iter().filter(|plan| plan.in_force(on)).map(|plan| Counted {
            made_on: plan.made_on,
            born_on: plan.child.born_on,
            sex: plan.child.sex,
            need: plan.child.needs.first().copied(),
            place: Some(plan.place),
            reviews: plan.review.iter().collect(),
        });
        natives.chain(held).collect()
    }
}

#[test]
fn every_january_counts_as_published() {
    each(|world, which| {
        for year in 2019..=2025 {
            let counted = in_force(&world.plans, &world.natives, january(year));
            assert_eq!(counted, world.published.in_january(year) as usize, "{which}: {year}");
        }
    });
}

#[test]
fn plans_cease_in_each_year_for_the_published_reasons() {
    each(|world, which| {
        for (place, year) in [2023, 2024].into_iter().enumerate() {
            let (first, last) = (day(year, 1, 1), day(year, 12, 31));
            let mut counted: BTreeMap<CeaseReason, u32> = BTreeMap::new();
            for (on, why) in world.plans.iter().filter_map(|plan| plan.ceased) {
                if (first..=last).contains(&on) {
                    *counted.entry(why).or_default() += 1;
                }
            }
            let of = |why| counted.get(&why).copied().unwrap_or(0);
            let published = world.published.ceased[place];
            assert_eq!(counted.values().sum::<u32>(), published.total(), "{which}: {year}");
            assert_eq!(
                [
                    of(CeaseReason::MaximumAge),
                    of(CeaseReason::NeedsMet),
                    of(CeaseReason::HigherEducation),
                    of(CeaseReason::Other)
                ],
                [published.maximum_age, published.needs_met, published.higher_education, published.other],
                "{which}: {year}"
            );
        }
    });
}

#[test]
fn harrow_in_january_2024_has_the_published_phases_and_sexes() {
    let world = world(310, 2024);
    let counted = world.counted(january(2024));
    let mut phases = [0; 5];
    for one in &counted {
        phases[YearGroup::by_age(one.born_on, SchoolYear(2023)).phase() as usize] += 1;
    }
    assert_eq!(phases, [60, 965, 761, 372, 212]);
    assert_eq!(counted.iter().filter(|one| one.sex == Sex::Male).count(), 1580);
}

#[test]
fn every_place_has_as_many_in_january_2024_and_2025_as_published() {
    each(|world, which| {
        for (january_of, year) in [2024, 2025].into_iter().enumerate() {
            let counted = world.counted(january(year));
            for place in Place::VARIANTS {
                let there = counted.iter().filter(|one| one.place == Some(*place)).count();
                assert_eq!(there, world.published.at(*place, january_of) as usize, "{which}: {year}, {place:?}");
            }
        }
    });
}

#[test]
fn every_need_is_as_frequent_in_january_2025_as_published() {
    each(|world, which| {
        let counted = world.counted(january(2025));
        for (need, published) in NEEDS.into_iter().map(Some).chain([None]).zip(world.published.needs) {
            let many = counted.iter().filter(|one| one.need == need).count();
            assert_eq!(many, published as usize, "{which}: {need:?}");
        }
    });
}

#[test]
fn reviews_stand_in_january_2025_as_published() {
    each(|world, which| {
        let (survey_day, new_year, next_year) = (january(2025), day(2024, 1, 1), day(2025, 1, 1));
        let counted = world.counted(survey_day);
        let expected: Vec<_> = counted.iter().filter(|one| one.made_on < new_year).collect();
        let last: Vec<_> = expected
            .iter()
            .filter_map(|one| one.reviews.iter().filter(|review| review.meeting_on <= survey_day).max_by_key(|r| r.meeting_on))
            .collect();
        let decided: Vec<_> =
            last.iter().filter_map(|r| Some((r.meeting_on, r.decision.filter(|made| made.notified_on <= survey_day)?))).collect();
        let of = |holds: &dyn Fn(NaiveDate) -> bool| last.iter().filter(|r| holds(r.meeting_on)).count();
        let told = |holds: &dyn Fn(NaiveDate) -> bool| decided.iter().filter(|(_, made)| holds(made.notified_on)).count();
        let outcome = |wanted| decided.iter().filter(|(_, made)| made.outcome == wanted).count();
        let undecided = |holds: &dyn Fn(NaiveDate) -> bool| {
            last.iter().filter(|r| r.decision.is_none_or(|made| made.notified_on > survey_day) && holds(r.meeting_on)).count()
        };
        let not_due = survey_day - Days::new(28);
        let reviews = &world.published.reviews;
        let figures = [
            (expected.len(), reviews.expected),
            (of(&|on| on >= next_year), reviews.met_2025),
            (of(&|on| on >= new_year && on < next_year), reviews.met_2024),
            (of(&|on| on < new_year), reviews.met_before),
            (expected.len() - last.len(), reviews.never_met),
            (told(&|on| on >= next_year), reviews.decided_2025),
            (told(&|on| on >= new_year && on < next_year), reviews.decided_2024),
            (told(&|on| on < new_year), reviews.decided_before),
            (undecided(&|on| on >= not_due), reviews.not_due),
            (undecided(&|on| on < not_due), reviews.outstanding),
            (decided.iter().filter(|(met, made)| (made.notified_on - *met).num_days() <= 28).count(), reviews.within_four_weeks),
            (outcome(ReviewOutcome::Amend), reviews.amend),
            (outcome(ReviewOutcome::Cease), reviews.cease),
            (outcome(ReviewOutcome::Maintain), reviews.maintain + reviews.unreported),
        ];
        for (place, (counted, published)) in figures.into_iter().enumerate() {
            assert_eq!(counted, published as usize, "{which}: figure {place}");
        }
    });
}

#[test]
fn everything_in_a_plan_follows_what_it_must() {
    each(|world, which| {
        for plan in &world.plans {
            assert!(plan.made_on >= youngest(plan.child.born_on), "{which}: {plan:?}");
            assert!(plan.moved_on.is_none_or(|came| plan.made_on < came), "{which}: {plan:?}");
            assert!(plan.ceased.is_none_or(|(on, _)| on > plan.held_from()), "{which}: {plan:?}");
            if let Some(review) = plan.review {
                assert!(review.meeting_on > plan.held_from(), "{which}: {plan:?}");
                let report = review.report_on.unwrap();
                assert!(report >= review.meeting_on, "{which}: {plan:?}");
                if let Some(made) = review.decision {
                    assert!(review.meeting_on <= made.decided_on && made.decided_on <= made.notified_on, "{which}: {plan:?}");
                }
            }
        }
    });
}

#[test]
fn no_two_children_share_a_upn() {
    let world = world(309, 1);
    let natives = world.natives.iter().map(|one| &one.child);
    let upns: Vec<_> = natives.chain(world.plans.iter().map(|plan| &plan.child)).filter_map(|child| child.upn.clone()).collect();
    assert_eq!(upns.iter().map(|upn| upn.as_str()).collect::<BTreeSet<_>>().len(), upns.len());
}

#[test]
fn the_same_seed_gives_the_same_stock() {
    assert_eq!(world(310, 7).plans, world(310, 7).plans);
    assert_ne!(world(310, 7).plans, world(310, 8).plans);
}
