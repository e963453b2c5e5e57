//! The plans in force on a day, each with what they are counted by. No child is shown.

use chrono::NaiveDate;
use diesel::sql_types::{Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::children;
use super::scope::{all_in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};
use crate::record::Identity;

/// One plan.
#[derive(QueryableByName)]
pub struct Held {
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    /// The year groups that were set for the child beside their age, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    pub year_groups: Option<String>,
    /// What kind of place the child has, by name; none where no placement is on record.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// What the setting is in law, by name: that of the placement, or else that which the plan names.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_type: Option<String>,
}

impl Held {
    /// Who the child is.
    pub fn identity(&self) -> Option<Identity> {
        children::identity(self.content.as_deref())
    }
}

/// Every plan that the authority maintains on a day: made, and neither ceased nor another authority's.
pub fn held(tx: &mut Tx<'_>, on: NaiveDate, position: Option<i64>) -> Result<Vec<Held>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT d.content, i.year_groups, l.kind, s.setting_type FROM plan_view p \
                 JOIN child_view i ON i.authority = p.authority AND i.child = p.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 LEFT JOIN LATERAL (SELECT n.kind, n.setting FROM placement_view n WHERE n.authority = p.authority AND n.child = p.child \
                 AND NOT n.alongside AND n.from_on <= $6 AND (n.last_on IS NULL OR n.last_on >= $6) AND ",
                $known!("n"),
                " ORDER BY n.from_on DESC, n.placement DESC LIMIT 1) l ON true \
                 LEFT JOIN setting s ON s.id = CASE WHEN l.kind IS NULL THEN p.setting ELSE l.setting END \
                 WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.maintained_from <= $6 AND (p.ceased_on IS NULL OR p.ceased_on > $6)"
            )
        };
    }
    let rows = searched(tx, known_at!(position, sql)).bind(position).bind(on).load(tx.conn());
    tx.sql(rows)
}
