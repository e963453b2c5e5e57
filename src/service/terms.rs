//! The terms of an authority's schools, by which reviews are planned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Error, FieldError, wrong};
use crate::db::Tx;
use crate::store::terms::{self, TermRow};

/// A school term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Term {
    /// Its first day, by which it is named elsewhere.
    #[schema(example = "2027-01-04")]
    pub from: NaiveDate,
    /// Its last day.
    #[schema(example = "2027-03-25")]
    pub to: NaiveDate,
    /// What it is called.
    #[schema(example = "Spring 2027", min_length = 1, max_length = 100)]
    pub name: String,
}

/// Sets the terms of the authority's schools.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"terms": [
    {"from": "2026-09-02", "to": "2026-12-18", "name": "Autumn 2026"}, {"from": "2027-01-04", "to": "2027-03-25", "name": "Spring 2027"}
]}))]
pub struct PutTerms {
    /// Each term. A half-term holiday does not divide one.
    #[schema(max_items = 100)]
    pub terms: Vec<Term>,
}

/// The terms, by day.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Term>, Error> {
    let term = |row: TermRow| Term { from: row.from_on, to: row.to_on, name: row.name };
    Ok(terms::all(tx)?.into_iter().map(term).collect())
}

/// Sets the terms, in the place of what was known.
///
/// # Errors
/// [`Error::Invalid`] for a term that ends before it begins, or begins before another ends.
pub fn put(tx: &mut Tx<'_>, body: &PutTerms) -> Result<Vec<Term>, Error> {
    let mut errors = Vec::new();
    for (at, term) in body.terms.iter().enumerate() {
        let field = |name: &str| format!("/terms/{at}/{name}");
        if term.to < term.from {
            errors.push(FieldError::new(field("to"), "ends_before_it_begins", "Is before the first day."));
        }
        if body.terms[..at].iter().any(|other| term.from <= other.to && other.from <= term.to) {
            errors.push(FieldError::new(field("from"), "overlaps", "Overlaps another term."));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let row = |term: &Term| TermRow { from_on: term.from, to_on: term.to, name: term.name.clone() };
    terms::replace(tx, &body.terms.iter().map(row).collect::<Vec<_>>())?;
    list(tx)
}

/// This term: the one under way, or in the holidays the next. None: none is known.
pub fn this_term(terms: &[Term], today: NaiveDate) -> Option<&Term> {
    terms.iter().find(|term| today <= term.to)
}

/// The term that begins on a day, or without one the next to begin.
pub fn named_or_next(terms: &[Term], from: Option<NaiveDate>, today: NaiveDate) -> Option<&Term> {
    terms.iter().find(|term| from.map_or(today < term.from, |from| term.from == from))
}

/// That what a field asks for needs a term, and no such term is known.
pub fn unknown_term(pointer: &str) -> Error {
    wrong(pointer, "no_such_term", "Needs a term that is known: set the authority's terms with PUT /v1/terms.")
}
