//! The rows that say who outside the authority may see which child, why, and from when to when.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::organisation::person;
use crate::record::{Case, Related};

/// Who may see the child because of what they are to them: whoever has an account, unless a court has restricted that account.
pub(super) fn grants_of_people(rows: &mut Rows, child: Uuid, people: &[Related]) {
    for person_of in people {
        let Some(account) = person_of.relationship.account.as_deref().filter(|account| !restricted(people, account)) else {
            continue;
        };
        let reason = format!("relationship:{}", person_of.id);
        grant(rows, child, Some(person(account)), &reason, Some(person_of.relationship.from), person_of.until());
    }
}

/// Whether a court has restricted an account. The end of the relationship does not lift that: only a change of it does.
fn restricted(people: &[Related], account: &str) -> bool {
    people.iter().any(|person| person.is_of(account) && person.relationship.court_restriction.is_some())
}

/// The day on which whoever asked through the API stops seeing the child: once everything they were to the child is over.
fn requester_until(people: &[Related], account: &str) -> Option<NaiveDate> {
    let ends = people.iter().filter(|person| person.is_of(account)).map(Related::until);
    ends.reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other))).flatten()
}

/// Who may see the child because of this case, and from when to when.
pub(super) fn grants_of_case(rows: &mut Rows, case: &Case, people: &[Related]) {
    let child = case.child.0;
    for request in case.requests.iter().filter(|request| request.counts()) {
        let from = request.received_on;
        let setting = request.setting.as_ref().map(|s| s.as_str().to_owned());
        grant(rows, child, setting, "attends", from, None);
        if let Some(account) = request.requester.as_deref().filter(|account| !restricted(people, account)) {
            // What was granted for the request ends with it, or with everything they were to the child.
            let withdrawn = request.withdrawn.and_then(|withdrawal| withdrawal.on.or(from));
            let to = [withdrawn, requester_until(people, account)].into_iter().flatten().min();
            grant(rows, child, Some(person(account)), "family", from, to);
        }
    }
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
