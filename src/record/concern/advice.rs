//! Is the advice what the law asks for, and existing advice reused only as far as it allows?

use super::Found;
use crate::law::{AdviceGiver, Citation};
use crate::record::Case;

/// Advice is asked of each of those the regulation names.
const ADVICE: Citation =
    Citation::new("SEND Regulations 2014, reg. 6(1)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/6");
/// Advice (b) to (h) need not be sought where existing advice is sufficient, and its giver, the authority and the family agree so.
const REUSE: Citation =
    Citation::new("SEND Regulations 2014, reg. 6(4)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/6");

pub(super) fn look_at(case: &Case, found: &mut Found) {
    for advice in &case.advice {
        if let Some(reuse) = advice.reused {
            let missing = reuse.missing();
            if !missing.is_empty() {
                let words = format!(
                    "Existing advice takes the place of new only where its giver, the authority and the family agree that it is \
                     sufficient; not agreed: {}.",
                    missing.join(", ")
                );
                found.add(case.id.0, "reused_without_agreement", words, REUSE);
            }
            if advice.giver == AdviceGiver::Family {
                found.add(
                    case.id.0,
                    "family_not_asked",
                    "The family's own views are asked for in every assessment; only the advice of others can be spared.",
                    REUSE,
                );
            }
        }
        // What one asked of a service did not give, another of the same kind may have.
        let made_up_for = case.advice.iter().any(|other| other.giver == advice.giver && other.there_from().is_some());
        if let Some(answer) = advice.nil_return()
            && !made_up_for
        {
            let words = format!(
                "A service was asked and gave no advice ({}). That is not the advice an assessment rests on, and it stays owed.",
                answer.answer.words()
            );
            found.add(case.id.0, "nil_return", words, ADVICE);
        }
    }
}
