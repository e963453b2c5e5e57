//! Reviews of a plan: its day, the views given for it, the meeting, its report, what the authority decided, and the notice of it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::decisions::officer;
use super::family_views::as_themselves;
use super::plans::open_plan;
use super::recording::dated;
use super::recording::{Loaded, Receipt, Step, not_future, record};
use super::representations::received;
use super::{Error, must_match, wrong};
use crate::access::Role;
use crate::db::Tx;
use crate::record::*;

/// Sets the day of a review's meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"meetingOn": "2027-02-02"}))]
pub struct PlanReview {
    /// The day on which the meeting is to be held: today or later.
    pub meeting_on: NaiveDate,
}

/// Records the day on which the meeting of the next review is to be held; where one was set already, it moves.
pub fn plan_meeting(tx: &mut Tx<'_>, plan: PlanId, body: &PlanReview) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    if body.meeting_on < tx.today() {
        return Err(wrong("/meetingOn", "has_passed", "Has passed: record the meeting that was held."));
    }
    let planned = Plan::of(&loaded.file, plan).and_then(|plan| plan.planned_review().map(|review| review.id));
    let review = planned.unwrap_or_else(|| tx.new_id());
    let step = dated(tx, "", None, Fact::ReviewMeetingPlanned { plan, review, meets_on: body.meeting_on })?;
    record(tx, loaded, Action::PlanReview, case, review.0, vec![step], &[])
}

/// Gives views for a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"whose": "setting", "words": "Amira joins in with two friends now; the outcome for speech is nearly met."}))]
pub struct GiveReviewViews {
    /// Whose views: the `setting`'s own, or the `parent`'s, the `child`'s or the `young_person`'s as they told them.
    pub whose: Voice,
    /// The views.
    #[schema(min_length = 1, max_length = 50_000)]
    pub words: String,
    /// The day they were given; today unless told. A family's own are given today.
    pub on: Option<NaiveDate>,
}

/// Records views given for a review.
pub fn give_views(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &GiveReviewViews) -> Result<Receipt, Error> {
    let (loaded, case) = open_review(tx, plan, review)?;
    let on = received(tx, body.on)?;
    let permit = tx.permit();
    let organisation = permit.caller().organisation.clone().filter(|_| permit.acts_as(Role::School));
    let account = permit.acts_as(Role::Family).then(|| permit.caller().subject.clone());
    if account.is_some() {
        as_themselves(tx, &loaded.file, body.whose)?;
    }
    let given = Fact::ReviewViewsGiven { plan, review, whose: body.whose, account, organisation };
    let step = Step::on(tx, on, given).words(Some(body.words.clone()));
    record(tx, loaded, Action::GiveReviewViews, case, review.0, vec![step], &[])
}

/// Whether the caller may read views given for a review: staff all, a family member and a setting their own.
pub fn may_read(tx: &Tx<'_>, account: Option<&str>, organisation: Option<&Organisation>) -> bool {
    let permit = tx.permit();
    let own = permit.acts_as(Role::School) && organisation.is_some() && permit.caller().organisation.as_ref() == organisation;
    own || super::representations::may_read(tx, account)
}

/// Records the meeting of a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"meetingOn": "2027-02-02"}))]
pub struct HoldReview {
    /// The day of the meeting; today unless told.
    pub meeting_on: Option<NaiveDate>,
    /// The day its report was sent to everyone invited, if that is done already.
    pub report_on: Option<NaiveDate>,
}

/// Records that the meeting of a review was held.
pub fn hold(tx: &mut Tx<'_>, plan: PlanId, body: &HoldReview) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    // The meeting that is held is the one whose day was set.
    let planned = Plan::of(&loaded.file, plan).and_then(|plan| plan.planned_review().map(|review| review.id));
    let review = planned.unwrap_or_else(|| tx.new_id());
    let mut steps = vec![dated(tx, "/meetingOn", body.meeting_on, Fact::ReviewMeetingHeld { plan, review })?];
    if let Some(day) = body.report_on {
        let day = not_future(tx, "/reportOn", day)?;
        steps.push(Step::on(tx, day, Fact::ReviewReportSent { plan, review }));
    }
    record(tx, loaded, Action::HoldReviewMeeting, case, review.0, steps, &[])
}

/// Records that the report of a review was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reportOn": "2027-02-12"}))]
pub struct SendReviewReport {
    /// The day; today unless told.
    pub report_on: Option<NaiveDate>,
    /// The report, or its summary.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
}

/// Records that the report was sent to everyone invited.
pub fn send_report(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &SendReviewReport) -> Result<Receipt, Error> {
    let (loaded, case) = open_review(tx, plan, review)?;
    let step = dated(tx, "/reportOn", body.report_on, Fact::ReviewReportSent { plan, review })?.words(body.words.clone());
    record(tx, loaded, Action::SendReviewReport, case, review.0, vec![step], &[])
}

/// Decides what follows from a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "maintain", "reasons": "Progress against each outcome is as hoped.", "notifiedOn": "2027-02-26"}))]
pub struct DecideReview {
    /// What was decided.
    pub outcome: ReviewOutcome,
    /// The reasons.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// Of a decision to amend: the amendments proposed. The notice to the family tells them, and must go with the decision (R (L, M
    /// and P) v Devon County Council 2022, EWHC 493 (Admin)).
    #[schema(max_length = 50_000)]
    pub proposed_amendments: Option<String>,
    /// The officer who decided; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day it was decided; today unless told.
    pub decided_on: Option<NaiveDate>,
    /// The day the family and the setting were notified, if that is done already. The review is concluded then.
    pub notified_on: Option<NaiveDate>,
}

/// Records the decision, and the notification if it is given.
pub fn decide(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &DecideReview, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_review(tx, plan, review)?;
    must_match(&loaded.file, read)?;
    let fact = Fact::ReviewDecided { plan, review, outcome: body.outcome, officer };
    let mut step = dated(tx, "/decidedOn", body.decided_on, fact)?.words(Some(body.reasons.clone()));
    step.detail.proposed_amendments = body.proposed_amendments.clone();
    let mut steps = vec![step];
    if let Some(day) = body.notified_on {
        let day = not_future(tx, "/notifiedOn", day)?;
        steps.push(Step::on(tx, day, Fact::ReviewDecisionNotified { plan, review }));
    }
    record(tx, loaded, Action::DecideReview, case, review.0, steps, &[])
}

/// Records that the family and the setting were notified.
pub fn notify(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, notified_on: Option<NaiveDate>) -> Result<Receipt, Error> {
    let (loaded, case) = open_review(tx, plan, review)?;
    let step = dated(tx, "/notifiedOn", notified_on, Fact::ReviewDecisionNotified { plan, review })?;
    record(tx, loaded, Action::NotifyReviewDecision, case, review.0, vec![step], &[])
}

fn open_review(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId) -> Result<(Loaded, CaseId), Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let known = Plan::of(&loaded.file, plan).is_some_and(|p| p.reviews.iter().any(|r| r.id == review));
    if known { Ok((loaded, case)) } else { Err(Error::NotFound("review")) }
}
