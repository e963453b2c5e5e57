//! What cannot be in a request for advice: steps out of their order, and steps that speak of a request that is not there.

use super::Found;
use crate::record::{Advice, AdviceAnswer, Case, Fact, File, Judged};

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
        | Fact::AdviceSignedOff { advice, .. }
        | Fact::AdviceChased { advice, .. }
        | Fact::AdviceJudged { advice, .. } = &standing.fact
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
    answers_in_order(advice, found);
    for chaser in &advice.chasers {
        found.order(about, asked, chaser.on, "chased_before_asked", "nobody can be chased for advice not yet asked for");
    }
    for judged in &advice.judgements {
        if advice.given().is_none() {
            found.add(about, "judged_before_returned", "there is no advice to judge: none has come back");
        }
        let words = "advice cannot be judged before it came back";
        found.order(about, advice.returned_on(), judged.on, "judged_before_returned", words);
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

/// Advice is given once, and again each time it was sent back; once it is given, another answer is none.
fn answers_in_order(advice: &Advice, found: &mut Found) {
    let about = advice.id.0;
    let mut given = 0;
    for answer in &advice.answers {
        found.order(about, advice.requested_on, answer.on, "returned_before_asked", "advice returned before it was asked for");
        let back =
            |judged: &&Judged| judged.sent_back && (answer.on.is_none() || judged.on.is_none_or(|on| Some(on) <= answer.on));
        let sent_back = advice.judgements.iter().filter(back).count();
        if answer.answer == AdviceAnswer::Given {
            given += 1;
            if given > 1 + sent_back {
                let words = "the advice is already recorded, and was not sent back; correct or strike the entry that stands";
                found.add(about, "already_recorded", words);
            }
        } else if given > sent_back && advice.returned_on().zip(answer.on).is_some_and(|(given, on)| on > given) {
            found.add(about, "advice_already_given", "the advice was given by then; strike the answer that is wrong");
        }
    }
}
