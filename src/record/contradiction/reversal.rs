//! What cannot be a reversal: of what was not refused, or by a mediation or an appeal that is not there.

use super::Found;
use crate::record::reversal::Reversal;
use crate::record::{AssessmentOutcome, Case, Fact, File, PlanOutcome, Refused};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    for reversal in &case.reversals {
        let about = case.id.0;
        match refused_on(case, reversal.about) {
            None => found.add(about, "nothing_refused", "no such refusal stands that could be reversed"),
            Some(decided) => {
                found.order(about, decided, reversal.on, "reversed_before_refusal", "reversed before it was refused");
            }
        }
        if reversal.by.takes_mediation() && !went_before(file, case, reversal) {
            let words = "no mediation about the refusal stands that was held by then; record the meeting first";
            found.add(about, "no_mediation", words);
        }
        if reversal.by.takes_appeal() && !went_before(file, case, reversal) {
            let words = "no appeal against the refusal stands that was registered by then; record the appeal first";
            found.add(about, "no_appeal", words);
        }
    }
}

/// The day it was refused, where a refusal stands; the inner option is an unknown day.
fn refused_on(case: &Case, about: Refused) -> Option<Option<chrono::NaiveDate>> {
    match about {
        Refused::RefusalToAssess => {
            case.assessment.as_ref().filter(|d| d.outcome == AssessmentOutcome::Refuse).map(|d| d.decided_on)
        }
        Refused::NoPlan => case.plan_decision.as_ref().filter(|d| d.outcome == PlanOutcome::NoPlan).map(|d| d.decided_on),
    }
}

/// Whether the mediation or the appeal that it takes stands, and not after it.
fn went_before(file: &File, case: &Case, reversal: &Reversal) -> bool {
    let matter = reversal.about.matter();
    file.of_case(case.id).any(|s| {
        let leads_there = match s.fact {
            Fact::MediationHeld { about, .. } => reversal.by.takes_mediation() && about == matter,
            Fact::AppealRegistered { about, .. } => reversal.by.takes_appeal() && about == matter,
            _ => false,
        };
        leads_there && !matches!((s.day(), reversal.on), (Some(before), Some(on)) if before > on)
    })
}
