//! Is a server that an operator gives us fit: new enough, with roles that row-level security binds?

use diesel::pg::PgConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};

use super::Error;
use super::binaries::OLDEST;
use super::error::failed;

/// What there is to know about the role of a connection.
#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    old: bool,
    #[diesel(sql_type = Bool)]
    superuser: bool,
    #[diesel(sql_type = Bool)]
    bypasses: bool,
    #[diesel(sql_type = Bool)]
    owns: bool,
    #[diesel(sql_type = Bool)]
    commands: bool,
    #[diesel(sql_type = Bool)]
    creates: bool,
}

/// A superuser counts as a member of every role and may create anywhere: those two matter for others only.
const ROLE: &str = "
    SELECT rolname::text AS name,
           current_setting('server_version_num')::int < $1 AS old,
           rolsuper AS superuser,
           rolbypassrls AS bypasses,
           EXISTS (SELECT FROM pg_catalog.pg_class WHERE relowner = role.oid) AS owns,
           pg_catalog.pg_has_role(role.oid, datdba, 'MEMBER') AS commands,
           pg_catalog.has_database_privilege(database.oid, 'CREATE') AS creates
      FROM pg_catalog.pg_roles AS role, pg_catalog.pg_database AS database
     WHERE rolname = current_user AND datname = current_catalog";

/// What is wrong with a connection meant to serve requests, a sentence each, with its cure; none when it is fit. Fails when
/// there is no connection.
pub fn faults_of_app(url: &str) -> Result<Vec<String>, Error> {
    let role = look(url)?;
    let name = &role.name;
    let mut faults = faults_of_both(&role);
    if role.owns {
        faults.push(format!("the role {name} owns tables, and so could lift row-level security: let another role migrate"));
    }
    if role.commands && !role.superuser {
        faults.push(format!("the role {name} may act as the database's owner: revoke that membership"));
    }
    Ok(faults)
}

/// The same for a connection meant to migrate.
pub fn faults_of_owner(url: &str) -> Result<Vec<String>, Error> {
    let role = look(url)?;
    let mut faults = faults_of_both(&role);
    if !role.creates {
        faults.push(format!("the role {} may not create in this database: make it the database's owner", role.name));
    }
    Ok(faults)
}

fn look(url: &str) -> Result<Role, Error> {
    let mut connection = PgConnection::establish(url).map_err(failed("connect to PostgreSQL"))?;
    let oldest = i32::try_from(OLDEST * 10_000).map_err(failed("compare versions"))?;
    sql_query(ROLE).bind::<diesel::sql_types::Integer, _>(oldest).get_result(&mut connection).map_err(failed("look at the role"))
}

fn faults_of_both(role: &Role) -> Vec<String> {
    let name = &role.name;
    let mut faults = Vec::new();
    if role.old {
        faults.push(format!("the PostgreSQL server is older than {OLDEST}: upgrade it"));
    }
    if role.superuser {
        faults.push(format!(
            "the role {name} is a superuser, whom row-level security does not bind: ALTER ROLE {name} NOSUPERUSER"
        ));
    }
    if role.bypasses && !role.superuser {
        faults.push(format!("the role {name} bypasses row-level security: ALTER ROLE {name} NOBYPASSRLS"));
    }
    faults
}
