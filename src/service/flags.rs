//! What about a child the authority keeps an eye on: set, taken off, and listed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::recording::{Receipt, dated, open_child, record_of_child};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Details};

/// Says what about a child to keep an eye on, or that it is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"flag": "youth_justice", "on": "2026-02-16", "words": "Told by the youth justice service."}))]
pub struct SetFlag {
    /// What it is.
    pub flag: ChildFlag,
    /// The first day on which it is so, or the last; today unless told.
    pub on: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// A flag on a child.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FlagOnChild)]
pub struct FlagView {
    /// What it is.
    pub flag: ChildFlag,
    /// The first day.
    pub from: NaiveDate,
    /// The last day. Null: it stands.
    pub until: Option<NaiveDate>,
    /// Why, as it was said when it was set; null when nothing was said or it was erased.
    pub words: Option<String>,
}

/// The flags on a child, by their first day, also those taken off.
pub fn list(tx: &mut Tx<'_>, child: ChildId) -> Result<Vec<FlagView>, Error> {
    let stored = journal::of_child(tx, child, None, Details::All)?;
    if stored.is_empty() {
        return Err(Error::NotFound("child"));
    }
    let file = File::fold(child, stored.iter().map(|s| &s.entry));
    let words = |event| stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.words.clone();
    let view = |one: Flagged| FlagView { flag: one.flag, from: one.from, until: one.until, words: words(one.event) };
    Ok(Flagged::all(&file).into_iter().filter(|one| !is_sealed(&file, one.event)).map(view).collect())
}

/// Sets a flag on a child.
pub fn set(tx: &mut Tx<'_>, child: ChildId, body: &SetFlag) -> Result<Receipt, Error> {
    change(tx, child, body, Fact::ChildFlagged { flag: body.flag })
}

/// Takes a flag off.
pub fn take_off(tx: &mut Tx<'_>, child: ChildId, body: &SetFlag) -> Result<Receipt, Error> {
    change(tx, child, body, Fact::ChildUnflagged { flag: body.flag })
}

fn change(tx: &mut Tx<'_>, child: ChildId, body: &SetFlag, fact: Fact) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    let entry = step.event.0;
    record_of_child(tx, loaded, entry, vec![step])
}
