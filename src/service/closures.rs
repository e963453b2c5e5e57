//! When settings are closed: the calendar from which a closure is claimed as an exception.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Error, FieldError};
use crate::db::Tx;
use crate::law::{advice_window, closed_long_enough};
use crate::record::Organisation;
use crate::store::closures::{self, ClosureRow};

/// A time on end in which a setting is closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Closure {
    /// The first day it is closed.
    #[schema(example = "2026-07-22")]
    pub from: NaiveDate,
    /// The last day it is closed.
    #[schema(example = "2026-09-01")]
    pub to: NaiveDate,
    /// What it is called.
    #[schema(example = "Summer holidays", min_length = 1, max_length = 100)]
    pub name: String,
}

/// Sets when a setting is closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"closures": [{"from": "2026-07-22", "to": "2026-09-01", "name": "Summer holidays"}]}))]
pub struct PutClosures {
    /// Each closure, days that follow one another as one.
    #[schema(max_items = 100)]
    pub closures: Vec<Closure>,
}

/// A closure, and what it means for an exception (SEND Regulations 2014, reg. 10(4)(a) and (b)).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SettingClosure)]
pub struct ClosureView {
    /// The first day it is closed.
    pub from: NaiveDate,
    /// The last day it is closed.
    pub to: NaiveDate,
    /// What it is called.
    pub name: String,
    /// How many days on end.
    #[schema(example = 42)]
    pub days: i64,
    /// Whether it is long enough to excuse anything: 28 days.
    pub long_enough: bool,
    /// The first day on which advice asked of the setting counts for the exception: a week before it closes.
    pub advice_from: NaiveDate,
    /// The last such day: a week before it reopens.
    pub advice_to: NaiveDate,
}

/// When a setting is closed, by day.
pub fn list(tx: &mut Tx<'_>, setting: &Organisation) -> Result<Vec<ClosureView>, Error> {
    must_be_known(tx, setting)?;
    Ok(closures::of_setting(tx, setting.as_str())?.into_iter().map(shown).collect())
}

/// Sets when a setting is closed, in the place of what was known.
///
/// # Errors
/// [`Error::Invalid`] for a closure that ends before it begins, or begins before the one before it ends.
pub fn put(tx: &mut Tx<'_>, setting: &Organisation, body: &PutClosures) -> Result<Vec<ClosureView>, Error> {
    must_be_known(tx, setting)?;
    let mut errors = Vec::new();
    for (at, closure) in body.closures.iter().enumerate() {
        let field = |name: &str| format!("/closures/{at}/{name}");
        if closure.to < closure.from {
            errors.push(FieldError::new(field("to"), "ends_before_it_begins", "Is before the first day."));
        }
        let overlaps = |other: &Closure| closure.from <= other.to && other.from <= closure.to;
        if body.closures.iter().take(at).any(overlaps) {
            errors.push(FieldError::new(field("from"), "overlaps", "Overlaps another closure; days on end are one closure."));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let rows = body.closures.iter().map(|c| ClosureRow { from_on: c.from, to_on: c.to, name: c.name.clone() });
    closures::replace(tx, setting.as_str(), rows.collect())?;
    list(tx, setting)
}

fn must_be_known(tx: &mut Tx<'_>, setting: &Organisation) -> Result<(), Error> {
    if closures::is_setting(tx, setting.as_str())? { Ok(()) } else { Err(Error::NotFound("setting")) }
}

fn shown(row: ClosureRow) -> ClosureView {
    let reopens_on = row.to_on.checked_add_days(Days::new(1)).unwrap_or(row.to_on);
    let (advice_from, advice_to) = advice_window(row.from_on, reopens_on);
    ClosureView {
        days: (row.to_on - row.from_on).num_days() + 1,
        long_enough: closed_long_enough(row.from_on, row.to_on),
        from: row.from_on,
        to: row.to_on,
        name: row.name,
        advice_from,
        advice_to,
    }
}
