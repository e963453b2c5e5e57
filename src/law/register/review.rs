//! Annual reviews: once in twelve months, papers before the meeting, report, decision and amended plan after it.

use crate::law::attribute::Outcome;
use crate::law::exception::X2A;
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{CFA_2014, DEVON_2022, SEND_CODE_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Cap, Count, Evidence, Nature, Only, OtherReading, Rule, STATUTE, Scope, Strength, When, Which};

/// The plan first made, and each decision after a review that keeps the plan alive: from these the twelve months run.
pub(in crate::law) const REVIEW_YEAR_STARTS: &[When] =
    &[When::any(FinalPlanSent), When::only(ReviewDecisionNotified, Only::Outcome(&[Outcome::Maintain, Outcome::Amend]))];

const MEETING: &[When] = &[When::any(ReviewMeetingHeld)];
/// A meeting can be told before it is held.
const MEETING_TO_COME: &[When] = &[When::any(ReviewMeetingPlanned), When::any(ReviewMeetingHeld)];
const PLAN_OVER: &[When] = &[When::any(PlanCeased), When::any(PlanTransferred), When::any(ResponsibilityEnded)];
const NO_AMENDMENT: &[When] = &[
    When::any(PlanCeased),
    When::any(PlanTransferred),
    When::any(ResponsibilityEnded),
    When::any(AmendmentDeclinedNotified),
    When::only(ReviewDecisionNotified, Only::Outcome(&[Outcome::Maintain, Outcome::Cease])),
];

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "D-AR12",
        duty: "review the plan, and tell the family the decision",
        count: Count::MonthsStarting(12),
        starts_from: REVIEW_YEAR_STARTS,
        which: Which::Each,
        scope: Scope::Case,
        met_by: &[When::any(ReviewDecisionNotified)],
        ended_by: PLAN_OVER,
        source: CFA_2014.at("44(1)"),
        other_reading: OtherReading::Anniversary,
        evidence: Evidence::Seen("Slough, Annual review; Staffordshire, Annual review guidance; IPSEA, Year 5"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-U5",
        duty: "consider a review, every three to six months while the child is under five",
        count: Count::Months(6),
        starts_from: REVIEW_YEAR_STARTS,
        which: Which::EachUnderFive,
        scope: Scope::Case,
        met_by: &[When::any(ReviewDecisionNotified)],
        ended_by: PLAN_OVER,
        source: SEND_CODE_2015.at("9.178"),
        strength: Strength::Guidance,
        evidence: Evidence::Seen("Worcestershire, Annual Reviews, early years"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-NOTICE",
        duty: "invite everyone to the review meeting, at least two weeks before it",
        actor: Actor::SettingOrAuthority,
        count: Count::WeeksBefore(2),
        starts_from: MEETING_TO_COME,
        which: Which::Last,
        met_by: &[When::any(ReviewInvitationsSent)],
        ended_by: PLAN_OVER,
        source: SEND_REGS_2014.at("20(3)"),
        other_reading: OtherReading::ClearDays,
        evidence: Evidence::Seen("SEND Regulations 2014, regs 20 and 21"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-DOCS",
        duty: "send round the advice for the review meeting, at least two weeks before it",
        actor: Actor::SettingOrAuthority,
        count: Count::WeeksBefore(2),
        starts_from: MEETING_TO_COME,
        which: Which::Last,
        met_by: &[When::any(ReviewPapersSent)],
        ended_by: PLAN_OVER,
        source: SEND_REGS_2014.at("20(4)"),
        other_reading: OtherReading::ClearDays,
        evidence: Evidence::Seen("SEND Regulations 2014, regs 20 and 21"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-REPORT",
        duty: "send the report of the review meeting",
        actor: Actor::SettingOrAuthority,
        count: Count::Weeks(2),
        starts_from: MEETING,
        met_by: &[When::any(ReviewReportSent)],
        ended_by: PLAN_OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("20(9)"),
        evidence: Evidence::Unverified("the two weeks were seen (reg. 21; Norfolk), the number of the paragraph was not"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-DEC",
        duty: "decide to maintain, amend or cease the plan, and tell the family and the setting",
        count: Count::Weeks(4),
        cap: Cap::ReviewYear,
        starts_from: MEETING,
        met_by: &[When::any(ReviewDecisionNotified)],
        ended_by: PLAN_OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("20(10)"),
        evidence: Evidence::Seen("IPSEA on R (L, M and P) v Devon; Southend, Annual reviews"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-AMEND",
        duty: "send the proposed amendments with the decision, if the plan is to be amended",
        count: Count::Weeks(4),
        cap: Cap::ReviewYear,
        starts_from: MEETING,
        met_by: &[When::any(AmendmentNoticeSent)],
        ended_by: NO_AMENDMENT,
        source: DEVON_2022.at(""),
        strength: Strength::CaseLaw,
        evidence: Evidence::Seen("IPSEA and Monckton on R (L, M and P) v Devon"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-REPS",
        duty: "have at least fifteen days to answer the proposed amendments",
        actor: Actor::Family,
        nature: Nature::Window,
        count: Count::DaysBeginning(15),
        starts_from: &[When::any(AmendmentNoticeServed)],
        met_by: &[When::any(RepresentationsComplete)],
        ended_by: &[When::any(AmendedPlanSent), When::any(AmendmentDeclinedNotified)],
        source: SEND_REGS_2014.at("22(2)(c)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 22"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-FINAL8",
        duty: "send the amended plan, within eight weeks of sending the proposed amendments",
        count: Count::Weeks(8),
        as_soon_as_practicable: true,
        starts_from: &[When::any(AmendmentNoticeSent)],
        met_by: &[When::any(AmendedPlanSent)],
        ended_by: NO_AMENDMENT,
        source: SEND_REGS_2014.at("22(3)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 22"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-FINAL12",
        duty: "send the amended plan, if it is amended, within twelve weeks of the review meeting",
        count: Count::Weeks(12),
        starts_from: MEETING,
        met_by: &[When::any(AmendedPlanSent)],
        ended_by: NO_AMENDMENT,
        source: DEVON_2022.at(""),
        strength: Strength::CaseLaw,
        evidence: Evidence::Seen("IPSEA and Monckton on R (L, M and P) v Devon"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-NOAMEND",
        duty: "tell the family, with reasons, if the plan is not amended after all",
        count: Count::Weeks(8),
        starts_from: &[When::any(AmendmentNoticeSent)],
        met_by: &[When::any(AmendmentDeclinedNotified)],
        ended_by: &[
            When::any(PlanCeased),
            When::any(PlanTransferred),
            When::any(ResponsibilityEnded),
            When::any(AmendedPlanSent),
        ],
        source: SEND_REGS_2014.at("22(4)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 22"),
        ..STATUTE
    },
    Rule {
        id: "D-AR-LIST",
        duty: "send each setting the list of reviews due in the term, two weeks before it starts",
        count: Count::WeeksBefore(2),
        starts_from: &[When::any(TermStarts)],
        met_by: &[When::any(ReviewListSent)],
        source: SEND_CODE_2015.at("9.172"),
        strength: Strength::Guidance,
        evidence: Evidence::Seen("Lancashire, Annual review"),
        ..STATUTE
    },
];
