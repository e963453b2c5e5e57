//! Is there a virus in a file? A ClamAV daemon is asked, piece by piece.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, ping, scan_stream};
use futures_util::stream::StreamExt;

use super::Chunks;

/// Where the daemon listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// `host:port`.
    Tcp(String),
    /// A unix socket.
    Socket(PathBuf),
}

/// What the daemon found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// A virus, or what else its signatures know.
    Infected,
}

/// Why there is no verdict; for the log.
#[derive(Debug)]
pub struct NotScanned(pub(super) String);

impl std::fmt::Display for NotScanned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How long the scan of one file may take.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Debug, Clone)]
pub(super) struct Scanner {
    at: Clamd,
}

impl Scanner {
    pub(super) fn new(at: Clamd) -> Self {
        Self { at }
    }

    pub(super) async fn scan(&self, chunks: Chunks) -> Result<Verdict, NotScanned> {
        let pieces = chunks.map(|chunk| chunk.map_err(io::Error::other));
        let asked = async {
            match &self.at {
                Clamd::Tcp(address) => scan_stream(pieces, Tcp { host_address: address.as_str() }, None).await,
                Clamd::Socket(path) => scan_stream(pieces, Socket { socket_path: path }, None).await,
            }
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => verdict(&answer),
            Ok(Err(error)) => Err(NotScanned(format!("clamd: {error}"))),
            Err(_) => Err(NotScanned(format!("clamd took more than {} seconds", PATIENCE.as_secs()))),
        }
    }

    pub(super) async fn answers(&self) -> bool {
        let answer = match &self.at {
            Clamd::Tcp(address) => ping(Tcp { host_address: address.as_str() }).await,
            Clamd::Socket(path) => ping(Socket { socket_path: path }).await,
        };
        answer.is_ok_and(|answer| answer == clamav_client::PONG)
    }
}

/// Only `stream: OK` is clean; what is neither that nor a find is no verdict, such as a file longer than the daemon takes.
fn verdict(answer: &[u8]) -> Result<Verdict, NotScanned> {
    let answer = answer.trim_ascii_end();
    let answer = answer.strip_suffix(b"\0").unwrap_or(answer).trim_ascii_end();
    if answer == b"stream: OK" {
        Ok(Verdict::Clean)
    } else if answer.starts_with(b"stream: ") && answer.ends_with(b" FOUND") {
        Ok(Verdict::Infected)
    } else {
        Err(NotScanned(format!("clamd said: {}", String::from_utf8_lossy(answer))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_word_of_the_daemon_is_a_verdict() {
        assert_eq!(verdict(b"stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(verdict(b"stream: Test.Signature.UNOFFICIAL FOUND\0").unwrap(), Verdict::Infected);
        for other in [&b""[..], b"INSTREAM size limit exceeded. ERROR\0", b"OK", b"stream: read error ERROR\0"] {
            assert!(verdict(other).is_err());
        }
    }
}
