//! The list of cases: by their next date, narrowed as asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::NextDue;
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::changes::{self, Asked, Mark};
use crate::store::cases::{self, Narrow};

/// A line of the list of cases.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseLine {
    /// Its id.
    pub id: CaseId,
    /// The human reference.
    pub reference: String,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The day the request was received.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends.
    pub setting: Option<String>,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// The earliest date not yet met.
    pub next_due: Option<NextDue>,
    /// Whether that date has passed.
    pub overdue: bool,
    /// Whether the child may have another file; for staff.
    pub possible_duplicate: bool,
}

/// Whether a case's next date has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// It has not.
    Running,
    /// It has.
    Overdue,
}

/// What the list is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Only at these stages.
    pub stages: Vec<Stage>,
    /// Only of this case worker.
    pub case_worker: Option<StaffId>,
    /// Only without a case worker.
    pub unallocated: bool,
    /// Only of children at this setting.
    pub school: Option<String>,
    /// Only with a date before this day.
    pub due_before: Option<NaiveDate>,
    /// Only running, or only overdue.
    pub state: Option<DueState>,
}

/// Cases by their next date, those without one last; then by id, so that the order is total. Where asked, only those that changed since,
/// with the mark for the next time.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &CaseFilter,
    after: Option<(Option<NaiveDate>, CaseId)>,
    limit: i64,
    as_of: Option<AsOf>,
    since: Option<Asked>,
) -> Result<(Option<Mark>, Known, Vec<CaseLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let asked = changes::asked(tx, since, as_of)?;
    let staff = tx.permit().reach() == Reach::Authority;
    let filter = cases::Filter {
        cases: Narrow {
            stages: filter.stages.iter().map(|stage| stage.as_str().to_owned()).collect(),
            case_worker: filter.case_worker,
            unallocated: filter.unallocated,
            school: filter.school.clone(),
        },
        due_before: filter.due_before,
        overdue: filter.state.map(|state| state == DueState::Overdue),
        changed: asked.map(|(window, _)| window),
    };
    let rows = cases::list(tx, &filter, known.position, known.today, after, limit)?;
    let lines = rows
        .into_iter()
        .map(|row| CaseLine {
            id: row.id,
            reference: row.reference,
            child: row.child,
            given_name: row.identity.as_ref().map(|i| i.given_name.clone()),
            family_name: row.identity.map(|i| i.family_name),
            stage: row.stage,
            received_on: row.received_on,
            setting: row.setting,
            case_worker: row.case_worker,
            overdue: row.next_due.as_ref().is_some_and(|(_, on)| *on < known.today),
            next_due: row.next_due.map(|(rule, on)| NextDue { rule, on }),
            possible_duplicate: staff && row.possible_duplicate,
        })
        .collect();
    Ok((asked.map(|(_, mark)| mark), known, lines))
}
