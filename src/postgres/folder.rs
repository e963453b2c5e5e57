//! What lies where in the data directory, and who may enter it?
//!
//! ```text
//! cluster/        PostgreSQL's data directory, of the user that runs the server
//! run/            the socket, likewise (in /tmp when the path would be too long for a socket)
//! hba.conf ident.conf   who may connect, written at each start
//! guard.lock server.lock   see `lock`
//! postgres.log    what the server says
//! ```

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::process::geteuid;
use sha2::{Digest, Sha256};

use super::Error;
use super::account::Account;
use super::error::{failed, failed_at};

/// The longest directory a socket may lie in: its whole path must fit 103 bytes on every system, and ends in
/// `/.s.PGSQL.5432`.
const LONGEST_SOCKET_DIRECTORY: usize = 85;
/// A log larger than this, in bytes, makes room at the next start.
const LARGE_LOG: u64 = 10 * 1024 * 1024;

/// A data directory.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    ephemeral: bool,
}

impl Folder {
    /// The data directory at `root`, made when missing.
    pub fn kept(root: PathBuf) -> Result<Self, Error> {
        make(&root)?;
        Ok(Self { root, ephemeral: false })
    }

    /// A new one among the temporary files.
    pub fn temporary() -> Result<Self, Error> {
        let root = env::temp_dir().join(format!("ehc-{:08x}", rand::random::<u32>()));
        create(&root).map_err(failed_at("make", &root))?;
        Ok(Self { root, ephemeral: true })
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether it is removed at the end.
    pub fn is_ephemeral(&self) -> bool {
        self.ephemeral
    }

    /// PostgreSQL's data directory.
    pub fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// Where a cluster is made before it takes its place, so that a half-made one is never mistaken for a cluster.
    pub fn unfinished_cluster(&self) -> PathBuf {
        self.root.join("cluster.new")
    }

    /// The guard's lock.
    pub fn guard_lock(&self) -> PathBuf {
        self.root.join("guard.lock")
    }

    /// The server's lock.
    pub fn server_lock(&self) -> PathBuf {
        self.root.join("server.lock")
    }

    /// Who may connect.
    pub fn hba(&self) -> PathBuf {
        self.root.join("hba.conf")
    }

    /// Which system user may connect as which role.
    pub fn ident(&self) -> PathBuf {
        self.root.join("ident.conf")
    }

    /// What the server says.
    pub fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// Opens the log at its end; a large one is put aside first, replacing the one put aside before.
    pub fn open_log(&self) -> Result<File, Error> {
        let path = self.log();
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.len() > LARGE_LOG) {
            fs::rename(&path, self.root.join("postgres.log.1")).map_err(failed_at("put aside", &path))?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true).mode(0o600).custom_flags(OFlags::NOFOLLOW.bits() as i32);
        options.open(&path).map_err(failed_at("open", &path))
    }

    /// The socket's directory, made when missing, of the account and closed to others.
    pub fn socket(&self, account: &Account) -> Result<PathBuf, Error> {
        let path = self.socket_path();
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => account.owns(&path)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                // In /tmp somebody else may have taken the name.
                let metadata = fs::symlink_metadata(&path).map_err(failed_at("look at", &path))?;
                if !metadata.is_dir() || metadata.mode() & 0o077 != 0 || !account.is_owner_of(&metadata) {
                    return Err(failed_at("use", &path)(ErrorKind::PermissionDenied.into()));
                }
            }
            Err(error) => return Err(failed_at("make", &path)(error)),
        }
        Ok(path)
    }

    fn socket_path(&self) -> PathBuf {
        let inside = self.root.join("run");
        if inside.as_os_str().len() <= LONGEST_SOCKET_DIRECTORY {
            return inside;
        }
        let name = hex::encode(&Sha256::digest(self.root.as_os_str().as_encoded_bytes())[..6]);
        Path::new("/tmp").join(format!("ehc-{name}"))
    }

    /// Removes what must not stay: of a temporary folder everything, of a kept one the socket directory outside it.
    pub fn leave(&self) -> Result<(), Error> {
        let socket = self.socket_path();
        if !socket.starts_with(&self.root) {
            remove(&socket)?;
        }
        if self.ephemeral { remove(&self.root) } else { Ok(()) }
    }
}

/// Removes a directory and what is in it, if it is there.
pub fn remove(directory: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed_at("remove", directory)(error)),
        _ => Ok(()),
    }
}

/// Makes the directory and those above it that are missing, so that the server's user can pass when we are root.
fn make(root: &Path) -> Result<(), Error> {
    if let Some(above) = root.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(if geteuid().is_root() { 0o755 } else { 0o700 })
            .create(above)
            .map_err(failed_at("make", above))?;
    }
    match create(root) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(failed_at("make", root)(error)),
        _ => Ok(()),
    }
}

/// Makes one data directory. Root's stays root's, and the server's user may pass through to what is its own; no other needs to.
fn create(root: &Path) -> std::io::Result<()> {
    DirBuilder::new().mode(if geteuid().is_root() { 0o711 } else { 0o700 }).create(root)
}

/// See [`super::Options::default_data_dir`]. As the XDG specification says, a relative `XDG_DATA_HOME` is ignored.
pub fn default_data_dir(root: bool, data_home: Option<PathBuf>, home: Option<PathBuf>) -> Result<PathBuf, Error> {
    if root {
        return Ok("/var/lib/ehc-casework".into());
    }
    let data_home = data_home.filter(|path| path.is_absolute());
    let home = home.filter(|path| path.is_absolute()).map(|home| home.join(".local/share"));
    data_home.or(home).map(|base| base.join("ehc-casework")).ok_or(Error::NoHome)
}

/// The path as text; connection URLs and reports carry no other.
pub fn text(path: &Path) -> Result<String, Error> {
    path.to_str().map(str::to_owned).ok_or_else(|| failed("use a path")(format!("{} is not UTF-8", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_lies_where_xdg_says_and_roots_where_others_may_pass() {
        let at = |root, xdg: Option<&str>, home: Option<&str>| default_data_dir(root, xdg.map(Into::into), home.map(Into::into));
        assert_eq!(at(false, Some("/x"), Some("/home/a")), Ok("/x/ehc-casework".into()));
        assert_eq!(at(false, Some("relative"), Some("/home/a")), Ok("/home/a/.local/share/ehc-casework".into()));
        assert_eq!(at(false, None, Some("/home/a")), Ok("/home/a/.local/share/ehc-casework".into()));
        assert_eq!(at(false, None, None), Err(Error::NoHome));
        assert_eq!(at(true, Some("/x"), Some("/root")), Ok("/var/lib/ehc-casework".into()));
    }

    #[test]
    fn a_socket_lies_inside_up_to_the_last_byte_that_fits_and_in_tmp_beyond() {
        let of = |length: usize| Folder { root: PathBuf::from(format!("/{}", "d".repeat(length - 1))), ephemeral: false };
        let fits = of(LONGEST_SOCKET_DIRECTORY - "/run".len());
        assert_eq!(fits.socket_path(), fits.root.join("run"));
        let long = of(LONGEST_SOCKET_DIRECTORY - "/run".len() + 1);
        assert!(long.socket_path().starts_with("/tmp"));
        assert_eq!(long.socket_path(), of(LONGEST_SOCKET_DIRECTORY - "/run".len() + 1).socket_path());
        assert_ne!(long.socket_path(), of(LONGEST_SOCKET_DIRECTORY - "/run".len() + 2).socket_path());
    }

    #[test]
    fn a_temporary_folder_leaves_nothing() {
        let folder = Folder::temporary().unwrap();
        fs::write(folder.log(), "x").unwrap();
        folder.leave().unwrap();
        assert!(!folder.root().exists());
    }
}
