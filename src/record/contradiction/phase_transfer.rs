//! What cannot be said of a change of phase: two in one school year, or not due before it was confirmed.

use super::Found;
use crate::record::{File, Plan, Transfer};

pub(super) fn look_at(file: &File, plan: &Plan, found: &mut Found) {
    let all = Transfer::all(file, plan.id);
    for (place, one) in all.iter().enumerate() {
        let about = one.id.0;
        let same_year = |other: &Transfer| other.is_due() && other.school_year() == one.school_year();
        if one.is_due() && all[place + 1..].iter().any(same_year) {
            let words = "a change of phase in that school year is already confirmed for this plan";
            found.add(about, "already_confirmed", words);
        }
        let not_due_on = one.not_due.and_then(|(_, on)| on);
        let words = "found not to be due before it was confirmed";
        found.order(about, one.confirmed_on, not_due_on, "not_due_before_confirmed", words);
    }
}
