//! The views' tables: closing rows that no longer hold, opening those that do, emptying them for a rebuild.

use crate::record::View;

macro_rules! statements {
    ($table:literal, $($key:literal: $type:literal),+) => {
        (
            concat!(
                "UPDATE ", $table, " t SET known_to = x.known_to FROM jsonb_to_recordset($1::jsonb) \
                 AS x(authority integer, known_to bigint", $(", ", $key, " ", $type,)+ ") \
                 WHERE t.authority = x.authority AND t.known_to IS NULL", $(" AND t.", $key, " = x.", $key,)+
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
        View::Duties => statements!("duty_view", "case_id": "uuid", "rule": "text", "about": "text", "starts_on": "date"),
        View::Plans => statements!("plan_view", "plan": "uuid"),
        View::Meetings => statements!("meeting_view", "meeting": "uuid"),
        View::Items => statements!("item_view", "item": "uuid"),
        View::Visible => statements!("visible", "child": "uuid", "grantee": "text", "reason": "text"),
    }
}
