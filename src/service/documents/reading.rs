//! Reading: which documents there are, what each version is, and what one holds.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Looking, Scan, filed, key};
use crate::db::Tx;
use crate::files::Key;
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::file_of;
use crate::service::identity::{is_staff, known_and_now};
use crate::store::files;
use crate::store::journal::{self, Details, Stored};

/// One version of a document.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DocumentVersion)]
pub struct VersionView {
    /// Its number: 1, 2, 3 in the order they were filed.
    #[schema(minimum = 1)]
    pub version: u32,
    /// The entry that filed it: what a panel's papers, a correction or a strike names.
    pub entry: EventId,
    /// What the file is called. Null: erased.
    #[schema(example = "Report.pdf")]
    pub file_name: Option<String>,
    /// What it is in a few words. Null: nothing was said.
    pub description: Option<String>,
    /// What kind of file it is.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// The day it was received. Null: unknown.
    pub filed_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The role of whoever filed it.
    #[schema(example = "case_worker")]
    pub capacity: String,
    /// Whether the caller, or the organisation they act for, brought it.
    pub own: bool,
    /// Whether it was scanned for viruses, as of now.
    pub scan: Scan,
}

/// A document with those of its versions that the caller may read.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Document)]
pub struct DocumentView {
    /// Its id.
    pub id: DocumentId,
    /// The case.
    pub case: CaseId,
    /// What it is in the case.
    pub role: DocumentRole,
    /// The id of what it belongs to, as `role` says. Null: nothing in particular.
    pub about: Option<Uuid>,
    /// Its versions, the latest last; at least one.
    pub versions: Vec<VersionView>,
    /// The place of the last of them in the authority's journal.
    pub position: i64,
}

/// A version, ready to be given out.
#[derive(Debug, Clone)]
pub struct Content {
    /// Where it is kept.
    pub key: Key,
    /// What the file is called.
    pub name: Option<String>,
    /// What kind of file it is.
    pub media_type: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Which part of the list of a case's documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Only documents with a version recorded at this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Only after this position.
    pub after: Option<i64>,
    /// So many at most.
    pub limit: usize,
}

/// The documents of a case that the caller may read, by the last version filed of each.
pub fn list(
    tx: &mut Tx<'_>,
    case: CaseId,
    wanted: Wanted,
    as_of: Option<AsOf>,
    scans: bool,
) -> Result<(Known, Vec<DocumentView>), Error> {
    let (known, mut documents) = all(tx, case, as_of, scans)?;
    documents.sort_by_key(|document| document.position);
    documents.retain(|document| {
        let new = |since| document.versions.iter().any(|version| version.recorded_at >= since);
        wanted.since.is_none_or(new) && wanted.after.is_none_or(|after| document.position > after)
    });
    documents.truncate(wanted.limit);
    Ok((known, documents))
}

/// One document.
pub fn show(
    tx: &mut Tx<'_>,
    case: CaseId,
    id: DocumentId,
    as_of: Option<AsOf>,
    scans: bool,
) -> Result<(Known, DocumentView), Error> {
    let (known, documents) = all(tx, case, as_of, scans)?;
    let document = documents.into_iter().find(|document| document.id == id).ok_or(Error::NotFound("document"))?;
    Ok((known, document))
}

/// What a version holds, the last unless told, if it may be given out.
///
/// # Errors
/// [`Error::Unscanned`] and [`Error::Infected`] where it may not.
pub fn content(tx: &mut Tx<'_>, case: CaseId, id: DocumentId, version: Option<u32>, scans: bool) -> Result<Content, Error> {
    let stored = journal::of_case(tx, case, None, Details::All)?;
    let file = file_of(&stored)?;
    let looking = Looking::of(tx)?;
    let document = Document::all(&file, case, &filed(&stored)).into_iter().find(|document| document.id == id);
    let document = document.ok_or(Error::NotFound("document"))?;
    let may = |one: &DocumentVersion| looking.may_read(document.role, one) && (is_staff(tx) || !is_sealed(&file, one.event));
    let mut readable = document.versions.iter().rev().filter(|(_, one)| may(one));
    let found = readable.find(|(number, _)| version.is_none_or(|wanted| wanted == *number));
    let (_, found) = found.ok_or(Error::NotFound("document"))?;
    let name = detail_of(&stored, found.event).and_then(|detail| detail.file_name.clone());
    given_out(tx, found, name, scans)
}

/// What a version holds, if it may be given out.
pub(in crate::service) fn given_out(
    tx: &mut Tx<'_>,
    version: &DocumentVersion,
    name: Option<String>,
    scans: bool,
) -> Result<Content, Error> {
    let verdicts = files::verdicts(tx, &[version.file])?;
    Scan::of(verdicts.into_iter().find_map(|(_, infected)| infected), scans).allows()?;
    Ok(Content {
        key: key(tx, version.file),
        name,
        media_type: version.media_type.clone(),
        bytes: version.bytes,
        sha256: version.sha256.clone(),
    })
}

fn detail_of(stored: &[Stored], event: EventId) -> Option<&Detail> {
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()
}

fn all(tx: &mut Tx<'_>, case: CaseId, as_of: Option<AsOf>, scans: bool) -> Result<(Known, Vec<DocumentView>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, None, Details::All)?;
    let child = stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))?;
    let (stored, now) = known_and_now(stored, child, known.position);
    let file = file_of(&stored)?;
    Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let looking = Looking::of(tx)?;
    let staff = is_staff(tx);
    let mut documents = Document::all(&file, case, &filed(&stored));
    for document in &mut documents {
        // Who may read is judged by what stands now: what was struck or closed to them since is not theirs to read any more.
        document.versions.retain(|(_, one)| {
            let Some(today) = now.find(one.event).and_then(version_of) else { return staff };
            staff || (looking.may_read(document.role, &today) && !is_sealed(&now, one.event))
        });
    }
    documents.retain(|document| !document.versions.is_empty());
    let kept: Vec<_> = documents.iter().flat_map(|d| &d.versions).map(|(_, one)| one.file).collect();
    let verdicts: BTreeMap<FileId, Option<bool>> = files::verdicts(tx, &kept)?.into_iter().collect();
    let version = |number: u32, one: &DocumentVersion| {
        let filed = stored.iter().find(|s| s.entry.id == one.event)?;
        Some(VersionView {
            version: number,
            entry: one.event,
            file_name: filed.detail.as_ref().and_then(|detail| detail.file_name.clone()),
            description: filed.detail.as_ref().and_then(|detail| detail.words.clone()),
            media_type: one.media_type.clone(),
            bytes: one.bytes,
            sha256: one.sha256.clone(),
            visibility: one.visibility,
            filed_on: one.filed_on,
            recorded_at: filed.entry.recorded_at,
            capacity: filed.entry.by.capacity.clone(),
            own: looking.brought(one),
            scan: Scan::of(verdicts.get(&one.file).copied().flatten(), scans),
        })
    };
    let view = |document: &Document| {
        let last = document.versions.last().map(|(_, one)| one.event);
        DocumentView {
            id: document.id,
            case,
            role: document.role,
            about: document.about,
            versions: document.versions.iter().filter_map(|(number, one)| version(*number, one)).collect(),
            position: stored.iter().find(|s| Some(s.entry.id) == last).map_or(0, |s| s.entry.position),
        }
    };
    Ok((known, documents.iter().map(view).collect()))
}
