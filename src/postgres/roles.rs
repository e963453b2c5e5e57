//! Which roles does the database know, and how does one connect as each?

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sql_types::Text;
use diesel::{Connection, RunQueryDsl, sql_query};

use super::Error;
use super::error::failed;

/// The role that owns the databases and migrates them.
pub const OWNER_ROLE: &str = "ehc_owner";
/// The role that serves requests and owns nothing.
pub const APP_ROLE: &str = "ehc_app";
/// The superuser of an embedded cluster; on an operator's server it is theirs.
pub(super) const SUPERUSER: &str = "postgres";

/// Makes both roles unless they exist. The embedded PostgreSQL runs it; an operator runs it on their own server.
pub const ROLES_SQL: &str = include_str!("roles.sql");

/// The port that names the socket file. Written out, or `PGPORT` would have a say.
pub(super) const PORT: u16 = 5432;

/// Connection URL of a role over the socket in a directory.
pub(super) fn url(socket: &str, role: &str, database: &str) -> String {
    format!("postgresql://{role}@{}:{PORT}/{}", escaped(socket), escaped(database))
}

/// Percent-encodes whatever a URL gives a meaning to.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Makes the roles, as the superuser of a cluster.
pub(super) fn create_roles(superuser_url: &str) -> Result<(), Error> {
    let mut connection = PgConnection::establish(superuser_url).map_err(failed("connect to PostgreSQL"))?;
    connection.batch_execute(ROLES_SQL).map_err(failed("make the roles"))
}

/// Makes a database unless it exists, as its owner to be. Only the application role may connect to it besides.
pub(super) fn create_database(owner_url: &str, name: &str) -> Result<(), Error> {
    let doing = || format!("make the database {name}");
    let mut connection = PgConnection::establish(owner_url).map_err(failed(doing()))?;
    let exists = sql_query("SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1").bind::<Text, _>(name);
    if exists.execute(&mut connection).map_err(failed(doing()))? > 0 {
        return Ok(());
    }
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    // CREATE DATABASE may not share a batch.
    connection.batch_execute(&format!("CREATE DATABASE {quoted}")).map_err(failed(doing()))?;
    connection
        .batch_execute(&format!("REVOKE ALL ON DATABASE {quoted} FROM PUBLIC; GRANT CONNECT ON DATABASE {quoted} TO {APP_ROLE}"))
        .map_err(failed(doing()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_carries_any_directory_and_any_name() {
        assert_eq!(url("/home/a b/run", OWNER_ROLE, "ehc"), "postgresql://ehc_owner@%2Fhome%2Fa%20b%2Frun:5432/ehc");
        assert_eq!(url("/é", APP_ROLE, "a?b"), "postgresql://ehc_app@%2F%C3%A9:5432/a%3Fb");
    }
}
