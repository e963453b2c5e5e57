//! A plan that was made before the authority's record of the child begins here is taken over, as it stands.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::directory::must_be_staff;
use super::plans::Sections;
use super::recording::{Receipt, accept, append, dated, not_future, open_child};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::codes::AuthorityCode;
use crate::record::*;
use crate::store::journal;

/// Takes over a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"child": "0190b0a0-0000-7000-8000-000000000001", "madeOn": "2021-11-08", "placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Speech and language needs.", "f": "Speech and language therapy, one hour a week."}}))]
pub struct TakeOverPlan {
    /// Whose plan: a child who is registered here.
    pub child: ChildId,
    /// The day it was made; the first year of review runs from then.
    pub made_on: NaiveDate,
    /// What its section I names.
    pub placement: Placement,
    /// What it says.
    #[serde(default)]
    pub sections: Sections,
    /// The day on which the family was last told what was decided after a review, of the reviews that are not recorded here: the next
    /// twelve months run from then. Unless told, from the day it was made.
    pub last_reviewed_on: Option<NaiveDate>,
    /// The other authority that made it, by its three-figure code. Unless told, this one.
    pub made_by: Option<AuthorityCode>,
    /// The day from which this authority maintains it: that of the move. Unless told, the day it was made.
    pub maintained_from: Option<NaiveDate>,
    /// The case worker who has the case it opens, by their id in `/v1/staff`. Unless told, nobody has it until it is allocated (`POST
    /// /v1/cases/{caseId}/allocation`).
    pub case_worker: Option<StaffId>,
}

/// Records a plan that was taken over; it opens a case of its own. The receipt's `id` is the plan.
pub fn take_over(tx: &mut Tx<'_>, body: &TakeOverPlan) -> Result<Receipt, Error> {
    let loaded = match open_child(tx, body.child) {
        Err(Error::NotFound(_)) => return Err(wrong("/child", "unknown_child", "Is no child that you can see.")),
        loaded => loaded?,
    };
    let in_force = |plan: Plan| !plan.reviews.iter().any(|review| review.outcome == Some(ReviewOutcome::Cease));
    if loaded.file.plans().filter_map(|(id, _)| Plan::of(&loaded.file, id)).any(in_force) {
        return Err(wrong("/child", "has_a_plan", "Has a plan on record already: what follows it is an amendment."));
    }
    for (pointer, day) in [("/lastReviewedOn", body.last_reviewed_on), ("/maintainedFrom", body.maintained_from)] {
        if day.is_some_and(|day| day < body.made_on) {
            return Err(wrong(pointer, "before_it_was_made", "Is before the day the plan was made."));
        }
        day.map(|day| not_future(tx, pointer, day)).transpose()?;
    }
    body.case_worker.map(|id| must_be_staff(tx, "/caseWorker", id)).transpose()?;
    let (case, plan): (CaseId, PlanId) = (tx.new_id(), tx.new_id());
    let mut head = journal::lock_head(tx)?;
    let reference = head.next_reference(body.made_on.year());
    let fact = Fact::PlanTakenOver {
        case,
        plan,
        reference,
        placement: body.placement.clone(),
        last_reviewed_on: body.last_reviewed_on,
        made_by: body.made_by.clone(),
        maintained_from: body.maintained_from,
        case_worker: body.case_worker,
    };
    let mut step = dated(tx, "/madeOn", Some(body.made_on), fact)?;
    step.detail.sections = body.sections.by_letter();
    let steps = vec![step];
    let accepted = accept(tx.today(), &loaded, Action::TakeOverPlan, case, &steps, &[])?;
    let mut receipt = append(tx, head, loaded, steps, &accepted, &[])?;
    receipt.id = plan.0;
    receipt.case = Some(case);
    Ok(receipt)
}
