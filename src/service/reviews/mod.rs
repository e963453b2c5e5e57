//! Reviews of a plan: asked for, planned, held, reported and decided; what is due of them, and what each came to.

pub mod due;
pub mod lists;
mod cycle;
mod deciding;
mod holding;
mod planning;
mod reporting;
mod requests;
mod shown;

use super::Error;
use super::plans::open_plan;
use super::recording::Loaded;
use crate::access::Role;
use crate::db::Tx;
use crate::record::codes::SettingType;
use crate::record::*;
use crate::store::directory;

pub use cycle::{NextReview, next_review};
pub use deciding::{DecideReview, decide, notify};
pub use holding::{GiveReviewViews, HoldReview, give_views, hold};
pub use planning::{MissReview, PlanReview, SendInvitations, SendPapers, miss, plan_meeting, send_invitations, send_papers};
pub use reporting::{SendReviewReport, send_report};
pub use requests::{AnswerReviewRequest, RequestReview, ReviewRequestView, answer, ask, list as list_requests};
pub use shown::{ReviewView, list, view};

/// Whether the caller may read views given for a review, or a request for one: staff all, a family member and a setting their own.
pub fn may_read(tx: &Tx<'_>, account: Option<&str>, organisation: Option<&Organisation>) -> bool {
    let permit = tx.permit();
    let own = permit.acts_as(Role::School) && organisation.is_some() && permit.caller().organisation.as_ref() == organisation;
    own || super::representations::may_read(tx, account)
}

/// Who speaks for themselves: a setting, or a family member by their account.
fn speaker(tx: &Tx<'_>) -> (Option<String>, Option<Organisation>) {
    let permit = tx.permit();
    let account = permit.acts_as(Role::Family).then(|| permit.caller().subject.clone());
    (account, permit.caller().organisation.clone().filter(|_| permit.acts_as(Role::School)))
}

/// Locks and loads the file that holds a review's plan, and finds the plan's case and the review.
fn open_review(tx: &mut Tx<'_>, plan: PlanId, review: ReviewId) -> Result<(Loaded, CaseId, Review), Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let known = Plan::of(&loaded.file, plan).and_then(|p| p.reviews.into_iter().find(|known| known.id == review));
    let known = known.ok_or(Error::NotFound("review"))?;
    Ok((loaded, case, known))
}

/// Who convenes a review, and the type of the setting the plan names: as told, or as is usual for that type where nothing was told yet.
fn convener(
    tx: &mut Tx<'_>,
    plan: &Plan,
    told: Option<Convener>,
    known: Option<&Review>,
) -> Result<(Option<Convener>, Option<SettingType>), Error> {
    if told.is_none() && known.is_some_and(|review| review.convener.is_some()) {
        return Ok((None, None));
    }
    let Some(setting) = plan.placement.settings().first().copied() else {
        return Ok((told.or(Some(Convener::Authority)), None));
    };
    let setting_type = directory::setting_type(tx, setting)?;
    Ok((told.or(Some(Convener::at_setting(setting_type))), setting_type))
}
