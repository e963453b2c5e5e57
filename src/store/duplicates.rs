//! Whose identity may be the same child's? A coarse look; `record::likeness` then decides.

use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::children::identity;
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{ChildId, Identity, readings};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Text)]
    content: String,
}

/// Identities of this authority with the same number, a date of birth that reads the same, or the same names on any day or none.
/// What is found is for staff: it is not shown to the caller, and the caller's scope does not narrow it.
pub fn candidates(tx: &mut Tx<'_>, wanted: &Identity) -> Result<Vec<(ChildId, Identity)>, Error> {
    let born: Vec<_> = wanted.born_on.map(readings).unwrap_or_default();
    let query = statement(
        "SELECT c.child, d.content FROM child_view c JOIN detail d ON d.authority = c.authority AND d.id = c.identity \
         WHERE c.authority = $1 AND c.known_to IS NULL AND d.content IS NOT NULL AND (d.content::jsonb #>> '{identity,upn}' = $2 \
         OR d.content::jsonb #>> '{identity,uln}' = $3 OR d.content::jsonb #>> '{identity,bornOn}' = ANY ($4) \
         OR (plain_name(d.content::jsonb #>> '{identity,familyName}') IN (plain_name($5), plain_name($6)) \
         AND plain_name(d.content::jsonb #>> '{identity,givenName}') IN (plain_name($5), plain_name($6)))) \
         ORDER BY c.child LIMIT 500",
    )
    .bind(tx.permit().authority().0)
    .bind(wanted.upn.as_ref().map(|upn| upn.as_str().to_owned()))
    .bind(wanted.uln.as_ref().map(|uln| uln.as_str().to_owned()))
    .bind(born.iter().map(ToString::to_string).collect::<Vec<_>>())
    .bind(wanted.family_name.as_str())
    .bind(wanted.given_name.as_str());
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    Ok(rows.into_iter().filter_map(|row| Some((ChildId(row.child), identity(Some(&row.content))?))).collect())
}
