//! Before the meeting of a review: its day, who was invited, what was sent round, and the day that was missed.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{convener, open_review};
use crate::db::Tx;
use crate::record::*;
use crate::service::plans::open_plan;
use crate::service::recording::{Acknowledge, Receipt, Step, dated, record};
use crate::service::{Error, wrong};

/// Sets the day of a review's meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"meetingOn": "2027-02-02", "purposes": ["annual"]}))]
pub struct PlanReview {
    /// The day on which the meeting is to be held, or was to be, where that is recorded afterwards.
    pub meeting_on: NaiveDate,
    /// Why the review is held. A review that serves two duties has both, such as `annual` and `phase_transfer`. Unless told, what was
    /// told before holds; the first time it is `annual`.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub purposes: Vec<ReviewPurpose>,
    /// Why it is held early, or as an emergency: needed for these unless `request` says which request it follows.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
    /// Who arranges and holds the meeting. Unless told it follows the type of the setting that the plan names. A setting that can only be
    /// asked, such as a college, recorded as `setting_required` comes back as a concern to acknowledge.
    pub convened_by: Option<Convener>,
    /// The request for a review that it follows.
    pub request: Option<ReviewRequestId>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records the day on which the meeting of the next review is to be held; where one was set already, it moves.
pub fn plan_meeting(tx: &mut Tx<'_>, plan: PlanId, body: &PlanReview) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let of = Plan::of(&loaded.file, plan).ok_or(Error::NotFound("plan"))?;
    let known = of.planned_review();
    let reason = body.reason.clone().filter(|reason| !reason.trim().is_empty());
    if reason.is_none() && body.request.is_none() && body.purposes.iter().any(|purpose| purpose.needs_a_reason()) {
        return Err(wrong("/reason", "reason_missing", "Say why the review is held early, or as an emergency."));
    }
    if body.request.is_some_and(|asked| !ReviewRequest::all(&loaded.file, plan).iter().any(|known| known.id == asked)) {
        return Err(wrong("/request", "unknown_request", "Is no request for a review of this plan."));
    }
    let purposes = purposes(&body.purposes, known);
    let (convened_by, setting_type) = convener(tx, &of, body.convened_by, known)?;
    let review = known.map_or_else(|| tx.new_id(), |known| known.id);
    let (meets_on, request) = (body.meeting_on, body.request);
    let planned = Fact::ReviewMeetingPlanned { plan, review, meets_on, purposes, convened_by, setting_type, request };
    let step = dated(tx, "", None, planned)?.words(reason);
    record(tx, loaded, Action::PlanReview, case, review.0, vec![step], &body.acknowledge)
}

/// Why a review is held: as told, each once; yearly, where nothing was told before.
pub(super) fn purposes(told: &[ReviewPurpose], known: Option<&Review>) -> Vec<ReviewPurpose> {
    let mut purposes = told.to_vec();
    purposes.sort_unstable();
    purposes.dedup();
    if purposes.is_empty() && known.is_none_or(|review| review.purposes.is_empty()) {
        purposes.push(ReviewPurpose::Annual);
    }
    purposes
}

/// Records that a review's invitations were sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"to": ["family", "setting", "health", "social_care", "authority"], "sentOn": "2027-01-12"}))]
pub struct SendInvitations {
    /// Who was invited by them.
    #[schema(min_items = 1, max_items = 6)]
    pub to: Vec<ReviewParty>,
    /// The day; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Records that they were sent.
pub fn send_invitations(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &SendInvitations) -> Result<Receipt, Error> {
    let fact = Fact::ReviewInvitationsSent { plan, review, to: body.to.clone() };
    send_round(tx, Action::SendReviewInvitations, (plan, review), body.sent_on, fact)
}

/// Records that the papers for a review's meeting were sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"to": ["family", "health", "social_care", "authority"], "sentOn": "2027-01-19"}))]
pub struct SendPapers {
    /// To whom they went.
    #[schema(min_items = 1, max_items = 6)]
    pub to: Vec<ReviewParty>,
    /// The day; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Records that they were sent.
pub fn send_papers(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &SendPapers) -> Result<Receipt, Error> {
    let fact = Fact::ReviewPapersSent { plan, review, to: body.to.clone() };
    send_round(tx, Action::SendReviewPapers, (plan, review), body.sent_on, fact)
}

fn send_round(
    tx: &mut Tx<'_>,
    action: Action,
    (plan, review): (PlanId, ReviewId),
    sent_on: Option<NaiveDate>,
    fact: Fact,
) -> Result<Receipt, Error> {
    let (loaded, case, _) = open_review(tx, plan, review)?;
    let step = dated(tx, "/sentOn", sent_on, fact)?;
    record(tx, loaded, action, case, review.0, vec![step], &[])
}

/// Records that a review's meeting was not held on its day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"because": "family_away", "words": "Amira's mother was in hospital.", "rearrangedFor": "2027-12-01"}))]
pub struct MissReview {
    /// Why.
    pub because: MissedBecause,
    /// More of why; needed where `because` is `other`.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
    /// The day it was to be held on; the one that was set, unless told.
    pub missed_on: Option<NaiveDate>,
    /// The day that was set in its place. It can also be set afterwards.
    pub rearranged_for: Option<NaiveDate>,
}

/// Records that the meeting was not held, and the day set in its place.
pub fn miss(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &MissReview) -> Result<Receipt, Error> {
    let (loaded, case, known) = open_review(tx, plan, review)?;
    let words = body.words.clone().filter(|words| !words.trim().is_empty());
    if body.because == MissedBecause::Other && words.is_none() {
        return Err(wrong("/words", "words_missing", "Say why the meeting was not held."));
    }
    let day = body.missed_on.or(known.meets_on);
    let missed = Fact::ReviewMeetingMissed { plan, review, because: body.because };
    let mut steps = vec![dated(tx, "/missedOn", day, missed)?.words(words)];
    if let Some(meets_on) = body.rearranged_for {
        steps.push(Step::on(tx, tx.today(), Fact::review_meeting_planned(plan, review, meets_on)));
    }
    record(tx, loaded, Action::RecordMissedReview, case, review.0, steps, &[])
}
