//! Who has which primary need, so that January 2025 counts as published?

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};

use super::{HeldPlan, Place, january};
use crate::demo::figures::{Caseload, NEEDS};
use crate::demo::history::{FictionalChild, History};
use crate::demo::names::Inventor;
use crate::record::codes::NeedType;

/// Needs that special schools are mostly for.
const SEVERE: [NeedType; 3] = [NeedType::Pmld, NeedType::Sld, NeedType::Msi];

/// Sets the needs of the stock. A native keeps its own where the published counts have room for it, and is given another otherwise.
pub(super) fn allot(published: &Caseload, natives: &mut [History], plans: &mut [HeldPlan], inventor: &mut Inventor) {
    let survey_day = january(2025);
    let mut left: Vec<(NeedType, u32)> = NEEDS.into_iter().zip(published.needs).collect();
    let mut take = |need: NeedType| {
        let found = left.iter_mut().find(|(of, many)| *of == need && *many > 0);
        found.map(|(_, many)| *many -= 1).is_some()
    };
    let counted = natives.iter_mut().filter(|one| one.final_plan_sent_on.is_some_and(|on| on <= survey_day));
    let without: Vec<_> = counted.filter(|one| !one.child.needs.first().is_some_and(|need| take(*need))).collect();
    for native in without {
        let room = left.iter_mut().filter(|(need, many)| *many > 0 && !SEVERE.contains(need)).collect::<Vec<_>>();
        if let Some((need, many)) = room.into_iter().max_by_key(|(_, many)| *many) {
            *many -= 1;
            begin_with(&mut native.child, *need);
        }
    }

    let (severe, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|(need, _)| SEVERE.contains(need));
    let each = |of: Vec<(NeedType, u32)>| -> Vec<Option<NeedType>> {
        of.into_iter().flat_map(|(need, many)| std::iter::repeat_n(Some(need), many as usize)).collect()
    };
    let (severe, mut others) = (each(severe), each(others));
    let unknown = published.needs.last().copied().unwrap_or(0);
    others.extend((0..unknown).map(|_| None));
    others.shuffle(&mut inventor.rng);

    let (mut counted, before): (Vec<_>, Vec<_>) = plans.iter_mut().partition(|plan| plan.in_force(survey_day));
    counted.shuffle(&mut inventor.rng);
    counted.sort_by_key(|plan| !is_special(plan.place));
    for (plan, need) in counted.into_iter().zip(severe.into_iter().chain(others.iter().copied())) {
        set(&mut plan.child, need, inventor);
    }
    for plan in before {
        let need = others.choose(&mut inventor.rng).copied().flatten();
        set(&mut plan.child, need, inventor);
    }
}

fn is_special(place: Place) -> bool {
    place.setting_type().is_some_and(|of| of.is_special())
}

/// Puts a need before those a child has, in the place of the first.
fn begin_with(child: &mut FictionalChild, need: NeedType) {
    child.needs.retain(|of| *of != need);
    match child.needs.first_mut() {
        Some(first) => *first = need,
        None => child.needs.push(need),
    }
}

/// A primary need, and now and then a second.
fn set(child: &mut FictionalChild, primary: Option<NeedType>, inventor: &mut Inventor) {
    child.needs = primary.into_iter().collect();
    if primary.is_some() && inventor.rng.random_bool(0.3) {
        let second = inventor.need();
        if Some(second) != primary {
            child.needs.push(second);
        }
    }
}
