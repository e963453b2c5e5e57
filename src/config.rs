//! Every environment variable, read once; everything that is wrong with them is said at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::access::Role;
use crate::api::access_log::LogFormat;
use crate::api::auth::{KeySource, Settings};
use crate::files::{self, Clamd, Place, S3};

/// A variable: its name, what it means, and what holds without it.
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What holds without it.
    pub default: &'static str,
}

const fn variable(name: &'static str, meaning: &'static str, default: &'static str) -> Variable {
    Variable { name, meaning, default }
}

/// Every variable, as the README prints them.
pub const VARIABLES: [Variable; 25] = [
    variable("DATABASE_URL", "PostgreSQL to use, as the role ehc_app", "the embedded PostgreSQL"),
    variable("DATABASE_OWNER_URL", "the same database as its owner, for `ehc migrate`", "DATABASE_URL"),
    variable(
        "EHC_DATA_DIR",
        "where the embedded PostgreSQL, development keys and uploaded files live",
        "the user's data directory",
    ),
    variable("EHC_PG_BIN", "folder of PostgreSQL's server binaries", "found on PATH and in the usual places"),
    variable("EHC_PG_USER", "user who runs PostgreSQL when started by root", "postgres, else nobody"),
    variable("EHC_LISTEN", "address and port to listen on", "127.0.0.1:8080"),
    variable("EHC_CONNECTIONS", "connections to PostgreSQL, 1 to 100", "8"),
    variable("EHC_ORIGINS", "web origins that may call the API, separated by commas", "none"),
    variable("EHC_LOG_FORMAT", "plain or json", "plain"),
    variable("EHC_LOG", "what to log, as env_logger reads it", "info"),
    variable("EHC_FILES", "folder in which uploaded files are kept", "`files` in the data directory"),
    variable("EHC_S3_BUCKET", "bucket in which uploaded files are kept instead", "none"),
    variable("EHC_S3_REGION", "the bucket's region", "eu-west-2"),
    variable("EHC_S3_ENDPOINT", "server of an object storage that speaks as S3 does", "Amazon's own"),
    variable("EHC_S3_KEYS", "access key and secret of the bucket, separated by a colon", "the machine's own role"),
    variable("EHC_UPLOAD_MIB", "MiB of one uploaded file, 1 to 1024; clamd's StreamMaxLength must be as much", "25"),
    variable("EHC_CLAMD", "ClamAV daemon that scans uploads: `host:port`, or the path of its socket", "none: nothing is scanned"),
    variable("EHC_ISSUER", "the identity provider's issuer", "development tokens"),
    variable("EHC_AUDIENCE", "the audience tokens are made for", "ehc-casework"),
    variable("EHC_JWKS_URL", "where the provider's keys are", "none"),
    variable("EHC_JWKS_FILE", "a file with the provider's keys", "none"),
    variable("EHC_CLAIM_ROLES", "path of the claim with the roles", "roles"),
    variable("EHC_CLAIM_AUTHORITY", "path of the claim with the authority's code", "authority"),
    variable("EHC_CLAIM_ORGANISATION", "path of the claim with the organisation", "organisation"),
    variable("EHC_ROLE_NAMES", "the provider's names for roles: `theirs=ours`, separated by commas", "ours"),
];

/// How this installation runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// PostgreSQL to use as the application's role; none: the embedded one.
    pub database_url: Option<String>,
    /// The same as its owner.
    pub database_owner_url: Option<String>,
    /// Where the embedded PostgreSQL and development keys live, when told.
    pub data_dir: Option<PathBuf>,
    /// PostgreSQL's server binaries, when told.
    pub pg_bin: Option<PathBuf>,
    /// Who runs PostgreSQL when started by root, when told.
    pub pg_user: Option<String>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Connections to PostgreSQL.
    pub connections: u32,
    /// Web origins that may call the API.
    pub origins: Vec<String>,
    /// How the access log is written.
    pub log_format: LogFormat,
    /// What to log.
    pub log: String,
    /// How uploaded files are kept and scanned.
    pub files: files::Settings,
    /// A real identity provider; none: development tokens.
    pub auth: Option<Settings>,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Everything that is wrong, one sentence each.
    pub fn from_env() -> Result<Self, Vec<String>> {
        Self::from(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads variables from anywhere.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn from(read: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let listen = parsed(&read, &mut problems, "EHC_LISTEN", "an address and port such as 127.0.0.1:8080")
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let connections = parsed(&read, &mut problems, "EHC_CONNECTIONS", "a number from 1 to 100").unwrap_or(8);
        if !(1..=100).contains(&connections) {
            problems.push("EHC_CONNECTIONS must be a number from 1 to 100.".into());
        }
        let log_format = match read("EHC_LOG_FORMAT").as_deref() {
            None | Some("plain") => LogFormat::Plain,
            Some("json") => LogFormat::Json,
            Some(_) => {
                problems.push("EHC_LOG_FORMAT must be plain or json.".into());
                LogFormat::Plain
            }
        };
        let files = files_settings(&read, &mut problems);
        let auth = auth(&read, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            database_url: read("DATABASE_URL"),
            database_owner_url: read("DATABASE_OWNER_URL").or_else(|| read("DATABASE_URL")),
            data_dir: read("EHC_DATA_DIR").map(PathBuf::from),
            pg_bin: read("EHC_PG_BIN").map(PathBuf::from),
            pg_user: read("EHC_PG_USER"),
            listen,
            connections,
            origins: list(read("EHC_ORIGINS")),
            log_format,
            log: read("EHC_LOG").unwrap_or_else(|| "info".into()),
            files,
            auth,
        })
    }
}

fn parsed<T: std::str::FromStr>(
    read: &impl Fn(&str) -> Option<String>,
    problems: &mut Vec<String>,
    name: &str,
    what: &str,
) -> Option<T> {
    let text = read(name)?;
    let value = text.parse().ok();
    if value.is_none() {
        problems.push(format!("{name} must be {what}."));
    }
    value
}

fn files_settings(read: &impl Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> files::Settings {
    let (folder, bucket) = (read("EHC_FILES"), read("EHC_S3_BUCKET"));
    let (region, endpoint, keys) = (read("EHC_S3_REGION"), read("EHC_S3_ENDPOINT"), read("EHC_S3_KEYS"));
    if bucket.is_none() && (region.is_some() || endpoint.is_some() || keys.is_some()) {
        problems.push("EHC_S3_REGION, EHC_S3_ENDPOINT and EHC_S3_KEYS speak of a bucket: set EHC_S3_BUCKET.".into());
    }
    let keys = keys.and_then(|pair| {
        let pair = pair.split_once(':').map(|(key, secret)| (key.to_owned(), secret.to_owned()));
        if pair.is_none() {
            problems.push("EHC_S3_KEYS must be an access key, a colon and its secret.".into());
        }
        pair
    });
    let place = match (folder, bucket) {
        (Some(_), Some(_)) => {
            problems.push("Set EHC_FILES or EHC_S3_BUCKET, not both.".into());
            None
        }
        (Some(folder), None) => Some(Place::Directory(PathBuf::from(folder))),
        (None, Some(bucket)) => {
            Some(Place::S3(S3 { bucket, region: region.unwrap_or_else(|| "eu-west-2".into()), endpoint, keys }))
        }
        (None, None) => None,
    };
    let most = parsed(read, problems, "EHC_UPLOAD_MIB", "a number from 1 to 1024").unwrap_or(25_u64);
    if !(1..=1024).contains(&most) {
        problems.push("EHC_UPLOAD_MIB must be a number from 1 to 1024.".into());
    }
    let clamd = read("EHC_CLAMD").map(|at| if at.starts_with('/') { Clamd::Socket(at.into()) } else { Clamd::Tcp(at) });
    if matches!(&clamd, Some(Clamd::Tcp(at)) if at.rsplit_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_err())) {
        problems.push("EHC_CLAMD must be a host and port such as 127.0.0.1:3310, or the path of a socket.".into());
    }
    files::Settings { place, clamd, most_bytes: most.saturating_mul(1024 * 1024) }
}

fn list(text: Option<String>) -> Vec<String> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn auth(read: &impl Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Option<Settings> {
    let issuer = read("EHC_ISSUER");
    let keys = match (read("EHC_JWKS_URL"), read("EHC_JWKS_FILE")) {
        (Some(url), None) => Some(KeySource::Url(url)),
        (None, Some(file)) => Some(KeySource::File(PathBuf::from(file))),
        (None, None) => None,
        (Some(_), Some(_)) => {
            problems.push("Set EHC_JWKS_URL or EHC_JWKS_FILE, not both.".into());
            return None;
        }
    };
    let (issuer, keys) = match (issuer, keys) {
        (None, None) => return None,
        (Some(issuer), Some(keys)) => (issuer, keys),
        (Some(_), None) => {
            problems.push("EHC_ISSUER needs the provider's keys: set EHC_JWKS_URL or EHC_JWKS_FILE.".into());
            return None;
        }
        (None, Some(_)) => {
            problems.push("The provider's keys need its name: set EHC_ISSUER.".into());
            return None;
        }
    };
    let mut settings = Settings::new(keys, issuer, read("EHC_AUDIENCE").unwrap_or_else(|| "ehc-casework".into()));
    if let Some(path) = read("EHC_CLAIM_ROLES") {
        settings.claims.roles = path;
    }
    if let Some(path) = read("EHC_CLAIM_AUTHORITY") {
        settings.claims.authority = path;
    }
    if let Some(path) = read("EHC_CLAIM_ORGANISATION") {
        settings.claims.organisation = path;
    }
    let names = role_names(list(read("EHC_ROLE_NAMES")), problems);
    if !names.is_empty() {
        settings.role_names = names;
    }
    problems.extend(settings.problems());
    Some(settings)
}

fn role_names(pairs: Vec<String>, problems: &mut Vec<String>) -> BTreeMap<String, Role> {
    let mut names = BTreeMap::new();
    for pair in pairs {
        match pair.split_once('=').map(|(theirs, ours)| (theirs.trim(), ours.trim().parse())) {
            Some((theirs, Ok(ours))) => {
                names.insert(theirs.to_owned(), ours);
            }
            _ => problems.push("EHC_ROLE_NAMES must be pairs such as `SEN Officer=case_worker`, separated by commas.".into()),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::from(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_empty_environment_is_a_working_one() {
        let config = config(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.auth.is_none() && config.database_url.is_none());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let problems = config(&[
            ("EHC_LISTEN", "here"),
            ("EHC_CONNECTIONS", "0"),
            ("EHC_LOG_FORMAT", "xml"),
            ("EHC_ISSUER", "x"),
            ("EHC_UPLOAD_MIB", "0"),
            ("EHC_CLAMD", "here"),
            ("EHC_S3_KEYS", "key"),
        ])
        .unwrap_err();
        for name in [
            "EHC_LISTEN",
            "EHC_CONNECTIONS",
            "EHC_LOG_FORMAT",
            "EHC_JWKS_URL",
            "EHC_UPLOAD_MIB",
            "EHC_CLAMD",
            "EHC_S3_BUCKET",
            "EHC_S3_KEYS",
        ] {
            assert!(problems.iter().any(|problem| problem.contains(name)), "{name}: {problems:?}");
        }
    }

    #[test]
    fn files_are_kept_in_a_folder_or_a_bucket_and_scanned_where_a_daemon_is_named() {
        let files = |pairs: &[(&str, &str)]| config(pairs).unwrap().files;
        let none = files(&[]);
        assert_eq!((none.place, none.clamd, none.most_bytes), (None, None, 25 * 1024 * 1024));
        assert_eq!(files(&[("EHC_FILES", "/srv/files")]).place, Some(Place::Directory("/srv/files".into())));
        let bucket = S3 {
            bucket: "files".into(),
            region: "eu-west-2".into(),
            endpoint: Some("http://127.0.0.1:9000".into()),
            keys: Some(("key".into(), "a:secret".into())),
        };
        let named = [("EHC_S3_BUCKET", "files"), ("EHC_S3_ENDPOINT", "http://127.0.0.1:9000"), ("EHC_S3_KEYS", "key:a:secret")];
        assert_eq!(files(&named).place, Some(Place::S3(bucket)));
        assert_eq!(files(&[("EHC_CLAMD", "clamd:3310")]).clamd, Some(Clamd::Tcp("clamd:3310".into())));
        let socket = "/run/clamav/clamd.ctl";
        assert_eq!(files(&[("EHC_CLAMD", socket)]).clamd, Some(Clamd::Socket(socket.into())));
        assert!(config(&[("EHC_FILES", "/srv/files"), ("EHC_S3_BUCKET", "files")]).is_err());
    }

    #[test]
    fn every_variable_that_is_read_is_listed() {
        let asked = std::cell::RefCell::new(std::collections::BTreeSet::new());
        let read = |name: &str| {
            asked.borrow_mut().insert(name.to_owned());
            match name {
                "EHC_ISSUER" => Some("https://login.example".to_owned()),
                "EHC_JWKS_URL" => Some("https://login.example/keys".to_owned()),
                _ => None,
            }
        };
        Config::from(read).unwrap();
        let listed: std::collections::BTreeSet<_> = VARIABLES.iter().map(|v| v.name.to_owned()).collect();
        assert_eq!(*asked.borrow(), listed);
    }
}
