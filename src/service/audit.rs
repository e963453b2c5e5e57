//! Who saw whose data: the trail, for the auditor. And the change feed, for systems that keep in step.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Error;
use crate::db::Tx;
use crate::record::{CaseId, ChildId, EventId, Subject};
use crate::store::{audit, journal};

/// One request that showed children's data.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrailLine {
    /// Its place in the trail.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: the person as their token named them.
    pub actor: String,
    /// In which role.
    pub capacity: String,
    /// For which organisation, when not the authority.
    pub organisation: Option<String>,
    /// What they asked for.
    #[schema(example = "see_cases")]
    pub operation: String,
    /// The request.
    pub request_id: Uuid,
    /// Whose data they were shown.
    pub children: Vec<ChildId>,
}

/// The trail before an entry, the latest first; of one child, or of one person, where asked.
pub fn trail(
    tx: &mut Tx<'_>,
    child: Option<ChildId>,
    actor: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TrailLine>, Error> {
    let rows = audit::trail(tx, child, actor, before, limit)?;
    Ok(rows
        .into_iter()
        .map(|row| TrailLine {
            id: row.id,
            at: row.at,
            actor: row.actor,
            capacity: row.capacity,
            organisation: row.organisation,
            operation: row.operation,
            request_id: row.request_id,
            children: row.children.into_iter().map(ChildId).collect(),
        })
        .collect())
}

/// One change, without personal data.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventLine {
    /// Its place in the authority's journal; the next question is `after` this.
    pub position: i64,
    /// Its id.
    pub id: EventId,
    /// What kind of thing happened.
    #[schema(example = "request_received")]
    pub kind: &'static str,
    /// When it happened. Null: unknown.
    pub occurred_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The child it is about, if one.
    pub child: Option<ChildId>,
    /// The case it is about, if one.
    pub case: Option<CaseId>,
}

/// What was recorded after a position, in order. No gaps: a reader that keeps the last position misses nothing.
pub fn events(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<EventLine>, Error> {
    let stored = journal::after(tx, after, limit)?;
    Ok(stored
        .into_iter()
        .map(|s| EventLine {
            position: s.entry.position,
            id: s.entry.id,
            kind: s.entry.body.fact.kind(),
            occurred_on: s.entry.occurred.on,
            recorded_at: s.entry.recorded_at,
            child: s.entry.child,
            case: match s.entry.body.fact.subject() {
                Subject::Case(case) => Some(case),
                _ => None,
            },
        })
        .collect())
}
