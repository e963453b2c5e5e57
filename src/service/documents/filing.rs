//! Filing: a file is expected, arrives, and is cited by an entry of the case; or it is forgotten.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Looking, key};
use crate::access::Reach;
use crate::db::Tx;
use crate::files::{Key, Received};
use crate::record::*;
use crate::service::recording::{Loaded, Receipt, Step, not_future, open_case, record};
use crate::service::{Error, FieldError, wrong};
use crate::store::{files, panels};

/// What a document is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"role": "advice", "about": "0190b0a0-0000-7000-8000-000000000005", "description": "Report of the educational psychologist."}))]
pub struct FileDocument {
    /// What it is in the case.
    pub role: DocumentRole,
    /// The id of what it belongs to, which `role` says: a request's or the representations' entry, a request for advice, an item of
    /// a panel's agenda, a draft plan, a statutory notice. It must be of this case.
    pub about: Option<Uuid>,
    /// Who may read it. Left out: `shared` from a family or a school, `internal` from everybody else. A family or a school can ask
    /// that it is not passed on with `third_party` or `safeguarding`.
    pub visibility: Option<Visibility>,
    /// What it is in a few words.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// The day it was received; today unless told. What comes from outside the authority is received today.
    pub on: Option<NaiveDate>,
}

/// What another version of a document is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"description": "With the results of the second visit."}))]
pub struct AddDocumentVersion {
    /// Who may read it; as the version before it unless told.
    pub visibility: Option<Visibility>,
    /// What is new in it.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// The day it was received; today unless told. What comes from outside the authority is received today.
    pub on: Option<NaiveDate>,
}

/// A file that has arrived and waits to be filed.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The file.
    pub file: FileId,
    /// What it was called where it came from.
    pub name: String,
    /// What it holds.
    pub received: Received,
}

/// Makes room for a file of this case, or for another version of this document, before the first byte of it is taken in.
///
/// # Errors
/// [`Error::NotFound`] where the case or the document is not the caller's to add to.
pub fn expect(tx: &mut Tx<'_>, case: CaseId, document: Option<DocumentId>) -> Result<(FileId, Key), Error> {
    let loaded = open_case(tx, case)?;
    loaded.case(case)?;
    if let Some(document) = document {
        to_add_to(tx, &loaded.file, case, document)?;
    }
    let file: FileId = tx.new_id();
    files::expect(tx, file)?;
    Ok((file, key(tx, file)))
}

/// Files a document with its first version.
///
/// # Errors
/// [`Error::Invalid`] where it belongs to nothing in this case, or the caller may not file such a thing.
pub fn file(tx: &mut Tx<'_>, case: CaseId, arrived: &Arrived, body: &FileDocument) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let looking = Looking::of(tx)?;
    let mut errors = Vec::new();
    if !body.role.may_be_filed_by(looking.reader) {
        let words =
            "Is filed by others: from here come request forms, advice, what a family says to a draft, and other documents.";
        errors.push(FieldError::new("/role", "not_for_others", words));
    } else if let Some(about) = body.about
        && !belongs(tx, &loaded, case, body.role, about)?
    {
        errors.push(FieldError::new("/about", "unknown_about", "Is nothing of this case that such a document can belong to."));
    }
    let visibility = body.visibility.unwrap_or(Visibility::of_contribution(looking.reader));
    errors.extend(visibility_error(visibility, &looking));
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let document: DocumentId = tx.new_id();
    let filed = Filed { document, role: body.role, about: body.about, visibility, on: body.on, words: body.description.clone() };
    add(tx, loaded, case, arrived, looking, filed)
}

/// Files another version of a document; those before it stay.
///
/// # Errors
/// As [`file()`].
pub fn add_version(
    tx: &mut Tx<'_>,
    case: CaseId,
    document: DocumentId,
    arrived: &Arrived,
    body: &AddDocumentVersion,
) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let (known, last) = to_add_to(tx, &loaded.file, case, document)?;
    let looking = Looking::of(tx)?;
    if let Some(error) = body.visibility.and_then(|said| visibility_error(said, &looking)) {
        return Err(Error::Invalid(vec![error]));
    }
    let visibility = body.visibility.unwrap_or(last);
    let words = body.description.clone();
    let filed = Filed { document, role: known.role, about: known.about, visibility, on: body.on, words };
    add(tx, loaded, case, arrived, looking, filed)
}

struct Filed {
    document: DocumentId,
    role: DocumentRole,
    about: Option<Uuid>,
    visibility: Visibility,
    on: Option<NaiveDate>,
    words: Option<String>,
}

fn add(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    case: CaseId,
    arrived: &Arrived,
    looking: Looking,
    filed: Filed,
) -> Result<Receipt, Error> {
    let on = not_future(tx, "/on", filed.on.unwrap_or(tx.today()))?;
    if looking.reader != Reader::Staff && on != tx.today() {
        return Err(wrong("/on", "received_today", "What comes through the API from outside the authority is received today."));
    }
    let child = loaded.file.child;
    let fact = Fact::DocumentFiled {
        case,
        document: filed.document,
        file: arrived.file,
        role: filed.role,
        about: filed.about,
        visibility: filed.visibility,
        sha256: arrived.received.sha256.clone(),
        bytes: arrived.received.bytes,
        media_type: arrived.received.media_type.to_owned(),
        organisation: looking.organisation,
        account: looking.account,
    };
    let mut step = Step::on(tx, on, fact).words(filed.words.filter(|words| !words.trim().is_empty()));
    step.detail.file_name = Some(arrived.name.clone());
    let receipt = record(tx, loaded, Action::FileDocument, case, filed.document.0, vec![step], &[])?;
    if !files::keep(tx, arrived.file, child)? {
        // The upload took longer than any should; what was swept away cannot be filed.
        return Err(wrong("/file", "took_too_long", "Arrived too slowly; send it again."));
    }
    Ok(receipt)
}

/// The document and the visibility of its last version, where the caller may add to it: staff to all, others to what they brought.
fn to_add_to(tx: &Tx<'_>, file: &File, case: CaseId, id: DocumentId) -> Result<(Document, Visibility), Error> {
    let looking = Looking::of(tx)?;
    let mut documents = Document::all(file, case, &[]).into_iter();
    let known = documents.find(|document| document.id == id).ok_or(Error::NotFound("document"))?;
    let last = known.versions.last().map(|(_, last)| last).ok_or(Error::NotFound("document"))?;
    let own = known.versions.iter().any(|(_, version)| looking.brought(version));
    if tx.permit().reach() != Reach::Authority && !(own && looking.may_read(known.role, last)) {
        return Err(Error::NotFound("document"));
    }
    let visibility = last.visibility;
    Ok((known, visibility))
}

fn visibility_error(said: Visibility, looking: &Looking) -> Option<FieldError> {
    let words = "Cannot be said from outside the authority; shared, third_party and safeguarding can.";
    (!said.may_be_said_by(looking.reader)).then(|| FieldError::new("/visibility", "not_for_others", words))
}

/// Whether the case has such a thing, and the caller has to do with it.
fn belongs(tx: &mut Tx<'_>, loaded: &Loaded, case: CaseId, role: DocumentRole, about: Uuid) -> Result<bool, Error> {
    let known = loaded.case(case)?;
    let permit = tx.permit();
    let staff = permit.reach() == Reach::Authority;
    let caller = permit.caller();
    Ok(match role {
        DocumentRole::RequestForm => known.requests.iter().any(|request| request.event.0 == about),
        DocumentRole::Advice => known.advice.iter().any(|advice| {
            let own = |organisation: &Organisation| advice.is_of(organisation);
            // The family's own advice is asked of nobody's organisation.
            let theirs = caller.organisation.as_ref().map_or(advice.organisation.is_none(), own);
            advice.id.0 == about && (staff || theirs)
        }),
        DocumentRole::PanelPaper => panels::recommendation(tx, ItemId(about))?.is_some_and(|(of, _)| of == case),
        DocumentRole::Draft => known.drafts.iter().any(|draft| draft.id.0 == about),
        DocumentRole::Representation => known
            .response
            .representations
            .iter()
            .any(|said| said.event.0 == about && (staff || said.account.as_deref() == Some(caller.subject.as_str()))),
        DocumentRole::Letter => known.notices.iter().any(|notice| notice.id.0 == about),
        DocumentRole::Other => false,
    })
}
