//! Is a review convened by whom the law has convene it, with everybody it wants there, and does it look at what it must?

use strum::VariantArray;

use super::Found;
use crate::law::Citation;
use crate::law::instruments::SEND_REGS_2014;
use crate::record::Plan;
use crate::record::review::{Convener, Review, ReviewParty, can_be_required};

pub(super) fn look_at(plan: &Plan, found: &mut Found) {
    for review in &plan.reviews {
        if review.convener == Some(Convener::SettingRequired) && review.setting_type.is_some_and(|kind| !can_be_required(kind)) {
            found.add(
                plan.case.0,
                "setting_cannot_be_required",
                "A setting of this type can be asked to hold the review meeting, not required to.",
                reg("20(12)"),
            );
        }
        let considered = review.report.as_ref().and_then(|report| report.pathways.as_ref());
        if review.looks_to_adulthood() && considered.is_some_and(Vec::is_empty) {
            found.add(
                plan.case.0,
                "adulthood_not_considered",
                "From Year 9 a review considers what is needed to prepare for adulthood and independent living.",
                reg("20(6)"),
            );
        }
        if let Some(missing) = not_invited(review) {
            let words = format!("A review begins with a meeting to which {missing} must be invited too.");
            found.add(plan.case.0, "not_all_invited", words, reg("20(2)"));
        }
    }
}

/// Whom the law wants invited and nobody did, of a meeting that was held and whose invitations are on the record.
fn not_invited(review: &Review) -> Option<String> {
    review.held?;
    let invited = review.invited();
    let convenes = |party| match review.convener {
        Some(Convener::Authority) => party == ReviewParty::Authority,
        Some(_) => party == ReviewParty::Setting,
        None => false,
    };
    let forgotten = |party: &&ReviewParty| party.must_be_invited() && !invited.contains(party) && !convenes(**party);
    let missing: Vec<_> = ReviewParty::VARIANTS.iter().filter(forgotten).map(|party| party.words()).collect();
    (!invited.is_empty() && !missing.is_empty()).then(|| missing.join(", "))
}

fn reg(paragraph: &'static str) -> Citation {
    SEND_REGS_2014.at(paragraph).cite()
}
