//! What keeps the server running while `ehc` lives, and stops it when `ehc` is gone?

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::Mode;
use rustix::process::{Pid, Signal, kill_process, umask};
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{self, SignalKind};

use super::Error;
use super::cluster::{Cluster, FAST_STOP, IMMEDIATE_STOP};
use super::error::failed;
use super::folder::{self, Folder};
use super::lock::GuardLock;
use super::roles::{SUPERUSER, create_roles, url};

/// How often we look whether a starting server is ready.
const STEP: Duration = Duration::from_millis(10);
/// After this long, a start is recovering from a crash, and we say so.
const LONG_START: Duration = Duration::from_secs(3);
/// The pause before a crashed server is started again; doubled each time, up to the longest.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that ran this long had recovered: the next pause is short again.
const STEADY: Duration = Duration::from_secs(60);

/// Arguments of the hidden subcommand `ehc postgres-guard`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The data directory; without it a temporary one, removed at the end
    #[arg(long)]
    data: Option<PathBuf>,
    /// The directory holding `postgres` and `initdb`
    #[arg(long)]
    binaries: Option<PathBuf>,
    /// The system user that runs the server when we are root
    #[arg(long)]
    user: Option<String>,
}

/// What the guard tells `ehc`, one JSON line each.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Report {
    /// The start takes long.
    Recovering,
    /// The server answers and has its roles.
    Ready { socket: String },
    /// The server ended by itself and is being started again.
    Restarting,
    /// It answers again.
    Restarted,
    /// There is no server, and the guard ends.
    Failed(Error),
}

impl Report {
    /// Tells the log.
    pub(super) fn log(&self) {
        match self {
            Report::Recovering => log::info!("PostgreSQL is recovering what was not yet written out; this can take minutes"),
            Report::Ready { socket } => log::debug!("PostgreSQL listens in {socket}"),
            Report::Restarting => log::warn!("PostgreSQL ended unexpectedly and is being started again"),
            Report::Restarted => log::info!("PostgreSQL answers again"),
            Report::Failed(error) => log::error!("{error}"),
        }
    }

    fn send(&self) {
        if let Ok(line) = serde_json::to_string(self) {
            // Nobody listens once `ehc` is gone.
            let _ = writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush());
        }
    }
}

/// Runs the guard until its standard input, the pipe from `ehc`, closes. Reports on standard output.
pub fn run(args: Args) -> ExitCode {
    match guard(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Report::Failed(error).send();
            ExitCode::FAILURE
        }
    }
}

enum Event {
    /// `ehc` ended, or wants the server to.
    OwnerGone,
    /// The server ended.
    ServerEnded,
}

fn guard(args: Args) -> Result<(), Error> {
    let _signals = outlive_signals()?;
    // What the server's user must pass through or read is made so, and all else is closed explicitly.
    umask(Mode::WGRP | Mode::WOTH);
    let (sender, events) = mpsc::channel();
    watch_owner(sender.clone());
    let folder = match args.data {
        Some(root) => Folder::kept(root)?,
        None => Folder::temporary()?,
    };
    let mut lock = GuardLock::take(&folder.guard_lock(), folder.root())?;
    let outcome = Cluster::prepare(&folder, args.binaries.as_deref(), args.user.as_deref()).and_then(|cluster| {
        let mut guard = Guard { cluster, sender, events, server: None };
        let served = guard.serve();
        lock.is_stopping();
        served.and(guard.stop(folder.is_ephemeral()))
    });
    outcome.and(folder.leave())
}

struct Guard<'a> {
    cluster: Cluster<'a>,
    sender: Sender<Event>,
    events: Receiver<Event>,
    /// The running server.
    server: Option<Pid>,
}

impl Guard<'_> {
    /// Keeps the server running until the owner is gone.
    fn serve(&mut self) -> Result<(), Error> {
        let mut pause = SHORTEST_PAUSE;
        let mut served = false;
        loop {
            let began = Instant::now();
            let log_start = self.start()?;
            let event = match self.until_ready() {
                Some(event) => event,
                None => {
                    self.report_ready(served)?;
                    served = true;
                    self.next_event(None).unwrap_or(Event::OwnerGone)
                }
            };
            match event {
                Event::OwnerGone => return Ok(()),
                Event::ServerEnded if !served => return Err(self.cluster.last_words(log_start)),
                Event::ServerEnded => Report::Restarting.send(),
            }
            pause = if began.elapsed() > STEADY { SHORTEST_PAUSE } else { pause };
            if let Some(Event::OwnerGone) = self.next_event(Some(pause)) {
                return Ok(());
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Starts the server; tells where in the log it begins to write.
    fn start(&mut self) -> Result<u64, Error> {
        let (mut postgres, log_start) = self.cluster.start()?;
        self.server = i32::try_from(postgres.id()).ok().and_then(Pid::from_raw);
        let sender = self.sender.clone();
        thread::spawn(move || {
            let _ = postgres.wait();
            let _ = sender.send(Event::ServerEnded);
        });
        Ok(log_start)
    }

    /// Waits until the server is ready, however long it recovers; earlier events end the wait.
    fn until_ready(&mut self) -> Option<Event> {
        let began = Instant::now();
        let mut told = false;
        while !self.server.is_some_and(|pid| self.cluster.is_ready(pid)) {
            if let Some(event) = self.next_event(Some(STEP)) {
                return Some(event);
            }
            if !told && began.elapsed() > LONG_START {
                Report::Recovering.send();
                told = true;
            }
        }
        None
    }

    fn report_ready(&self, again: bool) -> Result<(), Error> {
        if again {
            Report::Restarted.send();
            return Ok(());
        }
        let socket = folder::text(self.cluster.socket())?;
        create_roles(&url(&socket, SUPERUSER, "postgres"))?;
        Report::Ready { socket }.send();
        Ok(())
    }

    /// The next event, or none within the patience.
    fn next_event(&mut self, patience: Option<Duration>) -> Option<Event> {
        let event = match patience {
            Some(patience) => self.events.recv_timeout(patience).ok(),
            None => self.events.recv().ok(),
        };
        if let Some(Event::ServerEnded) = event {
            self.server = None;
        }
        event
    }

    /// Stops the server: fast, then at once, then by force. What will be removed need not be written out first.
    fn stop(&mut self, discard: bool) -> Result<(), Error> {
        let fast = (!discard).then_some((Signal::INT, FAST_STOP));
        for (signal, patience) in fast.into_iter().chain([(Signal::QUIT, IMMEDIATE_STOP), (Signal::KILL, IMMEDIATE_STOP)]) {
            let Some(pid) = self.server else { break };
            // It may be ending already.
            let _ = kill_process(pid, signal);
            let until = Instant::now() + patience;
            while self.server.is_some() && Instant::now() < until {
                self.next_event(Some(until.saturating_duration_since(Instant::now())));
            }
        }
        self.cluster.wait_until_empty()
    }
}

/// Tells when standard input closes.
fn watch_owner(sender: Sender<Event>) {
    thread::spawn(move || {
        // Nothing is ever written to it. An error is as good as the end: there is no owner to ask.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        let _ = sender.send(Event::OwnerGone);
    });
}

/// Makes the signals that mean "stop" pass unheeded, as long as the answer is kept: the guard ends after `ehc`, never
/// before it. Whoever stops a whole service at once (systemd) signals us too.
fn outlive_signals() -> Result<(Runtime, Vec<unix::Signal>), Error> {
    let runtime = Builder::new_current_thread().enable_io().build().map_err(failed("listen for signals"))?;
    let kept = {
        let _inside = runtime.enter();
        [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(unix::signal)
    };
    let kept = kept.into_iter().collect::<Result<_, _>>().map_err(failed("listen for signals"))?;
    Ok((runtime, kept))
}
