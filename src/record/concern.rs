//! What should not be: steps that can be recorded because they happened, although the law says otherwise.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::case::Case;
use super::fact::{AssessmentOutcome, PlanOutcome};
use super::file::File;
use super::refusal::Concern;
use crate::law::Citation;

/// A draft or final plan stands although no decision to assess does.
const NEEDS_ASSESSMENT: Citation =
    Citation::new("Children and Families Act 2014, s.37(1)", "https://www.legislation.gov.uk/ukpga/2014/6/section/37");
/// A draft must not name or describe a setting.
const DRAFT_WITHOUT_PLACEMENT: Citation =
    Citation::new("Children and Families Act 2014, s.38(5)", "https://www.legislation.gov.uk/ukpga/2014/6/section/38");
/// The family has at least fifteen days from service.
const FIFTEEN_DAYS: Citation =
    Citation::new("SEND Regulations 2014, reg. 13(1)(a)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13");
/// Advice is sought where an assessment is being secured.
const ADVICE: Citation =
    Citation::new("SEND Regulations 2014, reg. 6(1)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/6");

/// A concern and the thing it is about.
pub type Finding = (Uuid, Concern);

/// Every concern in the file.
pub fn findings(file: &File) -> Vec<Finding> {
    let mut found = Vec::new();
    for case in file.cases().filter_map(|id| Case::of(file, id)) {
        in_case(&case, &mut found);
    }
    found
}

fn in_case(case: &Case, found: &mut Vec<Finding>) {
    let mut add = |concern, words: String, citation| found.push((case.id.0, Concern { concern, words, citation }));
    let assessed = case.assessment.as_ref().is_some_and(|d| d.outcome == AssessmentOutcome::Assess);
    let planned = case.plan_decision.as_ref().is_some_and(|d| d.outcome == PlanOutcome::Issue);

    if !assessed && (planned || !case.drafts.is_empty() || case.final_plan.is_some()) {
        add(
            "plan_without_assessment",
            "A plan is made in the light of an assessment, and no decision to assess is recorded.".into(),
            NEEDS_ASSESSMENT,
        );
    }
    if case.drafts.iter().any(|draft| draft.names_placement) {
        add(
            "draft_names_placement",
            "A draft plan leaves section I blank, so that the family can say which setting they ask for.".into(),
            DRAFT_WITHOUT_PLACEMENT,
        );
    }
    if !assessed && !case.advice.is_empty() {
        add(
            "advice_without_assessment",
            "Advice is asked for once the authority has decided to assess, and no such decision is recorded.".into(),
            ADVICE,
        );
    }
    if let Some(decision) = &case.plan_decision
        && !case.advice.iter().any(|a| known_by(a.returned_on, decision.decided_on))
    {
        add(
            "plan_decided_without_advice",
            "The decision whether to make a plan rests on the advice obtained, and none had come back by then.".into(),
            ADVICE,
        );
    }
    if let Some((allowed, sent)) = response_time(case)
        && sent < allowed
    {
        add(
            "final_plan_before_response_time",
            format!(
                "The family has at least fifteen days from the day the draft is served; a final plan can follow from {}.",
                words(allowed)
            ),
            FIFTEEN_DAYS,
        );
    }
}

/// The first day on which the final plan could follow the last draft before it, and the day it did.
fn response_time(case: &Case) -> Option<(NaiveDate, NaiveDate)> {
    let sent = case.final_plan.as_ref()?.sent_on?;
    let served = case.drafts.iter().filter_map(|d| d.served_on).filter(|day| *day <= sent).max()?;
    Some((served.checked_add_days(Days::new(15))?, sent))
}

fn known_by(happened: Option<NaiveDate>, by: Option<NaiveDate>) -> bool {
    match (happened, by) {
        (Some(happened), Some(by)) => happened <= by,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
