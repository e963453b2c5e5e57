//! How anything is recorded: load the file, see whether it may stand, add it to the journal, keep the views in step.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Error, FieldError};
use crate::access::Permit;
use crate::chance::Chance;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Batch, Details, Head, NewDetail, NewEntry, Stored};

/// The recorder's word for a concern: it is unlawful, it happened, and this is why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Acknowledge {
    /// The concern's name, from the 409 answer.
    #[schema(example = "final_plan_before_response_time", max_length = 100)]
    pub concern: String,
    /// Why it happened.
    #[schema(example = "The family asked us to finalise at once.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What was recorded. Holds no personal data, so that it can be replayed to a repeated request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The id of what came to be: the case, the advice request, the draft, the plan, the review or the entry itself.
    pub id: Uuid,
    /// The case it belongs to, if one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub case: Option<CaseId>,
    /// The entry's place in the authority's journal.
    pub position: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The file's version after it: what `If-Match` compares.
    pub version: i32,
    /// The concerns it raised and that were acknowledged, by name.
    pub concerns: Vec<String>,
}

/// By whom and when entries are made, and where their ids and keys come from.
#[derive(Clone, Copy)]
pub struct Hand<'a> {
    /// On whose behalf, and in what capacity.
    pub permit: &'a Permit,
    /// When.
    pub at: DateTime<Utc>,
    /// Ids and keys.
    pub chance: &'a Chance,
}

impl<'a> Hand<'a> {
    /// The hand of the request that a transaction serves.
    pub fn of(tx: &'a Tx<'_>) -> Self {
        Self { permit: tx.permit(), at: tx.now(), chance: tx.chance() }
    }
}

/// A child's file as loaded, with the entries it was folded from and the rows it shows in the views.
pub struct Loaded {
    /// What stands.
    pub file: File,
    entries: Vec<Entry>,
    rows: Rows,
}

impl Loaded {
    /// A file that does not exist yet.
    pub fn new(child: ChildId) -> Self {
        Self { file: File::empty(child), entries: Vec::new(), rows: Rows::default() }
    }

    fn of(stored: Vec<Stored>) -> Option<Self> {
        let child = stored.first()?.entry.child?;
        let entries: Vec<_> = stored.into_iter().map(|s| s.entry).collect();
        let file = File::fold(child, &entries);
        let rows = rows_of_file(&file);
        Some(Self { file, entries, rows })
    }

    /// The case, if it stands.
    pub fn case(&self, id: CaseId) -> Result<Case, Error> {
        Case::of(&self.file, id).ok_or(Error::NotFound("case"))
    }
}

/// Locks and loads the file that holds a case, within the caller's scope.
pub fn open_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Loaded, Error> {
    journal::lock_child_of_case(tx, case)?;
    let stored = journal::of_case(tx, case, None, Details::Identity)?;
    Loaded::of(stored).ok_or(Error::NotFound("case"))
}

/// Locks and loads the files that hold any of the cases, within the caller's scope, in the order in which files are locked.
pub fn open_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Loaded>, Error> {
    let children = journal::lock_children_of_cases(tx, cases)?;
    let mut files: Vec<Vec<Stored>> = Vec::with_capacity(children.len());
    for stored in journal::of_children(tx, &children, Details::Identity)? {
        match files.last_mut() {
            Some(file) if file.first().is_some_and(|first| first.entry.child == stored.entry.child) => file.push(stored),
            _ => files.push(vec![stored]),
        }
    }
    Ok(files.into_iter().filter_map(Loaded::of).collect())
}

/// Locks and loads a child's file, within the caller's scope.
pub fn open_child(tx: &mut Tx<'_>, child: ChildId) -> Result<Loaded, Error> {
    journal::lock_child(tx, child)?;
    let stored = journal::of_child(tx, child, None, Details::Identity)?;
    Loaded::of(stored).ok_or(Error::NotFound("child"))
}

/// One thing to record: when it happened, what, and the personal data that belongs to it.
pub struct Step {
    /// The entry's id.
    pub event: EventId,
    /// When it happened.
    pub occurred: Occurred,
    /// What happened.
    pub fact: Fact,
    /// What belongs beside the record.
    pub detail: Detail,
}

impl Step {
    /// A fact on a day.
    pub fn on(tx: &Tx<'_>, day: NaiveDate, fact: Fact) -> Self {
        Self { event: tx.new_id(), occurred: Occurred::on(day), fact, detail: Detail::default() }
    }

    /// The same with words: reasons, or what was said.
    pub fn words(mut self, words: Option<String>) -> Self {
        self.detail.words = words;
        self
    }
}

/// Records steps in a child's file, if they can stand together and every concern is acknowledged. The receipt speaks of `id`.
pub fn record(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    action: Action,
    case: CaseId,
    id: Uuid,
    steps: Vec<Step>,
    acknowledge: &[Acknowledge],
) -> Result<Receipt, Error> {
    let accepted = accept(tx.today(), &loaded, action, case, &steps, acknowledge)?;
    let head = journal::lock_head(tx)?;
    let mut receipt = append(tx, head, loaded, steps, &accepted, acknowledge)?;
    receipt.id = id;
    receipt.case = Some(case);
    Ok(receipt)
}

/// Records steps that concern the child as a whole, if they can stand. The receipt speaks of `id`.
pub fn record_of_child(tx: &mut Tx<'_>, loaded: Loaded, id: Uuid, steps: Vec<Step>) -> Result<Receipt, Error> {
    record_of_child_knowing(tx, loaded, id, steps, &[])
}

/// The same, if every concern is acknowledged.
pub fn record_of_child_knowing(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    id: Uuid,
    steps: Vec<Step>,
    acknowledge: &[Acknowledge],
) -> Result<Receipt, Error> {
    let accepted = decided(may_of_child(&loaded.file, tx.today()), &steps, acknowledge)?;
    let head = journal::lock_head(tx)?;
    let mut receipt = append(tx, head, loaded, steps, &accepted, acknowledge)?;
    receipt.id = id;
    Ok(receipt)
}

/// Whether the steps can stand when they are recorded today; gives the names of the concerns raised and acknowledged.
pub fn accept(
    today: NaiveDate,
    loaded: &Loaded,
    action: Action,
    case: CaseId,
    steps: &[Step],
    acknowledge: &[Acknowledge],
) -> Result<Vec<String>, Error> {
    decided(may(action, &loaded.file, case, today)?, steps, acknowledge)
}

fn decided(offer: Offer<'_>, steps: &[Step], acknowledge: &[Acknowledge]) -> Result<Vec<String>, Error> {
    let proposals: Vec<_> =
        steps.iter().map(|s| Proposal { event: s.event, occurred: s.occurred, fact: s.fact.clone() }).collect();
    let names: Vec<_> = acknowledge.iter().map(|a| a.concern.as_str()).collect();
    offer.decide(&proposals, &names).map_err(|rejection| match rejection {
        Rejection::Impossible(refusal) => Error::Refused(refusal),
        Rejection::Unacknowledged(concerns) => Error::Unacknowledged(concerns),
    })
}

/// Adds accepted steps to the end of the journal, with what they change in the views.
pub fn append(
    tx: &mut Tx<'_>,
    mut head: Head,
    mut loaded: Loaded,
    steps: Vec<Step>,
    accepted: &[String],
    acknowledge: &[Acknowledge],
) -> Result<Receipt, Error> {
    let mut batch = Batch::default();
    let (position, recorded_at) =
        enter(Hand::of(tx), &mut head, &mut batch, &mut loaded, steps, accepted, acknowledge).unwrap_or_default();
    journal::write(tx, head, batch)?;
    let Loaded { file, .. } = loaded;
    Ok(Receipt { id: file.child.0, case: None, position, recorded_at, version: file.version, concerns: accepted.to_vec() })
}

/// Enters accepted steps in a batch, and in the file as loaded; gives the place of the last.
pub fn enter(
    hand: Hand<'_>,
    head: &mut Head,
    batch: &mut Batch,
    loaded: &mut Loaded,
    steps: Vec<Step>,
    accepted: &[String],
    acknowledge: &[Acknowledge],
) -> Option<(i64, DateTime<Utc>)> {
    let authority = hand.permit.authority();
    let child = loaded.file.child;
    if loaded.file.version == 0 {
        batch.add_child(authority, child);
    }
    let mut last = None;
    let mut seq = loaded.file.version;
    let mut steps = steps.into_iter().peekable();
    while let Some(mut step) = steps.next() {
        let mut body = Body::of(step.fact);
        body.goes_on = steps.peek().is_some();
        if !body.goes_on {
            // What was acknowledged stands with the last entry of the request, which completed what raised it.
            body.acknowledged = accepted.to_vec();
            body.basis = (!accepted.is_empty()).then_some(Basis::Recorder);
            step.detail.acknowledged = acknowledge
                .iter()
                .filter(|a| accepted.contains(&a.concern))
                .map(|a| (a.concern.clone(), a.reason.clone()))
                .collect();
        }
        body.detail = cite(hand, batch, Some(child), &step.detail);
        seq += 1;
        let new = NewEntry {
            id: step.event,
            stream: Stream::Child(child),
            seq,
            child: Some(child),
            occurred: step.occurred,
            at: hand.at,
            by: recorder(hand.permit),
            body,
        };
        let entry = batch.add_entry(head, new);
        last = Some((entry.position, entry.recorded_at));
        loaded.entries.push(entry);
    }
    let (position, _) = last?;
    loaded.file = File::fold(child, &loaded.entries);
    let after = rows_after(&loaded.file, &loaded.rows);
    batch.add_change(authority, position, loaded.rows.changed_to(&after));
    loaded.rows = after;
    last
}

/// Puts personal data into the batch, and gives the citation the entry keeps.
pub fn cite(hand: Hand<'_>, batch: &mut Batch, child: Option<ChildId>, detail: &Detail) -> Option<DetailRef> {
    if detail.is_empty() {
        return None;
    }
    // Through `Value`, whose objects keep their keys sorted: the canonical text.
    let content = serde_json::to_value(detail).ok()?.to_string();
    let key = hand.chance.key();
    let id: DetailId = hand.chance.id(hand.at);
    let cited = DetailRef { id, hmac: hmac_of(&key, &content) };
    batch.add_detail(hand.permit.authority(), NewDetail { id: id.0, child, content, key });
    Some(cited)
}

/// Who records, as the envelope has it.
pub fn recorder(permit: &Permit) -> Recorder {
    let caller = permit.caller();
    Recorder {
        actor: caller.subject.clone(),
        capacity: permit.capacity().to_owned(),
        organisation: caller.organisation.as_ref().map(|o| o.as_str().to_owned()),
        on_behalf_of: None,
        request_id: caller.request_id,
    }
}

/// A step of a case that is only a fact and a day.
pub fn dated(tx: &Tx<'_>, pointer: &str, day: Option<NaiveDate>, fact: Fact) -> Result<Step, Error> {
    let day = not_future(tx, pointer, day.unwrap_or(tx.today()))?;
    Ok(Step::on(tx, day, fact))
}

/// A day that cannot be in the future, as a field error that names it.
pub fn not_future(tx: &Tx<'_>, pointer: &str, day: NaiveDate) -> Result<NaiveDate, Error> {
    if day > tx.today() {
        let words = "Is in the future: what is recorded has happened.";
        return Err(Error::Invalid(vec![FieldError::new(pointer, "not_happened_yet", words)]));
    }
    Ok(day)
}
