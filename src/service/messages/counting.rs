//! How soon are messages answered, and how many wait, by case worker or by team?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::reading::ReplyTime;
use crate::db::Tx;
use crate::service::Error;
use crate::store::messages::{self, Counted};

/// How the counts are cut up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessagesBy {
    /// By the case worker who has the case today.
    #[default]
    CaseWorker,
    /// By that case worker's team.
    Team,
}

/// The messages that reached a case worker or a team.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagesLine {
    /// The case worker, or the team; null: the case has no case worker, or they have no team.
    pub of: Option<Uuid>,
    /// Its name.
    #[schema(example = "Jo Caseworker")]
    pub name: Option<String>,
    /// Messages sent to the authority in the time asked about.
    pub received: u32,
    /// Of these, answered by a message.
    pub answered: u32,
    /// Of these, put aside as answered otherwise or needing no reply, without an answer by a message.
    pub put_aside: u32,
    /// Of these, waiting for an answer today.
    pub unanswered: u32,
    /// Of those that wait, waiting for more than `olderThan` working days.
    pub unanswered_older: u32,
    /// The median time to the answer in working days, of those that were answered; null while none was.
    pub median_working_days: Option<f64>,
    /// The median time to the answer in hours.
    pub median_hours: Option<f64>,
}

/// The messages sent to the authority from one day to another, and what became of them by now.
pub fn count(
    tx: &mut Tx<'_>,
    (from, to): (NaiveDate, NaiveDate),
    by: MessagesBy,
    older_than: u32,
) -> Result<Vec<MessagesLine>, Error> {
    let now = tx.now();
    let mut groups: BTreeMap<(Option<String>, Option<Uuid>), Vec<Counted>> = BTreeMap::new();
    for row in messages::counted(tx, from, to, by == MessagesBy::Team)? {
        groups.entry((row.name.clone(), row.of)).or_default().push(row);
    }
    let line = |((name, of), rows): ((Option<String>, Option<Uuid>), Vec<Counted>)| {
        let times: Vec<_> = rows.iter().filter_map(|row| Some(ReplyTime::between(row.sent_at, row.replied_at?))).collect();
        let open: Vec<_> = rows.iter().filter(|row| row.replied_at.is_none() && row.closed_at.is_none()).collect();
        let older = open.iter().filter(|row| ReplyTime::between(row.sent_at, now).working_days > older_than).count();
        MessagesLine {
            of,
            name,
            received: counted(rows.len()),
            answered: counted(times.len()),
            put_aside: counted(rows.len() - times.len() - open.len()),
            unanswered: counted(open.len()),
            unanswered_older: counted(older),
            median_working_days: median(times.iter().map(|time| f64::from(time.working_days)).collect()),
            median_hours: median(times.iter().map(|time| time.hours as f64).collect()),
        }
    };
    Ok(groups.into_iter().map(line).collect())
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The middle value, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (lower, upper) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0]), Some(3.0));
        assert_eq!(median(vec![9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![9.0, 1.0, 2.0, 4.0]), Some(3.0));
    }
}
