//! How does a machine without a database server get one? Finds, starts and supervises a PostgreSQL of our own.
//!
//! Two processes stand between `ehc` and the server. `ehc` starts a **guard** ([`guard`]), which holds the data directory,
//! makes the cluster, starts `postgres` and restarts it after a crash. The guard reads a pipe that only `ehc` writes to:
//! when `ehc` ends, in whatever way, the pipe closes and the guard stops the server. So nothing is left behind by
//! `kill -9`, and the terminal's Ctrl-C, which the guard does not hear, cannot stop the server under a request.
//!
//! The server listens on a Unix socket only, in a directory closed to other users, and asks the kernel who is calling
//! (`peer`, see `cluster.rs`): no password exists that could leak, and a directory opened by mistake still lets nobody in.

mod account;
mod binaries;
mod cluster;
mod error;
mod fitness;
mod folder;
pub mod guard;
mod lock;
mod roles;

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{self, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

pub use error::Error;
pub use fitness::{faults_of_app, faults_of_owner};
pub use roles::{APP_ROLE, OWNER_ROLE, ROLES_SQL};

use error::failed;
use guard::Report;

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// In this directory of ours, which outlives us. Made when missing.
    Kept(PathBuf),
    /// In a temporary directory, removed at the end.
    Ephemeral,
}

/// What to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the data lives.
    pub data: Data,
    /// The directory holding `postgres` and `initdb`, when it is not to be searched for.
    pub binaries: Option<PathBuf>,
    /// The system user that runs the server when we are root; otherwise `postgres`, or `nobody` where there is none.
    pub user: Option<String>,
    /// The `ehc` executable, whose `postgres-guard` subcommand is [`guard::run`].
    pub guard: PathBuf,
}

impl Options {
    /// Options that search for the binaries and choose the user.
    pub fn new(data: Data, guard: PathBuf) -> Self {
        Self { data, binaries: None, user: None, guard }
    }

    /// The data directory of this user: `$XDG_DATA_HOME/ehc-casework`, by default under `~/.local/share`; for root
    /// `/var/lib/ehc-casework`, because the server runs as somebody who may not enter root's home. Fails without a home.
    pub fn default_data_dir() -> Result<PathBuf, Error> {
        folder::default_data_dir(
            rustix::process::geteuid().is_root(),
            std::env::var_os("XDG_DATA_HOME").map(PathBuf::from),
            std::env::var_os("HOME").map(PathBuf::from),
        )
    }
}

/// A running PostgreSQL of our own. Dropping it stops the server and blocks until it has stopped.
#[derive(Debug)]
pub struct Embedded {
    guard: Child,
    lifeline: Option<ChildStdin>,
    socket: String,
}

impl Embedded {
    /// Starts the server, or makes the cluster first, and returns when it answers and has its roles.
    /// Waits some seconds for a predecessor that is stopping, and blocks meanwhile. Errors say what the reader can do.
    pub fn start(options: Options) -> Result<Self, Error> {
        let mut guard = Self::spawn_guard(&options)?;
        let lifeline = guard.stdin.take();
        let Some(reports) = guard.stdout.take() else {
            return Err(Error::GuardEnded);
        };
        let mut reports = BufReader::new(reports);
        let socket = match await_ready(&mut reports) {
            Ok(socket) => socket,
            Err(error) => {
                drop(lifeline);
                guard.wait().map_err(failed("wait for the guard of PostgreSQL"))?;
                return Err(error);
            }
        };
        thread::spawn(move || log_later(reports));
        Ok(Self { guard, lifeline, socket })
    }

    fn spawn_guard(options: &Options) -> Result<Child, Error> {
        let absolute = |path: &PathBuf| path::absolute(path).map_err(failed("make a path absolute"));
        let mut command = Command::new(absolute(&options.guard)?);
        command.arg("postgres-guard");
        if let Data::Kept(directory) = &options.data {
            command.arg("--data").arg(absolute(directory)?);
        }
        if let Some(binaries) = &options.binaries {
            command.arg("--binaries").arg(absolute(binaries)?);
        }
        if let Some(user) = &options.user {
            command.arg("--user").arg(user);
        }
        command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Its own process group: Ctrl-C in the terminal reaches `ehc` alone.
        command.process_group(0);
        command.spawn().map_err(failed("start the guard of PostgreSQL"))
    }

    /// Connection URL of the role that owns the databases and migrates them.
    pub fn owner_url(&self, database: &str) -> String {
        roles::url(&self.socket, OWNER_ROLE, database)
    }

    /// Connection URL of the role that serves requests: it owns nothing, and row-level security binds it.
    pub fn app_url(&self, database: &str) -> String {
        roles::url(&self.socket, APP_ROLE, database)
    }

    /// The directory of the server's socket: what `psql --host` takes.
    pub fn socket(&self) -> &Path {
        Path::new(&self.socket)
    }

    /// Makes the database, owned by the owner role, unless it exists. The application role may connect to it; nobody else.
    pub fn create_database(&self, name: &str) -> Result<(), Error> {
        roles::create_database(&self.owner_url("postgres"), name)
    }

    /// Stops the server (fast: open transactions are rolled back) and waits until it has stopped.
    pub fn stop(mut self) -> Result<(), Error> {
        self.end()
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(lifeline) = self.lifeline.take() else { return Ok(()) };
        drop(lifeline);
        let status = self.guard.wait().map_err(failed("wait for the guard of PostgreSQL"))?;
        if status.success() { Ok(()) } else { Err(Error::GuardEnded) }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            log::error!("{error}");
        }
    }
}

/// Reads the guard's reports up to the one that says where the server listens.
fn await_ready(reports: &mut BufReader<ChildStdout>) -> Result<String, Error> {
    loop {
        match next_report(reports) {
            Some(Report::Ready { socket }) => return Ok(socket),
            Some(Report::Failed(error)) => return Err(error),
            Some(other) => other.log(),
            None => return Err(Error::GuardEnded),
        }
    }
}

/// Tells the log what happens to the server after it was ready, until the guard ends.
fn log_later(mut reports: BufReader<ChildStdout>) {
    while let Some(report) = next_report(&mut reports) {
        report.log();
    }
}

fn next_report(reports: &mut BufReader<ChildStdout>) -> Option<Report> {
    let mut line = String::new();
    match reports.read_line(&mut line) {
        Ok(read) if read > 0 => serde_json::from_str(&line).ok(),
        _ => None,
    }
}
