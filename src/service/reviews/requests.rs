//! Requests for a review before it is due, and what they are answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{may_read, speaker};
use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::service::cases::file_of;
use crate::service::decisions::officer;
use crate::service::plans::{open_plan, stored_with_case};
use crate::service::recording::{Receipt, Step, dated, record};
use crate::service::representations::received;
use crate::service::{Error, wrong};

/// Asks for a review before it is due.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "Amira has not gone to school since October half term."}))]
pub struct RequestReview {
    /// Why: what has changed.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// Who asks. Needed where staff record it; a school and a family ask for themselves.
    pub requested_by: Option<RequestedBy>,
    /// The day it was received; today unless told. A family's own is received today.
    pub on: Option<NaiveDate>,
}

/// Records that somebody asks for a review.
pub fn ask(tx: &mut Tx<'_>, plan: PlanId, body: &RequestReview) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let on = received(tx, body.on)?;
    let (account, organisation) = speaker(tx);
    let by = if tx.permit().acts_as(Role::Family) {
        let young = speaks_as_young_person(&loaded.file, &tx.permit().caller().subject);
        Some(if young { RequestedBy::YoungPerson } else { RequestedBy::Parent })
    } else if tx.permit().acts_as(Role::School) {
        body.requested_by.or(Some(RequestedBy::School))
    } else {
        body.requested_by
    };
    let by = by.ok_or_else(|| wrong("/requestedBy", "requester_missing", "Say who asks for the review."))?;
    let request: ReviewRequestId = tx.new_id();
    let asked = Fact::ReviewRequested { plan, request, by, account, organisation };
    let step = Step::on(tx, on, asked).words(Some(body.reasons.clone()));
    record(tx, loaded, Action::RequestReview, case, request.0, vec![step], &[])
}

/// Answers a request for a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"answer": "agreed", "reasons": "What the plan provides no longer reaches Amira."}))]
pub struct AnswerReviewRequest {
    /// Whether a review will be held early.
    pub answer: ReviewRequestAnswer,
    /// Why.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// The officer who answers; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day whoever asked was told; today unless told.
    pub answered_on: Option<NaiveDate>,
}

/// Records the answer.
pub fn answer(tx: &mut Tx<'_>, plan: PlanId, request: ReviewRequestId, body: &AnswerReviewRequest) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_plan(tx, plan)?;
    if !ReviewRequest::all(&loaded.file, plan).iter().any(|known| known.id == request) {
        return Err(Error::NotFound("review_request"));
    }
    let answered = Fact::ReviewRequestAnswered { plan, request, answer: body.answer, officer };
    let step = dated(tx, "/answeredOn", body.answered_on, answered)?.words(Some(body.reasons.clone()));
    record(tx, loaded, Action::AnswerReviewRequest, case, request.0, vec![step], &[])
}

/// A request for a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReviewRequest)]
pub struct ReviewRequestView {
    /// Its id.
    pub id: ReviewRequestId,
    /// Who asked.
    pub requested_by: RequestedBy,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// Why they ask: for staff and for whoever asked. Null: not the reader's, or erased.
    pub reasons: Option<String>,
    /// What they were answered. Null: nothing yet.
    pub answer: Option<ReviewRequestAnswer>,
    /// Why. Null: not answered yet, or as for `reasons`.
    pub answer_reasons: Option<String>,
    /// The day they were answered.
    pub answered_on: Option<NaiveDate>,
    /// The review that followed. Null: none.
    pub review: Option<ReviewId>,
}

/// The requests for a review of a plan, the earliest first.
pub fn list(tx: &mut Tx<'_>, plan: PlanId) -> Result<Vec<ReviewRequestView>, Error> {
    let (_, stored) = stored_with_case(tx, plan, None)?;
    let file = file_of(&stored)?;
    let reviews = Review::all(&file, plan);
    let words = |event: EventId| stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.words.clone();
    let view = |request: ReviewRequest| {
        let reads = may_read(tx, request.account.as_deref(), request.organisation.as_ref());
        let answer = request.answer.as_ref();
        ReviewRequestView {
            id: request.id,
            requested_by: request.by,
            received_on: request.received_on,
            reasons: words(request.event).filter(|_| reads),
            answer: answer.map(|given| given.answer),
            answer_reasons: answer.and_then(|given| words(given.event)).filter(|_| reads),
            answered_on: answer.and_then(|given| given.on),
            review: reviews.iter().find(|review| review.request == Some(request.id)).map(|review| review.id),
        }
    };
    Ok(ReviewRequest::all(&file, plan).into_iter().map(view).collect())
}
