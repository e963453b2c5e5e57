//! What the members have before them: entries of the case, as they stood when they were chosen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{append, open, peek};
use crate::db::Tx;
use crate::record::*;
use crate::service::plans::Sections;
use crate::service::recording::{Receipt, Step, open_case};
use crate::service::{Error, FieldError};
use crate::store::journal;

/// Chooses the papers of an item.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"entries": ["0190b0a0-0000-7000-8000-000000000003"]}))]
pub struct ChoosePapers {
    /// Entries of the case, from its timeline, in the order they are read: the request's reasons, advice that came back, drafts,
    /// representations. They take the place of those chosen before.
    #[schema(max_items = 100)]
    pub entries: Vec<EventId>,
}

/// A paper: an entry of the case as it was when it was chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    /// The entry.
    pub entry: EventId,
    /// What kind of thing happened.
    #[schema(example = "advice_returned")]
    pub kind: &'static str,
    /// When it happened. Null: unknown.
    pub occurred_on: Option<NaiveDate>,
    /// What was written with it.
    pub words: Option<String>,
    /// What a draft plan says; null for other papers.
    pub sections: Option<Sections>,
    /// Whether the entry was corrected or struck since. What is shown is what the members were given.
    pub put_right_since: bool,
}

/// Chooses the papers of an item.
pub fn choose_papers(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, body: &ChoosePapers) -> Result<Receipt, Error> {
    // Children's files are locked before meetings, and only the item says whose file it is.
    let case = peek(tx, meeting)?.item(item).ok_or(Error::NotFound("agenda_item"))?.case;
    let loaded = open_case(tx, case)?;
    let mut errors = Vec::new();
    for (at, entry) in body.entries.iter().enumerate() {
        if !loaded.file.of_case(case).any(|standing| standing.event == *entry) {
            let words = "Is no entry of this case that stands; the case's timeline lists them.";
            errors.push(FieldError::new(format!("/entries/{at}"), "unknown_entry", words));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let opened = open(tx, meeting)?;
    let child = opened.item(item)?.child;
    let step = Step::on(tx, tx.today(), Fact::PapersChosen { item, child, case, papers: body.entries.clone() });
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(Some(child), step)], entry)
}

/// The papers of an item. To a member who declared a conflict of interest there are none, whatever else they are.
pub fn papers(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId) -> Result<Vec<Paper>, Error> {
    let stored = journal::of_meeting(tx, meeting, None)?;
    let entries: Vec<_> = stored.iter().map(|s| &s.entry).collect();
    let known = Meeting::fold(meeting, entries).ok_or(Error::NotFound("panel"))?;
    let item = known.item(item).ok_or(Error::NotFound("agenda_item"))?;
    if known.conflicted(item.child).any(|member| member == tx.permit().caller().subject) {
        return Err(Error::NotFound("agenda_item"));
    }
    let chosen = journal::of_entries(tx, item.child, &item.papers)?;
    let paper = |entry: &EventId| {
        let stored = chosen.iter().find(|s| s.entry.id == *entry)?;
        let detail = stored.detail.as_ref();
        Some(Paper {
            entry: *entry,
            kind: stored.entry.body.fact.kind(),
            occurred_on: stored.entry.occurred.on,
            words: detail.and_then(|d| d.words.clone()),
            sections: detail.filter(|d| !d.sections.is_empty()).map(|d| Sections::from_letters(&d.sections)),
            put_right_since: chosen.iter().any(|s| s.entry.body.fact.corrects() == Some(*entry)),
        })
    };
    Ok(item.papers.iter().filter_map(paper).collect())
}
