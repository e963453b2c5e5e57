//! How good the advice is that came back, and whether it goes back to its giver.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_own;
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::{Receipt, dated, record};
use crate::service::{Error, wrong};

/// Judges advice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "judgement": "not_sufficient", "unmet": ["specific", "quantified"], "sentBack": true, "visibility": "shared",
    "reasons": "It asks for regular therapy and does not say how much, how often and by whom."
}))]
pub struct JudgeAdvice {
    /// How good it is.
    pub judgement: AdviceJudgement,
    /// What it lacks; needed unless it is sufficient.
    #[serde(default)]
    #[schema(max_items = 7)]
    pub unmet: Vec<AdviceCriterion>,
    /// Whether it goes back to its giver to be made good. The giver sees the child again until it comes back; the six weeks stay met.
    #[serde(default)]
    pub sent_back: bool,
    /// Who may read the judgement: `internal` unless told, or `shared`.
    #[serde(default)]
    pub visibility: Visibility,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub reasons: String,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records how good advice is.
///
/// # Errors
/// [`Error::Invalid`] for a judgement that does not agree with what it says is lacking.
pub fn judge(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &JudgeAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let sufficient = body.judgement == AdviceJudgement::Sufficient;
    if sufficient && body.sent_back {
        return Err(wrong("/sentBack", "nothing_to_make_good", "Advice that is sufficient is not sent back."));
    }
    if sufficient != body.unmet.is_empty() {
        let words = "Say what the advice lacks, unless it is sufficient; then it lacks nothing.";
        return Err(wrong("/unmet", "does_not_agree", words));
    }
    if !matches!(body.visibility, Visibility::Internal | Visibility::Shared) {
        return Err(wrong("/visibility", "not_of_a_judgement", "A judgement is internal or shared."));
    }
    let mut unmet = body.unmet.clone();
    unmet.sort();
    unmet.dedup();
    let (judgement, sent_back, visibility) = (body.judgement, body.sent_back, body.visibility);
    let fact = Fact::AdviceJudged { case, advice, judgement, unmet, sent_back, visibility };
    let step = dated(tx, "/on", body.on, fact)?.words(Some(body.reasons.clone()));
    record(tx, loaded, Action::JudgeAdvice, case, advice.0, vec![step], &[])
}
