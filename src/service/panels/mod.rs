//! Panels: meetings, their agendas, and what they recommend. A panel advises; an officer decides.

mod agenda;
mod alike;
mod closing;
mod kinds;
mod papers;
mod recommend;
mod view;

pub use agenda::*;
pub use alike::*;
pub use closing::*;
pub use kinds::*;
pub use papers::*;
pub use recommend::*;
pub use view::*;

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Error;
use super::recording::{Hand, Receipt, Step, cite, recorder};
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Batch, Head, NewEntry};
use crate::store::panels;

/// A person as their token names them: issuer, a bar, subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 600, example = "https://login.example|sam")]
pub struct Member(pub String);

fn subjects(members: &[Member]) -> Vec<String> {
    members.iter().map(|member| member.0.clone()).collect()
}

/// A meeting that is locked, and everything recorded of it.
struct Opened {
    meeting: Meeting,
    entries: Vec<Entry>,
}

impl Opened {
    fn item(&self, id: ItemId) -> Result<&Item, Error> {
        self.meeting.item(id).ok_or(Error::NotFound("agenda_item"))
    }
}

/// Locks and loads a meeting within the caller's scope, also when it is closed.
fn open_even_closed(tx: &mut Tx<'_>, id: MeetingId) -> Result<Opened, Error> {
    panels::lock(tx, id)?;
    let mut stored = journal::of_meeting(tx, id, None)?;
    if tx.permit().reach() == Reach::Granted && !stored.is_empty() {
        // A member adds to the whole meeting, of which they may not see every item.
        tx.act_for_authority()?;
        stored = journal::of_meeting(tx, id, None)?;
    }
    let entries: Vec<_> = stored.into_iter().map(|s| s.entry).collect();
    let meeting = Meeting::fold(id, &entries).ok_or(Error::NotFound("panel"))?;
    Ok(Opened { meeting, entries })
}

/// Locks and loads a meeting that is still open.
fn open(tx: &mut Tx<'_>, id: MeetingId) -> Result<Opened, Error> {
    let opened = open_even_closed(tx, id)?;
    if opened.meeting.closed.is_some() {
        return Err(refused("meeting_closed", "the meeting is closed; put right what was recorded of it with a correction"));
    }
    Ok(opened)
}

/// A meeting within the caller's scope, to look at before anything is locked.
fn peek(tx: &mut Tx<'_>, id: MeetingId) -> Result<Meeting, Error> {
    let stored = journal::of_meeting(tx, id, None)?;
    let entries: Vec<_> = stored.iter().map(|s| &s.entry).collect();
    Meeting::fold(id, entries).ok_or(Error::NotFound("panel"))
}

/// Steps for a meeting, each with the child it shows.
type Steps = Vec<(Option<ChildId>, Step)>;

/// Adds steps to a meeting. The receipt speaks of `id`.
fn append(tx: &mut Tx<'_>, meeting: MeetingId, entries: Vec<Entry>, steps: Steps, id: Uuid) -> Result<Receipt, Error> {
    let mut head = journal::lock_head(tx)?;
    let mut batch = Batch::default();
    let receipt = add(Hand::of(tx), &mut head, &mut batch, meeting, entries, steps, id)?;
    journal::write(tx, head, batch)?;
    Ok(receipt)
}

/// As [`append`], in a batch that holds more.
fn add(
    hand: Hand<'_>,
    head: &mut Head,
    batch: &mut Batch,
    meeting: MeetingId,
    mut entries: Vec<Entry>,
    steps: Steps,
    id: Uuid,
) -> Result<Receipt, Error> {
    let known = Meeting::fold(meeting, &entries).iter().flat_map(flaws).collect::<Vec<_>>();
    let mut receipt = Receipt { id, case: None, position: 0, recorded_at: hand.at, version: 0, concerns: Vec::new() };
    for (child, step) in steps {
        let entry = enter(hand, head, batch, meeting, &mut entries, child, step);
        (receipt.position, receipt.recorded_at, receipt.version) = (entry.position, entry.recorded_at, entry.seq);
        receipt.case = receipt.case.or(case_of(&entry.body.fact));
    }
    match Meeting::fold(meeting, &entries).iter().flat_map(flaws).find(|flaw| !known.contains(flaw)) {
        Some(flaw) => Err(Error::Refused(flaw)),
        None => Ok(receipt),
    }
}

fn case_of(fact: &Fact) -> Option<CaseId> {
    match fact {
        Fact::ItemAdded { case, .. }
        | Fact::PapersChosen { case, .. }
        | Fact::ConflictDeclared { case, .. }
        | Fact::Recommended { case, .. } => Some(*case),
        Fact::MinutesTaken { case, .. } => *case,
        _ => None,
    }
}

/// Enters a step of a meeting in a batch, and at the end of the meeting's entries; gives the entry.
pub fn enter<'e>(
    hand: Hand<'_>,
    head: &mut Head,
    batch: &mut Batch,
    meeting: MeetingId,
    entries: &'e mut Vec<Entry>,
    child: Option<ChildId>,
    step: Step,
) -> &'e Entry {
    let before = Meeting::fold(meeting, &*entries).map(|m| rows_of_meeting(&m)).unwrap_or_default();
    let mut body = Body::of(step.fact);
    body.detail = cite(hand, batch, child, &step.detail);
    let new = NewEntry {
        id: step.event,
        stream: Stream::Meeting(meeting),
        seq: entries.last().map_or(0, |e| e.seq) + 1,
        child,
        occurred: step.occurred,
        at: hand.at,
        by: recorder(hand.permit),
        body,
    };
    let position = entries.len();
    entries.push(batch.add_entry(head, new));
    let after = Meeting::fold(meeting, &*entries).map(|m| rows_of_meeting(&m)).unwrap_or_default();
    batch.add_change(hand.permit.authority(), entries[position].position, before.changed_to(&after));
    &entries[position]
}

fn refused(code: &'static str, words: &str) -> Error {
    Error::Refused(Refusal { code, words: words.to_owned(), citation: None })
}
