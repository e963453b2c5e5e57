//! A child who moves on: the plan before a change of phase, and a fresh assessment of needs.

use crate::law::attribute::Outcome;
use crate::law::attribute::PhaseTransfer::*;
use crate::law::exception::{X2A, X18A, X27_3};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::SEND_REGS_2014;
use crate::law::rule::{Count, Evidence, OtherReading, Rule, STATUTE};
use crate::law::when::{Only, When};

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
        ended_by: &[
            When::any(RequestWithdrawn),
            When::any(PlanCeased),
            When::any(PlanTransferred),
            When::any(ResponsibilityEnded),
        ],
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
            When::any(RequestWithdrawn),
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

#[cfg(test)]
mod tests {
    use super::super::worked::{due, excused, facts, on, stands, state};
    use crate::law::DeadlineState::*;
    use crate::law::deadlines;

    const TRANSFER: &str = "phase_transfer_planned 2026-09-01 about=t kind=primary_to_secondary transferOn=2027-09-01";

    #[test]
    fn before_15_february_means_the_14th_and_the_common_date_is_shown_beside_it() {
        assert_eq!(state("PH-1", &format!("{TRANSFER}; transfer_setting_named 2027-02-14 about=t"), "2027-03-01"), Some(Met));
        assert_eq!(state("PH-1", &format!("{TRANSFER}; transfer_setting_named 2027-02-15 about=t"), "2027-03-01"), Some(Late));
        let shown = deadlines(&facts(TRANSFER), on("2027-01-01"));
        assert_eq!(shown[0].tolerance.as_ref().map(|other| other.on), Some(on("2027-02-15")));
    }

    #[test]
    fn a_transfer_between_colleges_is_settled_five_months_before() {
        let transfer = |day| format!("phase_transfer_planned 2026-09-01 kind=between_post16 transferOn={day}");
        assert_eq!(due("PH-3", &transfer("2027-09-01")), Some(on("2027-04-01")));
        assert_eq!(due("PH-3", &transfer("2027-07-31")), Some(on("2027-02-28")));
    }

    #[test]
    fn a_reassessment_is_answered_in_fifteen_days_that_end_on_a_saturday() {
        assert_eq!(stands("RA-1", "reassessment_requested 2026-09-18", "2026-10-03"), Some((on("2026-10-03"), Running)));
        assert_eq!(state("RA-1", "reassessment_requested 2026-09-18", "2026-10-04"), Some(Overdue));
    }

    #[test]
    fn a_reassessment_has_exceptions_and_its_answer_has_none() {
        let claim = "reassessment_requested 2026-09-18; reassessment_decision_notified 2026-10-01 outcome=reassess; \
                     exception_claimed 2026-11-01 paragraph=X27.3c from=2026-11-01 to=2026-11-10";
        assert_eq!(excused("RA-2", claim), ["X27.3c"]);
        assert!(excused("RA-1", claim).is_empty());
    }
}
