//! What a review came to, as it is shown.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::may_read;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::plans;
use crate::store::journal::Stored;

/// A review of a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewView {
    /// Its id.
    pub id: ReviewId,
    /// Why it is held; empty: it was not told.
    pub purposes: Vec<ReviewPurpose>,
    /// Why it is held early, or as an emergency. Null: it is neither, or follows `request`.
    pub reason: Option<String>,
    /// The request it follows. Null: none.
    pub request: Option<ReviewRequestId>,
    /// Who arranges and holds the meeting. Null: it was not told.
    pub convened_by: Option<Convener>,
    /// The day on which the meeting is, or was, to be held. Null: none was set, or none since it was missed.
    pub meets_on: Option<NaiveDate>,
    /// The invitations that were sent, the earliest first.
    pub invitations: Vec<SentRoundView>,
    /// The advice and information sent round before the meeting, the earliest first.
    pub papers: Vec<SentRoundView>,
    /// The days on which the meeting was not held.
    pub missed: Vec<MissedView>,
    /// The day the meeting was held. Null: it has not been.
    pub meeting_on: Option<NaiveDate>,
    /// Who came. Null: not held yet, or not told.
    pub came: Option<Vec<ReviewParty>>,
    /// How the child or young person had part in it. Null: not held yet, or not told.
    pub child_involvement: Option<ChildInvolvement>,
    /// The national curriculum year they were in on the day of the meeting: 0 is Reception. Null: not held yet, or not known.
    pub year_group: Option<YearGroup>,
    /// The views given for it, the earliest first: all of them for staff, a setting's and a family member's own for them.
    pub views: Vec<ReviewViewsView>,
    /// The day the report was sent.
    pub report_on: Option<NaiveDate>,
    /// What the report says. Null: none was sent, or it was not recorded here.
    pub report: Option<String>,
    /// What the report recommends. Null: not told.
    pub recommends: Option<ReviewOutcome>,
    /// The progress towards each outcome. Null: not told.
    pub outcomes: Option<Vec<OutcomeView>>,
    /// What was considered on each pathway of preparation for adulthood; empty: nothing was. Null: not told.
    pub pathways: Option<Vec<PathwayView>>,
    /// Whether the young person had the yearly health check. Null: not told.
    pub health_check: Option<HealthCheck>,
    /// How far the move to adults' services is prepared. Null: not told.
    pub adulthood_transition: Option<AdulthoodTransition>,
    /// What was decided. Null: not yet.
    pub outcome: Option<ReviewOutcome>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family and the setting were notified.
    pub notified_on: Option<NaiveDate>,
}

/// That something was sent round for a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SentRound)]
pub struct SentRoundView {
    /// The day.
    pub sent_on: Option<NaiveDate>,
    /// To whom.
    pub to: Vec<ReviewParty>,
}

/// That a meeting was not held on its day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MissedReview)]
pub struct MissedView {
    /// The day.
    pub missed_on: Option<NaiveDate>,
    /// Why.
    pub because: MissedBecause,
    /// More of why. Null: nothing was said.
    pub words: Option<String>,
}

/// Views given for a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReviewViews)]
pub struct ReviewViewsView {
    /// The entry.
    pub id: EventId,
    /// Whose they are.
    pub whose: Voice,
    /// The day they were given.
    pub given_on: Option<NaiveDate>,
    /// What they are; null when erased.
    pub words: Option<String>,
}

/// Progress towards one outcome, as the report has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OutcomeProgressShown)]
pub struct OutcomeView {
    /// The outcome; null when erased.
    pub outcome: Option<String>,
    /// How far it is met.
    pub progress: OutcomeProgress,
    /// What shows it.
    pub words: Option<String>,
}

/// What was considered on one pathway.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PathwayShown)]
pub struct PathwayView {
    /// The pathway.
    pub pathway: Pathway,
    /// What was considered, and what is needed; null when erased.
    pub words: Option<String>,
}

/// The reviews of a plan, the earliest first.
pub fn list(tx: &mut Tx<'_>, plan: PlanId) -> Result<Vec<ReviewView>, Error> {
    Ok(plans::show(tx, plan, None)?.reviews)
}

/// One review, with what `stored` holds beside the record.
pub fn view(tx: &Tx<'_>, review: &Review, stored: &[Stored]) -> ReviewView {
    let detail = |event: EventId| stored.iter().find(|s| s.entry.id == event).and_then(|s| s.detail.as_ref());
    let words = |event| detail(event).and_then(|detail| detail.words.clone());
    let sent = |sent: &SentRound| SentRoundView { sent_on: sent.on, to: sent.to.clone() };
    let missed = review.missed.iter().map(|one| MissedView { missed_on: one.on, because: one.because, words: words(one.event) });
    let readable = review.views.iter().filter(|views| may_read(tx, views.account.as_deref(), views.organisation.as_ref()));
    let views = readable.map(|views| ReviewViewsView {
        id: views.event,
        whose: views.whose,
        given_on: views.given_on,
        words: words(views.event),
    });
    let report = review.report.as_ref();
    let said = report.and_then(|report| detail(report.event));
    ReviewView {
        id: review.id,
        purposes: review.purposes.clone(),
        reason: review.planned.iter().rev().chain(&review.held).find_map(|event| words(*event)),
        request: review.request,
        convened_by: review.convener,
        meets_on: review.meets_on,
        invitations: review.invitations.iter().map(sent).collect(),
        papers: review.papers.iter().map(sent).collect(),
        missed: missed.collect(),
        meeting_on: review.meeting_on,
        came: review.came.clone(),
        child_involvement: review.child,
        year_group: review.year_group,
        views: views.collect(),
        report_on: review.report_on,
        report: said.and_then(|said| said.words.clone()),
        recommends: report.and_then(|report| report.recommends),
        outcomes: report.and_then(|report| outcomes(report, said)),
        pathways: report.and_then(|report| pathways(report, said)),
        health_check: report.and_then(|report| report.health_check),
        adulthood_transition: report.and_then(|report| report.transition),
        outcome: review.outcome,
        decided_on: review.decided_on,
        notified_on: review.notified_on,
    }
}

fn outcomes(report: &Report, said: Option<&Detail>) -> Option<Vec<OutcomeView>> {
    let told = |at| said.and_then(|said: &Detail| said.outcomes.get(at));
    let view = |(at, progress): (usize, &OutcomeProgress)| OutcomeView {
        outcome: told(at).map(|one| one.outcome.clone()),
        progress: *progress,
        words: told(at).and_then(|one| one.words.clone()),
    };
    Some(report.progress.as_ref()?.iter().enumerate().map(view).collect())
}

fn pathways(report: &Report, said: Option<&Detail>) -> Option<Vec<PathwayView>> {
    let words = |pathway| said.and_then(|said| said.pathways.get(pathway).cloned());
    Some(report.pathways.as_ref()?.iter().map(|pathway| PathwayView { pathway: *pathway, words: words(pathway) }).collect())
}
