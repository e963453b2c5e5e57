//! Is this a postcode of the United Kingdom?
//!
//! Only the shape is told: outward part A9, A99, A9A, AA9, AA99 or AA9A, inward part 9AA. Whether an address exists is not ours
//! to know.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Malformed;

/// A postcode, in capitals with one space between outward and inward part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(
    value_type = String,
    format = "postcode",
    pattern = "^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$",
    example = "RM1 0CC"
)]
pub struct Postcode(String);

identifier!(Postcode, checked);

impl Postcode {
    /// The outward part (`RM1`), which names a post town's district and no household.
    pub fn outward(&self) -> &str {
        self.0.split_once(' ').map_or("", |(outward, _)| outward)
    }
}

fn checked(text: &str) -> Result<String, Malformed> {
    let mut compact: String = text.to_ascii_uppercase();
    compact.retain(|c| c != ' ');
    let (outward, inward) =
        compact.len().checked_sub(3).and_then(|middle| compact.split_at_checked(middle)).ok_or(Malformed::PostcodeFormat)?;
    match (shape(outward).as_str(), shape(inward).as_str()) {
        ("A9" | "A99" | "A9A" | "AA9" | "AA99" | "AA9A", "9AA") => Ok(format!("{outward} {inward}")),
        _ => Err(Malformed::PostcodeFormat),
    }
}

/// The text with `A` for each letter, `9` for each digit and `?` for anything else.
fn shape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_outward_part_is_known() {
        for text in ["M1 1AE", "B33 8TH", "W1A 0AX", "CR2 6XH", "DN55 1PT", "EC1A 1BB"] {
            assert_eq!(text.parse::<Postcode>().map(String::from), Ok(text.to_owned()));
        }
    }

    #[test]
    fn case_and_spaces_are_put_right() {
        for text in ["rm13bd", "RM1 3BD", " rm1  3bd ", "Rm 13 bD"] {
            let postcode: Postcode = text.parse().unwrap();
            assert_eq!((postcode.as_str(), postcode.outward()), ("RM1 3BD", "RM1"));
        }
    }

    #[test]
    fn other_shapes_are_not_postcodes() {
        for text in ["", "RM1", "1RM 3BD", "RM1 BD3", "RMM1 3BD", "RM123 3BD", "RM1-3BD", "RÉ1 3BD", "RM1 3BÉ", "RM1 33D"] {
            assert_eq!(text.parse::<Postcode>(), Err(Malformed::PostcodeFormat), "{text}");
        }
    }
}
