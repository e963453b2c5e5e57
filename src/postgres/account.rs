//! As which system user does the server run? PostgreSQL refuses to run as root, so root hands it to somebody else.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use rustix::process::geteuid;

use super::Error;
use super::error::{failed, failed_at};

/// The user that runs the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Other than ourselves: user and group ids.
    other: Option<(u32, u32)>,
}

impl Account {
    /// We ourselves, unless we are root. Then whoever owns the existing cluster, else the `wanted` user, else `postgres`,
    /// else `nobody`.
    pub fn choose(cluster: &Path, wanted: Option<&str>) -> Result<Self, Error> {
        let owner = fs::metadata(cluster).ok().map(|metadata| (metadata.uid(), metadata.gid()));
        if !geteuid().is_root() {
            return match owner {
                Some((uid, _)) if uid != geteuid().as_raw() => Err(Error::Foreign { cluster: cluster.display().to_string() }),
                _ => Ok(Self { other: None }),
            };
        }
        let other = match (owner, wanted) {
            (Some(ids), _) => Some(ids),
            (None, Some(name)) => ids_of(name),
            (None, None) => ids_of("postgres").or_else(|| ids_of("nobody")),
        };
        match other {
            Some((uid, gid)) if uid != 0 => Ok(Self { other: Some((uid, gid)) }),
            _ => Err(Error::NoAccount { user: wanted.unwrap_or("postgres").to_owned() }),
        }
    }

    /// Makes a command run as this user. The standard library drops root's other groups with it.
    pub fn runs(&self, command: &mut Command) {
        if let Some((uid, gid)) = self.other {
            command.uid(uid).gid(gid);
        }
    }

    /// Gives a directory to this user, closed to everybody else.
    pub fn owns(&self, directory: &Path) -> Result<(), Error> {
        if let Some((uid, gid)) = self.other {
            chown(directory, Some(uid), Some(gid)).map_err(failed_at("change the owner of", directory))?;
        }
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700)).map_err(failed_at("close", directory))
    }

    /// Whether a directory is this user's.
    pub fn is_owner_of(&self, metadata: &fs::Metadata) -> bool {
        let uid = self.other.map_or_else(|| geteuid().as_raw(), |(uid, _)| uid);
        metadata.uid() == uid
    }

    /// Checks that another user than ourselves may pass through every directory on the way.
    pub fn may_enter(&self, directory: &Path) -> Result<(), Error> {
        let Some((uid, _)) = self.other else { return Ok(()) };
        for ancestor in directory.ancestors() {
            let metadata = fs::metadata(ancestor).map_err(failed_at("look at", ancestor))?;
            let needed = if metadata.uid() == uid { 0o100 } else { 0o001 };
            if metadata.mode() & needed == 0 {
                let user = name_of(uid).unwrap_or_else(|| uid.to_string());
                return Err(Error::NotTraversable { directory: ancestor.display().to_string(), user });
            }
        }
        Ok(())
    }
}

/// The name of the user we are, as the server will see it on the socket.
pub fn own_name() -> Result<String, Error> {
    let uid = geteuid().as_raw();
    name_of(uid).ok_or_else(|| failed("find the name of this user")(format!("the system has none for user id {uid}")))
}

fn ids_of(name: &str) -> Option<(u32, u32)> {
    Some((id(&["-u", name])?.parse().ok()?, id(&["-g", name])?.parse().ok()?))
}

fn name_of(uid: u32) -> Option<String> {
    id(&["-un", &uid.to_string()])
}

/// Asks `id`, which knows directory services as well as `/etc/passwd`.
fn id(arguments: &[&str]) -> Option<String> {
    let said = Command::new("id").args(arguments).output().ok().filter(|said| said.status.success())?;
    Some(String::from_utf8(said.stdout).ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids_agree() {
        assert_eq!(ids_of("root"), Some((0, 0)));
        assert_eq!(name_of(0).as_deref(), Some("root"));
        assert_eq!(ids_of("no such user"), None);
    }

    #[test]
    fn the_account_is_never_root() {
        match Account::choose(Path::new("/nowhere"), Some("root")) {
            Ok(account) => assert_eq!(account.other, None),
            Err(error) => assert_eq!(error, Error::NoAccount { user: "root".into() }),
        }
    }

    #[test]
    fn a_closed_directory_on_the_way_is_named() {
        let here = std::env::temp_dir().join(format!("ehc-enter-{}", std::process::id()));
        fs::create_dir_all(here.join("closed/inner")).unwrap();
        fs::set_permissions(here.join("closed"), fs::Permissions::from_mode(0o700)).unwrap();
        let stranger = Account { other: Some((65533, 65533)) };
        let refused = stranger.may_enter(&here.join("closed/inner"));
        assert!(
            matches!(refused, Err(Error::NotTraversable { directory, .. }) if directory == here.join("closed").display().to_string())
        );
        assert_eq!(Account { other: None }.may_enter(&here.join("closed/inner")), Ok(()));
        fs::remove_dir_all(here).unwrap();
    }
}
