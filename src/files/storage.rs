//! Where are files kept? In a folder, or in an object storage that speaks as S3 does.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use uuid::Uuid;

/// A place for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder of this machine.
    Directory(PathBuf),
    /// A bucket.
    S3(S3),
}

/// A bucket, and how it is reached.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    /// Its name.
    pub bucket: String,
    /// Its region.
    pub region: String,
    /// The server, where it is not Amazon's own.
    pub endpoint: Option<String>,
    /// The access key and its secret; without them those of the machine's own role are used.
    pub keys: Option<(String, String)>,
}

/// Without the secret, so that it reaches no log.
impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3")
            .field("bucket", &self.bucket)
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .finish()
    }
}

/// What a file is kept under: the authority and a random id. It says nothing of anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Whose.
    pub authority: i32,
    /// The file.
    pub file: Uuid,
}

impl Key {
    /// The last digits of the id come first, so that no folder holds everything.
    fn path(self) -> ObjectPath {
        let id = self.file.simple().to_string();
        ObjectPath::from(format!("{}/{}/{}", self.authority, &id[30..], self.file))
    }
}

/// The storage did not do what it was asked to.
#[derive(Debug)]
pub struct StorageError(String);

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the storage of files: {}", self.0)
    }
}

impl std::error::Error for StorageError {}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// A file's content, piece by piece.
pub type Chunks = BoxStream<'static, Result<Bytes, StorageError>>;

/// Bytes kept in memory before they are written: the least that S3 takes as a part of an object.
const PART: usize = 5 * 1024 * 1024;

#[derive(Debug, Clone)]
pub(super) struct Storage {
    store: Arc<dyn ObjectStore>,
}

impl Storage {
    pub(super) fn local(dir: &Path) -> Result<Self, StorageError> {
        std::fs::create_dir_all(dir).map_err(|error| StorageError(format!("{}: {error}", dir.display())))?;
        // What is recorded as filed is on the disk, as the record itself is.
        let store = LocalFileSystem::new_with_prefix(dir)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    pub(super) fn s3(s3: &S3) -> Result<Self, StorageError> {
        let mut builder = AmazonS3Builder::new().with_bucket_name(&s3.bucket).with_region(&s3.region);
        if let Some(endpoint) = &s3.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some((key, secret)) = &s3.keys {
            builder = builder.with_access_key_id(key).with_secret_access_key(secret);
        }
        Ok(Self { store: Arc::new(builder.build()?) })
    }

    pub(super) fn writer(&self, key: Key) -> BufWriter {
        BufWriter::with_capacity(Arc::clone(&self.store), key.path(), PART).with_max_concurrency(1)
    }

    pub(super) async fn read(&self, key: Key) -> Result<Chunks, StorageError> {
        Ok(self.store.get(&key.path()).await?.into_stream().map_err(StorageError::from).boxed())
    }

    pub(super) async fn remove(&self, key: Key) -> Result<(), StorageError> {
        match self.store.delete(&key.path()).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether it says, of a file that nobody sent, that there is none.
    pub(super) async fn answers(&self) -> bool {
        matches!(self.store.head(&ObjectPath::from("none")).await, Ok(_) | Err(Error::NotFound { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_kept_under_is_an_authority_and_an_id() {
        let file = Uuid::from_u128(0x0190_b0a0_0000_7000_8000_0000_0000_00ab);
        assert_eq!(Key { authority: 311, file }.path().as_ref(), "311/ab/0190b0a0-0000-7000-8000-0000000000ab");
    }

    #[test]
    fn a_secret_is_not_told() {
        let s3 = S3 {
            bucket: "files".into(),
            region: "eu-west-2".into(),
            endpoint: None,
            keys: Some(("id".into(), "very secret".into())),
        };
        assert!(!format!("{s3:?}").contains("secret"));
    }
}
