//! What kinds of school, college and nursery are there, and for what ages?

code_list! {
    /// What kind of institution a setting is in law; decides whether it can be asked for and must admit.
    SettingType, SettingTypeUnknown, {
        MaintainedNurserySchool = "maintained_nursery_school", "Maintained nursery school";
        EarlyYearsProvider = "early_years_provider", "Private, voluntary or independent early years provider";
        MaintainedSchool = "maintained_school", "Maintained mainstream school";
        Academy = "academy", "Mainstream academy or free school";
        MaintainedSpecialSchool = "maintained_special_school", "Maintained special school";
        SpecialAcademy = "special_academy", "Special academy or free school";
        NonMaintainedSpecialSchool = "non_maintained_special_school", "Non-maintained special school";
        AlternativeProvision = "alternative_provision", "Pupil referral unit or alternative provision academy";
        IndependentSchool = "independent_school", "Independent school";
        /// Approved by the Secretary of State under section 41 of the Children and Families Act 2014.
        Section41Institution = "section_41_institution", "Independent special school or post-16 institution approved under section 41";
        /// The family's request for it binds nobody, but a plan can name it with its agreement.
        IndependentSpecialSchool = "independent_special_school", "Independent special school that is not approved under section 41";
        SpecialPost16Institution = "special_post_16_institution", "Specialist post-16 institution";
        FurtherEducation = "further_education", "Further education or sixth form college";
    }
}

code_list! {
    /// The ages a setting teaches, in the national register's words.
    Phase, PhaseUnknown, {
        Nursery = "nursery", "Nursery";
        Primary = "primary", "Primary";
        MiddleDeemedPrimary = "middle_deemed_primary", "Middle, counted as primary";
        MiddleDeemedSecondary = "middle_deemed_secondary", "Middle, counted as secondary";
        Secondary = "secondary", "Secondary";
        AllThrough = "all_through", "All-through";
        Post16 = "post_16", "Sixteen and over";
        NotApplicable = "not_applicable", "Not divided by phase";
    }
}

impl SettingType {
    /// Whether teaching children and young people with special educational needs is what the institution is for.
    pub const fn is_special(self) -> bool {
        matches!(
            self,
            SettingType::MaintainedSpecialSchool
                | SettingType::SpecialAcademy
                | SettingType::NonMaintainedSpecialSchool
                | SettingType::Section41Institution
                | SettingType::IndependentSpecialSchool
                | SettingType::SpecialPost16Institution
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_lists_are_lower_snake_words() {
        let codes = SettingType::ALL.iter().map(|one| one.code()).chain(Phase::ALL.iter().map(|one| one.code()));
        for code in codes {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{code}");
        }
    }

    #[test]
    fn alternative_provision_is_not_a_special_school() {
        assert!(!SettingType::AlternativeProvision.is_special());
        assert!(SettingType::SpecialAcademy.is_special());
    }
}
