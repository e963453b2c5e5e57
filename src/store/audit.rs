//! The trail of whose data was read.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::ChildId;

/// A row of the trail.
#[derive(QueryableByName)]
pub struct TrailRow {
    /// Its place.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Who.
    #[diesel(sql_type = Text)]
    pub actor: String,
    /// In which role.
    #[diesel(sql_type = Text)]
    pub capacity: String,
    /// For which organisation.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation: Option<String>,
    /// What they asked for.
    #[diesel(sql_type = Text)]
    pub operation: String,
    /// The request.
    #[diesel(sql_type = SqlUuid)]
    pub request_id: Uuid,
    /// Whose data.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub children: Vec<Uuid>,
}

/// The trail before an entry, the latest first. Who was shown a child before their adoption would lead back to it, and is not told.
pub fn trail(
    tx: &mut Tx<'_>,
    child: Option<ChildId>,
    actor: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TrailRow>, Error> {
    let rows = statement(
        "SELECT t.id, t.at, t.actor, t.capacity, t.organisation, t.operation, t.request_id, array(SELECT c FROM unnest(t.children) c \
         WHERE NOT EXISTS (SELECT FROM journal j WHERE j.authority = t.authority AND j.child = c AND j.kind = 'identity_sealed' \
         AND j.recorded_at > t.at)) AS children FROM trail t \
         WHERE t.authority = $1 AND ($2::uuid IS NULL OR (t.children @> ARRAY[$2] AND NOT EXISTS (SELECT FROM journal j \
         WHERE j.authority = $1 AND j.child = $2 AND j.kind = 'identity_sealed' AND j.recorded_at > t.at))) \
         AND ($3::text IS NULL OR t.actor = $3) AND ($4::bigint IS NULL OR t.id < $4) ORDER BY t.id DESC LIMIT $5",
    )
    .bind(tx.permit().authority().0)
    .bind(child.map(|id| id.0))
    .bind(actor.map(str::to_owned))
    .bind(before)
    .bind(limit)
    .load(tx.conn());
    tx.sql(rows)
}

/// A row of the trail as a family reads it.
#[derive(QueryableByName)]
pub struct ReaderRow {
    /// Its place.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// In which role.
    #[diesel(sql_type = Text)]
    pub capacity: String,
    /// For which organisation.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation: Option<String>,
    /// Its name, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation_name: Option<String>,
    /// Whether it was the caller.
    #[diesel(sql_type = Bool)]
    pub own: bool,
    /// What they asked for.
    #[diesel(sql_type = Text)]
    pub operation: String,
}

/// Who was shown a child before an entry of the trail, the latest first, without the looks of the family's other members. What was seen
/// before an adoption is not told.
pub fn readers(tx: &mut Tx<'_>, child: ChildId, before: Option<i64>, limit: i64) -> Result<Vec<ReaderRow>, Error> {
    let rows = statement(
        "SELECT t.id, t.at, t.capacity, t.organisation, s.name AS organisation_name, t.actor = $3 AS own, t.operation FROM trail t \
         LEFT JOIN setting s ON s.id = t.organisation \
         WHERE t.authority = $1 AND t.children @> ARRAY[$2::uuid] AND (t.capacity <> 'family' OR t.actor = $3) \
         AND NOT EXISTS (SELECT FROM journal j WHERE j.authority = $1 AND j.child = $2 AND j.kind = 'identity_sealed' \
         AND j.recorded_at > t.at) AND ($4::bigint IS NULL OR t.id < $4) ORDER BY t.id DESC LIMIT $5",
    )
    .bind(tx.permit().authority().0)
    .bind(child.0)
    .bind(tx.permit().caller().subject.clone())
    .bind(before)
    .bind(limit)
    .load(tx.conn());
    tx.sql(rows)
}
