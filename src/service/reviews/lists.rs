//! The list of reviews that each setting is owed before a term, and that it was sent.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::Tx;
use crate::law::{self, DeadlineState, FactKind, last_day_of_decision, last_day_to_meet};
use crate::record::{ChildId, Fact, Organisation, PlanId};
use crate::service::integrity::note;
use crate::service::recording::not_future;
use crate::service::terms::{self, Term, named_or_next, unknown_term};
use crate::service::{Error, wrong};
use crate::store::closures::is_setting;
use crate::store::journal::{self, Batch};
use crate::store::review_lists::{self, ToReview};

/// The reviews one setting has to hold in a term.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewList {
    /// The setting, by its id in `/v1/settings`.
    #[schema(example = "urn:900001")]
    pub setting: String,
    /// Its name, where the directory has it.
    pub setting_name: Option<String>,
    /// The term.
    pub term: Term,
    /// The day by which the setting is to have the list: two weeks before the term (SEND Code of Practice, 9.172).
    pub send_by: NaiveDate,
    /// The day it was sent. Null: it was not; for settings always null.
    pub sent_on: Option<NaiveDate>,
    /// How sending it stands. Null for settings, who are not told what was sent.
    pub state: Option<DeadlineState>,
    /// The reviews, the earliest due first: those whose meeting must be held by the end of the term, also those already overdue.
    pub reviews: Vec<ReviewToHold>,
}

/// A review that a setting has to hold.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewToHold {
    /// The plan.
    pub plan: PlanId,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The day by which the authority must have decided.
    pub due_on: NaiveDate,
    /// The last day of the meeting that leaves the authority its four weeks.
    pub meet_by: NaiveDate,
    /// The day that was set for the meeting. Null: none.
    pub meets_on: Option<NaiveDate>,
}

/// The lists of a term, or without one of the next to begin, by setting, after one.
pub fn list(
    tx: &mut Tx<'_>,
    term: Option<NaiveDate>,
    setting: Option<&Organisation>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<ReviewList>, Error> {
    let term = term_of(tx, "?term", term)?;
    let due_by = last_day_of_decision(term.to);
    let rows = review_lists::to_review(tx, due_by, setting.map(Organisation::as_str), after, limit)?;
    let sent = review_lists::sent(tx, term.from)?;
    let mut lists: Vec<ReviewList> = Vec::new();
    for row in rows {
        if lists.last().is_none_or(|last| last.setting != row.setting) {
            let sent_on = sent.iter().find(|(to, _)| *to == row.setting).map(|(_, on)| *on);
            let Some((send_by, state)) = sending(&term, sent_on, tx.today()) else { continue };
            let (setting, setting_name, term) = (row.setting.clone(), row.setting_name.clone(), term.clone());
            let state = Some(state).filter(|_| tx.sees_all());
            lists.push(ReviewList { setting, setting_name, term, send_by, sent_on, state, reviews: Vec::new() });
        }
        if let Some(last) = lists.last_mut() {
            last.reviews.push(to_hold(row));
        }
    }
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    lists.iter().take(shown).flat_map(|list| &list.reviews).for_each(|review| tx.saw(review.child.0));
    Ok(lists)
}

fn to_hold(row: ToReview) -> ReviewToHold {
    ReviewToHold {
        plan: PlanId(row.plan),
        child: ChildId(row.child),
        given_name: row.identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: row.identity.map(|identity| identity.family_name),
        due_on: row.due_on,
        meet_by: last_day_to_meet(row.due_on),
        meets_on: row.meets_on,
    }
}

/// By when a setting is to have the list of a term, and how that stands.
fn sending(term: &Term, sent_on: Option<NaiveDate>, today: NaiveDate) -> Option<(NaiveDate, DeadlineState)> {
    let starts = law::Fact::on(FactKind::TermStarts, term.from);
    let sent = sent_on.map(|on| law::Fact::on(FactKind::ReviewListSent, on));
    let facts: Vec<_> = std::iter::once(starts).chain(sent).collect();
    law::duties(&facts).first().map(|duty| (duty.due_on, duty.state(today)))
}

fn term_of(tx: &mut Tx<'_>, pointer: &str, from: Option<NaiveDate>) -> Result<Term, Error> {
    let (all, today) = (terms::list(tx)?, tx.today());
    named_or_next(&all, from, today).cloned().ok_or_else(|| unknown_term(pointer))
}

/// Records that settings were sent their list of a term.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"term": "2027-01-04", "settings": ["urn:900001"], "sentOn": "2026-12-18"}))]
pub struct SendReviewLists {
    /// The first day of the term; the next to begin unless told.
    pub term: Option<NaiveDate>,
    /// The settings.
    #[schema(min_items = 1, max_items = 1000)]
    pub settings: Vec<Organisation>,
    /// The day they were sent; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// That lists were sent. Holds no personal data, so that it can be replayed to a repeated request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewListsSent {
    /// The first day of the term.
    pub term: NaiveDate,
    /// To how many settings.
    #[schema(example = 1)]
    pub settings: i64,
    /// The entry's place in the authority's journal.
    pub position: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// Records that they were sent.
pub fn send(tx: &mut Tx<'_>, body: &SendReviewLists) -> Result<ReviewListsSent, Error> {
    let on = not_future(tx, "/sentOn", body.sent_on.unwrap_or(tx.today()))?;
    let term = term_of(tx, "/term", body.term)?.from;
    for (at, setting) in body.settings.iter().enumerate() {
        if !is_setting(tx, setting.as_str())? {
            return Err(wrong(&format!("/settings/{at}"), "unknown_setting", "Is no setting of the directory."));
        }
    }
    let mut settings = body.settings.clone();
    settings.sort_unstable();
    settings.dedup();
    let count = i64::try_from(settings.len()).unwrap_or_default();
    let head = journal::lock_head(tx)?;
    let position = note(tx, head, on, Fact::ReviewListSent { term, settings }, Batch::default())?;
    Ok(ReviewListsSent { term, settings: count, position, recorded_at: tx.now() })
}
