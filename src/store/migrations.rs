//! Migrations: run by the owner, one process at a time, reversible.

use std::collections::HashSet;

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::{Pg, PgConnection};
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// Any number, the same in every process, so that only one migrates at a time.
const LOCK: &str = "SELECT pg_advisory_lock(4157281990123)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(4157281990123)";

/// Why the migrations did not run.
#[derive(Debug)]
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

fn told(error: impl std::fmt::Display) -> Error {
    Error(error.to_string())
}

/// Brings the database at `url` up to date, as its owner. Gives the names of the migrations that ran.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a migration fails; each migration is all or nothing.
pub fn run(url: &str) -> Result<Vec<String>, Error> {
    with_lock(url, |conn| {
        let ran = conn.run_pending_migrations(MIGRATIONS).map_err(told)?;
        Ok(ran.iter().map(ToString::to_string).collect())
    })
}

/// Tells PostgreSQL what the tables hold, as their owner: after much was added at once, before it finds out by itself.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub fn analyze(url: &str) -> Result<(), Error> {
    PgConnection::establish(url).map_err(told)?.batch_execute("ANALYZE").map_err(told)
}

/// Takes every migration back, as the database's owner. For tests of reversibility: it deletes everything.
///
/// # Errors
/// As [`run`].
pub fn revert_all(url: &str) -> Result<(), Error> {
    with_lock(url, |conn| conn.revert_all_migrations(MIGRATIONS).map(drop).map_err(told))
}

/// Whether the database at `url` has every migration; any role that can read may ask.
///
/// # Errors
/// When PostgreSQL cannot be reached, or the table of migrations cannot be read.
pub fn is_current(url: &str) -> Result<bool, Error> {
    let mut conn = PgConnection::establish(url).map_err(told)?;
    // What diesel offers would make the table first, which a role that owns nothing may not.
    let made = "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL AS yes";
    if !diesel::sql_query(made).get_result::<Answer>(&mut conn).map_err(told)?.yes {
        return Ok(false);
    }
    let ran = diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load::<Ran>(&mut conn).map_err(told)?;
    let ran: HashSet<_> = ran.into_iter().map(|row| row.version).collect();
    let all = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(told)?;
    Ok(all.iter().all(|migration| ran.contains(&migration.name().version().to_string())))
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

#[derive(QueryableByName)]
struct Ran {
    #[diesel(sql_type = Text)]
    version: String,
}

fn with_lock<T>(url: &str, work: impl FnOnce(&mut PgConnection) -> Result<T, Error>) -> Result<T, Error> {
    let mut conn = PgConnection::establish(url).map_err(told)?;
    diesel::sql_query(LOCK).execute(&mut conn).map_err(told)?;
    let result = work(&mut conn);
    // What serves the requests may ask whether it is up to date.
    let granted = conn.batch_execute("GRANT SELECT ON __diesel_schema_migrations TO ehc_app").map_err(told);
    diesel::sql_query(UNLOCK).execute(&mut conn).map_err(told)?;
    let value = result?;
    granted?;
    Ok(value)
}
