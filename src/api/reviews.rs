//! `/v1/reviews` and `/v1/plans/{planId}/reviews`: what is due, the day, invitations, papers, views, the meeting, its report, the decision.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::page::{Cursor, Limit, Whole};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::record::{Action, Organisation, PlanId, ReviewId};
use crate::service::Receipt;
use crate::service::decisions::NotifyFamily;
use crate::service::reviews::due::{self, ReviewDue, ReviewFilter, ReviewNeeds, ReviewStanding};
use crate::service::reviews::{
    self, DecideReview, GiveReviewViews, HoldReview, MissReview, PlanReview, ReviewView, SendInvitations, SendPapers,
    SendReviewReport,
};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_reviews).service(hold_review).service(send_review_report);
    cfg.service(list_reviews_due).service(plan_review).service(give_review_views);
    cfg.service(send_review_invitations).service(send_review_papers).service(miss_review);
    cfg.service(decide_review).service(notify_review_decision);
}

/// Which reviews.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListReviewsDue {
    /// Only what needs this; repeated, any of these.
    #[serde(default)]
    #[param(inline)]
    needs: Vec<ReviewNeeds>,
    /// Only what stands in this way; repeated, in any of these.
    #[serde(default)]
    #[param(inline)]
    standing: Vec<ReviewStanding>,
    /// Only of plans that name this setting, by its id in `/v1/settings`.
    #[param(inline)]
    setting: Option<Organisation>,
    /// Only what is due on this day or later.
    due_from: Option<NaiveDate>,
    /// Only what is due before this day.
    due_before: Option<NaiveDate>,
    /// Only of children of whom anything was recorded, or who came into sight, since then: what `since` of the answer before said, or an
    /// instant (`2026-02-01T09:30:00Z`) to begin with.
    #[param(inline)]
    since: Option<SinceWhen>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List reviews due
///
/// What is still owed on the reviews of plans, the earliest first: the yearly review itself, the report of a meeting that was held (two
/// weeks), the authority's decision after it (four weeks). A plan is reviewed within twelve months of being made or last reviewed, and
/// the review is concluded by the authority's decision, so a school holds its meeting by `meetBy`. `standing` says of each whether it is
/// overdue, due this term, waiting on a report or waiting on a decision, and narrows the list to any of these: all four in one call with
/// `?standing=overdue&standing=due_this_term&standing=waiting_on_report&standing=waiting_on_decision`. Terms are those of `/v1/terms`;
/// asked for `due_this_term` where none is known it answers 400, `no_such_term`. Set a day with
/// `POST /v1/plans/{planId}/review-dates`. With `since` a system of your own keeps in step, as with `/v1/cases`; it is told then also
/// what is owed no longer. Staff see those of their authority, a school those of its pupils, a family its own.
#[utoipa::path(tag = "reviews", params(ListReviewsDue), responses(
    (status = 200, description = "A page of what is due.", body = Changes<ReviewDue>,
     example = json!(example::changes(example::review_due())))))]
#[get("/reviews")]
async fn list_reviews_due(asker: Asker, ValidQuery(query): ValidQuery<ListReviewsDue>) -> Result<Changes<ReviewDue>, Problem> {
    let ListReviewsDue { needs, standing, setting, due_from, due_before, since, limit, cursor } = query;
    let (after, since) = begins("reviews", since, cursor)?;
    let setting = setting.map(|setting| setting.as_str().to_owned());
    let filter = ReviewFilter { needs, standing, setting, due_from, due_before };
    let list = move |tx: &mut Tx<'_>| due::list(tx, &filter, after, limit.rows_to_read(), since);
    let (mark, known, rows) = asker.read(Ask::SeePlans, list).await?;
    Ok(Changes::of("reviews", limit, rows, mark, known, ReviewDue::place))
}

/// Set the day of a review
///
/// Says when the meeting of the plan's next review is to be held, and again when it moves; the review gets its id here, under which its
/// invitations, views, meeting and report are recorded. `purposes` says why it is held: one review can be the yearly one and that before
/// a change of phase; one held `early` or as an `emergency` needs a `reason`. Who convenes it follows the type of the setting the plan
/// names: the authority can require the head of a maintained school, an academy, a pupil referral unit, a non-maintained special school
/// or a school approved under section 41 to hold it, and can only ask others (SEND Regulations 2014, reg. 20(1) and (12)). Everyone
/// invited has at least two weeks' notice (reg. 20(3)). For case workers, and for the school that holds it.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, IdempotencyKey), request_body = PlanReview, responses(
    (status = 201, description = "Set; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/review-dates")]
async fn plan_review(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<PlanReview>,
) -> Result<Recorded, Problem> {
    asker.record(Action::PlanReview, key, body, move |tx, body| reviews::plan_meeting(tx, plan, body)).await
}

/// Record that the invitations to a review were sent
///
/// To the family, the setting, health, social care and the authority, at least two weeks before the meeting (SEND Regulations 2014,
/// reg. 20(2) and (3)). Invitations can go out in several letters: record each. If the meeting is held and the record knows of somebody
/// the law wants invited and nobody did, that comes back there as a concern. For case workers, and for the school that holds the review.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = SendInvitations, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/invitations")]
async fn send_review_invitations(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<SendInvitations>,
) -> Result<Recorded, Problem> {
    let send = move |tx: &mut Tx<'_>, body: &_| reviews::send_invitations(tx, plan, review, body);
    asker.record(Action::SendReviewInvitations, key, body, send).await
}

/// Record that the papers for a review were sent
///
/// The advice and information about the child that was gathered for the meeting goes to everyone invited at least two weeks before it
/// (SEND Regulations 2014, reg. 20(4)). For case workers, and for the school that holds the review.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = SendPapers, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/papers")]
async fn send_review_papers(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<SendPapers>,
) -> Result<Recorded, Problem> {
    let send = move |tx: &mut Tx<'_>, body: &_| reviews::send_papers(tx, plan, review, body);
    asker.record(Action::SendReviewPapers, key, body, send).await
}

/// Record that a review meeting was missed
///
/// The meeting was not held on its day: why, and the day that was set in its place, if one was. The review stays the same, and so do the
/// views given for it; its dates go on running. For case workers, and for the school that holds the review.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = MissReview, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/missed-meetings")]
async fn miss_review(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<MissReview>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RecordMissedReview, key, body, move |tx, body| reviews::miss(tx, plan, review, body)).await
}

/// Give views for a review
///
/// What the setting, the parent, the child or the young person thinks of the plan and the year: how far the outcomes are met, what should
/// change. Before the meeting or after it, as often as need be. A school gives its own and those told to it; a family member their own
/// and the child's, which other relatives do not read. For case workers, schools and families.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = GiveReviewViews, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/views")]
async fn give_review_views(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<GiveReviewViews>,
) -> Result<Recorded, Problem> {
    asker.record(Action::GiveReviewViews, key, body, move |tx, body| reviews::give_views(tx, plan, review, body)).await
}

/// List a plan's reviews
///
/// The earliest first. A plan is reviewed within twelve months of being made, and then within twelve months of the review
/// before (Children and Families Act 2014, s. 44(1)). Staff see those of their authority, a school those of its pupils, a
/// family its own.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>), responses(
    (status = 200, description = "Its reviews.", body = Whole<ReviewView>, example = json!(example::whole(example::review())))))]
#[get("/plans/{planId}/reviews")]
async fn list_reviews(asker: Asker, PathId(plan): PathId<PlanId>) -> Result<web::Json<Whole<ReviewView>>, Problem> {
    let data = asker.read(Ask::SeePlans, move |tx| reviews::list(tx, plan)).await?;
    Ok(web::Json(Whole { data }))
}

/// Record a review meeting
///
/// A review begins with a meeting of the family, the setting and whoever else was invited (SEND Regulations 2014, reg. 20(1)).
/// From the meeting run two weeks for the report (reg. 20(9)) and four for the decision (reg. 20(10)). Tell who came and how the child
/// or young person had part in it. Where a day was set, it is that review; otherwise the review gets its id here. For case workers, and
/// for the school that held it.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, IdempotencyKey), request_body = HoldReview, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews")]
async fn hold_review(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    key: IdempotencyKey,
    body: ValidJson<HoldReview>,
) -> Result<Recorded, Problem> {
    asker.record(Action::HoldReviewMeeting, key, body, move |tx, body| reviews::hold(tx, plan, body)).await
}

/// Record that the report of a review was sent
///
/// The report goes to everyone invited within two weeks of the meeting (SEND Regulations 2014, reg. 20(9)). It tells the progress
/// towards each outcome of the plan (reg. 20(5)) and what it recommends; from Year 9 also what was considered to prepare for adulthood,
/// by its four pathways (reg. 20(6)), the yearly health check, and the move to adults' services. For case workers, and for the school that held the meeting.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = SendReviewReport, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/report")]
async fn send_review_report(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<SendReviewReport>,
) -> Result<Recorded, Problem> {
    asker.record(Action::SendReviewReport, key, body, move |tx, body| reviews::send_report(tx, plan, review, body)).await
}

/// Decide what follows from a review
///
/// To maintain the plan as it is, to amend it, or to cease it; and to tell the family and the setting, within four weeks of the
/// meeting (SEND Regulations 2014, reg. 20(10)) and within the twelve months (Children and Families Act 2014, s. 44(1)). The
/// review is concluded by the notice of this decision, not by the meeting. A decision not to amend or to cease can be appealed
/// (s. 51(2)(e), (f)). For decision makers.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey, VersionRead), request_body = DecideReview, responses(
    (status = 201, description = "Decided; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/decision")]
async fn decide_review(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<DecideReview>,
) -> Result<Recorded, Problem> {
    let decide = move |tx: &mut Tx<'_>, body: &_| reviews::decide(tx, plan, review, body, read.versions());
    asker.record(Action::DecideReview, key, body, decide).await
}

/// Record that the family and the setting were told what was decided
///
/// Records the day of the notice; the four weeks end here (SEND Regulations 2014, reg. 20(10)), and the next twelve months are
/// counted from the review. For case workers and decision makers.
#[utoipa::path(tag = "reviews", params(PathId<PlanId>, PathId<ReviewId>, IdempotencyKey), request_body = NotifyFamily, responses(
    (status = 201, description = "Recorded; `id` is the review.", body = Receipt, example = json!(example::receipt()))))]
#[post("/plans/{planId}/reviews/{reviewId}/notification")]
async fn notify_review_decision(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathId(review): PathId<ReviewId>,
    key: IdempotencyKey,
    body: ValidJson<NotifyFamily>,
) -> Result<Recorded, Problem> {
    let notify = move |tx: &mut Tx<'_>, body: &NotifyFamily| reviews::notify(tx, plan, review, body.notified_on);
    asker.record(Action::NotifyReviewDecision, key, body, notify).await
}
