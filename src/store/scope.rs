//! The caller's scope as SQL: the first of the two fences. Row-level security is the second.

use super::statement::{Statement, statement};
use crate::db::Tx;

/// A condition that lets through the children the caller may see: `$1` authority, `$2` all of them, `$3` grantees, `$4` today.
macro_rules! in_scope {
    ($child:literal) => {
        concat!(
            "($2 OR EXISTS (SELECT FROM visible v WHERE v.authority = $1 AND v.child = ",
            $child,
            " AND v.grantee = ANY ($3) AND v.known_to IS NULL AND v.from_on <= $4 AND (v.to_on IS NULL OR v.to_on > $4)))"
        )
    };
}
pub(super) use in_scope;

/// A condition that lets through the view rows that hold now, or held at position `$5`.
macro_rules! known {
    ($row:literal) => {
        concat!(
            "(CASE WHEN $5::bigint IS NULL THEN ",
            $row,
            ".known_to IS NULL ELSE ",
            $row,
            ".known_from <= $5 AND coalesce(",
            $row,
            ".known_to > $5, true) END)"
        )
    };
}
pub(super) use known;

/// A statement whose first four placeholders are the caller's scope; every query of a child-bearing table starts here.
pub fn scoped(tx: &Tx<'_>, sql: &'static str) -> Statement {
    let permit = tx.permit();
    statement(sql)
        .bind(permit.authority().0)
        .bind(tx.sees_all())
        .bind(permit.grantees().into_iter().collect::<Vec<_>>())
        .bind(tx.today())
}
