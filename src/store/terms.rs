//! The terms of an authority's schools.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::{delete, insert_into};

use super::schema::term;
use crate::db::{Error, Tx};

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct TermRow {
    /// Its first day.
    pub from_on: NaiveDate,
    /// Its last day.
    pub to_on: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// The terms of the authority, by day.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<TermRow>, Error> {
    let rows = term::table
        .select((term::from_on, term::to_on, term::name))
        .filter(term::authority.eq(tx.permit().authority().0))
        .order(term::from_on)
        .load(tx.conn());
    tx.sql(rows)
}

/// Puts these in the place of the authority's terms.
pub fn replace(tx: &mut Tx<'_>, rows: &[TermRow]) -> Result<(), Error> {
    let authority = tx.permit().authority().0;
    let done = delete(term::table.filter(term::authority.eq(authority))).execute(tx.conn());
    tx.sql(done)?;
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                term::authority.eq(authority),
                term::from_on.eq(row.from_on),
                term::to_on.eq(row.to_on),
                term::name.eq(row.name.as_str()),
            )
        })
        .collect();
    let done = insert_into(term::table).values(values).execute(tx.conn());
    tx.sql(done).map(drop)
}
