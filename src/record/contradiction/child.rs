//! What cannot be said of a child: a second death, anything of a relationship that nobody recorded, or the end of what is not flagged.

use std::collections::BTreeSet;

use super::Found;
use crate::record::{Fact, File, RelationshipId, RightsHeld};

pub(super) fn look_at(file: &File, found: &mut Found) {
    let recorded = |id: RelationshipId| {
        file.standing().iter().any(|s| matches!(s.fact, Fact::RelationshipRecorded { relationship, .. } if relationship == id))
    };
    if file.standing().iter().filter(|s| matches!(s.fact, Fact::ChildDied {})).count() > 1 {
        found.add(file.child.0, "already_recorded", "the death is already recorded; strike that entry if it is wrong");
    }
    let mut flags = BTreeSet::new();
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
            Fact::ChildFlagged { flag } if !flags.insert(*flag) => {
                found.add(file.child.0, "already_recorded", "the flag is set already");
            }
            Fact::ChildUnflagged { flag } if !flags.remove(flag) => {
                found.add(file.child.0, "not_flagged", "the flag is not set");
            }
            _ => {}
        }
    }
}
