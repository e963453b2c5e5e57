//! Which processes are measured, and what have they spent? The demonstration as users start it, its PostgreSQL, and their CPU time.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection};
use rustix::process::{Pid, Signal, kill_process};

/// Linux counts CPU time in hundredths of a second on every architecture.
const TICK_MICROSECONDS: u64 = 10_000;

/// `ehc demo --ephemeral`, stopped when dropped.
pub struct Server {
    process: Child,
    /// Kept open: a server that cannot print stops.
    _output: BufReader<ChildStdout>,
    /// Where it listens, as host and port.
    pub address: String,
    tokens: HashMap<String, String>,
    /// The directory of its PostgreSQL's socket.
    pub socket: PathBuf,
    postmaster: u32,
    keys: PathBuf,
}

/// CPU time in microseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    pub server: u64,
    pub postgres: u64,
}

impl Server {
    /// Starts it and waits until it answers.
    pub fn start() -> Result<Self, Box<dyn Error>> {
        let keys = std::env::temp_dir().join(format!("ehc-speed-{}", std::process::id()));
        fs::create_dir_all(&keys)?;
        let mut process = Command::new(env!("CARGO_BIN_EXE_ehc"))
            .args(["demo", "--ephemeral", "--listen", "127.0.0.1:0"])
            .env("EHC_DATA_DIR", &keys)
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut output = process.stdout.take().map(BufReader::new).ok_or("the server has no output")?;
        let mut tokens = HashMap::new();
        let mut address = String::new();
        for line in output.by_ref().lines() {
            let line = line?;
            if let Some(url) = line.trim().strip_prefix("API ") {
                address = url.trim().trim_start_matches("http://").trim_end_matches("/v1").to_owned();
            } else if let Some((role, token)) = line.split_once('=').filter(|(role, _)| !role.contains(' ')) {
                tokens.insert(role.to_lowercase(), token.to_owned());
            } else if line.contains("Ctrl-C") {
                break;
            }
        }
        let found = postmaster(process.id());
        let (postmaster, socket) = match found {
            Some(found) if !address.is_empty() => found,
            _ => {
                process.kill()?;
                return Err("the demonstration did not start".into());
            }
        };
        Ok(Self { process, _output: output, address, tokens, socket, postmaster, keys })
    }

    /// The development token of a role.
    pub fn token(&self, role: &str) -> Result<&str, Box<dyn Error>> {
        Ok(self.tokens.get(role).ok_or("no token for a role")?)
    }

    /// A connection as the superuser of this throw-away cluster.
    pub fn superuser(&self) -> Result<PgConnection, Box<dyn Error>> {
        let url = format!("host={} port=5432 user=postgres dbname=demo", self.socket.display());
        Ok(PgConnection::establish(&url)?)
    }

    /// What PostgreSQL says.
    pub fn log(&self) -> PathBuf {
        self.socket.parent().map(|root| root.join("postgres.log")).unwrap_or_default()
    }

    /// The folder of PostgreSQL's programs.
    pub fn programs(&self) -> PathBuf {
        let postgres = fs::read_link(format!("/proc/{}/exe", self.postmaster)).unwrap_or_default();
        postgres.parent().map(PathBuf::from).unwrap_or_default()
    }

    /// What both have spent since they started.
    pub fn spent(&self) -> Spent {
        let all = processes();
        let own = |pid: u32| all.get(&pid).map_or(0, |stat| stat.own);
        let backends: u64 = all.values().filter(|stat| stat.parent == self.postmaster).map(|stat| stat.own).sum();
        let ended = all.get(&self.postmaster).map_or(0, |stat| stat.of_ended_children);
        let postgres = own(self.postmaster) + backends + ended;
        Spent { server: own(self.process.id()) * TICK_MICROSECONDS, postgres: postgres * TICK_MICROSECONDS }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        let asked = pid.is_some_and(|pid| kill_process(pid, Signal::INT).is_ok());
        let patience = Instant::now() + Duration::from_secs(15);
        while asked && Instant::now() < patience && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(50));
        }
        // Already ended, or deaf: its guard stops PostgreSQL either way.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.keys);
    }
}

struct Stat {
    parent: u32,
    own: u64,
    of_ended_children: u64,
}

/// Every process: its parent and CPU time (proc(5)).
fn processes() -> HashMap<u32, Stat> {
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse().ok()));
    pids.filter_map(|pid: u32| Some((pid, stat(pid)?))).collect()
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything; what follows it is numbers.
    let fields: Vec<u64> = text.rsplit_once(')')?.1.split_whitespace().skip(1).map(|f| f.parse().unwrap_or(0)).collect();
    let at = |place: usize| fields.get(place).copied().unwrap_or(0);
    Some(Stat { parent: u32::try_from(at(0)).ok()?, own: at(10) + at(11), of_ended_children: at(12) + at(13) })
}

/// The PostgreSQL below a process, and the directory of its socket, which its command line names after `-k`.
fn postmaster(above: u32) -> Option<(u32, PathBuf)> {
    let all = processes();
    let below = |pid: &u32| std::iter::successors(Some(*pid), |pid| all.get(pid).map(|stat| stat.parent)).any(|pid| pid == above);
    all.keys().filter(|pid| below(pid)).find_map(|pid| {
        let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
        let mut words = command.split('\0').skip_while(|word| *word != "-k");
        Some((*pid, PathBuf::from(words.nth(1)?)))
    })
}
