//! Doing what the Tribunal ordered: each kind of order has its own time, from the day it was made.

use super::assessment::{NO_PLAN, PLAN};
use crate::law::attribute::{Order, Outcome};
use crate::law::exception::{X44_3, X44_3_AND_2A};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::SEND_REGS_2014;
use crate::law::rule::{Count, Evidence, OtherReading, Rule, STATUTE, Scope, Which};
use crate::law::when::{Only, When};

const fn ordered(order: &'static [Order]) -> When {
    When::only(OrderMade, Only::Order(order))
}

pub(super) const ASSESSMENT_DECIDED: &[When] = &[
    When::only(AssessmentDecisionNotified, Only::Outcome(&[Outcome::Assess])),
    When::only(ReassessmentDecisionNotified, Only::Outcome(&[Outcome::Reassess])),
];
pub(super) const NO_PLAN_AFTER_ALL: &[When] = &[NO_PLAN, When::any(AmendmentDeclinedNotified)];
pub(super) const PLAN_AFTER_ALL: &[When] =
    &[PLAN, When::any(DraftPlanServed), When::any(FinalPlanSent), When::any(ReassessedPlanSent)];

/// What the orders have in common: time runs from the making, subject to a date the Tribunal sets.
const ORDER: Rule = Rule {
    which: Which::Each,
    scope: Scope::Case,
    ended_by: &[When::any(ResponsibilityEnded)],
    excused_by: X44_3,
    may_be_fixed: Some(SEND_REGS_2014.at("44(2)")),
    other_reading: OtherReading::OrderSentOut,
    ..STATUTE
};

const SEEN: Evidence = Evidence::Seen("SEND Family Magic, quoting reg. 44; SEND18");

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "T44-a",
        duty: "stop maintaining the plan at once, as the appeal against ceasing was dismissed",
        count: Count::Immediately,
        starts_from: &[ordered(&[Order::Cease])],
        met_by: &[When::any(PlanCeased)],
        source: SEND_REGS_2014.at("44(2)(a)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-b0",
        duty: "tell the family that it will assess, as ordered",
        count: Count::Weeks(2),
        starts_from: &[ordered(&[Order::Assess])],
        met_by: ASSESSMENT_DECIDED,
        source: SEND_REGS_2014.at("44(2)(b)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-b1",
        duty: "tell the family, with reasons, if there will be no plan after the ordered assessment",
        count: Count::Weeks(10),
        starts_from: &[ordered(&[Order::Assess])],
        met_by: NO_PLAN_AFTER_ALL,
        set_aside_by: PLAN_AFTER_ALL,
        restored_by: NO_PLAN_AFTER_ALL,
        source: SEND_REGS_2014.at("44(2)(b)(i)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-b2",
        duty: "send the final plan after the ordered assessment",
        count: Count::Weeks(14),
        starts_from: &[ordered(&[Order::Assess])],
        met_by: &[When::any(FinalPlanSent), When::any(ReassessedPlanSent)],
        set_aside_by: NO_PLAN_AFTER_ALL,
        restored_by: PLAN_AFTER_ALL,
        source: SEND_REGS_2014.at("44(2)(b)(ii)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-c1",
        duty: "serve the draft of the ordered plan",
        count: Count::Weeks(5),
        starts_from: &[ordered(&[Order::MakePlan])],
        met_by: &[When::any(DraftPlanServed)],
        source: SEND_REGS_2014.at("44(2)(c)(i)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-c2",
        duty: "send the ordered plan",
        count: Count::Weeks(11),
        starts_from: &[ordered(&[Order::MakePlan])],
        met_by: &[When::any(FinalPlanSent)],
        source: SEND_REGS_2014.at("44(2)(c)(ii)"),
        evidence: SEEN,
        ..ORDER
    },
    Rule {
        id: "T44-d",
        duty: "reconsider, as ordered: serve a draft, or tell the family that there will be no plan",
        count: Count::Weeks(2),
        starts_from: &[ordered(&[Order::Reconsider])],
        met_by: &[When::any(DraftPlanServed), NO_PLAN],
        excused_by: X44_3_AND_2A,
        source: SEND_REGS_2014.at("44(2)(d)"),
        evidence: Evidence::Unverified("the text of the paragraph, and whether it has a later step"),
        ..ORDER
    },
    Rule {
        id: "T44-e",
        duty: "send the plan amended as ordered in its contents",
        count: Count::Weeks(5),
        starts_from: &[ordered(&[Order::AmendContents])],
        met_by: &[When::any(AmendedPlanSent)],
        excused_by: X44_3_AND_2A,
        source: SEND_REGS_2014.at("44(2)(e)"),
        evidence: Evidence::Seen(
            "R (BA) v Nottinghamshire [2021] EWHC 1348 (Admin), IPSEA; R (JSH) v Westmorland [2024] EWHC 3362",
        ),
        ..ORDER
    },
    Rule {
        id: "T44-f",
        duty: "send the plan with the ordered setting or type",
        count: Count::Weeks(2),
        starts_from: &[ordered(&[Order::AmendSetting])],
        met_by: &[When::any(AmendedPlanSent)],
        excused_by: X44_3_AND_2A,
        source: SEND_REGS_2014.at("44(2)(f)"),
        evidence: Evidence::Seen("R (BA) v Nottinghamshire [2021] EWHC 1348 (Admin), IPSEA"),
        ..ORDER
    },
    Rule {
        id: "T44-g",
        duty: "keep maintaining the plan at once, as ordered",
        count: Count::Immediately,
        starts_from: &[ordered(&[Order::Continue])],
        met_by: &[When::any(OrderCarriedOut)],
        source: SEND_REGS_2014.at("44(2)(g)"),
        evidence: Evidence::Unverified("seen in SEND18, the text of the paragraph was not"),
        ..ORDER
    },
    Rule {
        id: "T44-h",
        duty: "keep maintaining the plan, and send it amended as ordered",
        count: Count::Weeks(5),
        starts_from: &[ordered(&[Order::ContinueAndAmend])],
        met_by: &[When::any(AmendedPlanSent)],
        excused_by: X44_3_AND_2A,
        source: SEND_REGS_2014.at("44(2)(h)"),
        evidence: Evidence::Unverified("five weeks were seen for its twin in reg. 45, not here"),
        ..ORDER
    },
];

#[cfg(test)]
mod tests {
    use super::super::worked::{due, excused, facts, on, stands, state};
    use crate::law::DeadlineState::*;
    use crate::law::{deadlines, duties};

    #[test]
    fn two_weeks_away_excuse_an_order_and_thirteen_days_do_not() {
        let away = |to| {
            format!(
                "order_made 2026-07-03 order=amend_contents; exception_claimed 2026-07-20 paragraph=X44.3b from=2026-07-06 to={to}"
            )
        };
        assert_eq!(excused("T44-e", &away("2026-07-19")), ["X44.3b"]);
        assert!(excused("T44-e", &away("2026-07-18")).is_empty());
    }

    #[test]
    fn august_does_not_stop_an_order() {
        assert_eq!(due("T44-e", "order_made 2026-07-28 order=amend_contents"), Some(on("2026-09-01")));
    }

    #[test]
    fn the_tribunals_own_date_takes_the_place_of_the_counted_one() {
        let directed = "order_made 2026-07-03 order=amend_contents fixedDueOn=2026-07-10";
        assert_eq!(stands("T44-e", directed, "2026-07-11"), Some((on("2026-07-10"), Overdue)));
    }

    #[test]
    fn the_day_an_order_was_sent_out_gives_the_other_reading() {
        let shown = deadlines(&facts("order_made 2026-07-03 order=amend_setting sentOn=2026-07-06"), on("2026-07-07"));
        assert_eq!(shown[0].due_on, on("2026-07-17"));
        assert_eq!(shown[0].tolerance.as_ref().map(|other| other.on), Some(on("2026-07-20")));
    }

    #[test]
    fn every_order_has_its_own_clock() {
        let two = facts(
            "order_made 2026-07-03 about=a order=amend_contents; order_made 2027-07-02 about=b order=amend_contents; amended_plan_sent 2026-08-01",
        );
        let met: Vec<_> = duties(&two).iter().filter(|duty| duty.rule.id == "T44-e").map(|duty| duty.met_on).collect();
        assert_eq!(met, [Some(on("2026-08-01")), None]);
    }

    #[test]
    fn stopping_at_once_means_that_day() {
        assert_eq!(state("T44-a", "order_made 2026-07-03 order=cease; plan_ceased 2026-07-03", "2026-08-01"), Some(Met));
        assert_eq!(state("T44-a", "order_made 2026-07-03 order=cease", "2026-07-04"), Some(Overdue));
    }
}
