//! The rows that say who outside the authority may see which child, why, and from when to when.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::Case;
use crate::record::organisation::person;

/// Who may see the child because of this case, and from when to when.
pub(super) fn grants_of_case(rows: &mut Rows, case: &Case) {
    let child = case.child.0;
    let setting = case.setting.as_ref().map(|s| s.as_str().to_owned());
    grant(rows, child, setting, "attends", case.received_on, None);
    grant(rows, child, case.requester.as_deref().map(person), "family", case.received_on, None);
    for advice in &case.advice {
        let reason = format!("advice:{}", advice.id);
        // Whoever is named to write it sees the child until it is there; the body that was asked, while it has to do with it.
        for allocation in &advice.allocations {
            let organisation = allocation.organisation.as_ref().map(|o| o.as_str().to_owned());
            grant(rows, child, organisation, &reason, allocation.on, advice.returned_on());
        }
        let organisation = advice.organisation.as_ref().map(|o| o.as_str().to_owned());
        grant(rows, child, organisation, &reason, advice.requested_on, advice.over_on());
    }
}

pub(super) fn grant(
    rows: &mut Rows,
    child: Uuid,
    grantee: Option<String>,
    reason: &str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) {
    if let (Some(grantee), Some(from_on)) = (grantee, from) {
        rows.add(View::Visible, VisibleRow { child, grantee, reason, from_on, to_on: to });
    }
}

#[derive(Serialize)]
struct VisibleRow<'a> {
    child: Uuid,
    grantee: String,
    reason: &'a str,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
}
