//! Panels: meetings, their agendas, and what they recommend. A panel advises; an officer decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::recording::{Hand, Receipt, Step, cite, not_future, open_case, recorder};
use super::wrong;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Batch, Head, NewEntry};
use crate::store::panels;

/// A person as their token names them: issuer, a bar, subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 600)]
pub struct Member(pub String);

/// Convenes a panel's meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"panel": "EHC panel", "meetsOn": "2026-02-10", "members": ["urn:ehc-casework:development|panel_member"]}))]
pub struct ConvenePanel {
    /// Which panel meets.
    #[schema(min_length = 1, max_length = 100)]
    pub panel: String,
    /// The day it meets; it may lie ahead.
    pub meets_on: NaiveDate,
    /// Who sits on it, by their tokens' subjects. Members see the children on the agenda.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub members: Vec<Member>,
}

/// Puts a case on the agenda.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"case": "0190b0a0-0000-7000-8000-000000000002"}))]
pub struct AddItem {
    /// The case.
    pub case: CaseId,
}

/// Records what the panel recommended on an item.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"recommendation": "assess", "reasons": "The legal test is met."}))]
pub struct Recommend {
    /// What the panel recommended.
    pub recommendation: Recommendation,
    /// Its reasons against the legal test.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// An item of the agenda.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// Its id, which a decision can cite.
    pub id: ItemId,
    /// The child's id.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// What the panel recommended. Null: not yet.
    pub recommendation: Option<Recommendation>,
    /// The day it did.
    pub recommended_on: Option<NaiveDate>,
    /// The panel's reasons.
    pub reasons: Option<String>,
}

/// A panel's meeting.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelView {
    /// Its id.
    pub id: MeetingId,
    /// Which panel meets.
    pub panel: String,
    /// The day it meets.
    pub meets_on: Option<NaiveDate>,
    /// Who sits on it.
    pub members: Vec<String>,
    /// The agenda.
    pub items: Vec<ItemView>,
    /// The version of the meeting's record.
    pub version: i32,
}

/// A line of the list of meetings.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelLine {
    /// Its id.
    pub id: MeetingId,
    /// Which panel meets.
    pub panel: String,
    /// The day it meets.
    pub meets_on: NaiveDate,
}

/// Convenes a meeting.
pub fn convene(tx: &mut Tx<'_>, body: &ConvenePanel) -> Result<Receipt, Error> {
    let meeting: MeetingId = tx.new_id();
    let fact = Fact::MeetingConvened {
        panel: body.panel.clone(),
        members: body.members.iter().map(|member| member.0.clone()).collect(),
    };
    let step = Step::on(tx, body.meets_on, fact);
    append(tx, meeting, Vec::new(), None, step, meeting.0)
}

/// Puts a case on the agenda.
pub fn add_item(tx: &mut Tx<'_>, meeting: MeetingId, body: &AddItem) -> Result<Receipt, Error> {
    let loaded = match open_case(tx, body.case) {
        Err(Error::NotFound(_)) => {
            open(tx, meeting)?;
            return Err(wrong("/case", "unknown_case", "Is no case that you can see."));
        }
        other => other?,
    };
    let (entries, known) = open(tx, meeting)?;
    if known.items.iter().any(|item| item.case == body.case) {
        return Err(refused("already_on_agenda", "the case is on this agenda already"));
    }
    let item: ItemId = tx.new_id();
    let child = loaded.file.child;
    let step = Step::on(tx, tx.today(), Fact::ItemAdded { item, child, case: body.case });
    append(tx, meeting, entries, Some(child), step, item.0)
}

/// Records what the panel recommended.
pub fn recommend(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, body: &Recommend) -> Result<Receipt, Error> {
    let (entries, known) = open(tx, meeting)?;
    let found = known.items.iter().find(|i| i.id == item).ok_or(Error::NotFound("agenda_item"))?;
    if found.recommendation.is_some() {
        return Err(refused("already_recorded", "the panel's recommendation on this item already stands"));
    }
    let day = not_future(tx, "/on", body.on.unwrap_or(tx.today()))?;
    let (child, case) = (found.child, found.case);
    let fact = Fact::Recommended { item, child, case, recommendation: body.recommendation };
    let step = Step::on(tx, day, fact).words(Some(body.reasons.clone()));
    append(tx, meeting, entries, Some(child), step, item.0)
}

/// One meeting.
pub fn show(tx: &mut Tx<'_>, id: MeetingId) -> Result<PanelView, Error> {
    let stored = journal::of_meeting(tx, id, None)?;
    let entries: Vec<_> = stored.iter().map(|s| &s.entry).collect();
    let meeting = Meeting::fold(id, entries).ok_or(Error::NotFound("panel"))?;
    let words = |detail: Option<DetailId>| {
        let cited = |s: &&journal::Stored| s.entry.body.detail.as_ref().map(|d| d.id) == detail;
        detail.and_then(|_| stored.iter().find(cited)).and_then(|s| s.detail.as_ref()).and_then(|d| d.words.clone())
    };
    let items = meeting.items.iter().map(|item| ItemView {
        id: item.id,
        child: item.child,
        case: item.case,
        recommendation: item.recommendation.map(|(recommendation, _)| recommendation),
        recommended_on: item.recommendation.and_then(|(_, on)| on),
        reasons: words(item.detail),
    });
    Ok(PanelView {
        id,
        panel: meeting.panel.clone(),
        meets_on: meeting.meets_on,
        members: meeting.members.clone(),
        items: items.collect(),
        version: meeting.version,
    })
}

/// Meetings, the latest first.
pub fn list(tx: &mut Tx<'_>, before: Option<(NaiveDate, MeetingId)>, limit: i64) -> Result<Vec<PanelLine>, Error> {
    let rows = panels::list(tx, before, limit)?;
    Ok(rows.into_iter().map(|(id, panel, meets_on)| PanelLine { id, panel, meets_on }).collect())
}

/// That an item is this case's and carries a recommendation, so that a decision can cite it.
pub fn must_be_recommended(tx: &mut Tx<'_>, pointer: &str, item: ItemId, case: CaseId) -> Result<(), Error> {
    match panels::recommendation(tx, item)? {
        Some((of, recommended)) if of == case => {
            if recommended {
                Ok(())
            } else {
                Err(wrong(pointer, "no_recommendation", "Carries no recommendation yet."))
            }
        }
        _ => Err(wrong(pointer, "unknown_item", "Is no item about this case.")),
    }
}

fn open(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<(Vec<Entry>, Meeting), Error> {
    panels::lock(tx, meeting)?;
    let entries: Vec<_> = journal::of_meeting(tx, meeting, None)?.into_iter().map(|s| s.entry).collect();
    let known = Meeting::fold(meeting, &entries).ok_or(Error::NotFound("panel"))?;
    Ok((entries, known))
}

fn append(
    tx: &mut Tx<'_>,
    meeting: MeetingId,
    mut entries: Vec<Entry>,
    child: Option<ChildId>,
    step: Step,
    id: uuid::Uuid,
) -> Result<Receipt, Error> {
    let mut head = journal::lock_head(tx)?;
    let mut batch = Batch::default();
    let entry = enter(Hand::of(tx), &mut head, &mut batch, meeting, &mut entries, child, step);
    let (position, recorded_at, version) = (entry.position, entry.recorded_at, entry.seq);
    let case = match entry.body.fact {
        Fact::ItemAdded { case, .. } | Fact::Recommended { case, .. } => Some(case),
        _ => None,
    };
    journal::write(tx, head, batch)?;
    Ok(Receipt { id, case, position, recorded_at, version, concerns: Vec::new() })
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
    body.detail = child.and_then(|child| cite(hand, batch, child, &step.detail));
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
