//! What cannot be in a referral: steps out of their order, and steps of a referral that is not there.

use super::Found;
use crate::record::referral::spoken_of;
use crate::record::{File, Referral};

pub(super) fn look_at(file: &File, found: &mut Found) {
    let all = Referral::all(file);
    for referral in &all {
        let about = referral.id.0;
        let (referred, seen) = (referral.referred_on, referral.seen.flatten());
        found.order(about, referred, seen, "seen_before_referred", "the child cannot be seen before the referral was made");
        let treated = referral.treated.flatten();
        let words = "treatment cannot begin before the referral was made";
        found.order(about, referred, treated, "treated_before_referred", words);
        found.order(about, seen, treated, "treated_before_seen", "treatment cannot begin before the first appointment");
        let ended = referral.ended.and_then(|(on, _)| on);
        found.order(about, referred, ended, "ended_before_referred", "a referral cannot end before it was made");
        let words = "the referral had come to its end by then; strike what is wrong";
        found.order(about, seen, ended, "seen_after_end", words);
        found.order(about, treated, ended, "treated_after_end", words);
    }
    for standing in file.standing() {
        if let Some(id) = spoken_of(&standing.fact)
            && !all.iter().any(|referral| referral.id == id)
        {
            found.add(id.0, "no_such_referral", "no referral stands with this id");
        }
    }
}
