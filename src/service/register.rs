//! Another version of the law register: what is due is computed anew from here on, and what was said before stays said.

use sha2::{Digest, Sha256};

use super::Error;
use super::integrity::note;
use crate::db::Tx;
use crate::law::REGISTER_VERSION;
use crate::record::{Change, Fact, Rows, View};
use crate::store::journal::{Batch, Head};
use crate::store::views;

/// Adopts this version in the place of `from`: closes what was computed with earlier ones, opens what this one gives for each
/// file, and notes it in the journal with a digest of what was closed. Gives how many rows were opened.
pub fn adopt(tx: &mut Tx<'_>, head: Head, from: String, files: impl Iterator<Item = Rows>) -> Result<usize, Error> {
    let authority = tx.permit().authority();
    let position = head.position() + 1;
    views::close_outdated(tx, REGISTER_VERSION, position)?;
    let mut earlier = Vec::new();
    for view in View::ALL {
        earlier.extend(by_version(views::rows(tx, view)?, view).1);
    }
    let mut batch = Batch::default();
    let mut count = 0;
    for rows in files {
        let opened: Vec<_> = rows.iter().filter(|(view, _)| view.follows_the_register()).collect();
        count += opened.len();
        batch.add_change(authority, position, Change { closed: Vec::new(), opened });
    }
    let fact = Fact::RegisterAdopted { version: REGISTER_VERSION.to_owned(), from, digest: digest(earlier) };
    note(tx, head, tx.today(), fact, batch)?;
    Ok(count)
}

/// A view's rows, those of this version of the register apart from those of earlier ones.
pub fn by_version(rows: Vec<String>, view: View) -> (std::collections::BTreeSet<String>, Vec<String>) {
    // Rows are canonical JSON, so the version can stand in one way only.
    let ours = format!("\"law_version\":\"{REGISTER_VERSION}\"");
    let (current, earlier): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| !view.follows_the_register() || row.contains(&ours));
    (current.into_iter().collect(), earlier)
}

/// The digest of rows, whatever their order.
pub fn digest(mut rows: Vec<String>) -> String {
    rows.sort();
    hex::encode(Sha256::digest(rows.join("\n").as_bytes()))
}
