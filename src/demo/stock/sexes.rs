//! Who of the stock is a boy, so that January 2024 has as many as were published?

use rand::RngExt;
use rand::seq::SliceRandom;

use super::{Draft, january};
use crate::demo::figures::Caseload;
use crate::demo::history::History;
use crate::demo::names::Inventor;
use crate::record::codes::Sex;

/// Sets the sex of each child of the stock.
pub(super) fn allot(published: &Caseload, natives: &[History], drafts: &mut [Draft], inventor: &mut Inventor) {
    let native = natives.iter().filter(|one| one.final_plan_sent_on.is_some_and(|on| on <= january(2024)));
    let native = native.filter(|one| one.child.sex == Sex::Male).count();
    let boys = published.boys_of_thousand * published.in_january(2024) / 1000;
    let boys = (boys as usize).saturating_sub(native);
    let (mut counted, others): (Vec<_>, Vec<_>) = drafts.iter_mut().partition(|draft| draft.stay.in_january(2024));
    counted.shuffle(&mut inventor.rng);
    for (place, draft) in counted.into_iter().enumerate() {
        draft.sex = if place < boys { Sex::Male } else { Sex::Female };
    }
    let share = f64::from(published.boys_of_thousand) / 1000.0;
    for draft in others {
        draft.sex = if inventor.rng.random_bool(share) { Sex::Male } else { Sex::Female };
    }
}
