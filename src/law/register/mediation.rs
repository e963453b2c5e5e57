//! Mediation: the family's contact with the adviser, certificates, arranging it, and doing what was agreed.

use super::order::{ASSESSMENT_DECIDED, NO_PLAN_AFTER_ALL, PLAN_AFTER_ALL};
use crate::law::attribute::{Matter, Order};
use crate::law::exception::{X2A, X42_5_AND_2A, X44_3_AND_42_5};
use crate::law::fact_kind::FactKind::*;
use crate::law::instruments::SEND_REGS_2014;
use crate::law::rule::{Actor, Count, Evidence, Nature, OtherReading, Rule, STATUTE, Scope, Which};
use crate::law::when::{Only, When};

const CERTIFICATE: &[When] = &[When::any(MediationCertificateIssued)];
/// A decision about the setting alone is appealed without a certificate.
const NEEDS_CERTIFICATE: &[When] = &[When::only(
    DecisionNoticeSent,
    Only::Matter(&[
        Matter::RefusalToAssess,
        Matter::NoPlan,
        Matter::Contents,
        Matter::RefusalToReassess,
        Matter::NoAmendment,
        Matter::Cease,
    ]),
)];
/// A family that changes its mind need not be met.
const NOT_WANTED: &[When] = &[When::any(ResponsibilityEnded), When::any(AppealEnded), When::any(MediationDeclined)];
const OVER: &[When] = &[When::any(ResponsibilityEnded), When::any(AppealEnded)];

const fn agreed(order: &'static [Order]) -> When {
    When::only(MediationAgreementReached, Only::Order(order))
}

/// What was agreed on a matter that can be appealed is done in the time an order would give.
const AGREED: Rule = Rule {
    id: "M-DO-APP",
    which: Which::Each,
    scope: Scope::Case,
    ended_by: &[When::any(ResponsibilityEnded)],
    excused_by: X44_3_AND_42_5,
    may_be_fixed: Some(SEND_REGS_2014.at("42(5)")),
    source: SEND_REGS_2014.at("42(2)"),
    evidence: Evidence::Seen("SEND Regulations 2014, reg. 42"),
    ..STATUTE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "M-CONTACT",
        duty: "contact a mediation adviser before appealing",
        actor: Actor::Family,
        nature: Nature::Right,
        count: Count::Months(2),
        starts_from: NEEDS_CERTIFICATE,
        met_by: &[When::any(MediationAdviserContacted), When::any(MediationDeclined), When::any(MediationCertificateIssued)],
        ended_by: OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("33"),
        evidence: Evidence::Seen("SEND Regulations 2014, Mediation"),
        ..STATUTE
    },
    Rule {
        id: "M-CERT-NO",
        duty: "issue the certificate, when told that the family will not mediate",
        actor: Actor::MediationAdviser,
        count: Count::WorkingDays(3),
        starts_from: &[When::any(MediationDeclined)],
        met_by: CERTIFICATE,
        ended_by: OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("34(1)"),
        evidence: Evidence::Seen("IPSEA, I want to appeal sections B and F"),
        ..STATUTE
    },
    Rule {
        id: "M-HEALTH",
        duty: "tell each health body that the mediation concerns health provision",
        count: Count::WorkingDays(3),
        starts_from: &[When::any(HealthIssueRaised)],
        met_by: &[When::any(HealthBodyToldOfMediation), When::any(HealthMediationRequested)],
        ended_by: OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("35"),
        evidence: Evidence::Seen("IPSEA, The mediation process"),
        ..STATUTE
    },
    Rule {
        id: "M-ARR-LA",
        duty: "arrange the mediation and take part in it",
        count: Count::Days(30),
        starts_from: &[When::any(MediationRequested)],
        met_by: &[When::any(MediationHeld)],
        ended_by: NOT_WANTED,
        excused_by: X2A,
        source: SEND_REGS_2014.at("36"),
        other_reading: OtherReading::WorkingDays(30),
        evidence: Evidence::Seen("IPSEA, The mediation process"),
        ..STATUTE
    },
    Rule {
        id: "M-ARR-ICB",
        duty: "arrange the mediation that concerns health provision alone",
        actor: Actor::HealthBody,
        count: Count::Days(30),
        starts_from: &[When::any(HealthMediationRequested)],
        met_by: &[When::any(MediationHeld)],
        ended_by: NOT_WANTED,
        excused_by: X2A,
        source: SEND_REGS_2014.at("35"),
        other_reading: OtherReading::WorkingDays(30),
        evidence: Evidence::Seen("IPSEA, The mediation process"),
        ..STATUTE
    },
    Rule {
        id: "M-CERT-FAIL",
        duty: "issue the certificate, when told that the mediation cannot be arranged in time",
        actor: Actor::MediationAdviser,
        count: Count::WorkingDays(3),
        starts_from: &[When::any(MediationNotArranged)],
        met_by: CERTIFICATE,
        ended_by: OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("36"),
        evidence: Evidence::Seen("IPSEA, The mediation process"),
        ..STATUTE
    },
    Rule {
        id: "M-CERT-YES",
        duty: "issue the certificate after the mediation",
        actor: Actor::MediationAdviser,
        count: Count::WorkingDays(3),
        starts_from: &[When::any(MediationEnded)],
        met_by: CERTIFICATE,
        ended_by: OVER,
        excused_by: X2A,
        source: SEND_REGS_2014.at("39"),
        evidence: Evidence::Seen("SEND Advice Surrey, Mediation"),
        ..STATUTE
    },
    Rule {
        duty: "stop maintaining the plan, as agreed",
        count: Count::Immediately,
        starts_from: &[agreed(&[Order::Cease])],
        met_by: &[When::any(PlanCeased)],
        ..AGREED
    },
    Rule {
        duty: "tell the family that it will assess, as agreed",
        count: Count::Weeks(2),
        starts_from: &[agreed(&[Order::Assess])],
        met_by: ASSESSMENT_DECIDED,
        ..AGREED
    },
    Rule {
        duty: "tell the family if there will be no plan after the agreed assessment",
        count: Count::Weeks(10),
        starts_from: &[agreed(&[Order::Assess])],
        met_by: NO_PLAN_AFTER_ALL,
        set_aside_by: PLAN_AFTER_ALL,
        restored_by: NO_PLAN_AFTER_ALL,
        ..AGREED
    },
    Rule {
        duty: "send the final plan after the agreed assessment",
        count: Count::Weeks(14),
        starts_from: &[agreed(&[Order::Assess])],
        met_by: &[When::any(FinalPlanSent), When::any(ReassessedPlanSent)],
        set_aside_by: NO_PLAN_AFTER_ALL,
        restored_by: PLAN_AFTER_ALL,
        ..AGREED
    },
    Rule {
        duty: "serve the draft of the agreed plan",
        count: Count::Weeks(5),
        starts_from: &[agreed(&[Order::MakePlan])],
        met_by: &[When::any(DraftPlanServed)],
        ..AGREED
    },
    Rule {
        duty: "send the agreed plan",
        count: Count::Weeks(11),
        starts_from: &[agreed(&[Order::MakePlan])],
        met_by: &[When::any(FinalPlanSent)],
        ..AGREED
    },
    Rule {
        duty: "reconsider, as agreed: serve a draft, or tell the family that there will be no plan",
        count: Count::Weeks(2),
        starts_from: &[agreed(&[Order::Reconsider])],
        met_by: &[When::any(DraftPlanServed), super::assessment::NO_PLAN],
        ..AGREED
    },
    Rule {
        duty: "send the plan amended as agreed",
        count: Count::Weeks(5),
        starts_from: &[agreed(&[Order::AmendContents, Order::ContinueAndAmend])],
        met_by: &[When::any(AmendedPlanSent)],
        ..AGREED
    },
    Rule {
        duty: "send the plan with the agreed setting",
        count: Count::Weeks(2),
        starts_from: &[agreed(&[Order::AmendSetting])],
        met_by: &[When::any(AmendedPlanSent)],
        ..AGREED
    },
    Rule {
        duty: "keep maintaining the plan, as agreed",
        count: Count::Immediately,
        starts_from: &[agreed(&[Order::Continue])],
        met_by: &[When::any(AgreementCarriedOut)],
        ..AGREED
    },
    Rule {
        id: "M-DO-OTH",
        duty: "do what was agreed, where it could not have been appealed",
        actor: Actor::AuthorityOrHealthBody,
        count: Count::Weeks(2),
        starts_from: &[agreed(&[Order::Other])],
        met_by: &[When::any(AgreementCarriedOut)],
        ended_by: &[When::any(ResponsibilityEnded)],
        excused_by: X42_5_AND_2A,
        may_be_fixed: Some(SEND_REGS_2014.at("42(5)")),
        source: SEND_REGS_2014.at("42(3)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 42"),
        ..STATUTE
    },
    Rule {
        id: "M-TELL",
        duty: "tell the authority what was agreed without it",
        actor: Actor::HealthBody,
        count: Count::Weeks(1),
        starts_from: &[When::only(MediationAgreementReached, Only::WithoutAuthority)],
        met_by: &[When::any(AgreementToldToAuthority)],
        ended_by: &[When::any(ResponsibilityEnded)],
        excused_by: X2A,
        source: SEND_REGS_2014.at("42(4)"),
        evidence: Evidence::Seen("SEND Regulations 2014, reg. 42"),
        ..STATUTE
    },
];

#[cfg(test)]
mod tests {
    use super::super::worked::{due, duty, on, state};
    use crate::law::DeadlineState::*;

    #[test]
    fn two_months_to_contact_the_adviser_end_on_a_sunday() {
        let notice = "decision_notice_sent 2026-12-31 about=d matter=contents";
        assert_eq!(due("M-CONTACT", notice), Some(on("2027-02-28")));
        assert_eq!(state("M-CONTACT", notice, "2027-03-01"), Some(FellAway), "a right that was not used");
    }

    #[test]
    fn an_appeal_about_the_setting_alone_needs_no_certificate() {
        assert!(duty("M-CONTACT", "decision_notice_sent 2026-12-31 matter=setting_only").is_none());
    }

    #[test]
    fn a_written_agreement_may_fix_another_day() {
        let agreed = "mediation_agreement_reached 2027-01-08 order=other fixedDueOn=2027-03-01";
        assert_eq!(due("M-DO-OTH", agreed), Some(on("2027-03-01")));
    }

    #[test]
    fn the_health_body_tells_the_authority_only_of_what_it_agreed_without_it() {
        assert!(duty("M-TELL", "mediation_agreement_reached 2027-01-08 order=other authorityTookPart=true").is_none());
        assert!(duty("M-TELL", "mediation_agreement_reached 2027-01-08 order=other").is_none());
    }
}
