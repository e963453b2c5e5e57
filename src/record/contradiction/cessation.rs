//! What cannot be in the end of a plan: an end before its beginning, and notice of no decision.

use super::Found;
use crate::record::{Fact, File, Plan};

pub(super) fn look_at(file: &File, plan: &Plan, found: &mut Found) {
    let about = plan.id.0;
    let decided = || file.standing().iter().any(|s| matches!(s.fact, Fact::CessationDecided { plan: of, .. } if of == plan.id));
    if file.standing().iter().any(|s| matches!(s.fact, Fact::CessationNotified { plan: of } if of == plan.id)) && !decided() {
        found.add(
            about,
            "not_decided",
            "no decision to cease stands that could be notified; one at a review is notified with it",
        );
    }
    for (_, _, on) in &plan.cessation.steps {
        found.order(about, plan.made_on, *on, "cessation_before_plan", "a step before the plan was made");
    }
    if let Some(decision) = &plan.cessation.decision {
        let words = "decided before the plan was made";
        found.order(about, plan.made_on, decision.decided_on, "cessation_before_plan", words);
        let words = "notified before it was decided";
        found.order(about, decision.decided_on, decision.notified_on, "notified_before_decision", words);
    }
    let words = "the plan cannot cease before it was made";
    found.order(about, plan.made_on, plan.cessation.ceased_on(), "ceased_before_plan", words);
}
