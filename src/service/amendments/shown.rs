//! What was proposed to change in a plan, until when, and what became of it?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::detail_of;
use crate::service::plans::Sections;
use crate::service::representations::{RepresentationView, may_read};
use crate::service::versions::{Read, SectionChange, differences};

/// An amendment of a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AmendmentView {
    /// Its id.
    pub id: AmendmentId,
    /// The review it follows. Null: without one (SEND Regulations 2014, reg. 28).
    pub review: Option<ReviewId>,
    /// The appeal whose end it carries out.
    pub appeal: Option<EventId>,
    /// The officer who decided to propose it. Null: nothing was proposed before the plan was amended.
    pub officer: Option<StaffId>,
    /// Why it was proposed. For staff; null for everybody else.
    pub reasons: Option<String>,
    /// The day the notice was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day it was served, where that is another.
    pub served_on: Option<NaiveDate>,
    /// The last of the family's fifteen days.
    pub time_ends_on: Option<NaiveDate>,
    /// The day by which the amended plan, or the decision against it, must be sent: the earlier of eight weeks from the notice and, after
    /// a review, twelve from its meeting. Null once it was.
    pub amend_by: Option<NaiveDate>,
    /// What each section would say instead of what it says in the version before.
    pub changes: Vec<SectionChange>,
    /// What the family said, the earliest first: all of it for staff, their own for a family member, nothing for others.
    pub representations: Vec<RepresentationView>,
    /// The day the family said that it has nothing more to say.
    pub complete_on: Option<NaiveDate>,
    /// That the plan was not amended after all.
    pub declined: Option<DeclinedView>,
    /// The version of the plan that it made.
    pub version: Option<VersionId>,
    /// The day the amended plan was sent.
    pub amended_on: Option<NaiveDate>,
}

/// That a plan was not amended after all.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeclinedView {
    /// The day the family was told.
    pub told_on: Option<NaiveDate>,
    /// The officer who decided so.
    pub officer: StaffId,
    /// The reasons.
    pub reasons: Option<String>,
}

/// The amendments of a plan, by the day they were proposed.
pub fn list(tx: &mut Tx<'_>, plan: PlanId, as_of: Option<AsOf>) -> Result<(Known, Vec<AmendmentView>), Error> {
    let read = Read::of(tx, plan, as_of)?;
    let (facts, duties) = duties(&read.file, read.plan.case);
    let due = |one: &Amendment, rules: &[&str], owed: bool| {
        let about = one.ties_clocks_by().to_string();
        let of_it = duties.iter().filter(|duty| facts.get(duty.started_by).and_then(|fact| fact.about.as_ref()) == Some(&about));
        let open = |duty: &&crate::law::Duty| !owed || duty.met_on.is_none() && duty.fell_away_on.is_none();
        of_it.filter(|duty| rules.contains(&duty.rule.id)).filter(open).map(|duty| duty.due_on).min()
    };
    let views = read.plan.amendments.iter().map(|one| AmendmentView {
        time_ends_on: due(one, &["D-AR-REPS"], false),
        amend_by: due(one, &["D-AR-FINAL8", "D-AR-FINAL12"], true).filter(|_| one.is_open()),
        ..view(tx, &read, one)
    });
    let views = views.collect();
    Ok((read.known, views))
}

/// One of them.
pub fn show(tx: &mut Tx<'_>, plan: PlanId, id: AmendmentId, as_of: Option<AsOf>) -> Result<AmendmentView, Error> {
    let (_, all) = list(tx, plan, as_of)?;
    all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound("amendment"))
}

fn view(tx: &Tx<'_>, read: &Read, one: &Amendment) -> AmendmentView {
    let staff = tx.permit().reach() == Reach::Authority;
    let words = |event| detail_of(&read.stored, event).and_then(|detail| detail.words.clone());
    let said = one.answers.iter().filter(|answer| may_read(tx, answer.account.as_deref())).map(|answer| RepresentationView {
        id: answer.event,
        made_on: answer.made_on,
        by_account: answer.account.is_some(),
        sections: detail_of(&read.stored, answer.event).map(|d| Sections::from_letters(&d.sections)).unwrap_or_default(),
        words: words(answer.event),
    });
    AmendmentView {
        id: one.id,
        review: one.review,
        appeal: one.appeal,
        officer: one.officer,
        reasons: one.notice.filter(|_| staff).and_then(words),
        sent_on: one.sent_on,
        served_on: one.served_on,
        time_ends_on: None,
        amend_by: None,
        changes: proposed(read, one),
        representations: said.collect(),
        complete_on: one.answers.iter().filter(|answer| answer.complete).filter_map(|answer| answer.made_on).min(),
        declined: one.declined.as_ref().map(|declined| DeclinedView {
            told_on: declined.told_on,
            officer: declined.officer,
            reasons: words(declined.event),
        }),
        version: one.version,
        amended_on: one.amended_on,
    }
}

/// The changes that the notice proposes to the version before.
fn proposed(read: &Read, one: &Amendment) -> Vec<SectionChange> {
    let Some(notice) = one.notice.and_then(|notice| detail_of(&read.stored, notice)) else { return Vec::new() };
    let versions = &read.plan.versions;
    let made = versions.iter().position(|version| Some(version.id) == one.version);
    // Of two proposals that were open together, each is shown against what stood when it was sent.
    let sent = || versions.iter().rposition(|version| version.sent_on.zip(one.sent_on).is_none_or(|(made, sent)| made <= sent));
    let before = made.map_or_else(sent, |made| made.checked_sub(1)).and_then(|place| versions.get(place));
    let was = before.map(|version| read.sections(version)).unwrap_or_default();
    let mut becomes: BTreeMap<_, _> = was.clone();
    becomes.extend(notice.sections.clone());
    differences(&was, &becomes)
}
