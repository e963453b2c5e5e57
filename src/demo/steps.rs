//! Which requests to the service tell a fictional history, and when is each sent?
//!
//! Each step is recorded on the working day on which it happened or the next; what the service records together comes together.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rand::RngExt;
use rand::rngs::StdRng;

use super::cast::{Cast, Person, Sender, advice_giver, setting};
use super::codes::{assessment, identity, meeting_held, paragraph, plan, report_sent, requested_by, review_outcome, section_i};
use super::deeds::{Deed, deeds};
use super::history::{Advice, History};
use super::office::{Diary, recorded_on};
use super::panels::{Panels, Paper};
use super::settings::FictionalSetting;
use super::stock::Place;
use super::words;
use crate::access::Ask;
use crate::chance::Chance;
use crate::record::*;
use crate::service::Acknowledge;
use crate::service::recording::Step;

/// What a request adds to.
#[derive(Debug, Clone, Copy)]
pub(super) enum About {
    /// A child's file.
    File { child: ChildId, case: CaseId, action: Action },
    /// A panel's meeting.
    Meeting { meeting: MeetingId, child: Option<ChildId>, ask: Ask },
}

/// One request to the service. The reference and the possible duplicates of a new case are for who enters it.
pub(super) struct Request {
    pub(super) at: DateTime<Utc>,
    pub(super) sender: Sender,
    pub(super) about: About,
    pub(super) steps: Vec<Step>,
    pub(super) acknowledge: Vec<Acknowledge>,
}

/// What is unusual about how a history came to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Nothing.
    Usual,
    /// The family asked through the API.
    ByTheFamily,
    /// The draft named a placement, which it must not.
    DraftNamesPlacement,
}

/// Tells histories, one after the other.
pub(super) struct Teller<'a> {
    pub(super) cast: &'a Cast,
    pub(super) settings: &'a [FictionalSetting],
    pub(super) chance: &'a Chance,
    pub(super) rng: StdRng,
    pub(super) panels: Panels,
    /// The last day on which anything is recorded.
    pub(super) last_day: NaiveDate,
}

impl Teller<'_> {
    /// The requests that tell a history, in order.
    ///
    /// # Errors
    /// [`NotAnOrganisation`] for a setting whose number is none.
    pub(super) fn tell(&mut self, history: &History, manner: Manner) -> Result<Vec<Request>, NotAnOrganisation> {
        let cast = self.cast;
        let case_worker = &cast.case_workers[self.rng.random_range(0..cast.case_workers.len())];
        let officer = &cast.decision_makers[self.rng.random_range(0..cast.decision_makers.len())];
        let deeds = deeds(history);
        let mut story = Story {
            history,
            manner,
            settings: self.settings,
            attended: setting(&history.setting)?,
            case_worker,
            officer,
            item: None,
            file: None,
            advice: Vec::new(),
            plan: None,
            reviews: Vec::new(),
        };
        let mut diary = Diary::default();
        let mut requests: Vec<Request> = Vec::new();
        for (on, deed) in deeds {
            let recorded = recorded_on(on);
            if recorded > self.last_day {
                continue;
            }
            if let (Some(step), Some(last)) = (story.together(on, deed, requests.last(), self.chance), requests.last_mut()) {
                last.steps.push(step);
                continue;
            }
            let at = diary.next(recorded, &mut self.rng);
            let (child, case) = *story.file.get_or_insert_with(|| (self.chance.id(at), self.chance.id(at)));
            if let Deed::DecideAssessment = deed {
                story.item = self.before_panel(history, case_worker, child, case, on);
            }
            requests.extend(story.request(child, case, on, at, deed, cast, self.chance)?);
        }
        if let (Some((child, case)), true) = (story.file, history.panel) {
            self.await_panel(history, case_worker, child, case);
        }
        Ok(requests)
    }

    fn before_panel(
        &mut self,
        history: &History,
        case_worker: &Person,
        child: ChildId,
        case: CaseId,
        decided_on: NaiveDate,
    ) -> Option<ItemId> {
        if !(history.panel && history.received_on_is_known) {
            return None;
        }
        let outcome = history.assessment_decision.map(|made| assessment(made.outcome))?;
        // A panel advises and an officer decides: now and then otherwise.
        let recommendation = match (outcome, self.rng.random_bool(1.0 / 12.0)) {
            (AssessmentOutcome::Assess, false) | (AssessmentOutcome::Refuse, true) => Recommendation::Assess,
            (AssessmentOutcome::Refuse, false) | (AssessmentOutcome::Assess, true) => Recommendation::Refuse,
        };
        let paper = Paper { child, case, case_worker, opened_on: recorded_on(history.received_on) };
        self.panels.before_decision(&paper, decided_on, recommendation, self.chance, &mut self.rng)
    }

    /// A request still undecided after ten days goes before the next meeting.
    fn await_panel(&mut self, history: &History, case_worker: &Person, child: ChildId, case: CaseId) {
        let opened_on = recorded_on(history.received_on);
        let waits = history.assessment_decision.is_none() && history.withdrawn_on.is_none();
        if waits && opened_on + Days::new(10) <= self.last_day {
            let paper = Paper { child, case, case_worker, opened_on };
            self.panels.ahead(&paper, self.last_day, self.chance, &mut self.rng);
        }
    }
}

/// One history as far as it is told.
struct Story<'a> {
    history: &'a History,
    manner: Manner,
    settings: &'a [FictionalSetting],
    attended: Organisation,
    case_worker: &'a Person,
    officer: &'a Person,
    item: Option<ItemId>,
    file: Option<(ChildId, CaseId)>,
    advice: Vec<(usize, AdviceId)>,
    plan: Option<PlanId>,
    reviews: Vec<ReviewId>,
}

impl Story<'_> {
    /// A notice or a receipt that was known on the day of what it follows comes in the same request.
    fn together(&self, on: NaiveDate, deed: Deed, last: Option<&Request>, chance: &Chance) -> Option<Step> {
        let last = last?;
        let before = last.steps.last()?;
        if before.occurred.day() != Some(on) {
            return None;
        }
        let fact = match (deed, &before.fact) {
            (Deed::NotifyAssessment, Fact::AssessmentDecided { case, .. }) => Fact::AssessmentDecisionNotified { case: *case },
            (Deed::NotifyPlan, Fact::PlanDecided { case, .. }) => Fact::PlanDecisionNotified { case: *case },
            (Deed::NotifyReview(_), Fact::ReviewDecided { plan, review, .. }) => {
                Fact::ReviewDecisionNotified { plan: *plan, review: *review }
            }
            (Deed::AdviceReceived(place), Fact::AdviceRequested { case, advice, .. }) if self.asked(place) == Some(*advice) => {
                Fact::AdviceRequestReceived { case: *case, advice: *advice }
            }
            _ => return None,
        };
        Some(Step { event: chance.id(last.at), occurred: Occurred::on(on), fact, detail: Detail::default() })
    }

    fn asked(&self, place: usize) -> Option<AdviceId> {
        self.advice.iter().find(|(of, _)| *of == place).map(|(_, id)| *id)
    }

    /// The request that records a deed; none for what speaks of a thing that was never recorded.
    #[expect(clippy::too_many_arguments, reason = "each is one thing the request says")]
    fn request(
        &mut self,
        child: ChildId,
        case: CaseId,
        on: NaiveDate,
        at: DateTime<Utc>,
        deed: Deed,
        cast: &Cast,
        chance: &Chance,
    ) -> Result<Option<Request>, NotAnOrganisation> {
        let step = |fact| Step { event: chance.id(at), occurred: Occurred::on(on), fact, detail: Detail::default() };
        let history = self.history;
        let (case_worker, officer) = (self.case_worker, self.officer);
        let mut sender = Sender::from(case_worker);
        let mut concerns = Vec::new();
        let (action, steps) = match deed {
            Deed::Receive => {
                if self.manner == Manner::ByTheFamily {
                    sender = cast.family.clone();
                }
                (Action::SubmitRequest, self.receive(case, on, &sender, step))
            }
            Deed::Allocate => {
                sender = Sender::from(&cast.managers[0]);
                (Action::AllocateCase, vec![step(Fact::CaseAllocated { case, case_worker: case_worker.id })])
            }
            Deed::DecideAssessment => {
                let Some(made) = history.assessment_decision else { return Ok(None) };
                sender = Sender::from(officer);
                let outcome = assessment(made.outcome);
                let fact = Fact::AssessmentDecided { case, outcome, officer: officer.id, item: self.item };
                (Action::DecideAssessment, vec![step(fact).words(Some(words::assessment(outcome).to_owned()))])
            }
            Deed::NotifyAssessment => (Action::NotifyAssessmentDecision, vec![step(Fact::AssessmentDecisionNotified { case })]),
            Deed::RequestAdvice(place) => {
                let Some(asked) = history.advice.get(place) else { return Ok(None) };
                let advice: AdviceId = chance.id(at);
                self.advice.push((place, advice));
                let (giver, organisation) = advice_giver(asked.giver, &self.attended)?;
                let fact = Fact::AdviceRequested { case, advice, giver, organisation: Some(organisation), specialism: None };
                (Action::RequestAdvice, vec![step(fact)])
            }
            Deed::AdviceReceived(place) => {
                let Some(advice) = self.asked(place) else { return Ok(None) };
                (Action::RecordAdvice, vec![step(Fact::AdviceRequestReceived { case, advice })])
            }
            Deed::AdviceReturned(place) => {
                let (Some(advice), Some(Advice { giver, .. })) = (self.asked(place), history.advice.get(place)) else {
                    return Ok(None);
                };
                let returned = step(Fact::AdviceReturned { case, advice, answer: None, visibility: None, document: None });
                (Action::RecordAdvice, vec![returned.words(Some(words::advice(&history.child, *giver)))])
            }
            Deed::ClaimException(limit) => {
                let Some(claimed) = history.exception else { return Ok(None) };
                let paragraph = paragraph(claimed.ground, limit).to_owned();
                let (from, to) = (claimed.from, claimed.to);
                let claim =
                    step(Fact::ExceptionClaimed { case, paragraph, from, to, setting: None, advice: None, asked_on: None });
                let told = step(Fact::ExceptionTold { case, claim: claim.event });
                (Action::ClaimException, vec![claim.words(Some(words::exception(claimed.ground).to_owned())), told])
            }
            Deed::Mediate(about) => (Action::RecordMediation, vec![step(Fact::MediationHeld { case, about })]),
            Deed::Appeal(about) => (Action::RegisterAppeal, vec![step(Fact::AppealRegistered { case, about })]),
            Deed::Concede(about) => {
                sender = Sender::from(officer);
                // The day the family was told: by agreement, whatever had been contested.
                let fact = Fact::RefusalReversed { case, about, by: ReversedBy::Concession };
                (Action::ReverseRefusal, vec![step(fact)])
            }
            Deed::DecidePlan => {
                let Some(made) = history.plan_decision else { return Ok(None) };
                sender = Sender::from(officer);
                let outcome = plan(made.outcome);
                let fact = Fact::PlanDecided { case, outcome, officer: officer.id, item: None };
                (Action::DecidePlan, vec![step(fact).words(Some(words::plan(outcome).to_owned()))])
            }
            Deed::NotifyPlan => (Action::NotifyPlanDecision, vec![step(Fact::PlanDecisionNotified { case })]),
            Deed::ServeDraft => {
                let names = (self.manner == Manner::DraftNamesPlacement).then(|| self.section_i());
                concerns.extend(names.is_some().then_some("draft_names_placement"));
                let draft = chance.id(at);
                let change = Some(if history.draft_served_on.first() == Some(&on) {
                    DraftChange::First
                } else {
                    DraftChange::ByAuthority
                });
                let mut served = step(Fact::DraftPlanServed { case, draft, names_placement: names.is_some(), change });
                served.detail.sections = words::sections(&history.child, names.as_deref());
                let mut steps = vec![served];
                if let (Some(urn), Some(DraftChange::First)) = (&history.named_setting, change) {
                    let (consultation, setting) = (chance.id(at), setting(urn)?);
                    steps.push(step(Fact::ConsultationSent {
                        case,
                        consultation,
                        setting,
                        other_authority: None,
                        transfer: None,
                    }));
                }
                (Action::ServeDraftPlan, steps)
            }
            Deed::SendFinal => {
                let plan: PlanId = chance.id(at);
                self.plan = Some(plan);
                let hasty = history.draft_served_on.last().is_some_and(|served| *served + Days::new(15) > on);
                concerns.extend(hasty.then_some("final_plan_before_response_time"));
                let mut sent =
                    step(Fact::FinalPlanSent { case, plan, placement: self.placement()?, health_provision: Some(false) });
                sent.detail.sections = words::sections(&history.child, Some(&self.section_i()));
                let mut steps = vec![sent];
                let (place, named) = (self.place(), self.named()?);
                if named.is_some() || place.is_at_no_setting() {
                    steps.push(step(place.begun(chance.id(at), named, on)));
                }
                (Action::SendFinalPlan, steps)
            }
            Deed::Withdraw => (Action::WithdrawRequest, vec![step(Fact::RequestWithdrawn { case, request: None })]),
            Deed::HoldReview | Deed::SendReport(_) | Deed::DecideReview(_) | Deed::NotifyReview(_) => {
                match self.review(deed, at, chance, step) {
                    Some((action, review)) => {
                        if action == Action::DecideReview {
                            sender = Sender::from(officer);
                        }
                        (action, vec![review])
                    }
                    None => return Ok(None),
                }
            }
        };
        let acknowledge = concerns
            .into_iter()
            .map(|concern: &str| Acknowledge { concern: concern.to_owned(), reason: words::acknowledged(concern).to_owned() });
        let about = About::File { child, case, action };
        Ok(Some(Request { at, sender, about, steps, acknowledge: acknowledge.collect() }))
    }

    /// A file is opened and the request received.
    fn receive(&self, case: CaseId, on: NaiveDate, sender: &Sender, step: impl Fn(Fact) -> Step) -> Vec<Step> {
        let child = &self.history.child;
        let mut registered = step(Fact::ChildRegistered {});
        registered.detail.identity = Some(identity(child));
        let mut received = step(Fact::RequestReceived {
            case,
            by: requested_by(self.history.source),
            setting: Some(self.attended.clone()),
            requester: (self.manner == Manner::ByTheFamily).then(|| sender.subject.clone()),
            reference: String::new(),
            possible_duplicates: Vec::new(),
            detained: false,
        });
        received.occurred = if self.history.received_on_is_known { Occurred::on(on) } else { Occurred::unknown() };
        vec![registered, received.words(Some(words::request(child, self.history.source)))]
    }

    /// What section I says.
    fn section_i(&self) -> String {
        let named = self.settings.iter().find(|one| Some(&one.urn) == self.history.named_setting.as_ref());
        named.map_or_else(|| "A special school, by type.".to_owned(), |one| one.name.to_owned())
    }

    fn placement(&self) -> Result<Placement, NotAnOrganisation> {
        Ok(section_i(self.place(), self.named()?))
    }

    /// Where the plan places the child: at a setting like any other, where no published table says.
    fn place(&self) -> Place {
        self.history.place.unwrap_or(Place::SpecialMaintained)
    }

    fn named(&self) -> Result<Option<Organisation>, NotAnOrganisation> {
        self.history.named_setting.as_ref().map(setting).transpose()
    }

    fn review(&mut self, deed: Deed, at: DateTime<Utc>, chance: &Chance, step: impl Fn(Fact) -> Step) -> Option<(Action, Step)> {
        let plan = self.plan?;
        let told = |place: usize| self.history.reviews.get(place);
        match deed {
            Deed::HoldReview => {
                let review: ReviewId = chance.id(at);
                self.reviews.push(review);
                let met_on = told(self.reviews.len() - 1)?.meeting_on;
                Some((Action::HoldReviewMeeting, step(meeting_held(plan, review, &self.history.child, met_on))))
            }
            Deed::SendReport(place) => {
                let review = *self.reviews.get(place)?;
                let sent = step(report_sent(plan, review, &self.history.child, told(place)?.meeting_on));
                Some((Action::SendReviewReport, sent.words(Some(words::report(&self.history.child)))))
            }
            Deed::DecideReview(place) => {
                let review = *self.reviews.get(place)?;
                let made = told(place)?.decision?;
                let outcome = review_outcome(made.outcome);
                let decided = step(Fact::ReviewDecided { plan, review, outcome, officer: self.officer.id });
                Some((Action::DecideReview, decided.words(Some(words::review(made.outcome).to_owned()))))
            }
            Deed::NotifyReview(place) => {
                let review = *self.reviews.get(place)?;
                Some((Action::NotifyReviewDecision, step(Fact::ReviewDecisionNotified { plan, review })))
            }
            _ => None,
        }
    }
}
