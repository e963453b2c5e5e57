//! Which schools, nurseries and colleges does the demonstration invent?

use chrono::NaiveDate;

use crate::record::AgePhase;
use crate::record::codes::{Malformed, Phase, SettingType, Urn};

/// A setting that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FictionalSetting {
    /// An invented URN, 9 and the authority's code and two digits; the national register has not come near 900000.
    pub urn: Urn,
    /// Name, marked as fictional.
    pub name: &'static str,
    /// What it is in law.
    pub setting_type: SettingType,
    /// The ages it teaches.
    pub phase: Phase,
    /// The age at which its pupils start.
    pub from_age: u32,
    /// The age up to which they stay.
    pub to_age: u32,
}

type Sketch = (u32, &'static str, SettingType, Phase, u32, u32);

const SKETCHES: [Sketch; 24] = [
    (1, "Lantern Lane Nursery School (fictional)", SettingType::MaintainedNurserySchool, Phase::Nursery, 0, 4),
    (2, "Puddingstone Primary School (fictional)", SettingType::MaintainedSchool, Phase::Primary, 4, 10),
    (3, "Marigold Meadow Primary Academy (fictional)", SettingType::Academy, Phase::Primary, 4, 10),
    (4, "Kingfisher Hollow Primary School (fictional)", SettingType::MaintainedSchool, Phase::Primary, 4, 10),
    (5, "Tumbledown Primary Academy (fictional)", SettingType::Academy, Phase::Primary, 4, 10),
    (6, "Saffron Bridge Academy (fictional)", SettingType::Academy, Phase::Secondary, 11, 18),
    (7, "Weathervane High School (fictional)", SettingType::MaintainedSchool, Phase::Secondary, 11, 16),
    (8, "Copperbeech Academy (fictional)", SettingType::Academy, Phase::AllThrough, 4, 18),
    (9, "Driftwood School (fictional)", SettingType::MaintainedSpecialSchool, Phase::NotApplicable, 4, 18),
    (10, "Harebell Free School (fictional)", SettingType::SpecialAcademy, Phase::NotApplicable, 4, 18),
    (11, "Signal Box Centre (fictional)", SettingType::AlternativeProvision, Phase::NotApplicable, 11, 16),
    (12, "Longshore College (fictional)", SettingType::FurtherEducation, Phase::Post16, 17, 25),
    (13, "Hopscotch House Nursery (fictional)", SettingType::EarlyYearsProvider, Phase::Nursery, 0, 4),
    (14, "Conker Lane Playgroup (fictional)", SettingType::EarlyYearsProvider, Phase::Nursery, 0, 4),
    (15, "Juniper Row Primary School (fictional)", SettingType::MaintainedSchool, Phase::Primary, 4, 10),
    (16, "Windfall Primary Free School (fictional)", SettingType::Academy, Phase::Primary, 4, 10),
    (17, "Ravensbrook High School (fictional)", SettingType::MaintainedSchool, Phase::Secondary, 11, 18),
    (18, "Semaphore Free School (fictional)", SettingType::Academy, Phase::Secondary, 11, 18),
    (19, "Merryweather House (fictional)", SettingType::IndependentSchool, Phase::AllThrough, 4, 18),
    (20, "Otter Bank School (fictional)", SettingType::MaintainedSpecialSchool, Phase::NotApplicable, 4, 18),
    (21, "Larkspur Court (fictional)", SettingType::Section41Institution, Phase::NotApplicable, 4, 25),
    (22, "Beacon Hollow School (fictional)", SettingType::NonMaintainedSpecialSchool, Phase::NotApplicable, 4, 18),
    (23, "Threshold College (fictional)", SettingType::SpecialPost16Institution, Phase::Post16, 17, 25),
    (24, "Meridian Training (fictional)", SettingType::FurtherEducation, Phase::Post16, 17, 25),
];

/// The invented settings of an authority.
pub fn settings(authority: u16) -> Result<Vec<FictionalSetting>, Malformed> {
    let invented = SKETCHES.iter().map(|&(number, name, setting_type, phase, from_age, to_age)| {
        let urn = format!("9{authority:03}{number:02}").parse()?;
        Ok(FictionalSetting { urn, name, setting_type, phase, from_age, to_age })
    });
    invented.collect()
}

/// The setting that a school's token names: a primary school, whose pupils are at every stage.
pub(super) fn shown(authority: u16) -> Result<FictionalSetting, Malformed> {
    settings(authority)?.into_iter().find(|one| one.phase == Phase::Primary).ok_or(Malformed::SettingTypeUnknown)
}

impl FictionalSetting {
    /// Whether it teaches somebody born on one day, on another.
    pub fn teaches(&self, born_on: NaiveDate, on: NaiveDate) -> bool {
        let age = on.years_since(born_on).unwrap_or(0);
        (self.from_age..=self.to_age).contains(&age)
    }

    /// Whether it is of a type, and somebody of a phase can be there. A maintained nursery school is a maintained school.
    pub(super) fn is_place(&self, setting_type: SettingType, phase: AgePhase) -> bool {
        let nursery = self.phase == Phase::Nursery;
        let of_type = self.setting_type == setting_type
            || (self.setting_type == SettingType::MaintainedNurserySchool && setting_type == SettingType::MaintainedSchool);
        of_type
            && match phase {
                AgePhase::EarlyYears => nursery,
                AgePhase::Primary => self.from_age <= 4 && !nursery || setting_type == SettingType::AlternativeProvision,
                AgePhase::Secondary => self.from_age <= 11 && self.to_age >= 16,
                AgePhase::Post16 => self.to_age >= 18,
                AgePhase::Post19 => self.to_age >= 25,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_that_it_is_fictional() {
        let all = settings(311).unwrap();
        assert!(all.iter().all(|setting| setting.name.ends_with("(fictional)") && setting.urn.as_str().starts_with("9311")));
    }

    #[test]
    fn every_age_finds_a_mainstream_setting() {
        let all = settings(311).unwrap();
        let born_on = NaiveDate::from_ymd_opt(2000, 9, 1).unwrap();
        for age in 0..=25 {
            let on = NaiveDate::from_ymd_opt(2000 + age, 9, 1).unwrap();
            assert!(all.iter().any(|one| one.teaches(born_on, on) && !one.setting_type.is_special()), "{age}");
        }
    }

    #[test]
    fn a_college_takes_nobody_of_compulsory_school_age() {
        let all = settings(311).unwrap();
        let sixteen = (NaiveDate::from_ymd_opt(2008, 9, 1).unwrap(), NaiveDate::from_ymd_opt(2025, 8, 31).unwrap());
        assert!(all.iter().filter(|one| one.teaches(sixteen.0, sixteen.1)).all(|one| one.phase != Phase::Post16));
    }
}
