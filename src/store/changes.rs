//! What changed after a place in the journal, for whoever keeps in step with a list.

use chrono::NaiveDate;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};

use super::statement::{Statement, statement};
use crate::db::{Error, Tx};

/// Which changes are asked for: those recorded after one position and up to another. What came into sight without being recorded, because
/// its day came, counts after one day and up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The position and the day after which.
    pub after: (i64, NaiveDate),
    /// The position and the day up to which.
    pub up_to: (i64, NaiveDate),
}

/// A condition that lets through the children of whom something was recorded, or who came into the caller's sight, in a window, and of
/// whom nothing was recorded after it: that is told the next time, and a row that moves within the list is not told twice. All of them
/// without a window. The last four names are the placeholders of its bounds: `after` position and day, `up_to` position and day.
macro_rules! changed {
    ($child:literal, $after:literal, $after_day:literal, $up_to:literal, $up_to_day:literal) => {
        concat!(
            "(",
            $after,
            "::bigint IS NULL OR ((EXISTS (SELECT FROM journal e WHERE e.authority = $1 AND e.child = ",
            $child,
            " AND e.position > ",
            $after,
            ") OR (NOT $2 AND EXISTS (SELECT FROM visible w WHERE w.authority = $1 AND w.child = ",
            $child,
            " AND w.grantee = ANY ($3) AND w.known_to IS NULL AND w.from_on > ",
            $after_day,
            " AND w.from_on <= ",
            $up_to_day,
            "))) AND NOT EXISTS (SELECT FROM journal e WHERE e.authority = $1 AND e.child = ",
            $child,
            " AND e.position > ",
            $up_to,
            ")))"
        )
    };
}
pub(super) use changed;

/// The values of [`changed`].
pub(super) fn within(query: Statement, window: Option<Window>) -> Statement {
    query
        .bind(window.map(|window| window.after.0))
        .bind(window.map(|window| window.after.1))
        .bind(window.map(|window| window.up_to.0))
        .bind(window.map(|window| window.up_to.1))
}

/// The end of the authority's journal.
pub fn end_of_journal(tx: &mut Tx<'_>) -> Result<i64, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
    }
    let row = statement("SELECT position FROM journal_head WHERE authority = $1")
        .bind(tx.permit().authority().0)
        .get_result::<Row>(tx.conn());
    Ok(tx.sql(row)?.position)
}
