//! The rows that say who outside the authority may see which child, why, and from when to when.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::organisation::person;
use crate::record::{Case, Plan, Related};

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
    let setting = case.setting.as_ref().map(|s| s.as_str().to_owned());
    grant(rows, child, setting, "attends", case.received_on, None);
    if let Some(account) = case.requester.as_deref().filter(|account| !restricted(people, account)) {
        grant(rows, child, Some(person(account)), "family", case.received_on, requester_until(people, account));
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
    // Consulted until it answered, the consultation was taken back, or there is nothing left to consult on.
    let over = case.withdrawn.flatten().into_iter().chain(case.final_plan.as_ref().and_then(|plan| plan.sent_on)).min();
    for one in &case.consultations {
        let to = one.ended_on().into_iter().chain(over).min();
        let reason = format!("consultation:{}", one.id);
        grant(rows, child, Some(one.setting.as_str().to_owned()), &reason, one.sent_on, to);
    }
}

/// Each setting that a plan names sees the child in its time.
pub(super) fn grants_of_plan(rows: &mut Rows, plan: &Plan) {
    for named in plan.placement.named() {
        let setting = named.setting.as_str().to_owned();
        let from = plan.made_on.map(|made| named.from.map_or(made, |from| from.max(made)));
        let to = named.until.and_then(|last| last.succ_opt());
        grant(rows, plan.child.0, Some(setting), "named_in_plan", from, to);
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
