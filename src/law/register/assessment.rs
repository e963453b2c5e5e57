//! From request to final plan: decide in 6 weeks, advice in 6, no plan in 16, final plan in 20.

use crate::law::attribute::Outcome;
use crate::law::exception::{X5_4, X8_2, X10_4, X13_3, XD5_4, XD13_3};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{DETAINED_REGS_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Count, Evidence, InForce, Only, OtherReading, Rule, STATUTE, Scope, When};

/// A request, or the child otherwise coming to the authority's attention.
pub(super) const REQUEST: &[When] = &[When::only(RequestReceived, Only::Detained(false))];
const DETAINED: &[When] = &[When::only(RequestReceived, Only::Detained(true))];

pub(super) const REFUSED: When = When::only(AssessmentDecisionNotified, Only::Outcome(&[Outcome::Refuse]));
const ASSESSED: When = When::only(AssessmentDecisionNotified, Only::Outcome(&[Outcome::Assess]));
pub(super) const NO_PLAN: When = When::only(PlanDecisionNotified, Only::Outcome(&[Outcome::NoPlan]));
pub(super) const PLAN: When = When::only(PlanDecisionNotified, Only::Outcome(&[Outcome::Issue]));

const WITHDRAWN: &[When] = &[When::any(RequestWithdrawn), When::any(ResponsibilityEnded)];
/// A Tribunal's order or an agreement at mediation brings its own clocks in the place of these.
pub(super) const WITHDRAWN_OR_ORDERED: &[When] =
    &[When::any(RequestWithdrawn), When::any(ResponsibilityEnded), When::any(OrderMade), When::any(MediationAgreementReached)];
/// Not to be owed: a refusal, or no plan. A change of mind brings the limit back on its first day: conceding without an
/// order starts no new clock (R (W) v Hertfordshire [2023] EWHC 3138 (Admin)).
pub(super) const REFUSED_OR_NO_PLAN: &[When] = &[REFUSED, NO_PLAN];
pub(super) const ASSESSED_OR_PLAN: &[When] = &[ASSESSED, PLAN, When::any(DraftPlanServed), When::any(FinalPlanSent)];
const REFUSED_OR_PLAN: &[When] = &[REFUSED, PLAN, When::any(DraftPlanServed), When::any(FinalPlanSent)];
const ASSESSED_OR_NO_PLAN: &[When] = &[ASSESSED, NO_PLAN];
const ASSESSMENT_OVER: &[When] =
    &[When::any(RequestWithdrawn), When::any(ResponsibilityEnded), REFUSED, NO_PLAN, When::any(FinalPlanSent)];

const DETAINED_FROM: InForce = InForce::starting(2015, 4, 1);

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "D-6W",
        duty: "decide whether to assess, and tell the family",
        count: Count::Weeks(6),
        as_soon_as_practicable: true,
        starts_from: REQUEST,
        scope: Scope::Case,
        met_by: &[When::any(AssessmentDecisionNotified)],
        ended_by: WITHDRAWN,
        excused_by: X5_4,
        source: SEND_REGS_2014.at("5(1)"),
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("Children and Families Act 2014, s. 36; SEND Regulations 2014, regs 4 and 5"),
        ..STATUTE
    },
    Rule {
        id: "D-ADV",
        duty: "give the advice that was asked for",
        actor: Actor::AdviceGiver,
        count: Count::Weeks(6),
        starts_from: &[When::only(AdviceRequestReceived, Only::AdviceOfABody)],
        met_by: &[When::any(AdviceReturned)],
        ended_by: ASSESSMENT_OVER,
        excused_by: X8_2,
        source: SEND_REGS_2014.at("8(1)"),
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("SEND Advice Surrey, The 6 weeks for the completion of professional assessments"),
        ..STATUTE
    },
    Rule {
        id: "D-16W",
        duty: "tell the family if there will be no plan",
        count: Count::Weeks(16),
        as_soon_as_practicable: true,
        starts_from: REQUEST,
        scope: Scope::Case,
        met_by: &[NO_PLAN],
        ended_by: WITHDRAWN_OR_ORDERED,
        set_aside_by: REFUSED_OR_PLAN,
        restored_by: ASSESSED_OR_NO_PLAN,
        excused_by: X10_4,
        source: SEND_REGS_2014.at("10(1)"),
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 10"),
        ..STATUTE
    },
    Rule {
        id: "D-20W",
        duty: "send the final plan",
        count: Count::Weeks(20),
        as_soon_as_practicable: true,
        starts_from: REQUEST,
        scope: Scope::Case,
        met_by: &[When::any(FinalPlanSent)],
        ended_by: WITHDRAWN_OR_ORDERED,
        set_aside_by: REFUSED_OR_NO_PLAN,
        restored_by: ASSESSED_OR_PLAN,
        excused_by: X13_3,
        source: SEND_REGS_2014.at("13(2)"),
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 13; R (W) v Hertfordshire [2023] EWHC 3138 (Admin)"),
        ..STATUTE
    },
    Rule {
        id: "DT-6W",
        duty: "decide whether to assess the detained person, and tell the family",
        actor: Actor::HomeAuthority,
        count: Count::Weeks(6),
        as_soon_as_practicable: true,
        starts_from: DETAINED,
        scope: Scope::Case,
        met_by: &[When::any(AssessmentDecisionNotified)],
        ended_by: WITHDRAWN,
        excused_by: XD5_4,
        source: DETAINED_REGS_2015.at("5(1)"),
        in_force: DETAINED_FROM,
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("SEND (Detained Persons) Regulations 2015, regs 4 and 5"),
        ..STATUTE
    },
    Rule {
        id: "DT-16W",
        duty: "tell the family if there will be no plan for the detained person",
        actor: Actor::HomeAuthority,
        count: Count::Weeks(16),
        as_soon_as_practicable: true,
        starts_from: DETAINED,
        scope: Scope::Case,
        met_by: &[NO_PLAN],
        ended_by: WITHDRAWN_OR_ORDERED,
        set_aside_by: REFUSED_OR_PLAN,
        restored_by: ASSESSED_OR_NO_PLAN,
        source: DETAINED_REGS_2015.at("10(1)"),
        in_force: DETAINED_FROM,
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Unverified("regulation 10 was not readable; its exceptions are not listed here"),
        ..STATUTE
    },
    Rule {
        id: "DT-20W",
        duty: "send the final plan for the detained person",
        actor: Actor::HomeAuthority,
        count: Count::Weeks(20),
        as_soon_as_practicable: true,
        starts_from: DETAINED,
        scope: Scope::Case,
        met_by: &[When::any(FinalPlanSent)],
        ended_by: WITHDRAWN_OR_ORDERED,
        set_aside_by: REFUSED_OR_NO_PLAN,
        restored_by: ASSESSED_OR_PLAN,
        excused_by: XD13_3,
        source: DETAINED_REGS_2015.at("13(2)"),
        in_force: DETAINED_FROM,
        other_reading: OtherReading::ReceiptIsDayOne,
        evidence: Evidence::Seen("SEND (Detained Persons) Regulations 2015, reg. 13"),
        ..STATUTE
    },
];
