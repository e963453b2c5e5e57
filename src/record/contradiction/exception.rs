//! What cannot be in the claim of an exception: an end before its beginning, and steps that speak of a claim that is not there.

use super::Found;
use crate::record::{Case, Fact, File};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    for claim in &case.exceptions {
        let about = claim.event.0;
        if claim.to < claim.from {
            found.add(about, "ends_before_it_begins", "the exception ends before it begins");
        }
        if let Some(withdrawn) = claim.withdrawn {
            let words = "a claim cannot be withdrawn before it was made";
            found.order(about, claim.claimed_on, withdrawn, "withdrawn_before_claimed", words);
        }
    }
    for standing in file.of_case(case.id) {
        match &standing.fact {
            Fact::ExceptionTold { claim, .. } | Fact::ExceptionWithdrawn { claim, .. }
                if !case.exceptions.iter().any(|e| e.event == *claim) =>
            {
                found.add(claim.0, "no_such_claim", "no claim of an exception stands under this id");
            }
            Fact::ExceptionClaimed { advice: Some(advice), .. } | Fact::DelayTold { advice: Some(advice), .. }
                if !case.advice.iter().any(|a| a.id == *advice) =>
            {
                found.add(advice.0, "no_such_advice_request", "no request for this advice stands");
            }
            _ => {}
        }
    }
}
