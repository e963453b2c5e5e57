//! A database for each test, copied from one that was migrated once; one PostgreSQL for all of them.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use ehc_casework::postgres::{Data, Embedded, Options};
use ehc_casework::store::migrations;

const TEMPLATE: &str = "template_ehc";

/// Stopped, and its folder removed, by its guard when this process ends.
static CLUSTER: LazyLock<Embedded> = LazyLock::new(|| {
    let guard = PathBuf::from(env!("CARGO_BIN_EXE_ehc"));
    let cluster = Embedded::start(Options::new(Data::Ephemeral, guard)).unwrap();
    cluster.create_database(TEMPLATE).unwrap();
    migrations::run(&cluster.owner_url(TEMPLATE)).unwrap();
    cluster
});

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A migrated database of a test's own; it goes with the cluster.
pub struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// Makes one.
    pub fn new() -> Self {
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        admin(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}; "));
        Self { name }
    }

    /// For the application's role.
    pub fn app_url(&self) -> String {
        CLUSTER.app_url(&self.name)
    }

    /// For the owner, who migrates.
    pub fn owner_url(&self) -> String {
        CLUSTER.owner_url(&self.name)
    }

    /// A connection as the owner.
    pub fn owner(&self) -> PgConnection {
        PgConnection::establish(&self.owner_url()).unwrap()
    }
}

/// The owner's URL of an empty database.
pub fn owner_url(name: &str) -> String {
    CLUSTER.create_database(name).unwrap();
    CLUSTER.owner_url(name)
}

fn admin(sql: &str) {
    PgConnection::establish(&CLUSTER.owner_url("postgres")).unwrap().batch_execute(sql).unwrap();
}
