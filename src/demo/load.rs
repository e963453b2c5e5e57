//! How does the demonstration come into a database? As the requests the service would have served, entered in their order.
//!
//! Everything is one transaction: who interrupts it finds the database as it was, and can start again.

use std::fmt;

use chrono::NaiveDate;
use indicatif::ProgressBar;
use uuid::Uuid;

use super::ledger::Ledger;
use super::tale::Tale;
use crate::access::{Ask, NotPermitted, system_permit};
use crate::chance::Chance;
use crate::db::{self, Db};
use crate::record::codes::Malformed;
use crate::record::{AuthorityId, NotAnOrganisation};
use crate::service;
use crate::store::directory;

/// What to load.
#[derive(Debug, Clone)]
pub struct Options {
    /// The id the authority is to have here.
    pub authority: AuthorityId,
    /// The Department's code of the authority, whose published years the counts must equal.
    pub code: u16,
    /// How many live cases beside them.
    pub live_cases: u32,
    /// What everything drawn at random is drawn from.
    pub seed: u64,
    /// The day of the demonstration; the record ends with the last working day before it.
    pub today: NaiveDate,
    /// The issuer of the tokens that name the staff.
    pub issuer: String,
}

/// What is drawn at random, each from a sequence of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drawn {
    Histories,
    IdsAndKeys,
    Instants,
}

impl Options {
    pub(super) fn seed_of(&self, drawn: Drawn) -> u64 {
        let authority = u64::from(self.code);
        match drawn {
            // The histories mix the authority in themselves.
            Drawn::Histories => self.seed,
            Drawn::IdsAndKeys => self.seed ^ (authority << 16),
            Drawn::Instants => self.seed ^ (authority << 24),
        }
    }
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The authority's name.
    pub name: &'static str,
    /// The Department's code of it.
    pub code: String,
    /// How many children, each with one case.
    pub children: usize,
    /// How many entries the journal has.
    pub entries: i64,
    /// The last hash of the journal, in hexadecimal: the same for the same options.
    pub head: String,
}

/// Why nothing was loaded.
#[derive(Debug)]
pub enum Error {
    /// The authority is there already.
    AlreadyHere(&'static str),
    /// Something invented is not well formed, such as a postcode.
    Malformed(Malformed),
    /// An organisation invented is none.
    NotAnOrganisation,
    /// The policy does not let the sender of a request ask for it.
    NotPermitted(Ask),
    /// The service would not have recorded a request.
    Refused(service::Error),
    /// The database.
    Database(db::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::AlreadyHere(name) => write!(
                f,
                "{name} is in this database already; nothing was changed. To start afresh, use --ephemeral or an empty database"
            ),
            Error::Malformed(malformed) => write!(f, "the demonstration invented what cannot be: {}", malformed.words()),
            Error::NotAnOrganisation => write!(f, "the demonstration invented what cannot be: {NotAnOrganisation}"),
            Error::NotPermitted(ask) => write!(f, "the demonstration asked for what its policy forbids: {}", ask.as_str()),
            Error::Refused(error) => write!(f, "the demonstration would not have been recorded: {error:?}"),
            Error::Database(error) => write!(f, "the demonstration was not loaded: {error:?}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        Error::Database(error)
    }
}

impl From<service::Error> for Error {
    fn from(error: service::Error) -> Self {
        Error::Refused(error)
    }
}

impl From<Malformed> for Error {
    fn from(malformed: Malformed) -> Self {
        Error::Malformed(malformed)
    }
}

impl From<NotAnOrganisation> for Error {
    fn from(_: NotAnOrganisation) -> Self {
        Error::NotAnOrganisation
    }
}

impl From<NotPermitted> for Error {
    fn from(NotPermitted(ask): NotPermitted) -> Self {
        Error::NotPermitted(ask)
    }
}

/// Makes the authority with its staff, teams and settings, and records every history of it. Blocks for some seconds.
///
/// The same options give the same journal, hash for hash. The bar counts requests.
///
/// # Errors
/// [`Error::AlreadyHere`] where the authority is in the database; [`Error::Database`] for what PostgreSQL says. The others mean
/// that the histories no longer fit the record, which a test would show.
pub fn load(db: &Db, options: &Options, progress: &ProgressBar) -> Result<Loaded, Error> {
    // The system opens the transaction; each request in it is entered by its own sender.
    db.write_now(&system_permit(options.authority, Uuid::nil()), |tx| {
        tx.take_time()?;
        let chance = Chance::seeded(options.seed_of(Drawn::IdsAndKeys));
        let tale = Tale::of(options, &chance)?;
        progress.inc_length(tale.requests.len() as u64);
        if directory::authority(tx)?.is_some() {
            return Err(Error::AlreadyHere(tale.name));
        }
        tale.furnish(tx)?;
        let (children, (entries, head)) = Ledger::new(options.authority, &chance).enter(tx, tale.requests, progress)?;
        Ok(Loaded { name: tale.name, code: tale.code, children, entries, head })
    })
}
