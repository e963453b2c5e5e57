//! Is the record intact? The chain of hashes, the personal data beside it, the sealed trail and the views, each checked or rebuilt.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::register;
use super::{Cause, Error};
use crate::access::Permit;
use crate::db::{Db, Tx};
use crate::law;
use crate::record::*;
use crate::store::journal::{self, Batch};
use crate::store::{integrity, views};

/// How many entries are read at a time.
const STRETCH: i64 = 5_000;

/// Something that is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The positions have a gap before this one.
    Gap(i64),
    /// The entry was recorded before the one in front of it.
    OutOfTime(i64),
    /// The entry is not chained to the one before it.
    Unchained(i64),
    /// The entry's hash is not that of its content.
    Altered(i64),
    /// The entry's personal data is missing.
    DetailMissing(i64),
    /// The entry's personal data is not what it cites.
    DetailAltered(i64),
    /// The journal's head does not stand at the last entry.
    Head,
    /// The trail's rows are not those that were sealed at this entry.
    Trail(i64),
    /// What is due was computed with another version of the law register, or what that one had computed was changed since.
    Register,
    /// A view holds a row the entries do not give. Holds the table's name.
    RowUnfounded(&'static str),
    /// A view lacks a row the entries give. Holds the table's name.
    RowMissing(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Gap(at) => write!(f, "positions have a gap before {at}"),
            Fault::OutOfTime(at) => write!(f, "entry {at} was recorded before the one in front of it"),
            Fault::Unchained(at) => write!(f, "entry {at} is not chained to the one before it"),
            Fault::Altered(at) => write!(f, "entry {at} is not what was recorded"),
            Fault::DetailMissing(at) => write!(f, "the personal data of entry {at} is missing"),
            Fault::DetailAltered(at) => write!(f, "the personal data of entry {at} is not what was recorded"),
            Fault::Head => f.write_str("the head does not stand at the last entry"),
            Fault::Trail(at) => write!(f, "the trail is not what was sealed at entry {at}"),
            Fault::Register => f.write_str(
                "dates computed with another version of the law register were changed, or none has taken their place: run ehc rebuild",
            ),
            Fault::RowUnfounded(table) => write!(f, "{table} holds rows that the journal does not give"),
            Fault::RowMissing(table) => write!(f, "{table} lacks rows that the journal gives"),
        }
    }
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries read.
    pub entries: i64,
    /// View rows the entries give.
    pub rows: usize,
    /// What is not as it was recorded, each kind and place once.
    pub faults: BTreeSet<Fault>,
}

/// How many entries an authority's journal has.
pub fn entries(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(integrity::head(tx)?.0)
}

/// Checks chain, details, sealed trail and views. `progress` is told the position reached.
pub fn verify(db: &Db, permit: &Permit, progress: impl Fn(i64)) -> Result<Report, Error> {
    db.read_now(permit, |tx| {
        tx.take_time()?;
        let mut walk = Walk::default();
        walk.all(tx, &progress)?;
        let (position, hash) = integrity::head(tx)?;
        if position != walk.position || hash != walk.hash {
            walk.faults.insert(Fault::Head);
        }
        let mut rows = 0;
        let adopted = walk.adopted.take();
        let expected = match &adopted {
            Some((position, _)) => walk.batch.since_adoption(*position).into_rows(),
            None => walk.batch.into_rows(),
        };
        let mut earlier = Vec::new();
        for view in View::ALL {
            let (stored, outdated) = register::by_version(views::rows(tx, view)?, view);
            earlier.extend(outdated);
            let given: BTreeSet<String> = expected.get(&view).into_iter().flatten().cloned().collect();
            rows += given.len();
            if stored.difference(&given).next().is_some() {
                walk.faults.insert(Fault::RowUnfounded(views::table(view)));
            }
            if given.difference(&stored).next().is_some() {
                walk.faults.insert(Fault::RowMissing(views::table(view)));
            }
        }
        if register::digest(earlier) != adopted.map_or_else(|| register::digest(Vec::new()), |(_, digest)| digest) {
            walk.faults.insert(Fault::Register);
        }
        Ok(Report { entries: walk.position, rows, faults: walk.faults })
    })
}

/// Makes the views again from the journal. Gives how many entries were read and how many rows written.
///
/// # Errors
/// Where a row of the journal is no entry any more, nothing is changed: the views may be all that tells what it was.
pub fn rebuild(db: &Db, permit: &Permit, progress: impl Fn(i64)) -> Result<(i64, usize), Error> {
    db.write_now(permit, |tx| {
        tx.take_time()?;
        let head = journal::lock_head(tx)?;
        let mut walk = Walk::default();
        walk.all(tx, &progress)?;
        if let Some(position) = walk.unreadable {
            return Err(Error::Unexpected(Cause::new(format_args!("entry {position} cannot be read"))));
        }
        if let Some(from) = integrity::outdated(tx, law::REGISTER_VERSION)? {
            let rows = register::adopt(tx, head, from, walk.streams.into_values().map(|(_, rows)| rows))?;
            return Ok((walk.position, rows));
        }
        let batch = match walk.adopted {
            Some((position, _)) => walk.batch.since_adoption(position),
            None => walk.batch,
        };
        let rows = journal::replace_views(tx, batch, law::REGISTER_VERSION)?;
        Ok((walk.position, rows))
    })
}

/// Computes what is due anew where it was computed with another version of the law register, and makes the views again where
/// another version of the program made them. Whether there was anything to do.
pub fn bring_up_to_date(db: &Db, permit: &Permit) -> Result<bool, Error> {
    let outdated = db.read_now(permit, |tx| integrity::outdated(tx, law::REGISTER_VERSION).map_err(Error::from))?;
    if outdated.is_some() {
        rebuild(db, permit, |_| ())?;
    }
    let otherwise_made = db.read_now(permit, |tx| integrity::views_version(tx).map_err(Error::from))? != VIEWS_VERSION;
    if otherwise_made {
        rebuild(db, permit, |_| ())?;
    }
    Ok(outdated.is_some() || otherwise_made)
}

/// Everything met on the way from the first entry to the last.
#[derive(Default)]
struct Walk {
    position: i64,
    recorded_at: chrono::DateTime<chrono::Utc>,
    hash: Vec<u8>,
    sealed: i64,
    streams: HashMap<Uuid, (Vec<Entry>, Rows)>,
    batch: Batch,
    unreadable: Option<i64>,
    /// Where this version of the law register was adopted, and the digest of what earlier ones had computed.
    adopted: Option<(i64, String)>,
    faults: BTreeSet<Fault>,
}

impl Walk {
    fn all(&mut self, tx: &mut Tx<'_>, progress: &impl Fn(i64)) -> Result<(), Error> {
        loop {
            let stored = integrity::after(tx, self.position, STRETCH)?;
            if stored.is_empty() {
                return Ok(());
            }
            for one in stored {
                self.chain(&one);
                let Some(entry) = one.entry else {
                    self.unreadable = Some(one.link.position);
                    continue;
                };
                self.detail(&entry, one.detail);
                if let Fact::RegisterAdopted { version, digest, .. } = &entry.body.fact {
                    self.adopted = (version == law::REGISTER_VERSION).then(|| (entry.position, digest.clone()));
                }
                if let Fact::TrailSealed { up_to, rows, digest } = &entry.body.fact {
                    let (count, text) = integrity::trail_text(tx, self.sealed, *up_to)?;
                    if count != *rows || digest_of(&text) != *digest {
                        self.faults.insert(Fault::Trail(entry.position));
                    }
                    self.sealed = *up_to;
                }
                self.views(entry);
            }
            progress(self.position);
        }
    }

    fn chain(&mut self, one: &integrity::Read) {
        let link = &one.link;
        if link.position != self.position + 1 {
            self.faults.insert(Fault::Gap(link.position));
        }
        if link.recorded_at < self.recorded_at {
            self.faults.insert(Fault::OutOfTime(link.position));
        }
        if link.previous_hash != self.hash {
            self.faults.insert(Fault::Unchained(link.position));
        }
        if !one.as_written || one.entry.as_ref().is_none_or(|entry| entry.hash(&link.previous_hash) != link.hash) {
            self.faults.insert(Fault::Altered(link.position));
        }
        self.position = link.position;
        self.recorded_at = link.recorded_at;
        self.hash.clone_from(&link.hash);
    }

    fn detail(&mut self, entry: &Entry, detail: Option<(Option<String>, Option<Vec<u8>>)>) {
        let Some(cited) = &entry.body.detail else { return };
        match detail {
            None => {
                self.faults.insert(Fault::DetailMissing(entry.position));
            }
            // Erased: the citation stands, and tells nothing any more.
            Some((None, None)) => {}
            Some((Some(content), Some(key))) if hmac_of(&key, &content) == cited.hmac => {}
            Some(_) => {
                self.faults.insert(Fault::DetailAltered(entry.position));
            }
        }
    }

    fn views(&mut self, entry: Entry) {
        let (authority, position, stream) = (entry.authority, entry.position, entry.stream);
        let (entries, rows) = self.streams.entry(stream.id()).or_default();
        let goes_on = entry.body.goes_on;
        entries.push(entry);
        if goes_on {
            return;
        }
        let after = match stream {
            Stream::Child(child) => rows_after(&File::fold(child, &*entries), rows),
            Stream::Meeting(meeting) => Meeting::fold(meeting, &*entries).map(|m| rows_of_meeting(&m)).unwrap_or_default(),
            Stream::Authority(_) => Rows::default(),
        };
        self.batch.add_change(authority, position, rows.changed_to(&after));
        *rows = after;
    }
}

/// The digest that a seal keeps of the trail's rows.
fn digest_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Seals the trail's rows of the past into the chain, so that none can be changed or taken away unseen. Gives how many.
pub fn seal_trail(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let sealed = integrity::last_seal(tx)?;
    // A request that is still at work may commit a row with a lower number; by then it has run out of time.
    let settled = tx.now() - chrono::TimeDelta::seconds(30);
    let Some(up_to) = integrity::last_trail_before(tx, sealed, settled)? else { return Ok(0) };
    let (rows, text) = integrity::trail_text(tx, sealed, up_to)?;
    let head = journal::lock_head(tx)?;
    let fact = Fact::TrailSealed { up_to, rows, digest: digest_of(&text) };
    note(tx, head, tx.today(), fact, Batch::default())?;
    Ok(rows)
}

/// Adds an entry to the authority's own stream, of what happened on a day, with what it changes. Gives its position.
pub fn note(tx: &mut Tx<'_>, mut head: journal::Head, on: NaiveDate, fact: Fact, mut batch: Batch) -> Result<i64, Error> {
    let stream = Stream::Authority(Uuid::from_u128(u128::from(tx.permit().authority().0.unsigned_abs())));
    let seq = integrity::length_of_stream(tx, stream.id())? + 1;
    let new = journal::NewEntry {
        id: tx.new_id(),
        stream,
        seq,
        child: None,
        occurred: Occurred::on(on),
        at: tx.now(),
        by: super::recording::recorder(tx.permit()),
        body: Body::of(fact),
    };
    let position = batch.add_entry(&mut head, new).position;
    journal::write(tx, head, batch)?;
    Ok(position)
}
