//! Every way the embedded PostgreSQL can fail to start, in words that say what to do next.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

/// Why there is no embedded PostgreSQL. Travels as JSON from the guard to `ehc`, so causes are text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// No server binaries of a version we can use. Holds the majors that are too old, and the command that installs one.
    NoBinaries {
        /// Majors found and too old.
        too_old: Vec<u32>,
        /// One command for this system.
        install: String,
    },
    /// The override names a directory without usable `postgres` and `initdb`.
    NotBinaries {
        /// The directory.
        directory: String,
    },
    /// The data directory was made by another major version than any server found here.
    OtherMajor {
        /// The data directory.
        data: String,
        /// The major that made it.
        made_by: u32,
        /// The majors found.
        found: Vec<u32>,
    },
    /// The cluster directory holds something that is no cluster.
    NotACluster {
        /// The directory.
        cluster: String,
    },
    /// Another `ehc` uses the data directory.
    Held {
        /// The data directory.
        data: String,
        /// Its process id, when known.
        by: Option<i32>,
    },
    /// A server whose guard was killed still runs and does not stop.
    Lingering {
        /// The data directory.
        data: String,
    },
    /// The cluster belongs to another system user.
    Foreign {
        /// The directory.
        cluster: String,
    },
    /// We are root and the user who would run the server may not enter the data directory.
    NotTraversable {
        /// The directory that is closed.
        directory: String,
        /// The user.
        user: String,
    },
    /// There is no such system user, or it is root, which PostgreSQL refuses to run as.
    NoAccount {
        /// The user.
        user: String,
    },
    /// Neither `XDG_DATA_HOME` nor `HOME` is set.
    NoHome,
    /// The cluster could not be made.
    Initdb {
        /// What `initdb` said.
        said: String,
    },
    /// The server ended before it was ready.
    DidNotStart {
        /// The log file.
        log: String,
        /// The log's last lines about it.
        said: String,
    },
    /// The guard ended without saying why.
    GuardEnded,
    /// A system call or a statement failed.
    Failed {
        /// What was being done.
        doing: String,
        /// The cause.
        cause: String,
    },
}

/// Turns a cause into [`Error::Failed`], naming what was being done.
pub(super) fn failed<E: fmt::Display>(doing: impl Into<String>) -> impl FnOnce(E) -> Error {
    move |cause| Error::Failed { doing: doing.into(), cause: cause.to_string() }
}

/// The same for a file or directory.
pub(super) fn failed_at(doing: &str, path: &std::path::Path) -> impl FnOnce(io::Error) -> Error + use<> {
    failed(format!("{doing} {}", path.display()))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoBinaries { too_old, install } if too_old.is_empty() => {
                write!(f, "no PostgreSQL server found (15 or later is needed): run `{install}`, or give a server in DATABASE_URL")
            }
            Error::NoBinaries { too_old, install } => {
                write!(f, "PostgreSQL {} is too old (15 or later is needed): run `{install}`", listed(too_old))
            }
            Error::NotBinaries { directory } => {
                write!(f, "{directory} has no working `postgres` and `initdb` of version 15 or later (EHC_PG_BIN names it)")
            }
            Error::OtherMajor { data, made_by, found } => write!(
                f,
                "the data in {data} was made by PostgreSQL {made_by}, and this machine has {}: install PostgreSQL {made_by} \
                 beside it, or carry the data over with pg_upgrade; nothing was changed",
                listed(found)
            ),
            Error::NotACluster { cluster } => {
                write!(
                    f,
                    "{cluster} is not a PostgreSQL cluster (no PG_VERSION in it): move it away, or use another data directory"
                )
            }
            Error::Held { data, by: Some(pid) } => {
                write!(f, "another ehc (process {pid}) is using {data}: stop it, or use another data directory")
            }
            Error::Held { data, by: None } => write!(f, "another ehc is using {data}: stop it, or use another data directory"),
            Error::Lingering { data } => {
                write!(
                    f,
                    "an earlier PostgreSQL still runs in {data} and does not stop: see its process id in cluster/postmaster.pid"
                )
            }
            Error::Foreign { cluster } => {
                write!(f, "{cluster} belongs to another user: run as that user, or use another data directory")
            }
            Error::NotTraversable { directory, user } => write!(
                f,
                "PostgreSQL does not run as root, and the user {user} may not enter {directory}: use a data directory elsewhere, \
                 such as /var/lib/ehc-casework"
            ),
            Error::NoAccount { user } => write!(f, "PostgreSQL cannot run as the user {user}: there is none, or it is root"),
            Error::NoHome => f.write_str("no place for the data: set HOME or XDG_DATA_HOME, or name a data directory"),
            Error::Initdb { said } => write!(f, "initdb could not make the cluster: {said}"),
            Error::DidNotStart { log, said } => write!(f, "PostgreSQL did not start: {said} (its log is {log})"),
            Error::GuardEnded => f.write_str("the process that guards PostgreSQL ended unexpectedly"),
            Error::Failed { doing, cause } => write!(f, "could not {doing}: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

fn listed(majors: &[u32]) -> String {
    majors.iter().map(u32::to_string).collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_major_version_is_named_with_the_ones_at_hand_and_a_way_out() {
        let error = Error::OtherMajor { data: "/srv/ehc".into(), made_by: 14, found: vec![17, 15] };
        assert_eq!(
            error.to_string(),
            "the data in /srv/ehc was made by PostgreSQL 14, and this machine has 17 and 15: install PostgreSQL 14 beside it, \
             or carry the data over with pg_upgrade; nothing was changed"
        );
    }

    #[test]
    fn a_held_directory_names_its_holder() {
        let error = Error::Held { data: "/srv/ehc".into(), by: Some(4711) };
        assert_eq!(error.to_string(), "another ehc (process 4711) is using /srv/ehc: stop it, or use another data directory");
    }

    #[test]
    fn an_error_survives_the_way_from_the_guard() {
        let error = Error::NoBinaries { too_old: vec![13], install: "sudo apt-get install postgresql".into() };
        let line = serde_json::to_string(&error).unwrap();
        assert_eq!(serde_json::from_str::<Error>(&line).unwrap(), error);
    }
}
