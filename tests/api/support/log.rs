//! The log of the test binary: errors go to standard error, and a test can keep everything else that is said.

use std::sync::{Mutex, Once, PoisonError};

use log::{Level, LevelFilter, Log, Metadata, Record};

struct Kept(Mutex<Option<Vec<String>>>);

static KEPT: Kept = Kept(Mutex::new(None));
static INSTALLED: Once = Once::new();

impl Log for Kept {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        if record.level() == Level::Error {
            // What a failing test needs to be understood: why an answer was 500.
            eprintln!("{} {}", record.target(), record.args());
        }
        if let Some(lines) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            lines.push(format!("{} {} {}", record.level(), record.target(), record.args()));
        }
    }

    fn flush(&self) {}
}

/// Starts the log; a second start keeps the first.
pub fn start() {
    INSTALLED.call_once(|| {
        log::set_logger(&KEPT).unwrap();
        log::set_max_level(LevelFilter::Error);
    });
}

/// From here on every line of every level is kept, whichever test it comes from.
pub fn keep() {
    start();
    *KEPT.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    log::set_max_level(LevelFilter::Trace);
}

/// The lines kept so far; nothing more is kept.
pub fn kept() -> Vec<String> {
    log::set_max_level(LevelFilter::Error);
    KEPT.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
}
