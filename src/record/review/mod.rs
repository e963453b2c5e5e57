//! What became of the reviews of a plan: asked for, planned, held, reported, decided?

mod choices;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::SettingType;
use super::decision::ReviewOutcome;
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::*;
use super::organisation::Organisation;
use super::request::RequestedBy;
use super::voice::Voice;
use super::year_group::YearGroup;

pub use choices::{
    AdulthoodTransition, ChildInvolvement, Convener, HealthCheck, MissedBecause, OutcomeProgress, Pathway, ReviewParty,
    ReviewPurpose, ReviewRequestAnswer, can_be_required,
};

/// The first year group whose reviews look ahead to adulthood (SEND Regulations 2014, reg. 20(6)).
pub const ADULTHOOD_FROM_YEAR: YearGroup = YearGroup(9);

/// Views that were given for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewViews {
    /// The entry, whose detail holds them.
    pub event: EventId,
    /// Whose they are.
    pub whose: Voice,
    /// The family member who gave them through the API.
    pub account: Option<String>,
    /// The setting that gave them.
    pub organisation: Option<Organisation>,
    /// The day they were given.
    pub given_on: Option<NaiveDate>,
}

/// That something was sent round for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRound {
    /// The day.
    pub on: Option<NaiveDate>,
    /// To whom.
    pub to: Vec<ReviewParty>,
}

/// That the meeting was not held on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The entry, whose detail may say more.
    pub event: EventId,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Why.
    pub because: MissedBecause,
}

/// The report of the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The entry, whose detail holds what it says.
    pub event: EventId,
    /// What it recommends.
    pub recommends: Option<ReviewOutcome>,
    /// How far each outcome is met, in the order of the detail; none: it was not told.
    pub progress: Option<Vec<OutcomeProgress>>,
    /// The pathways to adulthood that were considered; none: it was not told.
    pub pathways: Option<Vec<Pathway>>,
    /// Whether the young person had the yearly health check.
    pub health_check: Option<HealthCheck>,
    /// How far the move to adults' services is prepared.
    pub transition: Option<AdulthoodTransition>,
}

/// An outcome a report speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeWords {
    /// The outcome, as section E has it.
    pub outcome: String,
    /// What is said of the progress towards it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// One review of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// Why it is held; empty: it was not told.
    pub purposes: Vec<ReviewPurpose>,
    /// Who convenes it.
    pub convener: Option<Convener>,
    /// The type of the setting the child was at when the convener was told.
    pub setting_type: Option<SettingType>,
    /// The request it follows, where one was agreed to.
    pub request: Option<ReviewRequestId>,
    /// The entries that set a day, whose details may hold the reason.
    pub planned: Vec<EventId>,
    /// The day on which the meeting is to be held, as last set; none once it was missed and no other set.
    pub meets_on: Option<NaiveDate>,
    /// The invitations sent.
    pub invitations: Vec<SentRound>,
    /// The advice and information sent round before the meeting.
    pub papers: Vec<SentRound>,
    /// The days on which it was not held.
    pub missed: Vec<Missed>,
    /// The views given for it, the earliest first.
    pub views: Vec<ReviewViews>,
    /// The entry that recorded the meeting.
    pub held: Option<EventId>,
    /// The day the meeting was held.
    pub meeting_on: Option<NaiveDate>,
    /// Who came; none: it was not told.
    pub came: Option<Vec<ReviewParty>>,
    /// How the child had part in it.
    pub child: Option<ChildInvolvement>,
    /// The national curriculum year the child was in on the day of the meeting.
    pub year_group: Option<YearGroup>,
    /// The day the report was sent to everyone invited.
    pub report_on: Option<NaiveDate>,
    /// The report.
    pub report: Option<Report>,
    /// The officer who decided.
    pub officer: Option<StaffId>,
    /// What was decided.
    pub outcome: Option<ReviewOutcome>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family and the setting were notified.
    pub notified_on: Option<NaiveDate>,
}

impl Review {
    fn new(id: ReviewId) -> Self {
        Self {
            id,
            purposes: Vec::new(),
            convener: None,
            setting_type: None,
            request: None,
            planned: Vec::new(),
            meets_on: None,
            invitations: Vec::new(),
            papers: Vec::new(),
            missed: Vec::new(),
            views: Vec::new(),
            held: None,
            meeting_on: None,
            came: None,
            child: None,
            year_group: None,
            report_on: None,
            report: None,
            officer: None,
            outcome: None,
            decided_on: None,
            notified_on: None,
        }
    }

    /// The reviews of a plan, by the day of their meeting.
    pub fn all(file: &File, plan: PlanId) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut told: Vec<_> = file.standing().iter().filter_map(|s| Some((spoken_of(&s.fact, plan)?, s))).collect();
        // A day can be set twice on one day: what was recorded last holds.
        told.sort_by_key(|(_, standing)| (standing.occurred.on, standing.seq));
        for (id, standing) in told {
            let at = all.iter().position(|review| review.id == id).unwrap_or_else(|| {
                all.push(Self::new(id));
                all.len() - 1
            });
            all[at].take(standing);
        }
        all.sort_by_key(|review| (review.meeting_on.or(review.meets_on), review.id));
        all
    }

    /// Takes in one fact about it.
    fn take(&mut self, standing: &Standing) {
        let (on, event) = (standing.day(), standing.event);
        match &standing.fact {
            Fact::ReviewMeetingPlanned { meets_on, purposes, convened_by, setting_type, request, .. } => {
                self.meets_on = Some(*meets_on);
                self.planned.push(event);
                self.request = request.or(self.request);
                self.told(purposes, *convened_by, *setting_type);
            }
            Fact::ReviewInvitationsSent { to, .. } => self.invitations.push(SentRound { on, to: to.clone() }),
            Fact::ReviewPapersSent { to, .. } => self.papers.push(SentRound { on, to: to.clone() }),
            Fact::ReviewMeetingMissed { because, .. } => {
                // A day that was set for later, before this was recorded, stands.
                self.meets_on = self.meets_on.filter(|meets| on.is_some_and(|missed| *meets > missed));
                self.missed.push(Missed { event, on, because: *because });
            }
            Fact::ReviewViewsGiven { whose, account, organisation, .. } => {
                let (account, organisation) = (account.clone(), organisation.clone());
                self.views.push(ReviewViews { event, whose: *whose, account, organisation, given_on: on });
            }
            Fact::ReviewMeetingHeld { purposes, convened_by, setting_type, came, child, year_group, .. } => {
                self.held = Some(event);
                self.meeting_on = on;
                self.came.clone_from(came);
                self.child = *child;
                self.year_group = *year_group;
                self.told(purposes, *convened_by, *setting_type);
            }
            Fact::ReviewReportSent { recommends, progress, pathways, health_check, transition, .. } => {
                self.report_on = on;
                self.report = Some(Report {
                    event,
                    recommends: *recommends,
                    progress: progress.clone(),
                    pathways: pathways.clone(),
                    health_check: *health_check,
                    transition: *transition,
                });
            }
            Fact::ReviewDecided { outcome, officer, .. } => {
                self.outcome = Some(*outcome);
                self.officer = Some(*officer);
                self.decided_on = on;
            }
            Fact::ReviewDecisionNotified { .. } => self.notified_on = on,
            _ => {}
        }
    }

    /// Takes in why it is held and by whom, as last told.
    fn told(&mut self, purposes: &[ReviewPurpose], convener: Option<Convener>, setting_type: Option<SettingType>) {
        if !purposes.is_empty() {
            self.purposes = purposes.to_vec();
        }
        if convener.is_some() {
            self.convener = convener;
            self.setting_type = setting_type;
        }
    }

    /// Whether the meeting is still to come: a day is set, or another has to be.
    pub fn is_to_come(&self) -> bool {
        self.held.is_none() && (self.meets_on.is_some() || !self.missed.is_empty())
    }

    /// Whether it has to look ahead to adulthood, as far as it is known in which year the child was.
    pub fn looks_to_adulthood(&self) -> bool {
        self.year_group.is_some_and(|year| year >= ADULTHOOD_FROM_YEAR)
    }

    /// Who was invited.
    pub fn invited(&self) -> BTreeSet<ReviewParty> {
        self.invitations.iter().flat_map(|sent| sent.to.iter().copied()).collect()
    }
}

/// The review a fact is about, where it is one of this plan's.
fn spoken_of(fact: &Fact, of: PlanId) -> Option<ReviewId> {
    match fact {
        Fact::ReviewMeetingPlanned { plan, review, .. }
        | Fact::ReviewInvitationsSent { plan, review, .. }
        | Fact::ReviewPapersSent { plan, review, .. }
        | Fact::ReviewMeetingMissed { plan, review, .. }
        | Fact::ReviewViewsGiven { plan, review, .. }
        | Fact::ReviewMeetingHeld { plan, review, .. }
        | Fact::ReviewReportSent { plan, review, .. }
        | Fact::ReviewDecided { plan, review, .. }
        | Fact::ReviewDecisionNotified { plan, review }
            if *plan == of =>
        {
            Some(*review)
        }
        _ => None,
    }
}

/// Somebody's request for a review before it is due, and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRequest {
    /// Its id.
    pub id: ReviewRequestId,
    /// The entry, whose detail holds why.
    pub event: EventId,
    /// Who asked.
    pub by: RequestedBy,
    /// The family member who asked through the API.
    pub account: Option<String>,
    /// The setting that asked.
    pub organisation: Option<Organisation>,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// What was answered; none: nothing yet.
    pub answer: Option<Answered>,
}

/// The answer to a request for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The entry, whose detail holds the reasons.
    pub event: EventId,
    /// The answer.
    pub answer: ReviewRequestAnswer,
    /// The officer who gave it.
    pub officer: StaffId,
    /// The day it was given.
    pub on: Option<NaiveDate>,
}

impl ReviewRequest {
    /// The requests for a review of a plan, the earliest first.
    pub fn all(file: &File, of: PlanId) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for standing in file.standing() {
            let Fact::ReviewRequested { plan, request, by, account, organisation } = &standing.fact else { continue };
            if *plan == of {
                all.push(Self {
                    id: *request,
                    event: standing.event,
                    by: *by,
                    account: account.clone(),
                    organisation: organisation.clone(),
                    received_on: standing.day(),
                    answer: None,
                });
            }
        }
        for standing in file.standing() {
            let Fact::ReviewRequestAnswered { request, answer, officer, .. } = standing.fact else { continue };
            if let Some(known) = all.iter_mut().find(|known| known.id == request) {
                known.answer = Some(Answered { event: standing.event, answer, officer, on: standing.day() });
            }
        }
        all
    }
}

impl Fact {
    /// That the meeting of a review is to be held on a day, nothing more being told.
    pub fn review_meeting_planned(plan: PlanId, review: ReviewId, meets_on: NaiveDate) -> Self {
        let (purposes, convened_by, setting_type, request) = (Vec::new(), None, None, None);
        Fact::ReviewMeetingPlanned { plan, review, meets_on, purposes, convened_by, setting_type, request }
    }

    /// That the meeting of a review was held, nothing more being told.
    pub fn review_meeting_held(plan: PlanId, review: ReviewId) -> Self {
        let (purposes, convened_by, setting_type, came, child, year_group) = (Vec::new(), None, None, None, None, None);
        Fact::ReviewMeetingHeld { plan, review, purposes, convened_by, setting_type, came, child, year_group }
    }

    /// That the report of a review was sent, nothing more being told.
    pub fn review_report_sent(plan: PlanId, review: ReviewId) -> Self {
        let (recommends, progress, pathways, health_check, transition) = (None, None, None, None, None);
        Fact::ReviewReportSent { plan, review, recommends, progress, pathways, health_check, transition }
    }
}
