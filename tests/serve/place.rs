//! Where a test's server keeps its data, and what can be done to the processes there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::server::Server;

/// A data directory of one test, removed at its end.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ehc-serve-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    /// With Havering among its authorities.
    pub fn of_havering(name: &str) -> Self {
        let place = Self::new(name);
        let added = place.ehc(&["authority", "--code", "311"], &[]);
        assert!(added.status.success(), "{added:?}");
        place
    }

    /// The command in this place, and in no other: the environment is this test's.
    pub fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ehc"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("EHC_") || name.starts_with("DATABASE_")) {
            command.env_remove(name);
        }
        command.args(arguments).env("EHC_DATA_DIR", self.0.join("data")).envs(variables.iter().copied());
        command.stdin(Stdio::null());
        command
    }

    pub fn ehc(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(arguments, variables).output().unwrap()
    }

    pub fn token(&self, role: &str, organisation: Option<&str>) -> String {
        let mut arguments = vec!["token", "--role", role, "--authority", "311"];
        arguments.extend(organisation.into_iter().flat_map(|name| ["--organisation", name]));
        let printed = self.ehc(&arguments, &[]);
        assert!(printed.status.success(), "{printed:?}");
        String::from_utf8(printed.stdout).unwrap().trim_end().to_owned()
    }

    pub fn serve(&self, arguments: &[&str]) -> Server {
        Server::start(self.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat(), &[]))
    }

    pub fn postmaster(&self) -> Pid {
        let text = fs::read_to_string(self.0.join("data/cluster/postmaster.pid")).unwrap();
        Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
    }

    /// The server's processes, the first of them last: once that one stands still, no new ones come.
    pub fn postgres(&self) -> Vec<Pid> {
        let postmaster = self.postmaster();
        let mut all = children_of(postmaster);
        all.push(postmaster);
        all
    }

    /// Where a role reaches a database of the place's PostgreSQL.
    pub fn url(&self, role: &str, database: &str) -> String {
        let socket = self.0.join("data/run").display().to_string().replace('/', "%2F");
        format!("postgresql://{role}@{socket}:5432/{database}")
    }

    pub fn owner(&self) -> PgConnection {
        PgConnection::establish(&self.url("ehc_owner", "ehc")).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A PostgreSQL whose owner was killed is still writing for a moment.
        within(Duration::from_secs(10), || fs::remove_dir_all(&self.0).is_ok() || !self.0.exists());
    }
}

pub fn children_of(parent: Pid) -> Vec<Pid> {
    let is_child = |pid: &i32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name stands in brackets and may hold anything; the parent is the second word after it.
        let after = stat.rsplit(')').next().unwrap_or_default();
        after.split_whitespace().nth(1).and_then(|text| text.parse().ok()) == Some(parent.as_raw_nonzero().get())
    };
    let entries = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    entries.filter(is_child).filter_map(Pid::from_raw).collect()
}

pub fn is_alive(pid: Pid) -> bool {
    test_kill_process(pid).is_ok()
}

pub fn within(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if holds() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Processes that stand still until this is dropped: one that stands still cannot even be ended.
pub struct Frozen(Vec<Pid>);

impl Frozen {
    pub fn now(processes: Vec<Pid>) -> Self {
        processes.iter().rev().for_each(|pid| kill_process(*pid, Signal::STOP).unwrap());
        Self(processes)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for pid in &self.0 {
            let _ = kill_process(*pid, Signal::CONT);
        }
    }
}
