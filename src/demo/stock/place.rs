//! Where can a child with a plan be, as the caseload is published, and who can be there?

use chrono::NaiveDate;
use strum::VariantArray;

use crate::record::codes::SettingType;
use crate::record::{AgePhase, Fact, Organisation, PlacementId, PlacementKind};

/// Where a child with a plan is educated: the columns of the published caseload that the record tells apart
/// (docs/published-figures.md says which column is which).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Place {
    /// An ordinary place at a maintained mainstream school, or at a maintained nursery school.
    MaintainedSchool,
    /// Its resourced provision.
    MaintainedResourced,
    /// Its SEN unit.
    MaintainedUnit,
    /// An ordinary place at a mainstream academy or free school.
    Academy,
    /// Its resourced provision.
    AcademyResourced,
    /// Its SEN unit.
    AcademyUnit,
    /// An independent mainstream school.
    Independent,
    /// A maintained special school.
    SpecialMaintained,
    /// A special academy or free school.
    SpecialAcademy,
    /// An independent special school.
    SpecialIndependent,
    /// A non-maintained special school.
    SpecialNonMaintained,
    /// A pupil referral unit or alternative provision academy.
    AlternativeProvision,
    /// A college of further education or a training provider.
    College,
    /// A specialist post-16 institution.
    SpecialistPost16,
    /// At home, by the parents' choice.
    HomeEducation,
    /// Education that the authority arranges otherwise than at a setting.
    Otherwise,
    /// In no education, employment or training.
    NotInEducation,
    /// A private, voluntary or independent early years provider.
    EarlyYears,
    /// Not known.
    Unknown,
}

impl Place {
    /// What kind of place that is.
    pub const fn kind(self) -> PlacementKind {
        match self {
            Place::MaintainedResourced | Place::AcademyResourced => PlacementKind::ResourcedProvision,
            Place::MaintainedUnit | Place::AcademyUnit => PlacementKind::SenUnit,
            Place::AlternativeProvision => PlacementKind::AlternativeProvision,
            Place::HomeEducation => PlacementKind::ElectiveHomeEducation,
            Place::Otherwise => PlacementKind::OtherwiseThanAtSchool,
            Place::NotInEducation => PlacementKind::NotInEducation,
            _ => PlacementKind::Setting,
        }
    }

    /// Whether it is at no setting, and known all the same.
    pub const fn is_at_no_setting(self) -> bool {
        matches!(self, Place::HomeEducation | Place::Otherwise | Place::NotInEducation)
    }

    /// That a child is there from a day on.
    pub fn begun(self, placement: PlacementId, setting: Option<Organisation>, from: NaiveDate) -> Fact {
        Fact::PlacementBegan { placement, placement_kind: self.kind(), setting, from, alongside: false, terms: None }
    }
}

impl Place {
    /// What the setting is in law; none where there is no setting.
    pub fn setting_type(self) -> Option<SettingType> {
        Some(match self {
            Place::MaintainedSchool | Place::MaintainedResourced | Place::MaintainedUnit => SettingType::MaintainedSchool,
            Place::Academy | Place::AcademyResourced | Place::AcademyUnit => SettingType::Academy,
            Place::Independent => SettingType::IndependentSchool,
            Place::SpecialMaintained => SettingType::MaintainedSpecialSchool,
            Place::SpecialAcademy => SettingType::SpecialAcademy,
            Place::SpecialIndependent => SettingType::Section41Institution,
            Place::SpecialNonMaintained => SettingType::NonMaintainedSpecialSchool,
            Place::AlternativeProvision => SettingType::AlternativeProvision,
            Place::College => SettingType::FurtherEducation,
            Place::SpecialistPost16 => SettingType::SpecialPost16Institution,
            Place::EarlyYears => SettingType::EarlyYearsProvider,
            Place::HomeEducation | Place::Otherwise | Place::NotInEducation | Place::Unknown => return None,
        })
    }

    /// How readily somebody of a phase is at such a place; 0: never.
    pub(super) const fn takes(self, phase: AgePhase) -> u32 {
        use AgePhase::{EarlyYears, Post16, Post19, Primary, Secondary};
        match (self, phase) {
            (Place::EarlyYears, EarlyYears)
            | (Place::College | Place::SpecialistPost16 | Place::NotInEducation, Post16 | Post19) => ONLY,
            (Place::EarlyYears | Place::College | Place::SpecialistPost16 | Place::NotInEducation, _) => 0,
            (Place::MaintainedSchool, EarlyYears) => 8,
            (Place::Otherwise | Place::Unknown, EarlyYears) => 1,
            (_, EarlyYears) => 0,
            (Place::SpecialIndependent | Place::Otherwise | Place::Unknown, Post19) => 1,
            (_, Post19) => 0,
            (Place::AlternativeProvision, Secondary) => 8,
            (Place::AlternativeProvision, Primary) => 1,
            (Place::AlternativeProvision | Place::MaintainedResourced | Place::AcademyResourced, Post16) => 0,
            (Place::MaintainedUnit | Place::AcademyUnit | Place::HomeEducation, Post16) => 0,
            (
                Place::SpecialMaintained | Place::SpecialAcademy | Place::SpecialIndependent | Place::SpecialNonMaintained,
                Post16,
            ) => 6,
            (_, Post16) => 3,
            _ => 8,
        }
    }

    /// Whether nobody of another phase could be there.
    pub(super) const fn only_for(self, phase: AgePhase) -> bool {
        self.takes(phase) == ONLY
    }
}

/// More readily than anywhere else: nobody of another phase can take the place.
const ONLY: u32 = 1_000_000;
