//! A child who moves on: the plan before a change of phase, and a fresh assessment of needs.

use crate::law::attribute::Outcome;
use crate::law::attribute::PhaseTransfer::*;
use crate::law::exception::{X2A, X18A, X27_3};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::SEND_REGS_2014;
use crate::law::rule::{Count, Evidence, Only, OtherReading, Rule, STATUTE, When};

const NAMED: &[When] = &[When::any(TransferSettingNamed)];
const PLAN_OVER: &[When] = &[When::any(PlanCeased), When::any(PlanTransferred), When::any(ResponsibilityEnded)];
const REASSESSED: &[When] = &[When::only(ReassessmentDecisionNotified, Only::Outcome(&[Outcome::Reassess]))];

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "PH-1",
        duty: "review and amend the plan so that it names the next setting, before 15 February of the year of transfer",
        count: Count::BeforeDateInTransferYear(2, 15),
        starts_from: &[When::only(
            PhaseTransferPlanned,
            Only::Transfer(&[EarlyYearsToSchool, InfantToJunior, PrimaryToMiddle, PrimaryToSecondary, MiddleToSecondary]),
        )],
        met_by: NAMED,
        ended_by: PLAN_OVER,
        excused_by: X18A,
        source: SEND_REGS_2014.at("18(1)(b)"),
        other_reading: OtherReading::ByTheDate,
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 18"),
        ..STATUTE
    },
    Rule {
        id: "PH-2",
        duty: "review and amend the plan so that it names the post-16 institution, before 31 March of the year of transfer",
        count: Count::BeforeDateInTransferYear(3, 31),
        starts_from: &[When::only(PhaseTransferPlanned, Only::Transfer(&[SecondaryToPost16]))],
        met_by: NAMED,
        ended_by: PLAN_OVER,
        excused_by: X18A,
        source: SEND_REGS_2014.at("18(1)(a)"),
        other_reading: OtherReading::ByTheDate,
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 18"),
        ..STATUTE
    },
    Rule {
        id: "PH-3",
        duty: "review and amend the plan so that it names the next post-16 institution, at least five months before the transfer",
        count: Count::MonthsBeforeTransfer(5),
        starts_from: &[When::only(PhaseTransferPlanned, Only::Transfer(&[BetweenPost16]))],
        met_by: NAMED,
        ended_by: PLAN_OVER,
        excused_by: X18A,
        source: SEND_REGS_2014.at("18(2)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 18"),
        ..STATUTE
    },
    Rule {
        id: "RA-1",
        duty: "tell whoever asked whether it will reassess",
        count: Count::Days(15),
        starts_from: &[When::any(ReassessmentRequested)],
        met_by: &[When::any(ReassessmentDecisionNotified)],
        ended_by: PLAN_OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("25(1)"),
        evidence: Evidence::Seen("Kent and sendiass.org on reassessment, fifteen calendar days"),
        ..STATUTE
    },
    Rule {
        id: "RA-2",
        duty: "send the plan that follows the reassessment",
        count: Count::Weeks(14),
        as_soon_as_practicable: true,
        starts_from: REASSESSED,
        met_by: &[When::any(ReassessedPlanSent)],
        ended_by: &[
            When::any(PlanCeased),
            When::any(PlanTransferred),
            When::any(ResponsibilityEnded),
            When::any(AmendmentDeclinedNotified),
        ],
        excused_by: X27_3,
        source: SEND_REGS_2014.at("27(2)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 27"),
        ..STATUTE
    },
];
