//! How are many requests entered as the service would have entered each at its own instant?

use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use chrono::{Datelike, NaiveDate};
use indicatif::ProgressBar;

use super::load::Error;
use super::steps::{About, Request};
use crate::access::{Ask, permit};
use crate::chance::Chance;
use crate::clock::london_day;
use crate::db::{self, Tx};
use crate::record::{AuthorityId, ChildId, Entry, Fact, Identity, MeetingId};
use crate::service::panels;
use crate::service::recording::{Hand, Loaded, Step, accept, enter};
use crate::store::journal::{self, Batch, Head};

/// How many requests are written together: what changes again within them is stored once.
const TOGETHER: usize = 2_000;

/// What makes two identities look like one child's.
#[derive(PartialEq, Eq, Hash)]
enum Likeness {
    Upn(String),
    NamesAndBirth(String, String, Option<NaiveDate>),
}

fn likenesses(identity: &Identity) -> impl Iterator<Item = Likeness> {
    let names = (identity.family_name.to_lowercase(), identity.given_name.to_lowercase());
    let upn = identity.upn.as_ref().map(|upn| Likeness::Upn(upn.as_str().to_owned()));
    upn.into_iter().chain([Likeness::NamesAndBirth(names.0, names.1, identity.born_on)])
}

/// Files and meetings as far as they are entered.
pub(super) struct Ledger<'a> {
    authority: AuthorityId,
    chance: &'a Chance,
    files: HashMap<ChildId, Loaded>,
    meetings: HashMap<MeetingId, Vec<Entry>>,
    alike: HashMap<Likeness, BTreeSet<ChildId>>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(authority: AuthorityId, chance: &'a Chance) -> Self {
        Self { authority, chance, files: HashMap::new(), meetings: HashMap::new(), alike: HashMap::new() }
    }

    /// Enters requests, given in the order of their instants. Gives the number of children, and the end of the journal.
    pub(super) fn enter(
        self,
        tx: &mut Tx<'_>,
        requests: Vec<Request>,
        progress: &ProgressBar,
    ) -> Result<(usize, (i64, String)), Error> {
        let head = journal::lock_head(tx)?;
        // PostgreSQL writes one batch while the next is computed.
        let (ready, batches) = sync_channel(2);
        thread::scope(|scope| {
            let entering = scope.spawn(move || self.fill(head, requests, &ready, progress));
            for (head, batch) in batches {
                journal::write(tx, head, batch)?;
            }
            entering.join().map_err(|_| db::Error::Panicked)?
        })
    }

    /// Enters requests in one batch after the other, until there are no more or nobody takes them.
    fn fill(
        mut self,
        mut head: Head,
        requests: Vec<Request>,
        ready: &SyncSender<(Head, Batch)>,
        progress: &ProgressBar,
    ) -> Result<(usize, (i64, String)), Error> {
        let mut requests = requests.into_iter().peekable();
        while requests.peek().is_some() {
            let mut batch = Batch::default();
            for request in requests.by_ref().take(TOGETHER) {
                self.enter_one(&mut head, &mut batch, request)?;
                progress.inc(1);
            }
            if ready.send((head.clone(), batch)).is_err() {
                break;
            }
        }
        Ok((self.files.len(), (head.position(), hex::encode(head.hash()))))
    }

    fn enter_one(&mut self, head: &mut Head, batch: &mut Batch, request: Request) -> Result<(), Error> {
        let Request { at, sender, about, mut steps, acknowledge } = request;
        let caller = sender.caller(self.authority, self.chance.id(at));
        match about {
            About::File { child, case, action } => {
                let permit = permit(&caller, Ask::Record(action))?;
                let hand = Hand { permit: &permit, at, chance: self.chance };
                self.open_case(head, child, &mut steps, london_day(at));
                let loaded = self.files.entry(child).or_insert_with(|| Loaded::new(child));
                let accepted = accept(london_day(at), loaded, action, case, &steps, &acknowledge)?;
                enter(hand, head, batch, loaded, steps, &accepted, &acknowledge);
            }
            About::Meeting { meeting, child, ask } => {
                let permit = permit(&caller, ask)?;
                let hand = Hand { permit: &permit, at, chance: self.chance };
                let entries = self.meetings.entry(meeting).or_default();
                for step in steps {
                    panels::enter(hand, head, batch, meeting, entries, child, step);
                }
            }
        }
        Ok(())
    }

    /// Gives a new case its reference, and the files that may be the same child's.
    fn open_case(&mut self, head: &mut Head, child: ChildId, steps: &mut [Step], today: NaiveDate) {
        let mut alike = BTreeSet::new();
        for step in steps {
            for likeness in step.detail.identity.iter().flat_map(likenesses) {
                let known = self.alike.entry(likeness).or_default();
                alike.extend(known.iter().copied());
                known.insert(child);
            }
            let received_on = step.occurred.day().unwrap_or(today);
            match &mut step.fact {
                Fact::RequestReceived { reference, possible_duplicates, .. } => {
                    *reference = head.next_reference(received_on.year());
                    possible_duplicates.extend(&alike);
                }
                Fact::PlanTakenOver { reference, .. } => *reference = head.next_reference(received_on.year()),
                _ => {}
            }
        }
    }
}
