//! What is asked of the reader, or open to them, and where they do it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::awaited::Awaited;
use super::{Audience, Duties};
use crate::law::{self, DeadlineState, Duty, Nature, Step};
use crate::record::*;

/// Something that is asked of the reader, or that they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// What, as a sentence.
    #[schema(example = "Please give the advice you were asked for.")]
    pub words: String,
    /// Whether somebody waits for it; otherwise they may and need not.
    pub awaited: bool,
    /// By which day. Null: at any time.
    pub by: Option<NaiveDate>,
    /// Why that is the day.
    pub because: Vec<Step>,
    /// What it is, as `allowedActions` of the case names it. Null: it is done outside this API.
    pub action: Option<Action>,
    /// Where it is sent with POST. Null: it is done outside this API.
    #[schema(example = "/v1/cases/0190b0a0-0000-7000-8000-000000000002/views")]
    pub link: Option<String>,
}

/// What is asked of the reader, what is awaited first, by day.
pub(super) fn asked(
    case: &Case,
    plan: Option<&Plan>,
    duties: &Duties<'_>,
    awaited: &[Awaited],
    reader: &Audience<'_>,
) -> Vec<Asked> {
    let mut found = Found { all: Vec::new(), may: reader.may };
    if let Some(own) = reader.organisation {
        // Once the case is over, nobody waits for what was not given.
        if !case.stage().is_closed() {
            of_an_organisation(case, own, duties, &mut found);
        }
        if let Some(plan) = plan.filter(|plan| plan.placement.settings().contains(&own)) {
            of_a_school(plan, duties, &mut found);
        }
    }
    if reader.account.is_some() {
        of_a_family(case, duties, awaited, &mut found);
        if let Some(plan) = plan.filter(|plan| !plan.reviews.iter().any(Review::is_to_come)) {
            let words = "You can ask for a review of the plan before it is due.";
            let link = format!("/v1/plans/{}/review-requests", plan.id);
            found.add(words, false, (None, Vec::new()), Action::RequestReview, link);
        }
        if let Some((plan, review)) = plan.and_then(|plan| plan.planned_review().map(|review| (plan, review))) {
            let words = "You can give your views, and your child's, for the review of the plan.";
            let link = format!("/v1/plans/{}/reviews/{}/views", plan.id, review.id);
            found.add(words, false, (review.meets_on, Vec::new()), Action::GiveReviewViews, link);
        }
    }
    found.all.sort_by_key(|one| (!one.awaited, one.by.is_none(), one.by));
    found.all
}

struct Found<'a> {
    all: Vec<Asked>,
    may: &'a dyn Fn(Action) -> bool,
}

impl Found<'_> {
    /// Adds something the reader may send, if they may.
    fn add(&mut self, words: &str, awaited: bool, date: (Option<NaiveDate>, Vec<Step>), action: Action, link: String) {
        if (self.may)(action) {
            let (by, because) = date;
            self.all.push(Asked { words: words.to_owned(), awaited, by, because, action: Some(action), link: Some(link) });
        }
    }
}

impl Duties<'_> {
    /// The day of an open duty and the steps that led to it.
    fn date_of(&self, rule: &str, about: Option<&str>) -> (Option<NaiveDate>, Vec<Step>) {
        let of_rule = self.all.iter().filter(|duty| duty.rule.id == rule);
        let open = of_rule.filter(|duty| duty.met_on.is_none() && duty.fell_away_on.is_none());
        let told = open.filter_map(|duty| duty.explain(self.facts, self.today));
        let told = told.filter(|told| about.is_none() || told.about.as_deref() == about);
        told.min_by_key(|told| told.due_on).map_or((None, Vec::new()), |told| (Some(told.due_on), told.because))
    }
}

/// What an organisation was asked in this case: for advice, or whether it can meet the need.
fn of_an_organisation(case: &Case, own: &Organisation, duties: &Duties<'_>, found: &mut Found<'_>) {
    let at = format!("/v1/cases/{}", case.id);
    for advice in case.advice.iter().filter(|advice| advice.is_of(own) && advice.is_awaited()) {
        let id = advice.id.to_string();
        let words = "Please give the advice you were asked for.";
        let link = format!("{at}/advice-requests/{id}/progress");
        found.add(words, true, duties.date_of("D-ADV", Some(&id)), Action::RecordAdvice, link);
    }
    let waits = |one: &&Consultation| one.setting == *own && one.answer.is_none() && one.withdrawn.is_none();
    for one in case.consultations.iter().filter(waits) {
        let id = one.id.to_string();
        let words = "Please say whether you can meet the child's needs.";
        let link = format!("{at}/consultations/{id}/answer");
        found.add(words, true, duties.date_of("D-SCHCONS15", Some(&id)), Action::AnswerConsultation, link);
    }
}

/// What the reviews of a plan ask of the setting it names.
fn of_a_school(plan: &Plan, duties: &Duties<'_>, found: &mut Found<'_>) {
    let at = format!("/v1/plans/{}", plan.id);
    for review in plan.reviews.iter().filter(|review| review.meeting_on.is_some() && review.report_on.is_none()) {
        let id = review.id.to_string();
        let words = "Please send the report of the review meeting to everyone who was invited.";
        let link = format!("{at}/reviews/{id}/report");
        found.add(words, true, duties.date_of("D-AR-REPORT", Some(&id)), Action::SendReviewReport, link);
    }
    if plan.reviews.iter().any(|review| review.meeting_on.is_some() && review.notified_on.is_none()) {
        return;
    }
    match plan.planned_review() {
        Some(review) if review.meets_on.is_some() => to_be_held(&at, review, duties, found),
        Some(_) => {
            let words = "Please set another day for the review meeting that was not held.";
            found.add(words, true, duties.date_of("D-AR12", None), Action::PlanReview, format!("{at}/review-dates"));
        }
        None => {
            let words =
                "Please set the day of the yearly review, early enough for the authority to decide within four weeks of it.";
            found.add(words, true, duties.date_of("D-AR12", None), Action::PlanReview, format!("{at}/review-dates"));
        }
    }
}

/// What a review whose day is set asks of the setting.
fn to_be_held(plan: &str, review: &Review, duties: &Duties<'_>, found: &mut Found<'_>) {
    let (id, at) = (review.id.to_string(), format!("{plan}/reviews/{}", review.id));
    if review.invitations.is_empty() {
        let words = "Please invite everyone to the review meeting.";
        let by = duties.date_of("D-AR-NOTICE", Some(&id));
        found.add(words, true, by, Action::SendReviewInvitations, format!("{at}/invitations"));
    }
    if review.papers.is_empty() {
        let words = "Please send round the advice for the review meeting.";
        found.add(words, true, duties.date_of("D-AR-DOCS", Some(&id)), Action::SendReviewPapers, format!("{at}/papers"));
    }
    let day = || (review.meets_on, Vec::new());
    found.add("Please hold the review meeting.", true, day(), Action::HoldReviewMeeting, format!("{plan}/reviews"));
    let words = "You can give your views, and those told to you, for the review.";
    found.add(words, false, day(), Action::GiveReviewViews, format!("{at}/views"));
}

/// What is open to a family.
fn of_a_family(case: &Case, duties: &Duties<'_>, awaited: &[Awaited], found: &mut Found<'_>) {
    let at = format!("/v1/cases/{}", case.id);
    let views_awaited = awaited.iter().any(|one| one.from_you && one.rule.is_none());
    if views_awaited || matches!(case.stage(), Stage::Considering | Stage::Assessing | Stage::Drafting) {
        let words = "You can say what you and your child think, wish and feel.";
        found.add(words, views_awaited, (None, Vec::new()), Action::GiveViews, format!("{at}/views"));
    }
    if case.stage() == Stage::DraftServed {
        let words = "You can say what you think of the draft plan, section by section.";
        let link = format!("{at}/representations");
        found.add(words, false, duties.date_of("D-REPS15", None), Action::MakeRepresentations, link);
        let words = "You can ask for a particular school, college or nursery.";
        found.add(words, false, duties.date_of("D-REPS15", None), Action::RequestSetting, format!("{at}/setting-requests"));
    }
    let running = |duty: &&Duty| duty.rule.nature == Nature::Right && duty.state(duties.today) == DeadlineState::Running;
    for duty in duties.all.iter().filter(running) {
        let told = duty.explain(duties.facts, duties.today);
        let Some(told) = told.filter(|told| told.actor == law::Actor::Family) else { continue };
        let (words, by) = (format!("You may {}.", told.duty), Some(told.due_on));
        found.all.push(Asked { words, awaited: false, by, because: told.because, action: None, link: None });
        if duty.rule.id == "M-CONTACT" {
            let words = "You can tell the authority that you want mediation.";
            found.add(words, false, (by, Vec::new()), Action::AskMediation, format!("{at}/mediation-requests"));
        }
    }
}
