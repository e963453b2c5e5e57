//! Plans: whose they are.

use diesel::sql_types::Uuid as SqlUuid;
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::scope::{in_scope, scoped};
use crate::db::{Error, Tx};
use crate::record::{ChildId, PlanId};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
}

/// The child whose plan it is; none when there is no such plan in scope.
pub fn child_of(tx: &mut Tx<'_>, plan: PlanId) -> Result<Option<ChildId>, Error> {
    let query = scoped(
        tx,
        concat!("SELECT p.child FROM plan_view p WHERE p.authority = $1 AND ", in_scope!("p.child"), " AND p.plan = $5 LIMIT 1"),
    )
    .bind(plan.0);
    let row = query.get_result::<Row>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| ChildId(row.child)))
}
