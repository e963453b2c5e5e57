//! A document in the contract's examples.

use serde_json::{Value, json};

use super::{ADVICE, CASE, DOCUMENT, EVENT};

/// A document with one version.
pub fn document() -> Value {
    json!({
        "id": DOCUMENT, "case": CASE, "role": "advice", "about": ADVICE, "position": 1042,
        "versions": [{
            "version": 1, "entry": EVENT, "fileName": "Report.pdf", "description": "Report of the educational psychologist.",
            "mediaType": "application/pdf", "bytes": 184_320,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "visibility": "internal",
            "filedOn": "2026-03-20", "recordedAt": "2026-03-20T10:15:00Z", "capacity": "advice_giver", "own": false, "scan": "clean"
        }]
    })
}
