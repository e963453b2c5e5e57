//! What must be in the database before the demonstration answers?

use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use super::load::{Error, Options, load};
use crate::api::auth::development::ISSUER;
use crate::db::{self, Db};
use crate::record::AuthorityId;

/// The authority whose tokens are printed.
pub(super) const SHOWN: u16 = 311;

/// Each authority, and how many live cases it has beside the published years.
const AUTHORITIES: [(u16, u32); 3] = [(SHOWN, 200), (309, 30), (310, 30)];
const SEED: u64 = 2024;

/// Loads the demonstration as of today with a bar that shows how far it is, but for the authorities that are there already;
/// whether it loaded any. The authorities are loaded side by side. Blocks for some seconds.
///
/// # Errors
/// As [`load`]; that an authority is there already is none.
pub fn prepare(db: &Db) -> Result<bool, Error> {
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} requests, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style).with_message("Inventing children");
    let bar = &bar;
    let done: Vec<Result<bool, Error>> = thread::scope(|scope| {
        let loading: Vec<_> =
            AUTHORITIES.into_iter().map(|(code, live_cases)| scope.spawn(move || load_one(db, code, live_cases, bar))).collect();
        loading.into_iter().map(|one| one.join().unwrap_or(Err(Error::Database(db::Error::Panicked)))).collect()
    });
    match done.into_iter().collect::<Result<Vec<bool>, Error>>() {
        Ok(loaded) => {
            bar.finish_and_clear();
            Ok(loaded.contains(&true))
        }
        Err(error) => {
            bar.abandon();
            Err(error)
        }
    }
}

/// Loads an authority unless it is there already; whether it did.
fn load_one(db: &Db, code: u16, live_cases: u32, bar: &ProgressBar) -> Result<bool, Error> {
    let authority = AuthorityId(code.into());
    let options = Options { authority, code, live_cases, seed: SEED, today: db.clock().today(), issuer: ISSUER.to_owned() };
    match load(db, &options, bar) {
        Ok(_) => Ok(true),
        Err(Error::AlreadyHere(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
