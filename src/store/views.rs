//! The views' tables: closing rows that no longer hold, opening those that do, emptying them for a rebuild.

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use serde_json::Value;

use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::View;

// The row to close is looked up for each key, as the last one of it: the primary key's own order. Asking for the open one would let the
// planner read, on tables that were never analysed, an index of all open rows of the authority for each.
macro_rules! statements {
    ($table:literal, $($key:literal: $type:literal),+) => {
        (
            concat!(
                "UPDATE ", $table, " t SET known_to = x.known_to FROM jsonb_to_recordset($1::jsonb) \
                 AS x(authority integer, known_to bigint", $(", ", $key, " ", $type,)+ ") \
                 CROSS JOIN LATERAL (SELECT o.ctid, o.known_to FROM ", $table, " o WHERE o.authority = x.authority",
                $(" AND o.", $key, " = x.", $key,)+
                " ORDER BY o.known_from DESC LIMIT 1) o WHERE t.ctid = o.ctid AND o.known_to IS NULL"
            ),
            concat!("INSERT INTO ", $table, " SELECT * FROM jsonb_populate_recordset(NULL::", $table, ", $1::jsonb)"),
        )
    };
}

/// How rows of a view are closed, and how they are opened.
pub fn statements(view: View) -> (&'static str, &'static str) {
    match view {
        View::Children => statements!("child_view", "child": "uuid"),
        View::Cases => statements!("case_view", "case_id": "uuid"),
        View::Duties => {
            statements!("duty_view", "case_id": "uuid", "rule": "text", "about": "text", "starts_on": "date", "due_on": "date")
        }
        View::Worklist => {
            statements!("worklist_view", "case_id": "uuid", "rule": "text", "about": "text", "starts_on": "date", "due_on": "date")
        }
        View::Advice => statements!("advice_view", "case_id": "uuid", "advice": "uuid"),
        View::Concerns => statements!("concern_view", "about": "uuid", "concern": "text"),
        View::Plans => statements!("plan_view", "plan": "uuid"),
        View::Reviews => statements!("review_view", "review": "uuid"),
        View::Referrals => statements!("referral_view", "referral": "uuid"),
        View::Placements => statements!("placement_view", "placement": "uuid"),
        View::Provision => statements!("provision_view", "provision": "uuid"),
        View::Shortfalls => statements!("shortfall_view", "shortfall": "uuid"),
        View::Transfers => statements!("transfer_view", "transfer": "uuid"),
        View::Oversight => {
            statements!("oversight_view", "child": "uuid", "reason": "text", "about": "uuid", "from_on": "date")
        }
        View::Commitments => statements!("commitment_view", "about": "uuid", "agency": "text", "from_on": "date"),
        View::Meetings => statements!("meeting_view", "meeting": "uuid"),
        View::Items => statements!("item_view", "item": "uuid"),
        View::Citing => statements!("citing_view", "item": "uuid"),
        View::Visible => statements!("visible", "child": "uuid", "grantee": "text", "reason": "text"),
    }
}

/// The view's table.
pub fn table(view: View) -> &'static str {
    match view {
        View::Children => "child_view",
        View::Cases => "case_view",
        View::Duties => "duty_view",
        View::Worklist => "worklist_view",
        View::Advice => "advice_view",
        View::Concerns => "concern_view",
        View::Plans => "plan_view",
        View::Reviews => "review_view",
        View::Referrals => "referral_view",
        View::Placements => "placement_view",
        View::Provision => "provision_view",
        View::Shortfalls => "shortfall_view",
        View::Transfers => "transfer_view",
        View::Oversight => "oversight_view",
        View::Commitments => "commitment_view",
        View::Meetings => "meeting_view",
        View::Items => "item_view",
        View::Citing => "citing_view",
        View::Visible => "visible",
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Every row of a view of the authority, as canonical text.
pub fn rows(tx: &mut Tx<'_>, view: View) -> Result<Vec<String>, Error> {
    let sql = match view {
        View::Children => "SELECT to_jsonb(t)::text AS row FROM child_view t WHERE authority = $1",
        View::Cases => "SELECT to_jsonb(t)::text AS row FROM case_view t WHERE authority = $1",
        View::Duties => "SELECT to_jsonb(t)::text AS row FROM duty_view t WHERE authority = $1",
        View::Worklist => "SELECT to_jsonb(t)::text AS row FROM worklist_view t WHERE authority = $1",
        View::Advice => "SELECT to_jsonb(t)::text AS row FROM advice_view t WHERE authority = $1",
        View::Concerns => "SELECT to_jsonb(t)::text AS row FROM concern_view t WHERE authority = $1",
        View::Plans => "SELECT to_jsonb(t)::text AS row FROM plan_view t WHERE authority = $1",
        View::Reviews => "SELECT to_jsonb(t)::text AS row FROM review_view t WHERE authority = $1",
        View::Referrals => "SELECT to_jsonb(t)::text AS row FROM referral_view t WHERE authority = $1",
        View::Placements => "SELECT to_jsonb(t)::text AS row FROM placement_view t WHERE authority = $1",
        View::Provision => "SELECT to_jsonb(t)::text AS row FROM provision_view t WHERE authority = $1",
        View::Shortfalls => "SELECT to_jsonb(t)::text AS row FROM shortfall_view t WHERE authority = $1",
        View::Transfers => "SELECT to_jsonb(t)::text AS row FROM transfer_view t WHERE authority = $1",
        View::Oversight => "SELECT to_jsonb(t)::text AS row FROM oversight_view t WHERE authority = $1",
        View::Commitments => "SELECT to_jsonb(t)::text AS row FROM commitment_view t WHERE authority = $1",
        View::Meetings => "SELECT to_jsonb(t)::text AS row FROM meeting_view t WHERE authority = $1",
        View::Items => "SELECT to_jsonb(t)::text AS row FROM item_view t WHERE authority = $1",
        View::Citing => "SELECT to_jsonb(t)::text AS row FROM citing_view t WHERE authority = $1",
        View::Visible => "SELECT to_jsonb(t)::text AS row FROM visible t WHERE authority = $1",
    };
    let rows = statement(sql).bind(tx.permit().authority().0).load::<Row>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| canonical(serde_json::from_str(&row.row).unwrap_or_default())).collect())
}

/// A row as text that is the same however it was written: keys in order, nothing where there is nothing.
pub fn canonical(row: Value) -> String {
    match row {
        Value::Object(object) => Value::Object(object.into_iter().filter(|(_, value)| !value.is_null()).collect()).to_string(),
        other => other.to_string(),
    }
}

/// Closes, at a position, the rows that were computed with another version of the law register than this one.
pub fn close_outdated(tx: &mut Tx<'_>, version: &str, position: i64) -> Result<(), Error> {
    for sql in [
        "UPDATE case_view SET known_to = $3 WHERE authority = $1 AND known_to IS NULL AND law_version <> $2",
        "UPDATE advice_view SET known_to = $3 WHERE authority = $1 AND known_to IS NULL AND law_version <> $2",
        "UPDATE worklist_view SET known_to = $3 WHERE authority = $1 AND known_to IS NULL AND law_version <> $2",
        "UPDATE duty_view SET known_to = $3 WHERE authority = $1 AND known_to IS NULL AND law_version <> $2",
    ] {
        let done = statement(sql).bind(tx.permit().authority().0).bind(version).bind(position).execute(tx.conn());
        tx.sql(done)?;
    }
    Ok(())
}

/// Empties every view of the authority, for a rebuild; rows computed with another version of the law register stay, because
/// only that version could make them again.
pub fn empty(tx: &mut Tx<'_>, version: &str) -> Result<(), Error> {
    const EMPTY: [&str; 19] = [
        "DELETE FROM visible WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM citing_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM item_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM meeting_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM review_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM referral_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM shortfall_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM provision_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM placement_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM transfer_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM oversight_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM commitment_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM plan_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM concern_view WHERE authority = $1 AND $2 <> ''",
        "DELETE FROM advice_view WHERE authority = $1 AND law_version = $2",
        "DELETE FROM worklist_view WHERE authority = $1 AND law_version = $2",
        "DELETE FROM duty_view WHERE authority = $1 AND law_version = $2",
        "DELETE FROM case_view WHERE authority = $1 AND law_version = $2",
        "DELETE FROM child_view WHERE authority = $1 AND $2 <> ''",
    ];
    for sql in EMPTY {
        let done = statement(sql).bind(tx.permit().authority().0).bind(version).execute(tx.conn());
        tx.sql(done)?;
    }
    Ok(())
}
