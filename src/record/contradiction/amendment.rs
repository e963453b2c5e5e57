//! What cannot be in an amendment: answers to no proposal, steps out of their order, a plan both amended and not, an order nobody made.

use super::Found;
use crate::record::Plan;

pub(super) fn look_at(plan: &Plan, found: &mut Found) {
    for one in &plan.amendments {
        let about = one.id.0;
        if one.notice.is_none() && one.version.is_none() {
            found.add(about, "no_such_amendment", "no notice of this amendment stands");
        }
        if one.review.is_some_and(|review| !plan.reviews.iter().any(|known| known.id == review)) {
            found.add(about, "no_such_review", "the review that this amendment follows does not stand");
        }
        if let Some(of) = one.appeal {
            match plan.appeals.iter().find(|appeal| appeal.event == of) {
                None => found.add(about, "no_such_appeal", "no such appeal stands as registered"),
                Some(appeal) if !appeal.amends() => {
                    found.add(about, "not_ordered", "the appeal did not end so that the plan is amended; record its end first");
                }
                Some(appeal) => {
                    let ended = appeal.end.and_then(|end| end.on);
                    found.order(about, ended, one.amended_on, "amended_before_order", "amended before the appeal ended so");
                }
            }
        }
        if one.declined.is_some() && one.version.is_some() {
            found.add(about, "declined_and_amended", "the plan cannot be both amended and not; strike the entry that is wrong");
        }
        found.order(about, plan.made_on, one.sent_on, "amended_before_made", "amendments proposed before the plan was made");
        found.order(about, plan.made_on, one.amended_on, "amended_before_made", "the plan amended before it was made");
        found.order(about, one.sent_on, one.served_on, "served_before_sent", "the notice cannot be served before it was sent");
        for answer in &one.answers {
            let words = "the family cannot answer proposals before they were sent";
            found.order(about, one.sent_on, answer.made_on, "answered_before_sent", words);
        }
        let told_on = one.declined.as_ref().and_then(|declined| declined.told_on);
        found.order(about, one.sent_on, told_on, "declined_before_proposed", "decided against before it was proposed");
        found.order(about, one.sent_on, one.amended_on, "amended_before_proposed", "amended before it was proposed");
        for on in [one.sent_on, one.amended_on].into_iter().flatten() {
            if plan.cessation.ceased_on().is_some_and(|ceased| on >= ceased) {
                found.add(about, "plan_ceased", "the plan had ceased by then; strike its end if that did not happen");
            }
        }
    }
}
