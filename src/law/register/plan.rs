//! The plan itself: the draft, the family's time to answer, the settings', the end of a plan, and its direct payments.

use super::assessment::{ASSESSED_OR_PLAN, NO_PLAN, REFUSED, REQUEST};
use crate::law::attribute::Matter;
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{BUDGET_REGS_2014, CFA_2014, SEND_CODE_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Count, Evidence, Nature, Only, OtherReading, Rule, STATUTE, Scope, Strength, When};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "D-DRAFT",
        duty: "serve the draft plan: the latest day that leaves fifteen days before the final plan is due",
        count: Count::DaysWithinWeeks(15, 20),
        starts_from: REQUEST,
        scope: Scope::Case,
        met_by: &[When::any(DraftPlanServed)],
        ended_by: &[
            When::any(RequestWithdrawn),
            When::any(ResponsibilityEnded),
            When::any(OrderMade),
            When::any(MediationAgreementReached),
            When::any(FinalPlanSent),
        ],
        set_aside_by: &[REFUSED, NO_PLAN],
        restored_by: ASSESSED_OR_PLAN,
        source: SEND_REGS_2014.at("13(1)"),
        strength: Strength::OurReading,
        other_reading: OtherReading::CommonTarget(16),
        evidence: Evidence::Seen("Children and Families Act 2014, s. 38, which sets no date; SEND Regulations 2014, reg. 13"),
        ..STATUTE
    },
    Rule {
        id: "D-REPS15",
        duty: "have at least fifteen days to answer the draft plan",
        actor: Actor::Family,
        nature: Nature::Window,
        count: Count::DaysBeginning(15),
        starts_from: &[When::any(DraftPlanServed)],
        met_by: &[When::any(RepresentationsComplete)],
        ended_by: &[When::any(FinalPlanSent)],
        source: SEND_REGS_2014.at("13(1)(a)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 13"),
        ..STATUTE
    },
    Rule {
        id: "D-SCHCONS15",
        duty: "answer the authority's consultation",
        actor: Actor::Setting,
        count: Count::Days(15),
        starts_from: &[When::any(ConsultationReceived)],
        met_by: &[When::any(ConsultationReplied)],
        ended_by: &[When::any(RequestWithdrawn), When::any(ResponsibilityEnded), When::any(FinalPlanSent)],
        source: SEND_CODE_2015.at("9.83"),
        strength: Strength::Guidance,
        evidence: Evidence::Seen("Torbay, The local authority's duty to consult"),
        ..STATUTE
    },
    Rule {
        id: "CE-2",
        duty: "keep the plan in force until the time to appeal is over",
        nature: Nature::NotBefore,
        count: Count::AfterAppealPeriod(2, 1),
        starts_from: &[When::only(DecisionNoticeSent, Only::Matter(&[Matter::Cease]))],
        met_by: &[When::any(PlanCeased)],
        ended_by: &[When::any(AppealReceived)],
        source: CFA_2014.at("45(4)"),
        evidence: Evidence::Seen("Children and Families Act 2014, Explanatory Notes, s. 45"),
        ..STATUTE
    },
    Rule {
        id: "PB-1",
        duty: "review the direct payments for the first time",
        count: Count::MonthsStarting(3),
        starts_from: &[When::any(DirectPaymentsStarted)],
        met_by: &[When::any(DirectPaymentsReviewed)],
        ended_by: &[When::any(PlanCeased), When::any(ResponsibilityEnded)],
        source: BUDGET_REGS_2014.at("11"),
        evidence: Evidence::Seen("SEN Expert Solicitors, Personal budgets (2)"),
        ..STATUTE
    },
];
