//! What cannot be said of a child: a second death, anything of a relationship that nobody recorded, or two places at one setting.

use super::Found;
use crate::record::{Fact, File, PlacementId, RelationshipId, RightsHeld, Schooling};

pub(super) fn look_at(file: &File, found: &mut Found) {
    let recorded = |id: RelationshipId| {
        file.standing().iter().any(|s| matches!(s.fact, Fact::RelationshipRecorded { relationship, .. } if relationship == id))
    };
    let placed = |id: PlacementId| {
        file.standing().iter().any(|s| matches!(s.fact, Fact::PlacementBegan { placement, .. } if placement == id))
    };
    if file.standing().iter().filter(|s| matches!(s.fact, Fact::ChildDied {})).count() > 1 {
        found.add(file.child.0, "already_recorded", "the death is already recorded; strike that entry if it is wrong");
    }
    for standing in file.standing() {
        match &standing.fact {
            Fact::RelationshipEnded { relationship } if !recorded(*relationship) => {
                found.add(relationship.0, "no_such_relationship", "no relationship stands with this id");
            }
            Fact::RelationshipRecorded { relationship, terms } if terms.to.is_some_and(|to| to < terms.from) => {
                found.add(relationship.0, "ends_before_it_begins", "the relationship ends before it begins");
            }
            Fact::RightsConfirmed { held: RightsHeld::ByRepresentative { relationship, .. }, .. } if !recorded(*relationship) => {
                found.add(relationship.0, "no_such_relationship", "no relationship stands with this id");
            }
            Fact::PlacementEnded { placement, .. } if !placed(*placement) => {
                found.add(placement.0, "no_such_placement", "no placement stands with this id");
            }
            _ => {}
        }
    }
    let placements = Schooling::all(file);
    for (place, one) in placements.iter().enumerate() {
        if one.until.is_some_and(|last| last < one.from) {
            found.add(one.id.0, "ends_before_it_begins", "the last day there is before the first");
        }
        // Sorted by their first day: what stands later begins no earlier.
        let mut later = placements[place + 1..].iter();
        if later.any(|other| other.setting == one.setting && one.until.is_none_or(|last| other.from <= last)) {
            found.add(one.id.0, "already_there", "the child is at this setting then already, as recorded");
        }
    }
}
