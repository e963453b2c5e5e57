//! Who was shown a child's data: what a family may know of the trail.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Error;
use crate::access::Role;
use crate::db::Tx;
use crate::record::ChildId;
use crate::store::{audit, children};

/// One time that somebody was shown something of the child.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reader)]
pub struct ReaderView {
    /// Its place in the trail.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// In which role.
    #[schema(value_type = Role)]
    pub role: String,
    /// For which organisation. Null: the authority, or nobody but themselves.
    pub organisation: Option<String>,
    /// That organisation's name, where the directory has it.
    pub organisation_name: Option<String>,
    /// Whether it was you.
    pub you: bool,
    /// What they asked for, by the word that programs use.
    #[schema(example = "see_cases")]
    pub asked_for: String,
    /// What they were shown, as a sentence.
    pub words: String,
}

/// Who was shown the child's data, the latest first, before an entry of the trail.
pub fn list(tx: &mut Tx<'_>, child: ChildId, before: Option<i64>, limit: i64) -> Result<Vec<ReaderView>, Error> {
    if !children::in_sight(tx, child)? {
        return Err(Error::NotFound("child"));
    }
    let view = |row: audit::ReaderRow| ReaderView {
        id: row.id,
        at: row.at,
        words: words(&row.operation).to_owned(),
        role: row.capacity,
        organisation: row.organisation,
        organisation_name: row.organisation_name,
        you: row.own,
        asked_for: row.operation,
    };
    Ok(audit::readers(tx, child, before, limit)?.into_iter().map(view).collect())
}

/// What somebody sees who asks for this.
fn words(operation: &str) -> &'static str {
    match operation {
        "see_cases" => "A case: where it stands, what happened in it and what is due.",
        "see_children" => "Who the child is.",
        "see_relationships" => "Who belongs to the child, and how they are reached.",
        "see_placements" => "Where the child is taught.",
        "see_oversight" => "Whether the authority keeps an eye on the child, and alternative provision.",
        "see_funding" => "Transport and direct payments for the child.",
        "see_plans" => "A draft plan, the plan, or its reviews.",
        "see_readers" => "This list.",
        "see_panels" => "What a panel was given to read, and what it recommended.",
        "see_notices" | "compose_notices" => "The letters that the law requires.",
        "see_concerns" => "Where something was not done as the law says.",
        "follow_events" => "That something was recorded, without what it was.",
        _ => "What was needed to record something in the child's file.",
    }
}
