//! What happened in a case, entry by entry.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::file_of;
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::store::journal::{self, Details, Stored};

/// One entry of a case's timeline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// The entry's id, which corrections name.
    pub id: EventId,
    /// Its place in the authority's journal.
    pub position: i64,
    /// What kind of thing happened.
    #[schema(example = "assessment_decided")]
    pub kind: &'static str,
    /// When it happened. Null: unknown.
    pub occurred_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The role of whoever recorded it.
    pub capacity: String,
    /// The facts, as the journal keeps them.
    #[schema(value_type = Object)]
    pub facts: Value,
    /// What was written with it. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub words: Option<String>,
    /// Why it was recorded although it departed from the law, by concern. For staff.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub acknowledged: std::collections::BTreeMap<String, String>,
    /// Whether it still stands; false when it was struck, or corrected by a later entry.
    pub stands: bool,
}

/// What happened in a case, in the order it was recorded.
pub fn timeline(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<TimelineEntry>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, known.position, Details::All)?;
    let file = file_of(&stored)?;
    Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let staff = tx.permit().reach() == Reach::Authority;
    let plan = file.plans().find(|(_, case)| *case == id).map(|(plan, _)| plan);
    let of_this_case = |fact: &Fact| match fact.subject() {
        Subject::Case(case) => case == id,
        Subject::Plan(of) => Some(of) == plan,
        _ => false,
    };
    let corrected: Vec<_> = stored.iter().filter_map(|s| s.entry.body.fact.corrects()).collect();
    let original = |of: EventId| stored.iter().find(|s| s.entry.id == of).is_some_and(|s| of_this_case(&s.entry.body.fact));
    let struck = |of: EventId| file.find(of).is_none();
    let entries = stored
        .iter()
        .filter(|s| match s.entry.body.fact.corrects() {
            Some(of) => original(of),
            None => of_this_case(&s.entry.body.fact),
        })
        // What was struck may be another child's: it is hidden from all but staff.
        .filter(|s| staff || !struck(s.entry.body.fact.corrects().unwrap_or(s.entry.id)))
        .map(|s| timeline_entry(s, staff, !corrected.contains(&s.entry.id)))
        .collect();
    Ok((known, entries))
}

fn timeline_entry(stored: &Stored, staff: bool, stands: bool) -> TimelineEntry {
    let entry = &stored.entry;
    let mut facts = serde_json::to_value(&entry.body.fact).unwrap_or_default();
    if let Some(object) = facts.as_object_mut() {
        object.remove("kind");
        if !staff {
            object.remove("possibleDuplicates");
            object.remove("requester");
        }
    }
    let detail = stored.detail.as_ref().filter(|_| staff);
    TimelineEntry {
        id: entry.id,
        position: entry.position,
        kind: entry.body.fact.kind(),
        occurred_on: entry.occurred.on,
        recorded_at: entry.recorded_at,
        capacity: entry.by.capacity.clone(),
        facts,
        words: detail.and_then(|d| d.words.clone()),
        acknowledged: detail.map(|d| d.acknowledged.clone()).unwrap_or_default(),
        stands,
    }
}
