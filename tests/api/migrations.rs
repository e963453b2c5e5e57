//! Migrations can be taken back, and the schema in the sources is that of the database.

use std::fmt::Write;

use diesel::sql_types::{Bool, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use ehc_casework::store::migrations;

use crate::support::{TestDatabase, owner_url};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Everything a migration makes, as lines: columns, constraints, indexes, policies, grants, functions, triggers.
fn catalogue(conn: &mut PgConnection) -> Vec<String> {
    let queries = [
        "SELECT concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, column_default) AS line \
         FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line \
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT concat_ws(' ', 'index', indexdef) AS line FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT concat_ws(' ', 'policy', tablename, policyname, cmd, qual, with_check) AS line FROM pg_policies \
         WHERE schemaname = 'public'",
        "SELECT concat_ws(' ', 'grant', table_name, grantee, privilege_type) AS line FROM information_schema.role_table_grants \
         WHERE table_schema = 'public'",
        "SELECT concat_ws(' ', 'function', oid::regprocedure) AS line FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname) AS line FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT concat_ws(' ', 'secured', relname, relrowsecurity, relforcerowsecurity) AS line FROM pg_class \
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    ];
    let mut lines: Vec<String> = queries
        .into_iter()
        .flat_map(|query| sql_query(query).load::<Line>(conn).unwrap())
        .map(|row| row.line)
        .filter(|line| !line.contains("__diesel_schema_migrations"))
        .collect();
    lines.sort();
    lines
}

#[test]
fn up_down_and_up_again_gives_the_same_and_leaves_nothing() {
    let url = owner_url("up_and_down");
    let mut conn = PgConnection::establish(&url).unwrap();
    let all = migrations::run(&url).unwrap();
    let up = catalogue(&mut conn);
    assert!(up.len() > 200, "{}", up.len());
    migrations::revert_all(&url).unwrap();
    assert_eq!(catalogue(&mut conn), Vec::<String>::new());
    assert_eq!(migrations::run(&url).unwrap(), all);
    assert_eq!(catalogue(&mut conn), up);
    assert_eq!(migrations::run(&url).unwrap().len(), 0);
}

#[test]
fn every_table_with_a_child_is_fenced_whoever_asks() {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        fenced: bool,
    }
    let database = TestDatabase::new();
    let tables = sql_query(
        "SELECT c.relname::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS fenced FROM pg_class c \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND EXISTS (SELECT FROM pg_attribute a \
         WHERE a.attrelid = c.oid AND a.attname IN ('child', 'children', 'members', 'receipt') AND NOT a.attisdropped)",
    )
    .load::<Table>(&mut database.owner())
    .unwrap();
    assert!(tables.len() >= 9);
    for table in tables {
        assert!(table.fenced, "{} has no forced row-level security", table.name);
    }
}

#[test]
fn the_applications_role_owns_nothing_and_cannot_change_the_journal() {
    let database = TestDatabase::new();
    let owned = sql_query("SELECT relname::text AS line FROM pg_class WHERE relowner = 'ehc_app'::regrole");
    assert!(owned.load::<Line>(&mut database.owner()).unwrap().is_empty());
    let mut app = PgConnection::establish(&database.app_url()).unwrap();
    let mut owner = database.owner();
    for table in ["journal", "trail"] {
        for change in [format!("UPDATE {table} SET actor = 'x'"), format!("DELETE FROM {table}"), format!("TRUNCATE {table}")] {
            let refused = sql_query(&change).execute(&mut app).unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{change}: {refused}");
            let refused = sql_query(&change).execute(&mut owner).unwrap_err().to_string();
            assert!(refused.contains("only grows"), "{change}: {refused}");
        }
    }
}

/// The tables as diesel's macro writes them.
fn schema(conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        column_name: String,
        #[diesel(sql_type = Text)]
        udt_name: String,
        #[diesel(sql_type = Bool)]
        nullable: bool,
    }
    let columns = sql_query(
        "SELECT table_name::text, column_name::text, udt_name::text, is_nullable = 'YES' AS nullable FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations' ORDER BY table_name, ordinal_position",
    )
    .load::<Column>(conn)
    .unwrap();
    let mut out = String::from(
        "//! The tables as the migrations leave them; a test keeps this file equal to the database and writes it with NEW_SCHEMA=1.\n",
    );
    let mut last = String::new();
    for column in &columns {
        if column.table_name != last {
            if !last.is_empty() {
                out.push_str("    }\n}\n");
            }
            last.clone_from(&column.table_name);
            let keys = primary_key(conn, &last).join(", ");
            let _ = write!(out, "\ndiesel::table! {{\n    {last} ({keys}) {{\n");
        }
        let sql_type = match column.udt_name.as_str() {
            "int4" => "Int4",
            "int8" => "Int8",
            "int2" => "Int2",
            "text" => "Text",
            "uuid" => "Uuid",
            "date" => "Date",
            "bool" => "Bool",
            "bytea" => "Bytea",
            "timestamptz" => "Timestamptz",
            "_text" => "Array<Text>",
            "_uuid" => "Array<Uuid>",
            other => panic!("no diesel type is known for {other}"),
        };
        let sql_type = if column.nullable { format!("Nullable<{sql_type}>") } else { sql_type.to_owned() };
        let _ = writeln!(out, "        {} -> {sql_type},", column.column_name);
    }
    out.push_str("    }\n}\n\ndiesel::allow_tables_to_appear_in_same_query!(authority, authority_code);\n");
    out
}

fn primary_key(conn: &mut PgConnection, table: &str) -> Vec<String> {
    let rows = sql_query(
        "SELECT a.attname::text AS line FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY k(attnum, at) \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum \
         WHERE c.contype = 'p' AND c.conrelid = $1::regclass ORDER BY k.at",
    )
    .bind::<Text, _>(table)
    .load::<Line>(conn)
    .unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

#[test]
fn the_schema_in_the_sources_is_the_databases() {
    let database = TestDatabase::new();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/schema.rs");
    let now = schema(&mut database.owner());
    if std::env::var_os("NEW_SCHEMA").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), now, "run this test with NEW_SCHEMA=1");
}
