//! Files that tests send in, and the folder they are kept in.

use std::path::{Path, PathBuf};

use actix_web::test::TestRequest;
use serde_json::Value;

/// A small file that is what it says.
pub const PDF: &[u8] = b"%PDF-1.7\nWords of the document.\n";

/// A folder that is removed with its last user.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("ehc-test-files-{}", uuid::Uuid::new_v4())))
    }

    /// The files in it, at any depth.
    pub fn files(&self) -> Vec<PathBuf> {
        fn below(dir: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { below(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        below(&self.0, &mut found);
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The request as a form: each field of an object is a part, and the file is the last.
pub fn with_form(request: TestRequest, says: &Value, file: Option<(&str, &[u8])>) -> TestRequest {
    const BOUNDARY: &str = "a-boundary-of-the-test";
    let mut body = Vec::new();
    for (name, value) in says.as_object().into_iter().flatten() {
        let value = value.as_str().unwrap();
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some((name, content)) = file {
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        let part = format!("--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request.insert_header(("content-type", kind)).set_payload(body)
}
