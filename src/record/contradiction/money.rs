//! What cannot be said of transport and direct payments: of some that nobody recorded, or of a day before they began or after they ended.

use super::Found;
use crate::record::{DirectPayments, Fact, File, Plan, Transport};

pub(super) fn of_transport(file: &File, found: &mut Found) {
    let known = Transport::all(file);
    for standing in file.standing() {
        if let Fact::TransportEnded { transport, .. } = standing.fact
            && !known.iter().any(|one| one.id == transport)
        {
            found.add(transport.0, "no_such_transport", "no transport stands with this id");
        }
    }
    for one in known.iter().filter(|one| one.until.is_some_and(|last| last < one.from)) {
        found.add(one.id.0, "ends_before_it_begins", "the last day of the transport is before the first");
    }
}

pub(super) fn of_plan(file: &File, plan: &Plan, found: &mut Found) {
    let known = DirectPayments::all(file);
    for standing in file.standing() {
        let (of, payments) = match standing.fact {
            Fact::DirectPaymentsReviewed { plan, payments, .. } | Fact::DirectPaymentsEnded { plan, payments } => {
                (plan, payments)
            }
            _ => continue,
        };
        if of == plan.id && !known.iter().any(|one| one.id == payments && one.plan == of) {
            found.add(payments.0, "no_such_payments", "no direct payments stand with this id for the plan");
        }
    }
    for one in known.iter().filter(|one| one.plan == plan.id) {
        let words = "direct payments for a plan begin after it was made";
        found.order(one.id.0, plan.made_on, one.started_on, "before_the_plan", words);
        found.order(one.id.0, one.started_on, one.ended.flatten(), "ends_before_it_begins", "the payments end before they begin");
        for review in &one.reviews {
            found.order(
                one.id.0,
                one.started_on,
                review.on,
                "reviewed_before_it_begins",
                "the review is before the first payment",
            );
            let words = "the payments had ended by the day of the review";
            found.order(one.id.0, review.on, one.ended.flatten(), "reviewed_after_the_end", words);
        }
    }
}
