//! A request for advice as a case shows it: how far it is, and who has it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::law::AdviceGiver;
use crate::record::*;

/// One request for advice, or existing advice in its place.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceView {
    /// Its id.
    pub id: AdviceId,
    /// Who was asked.
    pub giver: AdviceGiver,
    /// Which kind of service, where `giver` leaves that open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub specialism: Option<Specialism>,
    /// Their organisation.
    pub organisation: Option<Organisation>,
    /// The day it was asked for. Null for existing advice.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request: its six weeks run from here.
    pub received_on: Option<NaiveDate>,
    /// The day the advice came back. Null: awaited, also when something else was answered.
    pub returned_on: Option<NaiveDate>,
    /// Every answer, by day. Only `given` is advice for the law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerView>,
    /// Why it is late, by day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delays: Vec<AdviceDelayView>,
    /// How often it was chased, and when last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chased: Option<ChasedView>,
    /// Who writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allocated_to: Option<AllocationView>,
    /// The days on which the child was seen for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visited_on: Vec<NaiveDate>,
    /// Who signed it off, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub signed_off: Option<SignOffView>,
    /// How good it was found, last. For staff, and for others where it is shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub judged: Option<JudgementView>,
    /// Since when it is with its giver again, to be made good. The six weeks stay met.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sent_back_on: Option<NaiveDate>,
    /// For existing advice in the place of new: its day, and who agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reused: Option<ReuseView>,
}

/// An answer to a request for advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReturnedAnswer)]
pub struct AnswerView {
    /// What was answered.
    pub answer: AdviceAnswer,
    /// The day it came.
    pub on: Option<NaiveDate>,
}

/// How often a request for advice was chased.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Chased)]
pub struct ChasedView {
    /// How often.
    #[schema(example = 2)]
    pub times: u32,
    /// When last.
    pub last_on: Option<NaiveDate>,
    /// How the last time.
    pub last_by: ChaserMeans,
}

/// What a case worker found of advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceJudged)]
pub struct JudgementView {
    /// The day.
    pub on: Option<NaiveDate>,
    /// How good it is.
    pub judgement: AdviceJudgement,
    /// What it lacks.
    pub unmet: Vec<AdviceCriterion>,
    /// Whether it went back to its giver.
    pub sent_back: bool,
    /// Who may read this.
    pub visibility: Visibility,
    /// Why; where the request for advice is shown by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reasons: Option<String>,
}

/// Why advice is late, as it was said on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceDelay)]
pub struct AdviceDelayView {
    /// Why.
    pub reason: DelayReason,
    /// The day it was said.
    pub on: Option<NaiveDate>,
    /// When the advice was expected then.
    pub expected_on: Option<NaiveDate>,
}

/// Who writes the advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceAllocation)]
pub struct AllocationView {
    /// Their name; null when erased.
    pub name: Option<String>,
    /// Employed by the service that was asked, or a locum.
    pub employment: Employment,
    /// Their organisation, where it is not the one that was asked.
    pub organisation: Option<Organisation>,
    /// Since when.
    pub on: Option<NaiveDate>,
    /// The day on which they are, or were, to see the child.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub visit_on: Option<NaiveDate>,
}

/// Who signed the advice off.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceSignOff)]
pub struct SignOffView {
    /// Their name; null when erased.
    pub name: Option<String>,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// Existing advice, and who agreed that it is sufficient (SEND Regulations 2014, reg. 6(4)).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReusedAdvice)]
pub struct ReuseView {
    /// The day of the existing advice.
    pub advice_of: NaiveDate,
    /// The day it was taken up.
    pub on: Option<NaiveDate>,
    /// The day whoever gave it agreed.
    pub giver_agreed_on: Option<NaiveDate>,
    /// The day the authority agreed.
    pub authority_agreed_on: Option<NaiveDate>,
    /// The day the child's parent or the young person agreed.
    pub family_agreed_on: Option<NaiveDate>,
}

/// A judgement as shown.
pub(in crate::service) fn judgement_shown(judged: &Judged, reasons: Option<String>) -> JudgementView {
    JudgementView {
        on: judged.on,
        judgement: judged.judgement,
        unmet: judged.unmet.clone(),
        sent_back: judged.sent_back,
        visibility: judged.visibility,
        reasons,
    }
}

/// The advice as a reader is shown it; `name_in` finds the professional an entry names.
pub(in crate::service) fn shown(
    advice: &Advice,
    reader: Option<Reader>,
    name_in: &impl Fn(EventId) -> Option<String>,
) -> AdviceView {
    let may_read = |judged: &&Judged| reader.is_some_and(|reader| judged.visibility.seen_by(reader));
    AdviceView {
        id: advice.id,
        giver: advice.giver,
        specialism: advice.specialism,
        organisation: advice.organisation.clone(),
        requested_on: advice.requested_on,
        received_on: advice.received_on,
        returned_on: advice.returned_on(),
        answers: advice.answers.iter().map(|a| AnswerView { answer: a.answer, on: a.on }).collect(),
        delays: advice
            .delays
            .iter()
            .map(|d| AdviceDelayView { reason: d.reason, on: d.on, expected_on: d.expected_on })
            .collect(),
        chased: advice.chasers.last().map(|last| ChasedView {
            times: u32::try_from(advice.chasers.len()).unwrap_or(u32::MAX),
            last_on: last.on,
            last_by: last.means,
        }),
        allocated_to: advice.allocations.last().map(|a| AllocationView {
            name: name_in(a.event),
            employment: a.employment,
            organisation: a.organisation.clone(),
            on: a.on,
            visit_on: a.visit_on,
        }),
        visited_on: advice.visited_on.clone(),
        signed_off: advice.signed_off.as_ref().map(|s| SignOffView { name: name_in(s.event), on: s.on }),
        judged: advice.judgements.iter().rev().find(may_read).map(|judged| judgement_shown(judged, None)),
        sent_back_on: advice.sent_back_on(),
        reused: advice.reused.map(|r| ReuseView {
            advice_of: r.advice_of,
            on: r.on,
            giver_agreed_on: r.giver_agreed_on,
            authority_agreed_on: r.authority_agreed_on,
            family_agreed_on: r.family_agreed_on,
        }),
    }
}
