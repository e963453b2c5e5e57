//! Is this an identifier of a school, college or provider? Only the form can be told; neither has a check digit.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Malformed;

/// Unique Reference Number of an establishment in the national register (Get Information about Schools).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[1-9][0-9]{4,5}$", example = "900001")]
pub struct Urn(String);

identifier!(Urn, checked_urn);

/// UK Provider Reference Number, for colleges and other providers that have no URN.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[1-9][0-9]{7}$", example = "10000001")]
pub struct Ukprn(String);

identifier!(Ukprn, checked_ukprn);

fn checked_urn(text: &str) -> Result<String, Malformed> {
    if matches!(text.len(), 5 | 6) && is_number(text) { Ok(text.to_owned()) } else { Err(Malformed::UrnFormat) }
}

fn checked_ukprn(text: &str) -> Result<String, Malformed> {
    if text.len() == 8 && is_number(text) { Ok(text.to_owned()) } else { Err(Malformed::UkprnFormat) }
}

fn is_number(text: &str) -> bool {
    !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_has_five_or_six_digits() {
        for text in ["10001", "100000", "900001"] {
            assert_eq!(text.parse::<Urn>().map(String::from), Ok(text.to_owned()));
        }
        for text in ["", "1000", "1000000", "010000", "10000A", "10 000", "１００００"] {
            assert_eq!(text.parse::<Urn>(), Err(Malformed::UrnFormat), "{text}");
        }
    }

    #[test]
    fn a_ukprn_has_eight_digits() {
        assert_eq!("10000001".parse::<Ukprn>().map(String::from), Ok("10000001".to_owned()));
        for text in ["", "1000000", "100000010", "00000001", "1000000X"] {
            assert_eq!(text.parse::<Ukprn>(), Err(Malformed::UkprnFormat), "{text}");
        }
    }
}
