//! The report of a review: what it says of each outcome, of the way to adulthood, and what it recommends.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_review;
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::{Acknowledge, Receipt, dated, record};
use crate::service::{Error, FieldError};

/// Progress towards one outcome.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeReviewed {
    /// The outcome, as section E of the plan has it.
    #[schema(min_length = 1, max_length = 2000, example = "Amira speaks in sentences her classmates follow.")]
    pub outcome: String,
    /// How far it is met.
    pub progress: OutcomeProgress,
    /// What shows it.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// What was considered on one pathway of preparation for adulthood.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PathwayReviewed {
    /// The pathway.
    pub pathway: Pathway,
    /// What was considered, and what is needed.
    #[schema(min_length = 1, max_length = 5000)]
    pub words: String,
}

/// Records that the report of a review was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "reportOn": "2027-02-12", "words": "The therapy goes on; the plan still describes Amira.", "recommends": "maintain",
    "outcomes": [{"outcome": "Amira speaks in sentences her classmates follow.", "progress": "good", "words": "In the class, not yet outside."}]
}))]
pub struct SendReviewReport {
    /// The day; today unless told.
    pub report_on: Option<NaiveDate>,
    /// The report, or its summary.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
    /// What it recommends; the authority decides.
    pub recommends: Option<ReviewOutcome>,
    /// The progress towards each outcome of the plan.
    #[schema(max_items = 100)]
    pub outcomes: Option<Vec<OutcomeReviewed>>,
    /// From Year 9, what was considered on each pathway of preparation for adulthood. An empty list says that nothing was, which from
    /// Year 9 comes back as a concern to acknowledge (SEND Regulations 2014, reg. 20(6)); left out, it is not told.
    #[schema(max_items = 4)]
    pub pathways: Option<Vec<PathwayReviewed>>,
    /// From Year 9, whether the young person had the yearly health check for people with a learning disability.
    pub health_check: Option<HealthCheck>,
    /// From Year 9, how far the move to adults' services is prepared.
    pub adulthood_transition: Option<AdulthoodTransition>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that the report was sent to everyone invited.
pub fn send_report(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId, body: &SendReviewReport) -> Result<Receipt, Error> {
    let (loaded, case, _) = open_review(tx, plan, review)?;
    let pathways = body.pathways.as_deref();
    let twice = |at: &usize| pathways.is_some_and(|all| all[..*at].iter().any(|one| one.pathway == all[*at].pathway));
    let repeated: Vec<_> = (0..pathways.map_or(0, <[_]>::len)).filter(twice).collect();
    if !repeated.is_empty() {
        let error =
            |at| FieldError::new(format!("/pathways/{at}/pathway"), "repeated", "Is told of already; say it in one place.");
        return Err(Error::Invalid(repeated.into_iter().map(error).collect()));
    }
    let sent = Fact::ReviewReportSent {
        plan,
        review,
        recommends: body.recommends,
        progress: body.outcomes.as_ref().map(|all| all.iter().map(|one| one.progress).collect()),
        pathways: pathways.map(|all| all.iter().map(|one| one.pathway).collect()),
        health_check: body.health_check,
        transition: body.adulthood_transition,
    };
    let mut step = dated(tx, "/reportOn", body.report_on, sent)?.words(body.words.clone());
    let outcomes =
        body.outcomes.iter().flatten().map(|one| OutcomeWords { outcome: one.outcome.clone(), words: one.words.clone() });
    step.detail.outcomes = outcomes.collect();
    step.detail.pathways = pathways.unwrap_or_default().iter().map(|one| (one.pathway, one.words.clone())).collect();
    record(tx, loaded, Action::SendReviewReport, case, review.0, vec![step], &body.acknowledge)
}
