//! Where are PostgreSQL's server binaries on this machine, and which of them do we use?

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Error;

/// The oldest major version we run on: 15 closed the `public` schema to ordinary roles.
pub const OLDEST: u32 = 15;

/// Places to look in beside `PATH`; `*` stands for any ending of that one name.
const PLACES: [&str; 7] = [
    "/usr/lib/postgresql/*/bin",                      // Debian, Ubuntu
    "/usr/pgsql-*/bin",                               // PostgreSQL's own packages for Fedora and RHEL
    "/usr/bin",                                       // Fedora, Arch
    "/usr/libexec/postgresql*",                       // Alpine
    "/opt/homebrew/opt/postgresql*/bin",              // Homebrew, Apple silicon
    "/usr/local/opt/postgresql*/bin",                 // Homebrew, Intel
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin", // Homebrew, Linux
];

/// The package managers we know, and what installs a server with each.
const INSTALLERS: [(&str, &str); 6] = [
    ("apt-get", "sudo apt-get install postgresql"),
    ("dnf", "sudo dnf install postgresql-server"),
    ("apk", "doas apk add postgresql"),
    ("pacman", "sudo pacman -S postgresql"),
    ("zypper", "sudo zypper install postgresql-server"),
    ("brew", "brew install postgresql@17"),
];

/// A directory with `postgres` and `initdb` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The directory.
    pub directory: PathBuf,
    /// The major version.
    pub major: u32,
}

/// The binaries to run. With `only`, those or an error; else the newest found, or those of the major that made the data in
/// `data` (its cluster being `made_by`), since no other can read it.
pub fn find(only: Option<&Path>, data: &Path, made_by: Option<u32>) -> Result<Binaries, Error> {
    let found = match only {
        Some(directory) => match inspect(directory) {
            Some(binaries) if binaries.major >= OLDEST => vec![binaries],
            _ => return Err(Error::NotBinaries { directory: directory.display().to_string() }),
        },
        None => candidates().iter().filter_map(|directory| inspect(directory)).collect(),
    };
    choose(found, data, made_by)
}

fn choose(mut found: Vec<Binaries>, data: &Path, made_by: Option<u32>) -> Result<Binaries, Error> {
    // The sort is stable: of two directories with one version, the one found first (PATH) stays first.
    found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    let (new, old): (Vec<_>, Vec<_>) = found.into_iter().partition(|binaries| binaries.major >= OLDEST);
    if new.is_empty() {
        return Err(Error::NoBinaries { too_old: majors(&old), install: install_command() });
    }
    let found = majors(&new);
    match made_by {
        None => new.into_iter().next(),
        Some(major) => new.into_iter().find(|binaries| binaries.major == major),
    }
    .ok_or_else(|| Error::OtherMajor { data: data.display().to_string(), made_by: made_by.unwrap_or_default(), found })
}

fn majors(found: &[Binaries]) -> Vec<u32> {
    let mut majors: Vec<u32> = found.iter().map(|binaries| binaries.major).collect();
    majors.dedup();
    majors
}

/// Directories that hold a `postgres`, symlinks resolved, each once.
fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = Vec::new();
    for directory in env::split_paths(&path).chain(PLACES.iter().flat_map(|place| expand(place))) {
        let Ok(postgres) = fs::canonicalize(directory.join("postgres")) else { continue };
        let Some(directory) = postgres.parent() else { continue };
        if !found.iter().any(|known| known == directory) {
            found.push(directory.to_owned());
        }
    }
    found
}

/// The existing directories a place with at most one `*` stands for.
fn expand(place: &str) -> Vec<PathBuf> {
    let Some((before, after)) = place.split_once('*') else { return vec![PathBuf::from(place)] };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join(after.trim_start_matches('/')))
        .collect()
}

/// What a directory holds, when it holds both programs and they run.
fn inspect(directory: &Path) -> Option<Binaries> {
    if !directory.join("initdb").exists() {
        return None;
    }
    let said = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
    let major = major_of_program(&String::from_utf8_lossy(&said.stdout))?;
    Some(Binaries { directory: directory.to_owned(), major })
}

/// The major version in what `postgres --version` prints.
fn major_of_program(said: &str) -> Option<u32> {
    leading_number(said.split_once("(PostgreSQL) ")?.1)
}

/// The major version in a cluster's `PG_VERSION`.
pub fn major_of_cluster(text: &str) -> Option<u32> {
    leading_number(text.trim())
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

fn install_command() -> String {
    let path = env::var_os("PATH").unwrap_or_default();
    installer_in(&path).unwrap_or("install PostgreSQL 15 or later from https://www.postgresql.org/download/").to_owned()
}

fn installer_in(path: &OsStr) -> Option<&'static str> {
    let present = |program: &str| env::split_paths(path).any(|directory| directory.join(program).exists());
    INSTALLERS.iter().find(|(program, _)| present(program)).map(|(_, command)| *command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(directory: &str, major: u32) -> Binaries {
        Binaries { directory: directory.into(), major }
    }

    #[test]
    fn the_major_is_read_from_what_packagers_make_postgres_print() {
        assert_eq!(major_of_program("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of_program("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_of_program("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_of_program("postgres (PostgreSQL) 9.6.24\n"), Some(9));
        assert_eq!(major_of_program("postgres: error while loading shared libraries\n"), None);
        assert_eq!(major_of_cluster("15\n"), Some(15));
        assert_eq!(major_of_cluster("9.6\n"), Some(9));
        assert_eq!(major_of_cluster(""), None);
    }

    #[test]
    fn a_new_cluster_gets_the_newest_and_the_first_of_equals() {
        let found = vec![of("/a", 15), of("/b", 17), of("/c", 17), of("/d", 14)];
        assert_eq!(choose(found, Path::new("/data"), None), Ok(of("/b", 17)));
    }

    #[test]
    fn an_existing_cluster_gets_the_major_that_made_it() {
        let found = vec![of("/a", 15), of("/b", 17)];
        assert_eq!(choose(found.clone(), Path::new("/data"), Some(15)), Ok(of("/a", 15)));
        let other = Error::OtherMajor { data: "/data".into(), made_by: 16, found: vec![17, 15] };
        assert_eq!(choose(found, Path::new("/data"), Some(16)), Err(other));
    }

    #[test]
    fn fifteen_is_new_enough_and_fourteen_is_not() {
        assert_eq!(choose(vec![of("/a", 15)], Path::new("/data"), None), Ok(of("/a", 15)));
        let refused = choose(vec![of("/a", 14), of("/b", 13)], Path::new("/data"), None);
        assert!(matches!(refused, Err(Error::NoBinaries { too_old, .. }) if too_old == [14, 13]));
    }

    #[test]
    fn a_star_stands_for_any_ending() {
        let here = env::temp_dir().join(format!("ehc-expand-{}", std::process::id()));
        for name in ["pgsql-15", "pgsql-16", "other"] {
            fs::create_dir_all(here.join(name).join("bin")).unwrap();
        }
        let mut found = expand(&format!("{}/pgsql-*/bin", here.display()));
        found.sort();
        assert_eq!(found, [here.join("pgsql-15/bin"), here.join("pgsql-16/bin")]);
        assert_eq!(expand("/nowhere/at/all-*/bin"), Vec::<PathBuf>::new());
        fs::remove_dir_all(here).unwrap();
    }

    #[test]
    fn an_override_without_binaries_is_refused_by_name() {
        let refused = find(Some(Path::new("/nowhere")), Path::new("/data"), None);
        assert_eq!(refused, Err(Error::NotBinaries { directory: "/nowhere".into() }));
    }
}
