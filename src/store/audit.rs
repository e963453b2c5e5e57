//! The trail of whose data was read.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
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

/// The trail before an entry, the latest first.
pub fn trail(
    tx: &mut Tx<'_>,
    child: Option<ChildId>,
    actor: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TrailRow>, Error> {
    let rows = statement(
        "SELECT id, at, actor, capacity, organisation, operation, request_id, children FROM trail \
         WHERE authority = $1 AND ($2::uuid IS NULL OR children @> ARRAY[$2]) AND ($3::text IS NULL OR actor = $3) \
         AND ($4::bigint IS NULL OR id < $4) ORDER BY id DESC LIMIT $5",
    )
    .bind(tx.permit().authority().0)
    .bind(child.map(|id| id.0))
    .bind(actor.map(str::to_owned))
    .bind(before)
    .bind(limit)
    .load(tx.conn());
    tx.sql(rows)
}
