//! Claims of exceptions and letters about delays, as a case shows them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::record::*;

/// An exception claimed. It excuses a limit that was missed; it never moves one.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClaimedException)]
pub struct ExceptionView {
    /// The claim's id, for `/v1/cases/{caseId}/exceptions/{exceptionId}`.
    pub id: EventId,
    /// The paragraph, as the register of law names it.
    #[schema(example = "X10.4c")]
    pub paragraph: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Whether its terms are met, so that it excuses something unless it was withdrawn; `/exceptions` says what, and why.
    pub terms_met: bool,
    /// Whether the family was told.
    pub told: bool,
    /// Whether the claim was withdrawn: it excuses nothing any more.
    pub withdrawn: bool,
}

/// A letter to the family about a delay.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DelayLetter)]
pub struct DelayLetterView {
    /// The entry that recorded it.
    pub id: EventId,
    /// Why.
    pub reason: DelayReason,
    /// The advice awaited, if it is advice.
    pub advice: Option<AdviceId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day by which the family was told to expect what is late.
    pub expected_by: NaiveDate,
    /// Why, as the letter says. For staff and the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub why: Option<String>,
    /// What is awaited, as the letter says. For staff and the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub awaited: Option<String>,
}

/// The claims of a case as shown.
pub(super) fn exceptions(file: &File, case: &Case) -> Vec<ExceptionView> {
    if case.exceptions.is_empty() {
        return Vec::new();
    }
    let facts = facts(file, case.id);
    let shown = |claim: &Exception| ExceptionView {
        id: claim.event,
        paragraph: claim.paragraph.clone(),
        from: claim.from,
        to: claim.to,
        terms_met: claim.terms(&case.advice, &facts).are_met(),
        told: claim.told.is_some(),
        withdrawn: claim.withdrawn.is_some(),
    };
    case.exceptions.iter().map(shown).collect()
}

/// A letter as shown; the detail is that of its entry, for whoever may read it.
pub(super) fn delay_letter(letter: &DelayLetter, detail: Option<&Detail>) -> DelayLetterView {
    DelayLetterView {
        id: letter.event,
        reason: letter.reason,
        advice: letter.advice,
        sent_on: letter.sent_on,
        expected_by: letter.expected_by,
        why: detail.and_then(|d| d.words.clone()),
        awaited: detail.and_then(|d| d.awaited.clone()),
    }
}
