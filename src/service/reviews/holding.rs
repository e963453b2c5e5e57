//! The meeting of a review: the views given for it, that it was held, and who had part in it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::planning::purposes;
use super::{convener, open_review, speaker};
use crate::db::Tx;
use crate::record::*;
use crate::service::family_views::as_themselves;
use crate::service::identity::identity_of;
use crate::service::plans::open_plan;
use crate::service::recording::{Acknowledge, Receipt, Step, dated, not_future, record};
use crate::service::representations::received;
use crate::service::{Error, wrong};
use crate::store::journal::{self, Details};

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
    let (loaded, case, _) = open_review(tx, plan, review)?;
    let on = received(tx, body.on)?;
    let (account, organisation) = speaker(tx);
    if account.is_some() {
        as_themselves(tx, &loaded.file, body.whose)?;
    }
    let given = Fact::ReviewViewsGiven { plan, review, whose: body.whose, account, organisation };
    let step = Step::on(tx, on, given).words(Some(body.words.clone()));
    record(tx, loaded, Action::GiveReviewViews, case, review.0, vec![step], &[])
}

/// Records the meeting of a review.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"meetingOn": "2027-02-02", "came": ["family", "setting", "health", "authority"], "childInvolvement": "attended_in_part"}))]
pub struct HoldReview {
    /// The day of the meeting; today unless told.
    pub meeting_on: Option<NaiveDate>,
    /// Who came.
    #[schema(max_items = 6)]
    pub came: Option<Vec<ReviewParty>>,
    /// How the child or young person had part in it.
    pub child_involvement: Option<ChildInvolvement>,
    /// Why the review was held, if that was not told with its day or has changed; `annual` unless told.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub purposes: Vec<ReviewPurpose>,
    /// Why it was held early, or as an emergency: needed for these if no day was set before.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
    /// Who arranged and held the meeting, if that was not told with its day or has changed.
    pub convened_by: Option<Convener>,
    /// The day its report was sent to everyone invited, if that is done already.
    pub report_on: Option<NaiveDate>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that the meeting of a review was held.
pub fn hold(tx: &mut Tx<'_>, plan: PlanId, body: &HoldReview) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let of = Plan::of(&loaded.file, plan).ok_or(Error::NotFound("plan"))?;
    // The meeting that is held is the one whose day was set.
    let known = of.planned_review();
    let reason = body.reason.clone().filter(|reason| !reason.trim().is_empty());
    if reason.is_none() && known.is_none() && body.purposes.iter().any(|purpose| purpose.needs_a_reason()) {
        return Err(wrong("/reason", "reason_missing", "Say why the review was held early, or as an emergency."));
    }
    let purposes = purposes(&body.purposes, known);
    let (convened_by, setting_type) = convener(tx, &of, body.convened_by, known)?;
    let review = known.map_or_else(|| tx.new_id(), |known| known.id);
    let meeting_on = body.meeting_on.unwrap_or(tx.today());
    let year_group = year_group(tx, &loaded.file, meeting_on)?;
    let (came, child) = (body.came.clone(), body.child_involvement);
    let held = Fact::ReviewMeetingHeld { plan, review, purposes, convened_by, setting_type, came, child, year_group };
    let mut steps = vec![dated(tx, "/meetingOn", Some(meeting_on), held)?.words(reason)];
    if let Some(day) = body.report_on {
        let day = not_future(tx, "/reportOn", day)?;
        steps.push(Step::on(tx, day, Fact::review_report_sent(plan, review)));
    }
    record(tx, loaded, Action::HoldReviewMeeting, case, review.0, steps, &body.acknowledge)
}

/// The national curriculum year the child is in on a day; none where the date of birth is not known.
fn year_group(tx: &mut Tx<'_>, file: &File, on: NaiveDate) -> Result<Option<YearGroup>, Error> {
    let stored = journal::of_child(tx, file.child, None, Details::Identity)?;
    let born_on = identity_of(&stored).and_then(|identity| identity.born_on);
    Ok(born_on.map(|born_on| YearGroup::of(file, born_on, SchoolYear::of(on))))
}
