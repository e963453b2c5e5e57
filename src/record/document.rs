//! Which documents are there in a case, in which versions, and who may read each?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;
use uuid::Uuid;

use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::*;
use super::organisation::Organisation;
use super::visibility::{Reader, Visibility};

/// What a document is in its case; says what its `about` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DocumentRole {
    /// The form or letter that asked for the assessment, and what came with it; about a request's entry.
    RequestForm,
    /// Advice or information for the assessment; about the request for advice.
    Advice,
    /// Written for a panel; about the item of its agenda.
    PanelPaper,
    /// A draft plan as it was served, or worked on; about the draft.
    Draft,
    /// What the family says to a draft; about the entry of its representations.
    Representation,
    /// A letter that was sent or received; about a statutory notice where it is one.
    Letter,
    /// Anything else; about nothing.
    Other,
}

impl DocumentRole {
    /// Whether somebody may file such a document. Drafts, papers of a panel and letters are the authority's own to file.
    pub const fn may_be_filed_by(self, reader: Reader) -> bool {
        match (self, reader) {
            (_, Reader::Staff) => true,
            (_, Reader::PanelMember) => false,
            (DocumentRole::Draft | DocumentRole::PanelPaper | DocumentRole::Letter, _) => false,
            (DocumentRole::Representation, Reader::Setting | Reader::AdviceGiver) => false,
            _ => true,
        }
    }

    /// The name the API and the record use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// One version of a document that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentVersion {
    /// The entry that filed it, whose detail holds the file's name.
    pub event: EventId,
    /// Its place among the entries of the child's file.
    pub seq: i32,
    /// The stored file.
    pub file: FileId,
    /// The day it was received or written.
    pub filed_on: Option<NaiveDate>,
    /// Who may read it.
    pub visibility: Visibility,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// How long it is.
    pub bytes: u64,
    /// What kind of file it is.
    pub media_type: String,
    /// The organisation that brought it, when it is not the authority.
    pub organisation: Option<Organisation>,
    /// The family member who brought it.
    pub account: Option<String>,
}

impl DocumentVersion {
    /// Whether it was brought by this organisation or by this account.
    pub fn is_brought_by(&self, organisation: Option<&Organisation>, account: Option<&str>) -> bool {
        match (&self.organisation, &self.account) {
            (Some(own), _) => organisation == Some(own),
            (None, Some(own)) => account == Some(own.as_str()),
            (None, None) => false,
        }
    }
}

/// A document: what it is, and its versions, the latest last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// What it is.
    pub role: DocumentRole,
    /// What it belongs to.
    pub about: Option<Uuid>,
    /// Its versions that stand, each with its number: 1, 2, 3 in the order they were filed, also where one between was struck.
    pub versions: Vec<(u32, DocumentVersion)>,
}

impl Document {
    /// The documents of a case, in the order their first versions were filed. `filed` are all that were ever filed of it, so that
    /// a version keeps its number when one before it is struck.
    pub fn all(file: &File, case: CaseId, filed: &[(DocumentId, EventId)]) -> Vec<Document> {
        let mut found: Vec<Document> = Vec::new();
        let mut standing: Vec<&Standing> = file.of_case(case).collect();
        standing.sort_by_key(|s| s.seq);
        for one in standing {
            let Fact::DocumentFiled { document, role, about, .. } = &one.fact else { continue };
            let Some(version) = version_of(one) else { continue };
            let before = filed.iter().filter(|(of, _)| of == document).take_while(|(_, event)| *event != one.event).count();
            let numbered = (u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1), version);
            match found.iter_mut().find(|known| known.id == *document) {
                Some(known) => known.versions.push(numbered),
                None => found.push(Document { id: *document, role: *role, about: *about, versions: vec![numbered] }),
            }
        }
        found
    }
}

/// The version of a document that an entry filed.
pub fn version_of(standing: &Standing) -> Option<DocumentVersion> {
    let Fact::DocumentFiled { file, visibility, sha256, bytes, media_type, organisation, account, .. } = &standing.fact else {
        return None;
    };
    Some(DocumentVersion {
        event: standing.event,
        seq: standing.seq,
        file: *file,
        filed_on: standing.day(),
        visibility: *visibility,
        sha256: sha256.clone(),
        bytes: *bytes,
        media_type: media_type.clone(),
        organisation: organisation.clone(),
        account: account.clone(),
    })
}

/// Whether somebody may read a document that says this of itself. What one relative says to a draft is not for another, nor for a
/// school, whoever it is shared with: as with representations typed in.
pub const fn is_for(role: DocumentRole, visibility: Visibility, reader: Reader) -> bool {
    match (role, reader) {
        (DocumentRole::Representation, Reader::Setting | Reader::AdviceGiver | Reader::Family) => false,
        _ => visibility.seen_by(reader),
    }
}
