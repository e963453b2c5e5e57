//! Where is a child with a plan, as the published caseload tells places apart?

use serde::Serialize;

use crate::record::PlacementKind;
use crate::record::codes::{Phase, SettingType};

/// Where a child is: the columns of the Department's table of the caseload. Source: Department for Education, "Education, health and care
/// plans", the file on the caseload; which of its columns are told together is in docs/published-figures.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadPlace {
    /// A maintained mainstream school or nursery school.
    MaintainedSchool,
    /// Its resourced provision.
    MaintainedSchoolResourcedProvision,
    /// Its SEN unit.
    MaintainedSchoolSenUnit,
    /// A mainstream academy or free school.
    Academy,
    /// Its resourced provision.
    AcademyResourcedProvision,
    /// Its SEN unit.
    AcademySenUnit,
    /// An independent school that is not special.
    IndependentSchool,
    /// A maintained special school.
    MaintainedSpecialSchool,
    /// A special academy or free school.
    SpecialAcademy,
    /// An independent special school, approved under section 41 or not.
    IndependentSpecialSchool,
    /// A non-maintained special school.
    NonMaintainedSpecialSchool,
    /// Alternative provision.
    AlternativeProvision,
    /// A college of further education or a training provider.
    FurtherEducation,
    /// A specialist post-16 institution.
    #[serde(rename = "special_post_16_institution")]
    SpecialPost16Institution,
    /// At home, by the parents' choice.
    ElectiveHomeEducation,
    /// Education that the authority arranges otherwise than at a setting.
    OtherwiseThanAtSchool,
    /// In no education.
    NotInEducation,
    /// A private, voluntary or independent early years provider.
    EarlyYearsProvider,
}

/// The headings under which the table adds places up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadSector {
    /// Mainstream schools, with their units and resourced provisions.
    Mainstream,
    /// Special schools.
    Special,
    /// Alternative provision.
    AlternativeProvision,
    /// Further education, specialist post-16 institutions among it.
    FurtherEducation,
    /// Educated elsewhere, or not at all.
    Elsewhere,
    /// Early years providers.
    EarlyYears,
}

/// What is known of where a child is: the kind of place they have, what the setting is and whom it teaches, and what section I names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Whereabouts<'a> {
    /// The kind of place; none where no placement is on record.
    pub kind: Option<PlacementKind>,
    /// What the setting is in law.
    pub setting_type: Option<SettingType>,
    /// The ages it teaches.
    pub phase: Option<Phase>,
    /// The form of section I, by name.
    pub names: &'a str,
}

impl CaseloadPlace {
    /// The place; none where it is not known. Where no placement is on record, it is what the plan names.
    pub fn of(known: Whereabouts<'_>) -> Option<Self> {
        match known.kind {
            Some(PlacementKind::AlternativeProvision) => Some(Self::AlternativeProvision),
            Some(PlacementKind::ElectiveHomeEducation) => Some(Self::ElectiveHomeEducation),
            Some(PlacementKind::OtherwiseThanAtSchool) => Some(Self::OtherwiseThanAtSchool),
            Some(PlacementKind::NotInEducation) => Some(Self::NotInEducation),
            // A supported internship is a study programme of further education, wherever the work is.
            Some(PlacementKind::SupportedInternship) => {
                Some(known.setting_type.map_or(Self::FurtherEducation, |of| Self::at(of, known)))
            }
            Some(PlacementKind::Setting | PlacementKind::SenUnit | PlacementKind::ResourcedProvision) => {
                known.setting_type.map(|of| Self::at(of, known))
            }
            None => match (known.setting_type, known.names) {
                (Some(of), _) => Some(Self::at(of, known)),
                (None, "neither") => Some(Self::OtherwiseThanAtSchool),
                (None, "parents_arrangements") => Some(Self::ElectiveHomeEducation),
                (None, _) => None,
            },
        }
    }

    fn at(setting_type: SettingType, known: Whereabouts<'_>) -> Self {
        match (setting_type, known.kind) {
            (SettingType::MaintainedNurserySchool | SettingType::MaintainedSchool, Some(PlacementKind::SenUnit)) => {
                Self::MaintainedSchoolSenUnit
            }
            (SettingType::MaintainedNurserySchool | SettingType::MaintainedSchool, Some(PlacementKind::ResourcedProvision)) => {
                Self::MaintainedSchoolResourcedProvision
            }
            (SettingType::MaintainedNurserySchool | SettingType::MaintainedSchool, _) => Self::MaintainedSchool,
            (SettingType::Academy, Some(PlacementKind::SenUnit)) => Self::AcademySenUnit,
            (SettingType::Academy, Some(PlacementKind::ResourcedProvision)) => Self::AcademyResourcedProvision,
            (SettingType::Academy, _) => Self::Academy,
            (SettingType::IndependentSchool, _) => Self::IndependentSchool,
            (SettingType::MaintainedSpecialSchool, _) => Self::MaintainedSpecialSchool,
            (SettingType::SpecialAcademy, _) => Self::SpecialAcademy,
            (SettingType::Section41Institution, _) if known.phase == Some(Phase::Post16) => Self::SpecialPost16Institution,
            (SettingType::Section41Institution | SettingType::IndependentSpecialSchool, _) => Self::IndependentSpecialSchool,
            (SettingType::NonMaintainedSpecialSchool, _) => Self::NonMaintainedSpecialSchool,
            (SettingType::AlternativeProvision, _) => Self::AlternativeProvision,
            (SettingType::FurtherEducation, _) => Self::FurtherEducation,
            (SettingType::SpecialPost16Institution, _) => Self::SpecialPost16Institution,
            (SettingType::EarlyYearsProvider, _) => Self::EarlyYearsProvider,
        }
    }

    /// The heading under which it is added up.
    pub const fn sector(self) -> CaseloadSector {
        match self {
            Self::MaintainedSchool
            | Self::MaintainedSchoolResourcedProvision
            | Self::MaintainedSchoolSenUnit
            | Self::Academy
            | Self::AcademyResourcedProvision
            | Self::AcademySenUnit
            | Self::IndependentSchool => CaseloadSector::Mainstream,
            Self::MaintainedSpecialSchool
            | Self::SpecialAcademy
            | Self::IndependentSpecialSchool
            | Self::NonMaintainedSpecialSchool => CaseloadSector::Special,
            Self::AlternativeProvision => CaseloadSector::AlternativeProvision,
            Self::FurtherEducation | Self::SpecialPost16Institution => CaseloadSector::FurtherEducation,
            Self::ElectiveHomeEducation | Self::OtherwiseThanAtSchool | Self::NotInEducation => CaseloadSector::Elsewhere,
            Self::EarlyYearsProvider => CaseloadSector::EarlyYears,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_placement_the_plan_says_where_a_child_is() {
        let names = |names| CaseloadPlace::of(Whereabouts { names, ..Whereabouts::default() });
        assert_eq!(names("neither"), Some(CaseloadPlace::OtherwiseThanAtSchool));
        assert_eq!(names("parents_arrangements"), Some(CaseloadPlace::ElectiveHomeEducation));
        assert_eq!(names("type"), None);
        let setting_type = Some(SettingType::MaintainedNurserySchool);
        let named = CaseloadPlace::of(Whereabouts { setting_type, names: "setting", ..Whereabouts::default() });
        assert_eq!(named, Some(CaseloadPlace::MaintainedSchool));
    }

    #[test]
    fn a_unit_counts_apart_at_a_mainstream_school_alone() {
        let unit_at = |of| {
            let kind = Some(PlacementKind::SenUnit);
            CaseloadPlace::of(Whereabouts { kind, setting_type: Some(of), names: "setting", phase: None })
        };
        assert_eq!(unit_at(SettingType::Academy), Some(CaseloadPlace::AcademySenUnit));
        assert_eq!(unit_at(SettingType::SpecialAcademy), Some(CaseloadPlace::SpecialAcademy));
    }

    #[test]
    fn an_approved_institution_is_a_school_or_a_college_by_whom_it_teaches() {
        let teaching = |phase| {
            let setting_type = Some(SettingType::Section41Institution);
            CaseloadPlace::of(Whereabouts { setting_type, phase, ..Whereabouts::default() })
        };
        assert_eq!(teaching(Some(Phase::Post16)), Some(CaseloadPlace::SpecialPost16Institution));
        assert_eq!(teaching(Some(Phase::NotApplicable)), Some(CaseloadPlace::IndependentSpecialSchool));
    }
}
