//! What the members have before them: entries of the case, as they stood when they were chosen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{append, open, peek};
use crate::db::Tx;
use crate::record::*;
use crate::service::documents::{Content, given_out};
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
    /// representations, documents that were filed. They take the place of those chosen before.
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
    /// The document it filed; null for other papers. `…/papers/{entry}/content` gives what it holds.
    pub document: Option<PaperDocument>,
    /// Whether the entry was corrected or struck since. What is shown is what the members were given.
    pub put_right_since: bool,
}

/// A document among the papers.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaperDocument {
    /// What the file is called. Null: erased.
    #[schema(example = "Report.pdf")]
    pub file_name: Option<String>,
    /// What kind of file it is.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// Chooses the papers of an item.
pub fn choose_papers(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, body: &ChoosePapers) -> Result<Receipt, Error> {
    // Children's files are locked before meetings, and only the item says whose file it is.
    let case = peek(tx, meeting)?.item(item).ok_or(Error::NotFound("agenda_item"))?.case;
    let loaded = open_case(tx, case)?;
    let mut errors = Vec::new();
    for (at, entry) in body.entries.iter().enumerate() {
        let (code, words) = match loaded.file.of_case(case).find(|standing| standing.event == *entry) {
            None => ("unknown_entry", "Is no entry of this case that stands; the case's timeline lists them."),
            Some(standing) if !may_be_chosen(standing) => {
                ("privileged", "Is privileged: a panel, where other bodies sit, does not read it.")
            }
            Some(_) => continue,
        };
        errors.push(FieldError::new(format!("/entries/{at}"), code, words));
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

/// Whether an entry may be put before a panel: a document only where a panel may see such a thing.
fn may_be_chosen(standing: &Standing) -> bool {
    version_of(standing).is_none_or(|version| version.visibility.seen_by(Reader::PanelMember))
}

/// The papers of an item. To a member who declared a conflict of interest there are none, whatever else they are.
pub fn papers(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId) -> Result<Vec<Paper>, Error> {
    let item = readable(tx, meeting, item)?;
    let chosen = journal::of_entries(tx, item.child, &item.papers)?;
    let (_, now) = standing(chosen.iter().map(|s| &s.entry));
    let paper = |entry: &EventId| {
        // What became privileged since is not told any more.
        if now.iter().any(|standing| standing.event == *entry && !may_be_chosen(standing)) {
            return None;
        }
        let stored = chosen.iter().find(|s| s.entry.id == *entry)?;
        let detail = stored.detail.as_ref();
        let document = match &stored.entry.body.fact {
            Fact::DocumentFiled { media_type, bytes, sha256, .. } => Some(PaperDocument {
                file_name: detail.and_then(|d| d.file_name.clone()),
                media_type: media_type.clone(),
                bytes: *bytes,
                sha256: sha256.clone(),
            }),
            _ => None,
        };
        Some(Paper {
            entry: *entry,
            kind: stored.entry.body.fact.kind(),
            occurred_on: stored.entry.occurred.on,
            words: detail.and_then(|d| d.words.clone()),
            sections: detail.filter(|d| !d.sections.is_empty()).map(|d| Sections::from_letters(&d.sections)),
            document,
            put_right_since: chosen.iter().any(|s| s.entry.body.fact.corrects() == Some(*entry)),
        })
    };
    Ok(item.papers.iter().filter_map(paper).collect())
}

/// What a document among the papers holds, unless it was struck or closed to panels since it was chosen.
pub fn paper_content(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, paper: EventId, scans: bool) -> Result<Content, Error> {
    let item = readable(tx, meeting, item)?;
    if !item.papers.contains(&paper) {
        return Err(Error::NotFound("paper"));
    }
    let stored = journal::of_entries(tx, item.child, &[paper])?;
    let (_, standing) = standing(stored.iter().map(|s| &s.entry));
    let chosen = standing.iter().find(|standing| standing.event == paper && may_be_chosen(standing));
    let version = chosen.and_then(version_of).ok_or(Error::NotFound("paper"))?;
    let detail = stored.iter().find(|s| s.entry.id == paper).and_then(|s| s.detail.as_ref());
    given_out(tx, &version, detail.and_then(|detail| detail.file_name.clone()), scans)
}

/// An item whose papers the caller may read.
fn readable(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId) -> Result<Item, Error> {
    let stored = journal::of_meeting(tx, meeting, None)?;
    let entries: Vec<_> = stored.iter().map(|s| &s.entry).collect();
    let known = Meeting::fold(meeting, entries).ok_or(Error::NotFound("panel"))?;
    let item = known.item(item).ok_or(Error::NotFound("agenda_item"))?;
    if known.conflicted(item.child).any(|member| member == tx.permit().caller().subject) {
        return Err(Error::NotFound("agenda_item"));
    }
    Ok(item.clone())
}
