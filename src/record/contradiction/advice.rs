//! What cannot be in a request for advice: steps out of their order, and steps that speak of a request that is not there.

use super::Found;
use crate::record::{Advice, Case, Fact, File};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    for advice in &case.advice {
        in_order(case, advice, found);
    }
    for standing in file.of_case(case.id) {
        if let Fact::AdviceRequestReceived { advice, .. }
        | Fact::AdviceReturned { advice, .. }
        | Fact::AdviceDelayed { advice, .. }
        | Fact::AdviceAllocated { advice, .. }
        | Fact::AdviceVisited { advice, .. }
        | Fact::AdviceSignedOff { advice, .. } = &standing.fact
            && !case.advice.iter().any(|a| a.id == *advice && a.reused.is_none())
        {
            found.add(advice.0, "no_such_advice_request", "no request for this advice stands");
        }
    }
}

fn in_order(case: &Case, advice: &Advice, found: &mut Found) {
    let about = advice.id.0;
    let asked = advice.requested_on;
    found.order(about, case.received_on, asked, "advice_before_request", "advice asked for before the request was received");
    let words = "the body cannot receive the request before it was sent";
    found.order(about, asked, advice.received_on, "received_before_sent", words);
    let given = advice.returned_on();
    for answer in &advice.answers {
        found.order(about, asked, answer.on, "returned_before_asked", "advice returned before it was asked for");
        if let (Some(given), Some(on)) = (given, answer.on)
            && on > given
        {
            found.add(about, "advice_already_given", "the advice was given by then; strike the answer that is wrong");
        }
    }
    for allocation in &advice.allocations {
        found.order(about, asked, allocation.on, "allocated_before_asked", "nobody can be named for advice not yet asked for");
    }
    let signed_off = advice.signed_off.as_ref().and_then(|signed| signed.on);
    found.order(about, asked, signed_off, "signed_off_before_asked", "advice signed off before it was asked for");
    if let Some(reuse) = advice.reused {
        let words = "existing advice cannot be taken up before the day it was given";
        found.order(about, Some(reuse.advice_of), reuse.on, "reused_before_given", words);
    }
}
