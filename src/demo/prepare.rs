//! What must be in the database before the demonstration answers?

use indicatif::{ProgressBar, ProgressStyle};

use super::figures::Published;
use super::load::{Error, Options, load};
use crate::api::auth::development::ISSUER;
use crate::db::Db;
use crate::record::AuthorityId;
use crate::record::codes::Malformed;

/// The authority shown, and the year whose figures are held to.
pub(super) const AUTHORITY: u16 = 311;
const YEAR: i32 = 2024;

const LIVE_CASES: u32 = 300;
const SEED: u64 = 2024;

/// Loads the demonstration as of today with a bar that shows how far it is, unless it is there already; whether it loaded it.
/// Blocks for some seconds.
///
/// # Errors
/// As [`load`]; that it is there already is none.
pub fn prepare(db: &Db) -> Result<bool, Error> {
    let options = Options {
        authority: AuthorityId(AUTHORITY.into()),
        published: Published::find(AUTHORITY, YEAR).ok_or(Malformed::AuthorityUnknown)?,
        live_cases: LIVE_CASES,
        seed: SEED,
        today: db.clock().today(),
        issuer: ISSUER.to_owned(),
    };
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} requests, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style).with_message("Inventing children");
    match load(db, &options, &bar) {
        Ok(_) => {
            bar.finish_and_clear();
            Ok(true)
        }
        Err(Error::AlreadyHere(_)) => Ok(false),
        Err(error) => {
            bar.abandon();
            Err(error)
        }
    }
}
