//! How is a file taken in? Piece by piece into the storage, counted, hashed and looked at on the way.

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt};
use object_store::buffered::BufWriter;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::kinds::{HEAD, Mismatch, kind_of};
use super::{Files, Key, StorageError};

/// A file that is kept now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// What kind of file it is, as its content and its name both say.
    pub media_type: &'static str,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// Why a file was not kept.
#[derive(Debug)]
pub enum NotReceived {
    /// It holds nothing.
    Empty,
    /// It is longer than files may be here.
    TooLarge,
    /// It is not of a kind that is taken, or its name says otherwise than its content.
    Mismatch(Mismatch),
    /// It broke off before its end.
    BrokeOff,
    /// The storage did not take it.
    Storage(StorageError),
}

impl From<StorageError> for NotReceived {
    fn from(error: StorageError) -> Self {
        NotReceived::Storage(error)
    }
}

impl From<Mismatch> for NotReceived {
    fn from(mismatch: Mismatch) -> Self {
        NotReceived::Mismatch(mismatch)
    }
}

impl Files {
    /// Keeps a file that arrives in pieces, under a key. What is refused halfway is not there afterwards.
    ///
    /// # Errors
    /// As [`NotReceived`] says.
    pub async fn receive<S, E>(&self, key: Key, name: &str, chunks: S) -> Result<Received, NotReceived>
    where
        S: Stream<Item = Result<Bytes, E>>,
    {
        let mut writer = self.storage.writer(key);
        match self.written(&mut writer, name, chunks).await {
            Ok(received) => match writer.shutdown().await {
                Ok(()) => Ok(received),
                Err(error) => Err(NotReceived::Storage(error.into())),
            },
            Err(why) => {
                if let Err(error) = writer.abort().await {
                    log::warn!(target: "files", "what was refused stays until it is swept: {error}");
                }
                Err(why)
            }
        }
    }

    async fn written<S, E>(&self, writer: &mut BufWriter, name: &str, chunks: S) -> Result<Received, NotReceived>
    where
        S: Stream<Item = Result<Bytes, E>>,
    {
        let mut chunks = std::pin::pin!(chunks);
        let (mut sum, mut bytes, mut head) = (Sha256::new(), 0_u64, Vec::new());
        let mut kind = None;
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| NotReceived::BrokeOff)?;
            bytes = bytes.saturating_add(chunk.len() as u64);
            if bytes > self.most_bytes {
                return Err(NotReceived::TooLarge);
            }
            sum.update(&chunk);
            if kind.is_none() {
                head.extend_from_slice(&chunk);
                if head.len() >= HEAD {
                    kind = Some(kind_of(&head, name)?);
                }
            }
            writer.put(chunk).await.map_err(StorageError::from)?;
        }
        if bytes == 0 {
            return Err(NotReceived::Empty);
        }
        let kind = match kind {
            Some(kind) => kind,
            None => kind_of(&head, name)?,
        };
        Ok(Received { media_type: kind.media_type, bytes, sha256: hex::encode(sum.finalize()) })
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use futures_util::stream;

    use super::super::Settings;
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("ehc-files-{}", uuid::Uuid::new_v4())))
        }

        fn files(&self) -> Files {
            Files::open(&Settings { place: None, clamd: None, most_bytes: 12 * 1024 * 1024 }, &self.0).unwrap()
        }

        /// How many files there are in it, at any depth.
        fn count(&self) -> usize {
            fn below(dir: &std::path::Path) -> usize {
                let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
                entries.map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
            }
            below(&self.0)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(std::fs::remove_dir_all(&self.0));
        }
    }

    const KEY: Key = Key { authority: 311, file: uuid::Uuid::from_u128(7) };

    async fn sent(files: &Files, name: &str, chunks: Vec<Result<Bytes, ()>>) -> Result<Received, NotReceived> {
        files.receive(KEY, name, stream::iter(chunks)).await
    }

    /// A page in pieces of a mebibyte.
    fn page(mebibytes: usize, more: &'static [u8]) -> Vec<Result<Bytes, ()>> {
        let mut chunks = vec![Ok(Bytes::from_static(b"%PDF-1.7\n"))];
        chunks.extend((0..mebibytes).map(|_| Ok(Bytes::from(vec![b'x'; 1024 * 1024]))));
        chunks.push(Ok(Bytes::from_static(more)));
        chunks
    }

    #[actix_web::test]
    async fn a_file_longer_than_one_part_is_kept_whole() {
        let folder = Folder::new();
        let files = folder.files();
        let received = sent(&files, "page.pdf", page(11, b"")).await.unwrap();
        assert_eq!((received.media_type, received.bytes), ("application/pdf", 11 * 1024 * 1024 + 9));
        let mut sum = Sha256::new();
        let mut kept = files.read(KEY).await.unwrap();
        while let Some(chunk) = kept.next().await {
            sum.update(chunk.unwrap());
        }
        assert_eq!(hex::encode(sum.finalize()), received.sha256);
        files.remove(KEY).await.unwrap();
        files.remove(KEY).await.unwrap();
        assert!(files.read(KEY).await.is_err());
    }

    #[actix_web::test]
    async fn nothing_stays_of_what_is_too_long_breaks_off_or_is_of_another_kind() {
        let folder = Folder::new();
        let files = folder.files();
        let exactly = |more| (page(11, more), vec![b'x'; 1024 * 1024 - 9]);
        let (mut fits, last) = exactly(b"");
        fits.push(Ok(Bytes::from(last)));
        assert_eq!(sent(&files, "page.pdf", fits).await.unwrap().bytes, 12 * 1024 * 1024);
        files.remove(KEY).await.unwrap();
        let (mut longer, last) = exactly(b"x");
        longer.push(Ok(Bytes::from(last)));
        assert!(matches!(sent(&files, "page.pdf", longer).await, Err(NotReceived::TooLarge)));
        let mut broken = page(8, b"");
        broken.push(Err(()));
        assert!(matches!(sent(&files, "page.pdf", broken).await, Err(NotReceived::BrokeOff)));
        assert!(matches!(sent(&files, "page.docx", page(8, b"")).await, Err(NotReceived::Mismatch(_))));
        assert!(matches!(sent(&files, "page.pdf", vec![]).await, Err(NotReceived::Empty)));
        assert_eq!(folder.count(), 0);
    }
}
