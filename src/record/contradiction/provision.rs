//! What cannot be in the delivery of a plan's provision: news of none that was arranged, and times that leave no room for one another.

use super::Found;
use crate::record::provision::spoken_of;
use crate::record::{Fact, File, Plan, Provision};

pub(super) fn look_at(file: &File, plan: &Plan, found: &mut Found) {
    let all = Provision::all(file.standing(), plan.id);
    for standing in file.standing().iter().filter(|s| s.fact.subject() == crate::record::Subject::Plan(plan.id)) {
        if let Some(provision) = spoken_of(&standing.fact)
            && !all.iter().any(|one| one.id == provision)
        {
            found.add(provision.0, "no_such_provision", "no provision with this id was arranged under this plan");
        }
        if let Fact::ProvisionRemedied { shortfall, .. } = standing.fact
            && !all.iter().flat_map(|one| &one.shortfalls).any(|known| known.id == shortfall)
        {
            found.add(shortfall.0, "no_such_shortfall", "that the provision was not delivered does not stand");
        }
    }
    for one in &all {
        let words = "the last day on which it is due is before the first";
        found.order(one.id.0, Some(one.from), one.until, "ends_before_it_begins", words);
        for (place, shortfall) in one.shortfalls.iter().enumerate() {
            let about = shortfall.id.0;
            let words = "the last day without it is before the first";
            found.order(about, Some(shortfall.from), shortfall.to, "ends_before_it_begins", words);
            let words = "it was not delivered before it was due";
            found.order(about, Some(one.from), Some(shortfall.from), "undelivered_before_due", words);
            // Sorted by their first day: what stands later begins no earlier.
            let mut later = one.shortfalls[place + 1..].iter();
            if later.any(|other| shortfall.to.is_none_or(|to| other.from <= to)) {
                found.add(
                    about,
                    "already_undelivered",
                    "that it was not delivered then is recorded already, in whole or in part",
                );
            }
        }
    }
}
