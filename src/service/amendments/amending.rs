//! An amended plan is sent: another version, whose sections are those before it with what changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_be_review;
use crate::db::Tx;
use crate::record::*;
use crate::service::cases::detail_of;
use crate::service::decisions::officer;
use crate::service::plans::open_plan;
use crate::service::recording::{Acknowledge, Receipt, dated, record};
use crate::service::versions::{SectionChanges, differences};
use crate::service::{Error, must_match, wrong};
use crate::store::journal::{self, Details};

/// Sends an amended plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "amendment": "0190b0a0-0000-7000-8000-0000000000a2", "sentOn": "2027-04-16",
    "changes": {"f": "Speech and language therapy, two hours a week, in lessons."}
}))]
pub struct AmendPlan {
    /// The amendment that was proposed. Left out: none was, which comes back as a concern to acknowledge.
    pub amendment: Option<AmendmentId>,
    /// The review it follows, where no amendment was proposed.
    pub review: Option<ReviewId>,
    /// The appeal whose end it carries out, as the case's `appeals` have it: an order of the Tribunal, or what was conceded to it. Then
    /// nothing is proposed first, and that is no concern.
    pub appeal: Option<EventId>,
    /// The day it was sent; today unless told.
    pub sent_on: Option<NaiveDate>,
    /// The officer who decided on it; the caller unless told.
    pub officer: Option<StaffId>,
    /// Why it changes as it does.
    #[schema(max_length = 20_000)]
    pub reasons: Option<String>,
    /// What section I names; as before unless told.
    pub placement: Option<Placement>,
    /// What the changed sections say; as proposed unless told.
    pub changes: Option<SectionChanges>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that an amended plan was sent; the receipt speaks of the version.
pub fn amend(tx: &mut Tx<'_>, plan: PlanId, body: &AmendPlan, read: &[u64]) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let (loaded, case) = open_plan(tx, plan)?;
    must_match(&loaded.file, read)?;
    must_be_review(&loaded, plan, body.review)?;
    let known = Plan::of(&loaded.file, plan).ok_or(Error::NotFound("plan"))?;
    let proposed = match body.amendment {
        Some(id) => Some(known.amendments.iter().find(|one| one.id == id).ok_or_else(unknown_amendment)?),
        None => None,
    };
    if proposed.is_some() && body.review.is_some() {
        return Err(wrong("/review", "told_by_the_amendment", "Is said only where no amendment was proposed."));
    }
    if body.appeal.is_some_and(|appeal| !known.appeals.iter().any(|one| one.event == appeal)) {
        return Err(wrong("/appeal", "unknown_appeal", "Is no appeal in the case of this plan."));
    }
    let stored = journal::of_child(tx, loaded.file.child, None, Details::All)?;
    let says = |event| detail_of(&stored, event).map(|detail| detail.sections.clone()).unwrap_or_default();
    let before = says(known.event);
    let changes = match (&body.changes, proposed.and_then(|one| one.notice)) {
        (Some(changes), _) => changes.by_letter(),
        (None, Some(notice)) => says(notice),
        (None, None) => BTreeMap::new(),
    };
    let mut sections = before.clone();
    sections.extend(changes);
    sections.retain(|_, text| !text.is_empty());
    let changed: Vec<_> = differences(&before, &sections).into_iter().map(|change| change.section).collect();
    let fact = Fact::AmendedPlanSent {
        plan,
        amendment: proposed.map_or_else(|| tx.new_id(), |one| one.id),
        review: body.review,
        appeal: body.appeal,
        placement: body.placement.clone().unwrap_or(known.placement),
        officer,
        health_provision: sections.contains_key("G") && changed.iter().any(|letter| letter == "G"),
        sections: changed,
    };
    let mut step = dated(tx, "/sentOn", body.sent_on, fact)?.words(body.reasons.clone());
    step.detail.sections = sections;
    let version = step.event.0;
    record(tx, loaded, Action::AmendPlan, case, version, vec![step], &body.acknowledge)
}

fn unknown_amendment() -> Error {
    wrong("/amendment", "unknown_amendment", "Is no amendment of this plan.")
}
