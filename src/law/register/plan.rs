//! The plan itself: the draft, the family's time to answer, the settings', the end of a plan, and its direct payments.

use super::assessment::{ASSESSED_OR_PLAN, NO_PLAN, REFUSED, REQUEST};
use crate::law::attribute::Matter;
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{BUDGET_REGS_2014, CFA_2014, SEND_CODE_2015, SEND_REGS_2014};
use crate::law::rule::{Actor, Count, Evidence, Nature, OtherReading, Rule, STATUTE, Scope, Strength};
use crate::law::when::{Only, When};

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
        ended_by: &[When::any(DirectPaymentsEnded), When::any(PlanCeased), When::any(ResponsibilityEnded)],
        source: BUDGET_REGS_2014.at("11"),
        evidence: Evidence::Seen("SEN Expert Solicitors, Personal budgets (2)"),
        ..STATUTE
    },
];

#[cfg(test)]
mod tests {
    use super::super::worked::{due, on, stands, state};
    use crate::law::DeadlineState::*;

    const SERVED: &str = "draft_plan_served 2026-04-20 about=draft-1";

    #[test]
    fn the_familys_time_is_given_in_full_when_its_last_day_is_over() {
        assert_eq!(stands("D-REPS15", SERVED, "2026-05-04"), Some((on("2026-05-04"), Running)));
        assert_eq!(state("D-REPS15", SERVED, "2026-05-05"), Some(Met));
    }

    #[test]
    fn a_final_plan_on_the_last_day_cuts_the_time_short_and_on_the_next_does_not() {
        let sent = |day| format!("{SERVED}; final_plan_sent {day}");
        assert_eq!(state("D-REPS15", &sent("2026-05-04"), "2026-06-01"), Some(CutShort));
        assert_eq!(state("D-REPS15", &sent("2026-05-05"), "2026-06-01"), Some(Met));
    }

    #[test]
    fn the_familys_word_makes_an_early_final_plan_lawful() {
        let early = format!("{SERVED}; representations_complete 2026-04-28 about=draft-1; final_plan_sent 2026-04-29");
        assert_eq!(state("D-REPS15", &early, "2026-06-01"), Some(Met));
        let other_draft = early.replace("04-28 about=draft-1", "04-28 about=draft-2");
        assert_eq!(state("D-REPS15", &other_draft, "2026-06-01"), Some(CutShort));
    }

    #[test]
    fn a_draft_served_on_the_latest_workable_day_leaves_the_fifteen_days() {
        let latest = due("D-DRAFT", "request_received 2026-01-05").expect("a date");
        assert_eq!(latest, on("2026-05-10"));
        let window = due("D-REPS15", &format!("draft_plan_served {latest} about=d")).expect("a date");
        assert!(window < on("2026-05-25"));
    }

    #[test]
    fn a_plan_is_not_ceased_before_the_time_to_appeal_is_over() {
        let notice = "decision_notice_sent 2026-06-01 about=cease matter=cease";
        assert_eq!(stands("CE-2", notice, "2026-09-01"), Some((on("2026-09-02"), Running)));
        assert_eq!(state("CE-2", notice, "2026-09-02"), Some(Met));
        assert_eq!(state("CE-2", &format!("{notice}; plan_ceased 2026-09-01"), "2026-10-01"), Some(CutShort));
        assert_eq!(state("CE-2", &format!("{notice}; plan_ceased 2026-09-02"), "2026-10-01"), Some(Met));
    }

    #[test]
    fn a_certificate_keeps_the_plan_longer() {
        let notice = "decision_notice_sent 2026-09-14 about=c matter=cease; mediation_certificate_issued 2026-11-12 about=c";
        assert_eq!(due("CE-2", notice), Some(on("2026-12-15")), "the appeal ends on Saturday 12 December, so on Monday 14");
    }
}
