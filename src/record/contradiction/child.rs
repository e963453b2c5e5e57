//! What cannot be said of a child: the end of a relationship that nobody recorded.

use super::Found;
use crate::record::{Fact, File, RelationshipId};

pub(super) fn look_at(file: &File, found: &mut Found) {
    let recorded = |id: RelationshipId| {
        file.standing().iter().any(|s| matches!(s.fact, Fact::RelationshipRecorded { relationship, .. } if relationship == id))
    };
    for standing in file.standing() {
        match &standing.fact {
            Fact::RelationshipEnded { relationship } if !recorded(*relationship) => {
                found.add(relationship.0, "no_such_relationship", "no relationship stands with this id");
            }
            Fact::RelationshipRecorded { relationship, terms } if terms.to.is_some_and(|to| to < terms.from) => {
                found.add(relationship.0, "ends_before_it_begins", "the relationship ends before it begins");
            }
            _ => {}
        }
    }
}
