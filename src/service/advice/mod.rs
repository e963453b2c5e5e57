//! Advice: whom it is asked of, when the body received the request, and what it answered.

mod existing;
mod quality;
mod show;
mod writing;

pub use existing::ReuseAdvice;
pub use existing::reuse;
pub use quality::*;
pub use show::*;
pub use writing::*;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::recording::{Acknowledge, Loaded, Receipt, Step, dated, not_future, open_case, record};
use super::{Error, wrong};
use crate::access::Reach;
use crate::db::Tx;
use crate::law::AdviceGiver;
use crate::record::*;

/// Asks for advice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"giver": "psychology", "organisation": "local:ep-service", "requestedOn": "2026-02-16", "receivedOn": "2026-02-17"}))]
pub struct RequestAdvice {
    /// Who is asked.
    pub giver: AdviceGiver,
    /// For `health` and `other`: which kind of service is meant.
    pub specialism: Option<Specialism>,
    /// Their organisation; it sees the child while it is asked.
    pub organisation: Option<Organisation>,
    /// What is asked, as the service is to read it; for `other`, also who it is.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
    /// The day it was asked for; today unless told.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request, if known already: its six weeks run from there.
    pub received_on: Option<NaiveDate>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that advice was asked for.
pub fn request(tx: &mut Tx<'_>, case: CaseId, body: &RequestAdvice) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let advice: AdviceId = tx.new_id();
    if body.specialism.is_some() && !matches!(body.giver, AdviceGiver::Health | AdviceGiver::Other) {
        return Err(wrong("/specialism", "giver_says_it", "Is for `health` and `other`: the rest say themselves who they are."));
    }
    let (organisation, specialism) = (body.organisation.clone(), body.specialism);
    let fact = Fact::AdviceRequested { case, advice, giver: body.giver, organisation, specialism };
    let mut steps = vec![dated(tx, "/requestedOn", body.requested_on, fact)?.words(body.words.clone())];
    if let Some(day) = body.received_on {
        let day = not_future(tx, "/receivedOn", day)?;
        steps.push(Step::on(tx, day, Fact::AdviceRequestReceived { case, advice }));
    }
    record(tx, loaded, Action::RequestAdvice, case, advice.0, steps, &body.acknowledge)
}

/// Says what became of a request for advice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"receivedOn": "2026-02-17"}))]
pub struct RecordAdvice {
    /// The day the body received the request.
    pub received_on: Option<NaiveDate>,
    /// The day the advice came back, or the answer in its place; today when only `answer` is told.
    pub returned_on: Option<NaiveDate>,
    /// What was answered; `given` unless told. Any other answer is a nil return: it is recorded, is no advice for the law, and the
    /// request can still be answered with advice later.
    pub answer: Option<AdviceAnswer>,
    /// The advice or its summary; for another answer, why.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
    /// Who may read it before it goes to the family with the draft plan: `internal`, so staff alone, unless told for a service and
    /// for staff; `shared` for a school. Whoever is asked may say `third_party` or `safeguarding`, so that it is not passed on.
    pub visibility: Option<Visibility>,
    /// The document of the case that the advice came as, filed before under `/v1/cases/{caseId}/documents`.
    pub document: Option<DocumentId>,
}

/// Records that the body received the request, or what it answered. An advice giver speaks of its own requests only.
pub fn record_advice(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId, body: &RecordAdvice) -> Result<Receipt, Error> {
    let loaded = open_own(tx, case, advice)?;
    let mut steps = Vec::new();
    if let Some(day) = body.received_on {
        let day = not_future(tx, "/receivedOn", day)?;
        steps.push(Step::on(tx, day, Fact::AdviceRequestReceived { case, advice }));
    }
    if let Some(day) = body.returned_on.or_else(|| body.answer.map(|_| tx.today())) {
        let day = not_future(tx, "/returnedOn", day)?;
        // Advice is what comes back unless something else is said, so only something else is.
        let answer = body.answer.filter(|answer| *answer != AdviceAnswer::Given);
        let visibility = Some(visibility(tx, body.visibility)?);
        let document = body.document;
        let filed =
            |of| loaded.file.of_case(case).any(|s| matches!(s.fact, Fact::DocumentFiled { document: id, .. } if id == of));
        if document.is_some_and(|document| !filed(document)) {
            return Err(wrong("/document", "unknown_document", "Is no document of this case."));
        }
        steps.push(
            Step::on(tx, day, Fact::AdviceReturned { case, advice, answer, visibility, document }).words(body.words.clone()),
        );
    }
    if steps.is_empty() {
        let words = "Say on which day the request was received, or what was answered, or both.";
        return Err(wrong("", "nothing_to_record", words));
    }
    record(tx, loaded, Action::RecordAdvice, case, advice.0, steps, &[])
}

/// Who may read what the caller brings in, as they said or as it is by default.
fn visibility(tx: &Tx<'_>, said: Option<Visibility>) -> Result<Visibility, Error> {
    let reader = tx.permit().reads_as().unwrap_or(Reader::AdviceGiver);
    let visibility = said.unwrap_or_else(|| Visibility::of_contribution(reader));
    if visibility.may_be_said_by(reader) {
        return Ok(visibility);
    }
    Err(wrong("/visibility", "not_yours_to_say", "Is for the authority's staff to say."))
}

/// Opens the file for a request for advice. To an advice giver only requests made to its organisation are there, and those that
/// somebody of its organisation is to answer.
fn open_own(tx: &mut Tx<'_>, case: CaseId, advice: AdviceId) -> Result<Loaded, Error> {
    let loaded = open_case(tx, case)?;
    let asked = loaded.case(case)?.advice.into_iter().find(|a| a.id == advice && a.reused.is_none());
    let permit = tx.permit();
    let own = |asked: &Advice| permit.caller().organisation.as_ref().is_some_and(|organisation| asked.is_of(organisation));
    match asked {
        Some(asked) if permit.reach() == Reach::Authority || own(&asked) => Ok(loaded),
        _ => Err(Error::NotFound("advice_request")),
    }
}
