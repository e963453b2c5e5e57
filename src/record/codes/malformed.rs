//! Why is this text not the identifier or the code it claims to be?

use std::fmt;

/// The rule that a piece of text breaks. Its words never repeat the text, which is often personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// A UPN is not 13 characters long.
    UpnLength,
    /// A UPN's first character, or a temporary UPN's last, is not one of the 23 letters in use.
    UpnLetter,
    /// A UPN has something else than digits between its check letter and its last character.
    UpnDigits,
    /// A UPN's digits 2 to 4 are no authority that has ever issued UPNs.
    UpnAuthority,
    /// A UPN's check letter does not follow from the rest.
    UpnCheckLetter,
    /// A ULN is not ten digits of which the first is not zero.
    UlnFormat,
    /// A ULN's last digit does not follow from the rest, or the rest admits none.
    UlnCheckDigit,
    /// A URN is not five or six digits of which the first is not zero.
    UrnFormat,
    /// A UKPRN is not eight digits of which the first is not zero.
    UkprnFormat,
    /// A postcode has not the shape of one of the United Kingdom.
    PostcodeFormat,
    /// No authority in England has or had this code.
    AuthorityUnknown,
    /// Not in the list of sexes.
    SexUnknown,
    /// Not in the list of ethnicities.
    EthnicityUnknown,
    /// Not in the list of needs.
    NeedUnknown,
    /// Not in the list of reasons why a child has no UPN.
    UpnUnknownReasonUnknown,
    /// Not in the list of types of setting.
    SettingTypeUnknown,
    /// Not in the list of phases of education.
    PhaseUnknown,
}

impl Malformed {
    /// The rule's stable name, part of the API.
    pub const fn code(self) -> &'static str {
        match self {
            Malformed::UpnLength => "upn_length",
            Malformed::UpnLetter => "upn_letter",
            Malformed::UpnDigits => "upn_digits",
            Malformed::UpnAuthority => "upn_authority",
            Malformed::UpnCheckLetter => "upn_check_letter",
            Malformed::UlnFormat => "uln_format",
            Malformed::UlnCheckDigit => "uln_check_digit",
            Malformed::UrnFormat => "urn_format",
            Malformed::UkprnFormat => "ukprn_format",
            Malformed::PostcodeFormat => "postcode_format",
            Malformed::AuthorityUnknown => "authority_unknown",
            Malformed::SexUnknown => "sex_unknown",
            Malformed::EthnicityUnknown => "ethnicity_unknown",
            Malformed::NeedUnknown => "need_unknown",
            Malformed::UpnUnknownReasonUnknown => "upn_unknown_reason_unknown",
            Malformed::SettingTypeUnknown => "setting_type_unknown",
            Malformed::PhaseUnknown => "phase_unknown",
        }
    }

    /// The rule in words, for the person who typed the text.
    pub const fn words(self) -> &'static str {
        match self {
            Malformed::UpnLength => "a UPN has 13 characters",
            Malformed::UpnLetter => "a UPN begins with a letter, and a temporary one ends with one; I, O and S are never used",
            Malformed::UpnDigits => "a UPN has digits from its second character to its twelfth",
            Malformed::UpnAuthority => "the second to fourth characters of a UPN are the code of the authority that issued it",
            Malformed::UpnCheckLetter => {
                "the UPN's first letter does not follow from its other characters: one of them is mistyped"
            }
            Malformed::UlnFormat => "a ULN has ten digits and does not begin with 0",
            Malformed::UlnCheckDigit => "the ULN's last digit does not follow from the others: one of them is mistyped",
            Malformed::UrnFormat => "a URN has five or six digits and does not begin with 0",
            Malformed::UkprnFormat => "a UKPRN has eight digits and does not begin with 0",
            Malformed::PostcodeFormat => "a postcode has an outward part such as RM1 or EC1A and an inward part such as 3BD",
            Malformed::AuthorityUnknown => "an authority is named by the Department's three-digit code",
            Malformed::SexUnknown => "sex is M or F, as the national return has it",
            Malformed::EthnicityUnknown => "ethnicity is one of the Department's four-letter codes",
            Malformed::NeedUnknown => "a need is one of the codes of the national return",
            Malformed::UpnUnknownReasonUnknown => "the reason for having no UPN is one of the codes of the national return",
            Malformed::SettingTypeUnknown => "not one of the types of setting",
            Malformed::PhaseUnknown => "not one of the phases of education",
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for Malformed {}
