//! Covers: whose worklist is lent to whom, and for which days.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::{insert_into, update};
use uuid::Uuid;

use super::schema::cover;
use crate::db::{Error, Tx};
use crate::record::{CoverId, StaffId};

/// The case workers whose lists a case worker has on a day: their own, and those that are lent to them.
macro_rules! lists_of {
    ($worker:literal, $day:literal) => {
        concat!(
            "ARRAY(SELECT ",
            $worker,
            "::uuid UNION ALL SELECT k.lent FROM cover k WHERE k.authority = $1 AND k.covering = ",
            $worker,
            " AND ",
            $day,
            " BETWEEN k.from_on AND least(k.to_on, k.ended_on))"
        )
    };
}
pub(super) use lists_of;

/// One lending.
#[derive(Queryable)]
pub struct CoverRow {
    /// Its id.
    pub id: Uuid,
    /// Whose list.
    pub lent: Uuid,
    /// To whom.
    pub covering: Uuid,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day agreed on.
    pub to_on: NaiveDate,
    /// The last day, where it was ended before.
    pub ended_on: Option<NaiveDate>,
}

const COLUMNS: (cover::id, cover::lent, cover::covering, cover::from_on, cover::to_on, cover::ended_on) =
    (cover::id, cover::lent, cover::covering, cover::from_on, cover::to_on, cover::ended_on);

/// Lendings whose last day has not passed on a day, by their first day and id, after one. Only of this member of staff's list, or to
/// them, where one is named.
pub fn list(
    tx: &mut Tx<'_>,
    of: Option<StaffId>,
    on: NaiveDate,
    after: Option<(NaiveDate, CoverId)>,
    limit: i64,
) -> Result<Vec<CoverRow>, Error> {
    let mut query = cover::table
        .select(COLUMNS)
        .filter(cover::authority.eq(tx.permit().authority().0))
        .filter(cover::to_on.ge(on))
        .filter(cover::ended_on.is_null().or(cover::ended_on.ge(on).and(cover::ended_on.ge(cover::from_on.nullable()))))
        .order((cover::from_on, cover::id))
        .limit(limit)
        .into_boxed();
    if let Some(of) = of {
        query = query.filter(cover::lent.eq(of.0).or(cover::covering.eq(of.0)));
    }
    if let Some((from, id)) = after {
        query = query.filter(cover::from_on.gt(from).or(cover::from_on.eq(from).and(cover::id.gt(id.0))));
    }
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// One of them, locked until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: CoverId) -> Result<Option<CoverRow>, Error> {
    let row = cover::table
        .select(COLUMNS)
        .filter(cover::authority.eq(tx.permit().authority().0))
        .filter(cover::id.eq(id.0))
        .for_update()
        .first(tx.conn())
        .optional();
    tx.sql(row)
}

/// Adds one.
pub fn add(
    tx: &mut Tx<'_>,
    id: CoverId,
    lent: StaffId,
    covering: StaffId,
    days: (NaiveDate, NaiveDate),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let by = tx.permit().caller().subject.clone();
    let done = insert_into(cover::table)
        .values((
            cover::authority.eq(tx.permit().authority().0),
            cover::id.eq(id.0),
            cover::lent.eq(lent.0),
            cover::covering.eq(covering.0),
            cover::from_on.eq(days.0),
            cover::to_on.eq(days.1),
            cover::set_by.eq(by),
            cover::set_at.eq(at),
        ))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Ends one with a day; before its first day it is never in force.
pub fn end(tx: &mut Tx<'_>, id: CoverId, last: NaiveDate) -> Result<(), Error> {
    let done = update(cover::table)
        .filter(cover::authority.eq(tx.permit().authority().0))
        .filter(cover::id.eq(id.0))
        .set(cover::ended_on.eq(last))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}
