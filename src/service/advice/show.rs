//! One request for advice in full: what was asked, what came back, how it was chased and what was found of it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::{AdviceView, JudgementView, advice_shown, detail_of, file_of, judgement_shown};
use crate::service::identity::{is_staff, known_and_now};
use crate::store::journal::{self, Details};

/// A request for advice, with what is beside the record of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceRequestView {
    /// As the case shows it.
    pub advice: AdviceView,
    /// What was asked. Null: nothing in particular.
    pub words: Option<String>,
    /// What came back, by day: the advice, or the answers in its place; again where it was sent back.
    pub returned: Vec<ReturnedView>,
    /// When it was chased, by day.
    pub chasers: Vec<ChaserView>,
    /// What was found of the advice, by day. For staff, and for others where it is shared.
    pub judgements: Vec<JudgementView>,
    /// What the answer was computed from.
    pub known: Known,
}

/// What a service sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReturnedAdvice)]
pub struct ReturnedView {
    /// What was answered.
    pub answer: AdviceAnswer,
    /// The day it came.
    pub on: Option<NaiveDate>,
    /// The advice or its summary; for another answer, why. Null for those who may not read it, and where there is none.
    pub words: Option<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The document it came as, under `/v1/cases/{caseId}/documents`; who may read it is said there. Null: none was named.
    pub document: Option<DocumentId>,
}

/// That somebody was reminded of the advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceChaser)]
pub struct ChaserView {
    /// The day.
    pub on: Option<NaiveDate>,
    /// How.
    pub means: ChaserMeans,
}

/// One request for advice. Outside the authority everybody who sees the case sees it; what came back is for those who may read it,
/// and always for whoever was asked.
pub fn show(tx: &mut Tx<'_>, id: CaseId, advice: AdviceId, as_of: Option<AsOf>) -> Result<AdviceRequestView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, None, Details::Advice)?;
    let child = stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))?;
    let (stored, _) = known_and_now(stored, child, known.position);
    let case = Case::of(&file_of(&stored)?, id).ok_or(Error::NotFound("case"))?;
    let asked =
        case.advice.iter().find(|one| one.id == advice && one.reused.is_none()).ok_or(Error::NotFound("advice_request"))?;
    let (staff, reader) = (is_staff(tx), tx.permit().reads_as());
    let own = tx.permit().caller().organisation.as_ref().is_some_and(|organisation| asked.is_of(organisation));
    let may_read = |visibility: Visibility| own || reader.is_some_and(|reader| visibility.seen_by(reader));
    let words = |event| detail_of(&stored, event).and_then(|detail| detail.words.clone());
    Ok(AdviceRequestView {
        advice: advice_shown(asked, reader, &|event| detail_of(&stored, event)?.name.clone()),
        words: words(asked.event).filter(|_| staff || own),
        returned: asked
            .answers
            .iter()
            .map(|one| ReturnedView {
                answer: one.answer,
                on: one.on,
                words: words(one.event).filter(|_| may_read(one.visibility)),
                visibility: one.visibility,
                document: one.document.filter(|_| may_read(one.visibility)),
            })
            .collect(),
        chasers: asked.chasers.iter().map(|one| ChaserView { on: one.on, means: one.means }).collect(),
        judgements: asked
            .judgements
            .iter()
            .filter(|one| reader.is_some_and(|reader| one.visibility.seen_by(reader)))
            .map(|one| judgement_shown(one, words(one.event)))
            .collect(),
        known,
    })
}
