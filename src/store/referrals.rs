//! Referrals of children to services: those of a child, and how long children wait.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Bool, Date, Double, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, known_at, now, scoped, searched, then};
use crate::db::{Error, Tx};
use crate::record::{ChildId, Detail};

/// A referral, or only the child where there is none.
#[derive(QueryableByName)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    /// The referral.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub referral: Option<Uuid>,
    /// The kind of service.
    #[diesel(sql_type = Nullable<Text>)]
    pub service: Option<String>,
    /// Its organisation.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation: Option<String>,
    /// The case it came up in.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_id: Option<Uuid>,
    /// The day of the referral.
    #[diesel(sql_type = Nullable<Date>)]
    pub referred_on: Option<NaiveDate>,
    /// Whether the child waits for the first appointment.
    #[diesel(sql_type = Nullable<Bool>)]
    pub waits_to_be_seen: Option<bool>,
    /// The day of the first appointment.
    #[diesel(sql_type = Nullable<Date>)]
    pub seen_on: Option<NaiveDate>,
    /// Whether the child waits for treatment.
    #[diesel(sql_type = Nullable<Bool>)]
    pub waits_for_treatment: Option<bool>,
    /// The day treatment began.
    #[diesel(sql_type = Nullable<Date>)]
    pub treated_on: Option<NaiveDate>,
    /// The day it came to its end.
    #[diesel(sql_type = Nullable<Date>)]
    pub ended_on: Option<NaiveDate>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub end_reason: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

impl Row {
    /// Why the child was referred.
    pub fn words(&self) -> Option<String> {
        self.content.as_deref().and_then(|text| serde_json::from_str::<Detail>(text).ok())?.words
    }
}

/// The referrals of a child by their day, outside the authority those to the caller's organisation; none when there is no such
/// child in scope.
pub fn of_child(tx: &mut Tx<'_>, child: ChildId, position: Option<i64>) -> Result<Option<Vec<Row>>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT c.child, r.referral, r.service, r.organisation, r.case_id, r.referred_on, r.waits_to_be_seen, r.seen_on, \
                 r.waits_for_treatment, r.treated_on, r.ended_on, r.end_reason, d.content FROM child_view c \
                 LEFT JOIN referral_view r ON r.authority = c.authority AND r.child = c.child AND ",
                $known!("r"),
                " AND ($2 OR r.organisation = ANY ($3)) \
                 LEFT JOIN detail d ON d.authority = r.authority AND d.id = r.detail WHERE c.authority = $1 AND ",
                in_scope!("c.child"),
                " AND ",
                $known!("c"),
                " AND c.child = $6 ORDER BY r.referred_on, r.referral"
            )
        };
    }
    let query = scoped(tx, known_at!(position, sql)).bind(position).bind(child.0);
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let Some(first) = rows.first() else { return Ok(None) };
    tx.saw(first.child);
    Ok(Some(rows.into_iter().filter(|row| row.referral.is_some()).collect()))
}

/// How long children waited, or wait: how many, the median and the longest time in days.
#[derive(QueryableByName)]
pub struct WaitRow {
    /// The kind of service.
    #[diesel(sql_type = Text)]
    pub service: String,
    /// `waiting_to_be_seen`, `waiting_for_treatment`, `seen`, `treated` or `ended_unseen`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// The median in days; none where no days are known.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_days: Option<f64>,
    /// The longest in days.
    #[diesel(sql_type = Nullable<Integer>)]
    pub longest_days: Option<i32>,
}

/// The waits of each service: of those who wait, until a day; of those who were seen, treated or never seen in a time, in full.
pub fn waits(
    tx: &mut Tx<'_>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    position: Option<i64>,
    today: NaiveDate,
) -> Result<Vec<WaitRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH known AS (SELECT r.* FROM referral_view r WHERE r.authority = $1 AND $2 AND $3::text[] IS NOT NULL \
                 AND $4::date IS NOT NULL AND ",
                $known!("r"),
                "), waits AS (SELECT service, 'waiting_to_be_seen' AS what, $6 - referred_on AS days FROM known WHERE waits_to_be_seen \
                 UNION ALL SELECT service, 'waiting_for_treatment', $6 - referred_on FROM known WHERE waits_for_treatment \
                 UNION ALL SELECT service, 'seen', seen_on - referred_on FROM known WHERE seen_on >= coalesce($7::date, '-infinity') \
                 AND seen_on <= coalesce($8::date, 'infinity') \
                 UNION ALL SELECT service, 'treated', treated_on - referred_on FROM known \
                 WHERE treated_on >= coalesce($7::date, '-infinity') AND treated_on <= coalesce($8::date, 'infinity') \
                 UNION ALL SELECT service, 'ended_unseen', NULL FROM known WHERE seen_on IS NULL AND treated_on IS NULL \
                 AND ended_on >= coalesce($7::date, '-infinity') AND ended_on <= coalesce($8::date, 'infinity')) \
                 SELECT service, what, count(*) AS number, \
                 (percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::double precision AS median_days, max(days) AS longest_days \
                 FROM waits GROUP BY service, what ORDER BY service, what"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(today).bind(from).bind(to);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
