//! Children who may be the same: found when a request names one, told apart by staff.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::recording::{Hand, Receipt, Step, accept, enter, open_child};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::duplicates;
use crate::store::journal::{self, Batch};

/// Files that may be the same child's, at most twenty; first those that certainly are.
pub fn find(tx: &mut Tx<'_>, identity: &Identity) -> Result<Vec<(ChildId, Likeness)>, Error> {
    tx.act_for_authority()?;
    let candidates = duplicates::candidates(tx, identity)?;
    let mut alike: Vec<_> = candidates.iter().filter_map(|(child, other)| Some((*child, likeness(identity, other)?))).collect();
    alike.sort_by_key(|(child, likeness)| (std::cmp::Reverse(*likeness), *child));
    alike.truncate(20);
    Ok(alike)
}

/// Tells two children apart.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"from": "0190b0a0-0000-7000-8000-00000000000b", "reason": "Twin sisters: the school confirmed two pupils."}))]
pub struct TellApart {
    /// The other child.
    pub from: ChildId,
    /// How they are known to be two.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Records in both files that two children are two. From then on neither is flagged as the other.
pub fn tell_apart(tx: &mut Tx<'_>, child: ChildId, body: &TellApart) -> Result<Receipt, Error> {
    if body.from == child {
        return Err(wrong("/from", "same_child", "Is the same child."));
    }
    // Files are always locked in the order of their ids.
    let (mut one, mut other) = if child < body.from {
        let one = open_child(tx, child)?;
        (one, open_child(tx, body.from).map_err(|error| unknown(error, "/from"))?)
    } else {
        let other = open_child(tx, body.from).map_err(|error| unknown(error, "/from"));
        (open_child(tx, child)?, other?)
    };
    let step = |tx: &Tx<'_>, from| {
        let step = Step::on(tx, tx.today(), Fact::ToldApart { from });
        vec![step.words(Some(body.reason.clone()))]
    };
    let (here, there) = (step(tx, body.from), step(tx, child));
    let no_case = CaseId(Uuid::nil());
    accept(tx.today(), &one, Action::TellApart, no_case, &here, &[])?;
    // The other file may say so already, where one of two entries was struck.
    let there = if other.file.told_apart(child) { Vec::new() } else { there };
    let id = here.first().map_or(child.0, |step| step.event.0);
    let mut head = journal::lock_head(tx)?;
    let mut batch = Batch::default();
    let hand = Hand::of(tx);
    let (position, recorded_at) = enter(hand, &mut head, &mut batch, &mut one, here, &[], &[]).unwrap_or_default();
    enter(hand, &mut head, &mut batch, &mut other, there, &[], &[]);
    let version = one.file.version;
    journal::write(tx, head, batch)?;
    Ok(Receipt { id, case: None, position, recorded_at, version, concerns: Vec::new() })
}

fn unknown(error: Error, pointer: &str) -> Error {
    match error {
        Error::NotFound(_) => wrong(pointer, "unknown_child", "Is no child that you can see."),
        other => other,
    }
}
