//! What does an adoption put away? Everything recorded of the child before it.

use chrono::NaiveDate;

use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::{DetailId, EventId};

/// The adoption of a child, from which on only what was recorded after it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    seq: i32,
    /// The day it was recorded for.
    pub on: Option<NaiveDate>,
}

impl Seal {
    /// The last adoption in the file.
    pub fn of(file: &File) -> Option<Self> {
        let seals = file.standing().iter().filter(|s| matches!(s.fact, Fact::IdentitySealed {}));
        seals.max_by_key(|s| s.seq).map(|s| Self { seq: s.seq, on: s.day() })
    }

    /// Whether a fact was recorded before it.
    pub fn covers(&self, standing: &Standing) -> bool {
        standing.seq < self.seq
    }
}

/// Whether an entry was recorded before the child's adoption.
pub fn is_sealed(file: &File, event: EventId) -> bool {
    Seal::of(file).is_some_and(|seal| file.find(event).is_some_and(|standing| seal.covers(standing)))
}

/// The entry and the detail that say who the child is: the last that stands, and none from before an adoption.
pub fn identity_entry(standing: &[Standing]) -> Option<(EventId, Option<DetailId>)> {
    let sealed = standing.iter().filter(|s| matches!(s.fact, Fact::IdentitySealed {})).map(|s| s.seq).max();
    let says = |s: &&Standing| {
        matches!(s.fact, Fact::ChildRegistered {} | Fact::IdentityChanged {} | Fact::IdentitySealed {})
            && sealed.is_none_or(|sealed| s.seq >= sealed)
    };
    standing.iter().rev().find(says).map(|s| (s.event, s.detail))
}
