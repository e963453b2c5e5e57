//! Since when somebody wants to know what changed, and what they ask with next time.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::as_of::AsOf;
use super::{Error, wrong};
use crate::clock::london_day;
use crate::db::Tx;
use crate::store::changes::{Window, end_of_journal};
use crate::store::journal;

/// How far somebody has kept in step: a position of the journal, and a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark(i64, NaiveDate);

/// Since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// An instant.
    Instant(DateTime<Utc>),
    /// The mark of an earlier answer.
    Mark(Mark),
}

/// What a list is asked for: since when, and the mark of its first page where this is a later one.
pub type Asked = (Since, Option<Mark>);

/// The window of changes that a list is asked for, if any, and the mark to ask with next time.
///
/// # Errors
/// [`Error::Invalid`] when it is asked for together with a moment of the past, which does not change.
pub fn asked(tx: &mut Tx<'_>, since: Option<Asked>, as_of: Option<AsOf>) -> Result<Option<(Window, Mark)>, Error> {
    match since {
        Some(_) if as_of.is_some() => {
            Err(wrong("?since", "not_of_the_past", "Says what changed up to now, and cannot be asked with asOf."))
        }
        Some((since, begun)) => window(tx, since, begun).map(Some),
        None => Ok(None),
    }
}

/// The window of changes that is asked for, and the mark to ask with next time. `begun` is the mark of the first page, which holds for
/// all of them: what changes while somebody turns the pages is told the next time, and not twice.
fn window(tx: &mut Tx<'_>, since: Since, begun: Option<Mark>) -> Result<(Window, Mark), Error> {
    let after = match since {
        Since::Mark(Mark(position, day)) => (position, day),
        Since::Instant(at) => (journal::position_at(tx, at)?.0, london_day(at)),
    };
    let up_to = match begun {
        Some(mark) => mark,
        None => Mark(end_of_journal(tx)?, tx.today()),
    };
    Ok((Window { after, up_to: (up_to.0, up_to.1) }, up_to))
}
