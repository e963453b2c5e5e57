//! Who is the child, as far as this caller may know?

use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::Stored;

/// Whether the caller is staff of the authority, from whom nothing about the child is hidden.
pub fn is_staff(tx: &Tx<'_>) -> bool {
    tx.permit().reach() == Reach::Authority
}

/// The identity that stands: the last one set, unless that was struck.
pub fn identity_of(stored: &[Stored]) -> Option<Identity> {
    let (_, standing) = crate::record::standing(stored.iter().map(|s| &s.entry));
    let event = standing.iter().rev().find(|s| matches!(s.fact, Fact::ChildRegistered {} | Fact::IdentityChanged {}))?.event;
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.identity.clone()
}

/// The identity as the caller may know it. Where somebody with whom the child lives hides the address, only staff are told
/// anything of it.
pub fn shown(tx: &Tx<'_>, identity: Option<Identity>, address_hidden: bool) -> Option<Identity> {
    let mut identity = identity?;
    if address_hidden && !is_staff(tx) {
        identity.postcode = None;
    }
    Some(identity)
}

/// What was known at a position, and the file as it stands now: the past is shown as it was, but who may know what is judged by
/// the present.
pub fn known_and_now(mut stored: Vec<Stored>, child: ChildId, position: Option<i64>) -> (Vec<Stored>, File) {
    let now = File::fold(child, stored.iter().map(|s| &s.entry));
    stored.retain(|s| position.is_none_or(|position| s.entry.position <= position));
    (stored, now)
}
