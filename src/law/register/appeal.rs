//! Appeals: the family's time to appeal, the authority's to respond, appeals it does not oppose, and recommendations.

use super::assessment::NO_PLAN;
use super::order::{ASSESSMENT_DECIDED, NO_PLAN_AFTER_ALL, PLAN_AFTER_ALL};
use crate::law::attribute::Matter;
use crate::law::exception::{X45_7, X45_7_AND_2A};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::{RECOMMENDATION_REGS_2017, SEND_REGS_2014, TRIBUNAL_RULES_2008};
use crate::law::rule::{Actor, Count, Evidence, Governs, InForce, Nature, OtherReading, Rule, STATUTE, Scope, Which, day};
use crate::law::when::{Only, When};

const fn conceded(matter: &'static [Matter]) -> When {
    When::only(AppealConceded, Only::Matter(matter))
}

const REFUSAL: &[When] = &[conceded(&[Matter::RefusalToAssess, Matter::RefusalToReassess])];

/// What unopposed appeals have in common: time runs from the authority's word to the Tribunal, before its response. These
/// are the paragraphs as SI 2015/359 put them in the place of those of 2014.
const UNOPPOSED: Rule = Rule {
    which: Which::Each,
    scope: Scope::Case,
    ended_by: &[When::any(ResponsibilityEnded)],
    excused_by: X45_7,
    source: SEND_REGS_2014.at("45"),
    in_force: InForce::starting(2015, 3, 23),
    evidence: Evidence::Seen("SEND (Amendment) Regulations 2015, reg. 8; SEND Advice Surrey, Withdrawing/stopping an appeal"),
    ..STATUTE
};

/// The paragraphs of 2014, which some pages still quote.
const UNOPPOSED_2014: Rule = Rule {
    in_force: InForce { from: day(2014, 9, 1), to: Some(day(2015, 3, 22)), governs: Governs::Start },
    evidence: Evidence::Seen("SEND Advice Surrey, Consent orders, quoting the Regulations of 2014"),
    ..UNOPPOSED
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "AP-1",
        duty: "appeal to the Tribunal",
        actor: Actor::Family,
        nature: Nature::Right,
        count: Count::AppealPeriod(2, 1),
        starts_from: &[When::any(DecisionNoticeSent), When::any(MediationCertificateIssued)],
        met_by: &[When::any(AppealReceived)],
        ended_by: &[When::any(ResponsibilityEnded)],
        source: TRIBUNAL_RULES_2008.at("20(1)(c)"),
        other_reading: OtherReading::LetterDate,
        evidence: Evidence::Seen("Tribunal Procedure Rules 2008, r. 20; Mental Health Law, Tribunal rule 12"),
        ..STATUTE
    },
    Rule {
        id: "AP-2",
        duty: "respond to the appeal",
        count: Count::TribunalWorkingDays(30),
        starts_from: &[When::any(AppealReceived)],
        met_by: &[When::any(AppealResponseSent)],
        ended_by: &[When::any(AppealConceded), When::any(AppealEnded), When::any(ResponsibilityEnded)],
        may_be_fixed: Some(TRIBUNAL_RULES_2008.at("5")),
        source: TRIBUNAL_RULES_2008.at("21"),
        evidence: Evidence::Seen("IPSEA, What happens after I submit my appeal"),
        ..STATUTE
    },
    Rule {
        id: "T45-ad",
        duty: "tell the family that it will assess, after not opposing the appeal",
        count: Count::Weeks(2),
        starts_from: REFUSAL,
        met_by: ASSESSMENT_DECIDED,
        source: SEND_REGS_2014.at("45(3)"),
        ..UNOPPOSED
    },
    Rule {
        id: "T45-ad",
        duty: "tell the family, with reasons, if there will be no plan after the appeal it did not oppose",
        count: Count::Weeks(10),
        as_soon_as_practicable: true,
        starts_from: REFUSAL,
        met_by: NO_PLAN_AFTER_ALL,
        set_aside_by: PLAN_AFTER_ALL,
        restored_by: NO_PLAN_AFTER_ALL,
        source: SEND_REGS_2014.at("45(3A)(a)"),
        ..UNOPPOSED
    },
    Rule {
        id: "T45-ad",
        duty: "send the final plan after the appeal it did not oppose",
        count: Count::Weeks(14),
        as_soon_as_practicable: true,
        starts_from: REFUSAL,
        met_by: &[When::any(FinalPlanSent), When::any(ReassessedPlanSent)],
        set_aside_by: NO_PLAN_AFTER_ALL,
        restored_by: PLAN_AFTER_ALL,
        source: SEND_REGS_2014.at("45(3A)(b)"),
        ..UNOPPOSED
    },
    Rule {
        id: "T45-ad",
        duty: "carry out the assessment after not opposing the appeal",
        count: Count::Weeks(4),
        starts_from: REFUSAL,
        met_by: &[NO_PLAN, When::any(DraftPlanServed)],
        source: SEND_REGS_2014.at("45(3)"),
        ..UNOPPOSED_2014
    },
    Rule {
        id: "T45-b",
        duty: "serve the draft plan after not opposing the appeal",
        count: Count::Weeks(5),
        starts_from: &[conceded(&[Matter::NoPlan])],
        met_by: &[When::any(DraftPlanServed)],
        ..UNOPPOSED
    },
    Rule {
        id: "T45-b",
        duty: "send the final plan after not opposing the appeal against having none",
        count: Count::Weeks(11),
        starts_from: &[conceded(&[Matter::NoPlan])],
        met_by: &[When::any(FinalPlanSent)],
        ..UNOPPOSED
    },
    Rule {
        id: "T45-c",
        duty: "send the amended plan after not opposing the appeal about its contents",
        count: Count::Weeks(5),
        starts_from: &[conceded(&[Matter::Contents, Matter::NoAmendment])],
        met_by: &[When::any(AmendedPlanSent)],
        excused_by: X45_7_AND_2A,
        source: SEND_REGS_2014.at("45(4)"),
        ..UNOPPOSED
    },
    Rule {
        id: "T45-c",
        duty: "send the amended plan after not opposing the appeal about its contents",
        count: Count::Weeks(4),
        starts_from: &[conceded(&[Matter::Contents])],
        met_by: &[When::any(AmendedPlanSent)],
        source: SEND_REGS_2014.at("45(4)"),
        ..UNOPPOSED_2014
    },
    Rule {
        id: "T45-i",
        duty: "send the plan with the other setting after not opposing the appeal about it",
        count: Count::Weeks(2),
        starts_from: &[conceded(&[Matter::SettingOnly])],
        met_by: &[When::any(AmendedPlanSent)],
        excused_by: X45_7_AND_2A,
        source: SEND_REGS_2014.at("45(5)"),
        ..UNOPPOSED
    },
    Rule {
        id: "T45-i",
        duty: "send the plan with the other setting after not opposing the appeal about it",
        count: Count::Weeks(2),
        starts_from: &[conceded(&[Matter::SettingOnly])],
        met_by: &[When::any(AmendedPlanSent)],
        source: SEND_REGS_2014.at("45(5)"),
        ..UNOPPOSED_2014
    },
    Rule {
        id: "T45-f",
        duty: "keep maintaining the plan, and send it amended if it is, after not opposing the appeal against ceasing",
        count: Count::Weeks(5),
        starts_from: &[conceded(&[Matter::Cease])],
        met_by: &[When::any(AmendedPlanSent), When::any(OrderCarriedOut)],
        excused_by: X45_7_AND_2A,
        ..UNOPPOSED
    },
    Rule {
        id: "REC-5W",
        duty: "answer the Tribunal's recommendation, with reasons where it is not followed",
        actor: Actor::AuthorityOrHealthBody,
        count: Count::Weeks(5),
        starts_from: &[When::any(RecommendationMade)],
        met_by: &[When::any(RecommendationAnswered)],
        ended_by: &[When::any(ResponsibilityEnded)],
        source: RECOMMENDATION_REGS_2017.at(""),
        in_force: InForce::starting(2018, 4, 3),
        evidence: Evidence::Unverified("the five weeks and the first day in force"),
        ..STATUTE
    },
];

#[cfg(test)]
mod tests {
    use super::super::worked::{due, duty, facts, on, state};
    use crate::law::DeadlineState::*;
    use crate::law::deadlines;

    #[test]
    fn unopposed_appeals_before_23_march_2015_keep_the_four_weeks_of_2014() {
        assert_eq!(due("T45-c", "appeal_conceded 2015-03-22 matter=contents"), Some(on("2015-04-19")));
        assert_eq!(due("T45-c", "appeal_conceded 2015-03-23 matter=contents"), Some(on("2015-04-27")));
    }

    #[test]
    fn a_certificate_carries_the_appeal_only_where_its_month_ends_later() {
        let appeal =
            |day| format!("decision_notice_sent 2026-09-15 about=d matter=contents; mediation_certificate_issued {day} about=d");
        assert_eq!(due("AP-1", &appeal("2026-10-10")), Some(on("2026-11-16")), "two months end on Sunday 15 November");
        assert_eq!(due("AP-1", &appeal("2026-11-10")), Some(on("2026-12-10")));
    }

    #[test]
    fn a_certificate_about_another_decision_changes_nothing() {
        let other = "decision_notice_sent 2026-09-15 about=d matter=contents; mediation_certificate_issued 2026-11-10 about=e";
        assert_eq!(due("AP-1", other), Some(on("2026-11-16")));
    }

    #[test]
    fn an_appeal_received_on_the_carried_day_is_in_time() {
        let appeal = |day| format!("decision_notice_sent 2026-06-30 about=d matter=setting_only; appeal_received {day} about=d");
        assert_eq!(state("AP-1", &appeal("2026-09-01"), "2026-10-01"), Some(Met));
        assert_eq!(state("AP-1", &appeal("2026-09-02"), "2026-10-01"), Some(Late));
    }

    #[test]
    fn the_date_on_the_letter_gives_the_other_reading() {
        let shown =
            deadlines(&facts("decision_notice_sent 2026-05-06 matter=setting_only letterDatedOn=2026-05-01"), on("2026-06-01"));
        assert_eq!(shown[0].due_on, on("2026-07-06"));
        assert_eq!(shown[0].tolerance.as_ref().map(|other| other.on), Some(on("2026-07-01")));
    }

    #[test]
    fn no_response_is_owed_to_an_appeal_that_is_not_opposed() {
        let conceded = "appeal_received 2026-07-15 about=d; appeal_conceded 2026-07-20 about=d matter=contents";
        assert_eq!(state("AP-2", conceded, "2026-12-01"), Some(FellAway));
        assert_eq!(due("T45-c", conceded), Some(on("2026-08-24")));
    }

    #[test]
    fn recommendations_before_the_trial_have_no_clock() {
        assert!(duty("REC-5W", "recommendation_made 2018-04-02").is_none());
        assert!(duty("REC-5W", "recommendation_made 2018-04-03").is_some());
    }
}
