//! Is the assessment made in the order the law asks for?

use chrono::NaiveDate;

use super::Found;
use crate::law::Citation;
use crate::record::Case;

/// A draft or final plan stands although no decision to assess does.
const NEEDS_ASSESSMENT: Citation =
    Citation::new("Children and Families Act 2014, s.37(1)", "https://www.legislation.gov.uk/ukpga/2014/6/section/37");
/// Advice is sought where an assessment is being secured.
const ADVICE: Citation =
    Citation::new("SEND Regulations 2014, reg. 6(1)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/6");

pub(super) fn look_at(case: &Case, found: &mut Found) {
    let assessed = case.assesses();
    let planned = case.plans();

    if !assessed && (planned || !case.drafts.is_empty() || case.plan_sent().is_some()) {
        found.add(
            case.id.0,
            "plan_without_assessment",
            "A plan is made in the light of an assessment, and no decision to assess is recorded.",
            NEEDS_ASSESSMENT,
        );
    }
    if !assessed && case.advice.iter().any(|advice| advice.reused.is_none()) {
        found.add(
            case.id.0,
            "advice_without_assessment",
            "Advice is asked for once the authority has decided to assess, and no such decision is recorded.",
            ADVICE,
        );
    }
    if let Some(decision) = &case.plan_decision
        && !case.advice.iter().any(|a| known_by(a.there_from(), decision.decided_on))
    {
        found.add(
            case.id.0,
            "plan_decided_without_advice",
            "The decision whether to make a plan rests on the advice obtained, and none had come back by then.",
            ADVICE,
        );
    }
}

fn known_by(happened: Option<NaiveDate>, by: Option<NaiveDate>) -> bool {
    match (happened, by) {
        (Some(happened), Some(by)) => happened <= by,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
