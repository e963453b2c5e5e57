//! Annual reviews: once in twelve months, papers before the meeting, report, decision and amended plan after it.

use chrono::NaiveDate;

use crate::law::attribute::Outcome;
use crate::law::counting::{weeks_after, weeks_before};
use crate::law::exception::X2A;
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{CFA_2014, DEVON_2022, SEND_CODE_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Cap, Count, Evidence, Nature, OtherReading, Rule, STATUTE, Scope, Strength, Which};
use crate::law::when::{Only, When};

/// The decision follows the meeting within four weeks (SEND Regulations 2014, reg. 20(10)).
const DECISION_WEEKS: u16 = 4;

/// The last day of a meeting that leaves the authority its four weeks, where its decision is due on a day.
pub fn last_day_to_meet(decision_due: NaiveDate) -> NaiveDate {
    weeks_before(decision_due, DECISION_WEEKS)
}

/// The last day a decision can be due of which the meeting must be held by a day.
pub fn last_day_of_decision(meeting: NaiveDate) -> NaiveDate {
    weeks_after(meeting, DECISION_WEEKS)
}

/// The plan first made, and each decision after a review that keeps the plan alive: from these the twelve months run.
pub(in crate::law) const REVIEW_YEAR_STARTS: &[When] =
    &[When::any(FinalPlanSent), When::only(ReviewDecisionNotified, Only::Outcome(&[Outcome::Maintain, Outcome::Amend]))];

const MEETING: &[When] = &[When::any(ReviewMeetingHeld)];
/// A meeting can be told before it is held.
const MEETING_TO_COME: &[When] = &[When::any(ReviewMeetingPlanned), When::any(ReviewMeetingHeld)];
const PLAN_OVER: &[When] = &[When::any(PlanCeased), When::any(PlanTransferred), When::any(ResponsibilityEnded)];
/// Once the decision is out, nobody can be invited any more.
const DECIDED: &[When] =
    &[When::any(PlanCeased), When::any(PlanTransferred), When::any(ResponsibilityEnded), When::any(ReviewDecisionNotified)];
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
        ended_by: DECIDED,
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
        ended_by: DECIDED,
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
        count: Count::Weeks(DECISION_WEEKS),
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
        count: Count::Weeks(DECISION_WEEKS),
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

#[cfg(test)]
mod tests {
    use super::super::worked::{due, duty, facts, on, stands, state};
    use crate::law::DeadlineState::*;
    use crate::law::duties;

    #[test]
    fn each_decision_starts_the_next_twelve_months() {
        let life = facts(
            "final_plan_sent 2024-11-25; review_decision_notified 2025-11-24 about=r1 outcome=maintain; \
             review_decision_notified 2026-11-24 about=r2 outcome=amend",
        );
        let years: Vec<_> = duties(&life)
            .iter()
            .filter(|duty| duty.rule.id == "D-AR12")
            .map(|duty| (duty.due_on, duty.met_on, duty.state(on("2026-12-01"))))
            .collect();
        assert_eq!(
            years,
            [
                (on("2025-11-24"), Some(on("2025-11-24")), Met),
                (on("2026-11-23"), Some(on("2026-11-24")), Late),
                (on("2027-11-23"), None, Running),
            ]
        );
    }

    #[test]
    fn a_decision_to_cease_starts_no_further_year() {
        let ceased = facts("review_decision_notified 2026-11-24 about=r outcome=cease");
        assert!(!duties(&ceased).iter().any(|duty| duty.rule.id == "D-AR12"));
    }

    #[test]
    fn the_decision_is_due_by_the_end_of_the_twelve_months_where_that_is_earlier() {
        let meeting = |day| format!("final_plan_sent 2025-03-01; review_meeting_held {day} about=r");
        assert_eq!(due("D-AR-DEC", &meeting("2026-01-31")), Some(on("2026-02-28")));
        assert_eq!(due("D-AR-DEC", &meeting("2026-02-16")), Some(on("2026-02-28")));
        assert_eq!(due("D-AR-AMEND", &meeting("2026-02-28")), Some(on("2026-02-28")));
    }

    #[test]
    fn after_a_meeting_held_too_late_the_four_weeks_stand() {
        assert_eq!(due("D-AR-DEC", "final_plan_sent 2025-03-01; review_meeting_held 2026-03-01 about=r"), Some(on("2026-03-29")));
    }

    #[test]
    fn the_reviews_own_decision_does_not_lift_its_cap() {
        let decided = "final_plan_sent 2025-03-01; review_meeting_held 2026-02-16 about=r; \
                       review_decision_notified 2026-03-05 about=r outcome=maintain";
        assert_eq!(stands("D-AR-DEC", decided, "2026-03-06"), Some((on("2026-02-28"), Late)));
    }

    #[test]
    fn a_decision_to_maintain_leaves_no_amendment_owed() {
        let kept = "review_meeting_held 2026-02-02 about=r; review_decision_notified 2026-02-20 about=r outcome=maintain";
        for rule in ["D-AR-AMEND", "D-AR-FINAL12"] {
            assert_eq!(state(rule, kept, "2026-06-01"), Some(FellAway), "{rule}");
        }
    }

    #[test]
    fn an_amended_plan_and_a_decision_against_it_end_each_other() {
        let notice = "amendment_notice_sent 2026-02-20 about=r";
        let amended = format!("{notice}; amended_plan_sent 2026-04-17 about=r");
        assert_eq!(state("D-AR-FINAL8", &amended, "2026-05-01"), Some(Met));
        assert_eq!(state("D-AR-NOAMEND", &amended, "2026-05-01"), Some(FellAway));
        let declined = format!("{notice}; amendment_declined_notified 2026-04-18 about=r");
        assert_eq!(state("D-AR-FINAL8", &declined, "2026-05-01"), Some(FellAway));
        assert_eq!(state("D-AR-NOAMEND", &declined, "2026-05-01"), Some(Late));
    }

    #[test]
    fn another_reviews_facts_do_not_meet_this_ones_duties() {
        let two = "review_meeting_held 2026-02-02 about=r1; review_report_sent 2026-02-10 about=r2";
        assert_eq!(state("D-AR-REPORT", two, "2026-02-17"), Some(Overdue));
    }

    #[test]
    fn a_meeting_planned_anew_gives_the_notice_a_new_day() {
        let moved = "review_meeting_planned 2026-02-02 about=r; review_meeting_planned 2026-02-23 about=r; \
                     review_invitations_sent 2026-02-05 about=r";
        assert_eq!(stands("D-AR-NOTICE", moved, "2026-02-10"), Some((on("2026-02-09"), Met)));
    }

    #[test]
    fn reviews_every_six_months_are_for_children_under_five() {
        let plan = |born| format!("child_born {born}; final_plan_sent 2026-11-30");
        assert!(duty("D-AR-U5", &plan("2021-12-01")).is_some());
        assert!(duty("D-AR-U5", &plan("2021-11-30")).is_none(), "five on that day");
        assert!(duty("D-AR-U5", "final_plan_sent 2026-11-30").is_none(), "age not told");
    }

    #[test]
    fn a_transferred_plan_is_reviewed_by_the_new_authority() {
        let moved = "final_plan_sent 2026-06-01; plan_transferred 2027-01-11";
        assert_eq!(state("D-AR12", moved, "2027-12-01"), Some(FellAway));
        assert_eq!(stands("MV-3", moved, "2027-06-01"), Some((on("2027-05-31"), Overdue)));
    }
}
