//! The provision of a plan, and how it was delivered.

use serde_json::{Value, json};

use super::{CASE, CHILD, PLAN};

const PROVISION: &str = "0190b0a0-0000-7000-8000-0000000000a4";
const SHORTFALL: &str = "0190b0a0-0000-7000-8000-0000000000a5";

/// What was recorded of a piece of provision.
pub fn receipt_of_provision() -> Value {
    json!({"id": PROVISION, "case": CASE, "position": 1061, "recordedAt": "2026-09-07T09:12:40Z", "version": 27, "concerns": []})
}

/// What was recorded of a time without it.
pub fn receipt_of_shortfall() -> Value {
    json!({"id": SHORTFALL, "case": CASE, "position": 1066, "recordedAt": "2026-12-18T14:20:05Z", "version": 29, "concerns": []})
}

/// Therapy that was not delivered for a term.
pub fn provision() -> Value {
    json!({
        "id": PROVISION, "kind": "speech_and_language_therapy",
        "words": "Speech and language therapy, one hour a week, by a therapist.", "provider": "ods:RF4", "minutes": 60,
        "per": "week", "from": "2026-09-07", "until": null, "lastDeliveredOn": "2027-01-11",
        "shortfalls": [{
            "id": SHORTFALL, "from": "2026-09-07", "to": "2026-12-18", "why": "vacancy", "partly": false, "reportedBy": "family",
            "words": "The therapist left in July.", "remedy": "made_up", "remediedOn": "2027-02-12",
            "remedyWords": "Two sessions a week until half term."
        }]
    })
}

/// A line of the list over all plans.
pub fn shortfall_line() -> Value {
    json!({
        "id": SHORTFALL, "child": CHILD, "plan": PLAN, "provision": PROVISION, "kind": "speech_and_language_therapy",
        "provider": "ods:RF4", "from": "2026-09-07", "to": "2026-12-18", "why": "vacancy", "partly": false, "remedy": null
    })
}

/// How therapy was delivered in a year.
pub fn delivery_line() -> Value {
    json!({
        "kind": "speech_and_language_therapy", "provider": "ods:RF4", "arranged": 214, "children": 209, "undelivered": 31,
        "childrenWithout": 30, "days": 1840, "why": {"vacancy": 22, "waiting_list": 11}, "remedied": 12
    })
}
