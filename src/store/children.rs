//! Children: found by their identity, which lives beside the record.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::changes::{Window, changed, within};
use super::scope::{in_scope, scoped, searched};
use crate::db::{Error, Tx};
use crate::record::{ChildId, Detail, Identity};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Bool)]
    address_hidden: bool,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// A child as found.
pub struct Found {
    /// The child.
    pub id: ChildId,
    /// Who they are.
    pub identity: Option<Identity>,
    /// Whether where they live is for staff alone.
    pub address_hidden: bool,
}

/// The identity in a detail's text.
pub fn identity(content: Option<&str>) -> Option<Identity> {
    content.and_then(|text| serde_json::from_str::<Detail>(text).ok()).and_then(|detail| detail.identity)
}

macro_rules! children {
    ($where:expr) => {
        concat!(
            "SELECT c.child, c.address_hidden, d.content FROM child_view c \
             LEFT JOIN detail d ON d.authority = c.authority AND d.id = c.identity \
             WHERE c.authority = $1 AND c.known_to IS NULL AND ",
            in_scope!("c.child"),
            $where
        )
    };
}

fn load(tx: &mut Tx<'_>, query: super::statement::Statement, shown: usize) -> Result<Vec<Found>, Error> {
    let rows = query.load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    let found = |row: Row| Found {
        id: ChildId(row.child),
        identity: identity(row.content.as_deref()),
        address_hidden: row.address_hidden,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// Children by id, after one. A row that fills the limit only says that there are more: it is not shown.
pub fn list(tx: &mut Tx<'_>, after: Option<ChildId>, limit: i64, window: Option<Window>) -> Result<Vec<Found>, Error> {
    let query = scoped(
        tx,
        children!(concat!(
            " AND ($5::uuid IS NULL OR c.child > $5) AND ",
            changed!("c.child", "$7", "$8", "$9", "$10"),
            " ORDER BY c.child LIMIT $6"
        )),
    )
    .bind(after.map(|id| id.0))
    .bind(limit);
    load(tx, within(query, window), usize::try_from(limit - 1).unwrap_or_default())
}

/// Whether a child is in the caller's scope; whoever asks sees something of them.
pub fn in_sight(tx: &mut Tx<'_>, child: ChildId) -> Result<bool, Error> {
    let query = scoped(tx, children!(" AND c.child = $5")).bind(child.0);
    Ok(!load(tx, query, 1)?.is_empty())
}

/// Children who match everything given, by name.
pub fn search(
    tx: &mut Tx<'_>,
    family_name: Option<&str>,
    given_name: Option<&str>,
    born_on: Option<NaiveDate>,
    upn: Option<&str>,
) -> Result<Vec<Found>, Error> {
    let query = searched(
        tx,
        children!(
            " AND ($5::text IS NULL OR starts_with(lower(d.content::jsonb #>> '{identity,familyName}'), lower($5))) \
             AND ($6::text IS NULL OR starts_with(lower(d.content::jsonb #>> '{identity,givenName}'), lower($6))) \
             AND ($7::date IS NULL OR d.content::jsonb #>> '{identity,bornOn}' = $7::date::text) \
             AND ($8::text IS NULL OR d.content::jsonb #>> '{identity,upn}' = $8) \
             ORDER BY d.content::jsonb #>> '{identity,familyName}', d.content::jsonb #>> '{identity,givenName}', c.child LIMIT 50"
        ),
    )
    .bind(family_name.map(str::to_owned))
    .bind(given_name.map(str::to_owned))
    .bind(born_on)
    .bind(upn.map(str::to_owned));
    load(tx, query, usize::MAX)
}

/// Which of these children were adopted after a position.
pub fn sealed_since(tx: &mut Tx<'_>, children: &[ChildId], position: i64) -> Result<Vec<ChildId>, Error> {
    #[derive(QueryableByName)]
    struct Sealed {
        #[diesel(sql_type = SqlUuid)]
        child: Uuid,
    }
    let rows = super::statement::statement(
        "SELECT j.child FROM journal j WHERE j.authority = $1 AND j.child = ANY ($2) AND j.position > $3 AND j.kind = 'identity_sealed'",
    )
    .bind(tx.permit().authority().0)
    .bind(children.iter().map(|child| child.0).collect::<Vec<_>>())
    .bind(position)
    .load::<Sealed>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| ChildId(row.child)).collect())
}

/// Puts away every detail of a child but those of the adoption itself, which the journal must hold by now, and every contact, message
/// and reminder.
pub fn seal_details(tx: &mut Tx<'_>, child: ChildId) -> Result<(), Error> {
    let done = super::statement::statement("SELECT seal_details($1), seal_contact($1)").bind(child.0).execute(tx.conn());
    tx.sql(done).map(drop)
}
