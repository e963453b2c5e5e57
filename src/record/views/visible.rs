//! The rows that say who outside the authority may see which child, why, and from when to when.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::Case;
use crate::record::organisation::person;

/// Who may see the child because of this case, and from when to when.
pub(super) fn grants_of_case(rows: &mut Rows, case: &Case) {
    let child = case.child.0;
    for request in case.requests.iter().filter(|request| request.counts()) {
        let from = request.received_on;
        let setting = request.setting.as_ref().map(|s| s.as_str().to_owned());
        grant(rows, child, setting, "attends", from, None);
        // What was granted for the request ends with it.
        let to = request.withdrawn.and_then(|withdrawal| withdrawal.on.or(from));
        grant(rows, child, request.requester.as_deref().map(person), "family", from, to);
    }
    for advice in &case.advice {
        let organisation = advice.organisation.as_ref().map(|o| o.as_str().to_owned());
        grant(rows, child, organisation, &format!("advice:{}", advice.id), advice.requested_on, advice.returned_on);
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
        let mut row = VisibleRow { child, grantee, reason, from_on, to_on: to };
        if let Some(held) = rows.like(View::Visible, &row) {
            // Granted twice for the same reason: from the earlier day, and to the later.
            let day = |column: &str| held.get(column).and_then(Value::as_str).and_then(|day| day.parse::<NaiveDate>().ok());
            row.from_on = day("from_on").map_or(from_on, |held| held.min(from_on));
            row.to_on = day("to_on").zip(to).map(|(held, to)| held.max(to));
        }
        rows.add(View::Visible, row);
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
