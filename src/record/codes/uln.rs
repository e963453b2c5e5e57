//! Is this a Unique Learner Number?
//!
//! Ten digits, the last of them 10 less the remainder by 11 of the others' sum, weighted 10 down to 2; numbers whose remainder is
//! 0 are never issued. (Individualised Learner Record derived data rule 1; HESA C17051, ULN.)

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Malformed;

/// A Unique Learner Number whose check digit is right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = "uln", pattern = "^[1-9][0-9]{9}$", example = "3110000015")]
pub struct Uln(String);

identifier!(Uln, checked);

impl Uln {
    /// The number that begins with these nine digits (100000000 to 999999999), where one is issued for them.
    pub fn from_first_nine(first_nine: u32) -> Result<Self, Malformed> {
        if !(100_000_000..=999_999_999).contains(&first_nine) {
            return Err(Malformed::UlnFormat);
        }
        let first = first_nine.to_string();
        let last = check_digit(first.bytes())?;
        format!("{first}{last}").parse()
    }
}

fn checked(text: &str) -> Result<String, Malformed> {
    let digits = text.as_bytes();
    if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) || digits.starts_with(b"0") {
        return Err(Malformed::UlnFormat);
    }
    match check_digit(digits.iter().copied()) {
        Ok(last) if digits.last().is_some_and(|&digit| u32::from(digit - b'0') == last) => Ok(text.to_owned()),
        _ => Err(Malformed::UlnCheckDigit),
    }
}

/// The tenth digit, from the first nine (anything after them is not looked at).
fn check_digit(digits: impl Iterator<Item = u8>) -> Result<u32, Malformed> {
    let sum: u32 = (2..=10).rev().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    match sum % 11 {
        0 => Err(Malformed::UlnCheckDigit),
        remainder => Ok(10 - remainder),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_with_the_right_check_digit_are_ulns() {
        for text in ["9276308686", "1234567899", "3110000015", "3110000023", "1000000000"] {
            assert_eq!(text.parse::<Uln>().map(String::from), Ok(text.to_owned()));
        }
    }

    #[test]
    fn the_placeholder_of_the_learner_record_is_not_a_uln() {
        assert_eq!("9999999999".parse::<Uln>(), Err(Malformed::UlnCheckDigit));
    }

    #[test]
    fn each_malformation_is_told_apart() {
        for (text, why) in [
            ("", Malformed::UlnFormat),
            ("123456789", Malformed::UlnFormat),
            ("12345678990", Malformed::UlnFormat),
            ("0234567899", Malformed::UlnFormat),
            ("12345é789", Malformed::UlnFormat),
            ("1234567890", Malformed::UlnCheckDigit),
            ("1234567089", Malformed::UlnCheckDigit),
        ] {
            assert_eq!(text.parse::<Uln>(), Err(why), "{text}");
        }
    }

    #[test]
    fn nine_digits_that_weigh_a_multiple_of_eleven_have_no_number() {
        // The first digit weighs 10 and the fifth 6: 10 × 1 + 6 × 2 = 22.
        assert_eq!(Uln::from_first_nine(100_020_000), Err(Malformed::UlnCheckDigit));
        assert_eq!("1000200000".parse::<Uln>(), Err(Malformed::UlnCheckDigit));
    }

    #[test]
    fn the_first_nine_digits_make_the_worked_examples() {
        assert_eq!(Uln::from_first_nine(311_000_001).unwrap().as_str(), "3110000015");
        assert_eq!(Uln::from_first_nine(927_630_868).unwrap().as_str(), "9276308686");
        assert_eq!(Uln::from_first_nine(99_999_999), Err(Malformed::UlnFormat));
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_never_passes(first in 100_000_000u32..1_000_000_000, place in 1usize..10, by in 1u8..10) {
            if let Ok(uln) = Uln::from_first_nine(first) {
                let mut text = uln.as_str().as_bytes().to_vec();
                text[place] = b'0' + (text[place] - b'0' + by) % 10;
                prop_assert_eq!(String::from_utf8(text).unwrap().parse::<Uln>(), Err(Malformed::UlnCheckDigit));
            }
        }
    }
}
