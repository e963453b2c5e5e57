//! Cover for leave: a case worker's worklist is lent to a colleague, from one day to another.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::directory::{Added, must_be_staff, own_staff_id};
use super::{Error, FieldError, wrong};
use crate::access::Role;
use crate::db::Tx;
use crate::record::{CoverId, Refusal, StaffId};
use crate::store::covers::{self, CoverRow};

/// Lends a worklist.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "caseWorker": "0190b0a0-0000-7000-8000-000000000001", "coveredBy": "0190b0a0-0000-7000-8000-00000000000f",
    "from": "2026-02-23", "to": "2026-03-06"
}))]
pub struct LendWorklist {
    /// Whose list; the caller's own unless told. Only a manager lends somebody else's.
    pub case_worker: Option<StaffId>,
    /// Who covers for them.
    pub covered_by: StaffId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Ends a lending before its last day.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2026-03-02"}))]
pub struct EndCover {
    /// The last day on which the list is lent; today unless told. Before the first day: it is never lent.
    pub last_day: Option<NaiveDate>,
}

/// A worklist lent, from its first to its last day. Why somebody is away is not kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Cover)]
pub struct CoverView {
    /// Its id.
    pub id: CoverId,
    /// Whose list.
    pub case_worker: StaffId,
    /// Who covers for them.
    pub covered_by: StaffId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether the list is lent today.
    pub in_force: bool,
}

/// The days of a cover, both ends included; none where it was ended before it began.
fn days(row: &CoverRow) -> (NaiveDate, NaiveDate) {
    (row.from_on, row.ended_on.map_or(row.to_on, |ended| ended.min(row.to_on)))
}

/// Lendings that are in force or to come, by their first day, after one.
pub fn list(
    tx: &mut Tx<'_>,
    of: Option<StaffId>,
    after: Option<(NaiveDate, CoverId)>,
    limit: i64,
) -> Result<Vec<CoverView>, Error> {
    let today = tx.today();
    let view = |row: CoverRow| {
        let (from, to) = days(&row);
        CoverView {
            id: CoverId(row.id),
            case_worker: StaffId(row.lent),
            covered_by: StaffId(row.covering),
            from,
            to,
            in_force: from <= today && today <= to,
        }
    };
    Ok(covers::list(tx, of, today, after, limit)?.into_iter().map(view).collect())
}

/// Lends a worklist.
///
/// # Errors
/// [`Error::NotPermitted`] for somebody else's list, unless the caller is a manager; [`Error::Invalid`] for days that are over or in
/// the wrong order, and for people who are not on the staff.
pub fn lend(tx: &mut Tx<'_>, body: &LendWorklist) -> Result<Added, Error> {
    let case_worker = match body.case_worker {
        Some(case_worker) => case_worker,
        None => own_staff_id(tx, "/caseWorker")?,
    };
    must_be_theirs(tx, case_worker)?;
    must_be_staff(tx, "/caseWorker", case_worker)?;
    must_be_staff(tx, "/coveredBy", body.covered_by)?;
    let mut errors = Vec::new();
    if body.covered_by == case_worker {
        errors.push(FieldError::new("/coveredBy", "own_list", "Is whose list it is: name somebody else."));
    }
    if body.to < body.from {
        errors.push(FieldError::new("/to", "before_from", "Is before the first day."));
    } else if body.to < tx.today() {
        errors.push(FieldError::new("/to", "is_over", "Is over: a list is lent for days to come."));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let (id, now): (CoverId, _) = (tx.new_id(), tx.now());
    covers::add(tx, id, case_worker, body.covered_by, (body.from, body.to), now)?;
    Ok(Added { id: id.to_string() })
}

/// Ends a lending early.
///
/// # Errors
/// [`Error::NotPermitted`] for somebody else's list, unless the caller is a manager; [`Error::Refused`] when it is over already.
pub fn end(tx: &mut Tx<'_>, id: CoverId, body: &EndCover) -> Result<Added, Error> {
    let row = covers::lock(tx, id)?.ok_or(Error::NotFound("cover"))?;
    must_be_theirs(tx, StaffId(row.lent))?;
    let (today, (from, to)) = (tx.today(), days(&row));
    if to < today || to < from {
        let words = "the list is lent no more".to_owned();
        return Err(Error::Refused(Refusal { code: "cover_is_over", words, citation: None }));
    }
    let last = body.last_day.unwrap_or(today);
    if last > to {
        return Err(wrong("/lastDay", "after_its_end", "Is after the last day agreed on: lend the list again for more days."));
    }
    covers::end(tx, id, last)?;
    Ok(Added { id: id.to_string() })
}

/// A case worker lends their own list, a manager anybody's.
fn must_be_theirs(tx: &mut Tx<'_>, case_worker: StaffId) -> Result<(), Error> {
    if tx.permit().caller().is(Role::Manager) || own_staff_id(tx, "/caseWorker")? == case_worker {
        Ok(())
    } else {
        Err(Error::NotPermitted(tx.permit().ask().as_str()))
    }
}
