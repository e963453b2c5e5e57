//! Concerns: what was recorded although the law says otherwise, for those who answer for it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Error;
use super::as_of::{AsOf, Known};
use super::statistics::Period;
use crate::db::Tx;
use crate::law::Citation;
use crate::record::{CaseId, ChildId, Detail, EventId, PlacementId, StaffId};
use crate::store::concerns::{self, ConcernRow, Filter};

/// That a recorder knew of a concern and said why it happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Acknowledged {
    /// The entry it was acknowledged with, as in the case's timeline.
    pub entry: EventId,
    /// Who acknowledged it, as their token named them.
    pub by: Option<String>,
    /// Why it happened, in their words; null when erased.
    pub reason: Option<String>,
}

/// One concern of one case or placement.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConcernLine {
    /// Its name.
    #[schema(example = "final_plan_before_response_time")]
    pub concern: String,
    /// What is unlawful about it, in plain words.
    pub words: String,
    /// The provision it departs from.
    #[schema(value_type = Citation)]
    pub citation: Value,
    /// The case; of a placement the child's last. Null: the child has none.
    pub case: Option<CaseId>,
    /// Its human reference.
    pub reference: Option<String>,
    /// The placement, where the concern is about one, such as two that overlap. Null: it is about the case.
    pub placement: Option<PlacementId>,
    /// The child's id.
    pub child: ChildId,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// When it was recorded as it stands.
    pub recorded_at: DateTime<Utc>,
    /// Who acknowledged it and why. Null: nobody did, as when it came of a correction or of what was entered
    /// later, or when it is about something not done.
    pub acknowledged: Option<Acknowledged>,
}

impl ConcernLine {
    /// Its place in the list.
    pub fn place(&self) -> (Uuid, String) {
        let about = self.placement.map(|id| id.0).or(self.case.map(|id| id.0));
        (about.unwrap_or_default(), self.concern.clone())
    }
}

/// Which concerns, after which. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct ConcernFilter {
    /// Only of this name.
    pub concern: Option<String>,
    /// Only in cases of this case worker.
    pub case_worker: Option<StaffId>,
    /// Only acknowledged, or only not.
    pub acknowledged: Option<bool>,
}

/// The concerns that stand, by what they are about and name.
pub fn list(
    tx: &mut Tx<'_>,
    filter: ConcernFilter,
    after: Option<(Uuid, String)>,
    limit: i64,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<ConcernLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let ConcernFilter { concern, case_worker, acknowledged } = filter;
    let filter = Filter { concern, case_worker, acknowledged };
    let rows = concerns::list(tx, &filter, known.position, after, limit)?;
    Ok((known, rows.into_iter().map(line).collect()))
}

fn line(row: ConcernRow) -> ConcernLine {
    let detail = row.content.as_deref().and_then(|text| serde_json::from_str::<Detail>(text).ok());
    let reason = detail.and_then(|mut detail| detail.acknowledged.remove(&row.concern));
    let by = row.acknowledged_by;
    ConcernLine {
        acknowledged: row.acknowledged_in.map(|entry| Acknowledged { entry: EventId(entry), by, reason }),
        concern: row.concern,
        words: row.words,
        citation: serde_json::from_str(&row.citation).unwrap_or_default(),
        case: row.case_id.map(CaseId),
        reference: row.reference,
        placement: (row.case_id != Some(row.about)).then_some(PlacementId(row.about)),
        child: ChildId(row.child),
        case_worker: row.case_worker.map(StaffId),
        recorded_at: row.recorded_at,
    }
}

/// How many cases have a concern.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConcernsLine {
    /// First day of the period in which it was recorded.
    pub period: NaiveDate,
    /// The concern's name.
    #[schema(example = "final_plan_before_response_time")]
    pub concern: String,
    /// In how many cases; of a concern about placements, of how many of them.
    #[schema(example = 3)]
    pub cases: i64,
    /// In how many of these its recorder acknowledged it.
    #[schema(example = 3)]
    pub acknowledged: i64,
}

/// The concerns that stand, counted by the period in which they were recorded and by name.
pub fn count(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<ConcernsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = concerns::count(tx, period.window()?, known.position)?;
    let line = |row: concerns::CountRow| ConcernsLine {
        period: row.period,
        concern: row.concern,
        cases: row.cases,
        acknowledged: row.acknowledged,
    };
    Ok((known, rows.into_iter().map(line).collect()))
}
