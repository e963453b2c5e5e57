//! Why is a duty likely to be missed, and from which day on? Each reason has its rule here, with its source.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::advice::Advice;
use super::awaited::{Goal, about, asks_a_body, bodies, is_work, review_under_way};
use super::case::Case;
use super::plan::Plan;
use crate::law::counting::{days_after, days_before, weeks_after, weeks_before, working_days_after};
use crate::law::instruments::{SEND_CODE_2015, SEND_REGS_2014};
use crate::law::{Citation, Duty, Fact, Nature, Provision, last_day_to_meet};

/// A case is given to a case worker within so many working days. Our threshold.
const ALLOCATED_WITHIN_WORKING_DAYS: u16 = 5;

/// A decision is taken so many days before its limit, so that the family can be told in time. Our threshold.
const DECIDED_DAYS_BEFORE: u16 = 7;

/// A body has six weeks for its advice (SEND Regulations 2014, reg. 8(1)).
const ADVICE_WEEKS: u16 = 6;

/// The family has fifteen days for a draft (SEND Regulations 2014, reg. 13(1)(a)).
const FAMILY_DAYS: u16 = 15;

/// A setting is given fifteen days to answer (SEND Code of Practice, 9.83), counted here from the end of the family's: what they
/// ask for by then still has to be asked about.
const CONSULTATION_DAYS: u16 = 15;

/// Why a duty is likely to be missed. `unallocated`: no case worker has had the case for five working days. `decision_open`: seven
/// days before the limit nothing is decided. `earlier_limit_passed`: a limit on the way was missed. `advice_not_asked`: advice asked
/// for now could come after the limit. `advice_overdue`, `advice_refused`, `advice_expected_late`, `advice_due_too_late`: advice the
/// decision needs is late, was answered without advice, is announced for after the limit, or was asked for too late to be due before
/// it. `no_draft`: what is left is too short for the family's and the settings' fifteen days. `consultation_unanswered`: a setting
/// did not answer in time, or its time ends after the limit. `panel_too_late`: the panel meets after the limit.
/// `review_meeting_open`: no meeting was held and less than four weeks are left for what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskReason {
    /// No case worker has the case.
    Unallocated,
    /// Nothing is decided shortly before the limit.
    DecisionOpen,
    /// A limit on the way to this one was missed.
    EarlierLimitPassed,
    /// No advice was asked for.
    AdviceNotAsked,
    /// Advice is overdue.
    AdviceOverdue,
    /// The request was answered without advice, and nobody else has it.
    AdviceRefused,
    /// Advice is announced for after the limit.
    AdviceExpectedLate,
    /// Advice was asked for so late that it is due after the limit.
    AdviceDueTooLate,
    /// No draft was served.
    NoDraft,
    /// A setting has not answered.
    ConsultationUnanswered,
    /// The panel meets after the limit.
    PanelTooLate,
    /// No review meeting was held.
    ReviewMeetingOpen,
}

impl RiskReason {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unallocated => "No case worker has the case, five working days after this began to run.",
            Self::DecisionOpen => "Nothing is decided, with seven days or fewer left.",
            Self::EarlierLimitPassed => "A limit on the way to this one has passed and is not met.",
            Self::AdviceNotAsked => "No advice was asked for: the six weeks a body has would end after this limit.",
            Self::AdviceOverdue => "Advice that was asked for is overdue.",
            Self::AdviceRefused => "A request for advice was answered without advice, and nobody else has taken it on.",
            Self::AdviceExpectedLate => "Advice is announced for a day after this limit.",
            Self::AdviceDueTooLate => "Advice was asked for so late that its six weeks end after this limit.",
            Self::NoDraft => {
                "No draft is served: the days left are too few for the family's fifteen and a setting's fifteen after them."
            }
            Self::ConsultationUnanswered => {
                "A setting that was consulted has not answered within its time, or has time beyond this limit."
            }
            Self::PanelTooLate => "The panel on whose agenda this is meets after the limit.",
            Self::ReviewMeetingOpen => {
                "No review meeting was held, with less than the four weeks left that the decision may take."
            }
        }
    }

    /// The provision behind the threshold; none: it is our own.
    pub fn source(self) -> Option<Citation> {
        let provision: Provision = match self {
            Self::Unallocated | Self::DecisionOpen | Self::EarlierLimitPassed | Self::PanelTooLate => return None,
            Self::AdviceNotAsked
            | Self::AdviceOverdue
            | Self::AdviceRefused
            | Self::AdviceExpectedLate
            | Self::AdviceDueTooLate => SEND_REGS_2014.at("8(1)"),
            Self::NoDraft => SEND_REGS_2014.at("13(1)(a)"),
            Self::ConsultationUnanswered => SEND_CODE_2015.at("9.83"),
            Self::ReviewMeetingOpen => SEND_REGS_2014.at("20(10)"),
        };
        Some(provision.cite())
    }
}

/// One reason, and the first day on which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Risk {
    /// The first day.
    pub from: NaiveDate,
    /// The reason.
    pub reason: RiskReason,
}

/// Every reason why a duty is likely to be missed that holds on some day before it is, the earliest first. A duty that is missed
/// already is overdue and no longer at risk. When a panel meets is not in the child's file: whoever reads the list adds that.
pub(super) fn risks(case: &Case, plan: Option<&Plan>, facts: &[Fact], duties: &[Duty], duty: &Duty) -> Vec<Risk> {
    if !is_work(duty) || duty.rule.nature != Nature::Duty {
        return Vec::new();
    }
    let view = View { case, plan, facts, duties, duty };
    let mut found = match Goal::of(duty) {
        Goal::WhetherToAssess => [view.unallocated(), view.decision_open(case.assessment.is_none())].concat(),
        Goal::WhetherToPlan => {
            [view.on_the_way(), view.decision_open(case.plan_decision.is_none() && case.assesses()), view.advice()].concat()
        }
        Goal::Draft => [view.on_the_way(), view.advice(), view.no_draft(CONSULTATION_DAYS)].concat(),
        Goal::FinalPlan => {
            [view.on_the_way(), view.advice(), view.no_draft(FAMILY_DAYS + CONSULTATION_DAYS), view.consultations()].concat()
        }
        Goal::Advice => view.own_advice(),
        Goal::Review => view.review(),
        Goal::Consultation
        | Goal::Representations
        | Goal::ReviewInvitations
        | Goal::ReviewPapers
        | Goal::ReviewReport
        | Goal::Amendments
        | Goal::AmendedPlan
        | Goal::TransferSetting
        | Goal::Ceasing
        | Goal::Other => Vec::new(),
    };
    found.retain(|risk| risk.from <= duty.due_on);
    // Of one reason the earliest day is kept.
    found.sort_by_key(|risk| (risk.reason, risk.from));
    found.dedup_by_key(|risk| risk.reason);
    found.sort();
    found
}

/// A duty among what else there is in its case.
struct View<'a> {
    case: &'a Case,
    plan: Option<&'a Plan>,
    facts: &'a [Fact],
    duties: &'a [Duty],
    duty: &'a Duty,
}

impl View<'_> {
    fn unallocated(&self) -> Vec<Risk> {
        let from = days_after(working_days_after(self.duty.starts_on, ALLOCATED_WITHIN_WORKING_DAYS), 1);
        given(self.case.case_worker.is_none(), from, RiskReason::Unallocated)
    }

    fn decision_open(&self, open: bool) -> Vec<Risk> {
        given(open, days_before(self.duty.due_on, DECIDED_DAYS_BEFORE), RiskReason::DecisionOpen)
    }

    /// What every step after the first decision hangs on.
    fn on_the_way(&self) -> Vec<Risk> {
        let earlier = |other: &&Duty| {
            other.due_on < self.duty.due_on
                && is_work(other)
                && matches!(Goal::of(other), Goal::WhetherToAssess | Goal::WhetherToPlan)
        };
        let passed = self.duties.iter().filter(earlier).map(|other| days_after(other.due_on, 1)).min();
        [self.unallocated(), from(passed, RiskReason::EarlierLimitPassed)].concat()
    }

    /// The advice that the decision for or against a plan needs, until it is taken.
    fn advice(&self) -> Vec<Risk> {
        if !self.case.assesses() || self.case.plan_decision.is_some() || self.case.plans() {
            return Vec::new();
        }
        let last_to_ask = weeks_before(self.duty.due_on, ADVICE_WEEKS);
        let mut found = given(!asks_a_body(self.case), days_after(last_to_ask, 1), RiskReason::AdviceNotAsked);
        for advice in bodies(self.case).filter(|advice| advice.is_awaited()) {
            let due = self.advice_due(advice);
            found.extend(from(due.map(|due| days_after(due, 1)), RiskReason::AdviceOverdue));
            found.extend(refused(advice));
            found.extend(self.announced(advice));
            let asked = advice.received_on.or(advice.requested_on);
            found.extend(from(asked.filter(|_| due > Some(self.duty.due_on)), RiskReason::AdviceDueTooLate));
        }
        found
    }

    /// What stands in the way of one piece of advice.
    fn own_advice(&self) -> Vec<Risk> {
        let about = about(self.facts, self.duty);
        let own = self.case.advice.iter().find(|advice| Some(advice.id.to_string()).as_deref() == about);
        own.map(|advice| [refused(advice), self.announced(advice)].concat()).unwrap_or_default()
    }

    /// The day advice is due: as the law has it once the body has received the request, otherwise as if it had on the day it was sent.
    fn advice_due(&self, advice: &Advice) -> Option<NaiveDate> {
        let id = advice.id.to_string();
        let of_it = |duty: &&Duty| Goal::of(duty) == Goal::Advice && about(self.facts, duty) == Some(id.as_str());
        let counted = || advice.received_on.or(advice.requested_on).map(|on| weeks_after(on, ADVICE_WEEKS));
        self.duties.iter().find(of_it).map(|duty| duty.due_on).or_else(counted)
    }

    /// Only what was said last counts.
    fn announced(&self, advice: &Advice) -> Vec<Risk> {
        let late = advice.delays.last().filter(|delay| delay.expected_on > Some(self.duty.due_on));
        from(late.and_then(|delay| delay.on), RiskReason::AdviceExpectedLate)
    }

    fn no_draft(&self, days_needed: u16) -> Vec<Risk> {
        let last_to_serve = days_before(self.duty.due_on, days_needed);
        given(self.case.drafts.is_empty(), days_after(last_to_serve, 1), RiskReason::NoDraft)
    }

    fn consultations(&self) -> Vec<Risk> {
        let open = self.duties.iter().filter(|other| Goal::of(other) == Goal::Consultation && is_work(other));
        let from = open.map(|other| if other.due_on > self.duty.due_on { other.starts_on } else { days_after(other.due_on, 1) });
        from.map(|from| Risk { from, reason: RiskReason::ConsultationUnanswered }).collect()
    }

    fn review(&self) -> Vec<Risk> {
        let under_way = review_under_way(self.plan, about(self.facts, self.duty), self.duty.starts_on);
        match under_way {
            Some(review) => self.decision_open(review.outcome.is_none()),
            None => {
                let last_to_meet = last_day_to_meet(self.duty.due_on);
                given(true, days_after(last_to_meet, 1), RiskReason::ReviewMeetingOpen)
            }
        }
    }
}

fn refused(advice: &Advice) -> Vec<Risk> {
    from(advice.nil_that_stands().and_then(|nil| nil.on), RiskReason::AdviceRefused)
}

fn given(holds: bool, first: NaiveDate, reason: RiskReason) -> Vec<Risk> {
    from(holds.then_some(first), reason)
}

fn from(first: Option<NaiveDate>, reason: RiskReason) -> Vec<Risk> {
    first.map(|from| Risk { from, reason }).into_iter().collect()
}
