//! Amendments are proposed, the family answers, and is told where the plan is not amended after all.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::decisions::officer;
use crate::service::plans::{Sections, open_plan};
use crate::service::recording::{Loaded, Receipt, Step, dated, not_future, record};
use crate::service::representations::{acts_in, received, spoken_by};
use crate::service::versions::SectionChanges;
use crate::service::{Error, must_match, wrong};

/// Records that amendments were proposed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "review": "0190b0a0-0000-7000-8000-000000000007", "sentOn": "2027-02-26",
    "reasons": "Amira no longer needs help at lunch, and more of it in lessons.",
    "changes": {"f": "Speech and language therapy, two hours a week."}
}))]
pub struct ProposeAmendments {
    /// The review they follow. Left out: the plan is to be amended without one (SEND Regulations 2014, reg. 28).
    pub review: Option<ReviewId>,
    /// The day the notice was sent, with a copy of the plan and the evidence; today unless told. The eight weeks run from it.
    pub sent_on: Option<NaiveDate>,
    /// The day it was served, if that was another: day one of the family's fifteen.
    pub served_on: Option<NaiveDate>,
    /// The officer who decided to propose them; the caller unless told.
    pub officer: Option<StaffId>,
    /// Why. For staff: the notice tells the family what would change.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// What the sections would say.
    pub changes: SectionChanges,
}

/// Records the notice of proposed amendments.
pub fn propose(tx: &mut Tx<'_>, plan: PlanId, body: &ProposeAmendments, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_plan(tx, plan)?;
    must_match(&loaded.file, read)?;
    must_be_review(&loaded, plan, body.review)?;
    let amendment: AmendmentId = tx.new_id();
    let changes = body.changes.by_letter();
    if changes.is_empty() {
        return Err(wrong("/changes", "nothing_proposed", "Say what at least one section would say."));
    }
    let sections = changes.keys().cloned().collect();
    let sent = Fact::AmendmentNoticeSent { plan, amendment, review: body.review, officer, sections };
    let mut step = dated(tx, "/sentOn", body.sent_on, sent)?.words(Some(body.reasons.clone()));
    step.detail.sections = changes;
    let mut steps = vec![step];
    if let Some(day) = body.served_on {
        steps.push(Step::on(tx, not_future(tx, "/servedOn", day)?, Fact::AmendmentNoticeServed { plan, amendment }));
    }
    record(tx, loaded, Action::ProposeAmendments, case, amendment.0, steps, &[])
}

/// Records the day on which the notice was served.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"servedOn": "2027-03-01"}))]
pub struct ServeAmendments {
    /// The day; today unless told.
    pub served_on: Option<NaiveDate>,
}

/// Records that the notice was served on another day than it was sent.
pub fn serve(tx: &mut Tx<'_>, plan: PlanId, amendment: AmendmentId, body: &ServeAmendments) -> Result<Receipt, Error> {
    let (loaded, case) = open_amendment(tx, plan, amendment)?;
    let step = dated(tx, "/servedOn", body.served_on, Fact::AmendmentNoticeServed { plan, amendment })?;
    record(tx, loaded, Action::ProposeAmendments, case, amendment.0, vec![step], &[])
}

/// Answers proposed amendments.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"sections": {"f": "Two hours are right, but not in her break."}, "complete": false}))]
pub struct AnswerAmendments {
    /// What the family says of each section.
    #[serde(default)]
    pub sections: Sections,
    /// What it says of the proposals as a whole.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// Where staff record it: whose words they are, by their id in the child's relationships. That person then reads them; left out, staff
    /// alone do. A family's own are its own.
    pub from: Option<RelationshipId>,
    /// Whether the family has nothing more to say: the amended plan may then follow before the fifteen days are over.
    #[serde(default)]
    pub complete: bool,
    /// The day it was received; today unless told. A family's own is received today.
    pub on: Option<NaiveDate>,
}

/// Records what the family says to proposed amendments.
pub fn answer(tx: &mut Tx<'_>, plan: PlanId, amendment: AmendmentId, body: &AnswerAmendments) -> Result<Receipt, Error> {
    let (loaded, case) = open_amendment(tx, plan, amendment)?;
    let on = received(tx, body.on)?;
    acts_in(tx, &loaded.file, CapacityFor::DraftPlan)?;
    let account = spoken_by(tx, &loaded.file, body.from)?;
    let texts = body.sections.by_letter();
    let words = body.words.clone().filter(|words| !words.trim().is_empty());
    if texts.is_empty() && words.is_none() && !body.complete {
        let words = "Say something of a section or of the whole, or that there is nothing more to say.";
        return Err(wrong("", "nothing_to_record", words));
    }
    let sections = texts.keys().cloned().collect();
    let said = Fact::AmendmentRepresentationsMade { plan, amendment, sections, complete: body.complete, account };
    let mut step = Step::on(tx, on, said).words(words);
    step.detail.sections = texts;
    let entry = step.event.0;
    record(tx, loaded, Action::AnswerAmendments, case, entry, vec![step], &[])
}

/// Decides that the plan is not amended after all.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"toldOn": "2027-04-12", "reasons": "The family showed that the help at lunch is still needed."}))]
pub struct DeclineAmendments {
    /// The day the family was told, with the reasons and its right to appeal; today unless told.
    pub told_on: Option<NaiveDate>,
    /// The officer who decided; the caller unless told.
    pub officer: Option<StaffId>,
    /// The reasons.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
}

/// Records that the family was told that the plan is not amended.
pub fn decline(
    tx: &mut Tx<'_>,
    plan: PlanId,
    amendment: AmendmentId,
    body: &DeclineAmendments,
    read: &[u64],
) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_amendment(tx, plan, amendment)?;
    must_match(&loaded.file, read)?;
    let declined = Fact::AmendmentDeclined { plan, amendment, officer };
    let step = dated(tx, "/toldOn", body.told_on, declined)?.words(Some(body.reasons.clone()));
    record(tx, loaded, Action::DeclineAmendments, case, amendment.0, vec![step], &[])
}

/// That a review that is named is one of the plan.
pub(super) fn must_be_review(loaded: &Loaded, plan: PlanId, review: Option<ReviewId>) -> Result<(), Error> {
    let reviews = Plan::of(&loaded.file, plan).map(|plan| plan.reviews).unwrap_or_default();
    match review {
        Some(review) if !reviews.iter().any(|known| known.id == review) => {
            Err(wrong("/review", "unknown_review", "Is no review of this plan."))
        }
        _ => Ok(()),
    }
}

fn open_amendment(tx: &mut Tx<'_>, plan: PlanId, amendment: AmendmentId) -> Result<(Loaded, CaseId), Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let known = Plan::of(&loaded.file, plan).is_some_and(|plan| plan.amendments.iter().any(|one| one.id == amendment));
    if known { Ok((loaded, case)) } else { Err(Error::NotFound("amendment")) }
}
