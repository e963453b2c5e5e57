//! Which short lists describe a person in the national return: sex, need, and why there is no UPN?
//!
//! Codes as in the Department for Education's special educational needs survey (SEN2), 2026.

code_list! {
    /// Sex as the national return records it (SEN2 item 1.4).
    Sex, SexUnknown, {
        Male = "M", "Male";
        Female = "F", "Female";
    }
}

code_list! {
    /// A type of special educational need (SEN2 item 5.8).
    NeedType, NeedUnknown, {
        Spld = "SPLD", "Specific learning difficulty";
        Mld = "MLD", "Moderate learning difficulty";
        Sld = "SLD", "Severe learning difficulty";
        Pmld = "PMLD", "Profound and multiple learning difficulty";
        Semh = "SEMH", "Social, emotional and mental health";
        Slcn = "SLCN", "Speech, language and communication needs";
        Hi = "HI", "Hearing impairment";
        Vi = "VI", "Vision impairment";
        Msi = "MSI", "Multi-sensory impairment";
        Pd = "PD", "Physical disability";
        Asd = "ASD", "Autistic spectrum disorder";
        /// In the return from 2025.
        Ds = "DS", "Down syndrome";
        Oth = "OTH", "Other difficulty";
    }
}

code_list! {
    /// Why a child has no UPN (SEN2 item 1.7c); given only where there is neither a UPN nor a ULN.
    UpnUnknownReason, UpnUnknownReasonUnknown, {
        Under6 = "UN1", "Under six and without a UPN yet";
        NeverInStateSchool = "UN2", "Has never attended a state-funded school in England";
        EducatedOutsideEngland = "UN3", "Educated outside England";
        NoReliableMatch = "UN5", "Sources conflict and prevent a reliable match";
        NewToAuthority = "UN8", "New to the authority, identifiers not yet known";
        YoungPersonNeverInStateEducation = "UN9", "Young person who has never attended a state-funded school or further education in England";
        NoFurtherAction = "UN10", "The request led to nothing further before identifiers were known";
    }
}

#[cfg(test)]
mod tests {
    use super::super::Malformed;
    use super::*;

    #[test]
    fn statutory_codes_are_kept_as_the_department_writes_them() {
        assert_eq!(serde_json::to_string(&NeedType::Asd).unwrap(), "\"ASD\"");
        assert_eq!(serde_json::to_string(&Sex::Female).unwrap(), "\"F\"");
        assert_eq!(serde_json::from_str::<UpnUnknownReason>("\"UN10\"").unwrap(), UpnUnknownReason::NoFurtherAction);
    }

    #[test]
    fn the_school_census_code_without_an_assessed_need_is_not_in_the_return() {
        assert_eq!("NSA".parse::<NeedType>(), Err(Malformed::NeedUnknown));
    }

    #[test]
    fn reasons_of_other_collections_are_not_in_the_return() {
        for code in ["UN4", "UN6", "UN7"] {
            assert_eq!(code.parse::<UpnUnknownReason>(), Err(Malformed::UpnUnknownReasonUnknown));
        }
    }

    #[test]
    fn a_code_outside_the_list_is_refused_without_repeating_it() {
        let error = serde_json::from_str::<NeedType>("\"Zebra\"").unwrap_err().to_string();
        assert!(!error.contains("Zebra"), "{error}");
    }

    #[test]
    fn every_code_reads_back_as_itself() {
        for need in NeedType::ALL {
            assert_eq!(need.code().parse(), Ok(*need));
        }
    }
}
