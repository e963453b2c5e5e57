//! From request to final plan: decide in 6 weeks, advice in 6, no plan in 16, final plan in 20.

use crate::law::attribute::Outcome;
use crate::law::exception::{X5_4, X8_2, X10_4, X13_3, XD5_4, XD13_3};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{DETAINED_REGS_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Count, Evidence, InForce, OtherReading, Rule, STATUTE, Scope};
use crate::law::when::{Only, When};

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
        caution: Some((
            REFUSED,
            "Regulation 5(4) excuses a late decision whether to assess; regulation 4(1), on a refusal, has no such exception.",
        )),
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

#[cfg(test)]
mod tests {
    use super::super::worked::{duty, excused, on, stands, state};
    use crate::law::DeadlineState::*;

    const REQUEST: &str = "request_received 2026-01-05";

    #[test]
    fn a_decision_on_the_last_day_is_in_time_and_on_the_next_day_late() {
        let decided = |day| format!("{REQUEST}; assessment_decision_notified {day} outcome=assess");
        assert_eq!(state("D-6W", &decided("2026-02-16"), "2026-03-01"), Some(Met));
        assert_eq!(state("D-6W", &decided("2026-02-17"), "2026-03-01"), Some(Late));
    }

    #[test]
    fn the_bank_holiday_on_which_the_twenty_weeks_end_is_the_last_day() {
        assert_eq!(state("D-20W", REQUEST, "2026-05-25"), Some(Running));
        assert_eq!(state("D-20W", REQUEST, "2026-05-26"), Some(Overdue));
    }

    #[test]
    fn a_withdrawn_request_leaves_nothing_owed() {
        let withdrawn = format!("{REQUEST}; request_withdrawn 2026-01-20");
        for rule in ["D-6W", "D-16W", "D-20W", "D-DRAFT"] {
            assert_eq!(state(rule, &withdrawn, "2026-12-01"), Some(FellAway), "{rule}");
        }
    }

    #[test]
    fn what_was_met_before_the_withdrawal_stays_met() {
        let facts = format!("{REQUEST}; assessment_decision_notified 2026-02-10 outcome=assess; request_withdrawn 2026-03-01");
        assert_eq!(state("D-6W", &facts, "2026-12-01"), Some(Met));
    }

    #[test]
    fn a_refusal_leaves_neither_a_plan_nor_a_notice_of_none_owed() {
        let refused = format!("{REQUEST}; assessment_decision_notified 2026-02-16 outcome=refuse");
        assert_eq!(state("D-16W", &refused, "2026-12-01"), Some(FellAway));
        assert_eq!(state("D-20W", &refused, "2026-12-01"), Some(FellAway));
    }

    #[test]
    fn conceding_a_refusal_brings_back_the_original_twenty_weeks() {
        let conceded = format!(
            "{REQUEST}; assessment_decision_notified 2026-02-16 outcome=refuse; assessment_decision_notified 2026-07-01 outcome=assess"
        );
        assert_eq!(stands("D-20W", &conceded, "2026-07-02"), Some((on("2026-05-25"), Overdue)));
    }

    #[test]
    fn an_order_brings_its_own_clock_in_the_place_of_the_twenty_weeks() {
        let ordered = format!(
            "{REQUEST}; assessment_decision_notified 2026-02-16 outcome=refuse; order_made 2026-07-03 order=assess; \
             assessment_decision_notified 2026-07-10 outcome=assess"
        );
        assert_eq!(state("D-20W", &ordered, "2026-12-01"), Some(FellAway));
        assert_eq!(stands("T44-b2", &ordered, "2026-07-20"), Some((on("2026-10-09"), Running)));
    }

    #[test]
    fn deciding_for_a_plan_ends_the_duty_to_say_there_will_be_none() {
        let plan = format!("{REQUEST}; plan_decision_notified 2026-04-20 outcome=issue");
        assert_eq!(state("D-16W", &plan, "2026-06-01"), Some(FellAway));
        let after_all = format!("{plan}; plan_decision_notified 2026-05-04 outcome=no_plan");
        assert_eq!(state("D-16W", &after_all, "2026-06-01"), Some(Late));
    }

    #[test]
    fn the_familys_own_views_and_private_advice_have_no_limit() {
        for giver in ["family", "private"] {
            assert!(duty("D-ADV", &format!("advice_request_received 2026-02-20 about=a adviceGiver={giver}")).is_none());
        }
    }

    #[test]
    fn each_piece_of_advice_has_its_own_clock() {
        let facts = "advice_request_received 2026-02-20 about=a; advice_request_received 2026-03-20 about=b; advice_returned 2026-03-25 about=a";
        let duties = crate::law::duties(&super::super::worked::facts(facts));
        let dates: Vec<_> = duties.iter().map(|duty| (duty.due_on, duty.met_on)).collect();
        assert_eq!(dates, [(on("2026-04-03"), Some(on("2026-03-25"))), (on("2026-05-01"), None)]);
    }

    #[test]
    fn the_final_plan_ends_what_is_owed_of_advice_whatever_it_is_about() {
        let sent = "advice_request_received 2026-02-20 about=a; final_plan_sent 2026-03-20 about=plan";
        assert_eq!(state("D-ADV", sent, "2026-12-01"), Some(FellAway));
    }

    #[test]
    fn an_absence_of_four_weeks_within_the_twenty_excuses_and_moves_nothing() {
        let away = |to| format!("{REQUEST}; exception_claimed 2026-05-01 paragraph=X13.3d from=2026-03-01 to={to}");
        assert_eq!(stands("D-20W", &away("2026-03-28"), "2026-05-26"), Some((on("2026-05-25"), Excused)));
        assert_eq!(stands("D-20W", &away("2026-03-27"), "2026-05-26"), Some((on("2026-05-25"), Overdue)));
    }

    #[test]
    fn an_absence_counts_only_as_far_as_it_lies_in_the_limits_own_time() {
        let away = format!("{REQUEST}; exception_claimed 2026-06-01 paragraph=X13.3d from=2026-04-29 to=2026-06-30");
        assert!(excused("D-20W", &away).is_empty(), "27 days to 25 May");
        let longer = away.replace("2026-04-29", "2026-04-28");
        assert_eq!(excused("D-20W", &longer), ["X13.3d"]);
    }

    #[test]
    fn an_exception_claimed_for_one_limit_excuses_no_other() {
        let claim = format!("{REQUEST}; exception_claimed 2026-02-01 paragraph=X10.4c from=2026-02-01 to=2026-02-10");
        assert_eq!(excused("D-16W", &claim), ["X10.4c"]);
        assert!(excused("D-20W", &claim).is_empty() && excused("D-6W", &claim).is_empty());
    }

    #[test]
    fn a_closure_takes_four_weeks_and_advice_asked_for_in_its_window() {
        let claim = |to, asked| {
            format!(
                "request_received 2026-05-11; exception_claimed 2026-08-01 paragraph=X10.4a from=2026-07-22 to={to} askedOn={asked}"
            )
        };
        assert_eq!(excused("D-16W", &claim("2026-09-01", "2026-07-15")), ["X10.4a"]);
        assert!(excused("D-16W", &claim("2026-09-01", "2026-07-14")).is_empty());
        assert_eq!(excused("D-16W", &claim("2026-09-01", "2026-08-26")), ["X10.4a"]);
        assert!(excused("D-16W", &claim("2026-09-01", "2026-08-27")).is_empty());
        assert!(excused("D-16W", &claim("2026-08-17", "2026-07-22")).is_empty(), "27 days");
    }

    #[test]
    fn the_requests_on_record_speak_where_the_claim_does_not() {
        let claim = "request_received 2026-05-11; exception_claimed 2026-08-01 paragraph=X10.4a from=2026-07-22 to=2026-09-01";
        assert_eq!(excused("D-16W", claim), ["X10.4a"], "nothing on record says otherwise");
        let early = format!("{claim}; advice_request_received 2026-06-30 about=school adviceGiver=education");
        assert!(excused("D-16W", &early).is_empty());
        let inside = format!("{early}; advice_request_received 2026-07-16 about=school-2 adviceGiver=education");
        assert_eq!(excused("D-16W", &inside), ["X10.4a"]);
    }

    #[test]
    fn a_closed_school_does_not_excuse_late_advice() {
        let facts = "advice_request_received 2026-07-16 about=a adviceGiver=education; \
                     exception_claimed 2026-08-01 paragraph=X10.4a from=2026-07-22 to=2026-09-01";
        assert!(excused("D-ADV", facts).is_empty());
    }

    #[test]
    fn a_missed_appointment_excuses_advice_within_its_six_weeks() {
        let missed = |day| {
            format!(
                "advice_request_received 2026-10-20 about=a adviceGiver=health; exception_claimed 2026-12-02 paragraph=X8.2c from={day} about=a"
            )
        };
        assert_eq!(excused("D-ADV", &missed("2026-12-01")), ["X8.2c"]);
        assert!(excused("D-ADV", &missed("2026-12-02")).is_empty());
    }

    #[test]
    fn the_relaxations_of_2020_hold_for_limits_that_ended_in_them() {
        let claim = |received| {
            format!("request_received {received}; exception_claimed 2020-06-01 paragraph=X13.3e from=2020-03-23 to=2020-12-31")
        };
        assert!(excused("D-20W", &claim("2019-12-12")).is_empty(), "due 30 April");
        assert_eq!(excused("D-20W", &claim("2019-12-13")), ["X13.3e"], "due 1 May");
        assert_eq!(excused("D-20W", &claim("2020-05-08")), ["X13.3e"], "due 25 September");
        assert!(excused("D-20W", &claim("2020-05-09")).is_empty(), "due 26 September");
        assert!(excused("D-20W", &claim("2026-01-05")).is_empty(), "spent");
    }

    #[test]
    fn a_detained_person_has_three_exceptions_and_the_same_clocks() {
        let claim = "request_received 2026-01-05 detained=true; exception_claimed 2026-02-01 paragraph=XD13.3b from=2026-02-01 to=2026-02-10";
        assert_eq!(excused("DT-20W", claim), ["XD13.3b"]);
        assert!(duty("D-20W", claim).is_none());
    }
}
