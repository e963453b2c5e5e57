//! In which words is a review told: why it is held, who convenes it, who comes, what progress was made, what was found from Year 9?

use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

use crate::record::codes::SettingType;

/// Why a review is held. One review can have several purposes: a review in Year 5 that is both the yearly one and the one before the
/// move to secondary school is `annual` and `phase_transfer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewPurpose {
    /// The yearly review (Children and Families Act 2014, s. 44(1)).
    Annual,
    /// The review before the child moves to another phase of education (SEND Regulations 2014, reg. 18).
    PhaseTransfer,
    /// Held before it is due, because needs or circumstances changed.
    Early,
    /// Held at once, such as when a placement is about to break down.
    Emergency,
}

impl ReviewPurpose {
    /// Whether it has to be said why the review is held.
    pub const fn needs_a_reason(self) -> bool {
        matches!(self, ReviewPurpose::Early | ReviewPurpose::Emergency)
    }
}

/// Who arranges and holds the meeting of a review. `setting_required`: the head of a setting that the authority can require to
/// (SEND Regulations 2014, reg. 20(1) and (12)); `setting_asked`: a setting that does so because it was asked, such as a college, a nursery
/// of a private provider or an independent school; `authority`: the authority itself, as it must where nobody else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Convener {
    /// The head of a setting, required by the authority.
    SettingRequired,
    /// A setting that was asked.
    SettingAsked,
    /// The authority.
    Authority,
}

impl Convener {
    /// Who convenes the review of a child at a setting of this type, unless somebody says otherwise; none: the directory does not know it.
    pub const fn at_setting(kind: Option<SettingType>) -> Self {
        match kind {
            Some(kind) if can_be_required(kind) => Convener::SettingRequired,
            _ => Convener::SettingAsked,
        }
    }
}

/// Whether the authority can require the head or principal to arrange and hold the meeting (SEND Regulations 2014, reg. 20(12)).
pub const fn can_be_required(setting: SettingType) -> bool {
    match setting {
        SettingType::MaintainedNurserySchool
        | SettingType::MaintainedSchool
        | SettingType::Academy
        | SettingType::MaintainedSpecialSchool
        | SettingType::SpecialAcademy
        | SettingType::NonMaintainedSpecialSchool
        | SettingType::AlternativeProvision
        | SettingType::Section41Institution => true,
        SettingType::EarlyYearsProvider
        | SettingType::IndependentSchool
        | SettingType::IndependentSpecialSchool
        | SettingType::SpecialPost16Institution
        | SettingType::FurtherEducation => false,
    }
}

/// Who is invited to a review, was sent its papers, or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum ReviewParty {
    /// The child's parent or the young person.
    Family,
    /// The school, college or other provider.
    Setting,
    /// A health professional, named by the health body.
    Health,
    /// An officer of social care.
    SocialCare,
    /// An officer of the authority for special educational needs.
    Authority,
    /// Somebody else whom it concerns, such as a psychologist or the next setting.
    Other,
}

impl ReviewParty {
    /// Whether the law asks that they are invited (SEND Regulations 2014, reg. 20(2)).
    pub const fn must_be_invited(self) -> bool {
        !matches!(self, ReviewParty::Other)
    }

    /// Within a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            ReviewParty::Family => "the family",
            ReviewParty::Setting => "the setting",
            ReviewParty::Health => "health",
            ReviewParty::SocialCare => "social care",
            ReviewParty::Authority => "the authority",
            ReviewParty::Other => "others",
        }
    }
}

/// How the child or young person had part in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildInvolvement {
    /// They were at the meeting.
    Attended,
    /// They were there for a part of it.
    AttendedInPart,
    /// They gave their views before it, and were not there.
    ViewsGiven,
    /// Somebody spoke for them.
    SpokenFor,
    /// They had no part in it.
    None,
}

/// Why the meeting of a review was not held on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissedBecause {
    /// The family could not come.
    FamilyAway,
    /// The child or young person was ill or away.
    ChildAway,
    /// Somebody of the setting could not come.
    SettingAway,
    /// Somebody without whom it had little use could not come.
    ProfessionalAway,
    /// The advice for it had not been sent round.
    PapersMissing,
    /// Another reason, told in words.
    Other,
}

/// How far an outcome of section E is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeProgress {
    /// It is met.
    Met,
    /// Good progress towards it.
    Good,
    /// Some progress towards it.
    Some,
    /// None.
    None,
    /// It is no longer what is sought.
    NoLongerSought,
}

/// A pathway of preparation for adulthood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pathway {
    /// Higher education, training and employment.
    Employment,
    /// Independent living.
    IndependentLiving,
    /// Friends, relationships and a part in the community.
    Community,
    /// Being as healthy as possible.
    Health,
}

/// Whether a young person with a learning disability had the yearly health check, from the age of 14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthCheck {
    /// They had it within the year.
    Had,
    /// It is booked, or was offered.
    Offered,
    /// They did not want it.
    Declined,
    /// Nobody offered it.
    NotOffered,
    /// It is not for them.
    NotFor,
}

/// How far the move to adults' services is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdulthoodTransition {
    /// They are not expected to need any.
    NotNeeded,
    /// Nothing is planned yet.
    NotBegun,
    /// Adults' services know of them, and it is being planned.
    UnderWay,
    /// It is settled who takes over, and when.
    Agreed,
}

/// What whoever asked for a review was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewRequestAnswer {
    /// A review will be held early.
    Agreed,
    /// The review is held when it is due.
    Refused,
}
