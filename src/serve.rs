//! How the server starts and stops: PostgreSQL, the app around it, the work beside it.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use actix_web::{HttpServer, web};
use uuid::Uuid;

use crate::access::{AuthorityId, system_permit};
use crate::api::app::{Habits, Parts, build};
use crate::api::auth::{Authorities, Settings, Verifier, development};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::files::Files;
use crate::postgres::{self, Data, Embedded, Options};
use crate::service::{self, documents, integrity};
use crate::store::{directory, migrations};

/// Why it did not start, in words for whoever started it, with the exit code of sysexits.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong and what to do.
    pub words: String,
    /// The exit code.
    pub code: u8,
}

impl Failure {
    /// Something is set wrongly (EX_CONFIG).
    pub fn config(words: impl ToString) -> Self {
        Self { words: words.to_string(), code: 78 }
    }

    /// Something needed is not there (EX_UNAVAILABLE).
    pub fn unavailable(words: impl ToString) -> Self {
        Self { words: words.to_string(), code: 69 }
    }

    /// Something went wrong inside (EX_SOFTWARE).
    pub fn software(words: impl ToString) -> Self {
        Self { words: words.to_string(), code: 70 }
    }
}

/// The database a process works on; the embedded server stops when this is dropped.
pub struct Database {
    /// For migrating, where known.
    pub owner_url: String,
    /// For everything else.
    pub app_url: String,
    embedded: Option<Embedded>,
    /// A folder of this process alone, removed with it.
    temporary: Option<PathBuf>,
}

impl Database {
    /// The database the configuration names, or the embedded one under this name, brought up to date.
    ///
    /// # Errors
    /// When there is no PostgreSQL, or it is not as it must be.
    pub fn open(config: &Config, name: &str, ephemeral: bool) -> Result<Self, Failure> {
        if let Some(app_url) = config.database_url.clone().filter(|_| !ephemeral) {
            let faults = postgres::faults_of_app(&app_url).map_err(Failure::unavailable)?;
            if !faults.is_empty() {
                return Err(Failure::config(faults.join("\n")));
            }
            if !migrations::is_current(&app_url).map_err(Failure::unavailable)? {
                return Err(Failure::config("The database is not up to date. Run: ehc migrate"));
            }
            let owner_url = config.database_owner_url.clone().unwrap_or_default();
            return Ok(Self { owner_url, app_url, embedded: None, temporary: None });
        }
        let data = if ephemeral { Data::Ephemeral } else { Data::Kept(data_dir(config)?) };
        let guard = std::env::current_exe().map_err(Failure::software)?;
        let options = Options { binaries: config.pg_bin.clone(), user: config.pg_user.clone(), ..Options::new(data, guard) };
        let embedded = Embedded::start(options).map_err(Failure::unavailable)?;
        embedded.create_database(name).map_err(Failure::unavailable)?;
        let (owner_url, app_url) = (embedded.owner_url(name), embedded.app_url(name));
        migrations::run(&owner_url).map_err(Failure::software)?;
        let temporary = ephemeral.then(|| std::env::temp_dir().join(format!("ehc-files-{}", Uuid::new_v4())));
        Ok(Self { owner_url, app_url, embedded: Some(embedded), temporary })
    }

    /// Where uploaded files are kept, and who scans them: beside the database, a temporary one's in a temporary folder.
    ///
    /// # Errors
    /// When the place cannot be used.
    pub fn files(&self, config: &Config) -> Result<Files, Failure> {
        let mut settings = config.files.clone();
        let folder = match (&self.temporary, &settings.place) {
            (Some(folder), _) => {
                settings.place = None;
                folder.clone()
            }
            // The place that is named is used; no home is needed for another.
            (None, Some(_)) => PathBuf::new(),
            (None, None) => data_dir(config)?.join("files"),
        };
        Files::open(&settings, &folder).map_err(Failure::config)
    }

    /// Stops the embedded server, if there is one.
    pub fn close(self) {
        if let Some(Err(error)) = self.temporary.filter(|folder| folder.exists()).map(std::fs::remove_dir_all) {
            log::warn!("the temporary files were not removed: {error}");
        }
        if let Some(Err(error)) = self.embedded.map(Embedded::stop) {
            log::warn!("PostgreSQL did not stop as it should: {error}");
        }
    }
}

/// Where the embedded PostgreSQL and the development keys live.
///
/// # Errors
/// When the user has no home and the configuration names no directory.
pub fn data_dir(config: &Config) -> Result<PathBuf, Failure> {
    match &config.data_dir {
        Some(dir) => Ok(dir.clone()),
        None => Options::default_data_dir().map_err(Failure::config),
    }
}

/// The development keys of this machine; none when a real identity provider is configured.
///
/// # Errors
/// When the keys cannot be read or made, or a real provider is configured.
pub fn development_keys(config: &Config) -> Result<development::Keys, Failure> {
    let dir = data_dir(config)?.join("keys");
    std::fs::create_dir_all(&dir).map_err(|error| Failure::config(format!("{}: {error}", dir.display())))?;
    development::Keys::load_or_create(&dir, config.auth.as_ref().map(|auth| auth.issuer.as_str())).map_err(Failure::config)
}

/// How tokens are checked.
///
/// # Errors
/// As [`development_keys`], where no provider is configured.
pub fn auth_settings(config: &Config) -> Result<Settings, Failure> {
    match &config.auth {
        Some(settings) => Ok(settings.clone()),
        None => Ok(development_keys(config)?.settings()),
    }
}

/// The authorities kept here, by the Department's codes; read again each minute.
pub struct Known(RwLock<HashMap<String, AuthorityId>>);

impl Authorities for Known {
    fn by_code(&self, code: &str) -> Option<AuthorityId> {
        self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(code).copied()
    }
}

impl Known {
    /// The authorities as they are now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn load(db: &Db) -> Result<Self, service::Error> {
        let known = Self(RwLock::default());
        known.reload(db)?;
        Ok(known)
    }

    fn reload(&self, db: &Db) -> Result<(), service::Error> {
        // The directory of authorities belongs to none of them.
        let nobody = system_permit(AuthorityId(0), Uuid::now_v7());
        let codes = db.read_now(&nobody, |tx| directory::codes(tx).map_err(service::Error::from))?;
        let map = codes.into_iter().map(|(code, id)| (code, AuthorityId(id))).collect();
        *self.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = map;
        Ok(())
    }

    fn all(&self) -> Vec<AuthorityId> {
        let mut ids: Vec<_> = self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner()).values().copied().collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// Serves until it is told to stop; what is being answered is finished first.
///
/// # Errors
/// When the address cannot be listened on, or the contract cannot be written.
pub fn run(config: &Config, db: &Db, files: &Files, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), Failure> {
    let listener = TcpListener::bind(listen).map_err(|error| Failure::unavailable(format!("{listen}: {error}")))?;
    let address = listener.local_addr().map_err(Failure::unavailable)?;
    let settings = auth_settings(config)?;
    let verifier = Verifier::new(settings, db.clock().clone()).map_err(Failure::config)?;
    let authorities = Arc::new(Known::load(db).map_err(|error| Failure::unavailable(format!("{error:?}")))?);
    for authority in authorities.all() {
        let permit = system_permit(authority, Uuid::now_v7());
        if integrity::bring_up_to_date(db, &permit).map_err(|error| Failure::software(format!("{error:?}")))? {
            log::info!(
                "authority {authority}: views and dates were made anew with this version of the program and of the law register"
            );
        }
    }
    let parts = Parts {
        db: db.clone(),
        verifier: web::Data::new(verifier),
        authorities: Arc::clone(&authorities) as Arc<dyn Authorities>,
        files: files.clone(),
        habits: Habits { origins: config.origins.clone(), log: config.log_format },
    };
    actix_web::rt::System::new().block_on(async move {
        let beside = actix_web::rt::spawn(each_minute(db.clone(), Arc::clone(&authorities)));
        let keeping = actix_web::rt::spawn(keep_files(db.clone(), files.clone(), authorities));
        let server = HttpServer::new(move || match build(&parts) {
            Ok(app) => app,
            // The contract was written once when `ehc openapi` made the committed file; a test keeps the two equal.
            Err(error) => unreachable!("the contract cannot be written: {error}"),
        })
        .workers(std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 16)))
        .shutdown_timeout(10)
        .listen(listener)
        .map_err(Failure::unavailable)?
        .run();
        ready(address);
        let ended = server.await.map_err(Failure::software);
        beside.abort();
        keeping.abort();
        ended
    })
}

/// What is done beside answering: the trail is sealed, the directory of authorities read again.
async fn each_minute(db: Db, authorities: Arc<Known>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    minutes.tick().await;
    loop {
        minutes.tick().await;
        let (db, authorities) = (db.clone(), Arc::clone(&authorities));
        let done = tokio::task::spawn_blocking(move || {
            authorities.reload(&db)?;
            for authority in authorities.all() {
                db.write_now(&system_permit(authority, Uuid::now_v7()), integrity::seal_trail)?;
            }
            Ok::<_, service::Error>(())
        });
        if let Ok(Err(error)) = done.await {
            log::warn!(target: "jobs", "sealing waits for the next minute: {error:?}");
        }
    }
}

/// What is done with files beside answering: those that wait are scanned, those that nobody filed are removed. Once at the start,
/// for what an earlier run left, then each minute.
async fn keep_files(db: Db, files: Files, authorities: Arc<Known>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        for authority in authorities.all() {
            let permit = system_permit(authority, Uuid::now_v7());
            let swept = documents::sweep(&db, &files, &permit).await;
            let scanned = documents::scan_waiting(&db, &files, &permit).await;
            for error in [swept, scanned].into_iter().filter_map(Result::err) {
                log::warn!(target: "files", "files of authority {authority} wait for the next minute: {error:?}");
            }
        }
    }
}

/// Whether something answers at the address: for health checks of containers.
#[must_use]
pub fn answers(listen: SocketAddr) -> bool {
    let host = if listen.ip().is_unspecified() { format!("127.0.0.1:{}", listen.port()) } else { listen.to_string() };
    ureq::get(format!("http://{host}/health/live")).call().is_ok()
}

/// A database, its clock and its randomness as production has them.
#[must_use]
pub fn connect(config: &Config, database: &Database) -> Db {
    let limits = crate::db::Limits { connections: config.connections, ..Default::default() };
    Db::new(&database.app_url, limits, Clock::system(), crate::chance::Chance::system())
}
