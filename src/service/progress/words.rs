//! The plain words in which a case is told to a family or a school.

use crate::law::{Actor, AdviceGiver, Matter};
use crate::record::*;

/// Where the case stands, as a sentence.
pub(super) fn stage(case: &Case) -> &'static str {
    let untold = |told: Option<bool>| told == Some(false);
    match case.stage() {
        Stage::Considering => "The authority is deciding whether to assess the child's needs.",
        Stage::AssessmentRefused if untold(case.assessment.as_ref().map(|d| d.notified_on.is_some())) => {
            "The authority has decided whether to assess, and is about to tell the family."
        }
        Stage::AssessmentRefused => "The authority decided not to assess. Its letter says why, and how to disagree.",
        Stage::Assessing => "The child's needs are being assessed: advice is gathered from those who know about them.",
        Stage::Drafting => "The authority makes a plan, and is writing the draft.",
        Stage::NoPlan if untold(case.plan_decision.as_ref().map(|d| d.notified_on.is_some())) => {
            "The authority has decided whether to make a plan, and is about to tell the family."
        }
        Stage::NoPlan => "The authority decided that it makes no plan. Its letter says why, and how to disagree.",
        Stage::DraftServed => {
            "The draft plan is with the family, who can say what they think of it and which setting they ask for."
        }
        Stage::PlanIssued => "The plan is in force. It is reviewed at least once a year.",
        Stage::Withdrawn => "The request was taken back, and nothing more is owed.",
        Stage::ResponsibilityEnded => "This authority is no longer responsible.",
        Stage::NotARequest => "What the authority received was for its information: nobody asked for an assessment.",
    }
}

/// Who asked, to begin a sentence with.
pub(super) const fn requester(by: RequestedBy) -> &'static str {
    match by {
        RequestedBy::Parent => "A parent",
        RequestedBy::YoungPerson => "The young person",
        RequestedBy::School => "The school",
        RequestedBy::Post16 => "The college",
        RequestedBy::EarlyYearsProvider => "The nursery",
        RequestedBy::Gp => "A general practitioner",
        RequestedBy::Health | RequestedBy::HealthNotification => "A health service",
        RequestedBy::SocialCare => "Social care",
        RequestedBy::FamilyMember => "A member of the family",
        RequestedBy::YouthAccommodation => "The youth accommodation",
        RequestedBy::Other => "Somebody",
    }
}

/// Who gives advice, within a sentence.
pub(super) const fn giver(asked: AdviceGiver) -> &'static str {
    match asked {
        AdviceGiver::Family => "the family",
        AdviceGiver::Education => "the school or college",
        AdviceGiver::Health => "the health service",
        AdviceGiver::Psychology => "an educational psychologist",
        AdviceGiver::SocialCare => "social care",
        AdviceGiver::VisionImpairment => "a specialist teacher for vision impairment",
        AdviceGiver::HearingImpairment => "a specialist teacher for hearing impairment",
        AdviceGiver::MultiSensoryImpairment => "a specialist teacher for multi-sensory impairment",
        AdviceGiver::Adulthood => "an advice giver on preparing for adulthood",
        AdviceGiver::Other => "another advice giver",
        AdviceGiver::Private => "a private advice giver",
    }
}

/// Who must act, within a sentence.
pub(super) const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::LocalAuthority | Actor::HomeAuthority | Actor::OldAuthority | Actor::NewAuthority => "the authority",
        Actor::AdviceGiver => "whoever was asked for advice",
        Actor::Family => "the family",
        Actor::Setting => "the setting",
        Actor::SettingOrAuthority => "the school that holds the meeting, or the authority",
        Actor::MediationAdviser => "the mediation adviser",
        Actor::HealthBody | Actor::OldHealthBody | Actor::NewHealthBody => "the health service",
        Actor::AuthorityOrHealthBody => "the authority or the health service",
    }
}

/// Why something is late, as a sentence.
pub(super) const fn late(reason: DelayReason) -> &'static str {
    match reason {
        DelayReason::StaffShortage => "There are too few staff.",
        DelayReason::StaffAbsence => "The person who was to do it is away.",
        DelayReason::AdviceAwaited => "Advice that was asked for has not come.",
        DelayReason::AppointmentAwaited => "An appointment with the child is still to come.",
        DelayReason::AppointmentMissed => "An appointment with the child could not be kept.",
        DelayReason::FamilyAway => "The child or the family was away.",
        DelayReason::SettingClosed => "The school or setting was closed.",
        DelayReason::SettingAwaited => "A setting has not answered.",
        DelayReason::PanelAwaited => "The panel meets later.",
        DelayReason::InformationAwaited => "Something was missing that had to be asked for.",
        DelayReason::Other => "There is another reason.",
    }
}

/// What a disagreement is about, within a sentence.
pub(super) const fn matter(about: Matter) -> &'static str {
    match about {
        Matter::RefusalToAssess => "the decision not to assess",
        Matter::NoPlan => "the decision to make no plan",
        Matter::Contents => "what the plan says",
        Matter::SettingOnly => "the setting the plan names",
        Matter::RefusalToReassess => "the decision not to assess again",
        Matter::NoAmendment => "the decision not to change the plan",
        Matter::Cease => "the decision to end the plan",
    }
}

/// A sentence begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
