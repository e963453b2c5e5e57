//! A case: one request, what it led to, and the stage that follows from the facts.

use chrono::NaiveDate;

use super::advice::Advice;
use super::consultation::Consultation;
use super::decision::{AssessmentOutcome, Decision, PlanOutcome};
use super::draft::{Draft, FinalPlan};
use super::exception::{DelayLetter, Exception};
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::*;
use super::notice::Notice;
use super::organisation::Organisation;
use super::request::{RequestedBy, Requests};
use super::response::Response;
use super::responsibility::ResponsibilityEnd;
use super::reversal::{Refused, Reversal};
use super::stage::Stage;
use crate::law::Matter;

/// One case as its standing facts describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Whose case.
    pub child: ChildId,
    /// The entry that opened it: the request's, or that of a plan which was taken over.
    pub event: EventId,
    /// The human reference.
    pub reference: String,
    /// Everybody's requests, by the day they were received.
    pub requests: Requests,
    /// Who asked first; none: the plan was taken over.
    pub requested_by: Option<RequestedBy>,
    /// The day the first request was received, from which the clock runs; unknown only in imported history, and none where
    /// nobody asked for anything.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends, as the first request that says so has it.
    pub setting: Option<Organisation>,
    /// Files of what may be the same child, without those that staff have told apart.
    pub possible_duplicates: Vec<ChildId>,
    /// The case worker.
    pub case_worker: Option<StaffId>,
    /// Whether to assess.
    pub assessment: Option<Decision<AssessmentOutcome>>,
    /// The advice asked for, and the existing advice taken up.
    pub advice: Vec<Advice>,
    /// The exceptions claimed.
    pub exceptions: Vec<Exception>,
    /// The letters that told the family of a delay.
    pub delay_letters: Vec<DelayLetter>,
    /// Whether to make a plan.
    pub plan_decision: Option<Decision<PlanOutcome>>,
    /// The refusals that were reversed.
    pub reversals: Vec<Reversal>,
    /// The drafts served.
    pub drafts: Vec<Draft>,
    /// What the family said to the drafts.
    pub response: Response,
    /// The settings consulted.
    pub consultations: Vec<Consultation>,
    /// The days on which the health body agreed the health provision.
    pub health_agreed: Vec<Option<NaiveDate>>,
    /// The final plan.
    pub final_plan: Option<FinalPlan>,
    /// The statutory notices sent.
    pub notices: Vec<Notice>,
    /// The day the last request still alive was withdrawn, once none is; the inner option is an unknown day.
    pub withdrawn: Option<Option<NaiveDate>>,
    /// That the authority is not, or no longer, responsible.
    pub responsibility_ended: Option<ResponsibilityEnd>,
    /// The day the child died, if that stands; the inner option is an unknown day.
    pub died: Option<Option<NaiveDate>>,
    /// What mediation meetings were held about.
    pub mediations: Vec<Matter>,
    /// What appeals were registered about.
    pub appeals: Vec<Matter>,
}

impl Case {
    /// The case as the file's standing facts describe it; none when no request stands.
    pub fn of(file: &File, id: CaseId) -> Option<Self> {
        let standing: Vec<_> = file.of_case(id).collect();
        let requests = Requests::of(&standing);
        let mut case = standing.iter().find_map(|s| Self::opened(file, id, s, &requests))?;
        case.possible_duplicates.retain(|other| !file.told_apart(*other));
        case.advice = Advice::all(file.of_case(id));
        case.exceptions = Exception::all(file.of_case(id));
        case.delay_letters = file.of_case(id).filter_map(DelayLetter::of).collect();
        for standing in file.of_case(id) {
            case.add(standing);
        }
        // A notification can be entered before its decision, so it is matched once both are known.
        for standing in file.of_case(id) {
            match &standing.fact {
                Fact::AssessmentDecisionNotified { .. } => {
                    notify(&mut case.assessment, case.reversals.iter_mut(), Refused::RefusalToAssess, standing);
                }
                Fact::PlanDecisionNotified { .. } => {
                    notify(&mut case.plan_decision, case.reversals.iter_mut(), Refused::NoPlan, standing);
                }
                _ => {}
            }
        }
        Some(case)
    }

    fn opened(file: &File, id: CaseId, standing: &Standing, requests: &Requests) -> Option<Self> {
        let none = Vec::new();
        let (by, reference, possible_duplicates, case_worker) = match &standing.fact {
            Fact::RequestReceived { by, reference, possible_duplicates, .. } => (Some(*by), reference, possible_duplicates, None),
            Fact::PlanTakenOver { reference, case_worker, .. } => (None, reference, &none, *case_worker),
            _ => return None,
        };
        Some(Self {
            id,
            child: file.child,
            event: standing.event,
            reference: reference.clone(),
            requested_by: requests.first().map(|first| first.by).or(by),
            received_on: requests.first().and_then(|first| first.received_on),
            setting: requests.iter().find_map(|request| request.setting.clone()),
            withdrawn: requests.withdrawal().map(|withdrawal| withdrawal.on),
            requests: requests.clone(),
            possible_duplicates: possible_duplicates.clone(),
            case_worker,
            assessment: None,
            advice: Vec::new(),
            exceptions: Vec::new(),
            delay_letters: Vec::new(),
            plan_decision: None,
            reversals: file.of_case(id).filter_map(Reversal::of).collect(),
            drafts: Vec::new(),
            response: Response::of(file.of_case(id)),
            consultations: Consultation::all(&file.of_case(id).collect::<Vec<_>>()),
            health_agreed: Vec::new(),
            final_plan: None,
            responsibility_ended: None,
            notices: Notice::all(&file.of_case(id).collect::<Vec<_>>()),
            died: None,
            mediations: Vec::new(),
            appeals: Vec::new(),
        })
    }

    fn add(&mut self, standing: &Standing) {
        let on = standing.day();
        let event = standing.event;
        match &standing.fact {
            Fact::CaseAllocated { case_worker, .. } => self.case_worker = Some(*case_worker),
            Fact::AssessmentDecided { outcome, officer, item, .. } => {
                self.assessment = Some(Decision {
                    event,
                    outcome: *outcome,
                    officer: *officer,
                    item: *item,
                    decided_on: on,
                    notified_on: None,
                });
            }
            Fact::PlanDecided { outcome, officer, item, .. } => {
                self.plan_decision = Some(Decision {
                    event,
                    outcome: *outcome,
                    officer: *officer,
                    item: *item,
                    decided_on: on,
                    notified_on: None,
                });
            }
            Fact::DraftPlanServed { draft, names_placement, change, .. } => {
                self.drafts.push(Draft { id: *draft, event, served_on: on, names_placement: *names_placement, change: *change });
            }
            Fact::HealthProvisionAgreed { .. } => self.health_agreed.push(on),
            Fact::FinalPlanSent { plan, placement, health_provision, .. } => {
                self.final_plan = Some(FinalPlan {
                    plan: *plan,
                    event,
                    sent_on: on,
                    placement: placement.clone(),
                    health_provision: *health_provision == Some(true),
                    taken_over: false,
                });
            }
            Fact::PlanTakenOver { plan, placement, .. } => {
                self.final_plan = Some(FinalPlan {
                    plan: *plan,
                    event,
                    sent_on: on,
                    placement: placement.clone(),
                    health_provision: false,
                    taken_over: true,
                });
            }
            Fact::ResponsibilityEnded { why, forwarded_to, .. } => {
                let end = ResponsibilityEnd { event, why: *why, forwarded_to: forwarded_to.clone(), on };
                self.responsibility_ended = Some(end);
            }
            Fact::ChildDied {} => self.died = Some(on),
            Fact::MediationHeld { about, .. } => self.mediations.push(*about),
            Fact::AppealRegistered { about, .. } => self.appeals.push(*about),
            _ => {}
        }
    }

    /// The final plan that its assessment led to: none where a plan was taken over.
    pub fn plan_sent(&self) -> Option<&FinalPlan> {
        self.final_plan.as_ref().filter(|plan| !plan.taken_over)
    }

    /// Whether the authority assesses: it decided so, or its refusal was reversed.
    pub fn assesses(&self) -> bool {
        self.assessment.as_ref().is_some_and(|d| d.outcome == AssessmentOutcome::Assess)
            || self.reversed(Refused::RefusalToAssess)
    }

    /// Whether the authority makes a plan: it decided so, or its decision to make none was reversed.
    pub fn plans(&self) -> bool {
        self.plan_decision.as_ref().is_some_and(|d| d.outcome == PlanOutcome::Issue) || self.reversed(Refused::NoPlan)
    }

    fn reversed(&self, about: Refused) -> bool {
        self.reversals.iter().any(|reversal| reversal.about == about)
    }

    /// Where the case stands.
    pub fn stage(&self) -> Stage {
        if self.final_plan.is_some() {
            return Stage::PlanIssued;
        }
        if self.responsibility_ended.is_some() {
            return Stage::ResponsibilityEnded;
        }
        if self.requests.ask_for_nothing() {
            return Stage::NotARequest;
        }
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        match (&self.assessment, &self.plan_decision) {
            (_, Some(_)) if !self.plans() => Stage::NoPlan,
            (Some(_), None) if !self.assesses() && self.drafts.is_empty() => Stage::AssessmentRefused,
            // What was still open is closed by the child's death; what was closed before stays as it was.
            _ if self.died.is_some() => Stage::ResponsibilityEnded,
            _ if !self.drafts.is_empty() => Stage::DraftServed,
            (_, Some(_)) => Stage::Drafting,
            (Some(_), None) => Stage::Assessing,
            (None, None) => Stage::Considering,
        }
    }
}

/// A notification tells of the refusal's reversal from the day there is one, and of the decision before.
fn notify<'a, O>(
    decision: &mut Option<Decision<O>>,
    mut reversals: impl Iterator<Item = &'a mut Reversal>,
    about: Refused,
    standing: &Standing,
) {
    let notified = standing.day();
    if let Some(reversal) = reversals.find(|r| r.about == about && r.is_told_on(notified)) {
        reversal.notified_on = notified;
    } else if let Some(decision) = decision {
        decision.notified_on = notified;
    }
}
