//! Is this a Unique Pupil Number?
//!
//! Check letter, three digits of the issuing authority, four of the establishment, two of the year, three of a serial number;
//! a temporary number ends in a letter instead of the third. The letters I, O and S are never used. (GovTalk data standards
//! catalogue, UniquePupilNumber 2.0; school census rules 1510, 1530, 1540 and 1550.)

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Malformed;

/// A Unique Pupil Number whose check letter is right. It keeps its first authority's code for life, whoever is responsible now.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(
    value_type = String,
    format = "upn",
    pattern = "^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$",
    example = "H311400125001"
)]
pub struct Upn(String);

identifier!(Upn, checked);

/// The letters in use; a letter's place is its value.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// The authorities that have ever issued UPNs, from first to last code of each run (rule 1530, with 942 and 943 of 2023).
const ISSUERS: [(u16, u16); 47] = [
    (1, 5),
    (201, 213),
    (301, 320),
    (330, 336),
    (340, 344),
    (350, 359),
    (370, 373),
    (380, 384),
    (390, 394),
    (420, 420),
    (660, 681),
    (701, 708),
    (800, 803),
    (805, 808),
    (810, 813),
    (815, 815),
    (816, 816),
    (820, 823),
    (825, 825),
    (826, 826),
    (830, 830),
    (831, 831),
    (835, 839),
    (840, 840),
    (841, 841),
    (845, 845),
    (846, 846),
    (850, 852),
    (855, 857),
    (860, 860),
    (861, 861),
    (865, 896),
    (908, 908),
    (909, 909),
    (916, 916),
    (919, 919),
    (921, 921),
    (925, 925),
    (926, 926),
    (928, 928),
    (929, 929),
    (931, 931),
    (933, 933),
    (935, 938),
    (940, 941),
    (942, 942),
    (943, 943),
];

impl Upn {
    /// A permanent number from its parts, with the check letter worked out: the authority's code, the establishment's four
    /// digits, the academic year's last two and a serial number below 1000.
    pub fn permanent(authority: u16, establishment: u16, year: u8, serial: u16) -> Result<Self, Malformed> {
        Self::from_rest(format!("{authority:03}{establishment:04}{year:02}{serial:03}"))
    }

    /// A temporary number from its parts: as a permanent one, but with a serial number below 100 and a letter after it.
    pub fn temporary(authority: u16, establishment: u16, year: u8, serial: u8, letter: char) -> Result<Self, Malformed> {
        Self::from_rest(format!("{authority:03}{establishment:04}{year:02}{serial:02}{letter}"))
    }

    fn from_rest(rest: String) -> Result<Self, Malformed> {
        if rest.len() != 12 {
            return Err(Malformed::UpnLength);
        }
        format!("{}{rest}", char::from(check_letter(rest.as_bytes())?)).parse()
    }

    /// Whether a school gave it provisionally, to be replaced by the permanent number once that is known.
    pub fn is_temporary(&self) -> bool {
        self.0.ends_with(|last: char| last.is_ascii_alphabetic())
    }
}

fn checked(text: &str) -> Result<String, Malformed> {
    let text = text.to_ascii_uppercase();
    let (first, rest) = match text.as_bytes() {
        [first, rest @ ..] if rest.len() == 12 => (*first, rest),
        _ => return Err(Malformed::UpnLength),
    };
    if letter_value(first).is_none() {
        return Err(Malformed::UpnLetter);
    }
    if check_letter(rest)? != first {
        return Err(Malformed::UpnCheckLetter);
    }
    Ok(text)
}

/// The letter before these twelve characters: each times its place in the whole, summed, modulo 23.
fn check_letter(rest: &[u8]) -> Result<u8, Malformed> {
    let mut sum = 0;
    let mut authority = 0;
    for (place, &character) in (2..=13).zip(rest) {
        let value = match character {
            b'0'..=b'9' => usize::from(character - b'0'),
            _ if place == 13 => letter_value(character).ok_or(Malformed::UpnLetter)?,
            _ => return Err(Malformed::UpnDigits),
        };
        if place <= 4 {
            authority = authority * 10 + value;
        }
        sum += value * place;
    }
    if !ISSUERS.iter().any(|&(first, last)| (usize::from(first)..=usize::from(last)).contains(&authority)) {
        return Err(Malformed::UpnAuthority);
    }
    LETTERS.get(sum % LETTERS.len()).copied().ok_or(Malformed::UpnCheckLetter)
}

fn letter_value(letter: u8) -> Option<usize> {
    LETTERS.iter().position(|&one| one == letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_with_the_right_check_letter_are_upns() {
        for text in [
            "H311400125001",
            "P31120102407K",
            "E311403124007",
            "Q309201226117",
            "L310402319042",
            "G31140012501A",
            "B801200005001",
            "H801200001001",
            "Y308212001120",
            "P207000016049",
        ] {
            assert_eq!(text.parse::<Upn>().map(String::from), Ok(text.to_owned()));
        }
    }

    #[test]
    fn each_malformation_is_told_apart() {
        for (text, why) in [
            ("", Malformed::UpnLength),
            ("H31140012500", Malformed::UpnLength),
            ("H3114001250011", Malformed::UpnLength),
            ("I311400125001", Malformed::UpnLetter),
            ("1311400125001", Malformed::UpnLetter),
            ("H31140012501S", Malformed::UpnLetter),
            ("X80120000A001", Malformed::UpnDigits),
            ("E000200005001", Malformed::UpnAuthority),
            ("A801200005001", Malformed::UpnCheckLetter),
            ("B207000016049", Malformed::UpnCheckLetter),
            ("Q207000016049", Malformed::UpnCheckLetter),
        ] {
            assert_eq!(text.parse::<Upn>(), Err(why), "{text}");
        }
    }

    #[test]
    fn thirteen_bytes_that_are_not_thirteen_characters_are_refused() {
        assert!("H31140012500é".parse::<Upn>().is_err());
        assert!("É31140012500".parse::<Upn>().is_err());
    }

    #[test]
    fn lower_case_is_raised() {
        assert_eq!("p31120102407k".parse::<Upn>().map(String::from), Ok("P31120102407K".to_owned()));
    }

    #[test]
    fn a_last_letter_marks_a_temporary_number() {
        assert!(Upn::temporary(311, 2010, 24, 7, 'K').unwrap().is_temporary());
        assert!(!Upn::permanent(311, 4001, 25, 1).unwrap().is_temporary());
    }

    #[test]
    fn the_parts_make_the_worked_examples() {
        assert_eq!(Upn::permanent(311, 4001, 25, 1).unwrap().as_str(), "H311400125001");
        assert_eq!(Upn::temporary(311, 2010, 24, 7, 'K').unwrap().as_str(), "P31120102407K");
    }

    #[test]
    fn parts_too_large_for_their_places_make_no_number() {
        assert_eq!(Upn::permanent(311, 4001, 25, 1000), Err(Malformed::UpnLength));
        assert_eq!(Upn::permanent(311, 12345, 25, 1), Err(Malformed::UpnLength));
        assert_eq!(Upn::temporary(311, 4001, 25, 1, 'S'), Err(Malformed::UpnLetter));
        assert_eq!(Upn::permanent(999, 4001, 25, 1), Err(Malformed::UpnAuthority));
    }

    #[test]
    fn json_carries_the_text_and_an_error_does_not_repeat_it() {
        let upn: Upn = serde_json::from_str("\"H311400125001\"").unwrap();
        assert_eq!(serde_json::to_string(&upn).unwrap(), "\"H311400125001\"");
        let error = serde_json::from_str::<Upn>("\"A801200005001\"").unwrap_err().to_string();
        assert!(!error.contains("801200005001"), "{error}");
    }

    #[test]
    fn a_log_line_does_not_reveal_it() {
        assert_eq!(format!("{:?}", "H311400125001".parse::<Upn>().unwrap()), "Upn(..)");
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_never_passes(establishment in 1u16..9999, year in 0u8..99, serial in 0u16..999, place in 4usize..13, by in 1u8..10) {
            let upn = Upn::permanent(311, establishment, year, serial).unwrap();
            let mut text = upn.as_str().as_bytes().to_vec();
            text[place] = b'0' + (text[place] - b'0' + by) % 10;
            prop_assert_eq!(String::from_utf8(text).unwrap().parse::<Upn>(), Err(Malformed::UpnCheckLetter));
        }

        #[test]
        fn no_text_makes_the_check_panic(text in "\\PC{0,14}") {
            let _ = text.parse::<Upn>();
        }
    }
}
