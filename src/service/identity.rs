//! Who is the child, as far as this caller may know?

use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::Stored;

/// A name that a child had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormerName {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
}

/// Whether the caller is staff of the authority, from whom nothing about the child is hidden.
pub fn is_staff(tx: &Tx<'_>) -> bool {
    tx.permit().reach() == Reach::Authority
}

/// The identity that stands: the last one set, unless that was struck.
pub fn identity_of(stored: &[Stored]) -> Option<Identity> {
    let (_, standing) = crate::record::standing(stored.iter().map(|s| &s.entry));
    let (event, _) = identity_entry(&standing)?;
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.identity.clone()
}

/// The names a child had before the ones they have, the latest last; none from before an adoption, which is put away.
pub fn former_names(stored: &[Stored]) -> Vec<FormerName> {
    let (_, standing) = crate::record::standing(stored.iter().map(|s| &s.entry));
    let stands = |s: &&Stored| standing.iter().any(|standing| standing.event == s.entry.id);
    let all = stored.iter().filter(stands).filter_map(|s| s.detail.as_ref()?.identity.as_ref());
    let mut names: Vec<FormerName> = Vec::new();
    for identity in all {
        let name = FormerName { given_name: identity.given_name.clone(), family_name: identity.family_name.clone() };
        names.retain(|known| *known != name);
        names.push(name);
    }
    let now = identity_of(stored);
    names.retain(|name| !now.as_ref().is_some_and(|n| n.given_name == name.given_name && n.family_name == name.family_name));
    names
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
