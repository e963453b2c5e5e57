//! How is the cluster made, configured and started?
//!
//! Who may connect: on Linux, macOS and the BSDs the kernel tells a server which user is at the other end of a Unix socket.
//! `peer` relies on that. Against `trust` in a closed directory it costs one system call a connection, and holds when the
//! directory is opened by mistake; against `scram` there is no password to make, store or leak. The user who started us
//! may act as each of our roles, since they could read the data files anyway; nobody else may act as any.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::Error;
use super::account::{Account, own_name};
use super::binaries::{self, Binaries};
use super::error::{failed, failed_at};
use super::folder::{self, Folder};
use super::lock::take_server_lock;
use super::roles::{APP_ROLE, OWNER_ROLE, PORT, SUPERUSER};

/// How long the server may take to stop by itself, rolling back and writing out what is in memory.
pub const FAST_STOP: Duration = Duration::from_secs(4);
/// How long it may take to stop without writing anything out. Its next start recovers from the log, losing nothing.
pub const IMMEDIATE_STOP: Duration = Duration::from_secs(8);

/// How long the backends of a server that was killed may take to notice.
const LAST_BACKENDS: Duration = Duration::from_millis(500);

/// What a new cluster is set to beside PostgreSQL's defaults, which sync every commit. An operator may change it: the
/// file is not written again.
const SETTINGS: &str = "
# EHC Casework
max_connections = 60
shared_buffers = 128MB
# Queries are short; compiling them costs more than running them.
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
# Statements and the values in their errors may be about a child. Neither belongs in a log.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
";

/// A cluster that is ready to start.
#[derive(Debug)]
pub struct Cluster<'a> {
    folder: &'a Folder,
    account: Account,
    binaries: Binaries,
    socket: PathBuf,
}

impl<'a> Cluster<'a> {
    /// Finds binaries for the folder's cluster, stops a server left behind in it, and makes the cluster if there is none.
    pub fn prepare(folder: &'a Folder, only: Option<&Path>, user: Option<&str>) -> Result<Self, Error> {
        let made_by = made_by(&folder.cluster())?;
        let binaries = binaries::find(only, folder.root(), made_by)?;
        let account = Account::choose(&folder.cluster(), user)?;
        account.may_enter(folder.root())?;
        let socket = folder.socket(&account)?;
        let cluster = Self { folder, account, binaries, socket };
        let lock = cluster.lock()?;
        if made_by.is_none() {
            cluster.make(lock)?;
        }
        cluster.write_access()?;
        Ok(cluster)
    }

    /// The socket's directory.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Takes the server's lock. A server whose guard was killed still holds it: that one is stopped first.
    fn lock(&self) -> Result<File, Error> {
        let path = self.folder.server_lock();
        if let Some(lock) = take_server_lock(&path, LAST_BACKENDS)? {
            return Ok(lock);
        }
        for (signal, patience) in [(Signal::INT, FAST_STOP), (Signal::QUIT, IMMEDIATE_STOP)] {
            if let Some(pid) = self.postmaster().and_then(|lines| Pid::from_raw(lines.first()?.parse().ok()?)) {
                // It may have ended since; then the lock comes free.
                let _ = kill_process(pid, signal);
            }
            if let Some(lock) = take_server_lock(&path, patience)? {
                return Ok(lock);
            }
        }
        Err(Error::Lingering { data: self.folder.root().display().to_string() })
    }

    fn make(&self, lock: File) -> Result<(), Error> {
        let unfinished = self.folder.unfinished_cluster();
        folder::remove(&unfinished)?;
        fs::create_dir(&unfinished).map_err(failed_at("make", &unfinished))?;
        self.account.owns(&unfinished)?;
        let mut initdb = self.command("initdb");
        initdb.arg("--pgdata").arg(&unfinished).args([
            &format!("--username={SUPERUSER}"),
            "--encoding=UTF8",
            "--data-checksums",
            "--auth=peer",
            "--no-instructions",
        ]);
        initdb.args(locale());
        if self.folder.is_ephemeral() {
            initdb.arg("--no-sync");
        }
        let said = initdb.stdin(lock).output().map_err(failed("run initdb"))?;
        if !said.status.success() {
            return Err(Error::Initdb { said: String::from_utf8_lossy(&said.stderr).trim().to_owned() });
        }
        let settings = unfinished.join("postgresql.conf");
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().append(true).open(&settings)?;
            file.write_all(SETTINGS.as_bytes())?;
            file.sync_all()?;
            fs::rename(&unfinished, self.folder.cluster())?;
            File::open(self.folder.root())?.sync_all()
        };
        write().map_err(failed_at("finish", &unfinished))
    }

    /// Writes who may connect, at each start: the user who starts us may have changed.
    fn write_access(&self) -> Result<(), Error> {
        let user = own_name()?.replace('"', "\"\"");
        let roles = [SUPERUSER, OWNER_ROLE, APP_ROLE];
        let hba = format!("local all {} peer map=ehc\nlocal replication {SUPERUSER} peer map=ehc\n", roles.join(","));
        let ident: String = roles.iter().map(|role| format!("ehc \"{user}\" {role}\n")).collect();
        for (path, text) in [(self.folder.hba(), hba), (self.folder.ident(), ident)] {
            let new = path.with_extension("new");
            fs::write(&new, text).and_then(|()| fs::rename(&new, &path)).map_err(failed_at("write", &path))?;
        }
        Ok(())
    }

    /// Starts the server; tells where in the log it begins to write.
    pub fn start(&self) -> Result<(Child, u64), Error> {
        let lock = self.lock()?;
        // With the lock ours no server runs, so this is a dead one's. Left lying, it would stop the new one as soon as some
        // other process had been given the dead one's id.
        match fs::remove_file(self.postmaster_file()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed_at("remove", &self.postmaster_file())(error));
            }
            _ => {}
        }
        let log = self.folder.open_log()?;
        let mut postgres = self.command("postgres");
        postgres.arg("-D").arg(self.folder.cluster()).arg("-k").arg(&self.socket).arg("-p").arg(PORT.to_string());
        for (name, value) in [
            ("listen_addresses", ""),
            ("unix_socket_permissions", "0700"),
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("hba_file", &folder::text(&self.folder.hba())?),
            ("ident_file", &folder::text(&self.folder.ident())?),
        ] {
            postgres.arg("-c").arg(format!("{name}={value}"));
        }
        let log_start = log.metadata().map_err(failed("look at the log"))?.len();
        let log_too = log.try_clone().map_err(failed("open the log"))?;
        postgres.stdin(lock).stdout(Stdio::from(log)).stderr(Stdio::from(log_too));
        Ok((postgres.spawn().map_err(failed("run postgres"))?, log_start))
    }

    /// One of PostgreSQL's programs, as the account. Our environment stays here: it may hold secrets, and `PG…` variables.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.directory.join(program));
        command.env_clear().current_dir(self.folder.root());
        // macOS wants a locale named before it starts threads.
        command.env("LC_ALL", "C");
        for name in ["PATH", "LD_LIBRARY_PATH"] {
            if let Some(value) = env::var_os(name) {
                command.env(name, value);
            }
        }
        self.account.runs(&mut command);
        command
    }

    /// Whether this very server takes connections: PostgreSQL keeps its state in the eighth line of this file.
    pub fn is_ready(&self, pid: Pid) -> bool {
        let lines = self.postmaster().unwrap_or_default();
        let state = |line: usize| lines.get(line).map_or("", |text| text.trim());
        state(0) == pid.as_raw_nonzero().to_string() && state(7) == "ready"
    }

    /// Waits until no process of the server is left, backends of a killed one included.
    pub fn wait_until_empty(&self) -> Result<(), Error> {
        self.lock().map(drop)
    }

    fn postmaster_file(&self) -> PathBuf {
        self.folder.cluster().join("postmaster.pid")
    }

    fn postmaster(&self) -> Option<Vec<String>> {
        Some(fs::read_to_string(self.postmaster_file()).ok()?.lines().map(str::to_owned).collect())
    }

    /// Why the server ended, from what it wrote to its log since it started.
    pub fn last_words(&self, log_start: u64) -> Error {
        let log = fs::read(self.folder.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(log.get(usize::try_from(log_start).unwrap_or(0)..).unwrap_or_default());
        Error::DidNotStart { log: self.folder.log().display().to_string(), said: reason(&log).to_owned() }
    }
}

/// The line of a log that says why the server ended, without its time stamp.
fn reason(log: &str) -> &str {
    let fatal = log.lines().rev().find(|line| line.contains("FATAL:  ") || line.contains("PANIC:  "));
    let line = fatal.or_else(|| log.lines().rev().find(|line| !line.trim().is_empty())).unwrap_or("it ended without a word");
    line.split_once("FATAL:  ").map_or(line, |(_, said)| said)
}

/// The major version that made a cluster; none when there is no cluster yet.
fn made_by(cluster: &Path) -> Result<Option<u32>, Error> {
    if !cluster.try_exists().map_err(failed_at("look at", cluster))? {
        return Ok(None);
    }
    let version = fs::read_to_string(cluster.join("PG_VERSION")).ok().and_then(|text| binaries::major_of_cluster(&text));
    version.map(Some).ok_or_else(|| Error::NotACluster { cluster: cluster.display().to_string() })
}

/// Text sorts by code point, alike on every system; letters of every script have their case. macOS has no `C.UTF-8`.
fn locale() -> &'static [&'static str] {
    if cfg!(target_os = "macos") { &["--locale=C", "--lc-ctype=en_US.UTF-8"] } else { &["--locale=C.UTF-8"] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_last_fatal_line_or_else_the_last_one() {
        let log = "2026-01-05 10:00:00 UTC [7] LOG:  starting\n2026-01-05 10:00:00 UTC [7] FATAL:  could not map memory\n                   2026-01-05 10:00:00 UTC [7] LOG:  database system is shut down\n";
        assert_eq!(reason(log), "could not map memory");
        assert_eq!(
            reason("postgres: error while loading shared libraries: libssl.so.3\n\n"),
            "postgres: error while loading shared libraries: libssl.so.3"
        );
        assert_eq!(reason(""), "it ended without a word");
    }

    #[test]
    fn a_directory_without_a_version_is_no_cluster() {
        let here = env::temp_dir().join(format!("ehc-made-by-{}", std::process::id()));
        assert_eq!(made_by(&here), Ok(None));
        fs::create_dir(&here).unwrap();
        assert_eq!(made_by(&here), Err(Error::NotACluster { cluster: here.display().to_string() }));
        fs::write(here.join("PG_VERSION"), "14\n").unwrap();
        assert_eq!(made_by(&here), Ok(Some(14)));
        fs::remove_dir_all(here).unwrap();
    }
}
