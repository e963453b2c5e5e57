//! Is this text the identifier that its schema's format names? Check letters and digits are no matter of a pattern.

use jsonschema::ValidationOptions;

use crate::record::codes::{Malformed, Postcode, Uln, Upn};

type Check = fn(&str) -> Option<Malformed>;

/// The formats of the published schemas that are identifiers, each with what a text breaks.
const IDENTIFIERS: [(&str, Check); 3] = [
    ("upn", |text| text.parse::<Upn>().err()),
    ("uln", |text| text.parse::<Uln>().err()),
    ("postcode", |text| text.parse::<Postcode>().err()),
];

/// The options of a validator that knows the identifiers.
pub fn known_to(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    let [upn, uln, postcode] = IDENTIFIERS;
    options
        .with_format(upn.0, move |text| upn.1(text).is_none())
        .with_format(uln.0, move |text| uln.1(text).is_none())
        .with_format(postcode.0, move |text| postcode.1(text).is_none())
}

/// The rule of the identifier that a text breaks; none when the format names no identifier.
pub fn broken_rule(format: &str, text: &str) -> Option<Malformed> {
    let (_, check) = IDENTIFIERS.into_iter().find(|(name, _)| *name == format)?;
    check(text)
}
