//! Who may use a data directory? Two locks that the kernel lets go of when their holder dies, however it dies.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::process::getppid;

use super::Error;
use super::error::failed_at;

/// How often a lock is tried again.
const STEP: Duration = Duration::from_millis(20);
/// How long a holder may take to show that it is stopping: the pipe from a killed `ehc` closes at once.
const HESITATION: Duration = Duration::from_secs(2);
/// How long a holder that is stopping may take.
const FAREWELL: Duration = Duration::from_secs(15);

const STOPPING: &str = "stopping";

/// The guard's lock: held as long as the guard lives, and says for which `ehc`.
#[derive(Debug)]
pub struct GuardLock {
    file: File,
}

impl GuardLock {
    /// Takes the lock of a data directory, waiting for a holder that is stopping.
    pub fn take(path: &Path, data: &Path) -> Result<Self, Error> {
        let file = open(path)?;
        let began = Instant::now();
        while file.try_lock().is_err() {
            let note = fs::read_to_string(path).unwrap_or_default();
            let patience = if note.trim_end().ends_with(STOPPING) { FAREWELL } else { HESITATION };
            if began.elapsed() > patience {
                let by = note.split_whitespace().next().and_then(|pid| pid.parse().ok());
                return Err(Error::Held { data: data.display().to_string(), by });
            }
            thread::sleep(STEP);
        }
        let mut lock = Self { file };
        lock.note("running").map_err(failed_at("write", path))?;
        Ok(lock)
    }

    /// Lets a successor know that waiting is worth while. Best effort: without it the successor gives up sooner.
    pub fn is_stopping(&mut self) {
        let _ = self.note(STOPPING);
    }

    fn note(&mut self, state: &str) -> std::io::Result<()> {
        let owner = getppid().map_or(0, |pid| pid.as_raw_nonzero().get());
        self.file.set_len(0)?;
        self.file.rewind()?;
        writeln!(self.file, "{owner} {state}")
    }
}

/// Tries to take the server's lock. Handed to the server as its standard input, it is held until the last of the server's
/// processes has ended: whoever has the lock knows that nobody touches the cluster.
pub fn take_server_lock(path: &Path, patience: Duration) -> Result<Option<File>, Error> {
    let file = open(path)?;
    let began = Instant::now();
    while file.try_lock().is_err() {
        if began.elapsed() > patience {
            return Ok(None);
        }
        thread::sleep(STEP);
    }
    Ok(Some(file))
}

/// Opens a file of ours for reading and writing, closed to others. Never through a symlink: as root we write in directories
/// that others might have prepared.
fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).custom_flags(OFlags::NOFOLLOW.bits() as i32);
    options.open(path).map_err(failed_at("open", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_lock_is_free_again_when_its_last_holder_is_gone() {
        let path = std::env::temp_dir().join(format!("ehc-lock-{}", std::process::id()));
        let held = take_server_lock(&path, Duration::ZERO).unwrap().unwrap();
        let inherited = held.try_clone().unwrap();
        drop(held);
        assert!(take_server_lock(&path, Duration::ZERO).unwrap().is_none());
        drop(inherited);
        assert!(take_server_lock(&path, Duration::ZERO).unwrap().is_some());
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_lock_is_not_written_through_a_symlink() {
        let path = std::env::temp_dir().join(format!("ehc-link-{}", std::process::id()));
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        assert!(take_server_lock(&path, Duration::ZERO).is_err());
        fs::remove_file(path).unwrap();
    }
}
