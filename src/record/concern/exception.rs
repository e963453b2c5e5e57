//! Are the exceptions relied on what the Regulations have them to be, and was the family told?

use super::Found;
use crate::law::instruments::SEND_CODE_2015;
use crate::law::{Fact, Provision, exception};
use crate::record::File;
use crate::record::{Case, facts};

/// The family is told of an exception that is relied on.
const TOLD: Provision = SEND_CODE_2015.at("9.43");

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    if case.exceptions.is_empty() {
        return;
    }
    let facts: Vec<Fact> = facts(file, case.id);
    for claim in case.exceptions.iter().filter(|claim| claim.withdrawn.is_none()) {
        let terms = claim.terms(&case.advice, &facts);
        if let Some(exception) = exception(&claim.paragraph)
            && !terms.are_met()
        {
            let words = format!("{} is claimed and excuses nothing. {}", exception.paragraph, terms.words());
            found.add(case.id.0, "exception_terms_not_met", words, exception.source.cite());
        }
        if claim.told.is_none() {
            let words =
                format!("{} is relied on, and the family is not recorded as told why the limit is missed.", claim.paragraph);
            found.add(case.id.0, "exception_not_told", words, TOLD.cite());
        }
    }
}
