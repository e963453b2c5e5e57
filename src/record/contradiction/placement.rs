//! What cannot be said of where a child is taught: of a placement nobody recorded, of a day outside it, or of two places at one setting.

use super::Found;
use crate::record::schooling::spoken_of;
use crate::record::{DaysOut, File, Schooling};

pub(super) fn look_at(file: &File, found: &mut Found) {
    let placements = Schooling::all(file);
    for id in file.standing().iter().filter_map(|s| spoken_of(&s.fact)) {
        if !placements.iter().any(|known| known.id == id) {
            found.add(id.0, "no_such_placement", "no placement stands with this id");
        }
    }
    for (place, one) in placements.iter().enumerate() {
        if one.until.is_some_and(|last| last < one.from) {
            found.add(one.id.0, "ends_before_it_begins", "the last day there is before the first");
        }
        if one.terms.iter().any(|(from, _)| *from < one.from || one.until.is_some_and(|last| *from > last)) {
            found.add(one.id.0, "not_there_then", "the terms begin on a day on which the child is not there");
        }
        // Sorted by their first day: what stands later begins no earlier.
        let mut later = placements[place + 1..].iter();
        if later.any(|other| same_place(one, other) && one.until.is_none_or(|last| other.from <= last)) {
            found.add(one.id.0, "already_there", "the child is at this setting then already, as recorded");
        }
    }
    for out in DaysOut::all(file) {
        if out.to.is_some_and(|to| to < out.from) {
            found.add(out.event.0, "ends_before_it_begins", "the last day out of school is before the first");
        }
        let of = placements.iter().find(|one| one.id == out.placement);
        if of.is_some_and(|one| !one.holds_on(out.from)) {
            found.add(out.event.0, "not_there_then", "the child is not placed there on the first day out of school");
        }
    }
}

/// Two places at one setting, or twice at none for the same reason.
fn same_place(one: &Schooling, other: &Schooling) -> bool {
    one.setting == other.setting && (one.setting.is_some() || one.kind == other.kind)
}
