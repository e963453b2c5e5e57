//! What is sent with a file: a form of several parts, of which one is the file and the others say what it is.

use std::marker::PhantomData;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};

use super::asker::{Asker, Recorded};
use super::body::{ValidJson, told};
use super::idempotency::IdempotencyKey;
use super::limits::{FILE_NAME_CHARS, FORM_FIELDS, TEXT_BYTES};
use super::problem::{Code, Problem};
use crate::db::Tx;
use crate::files::{ACCEPTED, Files, Key, Mismatch, NotReceived, Received};
use crate::record::{Action, FileId};
use crate::service::documents::{self, Arrived};
use crate::service::{Error, FieldError, Receipt};

/// The part that is the file.
const FILE: &str = "file";

/// A form with a file, not read yet. `T` is what the other parts say, as if they were the fields of a JSON object.
pub struct FileForm<T> {
    parts: Multipart,
    files: web::Data<Files>,
    says: PhantomData<T>,
}

impl<T> FromRequest for FileForm<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        std::future::ready(Self::announced(req, payload))
    }
}

impl<T> FileForm<T> {
    fn announced(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Problem> {
        let text = |name| req.headers().get(name).map(|value| value.to_str().unwrap_or_default().trim());
        let essence = text(header::CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let plain = text(header::CONTENT_ENCODING).is_none_or(|encoding| encoding.eq_ignore_ascii_case("identity"));
        if !essence.eq_ignore_ascii_case("multipart/form-data") || !plain {
            return Err(Problem::new(Code::UnsupportedMedia));
        }
        let files = req.app_data::<web::Data<Files>>().cloned();
        let files = files.ok_or_else(|| Problem::unexpected("the server was put together without files"))?;
        Ok(Self { parts: Multipart::new(req.headers(), payload.take()), files, says: PhantomData })
    }
}

/// What a form says so far.
#[derive(Default)]
struct Said {
    fields: Map<String, Value>,
    errors: Vec<FieldError>,
    file: Option<(String, Received)>,
}

impl<T: DeserializeOwned + ToSchema + Send + Clone + 'static> FileForm<T> {
    /// Takes the file in and has it filed, once for each key. `expect` says whether there is room for one, before the first byte is
    /// read; `file` files it. A file that is not filed in the end is removed.
    ///
    /// # Errors
    /// Whatever either says, everything that is wrong with the form, 413 for a file that is too long, 415 for no form.
    pub async fn filed(
        mut self,
        asker: &Asker,
        key: IdempotencyKey,
        expect: impl Fn(&mut Tx<'_>) -> Result<(FileId, Key), Error> + Send + 'static,
        file: impl Fn(&mut Tx<'_>, &Arrived, &T) -> Result<Receipt, Error> + Send + 'static,
    ) -> Result<Recorded, Problem> {
        let (id, at) = asker.write(Action::FileDocument, expect).await?;
        let filed = self.recorded(asker, key, id, at, file).await;
        let permit = asker.permit(Action::FileDocument.into())?;
        let after = match &filed {
            Ok(recorded) if !recorded.is_replayed() => documents::scan(asker.db(), &self.files, permit, id).await.map(drop),
            // A repetition was filed already, with the file that came first.
            _ => documents::discard(asker.db(), &self.files, permit, id).await,
        };
        // What was filed is filed: scanning and removing are tried again beside requests.
        if let Err(error) = after {
            log::warn!(target: "files", "file {id} is looked after later: {error:?}");
        }
        filed
    }

    async fn recorded(
        &mut self,
        asker: &Asker,
        key: IdempotencyKey,
        id: FileId,
        at: Key,
        file: impl Fn(&mut Tx<'_>, &Arrived, &T) -> Result<Receipt, Error> + Send + 'static,
    ) -> Result<Recorded, Problem> {
        let mut said = self.read(at).await?;
        if said.file.is_none() && !said.errors.iter().any(|error| error.pointer == "/file") {
            said.errors.push(FieldError::new("/file", "required", "Is needed."));
        }
        let body: ValidJson<T> = told(Value::Object(said.fields), said.errors)?;
        let Some((name, received)) = said.file else { return Err(Problem::new(Code::InvalidFields)) };
        // The same words with another file are another request.
        let once = key.once(&format!("{}\n{}\n{name}", body.canonical(), received.sha256));
        let (body, arrived) = (body.into_inner(), Arrived { file: id, name, received });
        asker.record_once(Action::FileDocument, once, move |tx| file(tx, &arrived, &body)).await
    }

    /// Reads every part; the file goes into the storage as it comes.
    async fn read(&mut self, at: Key) -> Result<Said, Problem> {
        let mut said = Said::default();
        let mut parts = 0;
        while let Some(part) = self.parts.next().await {
            let mut part = part.map_err(|error| broken(&error))?;
            parts += 1;
            if parts > FORM_FIELDS {
                return Err(Problem::new(Code::MalformedRequest).detail("The form has too many parts."));
            }
            let name = part.name().unwrap_or_default().to_owned();
            if name == FILE {
                self.take_file(&mut said, part, at).await?;
                continue;
            }
            let Ok(bytes) = part.bytes(TEXT_BYTES).await else {
                said.errors.push(FieldError::new(pointer(&name), "too_long", "Is longer than such a part may be."));
                continue;
            };
            let bytes = bytes.map_err(|error| broken(&error))?;
            match (said.fields.contains_key(&name), String::from_utf8(bytes.to_vec())) {
                (true, _) => said.errors.push(FieldError::new(pointer(&name), "duplicate_key", "Must be sent once.")),
                (_, Err(_)) => said.errors.push(FieldError::new(pointer(&name), "encoding", "Must be text in UTF-8.")),
                // A field of a form that was left empty says nothing.
                (false, Ok(text)) if text.is_empty() => {}
                (false, Ok(text)) => {
                    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
                        let words = "Must hold no control characters.";
                        said.errors.push(FieldError::new(pointer(&name), "control_character", words));
                    }
                    said.fields.insert(name, Value::String(text));
                }
            }
        }
        Ok(said)
    }

    async fn take_file(&self, said: &mut Said, part: Field, at: Key) -> Result<(), Problem> {
        let mut wrong = |code, words: String| said.errors.push(FieldError::new("/file", code, words));
        if said.file.is_some() {
            wrong("duplicate_key", "Must be sent once.".into());
            return drain(part).await;
        }
        let name = part.content_disposition().and_then(|sent| sent.get_filename()).map(file_name).unwrap_or_default();
        match self.files.receive(at, &name, part).await {
            Ok(received) => said.file = Some((name, received)),
            Err(NotReceived::Empty) => wrong("empty_file", "Must not be empty.".into()),
            Err(NotReceived::Mismatch(mismatch)) => {
                let taken: Vec<_> = ACCEPTED.iter().flat_map(|kind| kind.extensions).copied().collect();
                let words = match mismatch {
                    Mismatch::Name => format!("Must have a name that ends with one of: {}.", taken.join(", ")),
                    Mismatch::Content => "Must hold what the end of its name says.".to_owned(),
                };
                wrong("file_type", words);
            }
            Err(NotReceived::TooLarge) => {
                let most = self.files.most_bytes() / (1024 * 1024);
                return Err(Problem::new(Code::BodyTooLarge).detail(format!("A file has at most {most} MiB here.")));
            }
            Err(NotReceived::BrokeOff) => return Err(broke_off()),
            Err(NotReceived::Storage(error)) => return Err(Error::Unavailable(crate::service::Cause::new(error)).into()),
        }
        Ok(())
    }
}

/// Reads a part to its end, so that the next can be.
async fn drain(mut part: Field) -> Result<(), Problem> {
    while let Some(chunk) = part.next().await {
        chunk.map_err(|error| broken(&error))?;
    }
    Ok(())
}

fn broke_off() -> Problem {
    Problem::new(Code::MalformedRequest).detail("The body broke off before its end.")
}

fn broken(error: &MultipartError) -> Problem {
    match error {
        MultipartError::Payload(_) | MultipartError::Incomplete => broke_off(),
        _ => Problem::new(Code::MalformedRequest)
            .detail("The form's parts cannot be told apart; check its boundary and the head of each part."),
    }
}

fn pointer(name: &str) -> String {
    let name: String = name.chars().take(super::limits::ECHOED_NAME_CHARS).collect();
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The file's own name: no folders of the machine it came from, nothing that a terminal or a file system would take for an order. Its
/// end says what it is and is kept.
fn file_name(sent: &str) -> String {
    let own = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: Vec<char> = own.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    let plain = &plain[plain.len().saturating_sub(FILE_NAME_CHARS)..];
    plain.iter().collect::<String>().trim().to_owned()
}

/// Characters that turn the direction of writing, or show as nothing: a name with them reads otherwise than it is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The form's schema: what the other parts say, and the file.
pub fn with_file(says: RefOr<Schema>) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut form)) = says else { return says };
    let words = "The file itself, with its name. Its name and its content must say the same of what it is.";
    let binary = Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    let file = ObjectBuilder::new().schema_type(Type::String).format(binary).description(Some(words)).build();
    form.properties.insert(FILE.to_owned(), RefOr::T(Schema::Object(file)));
    form.required.push(FILE.to_owned());
    if let Some(Value::Object(example)) = &mut form.example {
        example.insert(FILE.to_owned(), "%PDF-1.7 …".into());
    }
    RefOr::T(Schema::Object(form))
}

/// The schema of a form with a file, under a name of its own: the fields of what is said, and the file.
macro_rules! form_with_file {
    ($(#[$doc:meta])* $name:ident of $says:ty) => {
        $(#[$doc])*
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::api::form::with_file(<$says as utoipa::PartialSchema>::schema())
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                <$says as utoipa::ToSchema>::schemas(schemas);
            }
        }
    };
}
pub(super) use form_with_file;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_files_own_and_reads_as_it_is() {
        assert_eq!(file_name("C:\\Users\\sam\\Report.pdf"), "Report.pdf");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("Amira\u{202e}fdp.exe"), "Amirafdp.exe");
        assert_eq!(file_name("a\r\nb\0.pdf"), "ab.pdf");
        assert_eq!(file_name("naïve Bericht.pdf"), "naïve Bericht.pdf");
        assert_eq!(file_name(&format!("{}.pdf", "é".repeat(300))).chars().count(), FILE_NAME_CHARS);
        assert!(file_name(&format!("{}.pdf", "é".repeat(300))).ends_with("é.pdf"));
    }
}
