//! Files that people send in: where they are kept, what is taken, and whether a virus was found in one.

mod kinds;
mod receiving;
mod scanning;
mod storage;

pub use kinds::{ACCEPTED, Accepted, Mismatch};
pub use receiving::{NotReceived, Received};
pub use scanning::{Clamd, NotScanned, Verdict};
pub use storage::{Chunks, Key, Place, S3, StorageError};

use std::path::Path;
use std::time::Duration;

use scanning::Scanner;
use storage::Storage;

/// How files are kept here.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where; without it in a folder of the data directory.
    pub place: Option<Place>,
    /// The ClamAV daemon that scans them; none: they are not scanned.
    pub clamd: Option<Clamd>,
    /// Bytes of one file at most.
    pub most_bytes: u64,
}

/// Where files are kept and who scans them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    storage: Storage,
    scanner: Option<Scanner>,
    most_bytes: u64,
}

/// How well the parts are that keep and scan files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Whether the storage answers.
    pub storage: bool,
    /// Whether the scanning daemon answers; none is configured otherwise.
    pub scanning: Option<bool>,
}

/// How long a part may take to say that it is there.
const PROBE: Duration = Duration::from_secs(2);

impl Files {
    /// Opens the storage; `otherwise` is the folder used where the settings name no place.
    ///
    /// # Errors
    /// When the folder cannot be made or the settings of the object storage cannot be used.
    pub fn open(settings: &Settings, otherwise: &Path) -> Result<Self, StorageError> {
        let storage = match &settings.place {
            Some(Place::Directory(dir)) => Storage::local(dir)?,
            Some(Place::S3(s3)) => Storage::s3(s3)?,
            None => Storage::local(otherwise)?,
        };
        Ok(Self { storage, scanner: settings.clamd.clone().map(Scanner::new), most_bytes: settings.most_bytes })
    }

    /// Whether files are scanned here: what was not yet is then not given out.
    pub fn scans(&self) -> bool {
        self.scanner.is_some()
    }

    /// Bytes of one file at most.
    pub fn most_bytes(&self) -> u64 {
        self.most_bytes
    }

    /// The content of a file, piece by piece.
    ///
    /// # Errors
    /// When the storage does not answer, or no longer has it.
    pub async fn read(&self, key: Key) -> Result<Chunks, StorageError> {
        self.storage.read(key).await
    }

    /// Removes a file; that it is gone already is as well.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn remove(&self, key: Key) -> Result<(), StorageError> {
        self.storage.remove(key).await
    }

    /// Has a file scanned. None where nothing is scanned here.
    ///
    /// # Errors
    /// When the file cannot be read or the daemon does not answer.
    pub async fn scan(&self, key: Key) -> Result<Option<Verdict>, NotScanned> {
        let Some(scanner) = &self.scanner else { return Ok(None) };
        let chunks = self.read(key).await.map_err(|error| NotScanned(error.to_string()))?;
        scanner.scan(chunks).await.map(Some)
    }

    /// Whether storage and daemon answer.
    pub async fn health(&self) -> Health {
        let storage = tokio::time::timeout(PROBE, self.storage.answers()).await.unwrap_or(false);
        let scanning = match &self.scanner {
            Some(scanner) => Some(tokio::time::timeout(PROBE, scanner.answers()).await.unwrap_or(false)),
            None => None,
        };
        Health { storage, scanning }
    }
}
