//! What the API's words for panels are called on paper.

use crate::record::{Agency, DecisionOutcome, Limb, Missing, Question, Recommendation, Why};

/// Whom a member speaks for.
pub(super) fn agency(agency: Agency) -> &'static str {
    match agency {
        Agency::Education => "education",
        Agency::Health => "health",
        Agency::SocialCare => "social care",
        Agency::Authority => "the authority",
        Agency::School => "school",
        Agency::Other => "other",
    }
}

/// Why a case comes.
pub(super) fn why(why: Why) -> &'static str {
    match why {
        Why::Complex => "complex needs",
        Why::MultiAgency => "several agencies",
        Why::JointFunding => "joint funding",
        Why::RiskIfLate => "a legal time limit at risk",
        Why::Other => "another reason",
    }
}

/// What the panel is asked.
pub(super) fn question(question: Question) -> &'static str {
    match question {
        Question::Assess => "Whether to secure an assessment (Children and Families Act 2014, s. 36(8))",
        Question::Plan => "Whether to make an EHC plan (Children and Families Act 2014, s. 37(1))",
        Question::PlacementOrFunding => "Placement or funding",
    }
}

/// What the panel advises.
pub(super) fn recommendation(recommendation: Recommendation) -> &'static str {
    match recommendation {
        Recommendation::Assess => "To secure an assessment",
        Recommendation::Refuse => "Not to secure an assessment",
        Recommendation::Issue => "To make a plan",
        Recommendation::NoPlan => "Not to make a plan",
        Recommendation::Agree => "To agree what was asked for",
        Recommendation::Decline => "Not to agree what was asked for",
        Recommendation::Defer => "Deferred",
    }
}

/// An officer's decision.
pub(super) fn outcome(outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Assess => "To secure an assessment",
        DecisionOutcome::Refuse => "Not to secure an assessment",
        DecisionOutcome::Issue => "To make a plan",
        DecisionOutcome::NoPlan => "Not to make a plan",
    }
}

/// A limb of the legal test.
pub(super) fn limb(limb: Limb) -> &'static str {
    match limb {
        Limb::HasOrMayHaveNeeds => "has or may have special educational needs (s. 36(8)(a))",
        Limb::MayNeedPlan => "provision in accordance with a plan may be necessary (s. 36(8)(b))",
        Limb::PlanNecessary => "provision in accordance with a plan is necessary (s. 37(1))",
    }
}

/// What kept the panel from advising.
pub(super) fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::Advice => "advice",
        Missing::FamilyViews => "the family's views",
        Missing::SettingEvidence => "the setting's evidence",
        Missing::Costs => "costs",
        Missing::AgencyAgreement => "another agency's agreement",
        Missing::Time => "time, or members",
        Missing::Other => "something else",
    }
}
