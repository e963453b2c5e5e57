//! When settings are closed.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::{delete, insert_into};

use super::schema::{setting, setting_closure};
use crate::db::{Error, Tx};

/// A time on end in which a setting is closed.
#[derive(Queryable)]
pub struct ClosureRow {
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// The closures of a setting, by day.
pub fn of_setting(tx: &mut Tx<'_>, id: &str) -> Result<Vec<ClosureRow>, Error> {
    let rows = setting_closure::table
        .select((setting_closure::from_on, setting_closure::to_on, setting_closure::name))
        .filter(setting_closure::setting.eq(id))
        .order(setting_closure::from_on)
        .load(tx.conn());
    tx.sql(rows)
}

/// Whether the directory has the setting.
pub fn is_setting(tx: &mut Tx<'_>, id: &str) -> Result<bool, Error> {
    let found = setting::table.select(setting::id).filter(setting::id.eq(id)).first::<String>(tx.conn()).optional();
    Ok(tx.sql(found)?.is_some())
}

/// Puts these in the place of the setting's closures.
pub fn replace(tx: &mut Tx<'_>, id: &str, rows: Vec<ClosureRow>) -> Result<(), Error> {
    let done = delete(setting_closure::table.filter(setting_closure::setting.eq(id))).execute(tx.conn());
    tx.sql(done)?;
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                setting_closure::setting.eq(id),
                setting_closure::from_on.eq(row.from_on),
                setting_closure::to_on.eq(row.to_on),
                setting_closure::name.eq(row.name.as_str()),
            )
        })
        .collect();
    let done = insert_into(setting_closure::table).values(values).execute(tx.conn());
    tx.sql(done).map(drop)
}
