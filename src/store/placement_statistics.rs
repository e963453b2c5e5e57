//! How many children are in which kind of place, in and out of the borough.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::placements::in_borough;
use super::scope::{all_in_scope, known_at, now, searched, then};
use crate::db::{Error, Tx};

/// The children in one kind of place.
#[derive(QueryableByName)]
pub struct CountRow {
    /// What kind of place.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The type of setting, where the directory has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_type: Option<String>,
    /// Whether it lies in the borough, where the directory has it.
    #[diesel(sql_type = Nullable<Bool>)]
    pub in_borough: Option<bool>,
    /// How many placements.
    #[diesel(sql_type = BigInt)]
    pub placements: i64,
    /// Of these, beside another.
    #[diesel(sql_type = BigInt)]
    pub alongside: i64,
}

/// The placements that hold on a day, by kind, type of setting and borough.
pub fn on(tx: &mut Tx<'_>, day: NaiveDate, position: Option<i64>) -> Result<Vec<CountRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT p.kind, s.setting_type, ",
                in_borough!(),
                " AS in_borough, count(*) AS placements, count(*) FILTER (WHERE p.alongside) AS alongside FROM placement_view p \
                 LEFT JOIN setting s ON s.id = p.setting WHERE p.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("p"),
                " AND p.from_on <= $6 AND (p.last_on IS NULL OR p.last_on >= $6) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(day);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
