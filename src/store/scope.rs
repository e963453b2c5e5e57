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

/// A condition that lets through what is kept with a child for parties of which the caller is one; staff are party to all of it.
macro_rules! party_to {
    ($child:literal, $parties:literal) => {
        concat!(
            "($2 OR EXISTS (SELECT FROM visible v WHERE v.authority = $1 AND v.child = ",
            $child,
            " AND v.grantee = ANY ($3) AND v.known_to IS NULL AND v.from_on <= $4 AND (v.to_on IS NULL OR v.to_on > $4) AND (v.reason = ANY (",
            $parties,
            ") OR v.grantee = ANY (",
            $parties,
            "))))"
        )
    };
}
pub(super) use party_to;

/// As [`in_scope`] for a caller who sees all: `$2` still has to say so.
macro_rules! all_in_scope {
    () => {
        "($2 AND $3::text[] IS NOT NULL AND $4::date IS NOT NULL)"
    };
}
pub(super) use all_in_scope;

/// A condition that lets through the view rows that hold now. `$5` is none, and named so that every form takes the same values.
macro_rules! now {
    ($row:literal) => {
        concat!("(", $row, ".known_to IS NULL AND $5::bigint IS NULL)")
    };
}
pub(super) use now;

/// A condition that lets through the view rows that held at position `$5`.
macro_rules! then {
    ($row:literal) => {
        concat!("(", $row, ".known_from <= $5 AND coalesce(", $row, ".known_to > $5, true))")
    };
}
pub(super) use then;

/// One of two forms of a statement, `sql!(now)` or `sql!(then)`: apart, so that PostgreSQL can use the indexes of what holds now.
macro_rules! known_at {
    ($position:expr, $sql:ident) => {
        if $position.is_none() { $sql!(now) } else { $sql!(then) }
    };
}
pub(super) use known_at;

/// One query in two texts. Where the caller sees all of the authority, the condition is as good as constant: PostgreSQL then
/// keeps one plan for each connection. With the other text it plans each execution anew, which takes longer than a short query.
pub struct ByReach {
    /// For a caller who sees every child of the authority.
    pub all: &'static str,
    /// For any other.
    pub granted: &'static str,
}

/// As [`scoped`], in the text for the caller's reach.
pub fn scoped_by_reach(tx: &Tx<'_>, sql: ByReach) -> Statement {
    scoped(tx, if tx.sees_all() { sql.all } else { sql.granted })
}

/// A statement whose first four placeholders are the caller's scope; every query of a child-bearing table starts here.
pub fn scoped(tx: &Tx<'_>, sql: &'static str) -> Statement {
    let permit = tx.permit();
    statement(sql)
        .bind(permit.authority().0)
        .bind(tx.sees_all())
        .bind(permit.grantees().into_iter().collect::<Vec<_>>())
        .bind(tx.today())
}

/// As [`scoped`], for what goes through all that the caller may see, with conditions that may be left out: planned for its values each
/// time, because a plan that has to be ready for any of them reads far more than these need.
pub fn searched(tx: &Tx<'_>, sql: &'static str) -> Statement {
    scoped(tx, sql).planned_anew()
}
