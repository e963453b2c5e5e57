//! `/v1/cases/{caseId}/documents`: files of a case: sent in, listed, read, each in its versions.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::download::{FileAnswers, NoneMatch, give_out};
use super::example;
use super::form::{FileForm, form_with_file};
use super::idempotency::IdempotencyKey;
use super::moment::{At, Moment};
use super::page::{Cursor, Limit, Page, PageAsOf};
use super::path::PathId;
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::files::Files;
use crate::record::{CaseId, DocumentId};
use crate::service::Receipt;
use crate::service::documents::{self, AddDocumentVersion, Arrived, DocumentView, FileDocument, Wanted};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_documents).service(file_document).service(show_document).service(add_document_version);
    cfg.service(read_document);
}

form_with_file! {
    /// A file, and what it is in the case.
    DocumentUpload of FileDocument
}

form_with_file! {
    /// Another version of a document.
    VersionUpload of AddDocumentVersion
}

/// Which part of a case's documents, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListDocuments {
    /// Only documents of which a version was recorded at this instant (`2026-02-01T09:30:00Z`) or later: what a system asks that
    /// keeps in step.
    since: Option<DateTime<Utc>>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). What may be seen, and what a
    /// scan found, is still judged now.
    #[param(inline)]
    as_of: Option<Moment>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// List a case's documents
///
/// Each with its versions, the document whose last version was recorded earliest first, so that what is new comes last. Staff see all
/// of them; a family, a school and an advice giver see what is `shared` and what they brought themselves. What a family member says to
/// a draft is not shown to relatives or schools.
#[utoipa::path(tag = "documents", params(PathId<CaseId>, ListDocuments), responses(
    (status = 200, description = "A page of documents.", body = PageAsOf<DocumentView>,
     example = json!(example::page_as_of(example::document())))))]
#[get("/cases/{caseId}/documents")]
async fn list_documents(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    ValidQuery(query): ValidQuery<ListDocuments>,
    files: web::Data<Files>,
) -> Result<PageAsOf<DocumentView>, Problem> {
    let ListDocuments { since, as_of, limit, cursor } = query;
    let after = cursor.map(|cursor| cursor.key("documents")).transpose()?;
    let wanted = Wanted { since, after, limit: limit.rows() + 1 };
    let (as_of, scans) = (as_of.map(|Moment(as_of)| as_of), files.scans());
    let (known, rows) = asker.read(Ask::SeeDocuments, move |tx| documents::list(tx, case, wanted, as_of, scans)).await?;
    Ok(Page::of("documents", limit, rows, |document| document.position).known(known))
}

/// File a document
///
/// A form (`multipart/form-data`) with the file and what it is. Taken are PDF, Word, Excel, OpenDocument, RTF, plain text and pictures
/// (JPEG, PNG, TIFF, HEIC), told by the name and the content, which must agree; 25 MiB at most unless this installation says
/// otherwise. Case workers, decision makers and managers file anything; schools, advice givers and families, for cases of children
/// granted to them, file request forms, advice, what a family says to a draft, and other documents. Where files are scanned, the
/// answer waits for it as long as it takes; while `scan` is `waiting` the file is not given out, and one with a virus never is. The
/// same key with the same file is filed once.
#[utoipa::path(tag = "documents", params(PathId<CaseId>, IdempotencyKey),
    request_body(content = DocumentUpload, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Filed; `id` is the document.", body = Receipt,
     headers(("Location" = String, description = "The document.")), example = json!(example::receipt()))))]
#[post("/cases/{caseId}/documents")]
async fn file_document(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    key: IdempotencyKey,
    form: FileForm<FileDocument>,
) -> Result<Recorded, Problem> {
    let expect = move |tx: &mut Tx<'_>| documents::expect(tx, case, None);
    let file = move |tx: &mut Tx<'_>, arrived: &Arrived, says: &FileDocument| documents::file(tx, case, arrived, says);
    let recorded = form.filed(&asker, key, expect, file).await?;
    Ok(recorded.at(|receipt| format!("/v1/cases/{case}/documents/{}", receipt.id)))
}

/// Show a document
///
/// What it is and each of its versions that the caller may read, as in the list. A version is corrected or struck by its `entry`, as
/// any entry of the case is: `visibility` is changed with a correction. What was struck is hidden from all but staff and its content
/// is given to nobody; it stays in the storage until it is erased.
#[utoipa::path(tag = "documents", params(PathId<CaseId>, PathId<DocumentId>, At), responses(
    (status = 200, description = "The document.", body = DocumentView, example = json!(example::document()))))]
#[get("/cases/{caseId}/documents/{documentId}")]
async fn show_document(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<DocumentId>,
    ValidQuery(at): ValidQuery<At>,
    files: web::Data<Files>,
) -> Result<web::Json<DocumentView>, Problem> {
    let scans = files.scans();
    let (_, document) = asker.read(Ask::SeeDocuments, move |tx| documents::show(tx, case, id, at.moment(), scans)).await?;
    Ok(web::Json(document))
}

/// File another version of a document
///
/// Takes the place of the version before it, which stays and keeps its number. Staff add to every document, others to what they
/// brought themselves. The file is taken in as `POST /v1/cases/{caseId}/documents` takes it.
#[utoipa::path(tag = "documents", params(PathId<CaseId>, PathId<DocumentId>, IdempotencyKey),
    request_body(content = VersionUpload, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Filed; `id` is the document.", body = Receipt,
     headers(("Location" = String, description = "The document.")), example = json!(example::receipt()))))]
#[post("/cases/{caseId}/documents/{documentId}/versions")]
async fn add_document_version(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<DocumentId>,
    key: IdempotencyKey,
    form: FileForm<AddDocumentVersion>,
) -> Result<Recorded, Problem> {
    let expect = move |tx: &mut Tx<'_>| documents::expect(tx, case, Some(id));
    let file =
        move |tx: &mut Tx<'_>, arrived: &Arrived, says: &AddDocumentVersion| documents::add_version(tx, case, id, arrived, says);
    let recorded = form.filed(&asker, key, expect, file).await?;
    Ok(recorded.at(|receipt| format!("/v1/cases/{case}/documents/{}", receipt.id)))
}

/// Which version.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfVersion {
    /// The number of the version; the last that the caller may read unless told.
    #[param(minimum = 1, maximum = 100_000)]
    version: Option<u32>,
}

/// Read a document
///
/// What a version holds, as it was sent in: an attachment, never shown by a browser in this server's name. 409
/// `file_not_scanned_yet` until a scan found nothing in it, where files are scanned; 409 `file_infected` where it found a virus. Each
/// reading stands in the trail as `read_documents` before the first byte is sent.
#[utoipa::path(tag = "documents", params(PathId<CaseId>, PathId<DocumentId>, OfVersion, NoneMatch), responses(FileAnswers))]
#[get("/cases/{caseId}/documents/{documentId}/content")]
async fn read_document(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<DocumentId>,
    ValidQuery(OfVersion { version }): ValidQuery<OfVersion>,
    files: web::Data<Files>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let scans = files.scans();
    let content = asker.read(Ask::ReadDocuments, move |tx| documents::content(tx, case, id, version, scans)).await?;
    give_out(&req, &files, content).await
}
