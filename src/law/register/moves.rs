//! Moves: a plan that changes authority, a change of health body, and reviews of a looked-after child's care.

use crate::law::exception::X2A;
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{CARE_REGS_2010, SEND_REGS_2014};
use crate::law::rule::{Actor, Count, Evidence, OtherReading, Rule, STATUTE, Scope, Which};
use crate::law::when::When;

const CARE_REVIEW: &[When] = &[When::any(CareReviewHeld)];
const CARE_OVER: &[When] = &[When::any(LookedAfterEnded)];

/// The reviews of a care plan, which the annual review should be held together with.
const CARE: Rule =
    Rule { scope: Scope::Case, met_by: CARE_REVIEW, ended_by: CARE_OVER, source: CARE_REGS_2010.at("33"), ..STATUTE };

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "MV-1",
        duty: "transfer the plan to the new authority: on the day of the move, or fifteen working days from knowing of it",
        actor: Actor::OldAuthority,
        count: Count::MoveOrWorkingDays(15),
        starts_from: &[When::any(MoveKnown)],
        met_by: &[When::any(PlanTransferred)],
        ended_by: &[When::any(PlanCeased)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("15(2)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 15"),
        ..STATUTE
    },
    Rule {
        id: "MV-2",
        duty: "tell the family of the transfer, whether it will assess, and when it will review",
        actor: Actor::NewAuthority,
        count: Count::Weeks(6),
        starts_from: &[When::any(PlanTransferred)],
        met_by: &[When::any(TransferToldToFamily)],
        ended_by: &[When::any(PlanCeased)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("15(4)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 15"),
        ..STATUTE
    },
    Rule {
        id: "MV-3",
        duty: "review the transferred plan",
        actor: Actor::NewAuthority,
        count: Count::ReviewOrTransferMonths(12, 3),
        starts_from: &[When::any(PlanTransferred)],
        which: Which::Each,
        scope: Scope::Case,
        met_by: &[When::any(ReviewDecisionNotified)],
        ended_by: &[When::any(PlanCeased)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("15(5)"),
        evidence: Evidence::Seen(
            "Devon Information Advice and Support, Moving to Devon; SEND Regulations 2014, reg. 15, in part",
        ),
        ..STATUTE
    },
    Rule {
        id: "IC-1",
        duty: "notify the new health body: on the day of the move, or fifteen working days from knowing of it",
        actor: Actor::OldHealthBody,
        count: Count::MoveOrWorkingDays(15),
        starts_from: &[When::any(HealthBodyMoveKnown)],
        met_by: &[When::any(NewHealthBodyNotified)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("16"),
        evidence: Evidence::Seen("Swindon, SEND FAQs"),
        ..STATUTE
    },
    Rule {
        id: "IC-2",
        duty: "notify the health body that becomes responsible for another reason than a move",
        actor: Actor::OldHealthBody,
        count: Count::WorkingDays(15),
        starts_from: &[When::any(HealthBodyChangeKnown)],
        met_by: &[When::any(NewHealthBodyNotified)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("16"),
        evidence: Evidence::Seen("Swindon, SEND FAQs"),
        ..STATUTE
    },
    Rule {
        id: "IC-3",
        duty: "ask the authority to assess or review, where it cannot practicably arrange the provision",
        actor: Actor::NewHealthBody,
        count: Count::WorkingDays(15),
        starts_from: &[When::any(HealthProvisionImpracticable)],
        met_by: &[When::any(HealthBodyAskedForReview)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("16"),
        evidence: Evidence::Seen("Swindon, SEND FAQs"),
        ..STATUTE
    },
    Rule {
        id: "LAC-1",
        duty: "review the care plan for the first time",
        count: Count::WorkingDays(20),
        starts_from: &[When::any(BecameLookedAfter)],
        which: Which::Each,
        other_reading: OtherReading::Weeks(4),
        evidence: Evidence::Unverified(
            "four weeks were seen (Oxfordshire, Looked After Review), the twenty working days were not",
        ),
        ..CARE
    },
    Rule {
        id: "LAC-2",
        duty: "review the care plan for the second time",
        count: Count::Months(3),
        starts_from: CARE_REVIEW,
        evidence: Evidence::Seen("Oxfordshire, Looked After Review"),
        ..CARE
    },
    Rule {
        id: "LAC-3",
        duty: "review the care plan again",
        count: Count::Months(6),
        starts_from: CARE_REVIEW,
        which: Which::AllButFirst,
        evidence: Evidence::Seen("Oxfordshire, Looked After Review"),
        ..CARE
    },
];

#[cfg(test)]
mod tests {
    use super::super::worked::{due, facts, on};
    use crate::law::duties;

    #[test]
    fn a_move_known_fifteen_working_days_ahead_is_followed_on_its_day() {
        assert_eq!(due("MV-1", "move_known 2026-06-01 movesOn=2026-06-22"), Some(on("2026-06-22")));
        assert_eq!(
            due("MV-1", "move_known 2026-06-02 movesOn=2026-06-22"),
            Some(on("2026-06-22")),
            "fifteen beginning with the 2nd"
        );
        assert_eq!(due("MV-1", "move_known 2026-06-03 movesOn=2026-06-22"), Some(on("2026-06-23")));
    }

    #[test]
    fn a_transferred_plan_is_reviewed_at_the_later_of_its_year_and_three_months() {
        assert_eq!(due("MV-3", "final_plan_sent 2026-02-01; plan_transferred 2027-01-11"), Some(on("2027-04-10")));
        assert_eq!(due("MV-3", "final_plan_sent 2026-06-01; plan_transferred 2027-01-11"), Some(on("2027-05-31")));
    }

    #[test]
    fn care_reviews_follow_after_three_months_and_then_every_six() {
        let reviews = facts(
            "became_looked_after 2026-10-05; care_review_held 2026-11-02; care_review_held 2027-02-02; care_review_held 2027-07-01",
        );
        let found: Vec<_> = duties(&reviews).iter().map(|duty| (duty.rule.id, duty.due_on, duty.met_on)).collect();
        assert_eq!(
            found,
            [
                ("LAC-1", on("2026-11-02"), Some(on("2026-11-02"))),
                ("LAC-2", on("2027-02-02"), Some(on("2027-02-02"))),
                ("LAC-3", on("2027-08-02"), Some(on("2027-07-01"))),
                ("LAC-3", on("2028-01-01"), None),
            ]
        );
    }
}
